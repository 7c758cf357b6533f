"""What time does: runs that fell silent have crashed, versions whose time to live is over are deleted.

And what a client that was killed has left goes: versions that were never committed, and bytes that nothing holds. Old
deliveries of webhooks are forgotten, and memory is given back.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

import structlog

from gqlregistry import metrics
from gqlregistry.app.memory import give_back
from gqlregistry.registry import blobs, webhooks
from gqlregistry.registry.artifacts import discard_pending
from gqlregistry.registry.change import apply
from gqlregistry.registry.deletion import delete_expired
from gqlregistry.registry.runs import crash_silent
from gqlregistry.services import Services
from gqlregistry.store.background import running
from gqlregistry.store.database import waiting

log = structlog.get_logger(__name__)

LEFT_BEHIND = timedelta(days=1)
"""How old a version is that nobody will commit any more."""

BATCHES = 100
"""How many portions of bytes, or of deliveries, are dealt with at once; the rest is due next time."""


def upkeep(services: Services) -> AbstractAsyncContextManager[None]:
    """Do it from time to time, until the end of the block. Several servers of one store may do it at once."""
    return running(_repeat(services))


async def do_upkeep(services: Services) -> None:
    """Do what is due, as the local user."""
    silence = timedelta(seconds=services.settings.run_silence_seconds)
    crashed = await apply(services.database, services.local, crash_silent, silence)
    expired = await apply(services.database, services.local, delete_expired)
    left = await apply(services.database, services.local, discard_pending, datetime.now(UTC) - LEFT_BEHIND)
    if crashed.result or expired.result or left.result:
        log.info("upkeep", crashed=crashed.result, expired=expired.result, forgotten=left.result)
    kept = datetime.now(UTC) - timedelta(seconds=services.settings.webhook_kept_seconds)
    for _ in range(BATCHES):
        if not (await apply(services.database, services.local, webhooks.prune, kept)).result:
            break
    await collect_bytes(services)
    await asyncio.to_thread(give_back)


async def collect_bytes(services: Services) -> None:
    """Remove the bytes that nothing has held for the grace time (see `registry.blobs`), and those half arrived."""
    grace, wait = timedelta(seconds=services.settings.blob_grace_seconds), waiting()
    before = datetime.now(UTC) - grace

    def take_away(digests: Sequence[str]) -> None:
        wait(services.blobs.remove(digests))

    for _ in range(BATCHES):
        if not (await apply(services.database, services.local, blobs.discard, before)).result:
            break
    removed = 0
    for _ in range(BATCHES):
        over = (await apply(services.database, services.local, blobs.remove, before, take_away)).result
        if not over:
            break
        removed += over
    swept = await services.blobs.sweep(grace)
    if removed or swept:
        log.info("bytes that nothing holds are removed", files=removed, half_arrived=swept)


async def _repeat(services: Services) -> None:
    while True:
        await asyncio.sleep(services.settings.upkeep_seconds)
        try:
            await do_upkeep(services)
            metrics.upkeep_runs.labels("ok").inc()
        except Exception:
            metrics.upkeep_runs.labels("failed").inc()
            # What could not be done now is due again next time.
            log.exception("upkeep failed")
