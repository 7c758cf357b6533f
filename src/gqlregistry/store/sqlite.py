"""The registry in one SQLite file: many readers, one writer that shares each fsync among all who wait for it."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import re2
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlmodel import Session
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random

from gqlregistry import metrics
from gqlregistry.errors import Unavailable
from gqlregistry.store import migrations
from gqlregistry.store.changes import Announcer
from gqlregistry.store.tables import Table
from gqlregistry.store.watcher import Watcher

T = TypeVar("T")

GROUP = 64
"""How many works may share one COMMIT."""

READERS = 4
READER_STATEMENTS = 1024
"""Plans have many statements; sqlite3 would keep 128 prepared."""
BUSY_SECONDS = 10

_COMMON_PRAGMAS = {
    "busy_timeout": BUSY_SECONDS * 1000,
    "foreign_keys": "ON",
    "temp_store": "MEMORY",
    "mmap_size": 2**30,
    "cache_size": -64 * 1024,
}
_READER_PRAGMAS = _COMMON_PRAGMAS | {"query_only": "ON"}
_WRITER_PRAGMAS = _COMMON_PRAGMAS | {"journal_mode": "WAL", "synchronous": "FULL"}
# SQLite alters a table by making it anew, which a foreign key from elsewhere would forbid.
_MIGRATION_PRAGMAS = _WRITER_PRAGMAS | {"foreign_keys": "OFF"}

_OUT_OF_REACH = {
    sqlite3.SQLITE_FULL: "the disk that holds the database is full",
    sqlite3.SQLITE_READONLY: "the database can't be written: its file or folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "the database file can't be opened: check that its folder exists and may be written",
    sqlite3.SQLITE_IOERR: "the disk that holds the database reports an error",
    sqlite3.SQLITE_BUSY: f"another process has kept the database locked for more than {BUSY_SECONDS} seconds",
    sqlite3.SQLITE_LOCKED: "the database is locked",
    sqlite3.SQLITE_CORRUPT: "the database file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is not a SQLite database",
}


class SQLiteDatabase:
    """`Database` in one file. Its folder must exist; the file is made by `upgrade`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.changes: Announcer = Watcher(lambda: reader_connection(path))
        url = URL.create("sqlite+aiosqlite", database=path.absolute().as_uri(), query={"uri": "true", "mode": "ro"})
        self._readers = create_async_engine(
            url, pool_size=READERS, max_overflow=0, connect_args={"isolation_level": None}
        )
        _prepare(self._readers.sync_engine, _READER_PRAGMAS, begin="BEGIN")
        self._writer = _Writer(path)

    async def write(self, work: Callable[[Session], T]) -> T:
        job = _Job(work)
        self._writer.submit(job)
        answer: T = await asyncio.wrap_future(job.future)
        return answer

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        with reporting_unavailable():
            async with self._readers.connect() as connection, connection.begin():
                yield connection

    async def unfinished(self, table: type[Table]) -> frozenset[str]:
        # Keys are given while the file is locked, and become visible in their order.
        return frozenset()

    async def upgrade(self) -> None:
        await asyncio.to_thread(self._upgrade)

    def _upgrade(self) -> None:
        engine = _sync_engine(self.path, _MIGRATION_PRAGMAS)
        try:
            with reporting_unavailable(), engine.begin() as connection:
                migrations.upgrade(connection)
        finally:
            engine.dispose()

    async def check(self) -> None:
        async with self.read() as connection:
            await connection.execute(text("SELECT count(*) FROM sqlite_schema"))
        # Nobody reads it. To set it is to write a page of the log and flush it, as every commit does.
        await self.write(lambda session: session.connection().exec_driver_sql("PRAGMA user_version = 0"))

    async def close(self) -> None:
        # The last to leave folds the WAL into the file, which a reader may not do.
        await self.changes.close()
        await self._readers.dispose()
        await asyncio.to_thread(self._writer.close)


def reader_connection(path: Path) -> sqlite3.Connection:
    """A read-only connection on the bare driver, for a thread that reads."""
    with reporting_unavailable():
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=READER_STATEMENTS,
        )
    for name, value in _READER_PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
    return connection


@dataclass(slots=True, eq=False)
class _Job:
    """A work that waits to be run, and where its answer goes."""

    work: Callable[[Session], Any]
    future: "Future[Any]" = field(default_factory=Future)


class _Writer:
    """The one thread that writes. It starts with the first work."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, job: _Job) -> None:
        with self._lock:
            if self._closed:
                raise Unavailable("the server is stopping")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
                self._thread.start()
            self._queue.put(job)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._queue.put(None)
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        engine = _sync_engine(self._path, _WRITER_PRAGMAS)
        try:
            while jobs := self._next_group():
                _commit_group(engine, jobs)
        finally:
            engine.dispose()

    def _next_group(self) -> list[_Job]:
        """The works that wait now, at least one; empty once closed."""
        jobs: list[_Job] = []
        while len(jobs) < GROUP:
            try:
                job = self._queue.get(block=not jobs)
            except queue.Empty:
                break
            if job is None:
                # Put it back: what was taken before it still has to be run.
                if jobs:
                    self._queue.put(None)
                break
            if job.future.set_running_or_notify_cancel():
                jobs.append(job)
        return jobs


def _commit_group(engine: Engine, jobs: list[_Job]) -> None:
    """Run each work in a savepoint and answer all of them after one COMMIT."""
    outcomes: list[tuple[_Job, Any]] = []
    waiting = list(jobs)
    try:
        with reporting_unavailable(), metrics.committing(len(jobs)), engine.begin() as connection:
            while waiting:
                try:
                    outcomes.append((waiting[0], _run_in_savepoint(connection, waiting[0].work)))
                except Exception as error:
                    waiting[0].future.set_exception(error)
                    _require_transaction(connection)
                waiting.pop(0)
    except BaseException as error:
        for job in jobs:
            if not job.future.done():
                job.future.set_exception(error)
        return
    for job, result in outcomes:
        job.future.set_result(result)


def _run_in_savepoint(connection: Connection, work: Callable[[Session], T]) -> T:
    with reporting_unavailable():
        # By hand: a session makes its own savepoint, at ten times the cost, but only once it has objects to write.
        connection.exec_driver_sql("SAVEPOINT work")
        try:
            with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
                result = work(session)
                session.commit()
        except BaseException:
            if _in_transaction(connection):
                connection.exec_driver_sql("ROLLBACK TO work")
                connection.exec_driver_sql("RELEASE work")
            raise
        connection.exec_driver_sql("RELEASE work")
        return result


def _require_transaction(connection: Connection) -> None:
    """Raise `Unavailable` if SQLite gave up the whole transaction, as it does when the disk is full."""
    if not _in_transaction(connection):
        raise Unavailable("the database gave up the transaction; nothing was changed")


def _in_transaction(connection: Connection) -> bool:
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", False))


def _sync_engine(path: Path, pragmas: dict[str, Any]) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
    )
    _prepare(engine, pragmas, begin="BEGIN IMMEDIATE")
    return engine


def _prepare(engine: Engine, pragmas: dict[str, Any], begin: str) -> None:
    """Set the pragmas of each connection, and begin its transactions ourselves: the driver would begin too late."""

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        # Python's own would take for ever for some patterns, and hold up all other threads meanwhile.
        connection.create_function("regexp", 2, _matches, deterministic=True)
        cursor = connection.cursor()
        for name, value in pragmas.items():
            # Who makes a new file a WAL one is told at once of another who does, whatever its timeout.
            for attempt in _while_locked():
                with attempt:
                    cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _while_locked() -> Retrying:
    return Retrying(
        retry=retry_if_exception(lambda error: getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY),
        wait=wait_random(0.001, 0.02),
        stop=stop_after_delay(BUSY_SECONDS),
        reraise=True,
    )


def _matches(pattern: str, value: str | None) -> bool | None:
    return None if value is None else re2.search(pattern, value) is not None


@contextmanager
def reporting_unavailable() -> Iterator[None]:
    """Turn what a client can't help (disk full, file locked, folder gone) into `Unavailable`."""
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable("the database is busy: all its connections are in use") from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        message = _why_out_of_reach(error)
        if message is None:
            raise
        raise Unavailable(message) from error


def _why_out_of_reach(error: BaseException | None) -> str | None:
    # When SQLite gives up a transaction, the error that tells why is behind the one that misses its savepoint.
    while error is not None:
        code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
        if code is not None and code & 0xFF in _OUT_OF_REACH:
            return _OUT_OF_REACH[code & 0xFF]
        error = error.__context__
    return None
