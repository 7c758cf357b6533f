"""Whether the blob store holds what the database says: each of its bytes, or only that they are there."""

from collections.abc import AsyncIterator
from functools import partial

from gqlregistry.errors import NotFound
from gqlregistry.registry import blobs
from gqlregistry.services import Services

BATCH = 500


async def damaged(services: Services, quick: bool) -> AsyncIterator[str]:
    """A line for each of the bytes that are missing or otherwise than they were, and who holds them.

    `quick` looks at their sizes and reads none. Raises `Unavailable`.
    """
    after = ""
    while some := await services.database.read(partial(blobs.recorded, after=after, limit=BATCH)):
        for digest, size in some:
            problem = await _problem(services, digest, size, quick)
            if problem is None:
                continue
            holders = await services.database.read(partial(blobs.holders, digest=digest))
            if holders is not None:
                yield "\n  ".join([f"{digest} {problem}", *(holders or ["nothing holds it"])])
        after = some[-1][0]


async def _problem(services: Services, digest: str, size: int, quick: bool) -> str | None:
    try:
        found = await services.blobs.size(digest) if quick else await services.blobs.verified_size(digest)
    except NotFound:
        return "is missing"
    if found is None:
        return "has other bytes than it had"
    return None if found == size else f"has {found} bytes, not {size}"
