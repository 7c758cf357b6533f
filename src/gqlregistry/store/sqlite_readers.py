"""The threads that run works which only read a SQLite file."""

import asyncio
import math
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, create_engine
from sqlmodel import Session

from gqlregistry.store.sqlite_connections import READER_PRAGMAS, bare, prepare, reporting_unavailable
from gqlregistry.tracing import TRACING

T = TypeVar("T")

READERS = 4
STEPS = 20_000
"""After how many steps of its machine SQLite asks whether to go on: about a millisecond. It goes on counting from one
run of a statement to the next, so that any may be asked."""


class SQLiteDatabase:
    """`Database` in one file. Its folder must exist; the file is made by `upgrade`."""


@dataclass(slots=True)
class Wanted:
    """Whether somebody still waits for what is read. A thread can't be cancelled; it must look."""

    given_up: bool = False
    stops: float = math.inf
    """How often SQLite may ask before it is told to stop."""

    def stop(self) -> bool:
        """What SQLite asks every `STEPS`: true interrupts it."""
        self.stops -= 1
        return self.given_up or self.stops < 0

    @contextmanager
    def watching(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Interrupt what the connection does once nobody waits for it."""
        connection.set_progress_handler(self.stop, STEPS)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)


class Readers:
    """The threads in which works read: a hop for a whole work, where aiosqlite makes one for each of its calls."""

    def __init__(self, path: Path) -> None:
        url = URL.create("sqlite", database=path.absolute().as_uri(), query={"uri": "true", "mode": "ro"})
        self._engine = create_engine(
            url, pool_size=READERS, max_overflow=0, connect_args={"isolation_level": None, "check_same_thread": False}
        )
        prepare(self._engine, READER_PRAGMAS, begin="BEGIN")
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-work")

    async def run(self, work: Callable[[Session], T]) -> T:
        """Run a work in one snapshot. What it raises comes through."""
        wanted = Wanted()
        try:
            run = TRACING.carried(self._run)
            return await asyncio.get_running_loop().run_in_executor(self._threads, run, work, wanted)
        except asyncio.CancelledError:
            wanted.given_up = True
            raise

    def _run(self, work: Callable[[Session], T], wanted: Wanted) -> T:
        with (
            reporting_unavailable(),
            self._engine.connect() as connection,
            connection.begin(),
            wanted.watching(bare(connection)),
            Session(connection, expire_on_commit=False) as session,
        ):
            return work(session)

    def close(self) -> None:
        """Finish what was taken on."""
        self._threads.shutdown()
        self._engine.dispose()
