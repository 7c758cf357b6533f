import base64
import hashlib
from typing import Any

import pytest

from gqlregistry.errors import BadInput, Conflict
from gqlregistry.registry import artifacts, drafts, files, manifests
from gqlregistry.registry.files import File
from gqlregistry.store.tables import ArtifactState, ManifestKind
from tests.registry.conftest import House

COLLECTION = "local/zoo/data"


def md5(data: bytes) -> str:
    return f"md5:{hashlib.md5(data).hexdigest()}"


def file(path: str, data: bytes) -> File:
    return File(path, md5(data), len(data))


async def arrived(house: House, *contents: bytes) -> None:
    for data in contents:
        await house.receive(md5(data), len(data))


async def begin(house: House, listed: list[File], collection: str = COLLECTION, **more: Any) -> Any:
    digest = manifests.manifest_digest(listed, {})
    return await house.do(drafts.begin, None, collection, "dataset", digest, **more)


async def commit(house: House, draft: Any, listed: list[File], kind: ManifestKind = ManifestKind.FULL) -> Any:
    manifest = await house.do(drafts.declare_manifest, draft.artifact.id, kind, "manifest.json", md5(b"any"))
    return await house.do(drafts.commit, draft.artifact.id, {manifest.id: listed})


async def paths(house: House, artifact: int) -> list[str]:
    return [each.path for each in await house.look(lambda s: list(drafts.files_of(s, artifact)))]


async def test_a_draft_gets_its_files_from_its_manifest(house: House) -> None:
    listed = [file("a", b"a"), File("there", "etag", 3, "s3://bucket/a key", {"versionID": "7"})]
    draft = await begin(house, listed, aliases=["best"])
    assert draft.artifact.state is ArtifactState.PENDING
    await arrived(house, b"a")
    committed = await commit(house, draft, listed)
    assert (committed.version_index, committed.size, committed.file_count) == (0, 4, 2)
    assert house.said == ["VERSION_ADDED v0", "ALIAS_ADDED latest v0", "ALIAS_ADDED best v0"]
    assert [each.extra for each in await house.look(lambda s: list(drafts.files_of(s, committed.id)))] == [
        None,
        {"versionID": "7"},
    ]
    await house.do(drafts.commit, draft.artifact.id, {})
    assert house.said == []


async def test_a_draft_is_not_committed_before_its_manifest_and_bytes_have_arrived(house: House) -> None:
    listed = [file("a", b"a")]
    draft = await begin(house, listed)
    with pytest.raises(Conflict, match="manifest of this version has not arrived"):
        await house.do(drafts.commit, draft.artifact.id, {})
    with pytest.raises(Conflict, match="'a' have not arrived"):
        await commit(house, draft, listed)


async def test_the_files_must_be_what_the_digest_says(house: House) -> None:
    draft = await begin(house, [file("a", b"a")])
    await arrived(house, b"b")
    with pytest.raises(BadInput, match="have the digest md5:"):
        await commit(house, draft, [file("a", b"b")])


async def test_the_same_handle_is_the_same_draft(house: House) -> None:
    listed = [file("a", b"a")]
    first = await begin(house, listed, handle="abc", collection_handle="def")
    again = await begin(house, listed, handle="abc", collection_handle="def")
    assert (again.artifact.id, again.created) == (first.artifact.id, False)
    found = await house.look(lambda s: (drafts.by_handle(s, "abc"), drafts.by_handle(s, "def")))
    assert (found[0].artifact_id, found[1].collection_id) == (first.artifact.id, first.collection.id)


async def test_the_handle_of_a_draft_that_came_too_late_means_the_version_that_was_first(house: House) -> None:
    listed = [file("a", b"a")]
    await arrived(house, b"a")
    first, second = await begin(house, listed, handle="one"), await begin(house, listed, handle="two")
    await commit(house, first, listed)
    assert (await commit(house, second, listed)).id == first.artifact.id
    assert (await house.look(lambda s: drafts.by_handle(s, "two"))).artifact_id == first.artifact.id
    assert await house.look(lambda s: drafts.meant_by(s, second.artifact.id)) == first.artifact.id


async def test_an_incremental_draft_is_its_base_and_what_it_adds(house: House) -> None:
    await arrived(house, b"a", b"b", b"c")
    base = await commit(
        house, await begin(house, [file("a", b"a"), file("b", b"b")]), [file("a", b"a"), file("b", b"b")]
    )
    draft = await begin(house, [file("b", b"c")])
    declared = await house.do(
        drafts.declare_manifest, draft.artifact.id, ManifestKind.INCREMENTAL, "more.json", None, base.id
    )
    await house.do(drafts.settle_manifest, declared.id, md5(b"any"))
    committed = await house.do(drafts.commit, draft.artifact.id, {declared.id: [file("b", b"c")]})
    assert committed.digest == manifests.manifest_digest([file("a", b"a"), file("b", b"c")], {})
    assert await paths(house, committed.id) == ["a", "b"]


async def test_writers_of_one_shared_draft_make_one_version_and_then_another(house: House) -> None:
    await arrived(house, b"a", b"b")
    one = await begin(house, [file("a", b"a")], shared_by="group")
    two = await begin(house, [file("b", b"b")], shared_by="group")
    assert one.artifact.id == two.artifact.id
    first = await house.do(drafts.declare_manifest, one.artifact.id, ManifestKind.PATCH, "patch", md5(b"1"))
    listed = {first.id: [file("a", b"a")]}
    second = await house.do(drafts.declare_manifest, one.artifact.id, ManifestKind.PATCH, "patch", md5(b"2"))
    committed = await house.do(drafts.commit, one.artifact.id, listed | {second.id: [file("b", b"b")]})
    assert await paths(house, committed.id) == ["a", "b"]
    assert (await begin(house, [file("a", b"a")], shared_by="group")).artifact.id != one.artifact.id


async def test_a_writer_that_was_killed_does_not_hold_up_the_others(house: House) -> None:
    await arrived(house, b"a")
    draft = (await begin(house, [file("a", b"a")], shared_by="group")).artifact.id
    whole = await house.do(drafts.declare_manifest, draft, ManifestKind.PATCH, "patch", md5(b"1"))
    await house.do(drafts.declare_manifest, draft, ManifestKind.PATCH, "patch", md5(b"2"))
    with pytest.raises(Conflict, match="has not arrived"):
        await house.do(drafts.commit, draft, {})
    committed = await house.do(drafts.commit, draft, {whole.id: [file("a", b"a")]})
    assert await paths(house, committed.id) == ["a"]


async def test_a_shared_draft_is_not_taken_for_the_version_that_its_first_part_is_like(house: House) -> None:
    listed = [file("a", b"a")]
    await arrived(house, b"a")
    await commit(house, await begin(house, listed), listed)
    draft = (await begin(house, listed, shared_by="group")).artifact
    assert draft.state is ArtifactState.PENDING
    assert await house.look(lambda s: drafts.meant_by(s, draft.id)) == draft.id


async def test_files_kept_under_another_digest_are_found_by_their_md5(house: House) -> None:
    sha256 = f"sha256:{hashlib.sha256(b'a').hexdigest()}"
    await house.receive(sha256, 1)
    await house.do(files.record_md5, sha256, md5(b"a").removeprefix("md5:"))
    listed = [file("a", b"a")]
    committed = await commit(house, await begin(house, listed), listed)
    assert [each.digest for each in await house.look(lambda s: list(drafts.files_of(s, committed.id)))] == [sha256]
    assert await house.look(lambda s: files.md5s(s, committed.id)) == {sha256: md5(b"a").removeprefix("md5:")}


async def test_what_is_forgotten_takes_its_manifests_and_handles_along(house: House) -> None:
    listed = [file("a", b"a")]
    draft = await begin(house, listed, handle="abc")
    await house.do(drafts.declare_manifest, draft.artifact.id, ManifestKind.FULL, "m")
    await house.do(lambda change: artifacts.forget(change, [draft.artifact.id]))
    assert await house.look(lambda s: drafts.by_handle(s, "abc")) is None


def test_a_manifest_is_written_as_it_is_read() -> None:
    listed = [file("a", b"a"), File("b", "etag", 3, "s3://bucket/key", {"versionID": "7"})]
    text = manifests.write_manifest(listed, {}, "id")
    assert manifests.read_manifest(text) == listed
    assert base64.b64encode(hashlib.md5(b"a").digest()) in text


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"version": 1}',
        b'{"version": 2, "contents": {}}',
        b'{"version": 1, "contents": {"a": {}}}',
        b'{"version": 1, "contents": {"a": {"digest": "zz"}}}',
        b'{"version": 1, "contents": {"a": {"digest": "zz", "size": "1"}}}',
    ],
)
def test_a_bad_manifest_is_refused(text: bytes) -> None:
    with pytest.raises(BadInput):
        manifests.read_manifest(text)
