"""A collection as it stood at a moment: the fold of its log up to then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import strawberry
from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import limited
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Computed, Embedded, One, Ref, Refs
from gqlregistry.plan.relay import argument, reads
from gqlregistry.plan.shape import Record, shape_of
from gqlregistry.plan.statement import Memory, Reading, keys_table, limit_parameter, printed
from gqlregistry.registry.fold import fold
from gqlregistry.registry.past import last_move, moment, stood
from gqlregistry.schema.enums import EventKind
from gqlregistry.schema.people import User
from gqlregistry.schema.timeline import MEMBERSHIP, version_of
from gqlregistry.store import tables
from gqlregistry.store.tables import ActionEvent, instant_text

if TYPE_CHECKING:
    from gqlregistry.schema.artifact import Artifact
    from gqlregistry.schema.collection import Collection, Membership
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.schema.artifact")]
    Collection = Annotated["Collection", strawberry.lazy("gqlregistry.schema.collection")]
    Membership = Annotated["Membership", strawberry.lazy("gqlregistry.schema.collection")]

MAX_VERSIONS = 1000
_statements = Memory()
_ABOUT = (
    EventKind.COLLECTION_CREATED,
    EventKind.COLLECTION_UPDATED,
    EventKind.COLLECTION_DELETED,
    EventKind.TAG_ADDED,
    EventKind.TAG_REMOVED,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a collection was."""

    collection_id: int
    moment: datetime
    time: str
    name: str
    type: str
    description: str | None
    tags: list[str]


@dataclass(frozen=True, slots=True)
class Pointing:
    """An alias that was set."""

    name: str
    version_index: int
    artifact_id: int
    since: str
    actor_id: int
    reason: str | None


def collection_at(request: Request, keys: Sequence[int], time: datetime) -> Reading[Mapping[int, Standing]]:
    """What collections were; those that were not there, not yet or no more, are left out."""
    statement = _statements.built((request.dialect, "about"), request.dialect, lambda: _about(request.dialect))
    rows = yield statement.query(keys=keys, as_of=time)
    request.count(rows)
    lines = [
        ActionEvent(
            kind=EventKind(kind), collection_id=home, artifact_id=None, tag=tag, detail=orjson.loads(detail), hash=""
        )
        for kind, home, tag, detail in rows
    ]
    return {
        key: Standing(key, time, instant_text(time), was.name, was.type, was.description, sorted(was.tags))
        for key, was in fold(lines).collections.items()
        if not was.deleted
    }


def _about(dialect: str) -> Select[Any]:
    """The events that told of collections themselves, up to a moment."""
    event, table = ActionEvent, keys_table(dialect)
    columns = [col(each) for each in (event.kind, event.collection_id, event.tag, event.detail)]
    return (
        select(*columns)
        .select_from(table)
        .join(event, col(event.collection_id) == table.c.value)
        .where(col(event.kind).in_(_ABOUT), col(event.created_at) <= moment(), col(event.artifact_id).is_(None))
        .order_by(col(event.id))
    )


def _aliases(request: Request, keys: Sequence[tuple[int, datetime]]) -> Reading[Mapping[Any, list[Pointing]]]:
    """The aliases that were set, by name."""
    statement = _statements.built((request.dialect, "aliases"), request.dialect, lambda: _pointings(request.dialect))
    found: dict[Any, list[Pointing]] = {key: [] for key in keys}
    for time, homes in _by_time(keys):
        rows = yield statement.query(keys=homes, limit=request.node_budget + 1, as_of=time)
        request.count(rows)
        for *facts_, home in sorted(rows, key=lambda row: row[0]):
            found[home, time].append(Pointing(*facts_))
    return found


def _pointings(dialect: str) -> Select[Any]:
    event, table = ActionEvent, keys_table(dialect)
    # The names that a collection ever had, each found from the one before: there may be many moves of few names.
    ever = select(table.c.value.label("home"), _next_name(table.c.value, None).label("name")).select_from(table)
    names = ever.cte("names", recursive=True)
    names = names.union_all(
        select(names.c.home, _next_name(names.c.home, names.c.name)).where(names.c.name.is_not(None))
    )
    facts = [
        col(event.alias),
        col(event.version_index),
        col(event.artifact_id),
        printed(col(event.created_at), dialect),
        col(event.actor_id),
        col(event.reason),
    ]
    return (
        select(*facts, names.c.home)
        .select_from(names)
        .join(event, col(event.id) == last_move(names.c.home, names.c.name, names))
        .where(col(event.kind) == EventKind.ALIAS_ADDED)
        .limit(limit_parameter())
    )


def _next_name(home: ColumnElement[int], name: ColumnElement[str] | None) -> ScalarSelect[Any]:
    """The first alias of a collection, or the one behind another."""
    event: Any = aliased(ActionEvent)
    behind = col(event.alias).is_not(None) if name is None else col(event.alias) > name
    first = select(func.min(col(event.alias))).where(col(event.collection_id) == home, behind)
    return first.correlate(home.table).scalar_subquery()


def _versions(request: Request, keys: Sequence[tuple[int, datetime]], first: int) -> Reading[Mapping[Any, list[Ref]]]:
    """The versions that stood, newest first."""
    if not 1 <= first <= MAX_VERSIONS:
        raise BadInput(f"first must be from 1 to {MAX_VERSIONS:,}, not {first}", "first")
    statement = _statements.built((request.dialect, "versions"), request.dialect, lambda: _stood(request.dialect))
    type_ = shape_of(MEMBERSHIP).type
    found: dict[Any, list[Ref]] = {key: [] for key in keys}
    for time, homes in _by_time(keys):
        for member_id, home in (yield statement.query(keys=homes, limit=first, as_of=time)):
            found[home, time].append(Ref(type_, member_id))
    return found


def _stood(dialect: str) -> Select[Any]:
    member = tables.Membership
    key, newest_first = col(member.id), [col(member.version_index).desc()]
    return limited(dialect, [key], col(member.collection_id), lambda home: stood(member, home), newest_first, key)


def _by_time(keys: Sequence[tuple[int, datetime]]) -> list[tuple[datetime, list[int]]]:
    """The collections of each moment: one statement serves all of them."""
    ordered = sorted(keys, key=lambda key: key[1])
    return [(time, [key[0] for key in group]) for time, group in groupby(ordered, key=lambda key: key[1])]


@strawberry.type(description="An alias of a collection as it stood at a moment.")
class AliasAt(Record):
    """An alias that was set."""

    name: str = reads(Column("name"), "The alias.")
    version: str = reads(Column("version_index", version_of), "The version that it pointed at.")
    artifact: Artifact = reads(One("artifact_id", "gqlregistry.schema.artifact:Artifact"), "The artifact.")
    since: datetime = reads(Column("since"), "Since when it had pointed at it.")
    actor: User = reads(One("actor_id", User), "Who had set it.")
    reason: str | None = reads(Column("reason"), "Why it was set, in the words of who did it.")


@strawberry.type(
    description="A collection as it stood at a moment, after all events up to then. What its versions and artifacts "
    "say of themselves is what they say now."
)
class CollectionAt(Record):
    """What a collection was."""

    time: datetime = reads(Column("time"), "The moment.")
    name: str = reads(Column("name"), "Its name then.")
    type: str = reads(Column("type"), "The type of its artifacts then.")
    description: str | None = reads(Column("description"), "What it was about, in Markdown.")
    tags: list[str] = reads(Column("tags"), "Its labels then, by name.")
    aliases: list[AliasAt] = reads(
        Computed(_aliases, needs=("collection_id", "moment"), then=Embedded("value", AliasAt, many=True)),
        "The aliases that were set, by name.",
    )
    versions: list[Membership] = reads(
        Computed(_versions, needs=("collection_id", "moment"), then=Refs("value", many=True)),
        "The versions that stood, newest first. `versions(asOf:)` of the collection has them in pages.",
        arguments=[argument("first", int, f"How many, up to {MAX_VERSIONS:,}.", 100)],
    )
    collection: Collection = reads(
        One("collection_id", "gqlregistry.schema.collection:Collection"), "The collection as it stands now."
    )
