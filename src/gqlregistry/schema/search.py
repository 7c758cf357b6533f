"""Search over the names and descriptions of everything."""

from typing import Any, ClassVar

import strawberry
from sqlalchemy import ColumnElement, String, cast, exists, literal, null, select, union_all

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import Many
from gqlregistry.plan.filters import pattern, where
from gqlregistry.plan.page import Sort
from gqlregistry.plan.readers import Column, Itself, Ref, Refs
from gqlregistry.plan.relay import Connection, Edge, Node, edges, nodes, reads
from gqlregistry.plan.shape import Record, shape_of
from gqlregistry.plan.statement import Form
from gqlregistry.plan.visibility import visible
from gqlregistry.schema.enums import SearchKind
from gqlregistry.store import tables

MAX_TEXT = 200

_KINDS: dict[str, tuple[Any, Any, Any]] = {
    "Collection": (tables.Collection, tables.Collection.name, tables.Collection.description),
    "Project": (tables.Project, tables.Project.name, tables.Project.description),
    "Registry": (tables.Registry, tables.Registry.name, tables.Registry.description),
    "Run": (tables.Run, tables.Run.display_name, tables.Run.notes),
}
_MODULES = {name: f"gqlregistry.schema.{name.lower()}:{name}" for name in _KINDS}


class Found:
    """All that can be found, as one table."""

    __table__ = union_all(
        *[
            select(
                literal(kind).label("kind"),
                col(table.id).label("key"),
                (literal(f"{kind}:") + cast(table.id, String)).label("id"),
                col(name).label("name"),
                (null() if description is None else col(description)).label("description"),
            ).where(table.deleted_at.is_(None))
            for kind, (table, name, description) in _KINDS.items()
        ]
    ).subquery("found")


_table = Found.__table__
_found = _table.c


def _seen(form: Form) -> list[ColumnElement[bool]]:
    """Of each kind, only what may be seen."""
    found: list[ColumnElement[bool]] = []
    for kind, (table, _, _) in _KINDS.items():
        conditions = visible(table, form)
        if conditions:
            row = exists(select(1).select_from(table).where(col(table.id) == _found.key, *conditions).correlate(_table))
            found.append((_found.kind != kind) | row)
    return found


def _text(text: str) -> str:
    if not 1 <= len(text) <= MAX_TEXT or "\0" in text:
        raise BadInput(f"a search text has 1 to {MAX_TEXT} characters", "text")
    return pattern(text)


def _names(kinds: list[str]) -> list[str]:
    return [name for name in _KINDS if name.upper() in kinds]


def _ref(value: str) -> Ref:
    kind, _, key = value.partition(":")
    return Ref(shape_of(_MODULES[kind]).type, int(key))


@strawberry.input(description="What to search for.")
class SearchFilter:
    """The search text, and of what."""

    text: str = where(
        lambda v: v.contained_in(_found.name, _found.description),
        "What the name or the description has in it, in whatever case; taken literally.",
        prepare=_text,
    )
    kinds: list[SearchKind] | None = where(
        lambda v: v.among(_found.kind), "Only things of one of these kinds.", prepare=_names
    )


@strawberry.type(description="Something that was found.")
class SearchResult(Record):
    """A hit."""

    table: ClassVar[Any] = Found

    object: Node = reads(Refs(_found.id, parse=_ref), "The run, collection, project or registry.")
    name: str = reads(Column(_found.name), "What it is called.")


@strawberry.type(description="Something that was found, in a list.")
class SearchResultEdge(Edge):
    """A hit's place in a list."""

    table: ClassVar[Any] = Found

    node: SearchResult = reads(Itself(SearchResult), "The hit.")


@strawberry.type(description="A page of what was found.")
class SearchResultConnection(Connection):
    """Hits."""

    edge = SearchResultEdge

    edges: list[SearchResultEdge] = edges()
    nodes: list[SearchResult] = nodes()


SEARCH = Many(
    SearchResultConnection,
    sorts={"NAME": Sort([_found.name, _found.id])},
    where=_seen,
    filter=SearchFilter,
    flat=True,
)
