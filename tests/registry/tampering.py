"""Changing the log behind the registry's back, as an administrator of the database can."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import text
from sqlmodel import Session

from gqlregistry.store import Database
from gqlregistry.store.tables.events import APPEND_ONLY

T = TypeVar("T")


class Undone(Exception):
    """What was tampered with is as it was."""


def unlock(session: Session) -> None:
    """Take away what refuses changes of the log."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text("ALTER TABLE action_event DISABLE TRIGGER USER"))
        return
    for statement in APPEND_ONLY["sqlite"]:
        session.connection().execute(text(f"DROP TRIGGER {statement.split()[2]}"))


async def tampered(database: Database, tamper: Callable[[Session], Any], look: Callable[[Session], T]) -> T:
    """What is seen after some tampering, which is undone."""
    seen: list[T] = []

    def work(session: Session) -> None:
        unlock(session)
        tamper(session)
        session.expire_all()
        seen.append(look(session))
        raise Undone

    with suppress(Undone):
        await database.write(work)
    return seen[0]
