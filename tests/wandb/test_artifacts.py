"""What the unmodified client does with artifacts; each script tests what the client sees, and asks it again."""

from tests.wandb.client import Client

LINEAGE = """
query ($name: String!) { artifact(ref: {name: $name}) {
    digest size fileCount type tags aliases { name } files { nodes { path size digest url } }
    inputs { edges { node { name state } } }
    outputs { edges { requestedAs requestedAsInferred node { name } } }
} }
"""

LOG = """
with wandb.init(entity="local", project=PROJECT, name="log") as run:
    artifact = wandb.Artifact(name="zoo", type="dataset")
    artifact.add_file(local_path="cat.txt", name="animals/cat.txt")
    run.log_artifact(artifact_or_path=artifact)
    print(run.id)
"""
USE = """
with wandb.init(entity="local", project=PROJECT) as run:
    artifact = run.use_artifact(artifact_or_name=%r)
    print(run.id)
"""


def test_the_two_scripts_of_the_manual_make_a_lineage(wandb: Client) -> None:
    (wandb.folder / "cat.txt").write_text("cat")
    maker = wandb.run(LOG).stdout.strip()
    by_version, by_alias = (wandb.run(USE % name).stdout.strip() for name in ("zoo:v0", "zoo:latest"))
    artifact = wandb.ask(LINEAGE, name=f"local/{wandb.project}/zoo:v0")["artifact"]
    assert (artifact["size"], artifact["fileCount"], artifact["type"]) == (3, 1, "dataset")
    assert [edge["node"] for edge in artifact["inputs"]["edges"]] == [{"name": maker, "state": "FINISHED"}]
    assert [
        (edge["node"]["name"], edge["requestedAs"], edge["requestedAsInferred"])
        for edge in artifact["outputs"]["edges"]
    ] == [(by_version, "v0", True), (by_alias, "latest", True)]
    [file] = artifact["files"]["nodes"]
    assert (file["path"], file["digest"]) == ("animals/cat.txt", "md5:d077f244def8a70e5ea758bd8352fcd8")


def test_what_a_run_asked_by_is_not_told_where_two_names_are_possible(wandb: Client) -> None:
    wandb.run("""
        with begin() as run: run.log_artifact(made(a_txt="a")).wait()
        api.artifact(f"local/{PROJECT}/data:v0")
        with begin() as run: run.use_artifact("data:latest")
        with begin() as run: run.use_artifact("data:latest")
    """)
    edges = wandb.ask(LINEAGE, name=f"local/{wandb.project}/data:v0")["artifact"]["outputs"]["edges"]
    assert [(edge["requestedAs"], edge["requestedAsInferred"]) for edge in edges] == [(None, False), ("latest", True)]


def test_a_version_has_what_it_was_logged_with(wandb: Client) -> None:
    wandb.run("""
        from datetime import timedelta
        folder = pathlib.Path("folder"); (folder / "sub").mkdir(parents=True)
        (folder / "a.txt").write_text("a"); (folder / "sub" / "b c.txt").write_text("b")
        pathlib.Path("elsewhere.txt").write_text("there")
        artifact = wandb.Artifact("data", type="dataset", description="words", metadata={"lr": 0.1, "of": [1, None]})
        artifact.add_dir("folder")
        artifact.add_reference("file://" + str(pathlib.Path("elsewhere.txt").resolve()), name="there.txt")
        artifact.add(wandb.Table(columns=["x"], data=[[1], [2]]), "table")
        artifact.add(wandb.Html("<p>hi</p>"), "page")
        artifact.ttl = timedelta(days=3)
        with begin() as run:
            run.log_artifact(artifact, aliases=["best", "latest"], tags=["one", "two words"]).wait()
            assert (artifact.version, sorted(artifact.aliases)) == ("v0", ["best", "latest"])
        found = api.artifact(f"local/{PROJECT}/data:best")
        assert sorted(found.tags) == ["one", "two words"]
        assert (found.description, found.metadata) == ("words", {"lr": 0.1, "of": [1, None]})
        assert (found.ttl, found.state, found.digest) == (timedelta(days=3), "COMMITTED", artifact.digest)
        assert found.file_count == len(found.manifest.entries) == len(found.files())
        for ref in ("v0", "latest", found.digest, found.commit_hash):
            assert api.artifact(f"local/{PROJECT}/data:{ref}").id == found.id
        assert found.get("table").data == [[1], [2]]
        assert "hi" in pathlib.Path(found.get("page")._path).read_text()
    """)


def test_downloads_are_whole_by_path_or_by_entry_and_verified(wandb: Client) -> None:
    wandb.run("""
        with begin() as run:
            run.log_artifact(made(a_txt="a"), aliases=["x"]).wait()
            artifact = wandb.Artifact("data", type="dataset")
            for path in ("a.txt", "sub/b.txt", "sub/deep/c.txt"):
                with artifact.new_file(path) as file: file.write(path)
            run.log_artifact(artifact).wait()
        artifact = api.artifact(f"local/{PROJECT}/data:v1")
        def files(folder):
            found = pathlib.Path(folder).rglob("*")
            return sorted(str(each.relative_to(folder)) for each in found if each.is_file())
        artifact.verify(artifact.download(root="all"))
        assert files("all") == ["a.txt", "sub/b.txt", "sub/deep/c.txt"]
        artifact.download(root="some", path_prefix="sub")
        assert files("some") == ["sub/b.txt", "sub/deep/c.txt"]
        entry = artifact.get_entry("sub/b.txt").download(root="one")
        assert pathlib.Path(entry).read_text() == "sub/b.txt"
        pathlib.Path("all/a.txt").write_text("other")
        try: artifact.verify("all")
        except ValueError as error: assert "a.txt" in str(error)
        else: raise AssertionError
    """)


def test_the_same_content_is_the_same_version(wandb: Client) -> None:
    wandb.run("""
        with begin() as run:
            first = run.log_artifact(made(a_txt="a")).wait()
        with begin() as run:
            again = run.log_artifact(made(a_txt="a"), aliases=["again"]).wait()
            other = run.log_artifact(made(b_txt="a")).wait()
        assert (again.id, again.version, other.version) == (first.id, "v0", "v1")
        assert "again" in again.aliases
    """)
    artifact = wandb.ask(LINEAGE, name=f"local/{wandb.project}/data:again")["artifact"]
    assert len(artifact["inputs"]["edges"]) == 2


def test_a_draft_of_a_version_keeps_what_it_does_not_change(wandb: Client) -> None:
    wandb.run("""
        with begin() as run:
            run.log_artifact(made(a_txt="a", b_txt="b")).wait()
            draft = api.artifact(f"local/{PROJECT}/data:v0").new_draft()
            draft.remove("a.txt")
            with draft.new_file("c.txt") as file: file.write("c")
            run.log_artifact(draft).wait()
            assert (draft.version, sorted(draft.manifest.entries)) == ("v1", ["b.txt", "c.txt"])
            draft.verify(draft.download())
    """)


def test_an_incremental_version_is_the_latest_and_what_it_adds(wandb: Client) -> None:
    wandb.run("""
        with begin() as run:
            run.log_artifact(made(a_txt="a")).wait()
            more = wandb.Artifact("data", type="dataset", incremental=True)
            with more.new_file("b.txt") as file: file.write("b")
            run.log_artifact(more).wait()
        found = api.artifact(f"local/{PROJECT}/data:v1")
        assert sorted(found.manifest.entries) == ["a.txt", "b.txt"]
        found.verify(found.download())
    """)


def test_writers_of_one_group_make_one_version_together(wandb: Client) -> None:
    wandb.run("""
        with begin(group="together") as run: run.upsert_artifact(made(a_txt="a"))
        with begin(group="together") as run: run.upsert_artifact(made(b_txt="b"))
        assert not api.artifact_exists(f"local/{PROJECT}/data:v0")
        with begin(group="together") as run: run.finish_artifact(made(c_txt="c")).wait()
        assert sorted(api.artifact(f"local/{PROJECT}/data:v0").manifest.entries) == ["a.txt", "b.txt", "c.txt"]
    """)


def test_a_version_refers_to_files_of_another(wandb: Client) -> None:
    wandb.run("""
        with begin() as run:
            source = run.log_artifact(made(a_txt="a")).wait()
            derived = wandb.Artifact("derived", type="dataset")
            derived.add_reference(source.get_entry("a.txt").ref_url(), name="there.txt")
            run.log_artifact(derived).wait()
        root = api.artifact(f"local/{PROJECT}/derived:v0").download()
        assert (pathlib.Path(root) / "there.txt").read_text() == "a"
    """)


def test_what_is_said_of_a_version_is_edited_and_saved(wandb: Client) -> None:
    wandb.run("""
        with begin() as run: run.log_artifact(made(a_txt="a"), aliases=["old"], tags=["old"]).wait()
        artifact = api.artifact(f"local/{PROJECT}/data:v0")
        artifact.aliases.append("prod"); artifact.aliases.remove("old")
        artifact.description, artifact.tags, artifact.ttl = "new", ["new"], None
        artifact.metadata["k"] = "v"
        artifact.save()
        found = api.artifact(f"local/{PROJECT}/data:prod")
        assert sorted(found.aliases) == ["latest", "prod"]
        assert (found.description, found.tags, found.metadata, found.ttl) == ("new", ["new"], {"k": "v"}, None)
        found.description = "newer"; found.save()
        assert api.artifact(f"local/{PROJECT}/data:v0").metadata == {"k": "v"}
    """)
    history = wandb.ask(
        "query ($name: String!) { collection(ref: {name: $name}) { actionHistory { nodes { kind alias tag } } } }",
        name=f"local/{wandb.project}/data",
    )["collection"]["actionHistory"]["nodes"]
    assert {"kind": "ALIAS_REMOVED", "alias": "old", "tag": None} in history
    assert {"kind": "TAG_ADDED", "alias": None, "tag": "new"} in history


def test_a_version_with_an_alias_goes_only_when_that_is_asked_for(wandb: Client) -> None:
    wandb.run("""
        with begin() as run: run.log_artifact(made(a_txt="a"), aliases=["keep"]).wait()
        artifact = api.artifact(f"local/{PROJECT}/data:v0")
        try: artifact.delete()
        except Exception as error: assert "has the alias keep" in str(error)
        else: raise AssertionError
        artifact.delete(delete_aliases=True)
        assert not api.artifact_exists(f"local/{PROJECT}/data:v0")
    """)


def test_the_api_reads_and_writes_the_lineage(wandb: Client) -> None:
    wandb.run("""
        with begin() as run:
            run.log_artifact(made(a_txt="a")).wait()
            run.log_artifact(made(a_txt="b")).wait()
            run.use_artifact("data:v0")
            key = run.id
        first, second = (api.artifact(f"local/{PROJECT}/data:{v}") for v in ("v0", "v1"))
        assert (first.logged_by().id, [run.id for run in first.used_by()]) == (key, [key])
        run = api.run(f"local/{PROJECT}/{key}")
        assert [each.name for each in run.used_artifacts()] == ["data:v0"]
        assert [each.name for each in run.logged_artifacts()] == ["data:v0", "data:v1"]
        run.use_artifact(second)
        assert [each.name for each in run.used_artifacts()] == ["data:v0", "data:v1"]
        run.log_artifact(first, aliases=["again"])
        assert api.artifact(f"local/{PROJECT}/data:again").version == "v0"
    """)


def test_the_command_line_puts_gets_and_lists(wandb: Client) -> None:
    (wandb.folder / "in.txt").write_text("in")
    wandb.run(
        f"""
        import subprocess, sys, pathlib
        def wandb(*words):
            done = subprocess.run([sys.executable, "-m", "wandb", "artifact", *words], capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            return done.stdout + done.stderr
        wandb("put", "--name", "local/{wandb.project}/cli", "--type", "dataset", "in.txt")
        wandb("get", "local/{wandb.project}/cli:v0", "--root", "out")
        assert pathlib.Path("out/in.txt").read_text() == "in"
        assert "cli" in wandb("ls", "local/{wandb.project}")
        """,
        head=False,
    )


def test_what_the_public_schema_logs_is_used_and_downloaded(wandb: Client) -> None:
    """Its bytes are known by SHA-256 there; the client knows files by MD5."""
    import hashlib

    import httpx

    data = b"from elsewhere"
    log = """mutation ($input: LogArtifactInput!) { logArtifact(input: $input) {
        artifact { id } uploads { url } errors { message } } }"""
    listed = {"path": "deep/f.bin", "digest": f"sha256:{hashlib.sha256(data).hexdigest()}", "size": len(data)}
    given = {"collection": {"name": f"local/{wandb.project}/data"}, "type": "dataset", "files": [listed]}
    payload = wandb.ask(log, input=given)["logArtifact"]
    assert payload["errors"] == []
    httpx.put(payload["uploads"][0]["url"], content=data).raise_for_status()
    commit = "mutation ($input: CommitArtifactInput!) { commitArtifact(input: $input) { errors { message } } }"
    assert wandb.ask(commit, input={"artifact": payload["artifact"]["id"]})["commitArtifact"]["errors"] == []
    wandb.run("""
        with begin() as run:
            artifact = run.use_artifact("data:latest")
            artifact.verify(root := artifact.download())
            assert (pathlib.Path(root) / "deep/f.bin").read_text() == "from elsewhere"
            draft = artifact.new_draft()
            with draft.new_file("more.txt") as file: file.write("more")
            run.log_artifact(draft).wait()
            draft.verify(draft.download())
        assert sorted(api.artifact(f"local/{PROJECT}/data:v1").manifest.entries) == ["deep/f.bin", "more.txt"]
    """)
