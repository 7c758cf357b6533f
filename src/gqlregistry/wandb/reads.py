"""Reads of one request, joined: what the fields of a list ask for at the same time is asked in one snapshot."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, event, literal, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, aliased, with_loader_criteria
from sqlmodel import Session
from strawberry.dataloader import DataLoader

from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput, RegistryError
from gqlregistry.plan import visibility
from gqlregistry.plan.columns import col
from gqlregistry.registry import permissions
from gqlregistry.registry.roles import Viewer
from gqlregistry.store.database import Database
from gqlregistry.store.tables import Key, Table

T = TypeVar("T")

DATA_EXCEPTION = "22"
"""The class of PostgreSQL's states for values."""

_VIEWER = "viewer"


class Reads:
    """Does what comes in while nothing is awaited on one connection, in one session that knows each row once."""

    def __init__(self, database: Database, principal: Principal) -> None:
        self._database, self._principal = database, principal
        self._loader: DataLoader[Callable[[Session], Any], Any] = DataLoader(load_fn=self._run, cache=False)

    async def read(self, work: Callable[[Session], T]) -> T:
        """What some work finds in the database."""
        found: T = await self._loader.load(work)
        return found

    async def _run(self, works: list[Callable[[Session], Any]]) -> list[Any]:
        def work(session: Session) -> list[Any]:
            see_as(session, self._principal)
            return [_outcome(session, each) for each in works]

        with reporting_bad_values():
            return await self._database.read(work)


def see_as(session: Session, principal: Principal) -> None:
    """Let a session that reads find only what somebody may see, whatever it asks for."""
    permissions.act_as(session, principal)
    if not principal.sees_all:
        session.info[_VIEWER], criteria = _sight(principal.user_id)

        @event.listens_for(session, "do_orm_execute")
        def limit(state: ORMExecuteState) -> None:
            if state.is_select:
                state.statement = state.statement.options(*criteria)


@lru_cache(maxsize=256)
def _sight(user_id: int) -> tuple[Viewer, Sequence[Any]]:
    """A user, and what a statement is told of each class, so that it finds only what they may see."""
    viewer = Viewer(literal(user_id, Key))
    # Expressions and no lambdas: those are compiled once for all classes and all users.
    return viewer, tuple(
        with_loader_criteria(table, and_(*visibility.conditions(table, viewer)), include_aliases=True)
        for table in visibility.RULES
    )


def seen(session: Session, table: type[Table], key: ColumnElement[int]) -> Sequence[ColumnElement[bool]]:
    """That the row of a key exists for who reads: for a statement that names columns and no classes."""
    if permissions.sees_all(session):
        return ()
    row: Any = aliased(table)
    viewer: Viewer = session.info[_VIEWER]
    there = select(col(row.id)).where(col(row.id) == key, *visibility.conditions(row, viewer))
    return [there.correlate(key.table).exists()]


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
