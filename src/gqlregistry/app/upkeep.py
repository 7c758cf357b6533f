"""What time does: runs that fell silent have crashed, versions whose time to live is over are deleted.

And versions that were begun and never committed are forgotten, such as those of a client that was killed.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import structlog

from gqlregistry.registry.artifacts import discard_pending
from gqlregistry.registry.change import apply
from gqlregistry.registry.deletion import delete_expired
from gqlregistry.registry.runs import crash_silent
from gqlregistry.services import Services

log = structlog.get_logger(__name__)

LEFT_BEHIND = timedelta(days=1)
"""How old a version is that nobody will commit any more."""


@asynccontextmanager
async def upkeep(services: Services) -> AsyncIterator[None]:
    """Do it from time to time, until the end of the block. Several servers of one store may do it at once."""
    task = asyncio.create_task(_repeat(services))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def do_upkeep(services: Services) -> None:
    """Do what is due, as the local user."""
    silence = timedelta(seconds=services.settings.run_silence_seconds)
    crashed = await apply(services.database, services.local, crash_silent, silence)
    expired = await apply(services.database, services.local, delete_expired)
    left = await apply(services.database, services.local, discard_pending, datetime.now(UTC) - LEFT_BEHIND)
    if crashed.result or expired.result or left.result:
        log.info("upkeep", crashed=crashed.result, expired=expired.result, forgotten=left.result)


async def _repeat(services: Services) -> None:
    while True:
        await asyncio.sleep(services.settings.upkeep_seconds)
        try:
            await do_upkeep(services)
        except Exception:
            # What could not be done now is due again next time.
            log.exception("upkeep failed")
