import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import artifacts, collections, deletion, files, find
from gqlregistry.registry.files import File
from gqlregistry.store.tables import Artifact, ArtifactState, ArtifactTag, RunOutput
from tests.registry.conftest import House

A = "sha256:" + hashlib.sha256(b"a").hexdigest()
B = "md5:" + hashlib.md5(b"b").hexdigest()


async def test_a_version_gets_the_next_number_and_latest(house: House) -> None:
    first = await house.log(content="a")
    assert house.said == ["COLLECTION_CREATED", "VERSION_ADDED v0", "ALIAS_ADDED latest v0"]
    second = await house.log(content="b")
    assert (first.version_index, second.version_index) == (0, 1)
    assert house.said == ["VERSION_ADDED v1", "ALIAS_REMOVED latest v0", "ALIAS_ADDED latest v1"]
    assert house.events[2].previous_id == first.id
    assert house.events[2].previous_version_index == 0


async def test_the_same_digest_is_the_same_version_with_one_more_producer(house: House) -> None:
    one, two = await house.run("one"), await house.run("two")
    first = await house.log(run=one.id)
    again = await house.log(run=two.id)
    assert again.id == first.id
    assert house.said == []
    await house.log(run=two.id, aliases=["best", "latest"], tags=["good"])
    assert house.said == ["ALIAS_ADDED best v0", "TAG_ADDED good v0"]
    await house.log(run=two.id, aliases=["best"], tags=["good"])
    assert house.said == []
    producers = await house.look(lambda s: s.exec(select(RunOutput.run_id).order_by(col(RunOutput.run_id))).all())
    assert producers == [one.id, two.id]


async def test_the_same_digest_in_another_collection_is_another_version(house: House) -> None:
    assert (await house.log("data")).id != (await house.log("other")).id


async def test_aliases_tags_and_facts_come_with_the_commit(house: House) -> None:
    artifact = await house.log(aliases=["best"], tags=["x"], description="said", metadata={"a": [1, 2.5, None]})
    assert house.said == [
        "COLLECTION_CREATED",
        "VERSION_ADDED v0",
        "ALIAS_ADDED latest v0",
        "ALIAS_ADDED best v0",
        "TAG_ADDED x v0",
    ]
    assert (artifact.description, artifact.metadata_, artifact.size) == ("said", {"a": [1, 2.5, None]}, 1)


async def test_a_pending_version_waits_for_its_bytes(house: House) -> None:
    run = await house.run()
    wanted = [File("a.txt", A, 1), File("b/c.txt", B, 2), File("ref", None, 0, "https://host/x")]
    logged = await house.do(artifacts.log_artifact, run.id, "data", "dataset", files=wanted, aliases=["x"], commit=True)
    assert logged.artifact.state is ArtifactState.PENDING
    assert [file.path for file in logged.missing] == ["a.txt", "b/c.txt"]
    assert await house.look(lambda s: s.exec(select(RunOutput)).all()) == []
    await house.receive(A, 1)
    with pytest.raises(Conflict, match=r"'b/c\.txt' have not arrived"):
        await house.do(artifacts.commit_artifact, logged.artifact.id)
    await house.receive(B, 2)
    await house.receive(B, 2)
    committed = await house.do(artifacts.commit_artifact, logged.artifact.id)
    assert (committed.version_index, committed.size, committed.file_count) == (0, 3, 3)
    assert house.said == ["VERSION_ADDED v0", "ALIAS_ADDED latest v0", "ALIAS_ADDED x v0"]
    assert len(await house.look(lambda s: s.exec(select(RunOutput)).all())) == 1
    await house.do(artifacts.commit_artifact, logged.artifact.id)
    assert house.said == []


async def test_of_two_pending_with_one_digest_the_first_commit_wins(house: House) -> None:
    first, second = [
        (await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", files=[File("a", A, 1)])).artifact
        for _ in range(2)
    ]
    await house.receive(A, 1)
    won = await house.do(artifacts.commit_artifact, second.id)
    for _ in range(2):
        assert (await house.do(artifacts.commit_artifact, first.id)).id == won.id
        assert house.said == []


async def test_an_idempotency_key_is_one_attempt(house: House) -> None:
    async def log(digest: str, key: str | None = "k", **more: Any) -> artifacts.Logged:
        logged: artifacts.Logged = await house.do(
            artifacts.log_artifact, None, "local/zoo/data", "dataset", digest=digest, idempotency_key=key, **more
        )
        return logged

    first = await log(A, aliases=["x"])
    again = await log(A, aliases=["x"])
    assert first.created
    assert not again.created
    assert again.artifact.id == first.artifact.id
    with pytest.raises(Conflict, match="another digest"):
        await log(B)
    await house.do(artifacts.commit_artifact, first.artifact.id)
    await log(A, aliases=["x"])
    assert house.said == []
    await house.do(deletion.delete_artifact, first.artifact.id, delete_aliases=True)
    with pytest.raises(Conflict, match="deleted"):
        await log(A)


async def test_files_of_a_pending_version_can_be_replaced(house: House) -> None:
    logged = await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", digest=B)
    missing = await house.do(artifacts.replace_files, logged.artifact.id, [File("a", A, 1)])
    assert [file.digest for file in missing] == [A]
    await house.receive(A, 1)
    committed = await house.do(artifacts.commit_artifact, logged.artifact.id)
    assert (committed.digest, committed.size) == (B, 1)
    with pytest.raises(Conflict, match="never changes"):
        await house.do(artifacts.replace_files, committed.id, [])


async def test_a_size_that_belies_the_bytes_is_refused(house: House) -> None:
    await house.receive(A, 1)
    with pytest.raises(BadInput, match="has 1 bytes by its digest, not 7"):
        await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", files=[File("a", A, 7)])


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "not a path inside"),
        ("/etc/passwd", "not a path inside"),
        ("../x", "not a path inside"),
        ("a/../b", "not a path inside"),
        ("a//b", "not a path inside"),
        ("a/.", "not a path inside"),
        ("a\\b", "backslash"),
        ("a\nb", "control"),
        ("a\0b", "NUL"),
        ("a\ud800", "half a character"),
        ("x" * 1025, "1025 characters"),
    ],
)
async def test_a_path_stays_inside_the_artifact(house: House, path: str, message: str) -> None:
    with pytest.raises(BadInput, match=message) as caught:
        await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", files=[File(path, A, 1)])
    assert caught.value.field == ("files",)
    with pytest.raises(NotFound):
        await house.look(lambda s: find.collection(s, "local/zoo/data"))


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ([File("a", A, 1), File("a", B, 1)], "named twice"),
        ([File("a", A, 1), File("a/b", B, 1)], "a file and a folder"),
        ([File("a", A, 1), File("a-", A, 1), File("a/b", B, 1)], "a file and a folder"),
        ([File("a", A, 1), File("b", A, 2)], "another size"),
        ([File("a", A, -1)], "impossible size"),
        ([File("a", A, 2**63)], "impossible size"),
        ([File("a", A, 2**62), File("b", B, 2**62)], "too big together"),
        ([File("a", None, 1)], "needs a digest"),
        ([File("a", "sha256:abc", 1)], "needs a digest"),
        ([File("a", A.upper(), 1)], "needs a digest"),
        ([File("a", None, 1, "no url")], "not a URL"),
        ([File("a", "", 1, "s3://x")], "empty digest"),
        ([File("a", "x" * 257, 1, "s3://x")], "257 characters"),
    ],
)
async def test_files_that_cannot_be_are_refused(house: House, wanted: list[File], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", files=wanted)


def test_the_digest_of_the_content_does_not_depend_on_the_order_of_files() -> None:
    one, two = File("a", A, 1), File("b/ü", B, 2)
    digest = files.content_digest(files.check_files([one, two]))
    assert digest == files.content_digest(files.check_files([two, one]))
    lines = f'["a","{A}",1,null]\n["b/ü","{B}",2,null]\n'
    assert digest == f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"digest": "abc"}, "digest"),
        ({"digest": "sha1:" + "0" * 40}, "digest"),
        ({"aliases": ["v7"]}, "aliases"),
        ({"aliases": ["a/b"]}, "aliases"),
        ({"aliases": [f"a{n}" for n in range(101)]}, "aliases"),
        ({"tags": ["a:b"]}, "tags"),
        ({"description": "x" * 65_537}, "description"),
        ({"description": "\0"}, "description"),
        ({"metadata": {"a": float("nan")}}, "metadata"),
        ({"metadata": {"a": float("inf")}}, "metadata"),
        ({"metadata": {"a": 2**63}}, "metadata"),
        ({"metadata": {"a\0": 1}}, "metadata"),
        ({"metadata": {"a": "x" * 1_000_000}}, "metadata"),
        ({"metadata": [1]}, "metadata"),
        ({"idempotency_key": "x" * 257}, "idempotencyKey"),
    ],
)
async def test_what_is_said_about_a_version_is_checked(house: House, more: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", **more)
    assert caught.value.field == (field,)


async def test_metadata_may_not_be_nested_without_end(house: House) -> None:
    nested: dict[str, Any] = {}
    for _ in range(10_000):
        nested = {"a": nested}
    with pytest.raises(BadInput, match="deeper than 64"):
        await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", metadata=nested)


async def test_a_collection_holds_one_type(house: House) -> None:
    await house.log()
    with pytest.raises(Conflict, match="holds type dataset, not model"):
        await house.do(artifacts.log_artifact, None, "local/zoo/data", "model")


async def test_projects_are_made_for_users_only_if_they_exist(house: House) -> None:
    with pytest.raises(NotFound, match="no user or team 'nobody'"):
        await house.log("nobody/zoo/data")


async def test_logging_into_a_registry_is_refused(house: House) -> None:
    await house.registry()
    with pytest.raises(BadInput, match="is a registry"):
        await house.log("default/model/data")
    await house.do(collections.create_collection, "prod", "dataset", registry="model")
    with pytest.raises(BadInput, match="registry's collection"):
        await house.log("default/model/prod")


async def test_a_former_name_goes_on_meaning_its_collection(house: House) -> None:
    await house.log("data")
    await house.do(collections.update_collection, "local/zoo/data", name="renamed")
    assert (await house.log("data", "b")).version_index == 1


async def test_an_update_says_what_changed_and_once(house: House) -> None:
    artifact = await house.log()
    for said in (["ARTIFACT_UPDATED v0"], []):
        await house.do(artifacts.update_artifact, artifact.id, description="d", metadata={"m": 1})
        assert house.said == said
    await house.do(artifacts.update_artifact, "local/zoo/data:latest", description=None)
    assert house.events[0].detail == {"description": None}


async def test_stale_pending_versions_are_forgotten(house: House) -> None:
    logged = await house.do(
        artifacts.log_artifact, None, "local/zoo/data", "dataset", files=[File("a", A, 1)], tags=["x"]
    )
    kept = await house.log("data", "kept")
    before = logged.artifact.created_at
    assert await house.do(artifacts.discard_pending, before) == 0
    assert await house.do(artifacts.discard_pending, before + timedelta(days=1)) == 1

    def left(session: Session) -> tuple[list[int], list[str]]:
        return list(session.exec(select(Artifact.id))), list(session.exec(select(ArtifactTag.name)))

    assert await house.look(left) == ([kept.id], [])


async def test_committing_what_is_not_there_is_an_error(house: House) -> None:
    with pytest.raises(NotFound):
        await house.do(artifacts.commit_artifact, 99)
    artifact = await house.log()
    await house.do(deletion.delete_artifact, artifact.id)
    with pytest.raises(NotFound, match="data:v0 was deleted by local on"):
        await house.do(artifacts.commit_artifact, artifact.id)
