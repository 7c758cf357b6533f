"""The database that holds the registry: one protocol, two kinds (see `sqlite` and `postgresql`)."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Session

T = TypeVar("T")


class Database(Protocol):
    """Transactions against one store of the registry."""

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction and return its result once it is durable. An exception undoes it alone.

        `work` is an ordinary function, so that many can share one thread hop and one fsync (group commit). It may be
        called again when the database reports a conflict between transactions.
        """
        ...

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A read-only connection in one snapshot: all its statements see the same moment."""
        ...

    async def upgrade(self) -> None:
        """Bring the schema to this program's version. Safe when several processes do it at once.

        Raises `store.migrations.NewerSchema` when the database was made by a newer program.
        """
        ...

    async def check(self) -> None:
        """Answer, or raise `Unavailable` when the database can't be reached."""
        ...

    async def close(self) -> None:
        """Finish what was accepted, then release all connections."""
        ...
