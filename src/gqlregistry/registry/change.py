"""A change: one transaction in progress, by somebody, with the events that it appends.

Every rule that writes takes the change first: `rule(change, ...)`. `apply` runs one:

    outcome = await apply(database, principal, aliases.set_alias, membership, "production")
    outcome.result, outcome.events
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeAlias, TypeVar

from sqlmodel import Session, insert

from gqlregistry.auth import Principal
from gqlregistry.errors import Forbidden
from gqlregistry.registry import permissions
from gqlregistry.registry.rows import Row, columns, run_many, sql_table
from gqlregistry.store.database import Database
from gqlregistry.store.tables import ActionEvent

P = ParamSpec("P")
T = TypeVar("T")

Facts: TypeAlias = dict[str, Any]
"""An event as it will be written: what is not null of it, by column."""

_APPEND = insert(sql_table(ActionEvent)).returning(*columns(ActionEvent), sort_by_parameter_order=True)
_NOTHING = dict.fromkeys(column.key for column in sql_table(ActionEvent).columns if column.nullable)


@dataclass(slots=True)
class Change:
    """What a rule needs to know and to leave behind.

    `events` wait to be written together when the change is finished; `heads` are the newest hash and time of each
    chain that they belong to.
    """

    session: Session
    actor: Principal
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    events: list[Facts] = field(default_factory=list)
    heads: dict[int | None, tuple[str, datetime | None]] = field(default_factory=dict)

    def finish(self) -> list[Row]:
        """Write what waits; answer the events as they stand in the log, oldest first."""
        self.session.flush()
        if not self.events:
            return []
        lines = [_NOTHING | facts for facts in self.events]
        self.events.clear()
        return list(run_many(self.session, _APPEND, lines))


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an acknowledged change answered, and the events it appended, oldest first."""

    result: T
    events: list[Row]


async def apply(
    database: Database,
    actor: Principal,
    rule: Callable[Concatenate[Change, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Outcome[T]:
    """Run a rule in a transaction. When this returns, what it wrote is on disk; when it raises, nothing was written.

    A rule may be run again from the start when the database asks for it, so it must touch nothing but the session.
    Raises `Forbidden` for an actor whose key may only read.
    """
    if not actor.may_write:
        raise Forbidden("this API key may only read")

    def work(session: Session) -> Outcome[T]:
        permissions.act_as(session, actor)
        change = Change(session, actor)
        result = rule(change, *args, **kwargs)
        return Outcome(result, change.finish())

    outcome = await database.write(work)
    database.changes.announce({event.kind for event in outcome.events})
    return outcome
