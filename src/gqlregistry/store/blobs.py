"""Bytes, kept under their digest: in a folder, or in any object store that `obstore` speaks to.

sha256/0f/0f3a…    what arrived whole and was verified
uploads/…          what is still arriving: through us under a name of its own, from a client under its draft's
keys/…             what servers that share the store sign with
.gqlregistry       in a folder: says that this is the one, and not where its disk is to be mounted
"""

import asyncio
import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from uuid import uuid4

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from gqlregistry.errors import BadInput, NotFound, RegistryError, Unavailable
from gqlregistry.store import disk
from gqlregistry.store.signing import Signer
from gqlregistry.store.verified import Verified

if TYPE_CHECKING:
    from obstore import GetOptions
    from obstore.store import RetryConfig

DIGEST = re.compile(r"sha256:[0-9a-f]{64}|md5:[0-9a-f]{32}")
"""What bytes are known by."""

ARRIVING = "uploads"
SECRETS = "keys"
MARK = ".gqlregistry"
CHUNK = 1024 * 1024

RETRY: "RetryConfig" = {"max_retries": 5, "retry_timeout": timedelta(seconds=20)}
"""An object store that does not answer is given up while whoever waits still does."""

_TOO_LONG = Unavailable("these bytes were too long on their way: send them again")

Expecting: TypeAlias = Callable[[str], Awaitable[None]]
"""Is told the digest of bytes that are verified and about to come under their name."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes on their way out: `size` of the whole, and a stream over the part that was asked for."""

    size: int
    stream: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that have arrived, as they are known from now on."""

    digest: str
    size: int


class BlobStore:
    """Content-addressed bytes. What is visible is whole, verified and, in a folder, on disk."""

    def __init__(self, store: ObjectStore, folder: Path | None = None, signer: Signer | None = None) -> None:
        self._store = store
        self._folder = folder
        self._signer = signer

    async def put(
        self,
        digest: str,
        stream: AsyncIterator[bytes],
        size: int | None = None,
        expecting: Expecting | None = None,
    ) -> int:
        """Keep the bytes of a stream and return how many they are. Putting them again changes nothing.

        Raises `BadInput` when they are not what the digest and the size say; then nothing is kept.
        """
        _path(digest)
        return (await self._take(Verified(stream, digest, size), expecting)).size

    async def keep(self, stream: AsyncIterator[bytes], expecting: Expecting | None = None) -> Kept:
        """Keep the bytes of a stream that nobody has said the digest of."""
        verified = await self._take(Verified(stream), expecting)
        return Kept(verified.digest, verified.size)

    async def _take(self, verified: Verified, expecting: Expecting | None) -> Verified:
        arriving = f"{ARRIVING}/{uuid4().hex}"
        try:
            with self._reporting_unavailable(_TOO_LONG):
                await self._require_folder()
                await obstore.put_async(
                    self._store, arriving, verified.chunks(), chunk_size=5 * CHUNK, max_concurrency=4
                )
                await self._flush(arriving)
                await self._name(arriving, verified.digest, expecting)
        except BaseException:
            await self._discard(arriving)
            raise
        return verified

    async def _name(self, arriving: str, digest: str, expecting: Expecting | None) -> None:
        """Let verified bytes come under their name."""
        kept = _path(digest)
        if expecting is not None:
            await expecting(digest)
        await obstore.rename_async(self._store, arriving, kept)
        await self._flush(kept)
        await self._require_folder()

    @property
    def takes_uploads(self) -> bool:
        """Whether clients may have put bytes into the bucket by themselves."""
        return self._signer is not None

    async def upload_url(self, draft: int, digest: str, size: int, seconds: int) -> str | None:
        """Where a client may PUT bytes into the bucket for a draft (see `collect`). None: let it send them to us."""
        if self._signer is None or not self._signer.may_put(size):
            return None
        return await self._signer.url("PUT", _sent(draft, digest), seconds)

    async def download_url(self, digest: str, seconds: int) -> str | None:
        """Where a client may GET the bytes of a digest from the bucket. None: let it get them from us."""
        return None if self._signer is None else await self._signer.url("GET", _path(digest), seconds)

    async def collect(self, draft: int, digest: str, size: int, expecting: Expecting | None = None) -> bool:
        """Keep what a client has put into the bucket for a draft, if it has; `put_away` ends that.

        Raises `BadInput` when it is not what the digest and the size say; then nothing is kept.
        """
        if self._signer is None:
            return False
        sent, arriving = _sent(draft, digest), f"{ARRIVING}/{uuid4().hex}"
        try:
            with self._reporting_unavailable():
                # Who can put can put again: what is read must be out of their reach.
                await obstore.copy_async(self._store, sent, arriving)
        except NotFound:
            return False
        try:
            with self._reporting_unavailable(_TOO_LONG):
                found = await obstore.get_async(self._store, arriving)
                async for _ in Verified(found.stream(min_chunk_size=CHUNK), digest, size).chunks():
                    pass
                await self._name(arriving, digest, expecting)
        except BadInput:
            await self._discard(sent)
            raise
        finally:
            await self._discard(arriving)
        return True

    async def put_away(self, draft: int, digest: str) -> None:
        """Remove what a client has put into the bucket for a draft."""
        await self._discard(_sent(draft, digest))

    async def get(self, digest: str, start: int = 0, end: int | None = None) -> Stored:
        """The bytes from `start` up to, not with, `end`. Raises `NotFound` when there are none of that digest."""
        options: GetOptions = {}
        if start or end is not None:
            options["range"] = {"offset": start} if end is None else (start, end)
        with self._reporting_unavailable():
            found = await obstore.get_async(self._store, _path(digest), options=options)
        return Stored(found.meta["size"], found.stream(min_chunk_size=CHUNK))

    async def read(self, digest: str, limit: int) -> bytes:
        """All the bytes of a digest. Raises `NotFound` when there are none, `BadInput` when they are over the limit."""
        if await self.size(digest) > limit:
            raise BadInput(f"these are more than {limit} bytes", "digest")
        return b"".join([bytes(chunk) async for chunk in (await self.get(digest)).stream])

    async def md5(self, digest: str) -> str:
        """The MD5, in hex, of the bytes of any digest. Raises `NotFound` when there are none."""
        found = hashlib.md5(usedforsecurity=False)
        async for chunk in (await self.get(digest)).stream:
            found.update(chunk)
        return found.hexdigest()

    async def size(self, digest: str) -> int:
        """How many bytes there are under a digest. Raises `NotFound` when there are none."""
        with self._reporting_unavailable():
            return (await obstore.head_async(self._store, _path(digest)))["size"]

    async def verified_size(self, digest: str) -> int | None:
        """The same, once all are read; None when they are not those of the digest. Raises `NotFound`."""
        verified = Verified((await self.get(digest)).stream, digest)
        try:
            async for _ in verified.chunks():
                pass
        except BadInput:
            return None
        return verified.size

    async def exists(self, digest: str) -> bool:
        """Whether the bytes of a digest are kept."""
        try:
            await self.size(digest)
        except NotFound:
            return False
        return True

    async def is_intact(self, digest: str, size: int) -> bool:
        """Whether there are bytes of a digest, and they are what it says."""
        try:
            async for _ in Verified((await self.get(digest)).stream, digest, size).chunks():
                pass
        except (NotFound, BadInput):
            return False
        return True

    async def check(self) -> None:
        """Write something, read it and remove it. Raises `Unavailable` when that can't be done."""
        path, content = f"{ARRIVING}/{uuid4().hex}", secrets.token_bytes(16)
        try:
            with self._reporting_unavailable(Unavailable("the blob store loses what is written to it")):
                await self._require_folder()
                await obstore.put_async(self._store, path, content)
                await self._flush(path)
                found = bytes(await (await obstore.get_async(self._store, path)).bytes_async())
        finally:
            await self._discard(path)
        if found != content:
            raise Unavailable("the blob store reads otherwise than was written to it")

    async def secret(self, name: str) -> bytes:
        """A random key that all servers of this store share, made by whoever asks first."""
        path = f"{SECRETS}/{name}"
        with self._reporting_unavailable():
            await self._require_folder()
            try:
                await obstore.put_async(self._store, path, secrets.token_bytes(32), mode="create")
                await self._flush(path)
            except AlreadyExistsError:
                pass
            return bytes(await (await obstore.get_async(self._store, path)).bytes_async())

    async def remove(self, digests: Sequence[str]) -> None:
        """Remove the bytes of some digests, for good when this returns; those that are not there are removed."""
        paths = [_path(digest) for digest in digests]
        if self._folder is not None:
            with self._reporting_unavailable():
                await self._require_folder()
                await disk.on_disk(disk.remove, self._folder, paths)
            return
        with self._reporting_unavailable():
            for path in paths:
                try:
                    await obstore.delete_async(self._store, path)
                except FileNotFoundError:
                    continue

    async def sweep(self, grace: timedelta) -> int:
        """Remove what was left half arrived longer ago than that, as by a server that was killed; answer how much.

        An object store drops unfinished uploads in parts by a lifecycle rule: what can be listed is removed here.
        """
        before = datetime.now(UTC) - grace
        if self._folder is not None:
            return await disk.on_disk(disk.remove_old, self._folder / ARRIVING, before.timestamp())
        with self._reporting_unavailable():
            listed = await obstore.list(self._store, ARRIVING).collect_async()
        old = [each["path"] for each in listed if each["last_modified"] < before]
        for path in old:
            await self._discard(path)
        return len(old)

    async def _require_folder(self) -> None:
        # The store would make a folder that is gone anew: bytes would land below the place where a disk is to be.
        if self._folder is not None and not await asyncio.to_thread((self._folder / MARK).exists):
            raise Unavailable("the folder of the blob store is gone, or another is in its place: is its disk mounted?")

    @contextmanager
    def _reporting_unavailable(self, gone: RegistryError | None = None) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            if self._folder is not None and not (self._folder / MARK).exists():
                raise Unavailable("the folder of the blob store is gone") from error
            raise gone or NotFound("there are no bytes of this digest", "digest") from error
        except BaseError as error:
            raise Unavailable(f"the blob store can't serve this now: {_kind(error)}") from error

    async def _flush(self, path: str) -> None:
        # obstore's folder store leaves the bytes to the system; only fsync outlives a power loss.
        if self._folder is not None:
            await disk.on_disk(disk.flush, self._folder, self._folder / path)

    async def _discard(self, path: str) -> None:
        try:
            await obstore.delete_async(self._store, path)
        except (FileNotFoundError, BaseError, OSError):
            return


def open_blobs(url: str | None, data: Path, signing: bool = False) -> BlobStore:
    """The blob store behind a URL (`s3://bucket/prefix`); without one, a folder in the data folder.

    With `signing`, clients are sent to a bucket that can sign.
    """
    if url and "://" not in url:
        raise BadInput("the blob URL needs a scheme, as in s3://bucket/prefix or file:///folder", "blobs")
    if url and not url.startswith("file:"):
        try:
            store = from_url(url, retry_config=RETRY)
            return BlobStore(store, signer=Signer.of(store) if signing else None)
        except (BaseError, ValueError) as error:
            raise BadInput(f"the blob store {url} can't be used: {_first_line(error)}", "blobs") from error
    folder = Path(url.removeprefix("file://")) if url else data / "blobs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / MARK).exists():
            (folder / MARK).touch()
            disk.flush(folder, folder / MARK)
    except OSError as error:
        raise Unavailable(f"the folder {folder} can't be made or written: {error.strerror}") from error
    return BlobStore(LocalStore(folder), folder)


def _path(digest: str) -> str:
    if not DIGEST.fullmatch(digest):
        raise BadInput("bytes are known by sha256:<64 hex digits> or md5:<32 hex digits>", "digest")
    algorithm, _, number = digest.partition(":")
    return f"{algorithm}/{number[:2]}/{number}"


def _sent(draft: int, digest: str) -> str:
    """Where the bytes of a draft are put by who has leave to: another draft's never come in their place."""
    _path(digest)
    return f"{ARRIVING}/{draft}-{digest.replace(':', '-')}"


def _kind(error: BaseError) -> str:
    """What an error of the store is, without the paths and addresses that its text has."""
    told = next((system for words, system in _SYSTEM.items() if words in str(error)), None)
    return told or type(error).__name__


_SYSTEM = {
    "No space left on device": "its disk is full",
    "Read-only file system": "its disk is read-only",
    "Permission denied": "it may not be written",
}


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
