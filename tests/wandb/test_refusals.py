"""What is refused is refused at once, and the client shows why."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.serving import command, process
from tests.wandb.client import KEY, Client

REFUSED = """
def refused(act, *words):
    began = time.monotonic()
    try: act()
    except Exception as error:
        assert time.monotonic() - began < 5, error
        assert all(word in str(error) for word in words), error
    else: raise AssertionError("nothing was refused")
"""


def test_what_is_not_there_is_not_found(wandb: Client) -> None:
    wandb.run(
        REFUSED
        + """
with begin() as run:
    run.log_artifact(made(a_txt="a")).wait()
    gone = run.log_artifact(made(a_txt="b")).wait()
    for name in ("nothing:v0", "data:v9", "data:nothing", "a:b:c"):
        refused(lambda: run.use_artifact(name), name, "not found")
    refused(lambda: api.artifact("local/nowhere/data:v0"), "nowhere")
    refused(lambda: api.artifact("nobody/zoo/data:v0"), "nobody")
    gone.delete(delete_aliases=True)
    refused(lambda: run.use_artifact("data:v1"), "data:v1")
    refused(lambda: run.use_artifact(gone), "data:v1 was deleted by local")
"""
    )


def test_what_is_not_allowed_is_refused_with_the_reason(wandb: Client) -> None:
    wandb.run(
        REFUSED
        + """
api.create_registry("few", visibility="organization", organization="default", artifact_types=["model"])
with begin() as run:
    artifact = run.log_artifact(made(a_txt="a")).wait()
    refused(lambda: run.log_artifact(made(type="model", a_txt="b")).wait(), "type 'dataset'")
    refused(lambda: artifact.link("wandb-registry-few/x"), "few takes no artifacts of type dataset, but model")
    refused(lambda: artifact.link("wandb-registry-none/x"), "no registry none")
    refused(lambda: artifact.link(f"local/{PROJECT}/other"), "is a project: link into a registry")
    elsewhere = wandb.Artifact("x", type="dataset", storage_region="coreweave-us")
    refused(lambda: run.log_artifact(elsewhere).wait(), "no storage region 'coreweave-us'")
    run.log_artifact(made(a_txt="c")).wait()
def edit(**said):
    found = api.artifact(f"local/{PROJECT}/data:v0")
    for name, value in said.items(): setattr(found, name, value)
    found.save()
refused(lambda: edit(aliases=["latest"]), "latest always means the newest version")
refused(lambda: edit(metadata={"long": "y" * 1_100_000}), "at most 1000000 are allowed")
refused(lambda: list(api.artifacts("dataset", f"local/{PROJECT}/data", order="nonsense")), "can't sort by 'nonsense'")
refused(lambda: list(api.registries(organization="default", filter={"name": {"$regex": "("}})), "not a regular")
"""
    )


WRONG = """
with begin() as run:
    artifact = wandb.Artifact("data", type="dataset")
    pathlib.Path("f.txt").write_text("as it was when its digest was taken")
    artifact.add_file("f.txt", policy="immutable", skip_cache=True)
    pathlib.Path("f.txt").write_text("as it is when it is sent: other bytes")
    try: run.log_artifact(artifact).wait()
    except Exception as error: print(error)
    else: raise AssertionError
assert not api.artifact_exists(f"local/{PROJECT}/data:latest")
"""


def test_wrong_bytes_never_become_a_version(wandb: Client) -> None:
    wandb.run(WRONG)


@pytest.mark.parametrize("size", [40_000_000])
def test_a_client_that_is_killed_leaves_nothing_visible(wandb: Client, size: int) -> None:
    killed = wandb.run(
        f"""
        import signal
        pathlib.Path("big.bin").write_bytes(os.urandom({size}))
        artifact = wandb.Artifact("data", type="dataset"); artifact.add_file("big.bin")
        begin().log_artifact(artifact)
        os.killpg(os.getpgid(0), signal.SIGKILL)
        """,
        check=False,
        alone=True,
    )
    assert killed.returncode != 0
    wandb.run("""
        assert not api.artifact_exists(f"local/{PROJECT}/data:v0")
        with begin() as run:
            artifact = wandb.Artifact("data", type="dataset"); artifact.add_file("big.bin")
            assert run.log_artifact(artifact).wait().version == "v0"
    """)


def test_a_protected_alias_needs_an_admin(tmp_path: Path) -> None:
    data, other = str(tmp_path / "data"), "b" * 40
    for words in (("ada", "--key", KEY, "--admin"), ("bob", "--key", other)):
        assert command("key", "create", *words, "--data", data).returncode == 0
    with process("--data", data) as server:
        create = """mutation { createRegistry(input: {name: "kept", protectedAliases: ["production"]}) {
            errors { message } } }"""
        answer = httpx.post(
            f"{server.url}/graphql", json={"query": create}, headers={"Authorization": f"Bearer {KEY}"}
        ).json()
        assert answer["data"]["createRegistry"]["errors"] == []
        ada = Client(server.url, tmp_path, "kept")
        link = """
            with wandb.init(project=PROJECT, settings=wandb.Settings(silent=True)) as run:
                artifact = run.log_artifact(made(a_txt="a")).wait()
                began = time.monotonic()
                try: artifact.link("wandb-registry-kept/zoo", aliases=["production"])
                except Exception as error: print(error)
                assert time.monotonic() - began < 5
        """
        said = replace(ada, key=other).run(link).stdout
        assert "alias production is protected: only admins of the registry may move it" in said
        assert ada.run(link).stdout == ""
