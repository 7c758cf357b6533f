"""Connections: pages of the rows that belong to an owner, or to none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property, partial
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, exists, func, select, true, tuple_

from gqlregistry.plan.columns import col
from gqlregistry.plan.filters import Operand, conditions_of, given
from gqlregistry.plan.page import Page, Pages, Sort, Window, window_of
from gqlregistry.plan.reader import Batch, Later, Need, Reader, Request, Selection
from gqlregistry.plan.readers import Itself, One, printed_needs
from gqlregistry.plan.shape import Shape, Target, shape_of
from gqlregistry.plan.statement import (
    Ahead,
    Form,
    KeysFirst,
    Memory,
    Reading,
    Row,
    Statement,
    compiled,
    keys_table,
    limit_parameter,
    parameter,
    printed,
)
from gqlregistry.plan.visibility import visible
from gqlregistry.registry.past import AS_OF


def limited(
    dialect: str,
    columns: Sequence[ColumnElement[Any]],
    parent: ColumnElement[Any],
    where: Sequence[ColumnElement[bool]] | Callable[[ColumnElement[Any]], Sequence[ColumnElement[bool]]],
    sort: Sequence[ColumnElement[Any]],
    unique: ColumnElement[Any],
) -> Select[Any]:
    """The first `limit` rows of each of the owners in `keys`; behind its columns a row holds its owner.

    `parent` is the column that names the owner, `unique` tells the rows of one owner apart; `where` may be made from
    the owner's key. No more rows are read than are answered, however many an owner has.
    """
    keys = keys_table(dialect)
    mine = parent == keys.c.value
    if callable(where):
        where = where(keys.c.value)
    if dialect == "sqlite":
        # SQLite has no LATERAL; a limited subquery per owner reads as little.
        picked = select(unique).where(mine, *where).order_by(*sort).limit(limit_parameter()).correlate(keys)
        table = parent.table
        joined = KeysFirst(keys, table, mine & unique.in_(picked.scalar_subquery()))
        return select(*columns, keys.c.value).select_from(joined).order_by(keys.c.value, *sort)
    labelled = [column.label(f"c{i}") for i, column in enumerate(columns)]
    owned = select(*labelled).where(mine, *where).order_by(*sort).limit(limit_parameter()).correlate(keys)
    page = owned.lateral()
    return select(*page.c, keys.c.value).select_from(keys.join(page, true()))


@dataclass(frozen=True)
class Asked:
    """What a client asked of a connection."""

    window: Window
    conditions: Mapping[str, Any]
    """The prepared values of the filter's fields that were given."""
    as_of: datetime | None = None

    @cached_property
    def structure(self) -> tuple[Any, ...]:
        """What of it changes the statement's text."""
        return (self.window.structure, *self.chosen)

    @cached_property
    def chosen(self) -> tuple[Any, ...]:
        """What of it changes which rows there are."""
        return (tuple(self.conditions), self.as_of is not None)

    @cached_property
    def values(self) -> dict[str, Any]:
        """The parameters of the statement."""
        window = self.window
        return {
            "limit": window.size + 1,
            AS_OF: self.as_of,
            **{f"filter_{name}": value for name, value in self.conditions.items()},
            **{f"after_{i}": value for i, value in enumerate(window.after or ())},
            **{f"before_{i}": value for i, value in enumerate(window.before or ())},
        }


@dataclass(eq=False)
class Many(Reader):
    """A connection, of type `to`: pages of the rows whose `parent` column holds the owner's `need`, or of all rows.

    Its edges are rows of the edge type's table. `unique` tells an owner's rows apart (the key of the other side for
    an edge table). `filter` is an input type of conditions on the node (or, `on_edge`, on the edge);
    `flat` makes its fields arguments of the connection itself.

    Where the rows are those of no table, `source` makes them, as what the edge type's table is but the name of; its
    conditions hold in there.
    """

    to: Target
    sorts: Mapping[Enum | str, Sort]
    need: Need | None = None
    parent: ColumnElement[Any] | None = None
    unique: ColumnElement[Any] | None = None
    where: Sequence[ColumnElement[bool]] | Callable[[Form], Sequence[ColumnElement[bool]]] = ()
    filter: type[Any] | None = None
    order: type[Any] | None = None
    on_edge: bool = False
    flat: bool = False
    past: Callable[[ColumnElement[Any]], Sequence[ColumnElement[bool]]] | None = None
    """What holds in place of `where` if the list is asked for as of a time, made from the owner's key."""
    source: Callable[[Form, Mapping[str, Operand]], CTE] | None = None
    total: Total = field(init=False)

    def __post_init__(self) -> None:
        self.needs = () if self.need is None else (self.need,)
        self.total = Total(self)

    @cached_property
    def edge_shape(self) -> Shape:
        """The type of its edges."""
        connection: Any = shape_of(self.to).type
        return shape_of(connection.edge)

    @cached_property
    def node(self) -> One | Itself:
        """How an edge leads to its node."""
        found = self.edge_shape.readers["node"]
        assert isinstance(found, One | Itself)
        return found

    def resolve(self, values: Row, batch: Batch, arguments: Mapping[str, Any]) -> Any:
        key = values[0] if values else ()
        of_object = shape_of(self.to).type.of_object
        loaded = batch.load(self, arguments, key)
        return Later(loaded, lambda page: of_object(Connected(self, page, key, arguments, batch)))

    def prepare(self, request: Request, arguments: Mapping[str, Any]) -> Asked:
        """Read the arguments of a page. Raises `BadInput`."""
        conditions: dict[str, Any] = {}
        if self.filter is not None:
            value = arguments if self.flat else arguments.get("filter")
            conditions = {} if value is None else given(self.filter, value)
        window = window_of(request.max_page_size, arguments, *self._sort(arguments.get("order_by")))
        return Asked(window, conditions, arguments.get(AS_OF))

    def _sort(self, order_by: Any) -> tuple[str, Sequence[ColumnElement[Any]], bool]:
        if order_by is None:
            name, sort = next(iter(self.sorts.items()))
            return str(name), sort.expressions, sort.descending
        sort = self.sorts[order_by.field]
        return f"{order_by.field}:{order_by.direction}", sort.expressions, order_by.direction == "DESC"

    def read(
        self, request: Request, keys: Sequence[Any], prepared: Asked, selection: Any
    ) -> Reading[Mapping[Any, Any]]:
        """What the selection makes of the pages, by owner's key; without one the pages."""
        wanted = self.edge_shape.everything if selection is None else selection
        statement = self._statement(request.form, prepared, wanted)
        # All rows there are belong to nobody: no keys, and nothing is foreseen.
        owned = self.parent is not None
        ahead = partial(wanted.ahead, request) if owned else None
        rows = yield statement.query(ahead, keys=keys, **prepared.values, **request.seeing)
        request.count(rows)
        pages = Pages.of(keys, rows, prepared.window, len(wanted.needs), owned)
        if selection is None:
            return pages.by_key()
        totals = (yield from self.total.read(request, keys, prepared, None)) if selection.total else {}
        found: Mapping[Any, Any] = yield from selection.build_pages(pages, totals)
        return found

    def ahead(self, request: Request, slot: int, prepared: Asked, selection: Any) -> Sequence[Ahead]:
        statement = self._statement(request.form, prepared, selection)
        size, values = prepared.window.size + 1, {**prepared.values, **request.seeing}
        found = [Ahead(statement, values, slot, size, partial(selection.ahead, request))]
        return [*found, *self.total.ahead(request, slot, prepared, None)] if selection.total else found

    def _statement(self, form: Form, asked: Asked, wanted: Selection) -> Statement:
        structure = (form, self, asked.structure)
        statement = wanted.memory.get(structure)
        if statement is None:
            statement = wanted.memory[structure] = self._compiled(form, asked, wanted.needs)
        return statement

    def _compiled(self, form: Form, asked: Asked, needs: Sequence[Need]) -> Statement:
        window, dialect = asked.window, form.dialect
        table = self.edge_shape.table
        assert table is not None
        rows_table: Any = table
        forwards = window.descending == window.backwards
        sort = [item.asc() if forwards else item.desc() for item in window.sort]
        columns = [*printed_needs(needs, form), *[printed(item, dialect) for item in window.sort]]
        if self.parent is None:
            rows = select(*columns).select_from(rows_table.__table__).where(*self._where(form, asked), *_keyset(window))
            return compiled(self._made(rows.order_by(*sort).limit(limit_parameter()), form, asked.conditions), dialect)
        unique = self.unique if self.unique is not None else col(rows_table.id)

        def where(owner: ColumnElement[Any]) -> list[ColumnElement[bool]]:
            return [*self._where(form, asked, owner), *_keyset(window)]

        return compiled(limited(dialect, columns, self.parent, where, sort, unique), dialect)

    def _made(self, rows: Select[Any], form: Form, conditions: Mapping[str, Any]) -> Select[Any]:
        if self.source is None:
            return rows
        return rows.add_cte(self.source(form, {name: _operand(form, name) for name in conditions}))

    def _where(self, form: Form, asked: Asked, owner: ColumnElement[Any] | None = None) -> list[ColumnElement[bool]]:
        conditions = asked.conditions
        found, wanted = list(self.where(form) if callable(self.where) else self.where), []
        if asked.as_of is not None:
            assert self.past is not None
            assert owner is not None, "only what belongs to somebody has a past"
            found = list(self.past(owner))
        found += visible(self.edge_shape.table, form)
        if conditions and self.source is None:
            assert self.filter is not None
            known = conditions_of(self.filter)
            wanted = [known[name].condition(_operand(form, name)) for name in conditions]
        if isinstance(self.node, Itself):
            return found + wanted
        if self.on_edge:
            found, wanted = found + wanted, []
        node: Any = self.node.target.table
        key: Any = self.node.need
        wanted += visible(node, form)
        if not wanted:
            return found
        return [*found, exists(select(1).select_from(node).where(col(node.id) == key, *wanted).correlate(key.table))]

    def count(self, form: Form, asked: Asked) -> Select[Any]:
        """The statement that counts each owner's rows."""
        rows_table: Any = self.edge_shape.table
        if self.parent is None:
            counted = select(func.count()).select_from(rows_table.__table__).where(*self._where(form, asked))
            return self._made(counted, form, asked.conditions)
        keys = keys_table(form.dialect)
        where = self._where(form, asked, owner=keys.c.value)
        counted = select(func.count()).select_from(rows_table.__table__).where(self.parent == keys.c.value, *where)
        return select(counted.correlate(keys).scalar_subquery(), keys.c.value).select_from(keys)


def _operand(form: Form, name: str) -> Operand:
    return Operand(form.dialect, f"filter_{name}")


def _keyset(window: Window) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    here = tuple_(*window.sort)
    for side, given_ in (("after", window.after), ("before", window.before)):
        if given_ is None:
            continue
        there = tuple_(*[parameter(f"{side}_{i}", item.type) for i, item in enumerate(window.sort)])
        later = (side == "after") != window.descending
        found.append(here > there if later else here < there)
    return found


@dataclass(eq=False)
class Total(Reader):
    """How many rows a connection has in all, with the same arguments."""

    of: Many
    memory: Memory = field(default_factory=Memory)

    def prepare(self, request: Request, arguments: Mapping[str, Any]) -> Asked:
        """As its connection does."""
        return self.of.prepare(request, arguments)

    def read(
        self, request: Request, keys: Sequence[Any], prepared: Asked, selection: Any
    ) -> Reading[Mapping[Any, Any]]:
        rows = yield self._statement(request.form, prepared).query(keys=keys, **prepared.values, **request.seeing)
        if self.of.parent is None:
            return {keys[0]: rows[0][0]}
        return {row[1]: row[0] for row in rows}

    def ahead(self, request: Request, slot: int, prepared: Asked, selection: Any) -> Sequence[Ahead]:
        values = {**prepared.values, **request.seeing}
        return [Ahead(self._statement(request.form, prepared), values, slot, 1, tuple)]

    def _statement(self, form: Form, asked: Asked) -> Statement:
        structure = (form, *asked.chosen)
        statement = self.memory.get(structure)
        if statement is None:
            statement = self.memory[structure] = compiled(self.of.count(form, asked), form.dialect)
        return statement


@dataclass(frozen=True)
class Connected:
    """A page in the ordinary executor: what a connection's fields find when they are asked for."""

    reader: Many
    page: Page
    key: Any
    arguments: Mapping[str, Any]
    batch: Batch

    @cached_property
    def edges(self) -> list[Any]:
        """Records of the edges; their cursor stands at the end of the row."""
        shape = self.reader.edge_shape
        rows = zip(self.page.rows, self.page.cursors, strict=True)
        return [shape.type.of_row((*row, cursor), shape.everything.slots) for row, cursor in rows]

    @property
    def nodes(self) -> list[Any]:
        """The nodes, each perhaps to be awaited."""
        node = self.reader.node
        return [node.resolve(edge.values(node), self.batch, {}) for edge in self.edges]

    @property
    def page_info(self) -> Connected:
        """What PageInfo reads from."""
        return self

    @property
    def total_count(self) -> Any:
        """An awaitable of the number of rows in all."""
        return self.batch.load(self.reader.total, self.arguments, self.key)

    @property
    def has_next_page(self) -> bool:
        """Whether rows follow."""
        return self.page.has_next

    @property
    def has_previous_page(self) -> bool:
        """Whether rows came before."""
        return self.page.has_previous

    @property
    def start_cursor(self) -> str | None:
        """The first row's cursor."""
        return self.page.cursors[0] if self.page.rows else None

    @property
    def end_cursor(self) -> str | None:
        """The last row's cursor."""
        return self.page.cursors[-1] if self.page.rows else None
