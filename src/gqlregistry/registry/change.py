"""A change: one transaction in progress, by somebody, with the events that it has appended so far.

Every rule that writes takes the change first: `rule(change, ...)`. `apply` runs one:

    outcome = await apply(database, principal, aliases.set_alias, membership, "production")
    outcome.result, outcome.events
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Concatenate, Generic, ParamSpec, TypeVar

from sqlmodel import Session

from gqlregistry.auth import Principal
from gqlregistry.store.database import Database
from gqlregistry.store.tables import ActionEvent

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Change:
    """What a rule needs to know and to leave behind."""

    session: Session
    actor: Principal
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    events: list[ActionEvent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an acknowledged change answered, and the events it appended, oldest first."""

    result: T
    events: list[ActionEvent]


async def apply(
    database: Database,
    actor: Principal,
    rule: Callable[Concatenate[Change, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Outcome[T]:
    """Run a rule in a transaction. When this returns, what it wrote is on disk; when it raises, nothing was written.

    A rule may be run again from the start when the database asks for it, so it must touch nothing but the session.
    """

    def work(session: Session) -> Outcome[T]:
        change = Change(session, actor)
        result = rule(change, *args, **kwargs)
        session.flush()
        return Outcome(result, change.events)

    return await database.write(work)
