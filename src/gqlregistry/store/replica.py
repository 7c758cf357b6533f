"""PostgreSQL servers that follow the primary: read where they have all that was acknowledged before a reading began.

What a reading must see is asked of the primary, once for all readings that begin at that moment; whether it is there,
of the connection that is about to read. So it does not matter who wrote, nor by which process, nor which of several
servers the connection leads to. Where it is not there soon, the primary is read.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic
from typing import Any

import asyncpg
import structlog
from sqlalchemy import URL

from gqlregistry import metrics
from gqlregistry.errors import Unavailable
from gqlregistry.store.postgresql import PostgreSQLDatabase

log = structlog.get_logger(__name__)

CONNECTING = 1.0
BEHIND = 0.1
"""Seconds that a reading waits for a connection, and for what it must see."""

PAUSE = 1.0
LONGEST_PAUSE = 30.0
"""Seconds in which nobody waits again, after one has in vain; doubled each time."""

LOST = ("08", "40001", "53", "57P", "58")
"""Beginnings of the states of a replica that is lost, or that must remove the rows which it reads: the primary has."""

_FLUSHED = "SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint"
_REPLAYED = "SELECT (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint WHERE pg_is_in_recovery()"


class Lost(Unavailable):
    """A replica was lost in the middle of a reading. Read anew: that comes from the primary."""


class Behind(Unavailable):
    """A replica lacks what a reading must see."""


class Replica:
    """Gives connections for reading, as `PostgreSQLDatabase` does: a replica's where it can, else the primary's."""

    def __init__(self, primary: PostgreSQLDatabase, url: URL) -> None:
        self._primary, self._copy = primary, PostgreSQLDatabase(url)
        self._asking: asyncio.Task[int] | None = None
        self._next: asyncio.Task[int] | None = None
        self._paused_until, self._pause = 0.0, PAUSE
        self.trouble: str | None = None
        """Why the primary is read, if it is."""

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Any]:
        """A connection for reading only, in no transaction yet. What reads there may raise `Lost`."""
        async with AsyncExitStack() as stack:
            connection = await self._connection(stack)
            metrics.replica_reads.labels("primary" if connection is None else "replica").inc()
            if connection is None:
                yield await stack.enter_async_context(self._primary.reader())
                return
            try:
                yield connection
            except Exception as error:
                if _is_lost(error):
                    self._leave_alone(f"it was lost: {error}")
                    raise Lost("the replica of the database was lost: ask again") from error
                raise

    async def _connection(self, stack: AsyncExitStack) -> Any | None:
        """A replica's connection that has what was acknowledged before; None where there is none soon."""
        if monotonic() < self._paused_until:
            return None
        needed = await self._flushed()
        async with AsyncExitStack() as opened:
            try:
                async with asyncio.timeout(CONNECTING):
                    connection = await opened.enter_async_context(self._copy.reader())
                    await _reach(connection, needed)
            except (Unavailable, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
                self._leave_alone(str(error) or f"no answer in {CONNECTING:g} s")
                return None
            stack.push_async_exit(opened.pop_all())
        self._paused_until, self._pause, self.trouble = 0.0, PAUSE, None
        return connection

    async def _flushed(self) -> int:
        """Where the primary's log ended at a moment after this was called."""
        if self._next is None:
            self._next = asyncio.create_task(self._ask(self._asking))
        return await asyncio.shield(self._next)

    async def _ask(self, before: asyncio.Task[int] | None) -> int:
        if before is not None:
            await asyncio.wait([before])
        # Who comes from here on may have written after the question is put.
        self._asking, self._next = self._next, None
        async with self._primary.reader() as connection:
            return int(await connection.fetchval(_FLUSHED))

    def _leave_alone(self, reason: str) -> None:
        """Read the primary for a while. Of many who waited together, the first says so."""
        if monotonic() < self._paused_until:
            return
        log.warning("the replica is not read for a while", reason=reason, seconds=self._pause)
        self.trouble = reason
        self._paused_until = monotonic() + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)

    async def check(self) -> str | None:
        """Why the primary is read instead, if it is."""
        async with AsyncExitStack() as stack:
            await self._connection(stack)
        return self.trouble

    async def close(self) -> None:
        """Release the connections."""
        await self._copy.close()


async def _reach(connection: Any, needed: int) -> None:
    """Wait until a replica has what it needs. Raises `Behind` when that takes too long."""
    began, pause = monotonic(), 0.001
    while True:
        replayed = await connection.fetchval(_REPLAYED)
        if replayed is None:
            raise Behind("it follows no primary")
        metrics.replica_behind_bytes.set(max(0, needed - replayed))
        if replayed >= needed:
            return
        if monotonic() - began + pause > BEHIND:
            raise Behind(f"it lacks {needed - replayed:,} bytes of the primary's log")
        await asyncio.sleep(pause)
        pause *= 2


def _is_lost(error: Exception) -> bool:
    broke = isinstance(error, (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError))
    return broke or (getattr(error, "sqlstate", None) or "").startswith(LOST)
