"""The registry in one SQLite file: many readers, one writer that shares each fsync among all who wait for it."""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlmodel import Session

from gqlregistry import metrics
from gqlregistry.errors import Unavailable
from gqlregistry.store import migrations
from gqlregistry.store.changes import Announcer
from gqlregistry.store.sqlite_connections import (
    MIGRATION_PRAGMAS,
    READER_PRAGMAS,
    WRITER_PRAGMAS,
    bare,
    prepare,
    reader_connection,
    reporting_unavailable,
    writing_engine,
)
from gqlregistry.store.sqlite_readers import READERS, Readers
from gqlregistry.store.tables import Table
from gqlregistry.store.watcher import Watcher

T = TypeVar("T")

GROUP = 64
"""How many works may share one COMMIT."""


class SQLiteDatabase:
    """`Database` in one file. Its folder must exist; the file is made by `upgrade`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.changes: Announcer = Watcher(lambda: reader_connection(path))
        url = URL.create("sqlite+aiosqlite", database=path.absolute().as_uri(), query={"uri": "true", "mode": "ro"})
        self._snapshots = create_async_engine(
            url, pool_size=READERS, max_overflow=0, connect_args={"isolation_level": None}
        )
        prepare(self._snapshots.sync_engine, READER_PRAGMAS, begin="BEGIN")
        self._readers = Readers(path)
        self._writer = _Writer(path)

    async def write(self, work: Callable[[Session], T]) -> T:
        job = _Job(work)
        self._writer.submit(job)
        answer: T = await asyncio.wrap_future(job.future)
        return answer

    async def read(self, work: Callable[[Session], T]) -> T:
        return await self._readers.run(work)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        with reporting_unavailable():
            async with self._snapshots.connect() as connection, connection.begin():
                yield connection

    async def unfinished(self, table: type[Table]) -> frozenset[str]:
        # Keys are given while the file is locked, and become visible in their order.
        return frozenset()

    async def upgrade(self) -> None:
        await asyncio.to_thread(self._upgrade)

    def _upgrade(self) -> None:
        engine = writing_engine(self.path, MIGRATION_PRAGMAS)
        try:
            with reporting_unavailable(), engine.begin() as connection:
                migrations.upgrade(connection)
        finally:
            engine.dispose()

    async def check(self) -> None:
        async with self.snapshot() as connection:
            await connection.execute(text("SELECT count(*) FROM sqlite_schema"))
        # Nobody reads it. To set it is to write a page of the log and flush it, as every commit does.
        await self.write(lambda session: session.connection().exec_driver_sql("PRAGMA user_version = 0"))

    async def close(self) -> None:
        # The last to leave folds the WAL into the file, which a reader may not do.
        await self.changes.close()
        await self._snapshots.dispose()
        await asyncio.to_thread(self._readers.close)
        await asyncio.to_thread(self._writer.close)


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
        engine = writing_engine(self._path, WRITER_PRAGMAS)
        try:
            while jobs := self._next_group():
                _commit_group(engine, jobs)
                # An error knows the frames that it came through, this one too, and would be known by its own job.
                jobs.clear()
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
    return bare(connection).in_transaction
