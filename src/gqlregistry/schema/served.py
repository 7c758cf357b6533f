"""Which aliases point, or pointed, at versions: what serves them, or served them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import strawberry
from sqlalchemy import Select, Text, or_, select

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.lineage import Kind
from gqlregistry.plan.reach import Reach
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, One
from gqlregistry.plan.relay import reads
from gqlregistry.plan.shape import Record
from gqlregistry.plan.statement import Form, KeysFirst, Memory, Reading, keys_table, limit_parameter, parameter, printed
from gqlregistry.plan.visibility import visible
from gqlregistry.schema.enums import EventKind
from gqlregistry.schema.expressions import collection_path, entity_name
from gqlregistry.schema.people import User
from gqlregistry.schema.reached import check_first
from gqlregistry.schema.timeline import next_move, version_of
from gqlregistry.store.tables import ActionEvent
from gqlregistry.store.tables.base import Instant

if TYPE_CHECKING:
    from gqlregistry.schema.artifact import Artifact
    from gqlregistry.schema.collection import Collection
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.schema.artifact")]
    Collection = Annotated["Collection", strawberry.lazy("gqlregistry.schema.collection")]


_statements = Memory()


class Asked(NamedTuple):
    """Which conditions there are."""

    name: bool
    from_: bool
    until: bool


@dataclass(frozen=True, slots=True)
class Served:
    """An alias pointed at a version for a time."""

    artifact_id: int
    collection_id: int
    path: str
    version_index: int
    name: str
    since: str
    until: str | None
    actor_id: int
    actor: str
    reason: str | None
    ended_by_id: int | None
    ended_reason: str | None


def served(
    request: Request,
    keys: Sequence[Reach],
    first: int,
    name: str | None = None,
    from_: datetime | None = None,
    until: datetime | None = None,
) -> Reading[Mapping[Reach, list[Served]]]:
    """The aliases that point at one of the versions now; with times, those that did between them."""
    check_first(first)
    if from_ is not None and until is not None and until < from_:
        raise BadInput("until is before from", "until")
    asked = Asked(name is not None, from_ is not None, until is not None)
    statement = _statements.built((request.form, asked), request.dialect, lambda: _serving(request.form, asked))
    values = {"limit": first, "from": from_, "until": until, "name": name, **request.seeing}
    found = {}
    for each in keys:
        rows = yield statement.query(None, keys=each.keys(Kind.ARTIFACT), **values)
        request.count(rows)
        found[each] = [Served(*row) for row in rows]
    return found


def _serving(form: Form, asked: Asked) -> Select[Any]:
    event, keys, dialect = ActionEvent, keys_table(form.dialect), form.dialect
    ended = next_move("created_at", None)
    # Of those that name an alias; said so that the index of the kinds is of no use.
    wanted = [col(event.alias).is_not(None), col(event.kind) != EventKind.ALIAS_REMOVED, *visible(event, form)]
    if not (asked.from_ or asked.until):
        wanted.append(ended.is_(None))
    if asked.from_:
        wanted.append(or_(ended.is_(None), ended > parameter("from", Instant())))
    if asked.until:
        wanted.append(col(event.created_at) <= parameter("until", Instant()))
    if asked.name:
        wanted.append(col(event.alias) == parameter("name", Text()))
    return (
        select(
            col(event.artifact_id),
            col(event.collection_id),
            collection_path(col(event.collection_id)),
            col(event.version_index),
            col(event.alias),
            printed(col(event.created_at), dialect),
            next_move("created_at", dialect),
            col(event.actor_id),
            entity_name(col(event.actor_id)),
            col(event.reason),
            next_move("actor_id", dialect),
            next_move("reason", dialect),
        )
        .select_from(KeysFirst(keys, event.__table__, col(event.artifact_id) == keys.c.value))  # type: ignore[attr-defined]
        .where(*wanted)
        .order_by(col(event.registry_id).is_(None), col(event.id).desc())
        .limit(limit_parameter())
    )


@strawberry.type(description="An alias that serves a version, or served it for a time.")
class ServingAlias(Record):
    """An alias of a collection, and since when and until when it pointed at a version."""

    name: str = reads(Column("name"), "The alias.")
    collection: Collection = reads(
        One("collection_id", "gqlregistry.schema.collection:Collection"), "Whose alias it is: of a registry, or not."
    )
    path: str = reads(Column("path"), "The collection's path.")
    version: str = reads(Column("version_index", version_of), "The version in that collection.")
    artifact: Artifact = reads(One("artifact_id", "gqlregistry.schema.artifact:Artifact"), "The artifact.")
    from_: datetime = reads(Column("since"), "When it was set.", name="from")
    until: datetime | None = reads(Column("until"), "When it was moved or removed; null if it still stands.")
    actor: User = reads(One("actor_id", User), "Who set it.")
    reason: str | None = reads(Column("reason"), "Why it was set, in the words of who did it.")
    ended_by: User | None = reads(One("ended_by_id", User), "Who moved or removed it.")
    ended_reason: str | None = reads(Column("ended_reason"), "Why it was moved or removed.")
