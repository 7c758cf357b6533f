"""Runs readings against a database: each in one snapshot, on the bare driver."""

import asyncio
import math
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any, Protocol, TypeVar

import orjson

from gqlregistry.plan.ahead import Foreseen, Joiner
from gqlregistry.plan.statement import KEYS, Aside, Query, Reading
from gqlregistry.store.database import Database
from gqlregistry.store.postgresql import PostgreSQLDatabase
from gqlregistry.store.replica import Lost, Replica
from gqlregistry.store.sqlite import SQLiteDatabase
from gqlregistry.store.sqlite_connections import reader_connection, reporting_unavailable
from gqlregistry.store.sqlite_readers import Wanted
from gqlregistry.store.tables import instant_text
from gqlregistry.tracing import TRACING

T = TypeVar("T")

STOPS = 10
SHORT = 0.001
"""Seconds for which a reading may keep all others waiting."""

WAITED = 10
"""Where others compute, a reading waits for the interpreter's lock, which it would in a thread as well: only what takes
this many times `SHORT` by the clock, as of a cold disk, is not short."""

SQLITE_THREADS = 2
"""sqlite3 drops the GIL at each step, so that more threads convoy; processes scale (docs/performance.md)."""


@dataclass(slots=True)
class Course:
    """What is known of how readings of one kind run, from the last of them."""

    single: bool = False
    """Whether one statement was enough."""
    seconds: float = math.inf
    """How long it took."""


class Restart(Exception):
    """It did not run as the ones before. Run the reading again, from its beginning."""


class Driver(Protocol):
    """Runs readings."""

    dialect: str

    async def run(self, reading: Reading[T], course: Course | None = None) -> T:
        """The answer of a reading. What it raises comes through.

        A course, kept from one reading of a kind to the next, saves a transaction or the way to another thread. Then
        it may raise `Restart`.
        """
        ...

    async def close(self) -> None:
        """Release what the driver holds."""
        ...


async def again(driver: Driver, reading: Callable[[], Reading[T]], course: Course) -> T:
    """Run a reading by its course, and anew if it does not run as the ones before."""
    for _ in range(2):
        with suppress(Restart):
            return await driver.run(reading(), course)
    return await driver.run(reading(), course)


def driver_for(database: Database) -> Driver:
    """The driver for a kind of database."""
    if isinstance(database, SQLiteDatabase):
        return SQLiteDriver(database.path)
    if isinstance(database, PostgreSQLDatabase):
        return PostgreSQLDriver(database)
    raise TypeError(f"no driver reads from {type(database).__name__}")


class SQLiteDriver:
    """A whole reading in one thread hop, on a read-only connection of that thread.

    The hop takes longer than a small reading. So what took no longer than `SHORT` the last time is run on the spot,
    unless SQLite makes so many steps that others would have to wait for it.
    """

    dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = ThreadPoolExecutor(SQLITE_THREADS, thread_name_prefix="sqlite-reader")
        self._mine = threading.local()
        self._connections: list[sqlite3.Connection] = []

    async def run(self, reading: Reading[T], course: Course | None = None) -> T:
        course = course or Course()
        if course.seconds <= SHORT:
            try:
                return self._run(reading, course, Wanted(stops=STOPS))
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise
                course.seconds = math.inf
                raise Restart from None
        wanted = Wanted()
        try:
            run = TRACING.carried(self._run)
            return await asyncio.get_running_loop().run_in_executor(self._threads, run, reading, course, wanted)
        except asyncio.CancelledError:
            wanted.given_up = True
            raise

    @reporting_unavailable()
    def _run(self, reading: Reading[T], course: Course, wanted: Wanted) -> T:
        connection, began, worked = self._connection(), perf_counter(), thread_time()
        connection.execute("BEGIN")
        try:
            with wanted.watching(connection):
                query = next(reading)
                while True:
                    if isinstance(query, Aside):
                        query = reading.send(query.work())
                        continue
                    values = [value if type(value) in _PLAIN else _bound(value) for value in query.parameters]
                    with TRACING.span("statement", db_query_text=query.text, db_system_name="sqlite"):
                        rows = connection.execute(query.text, values).fetchall()
                    query = reading.send(rows)
        except StopIteration as stop:
            answer: T = stop.value
            course.seconds = max(thread_time() - worked, (perf_counter() - began) / WAITED)
            return answer
        finally:
            connection.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = reader_connection(self._path)
            self._connections.append(connection)
        return connection

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._connections:
            connection.close()


_PLAIN = (int, str)


def _bound(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    return orjson.dumps(value).decode() if isinstance(value, (list, tuple)) else value


class PostgreSQLDriver:
    """As few statements as can be foreseen (see `ahead`), in one snapshot, on asyncpg connections of its own."""

    dialect = "postgresql"

    def __init__(self, database: PostgreSQLDatabase | Replica) -> None:
        self._database = database
        self._joiner = Joiner()

    async def run(self, reading: Reading[T], course: Course | None = None) -> T:
        try:
            return await self._run(reading, course or Course())
        except Lost:
            if course is None:
                raise
            raise Restart from None

    async def _run(self, reading: Reading[T], course: Course) -> T:
        async with self._database.reader() as connection:
            if course.single:
                # A statement is a snapshot of its own.
                return await self._answer(reading, connection, course)
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                return await self._answer(reading, connection, course)

    async def _answer(self, reading: Reading[T], connection: Any, course: Course) -> T:
        foreseen, sent, alone = Foreseen(), 0, course.single
        try:
            query = next(reading)
            while True:
                if isinstance(query, Aside):
                    query = reading.send(await asyncio.to_thread(query.work))
                    continue
                rows = foreseen.find(query)
                if rows is None:
                    if alone and sent:
                        course.single = False
                        raise Restart
                    with TRACING.span("statement", db_query_text=query.text, db_system_name="postgresql"):
                        rows = await self._fetch(connection, query, foreseen)
                    sent += 1
                query = reading.send(list(rows))
        except StopIteration as stop:
            course.single = sent <= 1
            answer: T = stop.value
            return answer

    async def _fetch(self, connection: Any, query: Query, foreseen: Foreseen) -> Sequence[Any]:
        levels = self._joiner.levels(query)
        if len(levels) == 1:
            rows: Sequence[Any] = await connection.fetch(query.text, *query.parameters)
            return rows
        answers = await connection.fetchrow(self._joiner.text(levels), *self._joiner.parameters(levels))
        return foreseen.add(levels, tuple(answers), query.values[KEYS])

    async def close(self) -> None:
        """Nothing: the connections are the database's."""
