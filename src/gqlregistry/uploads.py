"""Taking bytes in: they are expected, they come under their name, and they are noted (see `registry.blobs`)."""

from collections.abc import AsyncIterator

from gqlregistry import metrics
from gqlregistry.registry import blobs, run_files
from gqlregistry.registry.change import apply
from gqlregistry.services import Services
from gqlregistry.store.blobs import Expecting, Kept


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


def _expecting(services: Services) -> Expecting:
    async def expect(digest: str) -> None:
        await apply(services.database, services.local, blobs.expect, digest)

    return expect
