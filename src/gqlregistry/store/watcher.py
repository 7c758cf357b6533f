"""News of other processes on the same SQLite file: that something has changed can be seen, what can't."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing

from gqlregistry.store.background import running
from gqlregistry.store.changes import VAGUE, Announcer

LOOK_SECONDS = 0.5
"""How often to look."""


class Watcher(Announcer):
    """An announcer that looks from time to time whether the file was changed. `connect` opens it for reading."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__()
        self._connect = connect

    @asynccontextmanager
    async def hearing(self) -> AsyncIterator[None]:
        with closing(self._connect()) as connection:
            async with running(self._watch(connection)):
                yield

    async def _watch(self, connection: sqlite3.Connection) -> None:
        seen = None
        while True:
            # Every commit of another connection changes it: https://www.sqlite.org/pragma.html#pragma_data_version
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            if seen is not None and version != seen:
                self.tell(VAGUE)
            seen = version
            await asyncio.sleep(LOOK_SECONDS)
