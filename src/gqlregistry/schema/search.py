"""Search over the words of everything that may be seen: names, descriptions, tags and metadata."""

from collections.abc import Mapping
from typing import Any, ClassVar

import strawberry
from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    true,
    union_all,
)

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import Many
from gqlregistry.plan.filters import Operand, where
from gqlregistry.plan.page import Sort
from gqlregistry.plan.readers import Column, Itself, Ref, Refs
from gqlregistry.plan.relay import Connection, Edge, Node, edges, nodes, reads
from gqlregistry.plan.shape import Record, shape_of
from gqlregistry.plan.statement import Form, keys_table
from gqlregistry.plan.visibility import BySight, visible
from gqlregistry.schema.drawing import VERSION_LABEL
from gqlregistry.schema.enums import SearchKind
from gqlregistry.store import tables
from gqlregistry.store.tables import search

MAX_TEXT = 200
MAX_FOUND = 1000
"""How many are ranked: the newest that have the words in their names, and the newest of all that have them."""

_KINDS: dict[str, tuple[Any, ColumnElement[Any] | BySight]] = {
    "Artifact": (tables.Artifact, VERSION_LABEL),
    "Collection": (tables.Collection, col(tables.Collection.name)),
    "Project": (tables.Project, col(tables.Project.name)),
    "Registry": (tables.Registry, col(tables.Registry.name)),
    "Run": (tables.Run, col(tables.Run.display_name)),
}
_MODULES = {name: f"gqlregistry.schema.{name.lower()}:{name}" for name in _KINDS}
_BASES = {kind: search.BASES[table_.__tablename__] for kind, (table_, _) in _KINDS.items()}
_CLOSEST = 1000
"""What a name is worth that is nothing but the text; each letter more makes it less."""


class Found:
    """All that was found, as one table."""

    __table__ = table(
        "found",
        column("id", String()),
        column("name", String()),
        column("worth", BigInteger()),
        column("place", BigInteger()),
    )


_found = Found.__table__.c


def _source(form: Form, given: Mapping[str, Operand]) -> CTE:
    """The rows: first those that have the words in their names, then what else has them, the newest first."""
    arms = [
        select(found.c.place, literal_column(worth).label("named"))
        for worth, found in (("1", _places(form, given, named=True)), ("0", _places(form, given, named=False)))
    ]
    both = union_all(*arms).subquery()
    hits = select(both.c.place, func.max(both.c.named).label("named")).group_by(both.c.place).cte("hits")
    return union_all(*[_found_of(kind, hits, form) for kind in _KINDS]).cte("found")


def _found_of(kind: str, hits: CTE, form: Form) -> Select[Any]:
    table_, name = _KINDS[kind]
    called = name.of(form) if isinstance(name, BySight) else name
    base = _BASES[kind]
    worth = case((hits.c.named == 1, _CLOSEST - func.length(called)), else_=-_CLOSEST)
    return (
        select(
            (literal(f"{kind}:") + cast(table_.id, String)).label("id"),
            called.label("name"),
            worth.label("worth"),
            hits.c.place,
        )
        .select_from(hits)
        .join(table_, col(table_.id) == hits.c.place - base)
        .where(_of_kind(hits.c.place, base))
    )


def _of_kind(place: ColumnElement[Any], base: int) -> ColumnElement[bool]:
    return place.between(_number(base), _number(base + (1 << 40) - 1))


def _number(value: int) -> ColumnElement[Any]:
    # As text of the statement: the planner is to know it.
    return literal_column(str(value), BigInteger())


def _places(form: Form, given: Mapping[str, Operand], named: bool) -> Any:
    """The newest places that have the words, of those that who asks may see."""
    by_name = named and form.dialect == "sqlite"
    index = table(
        search.SEARCH_NAMES if by_name else search.SEARCH_TEXT,
        column("place", BigInteger()),
        column("rowid", BigInteger()),
    )
    words = given["text"].as_parameter(literal("", String()))
    if form.dialect == "sqlite":
        place: ColumnElement[Any] = index.c.rowid
        asked = '"' + func.replace(words, " ", '"* "') + '"*'
        matches = literal_column(index.name).op("MATCH")(asked)
    else:
        place = index.c.place
        # Null where there is no word: that is no query.
        asked = "'" + func.replace(func.nullif(words, ""), " ", "':* & '") + "':*"
        query = func.to_tsquery(literal_column("'simple'"), asked)
        matches = literal_column("names" if named else "words").op("@@")(query)
    conditions: list[ColumnElement[bool]] = [matches]
    if "kinds" in given:
        wanted = keys_table(form.dialect, given["kinds"].name).c.value
        conditions.append(place.op(">>")(literal_column("40")).in_(select(wanted)))
    conditions += [_seen(kind, place, index, form) for kind in _KINDS]
    found = select(place.label("place")).select_from(index).where(and_(*conditions))
    return found.order_by(place.desc()).limit(literal_column(str(MAX_FOUND))).subquery()


def _seen(kind: str, place: ColumnElement[Any], index: Any, form: Form) -> ColumnElement[bool]:
    """Of one kind, only what may be seen."""
    table_, _ = _KINDS[kind]
    conditions = visible(table_, form)
    if not conditions:
        return true()
    row = select(1).select_from(table_).where(col(table_.id) == place - _number(_BASES[kind]), *conditions)
    return or_(~_of_kind(place, _BASES[kind]), exists(row.correlate(index)))


def _words(text_: str) -> str:
    if not 1 <= len(text_) <= MAX_TEXT or "\0" in text_:
        raise BadInput(f"a search text has 1 to {MAX_TEXT} characters", "text")
    return " ".join(search.words(text_))


def _numbers(kinds: list[str]) -> list[int]:
    return [base >> 40 for name, base in _BASES.items() if name.upper() in kinds]


def _ref(value: str) -> Ref:
    kind, _, key = value.partition(":")
    return Ref(shape_of(_MODULES[kind]).type, int(key))


@strawberry.input(description="What to search for.")
class SearchFilter:
    """The search text, and of what. `_source` reads them."""

    text: str = where(
        lambda _: true(),
        "Words: each must begin a word of the name, description, tags or metadata, in whatever case. Signs only part "
        "words.",
        prepare=_words,
    )
    kinds: list[SearchKind] | None = where(lambda _: true(), "Only things of one of these kinds.", prepare=_numbers)


@strawberry.type(description="Something that was found.")
class SearchResult(Record):
    """A hit."""

    table: ClassVar[Any] = Found

    object: Node = reads(Refs(_found.id, parse=_ref), "The version, run, collection, project or registry.")
    name: str = reads(Column(_found.name), "What it is called.")


@strawberry.type(description="Something that was found, in a list.")
class SearchResultEdge(Edge):
    """A hit's place in a list."""

    table: ClassVar[Any] = Found

    node: SearchResult = reads(Itself(SearchResult), "The hit.")


@strawberry.type(description=f"A page of what was found, of the first {MAX_FOUND:,}.")
class SearchResultConnection(Connection):
    """Hits."""

    edge = SearchResultEdge

    edges: list[SearchResultEdge] = edges()
    nodes: list[SearchResult] = nodes()


SEARCH = Many(
    SearchResultConnection,
    sorts={"RELEVANCE": Sort([_found.worth, _found.place], descending=True)},
    filter=SearchFilter,
    flat=True,
    source=_source,
)
