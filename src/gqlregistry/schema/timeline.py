"""What an alias pointed at, and when: intervals, straight from the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import ColumnElement, Select, Text, select
from sqlalchemy.orm import aliased

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import limited
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Computed, Embedded, One
from gqlregistry.plan.relay import argument, reads
from gqlregistry.plan.shape import Record
from gqlregistry.plan.statement import KeysFirst, Memory, Reading, compiled, keys_table, parameter, printed
from gqlregistry.registry.past import MOVES, pointed
from gqlregistry.schema.enums import EventKind
from gqlregistry.schema.people import User
from gqlregistry.store import tables

if TYPE_CHECKING:
    from gqlregistry.schema.artifact import Artifact
    from gqlregistry.schema.collection import Membership
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.schema.artifact")]
    Membership = Annotated["Membership", strawberry.lazy("gqlregistry.schema.collection")]

MEMBERSHIP = "gqlregistry.schema.collection:Membership"
MAX_INTERVALS = 1000

_event = tables.ActionEvent
_statements = Memory()


@dataclass(frozen=True, slots=True)
class Timeline:
    """An alias of a collection."""

    collection_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Interval:
    """An alias pointed at a version from `since` until `until`."""

    version_index: int
    artifact_id: int
    since: str
    until: str | None
    actor_id: int
    reason: str | None
    ended_by_id: int | None
    ended_reason: str | None


def alias_timeline(request: Request, keys: Sequence[int], name: str) -> Reading[Mapping[int, Timeline]]:
    """The timelines of one alias in those of the collections that ever had it."""
    statement = _statements.built((request.dialect, "known"), request.dialect, lambda: _known(request.dialect))
    rows = yield statement.query(keys=keys, name=_checked(name))
    return {row[0]: Timeline(row[0], name) for row in rows}


def _known(dialect: str) -> Select[Any]:
    collections = keys_table(dialect)
    known = (
        select(col(_event.id))
        .where(col(_event.collection_id) == collections.c.value, col(_event.alias) == parameter("name", Text()))
        .correlate(collections)
        .exists()
    )
    return select(collections.c.value).select_from(collections).where(known)


def _checked(name: str) -> str:
    if "\0" in name:
        raise BadInput("a name may not hold a NUL character", "name")
    return name


def _by_name(keys: Sequence[tuple[int, str]]) -> list[tuple[str, list[int]]]:
    """The collections of each alias: one statement serves all of a name."""
    ordered = sorted(keys, key=lambda key: key[1])
    return [(name, [key[0] for key in group]) for name, group in groupby(ordered, key=lambda key: key[1])]


def _current(request: Request, keys: Sequence[tuple[int, str]]) -> Reading[Mapping[Any, int]]:
    statement = _statements.built((request.dialect, "current"), request.dialect, lambda: _pointer(request.dialect))
    found: dict[Any, int] = {}
    for name, ids in _by_name(keys):
        rows = yield statement.query(keys=ids, name=name)
        found |= {(row[0], name): row[1] for row in rows}
    return found


def _pointer(dialect: str) -> Select[Any]:
    collections = keys_table(dialect)
    here = (col(tables.Alias.collection_id) == collections.c.value) & (
        col(tables.Alias.name) == parameter("name", Text())
    )
    table: Any = tables.Alias
    rows = KeysFirst(collections, table.__table__, here)
    return select(collections.c.value, col(tables.Alias.membership_id)).select_from(rows)


def _at(request: Request, keys: Sequence[tuple[int, str]], time: datetime) -> Reading[Mapping[Any, int]]:
    """The memberships that the alias pointed at."""
    statement = _statements.built((request.dialect, "at"), request.dialect, lambda: _pointed(request.dialect))
    found: dict[Any, int] = {}
    for name, ids in _by_name(keys):
        rows = yield statement.query(keys=ids, name=name, as_of=time)
        found |= {(row[0], name): row[1] for row in rows}
    return found


def _pointed(dialect: str) -> Select[Any]:
    collections = keys_table(dialect)
    member: Any = tables.Membership
    number = pointed(collections.c.value, parameter("name", Text()), collections)
    here = (col(member.collection_id) == collections.c.value) & (col(member.version_index) == number)
    return select(collections.c.value, col(member.id)).select_from(KeysFirst(collections, member.__table__, here))


def _history(request: Request, keys: Sequence[tuple[int, str]], first: int) -> Reading[Mapping[Any, list[Interval]]]:
    """The newest intervals of each alias: what was added, until the next event about it."""
    if not 1 <= first <= MAX_INTERVALS:
        raise BadInput(f"first must be from 1 to {MAX_INTERVALS}, not {first}", "first")
    columns = [
        col(_event.version_index),
        col(_event.artifact_id),
        printed(col(_event.created_at), request.dialect),
        next_move("created_at", request.dialect),
        col(_event.actor_id),
        col(_event.reason),
        next_move("actor_id", request.dialect),
        next_move("reason", request.dialect),
    ]
    where = [col(_event.alias) == parameter("name", Text()), col(_event.kind) == EventKind.ALIAS_ADDED]
    newest_first = [col(_event.id).desc()]
    key = (request.dialect, "history")
    statement = _statements.get(key)
    if statement is None:
        select_ = limited(request.dialect, columns, col(_event.collection_id), where, newest_first, col(_event.id))
        statement = _statements[key] = compiled(select_, request.dialect)
    found: dict[Any, list[Interval]] = {key: [] for key in keys}
    for name, ids in _by_name(keys):
        rows = yield statement.query(keys=ids, name=name, limit=first)
        request.count(rows)
        for row in rows:
            found[row[-1], name].append(Interval(*row[:-1]))
    return found


def next_move(column: str, dialect: str | None) -> ColumnElement[Any]:
    """A column of the event that ended an interval, null for one that stands; printed, unless it is compared."""
    later = aliased(_event)
    value = getattr(later, column)
    return (
        select(value if dialect is None else printed(value, dialect))
        .where(
            col(later.collection_id) == _event.collection_id,
            col(later.alias) == _event.alias,
            col(later.kind).in_(MOVES),
            col(later.id) > _event.id,
        )
        .order_by(col(later.id))
        .limit(1)
        .correlate(_event)
        .scalar_subquery()
    )


def version_of(index: int) -> str:
    """What a number of a version is called."""
    return f"v{index}"


@strawberry.type(description="A time during which an alias pointed at one version.")
class AliasInterval(Record):
    """An interval of an alias."""

    version: str = reads(Column("version_index", version_of), "The version that it pointed at.")
    artifact: Artifact = reads(One("artifact_id", "gqlregistry.schema.artifact:Artifact"), "The artifact.")
    from_: datetime = reads(Column("since"), "When it was set.", name="from")
    until: datetime | None = reads(Column("until"), "When it was moved or removed; null if it still stands.")
    actor: User = reads(One("actor_id", User), "Who set it.")
    reason: str | None = reads(Column("reason"), "Why it was set, in the words of who did it.")
    ended_by: User | None = reads(One("ended_by_id", User), "Who moved or removed it.")
    ended_reason: str | None = reads(Column("ended_reason"), "Why it was moved or removed.")


@strawberry.type(description="An alias of a collection through time.")
class AliasTimeline(Record):
    """What an alias points at, pointed at and when."""

    name: str = reads(Column("name"), "The alias.")
    current: Membership | None = reads(
        Computed(_current, needs=("collection_id", "name"), then=One("value", MEMBERSHIP)),
        "What it points at now; null if it was removed.",
    )
    at: Membership | None = reads(
        Computed(_at, needs=("collection_id", "name"), then=One("value", MEMBERSHIP)),
        "What it pointed at at a time; null if it was not set then.",
        arguments=[argument("time", datetime, "The time.")],
    )
    history: list[AliasInterval] = reads(
        Computed(_history, needs=("collection_id", "name"), then=Embedded("value", AliasInterval, many=True)),
        "All that it pointed at, newest first.",
        arguments=[argument("first", int, f"How many intervals, up to {MAX_INTERVALS:,}.", 100)],
    )
