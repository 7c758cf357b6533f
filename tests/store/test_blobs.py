"""Bytes come back as they were put, or are refused whole."""

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import obstore
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from obstore.store import MemoryStore

from gqlregistry.errors import BadInput, NotFound, Unavailable
from gqlregistry.store.blobs import MARK, BlobStore, open_blobs
from tests.buckets import bucket, bucket_server


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with bucket_server() as url:
        yield url


@pytest.fixture(params=["folder", "bucket"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], BlobStore]]:
    """A store in a folder, and one in a bucket of a server that speaks S3."""
    if request.param == "folder":
        yield lambda: open_blobs(None, tmp_path)
        return
    with bucket(request.getfixturevalue("s3")) as url:
        yield lambda: open_blobs(url, tmp_path)


async def streamed(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def read(store: BlobStore, digest: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([bytes(chunk) async for chunk in (await store.get(digest, start, end)).stream])


def sha256(*chunks: bytes) -> str:
    return f"sha256:{hashlib.sha256(b''.join(chunks)).hexdigest()}"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != MARK]


async def test_bytes_without_a_digest_get_one(make_store: Callable[[], BlobStore]) -> None:
    store = make_store()
    kept = await store.keep(streamed(b"ab", b"c"))
    assert (kept.digest, kept.size) == (sha256(b"abc"), 3)
    assert await read(store, kept.digest) == b"abc"
    assert await store.keep(streamed(b"abc")) == kept


async def test_bytes_that_stop_arriving_are_not_kept(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"ab"
        raise BadInput("the body did not arrive in time")

    with pytest.raises(BadInput, match="did not arrive"):
        await open_blobs(None, tmp_path).keep(broken())
    assert files_in(tmp_path) == []


@given(chunks=st.lists(st.binary(max_size=2000), max_size=8), algorithm=st.sampled_from(["sha256", "md5"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_put_comes_back(make_store: Callable[[], BlobStore], chunks: list[bytes], algorithm: str) -> None:
    async def scenario() -> None:
        store, whole = make_store(), b"".join(chunks)
        digest = f"{algorithm}:{hashlib.new(algorithm, whole).hexdigest()}"
        assert await store.put(digest, streamed(*chunks)) == len(whole)
        assert await store.put(digest, streamed(*chunks), len(whole)) == len(whole)
        assert (await store.exists(digest), await store.size(digest)) == (True, len(whole))
        assert await read(store, digest) == whole

    asyncio.run(scenario())


@given(
    st.one_of(st.text(), st.from_regex(r"(sha256|md5):[0-9a-fA-F./]{30,70}")).filter(
        lambda text: len(text) not in (36, 71) or text != text.lower() or "." in text or "/" in text
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_else_than_a_digest_is_refused(make_store: Callable[[], BlobStore], digest: str) -> None:
    async def scenario() -> None:
        for call in (make_store().exists(digest), make_store().put(digest, streamed(b"x"))):
            with pytest.raises(BadInput):
                await call

    asyncio.run(scenario())


@pytest.mark.parametrize(("announced", "field"), [(None, "digest"), (5, "digest"), (4, "size"), (6, "size")])
async def test_other_bytes_than_announced_are_refused_and_nothing_is_left(
    tmp_path: Path, announced: int | None, field: str
) -> None:
    store = open_blobs(None, tmp_path)
    with pytest.raises(BadInput) as refused:
        await store.put(sha256(b"hello"), streamed(b"hel", b"Lo"), announced)
    assert refused.value.field == (field,)
    assert files_in(tmp_path) == []


async def test_a_stream_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * 6_000_000
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await open_blobs(None, tmp_path).put(sha256(b"hello"), broken())
    assert files_in(tmp_path) == []


async def test_nothing_is_visible_before_the_end(tmp_path: Path) -> None:
    store, seen = open_blobs(None, tmp_path), []

    async def watched() -> AsyncIterator[bytes]:
        yield b"x" * 12_000_000
        seen.append(await store.exists(sha256(b"x" * 12_000_000, b"y")))
        yield b"y"

    await store.put(sha256(b"x" * 12_000_000, b"y"), watched())
    assert (seen, await store.exists(sha256(b"x" * 12_000_000, b"y"))) == ([False], True)


async def test_a_part_can_be_read(make_store: Callable[[], BlobStore]) -> None:
    store = make_store()
    await store.put(sha256(b"0123456789"), streamed(b"0123456789"))
    assert await read(store, sha256(b"0123456789"), 2, 5) == b"234"
    assert await read(store, sha256(b"0123456789"), 7) == b"789"
    assert (await store.get(sha256(b"0123456789"), 2, 5)).size == 10


async def test_missing_bytes_are_not_found(make_store: Callable[[], BlobStore]) -> None:
    store = make_store()
    assert not await store.exists(sha256(b"never"))
    with pytest.raises(NotFound):
        await store.get(sha256(b"never"))


async def test_many_may_put_the_same_bytes_at_once(make_store: Callable[[], BlobStore]) -> None:
    store = make_store()
    await asyncio.gather(*(store.put(sha256(b"same"), streamed(b"sa", b"me")) for _ in range(10)))
    assert await read(store, sha256(b"same")) == b"same"


async def test_sweeping_removes_old_leftovers_only(tmp_path: Path) -> None:
    store, arriving = open_blobs(None, tmp_path), tmp_path / "blobs" / "uploads"
    await store.put(sha256(b"kept"), streamed(b"kept"))
    for name in ("old", "old#1", "new"):
        (arriving / name).write_bytes(b"half")
    long_ago = time.time() - 3 * 24 * 60 * 60
    os.utime(arriving / "old", (long_ago, long_ago))
    os.utime(arriving / "old#1", (long_ago, long_ago))
    assert await store.sweep(timedelta(days=1)) == 2
    assert [path.name for path in arriving.iterdir()] == ["new"]
    assert await store.exists(sha256(b"kept"))


async def test_leftovers_are_swept_from_an_object_store_too() -> None:
    memory = MemoryStore()
    store = BlobStore(memory)
    await store.put(sha256(b"kept"), streamed(b"kept"))
    await obstore.put_async(memory, "uploads/left", b"half")
    assert await store.sweep(timedelta(days=1)) == 0
    assert await store.sweep(timedelta(seconds=-1)) == 1
    assert [each["path"] for each in await obstore.list(memory, "uploads").collect_async()] == []
    assert await store.exists(sha256(b"kept"))


async def test_removed_bytes_are_gone_and_may_come_again(make_store: Callable[[], BlobStore]) -> None:
    store = make_store()
    for content in (b"a", b"b"):
        await store.put(sha256(content), streamed(content))
    await store.remove([sha256(b"a"), sha256(b"never")])
    assert [await store.exists(sha256(content)) for content in (b"a", b"b")] == [False, True]
    await store.put(sha256(b"a"), streamed(b"a"))
    assert await read(store, sha256(b"a")) == b"a"


async def test_bytes_are_expected_before_they_are_there(make_store: Callable[[], BlobStore]) -> None:
    store, told = make_store(), []

    async def expect(digest: str) -> None:
        told.append((digest, await store.exists(digest)))

    await store.put(sha256(b"a"), streamed(b"a"), expecting=expect)
    await store.keep(streamed(b"b"), expecting=expect)
    assert told == [(sha256(b"a"), False), (sha256(b"b"), False)]


async def test_check_tells_of_a_folder_that_is_gone(tmp_path: Path) -> None:
    store = open_blobs(None, tmp_path)
    await store.check()
    digest = sha256(b"kept")
    await store.put(digest, streamed(b"kept"))
    (tmp_path / "blobs").rename(tmp_path / "elsewhere")
    for call in (store.check(), store.put(sha256(b"a"), streamed(b"a")), store.get(digest), store.remove([digest])):
        with pytest.raises(Unavailable, match="is gone"):
            await call
    assert not (tmp_path / "blobs").exists()
    (tmp_path / "blobs").mkdir()
    with pytest.raises(Unavailable, match="another is in its place"):
        await store.put(sha256(b"a"), streamed(b"a"))
    (tmp_path / "blobs").rmdir()
    (tmp_path / "elsewhere").rename(tmp_path / "blobs")
    await store.check()
    assert await read(store, digest) == b"kept"
    assert list((tmp_path / "blobs" / "uploads").iterdir()) == []


@pytest.mark.parametrize("url", ["blobs", "ftp://host/x", "nonsense://x"])
def test_a_url_that_cannot_be_used_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadInput):
        open_blobs(url, tmp_path)


async def test_all_who_share_a_store_share_its_secret(make_store: Callable[[], BlobStore]) -> None:
    store = make_store()
    first, *others = await asyncio.gather(*(store.secret("links") for _ in range(5)))
    assert len(first) == 32
    assert set(others) == {first}
    assert await store.secret("other") != first
