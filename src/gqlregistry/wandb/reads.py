"""Reads of one request, joined: what the fields of a list ask for at the same time is asked in one snapshot."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from strawberry.dataloader import DataLoader

from gqlregistry import services
from gqlregistry.errors import BadInput, RegistryError
from gqlregistry.store.database import Database

T = TypeVar("T")

DATA_EXCEPTION = "22"
"""The class of PostgreSQL's states for values."""


class Reads:
    """Does what comes in while nothing is awaited on one connection, in one session that knows each row once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._loader: DataLoader[Callable[[Session], Any], Any] = DataLoader(load_fn=self._run, cache=False)

    async def read(self, work: Callable[[Session], T]) -> T:
        """What some work finds in the database."""
        found: T = await self._loader.load(work)
        return found

    async def _run(self, works: list[Callable[[Session], Any]]) -> list[Any]:
        with reporting_bad_values():
            return await services.read(self._database, lambda session: [_outcome(session, work) for work in works])


@contextmanager
def reporting_bad_values() -> Iterator[None]:
    """Turn what comes of values that no database takes (NUL, half a character, too big a number) into `BadInput`."""
    try:
        yield
    except (OverflowError, UnicodeEncodeError) as error:
        raise BadInput("a value of this request can't be kept, nor looked for") from error
    except DBAPIError as error:
        if not (getattr(error.orig, "sqlstate", None) or "").startswith(DATA_EXCEPTION):
            raise
        raise BadInput("a value of this request can't be kept, nor looked for") from error


def _outcome(session: Session, work: Callable[[Session], Any]) -> Any:
    """What work finds, or why it does not: others need not fail for that."""
    try:
        return work(session)
    except RegistryError as error:
        return error
