"""A change: one transaction in progress, by somebody, with the events that it appends.

Every rule that writes takes the change first: `rule(change, ...)`. `apply` runs one:

    outcome = await apply(database, principal, aliases.set_alias, membership, "production")
    outcome.result, outcome.events
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, Concatenate, Generic, NamedTuple, ParamSpec, TypeAlias, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, insert

from gqlregistry.auth import Principal
from gqlregistry.errors import Forbidden
from gqlregistry.registry import permissions
from gqlregistry.registry.rows import Row, columns, connection, run_many, sql_table
from gqlregistry.store.changes import News
from gqlregistry.store.database import Database
from gqlregistry.store.tables import COMMON_CHAIN, ActionEvent, EventChain

P = ParamSpec("P")
T = TypeVar("T")

Facts: TypeAlias = dict[str, Any]
"""An event as it will be written: what is not null of it, by column."""

_APPEND = insert(sql_table(ActionEvent)).returning(*columns(ActionEvent), sort_by_parameter_order=True)
_NOTHING = dict.fromkeys(column.key for column in sql_table(ActionEvent).columns if column.nullable)


class Head(NamedTuple):
    """The newest event of a chain: its hash, its time (None before the first), and how many events the chain has."""

    hash: str
    at: datetime | None
    length: int


@dataclass(slots=True)
class Change:
    """What a rule needs to know and to leave behind.

    `events` wait to be written together when the change is finished; `heads` are the newest of each chain that they
    belong to, by the key of its collection.
    """

    session: Session
    actor: Principal
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    events: list[Facts] = field(default_factory=list)
    heads: dict[int | None, Head] = field(default_factory=dict)
    touched_runs: set[int] = field(default_factory=set)
    touched_artifacts: set[int] = field(default_factory=set)
    """Lineage nodes of which an edge, or what they show, changes; those that events name come by themselves."""

    def finish(self) -> list[Row]:
        """Write what waits; answer the events as they stand in the log, oldest first."""
        self.session.flush()
        if not self.events:
            return []
        lines = [_NOTHING | facts for facts in self.events]
        self.events.clear()
        written = list(run_many(self.session, _APPEND, lines))
        chains = [
            {"chain": chain or COMMON_CHAIN, "count": head.length, "head": head.hash, "head_at": head.at}
            for chain, head in self.heads.items()
        ]
        run_many(self.session, _keep_heads(connection(self.session).dialect.name), chains)
        return written

    def news(self, events: list[Row]) -> News:
        """What is to be told of the change, once it is durable."""
        runs = {event.run_id for event in events}
        artifacts = {key for event in events for key in (event.artifact_id, event.previous_id)}
        return News(
            frozenset(event.kind for event in events),
            frozenset(self.touched_runs | runs - {None}),
            frozenset(self.touched_artifacts | artifacts - {None}),
        )


@cache
def _keep_heads(dialect: str) -> Any:
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(sql_table(EventChain))
    newer = {name: insert.excluded[name] for name in ("count", "head", "head_at")}
    return insert.on_conflict_do_update(index_elements=["chain"], set_=newer)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an acknowledged change answered, and the events it appended, oldest first."""

    result: T
    events: list[Row]
    news: News


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
    return await apply_at(database, None, actor, rule, *args, **kwargs)


async def apply_at(
    database: Database,
    at: datetime | None,
    actor: Principal,
    rule: Callable[Concatenate[Change, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Outcome[T]:
    """`apply`, as of a time: of what somebody has done elsewhere, and is told of here. None is now."""
    if not actor.may_write:
        raise Forbidden("this API key may only read")

    def work(session: Session) -> Outcome[T]:
        permissions.act_as(session, actor)
        change = Change(session, actor, at or datetime.now(UTC))
        result = rule(change, *args, **kwargs)
        events = change.finish()
        return Outcome(result, events, change.news(events))

    outcome = await database.write(work)
    database.changes.announce(outcome.news)
    return outcome
