"""Taking bytes in: they are expected, they come under their name, and they are noted (see `registry.blobs`).

They come to the server; or the client puts them into the bucket, and they are taken from there, verified, when the
draft that they are for is committed.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable

from gqlregistry import metrics
from gqlregistry.auth import Principal
from gqlregistry.registry import artifacts, blobs, run_files
from gqlregistry.registry.change import apply
from gqlregistry.services import Services
from gqlregistry.store.blobs import Expecting, Kept

AT_ONCE = 4
"""How many of a draft's files are read from the bucket at the same time."""


async def put(services: Services, digest: str, stream: AsyncIterator[bytes], size: int | None = None) -> int:
    """Keep the bytes of a digest and answer how many they are. Raises as `BlobStore.put`."""
    arrived = await services.blobs.put(digest, stream, size, _expecting(services))
    await apply(services.database, services.local, blobs.record, digest, arrived)
    metrics.bytes_taken.inc(arrived)
    return arrived


async def put_run_file(services: Services, run: int, path: str, stream: AsyncIterator[bytes]) -> Kept:
    """Keep the bytes of a file that a run leaves."""
    kept = await services.blobs.keep(stream, _expecting(services))
    await apply(services.database, services.local, run_files.record_file, run, path, kept.digest, kept.size)
    metrics.bytes_taken.inc(kept.size)
    return kept


async def upload_url(services: Services, base: str, draft: int, digest: str, size: int) -> str:
    """Where the bytes of a digest are put for a draft: into the bucket, if it can be, or to the server."""
    direct = await services.blobs.upload_url(draft, digest, size, services.settings.file_url_seconds)
    return direct or services.links.upload_url(base, digest, size)


async def collect_draft(services: Services, actor: Principal, draft: int) -> None:
    """Take in what the client of a draft has put into the bucket. Raises as `collect`, and for who may not edit it."""
    if services.blobs.takes_uploads:
        wanted = (await apply(services.database, actor, artifacts.wanted, draft)).result
        await collect(services, draft, wanted.items())


async def collect(services: Services, draft: int, wanted: Iterable[tuple[str, int]]) -> None:
    """Take in what the client of a draft has put into the bucket, of some digests and sizes; some may not be there.

    Raises `BadInput` for the first that is not what it should be. The others are kept nevertheless, and who asks again
    need not wait for them.
    """
    turns = asyncio.Semaphore(AT_ONCE)

    async def take(digest: str, size: int) -> None:
        async with turns:
            if await services.blobs.collect(draft, digest, size, _expecting(services)):
                await apply(services.database, services.local, blobs.record, digest, size)
                metrics.bytes_taken.inc(size)
                # Only now: who commits at the same time finds it either there or noted.
                await services.blobs.put_away(draft, digest)

    taken = await asyncio.gather(*[take(*each) for each in dict(wanted).items()], return_exceptions=True)
    for error in taken:
        if error is not None:
            raise error


def _expecting(services: Services) -> Expecting:
    async def expect(digest: str) -> None:
        await apply(services.database, services.local, blobs.expect, digest)

    return expect
