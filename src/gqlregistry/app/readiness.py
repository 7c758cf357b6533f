"""Whether the server can do its work now: read and write its database and its blob store."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from gqlregistry.errors import ErrorCode, Unavailable
from gqlregistry.services import Services

log = structlog.get_logger(__name__)

PATIENCE = 5.0
"""Seconds in which a part must have answered."""


class Readiness:
    """Tries each part when asked. All who ask meanwhile share the answer, so that asking often writes no more often."""

    def __init__(self, services: Services) -> None:
        self._parts = {"database": services.database.check, "blobs": services.blobs.check}
        self._trying: asyncio.Task[dict[str, ErrorCode]] | None = None

    async def failed(self) -> dict[str, ErrorCode]:
        """The parts that can't do their work, and by which code they would tell a client."""
        if self._trying is None or self._trying.done():
            self._trying = asyncio.create_task(self._try())
        return await asyncio.shield(self._trying)

    async def _try(self) -> dict[str, ErrorCode]:
        codes = await asyncio.gather(*[_code(name, check) for name, check in self._parts.items()])
        return {name: code for name, code in zip(self._parts, codes, strict=True) if code is not None}


async def _code(name: str, check: Callable[[], Awaitable[None]]) -> ErrorCode | None:
    try:
        async with asyncio.timeout(PATIENCE):
            await check()
    except (Unavailable, TimeoutError) as error:
        log.error("not ready", part=name, reason=str(error) or f"no answer in {PATIENCE:g} seconds")
        return ErrorCode.UNAVAILABLE
    return None
