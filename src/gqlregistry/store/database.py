"""The database that holds the registry: one protocol, two kinds (see `sqlite` and `postgresql`)."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only
from sqlmodel import Session

from gqlregistry.store.changes import Announcer
from gqlregistry.store.tables import Table

T = TypeVar("T")


class Database(Protocol):
    """Transactions against one store of the registry."""

    changes: Announcer

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction and return its result once it is durable. An exception undoes it alone.

        `work` is an ordinary function, so that many can share one thread hop and one fsync (group commit). It may be
        called again when the database reports a conflict between transactions.
        """
        ...

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work`, which only reads, in one snapshot and return its result."""
        ...

    def snapshot(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A read-only connection in one snapshot: all its statements see the same moment."""
        ...

    async def unfinished(self, table: type[Table]) -> frozenset[str]:
        """The transactions that have written to a table and have not ended: their rows are still to become visible.

        Asked where they run, and not at a copy that follows behind.
        """
        ...

    async def upgrade(self) -> None:
        """Bring the schema to this program's version. Safe when several processes do it at once.

        Raises `store.migrations.NewerSchema` when the database was made by a newer program.
        """
        ...

    async def check(self) -> None:
        """Read, and commit a write that changes nothing. Raises `Unavailable` when that can't be done."""
        ...

    async def close(self) -> None:
        """Finish what was accepted, then release all connections."""
        ...


def waiting() -> Callable[[Coroutine[Any, Any, T]], T]:
    """How a work waits for something that is not the database, while it has its rows locked.

    To be called on the event loop, before the work: that may be run there, or in a thread of its own.
    """
    loop, home = asyncio.get_running_loop(), threading.get_ident()

    def wait(coroutine: Coroutine[Any, Any, T]) -> T:
        if threading.get_ident() == home:
            return await_only(coroutine)
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()

    return wait
