"""The registry in PostgreSQL: several server processes may share it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from gqlregistry import metrics
from gqlregistry.errors import Unavailable
from gqlregistry.store import migrations
from gqlregistry.store.changes import Announcer
from gqlregistry.store.notifications import Notifier
from gqlregistry.store.tables import Table

T = TypeVar("T")

UPGRADE_LOCK = 0x67716C72
"""Key of the advisory lock that whoever upgrades the schema holds: "gqlr"."""

POOL_SECONDS = 10
"""How long to wait for a connection."""

STATEMENTS = 250
STATEMENT_LENGTH = 64 * 1024
"""What a reader remembers: what it does not is planned each time, and that takes longer than to run it. A plan takes
some 140 bytes of PostgreSQL's memory for each of its text."""

SESSION = {"application_name": "gqlregistry", "jit": "off"}

# An INSERT locks its table before it takes a key from the sequence, and unlocks it when its transaction has ended and
# is visible (https://www.postgresql.org/docs/current/explicit-locking.html): who holds it may have a key in hand.
_WRITERS = """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND relation = $1::text::regclass
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

_ATTEMPTS = {
    "40001": 10,  # serialization_failure
    "40P01": 10,  # deadlock_detected
    # unique_violation: two transactions made the same row; the second finds it when it looks again
    "23505": 4,
}


class PostgreSQLDatabase:
    """`Database` on a PostgreSQL server."""

    def __init__(self, url: URL, pool_size: int = 10) -> None:
        self.changes: Announcer = Notifier(self._execute, self._connect)
        self._place = f"{url.database or 'postgres'} on {url.host or url.query.get('host') or 'localhost'}"
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=True,
            connect_args={"timeout": POOL_SECONDS, "server_settings": SESSION},
        )
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._pool_size = pool_size
        self._readers: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def write(self, work: Callable[[Session], T]) -> T:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception(lambda error: _sqlstate(error) in _ATTEMPTS),
            stop=_tried_enough,
            wait=wait_random_exponential(multiplier=0.01, max=0.5),
            reraise=True,
        ):
            with attempt:
                return await self._attempt(work)
        raise AssertionError("tenacity returns or raises")

    async def _attempt(self, work: Callable[[Session], T]) -> T:
        with self._reporting_unavailable(), metrics.committing(1):
            async with (
                self._connected(self._engine) as connection,
                connection.begin(),
                AsyncSession(connection, expire_on_commit=False) as session,
            ):
                result = await session.run_sync(lambda _: work(session.sync_session))
                await session.commit()
                return result

    async def read(self, work: Callable[[Session], T]) -> T:
        async with self.snapshot() as connection:
            return await connection.run_sync(lambda bound: work(Session(bound)))

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        with self._reporting_unavailable():
            async with self._connected(self._snapshots) as connection, connection.begin():
                yield connection

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Any]:
        """A connection of the driver's own, for reading only, in no transaction yet."""
        with self._reporting_unavailable():
            async with self._reader_pool() as pool:
                connection = await pool.acquire(timeout=POOL_SECONDS)
            try:
                yield connection
            except (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError) as error:
                # How the driver tells of a connection that breaks depends on what it was doing at that moment.
                raise Unavailable(f"the connection to the database {self._place} broke") from error
            finally:
                await pool.release(connection)

    @asynccontextmanager
    async def _reader_pool(self) -> AsyncIterator[asyncpg.Pool]:
        """The readers' pool, opened when it is first needed; says what keeps it from giving a connection."""
        try:
            if self._readers is None:
                async with self._opening:
                    self._readers = self._readers or await self._open_readers()
            yield self._readers
        except TimeoutError as error:
            raise Unavailable("the database is busy: all its connections are in use") from error
        except OSError as error:
            raise Unavailable(f"the database {self._place} can't be reached: {error or 'no answer'}") from error

    async def _open_readers(self) -> asyncpg.Pool:
        async def leave_as_it_is(connection: Any) -> None:
            """A reader changes nothing of its session that would have to be set back, at the cost of a round trip."""

        return await asyncpg.create_pool(
            self._dsn,
            min_size=0,
            max_size=self._pool_size,
            timeout=POOL_SECONDS,
            reset=leave_as_it_is,
            # Each plan has statements of its own.
            statement_cache_size=STATEMENTS,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=STATEMENT_LENGTH,
            server_settings={**SESSION, "default_transaction_read_only": "on"},
        )

    async def unfinished(self, table: type[Table]) -> frozenset[str]:
        async with self.reader() as connection:
            rows = await connection.fetch(_WRITERS, table.__tablename__)
        return frozenset(row[0] for row in rows)

    async def _execute(self, statement: str, *parameters: Any) -> None:
        async with self.reader() as connection:
            await connection.execute(statement, *parameters)

    async def _connect(self) -> Any:
        """A connection that is nobody else's."""
        return await asyncpg.connect(self._dsn, timeout=POOL_SECONDS, server_settings=SESSION)

    async def upgrade(self) -> None:
        with self._reporting_unavailable():
            async with self._connected(self._engine) as connection, connection.begin():
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
                await connection.run_sync(migrations.upgrade)

    async def check(self) -> None:
        async with self.snapshot() as connection:
            await connection.execute(text("SELECT 1"))

        def write(session: Session) -> None:
            # The one is refused by a server that only reads; the other is in the log, and flushed with the commit.
            session.connection().execute(text("UPDATE alembic_version SET version_num = version_num WHERE false"))
            session.connection().execute(text("SELECT pg_logical_emit_message(true, 'gqlregistry', '')"))

        await self.write(write)

    async def close(self) -> None:
        await self.changes.close()
        if self._readers is not None:
            await self._readers.close()
        await self._engine.dispose()

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        try:
            connection = await engine.connect()
        except PoolTimeout as error:
            raise Unavailable("the database is busy: all its connections are in use") from error
        except (OSError, TimeoutError) as error:
            raise Unavailable(f"the database {self._place} can't be reached: {error or 'no answer'}") from error
        except DBAPIError as error:
            raise Unavailable(f"the database {self._place} refuses the connection: {error.orig}") from error
        try:
            yield connection
        finally:
            await connection.close()

    @contextmanager
    def _reporting_unavailable(self) -> Iterator[None]:
        """Turn the loss of a connection, a full disk and a server that stops, or only reads, into `Unavailable`."""
        try:
            yield
        except (DBAPIError, asyncpg.PostgresError) as error:
            # SQLSTATE classes: 08 connection, 53 out of resources, 57P operator intervention; 25006 only reads;
            # 58 error of the system, as of its disk
            lost = isinstance(error, DBAPIError) and error.connection_invalidated
            if lost or (_sqlstate(error) or "").startswith(("08", "53", "57P", "25006", "58")):
                raise Unavailable(f"the database {self._place} can't serve this now") from error
            raise


def _sqlstate(error: BaseException) -> str | None:
    found: str | None = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlstate", None)
    return found


def _tried_enough(state: RetryCallState) -> bool:
    error = state.outcome and state.outcome.exception()
    return state.attempt_number >= _ATTEMPTS.get((error and _sqlstate(error)) or "", 1)
