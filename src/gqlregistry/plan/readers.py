"""The kinds of readers, but for connections (see `connection`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Boolean, ColumnElement, FromClause, Select, select

from gqlregistry.errors import NotFound
from gqlregistry.plan.columns import col
from gqlregistry.plan.reader import Batch, Later, Need, Reader, Request, Selection
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
    printed,
)
from gqlregistry.plan.visibility import BySight, visible
from gqlregistry.store.tables.base import JsonText

LISTED = 10
"""How many items a short list is taken to have, where it matters how much is asked for at once."""


@dataclass(eq=False)
class Column(Reader):
    """A value that stands in the row, or is computed from one need of it by `convert`."""

    need: Need
    convert: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        self.needs = (self.need,)
        if self.convert is None and not isinstance(self.need, str):
            if isinstance(self.need.type, JsonText):
                self.convert = _parsed
            elif isinstance(self.need.type, Boolean):
                self.convert = bool

    def resolve(self, values: Row, batch: Batch, arguments: Mapping[str, Any]) -> Any:
        return self.convert(values[0]) if self.convert else values[0]


def _parsed(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)


class Leading(Reader):
    """Base of readers that lead to objects of one type."""

    to: Target | None

    @cached_property
    def target(self) -> Shape:
        """The type that it leads to."""
        assert self.to is not None
        return shape_of(self.to)


@dataclass(eq=False)
class One(Leading):
    """The object whose key stands in the row; null where the key is null or the object may not be seen.

    Where a client named the object, `missing` is what it is told if there is none: NOT_FOUND.
    """

    need: Need
    to: Target
    missing: str | None = None

    def __post_init__(self) -> None:
        self.needs = (self.need,)

    def read(
        self, request: Request, keys: Sequence[Any], prepared: Any, selection: Selection | None
    ) -> Reading[Mapping[Any, Any]]:
        found: dict[Any, Any] = yield from read_by_key(self.target, request, keys, selection)
        if self.missing is not None and len(found) < len(keys):
            error = NotFound(self.missing, "ref")
            if selection is not None:
                raise error
            # The executor's batch joins fields; each fails for itself.
            found |= {key: error for key in keys if key not in found}
        return found

    def ahead(self, request: Request, slot: int, prepared: Any, selection: Selection) -> Sequence[Ahead]:
        statement = _by_key(self.target, request.form, selection)
        return [Ahead(statement, request.seeing, slot, 1, partial(selection.ahead, request))]


def read_by_key(
    shape: Shape, request: Request, keys: Sequence[int], selection: Selection | None
) -> Reading[dict[int, Any]]:
    """The objects of a type with these keys, by key; those that do not exist or may not be seen are left out."""
    wanted = selection or shape.everything
    if not keys:
        return {}
    statement = _by_key(shape, request.form, wanted)
    rows = yield statement.query(partial(wanted.ahead, request), keys=keys, **request.seeing)
    objects = yield from wanted.build(request, rows)
    return {row[-1]: found for row, found in zip(rows, objects, strict=True)}


def _by_key(shape: Shape, form: Form, wanted: Selection) -> Statement:
    statement = wanted.memory.get((form, "key"))
    if statement is None:

        def build() -> Select[Any]:
            table: Any = shape.table
            keys = keys_table(form.dialect)
            joined = KeysFirst(keys, table.__table__, col(table.id) == keys.c.value)
            return (
                select(*printed_needs(wanted.needs, form), keys.c.value)
                .select_from(joined)
                .where(*visible(table, form))
            )

        # A document may ask for the same of many objects, each by a field of its own.
        statement = _by_key_statements.built((shape.type, form, *wanted.needs), form.dialect, build)
        wanted.memory[form, "key"] = statement
    return statement


_by_key_statements = Memory()


def printed_needs(needs: Iterable[Need], form: Form) -> list[ColumnElement[Any]]:
    """The expressions to select for needs of a table's row."""
    wanted = (need.of(form) if isinstance(need, BySight) else need for need in needs)
    return [printed(need, form.dialect) for need in wanted if not isinstance(need, str)]


@dataclass(eq=False)
class Itself(Leading):
    """The object that stands in the same row as its owner: the node of an edge without facts of its own."""

    to: Target

    @cached_property
    def needs(self) -> Sequence[Need]:  # type: ignore[override]
        return self.target.everything.needs

    def resolve(self, values: Row, batch: Batch, arguments: Mapping[str, Any]) -> Any:
        return self.target.type.of_row(values, self.target.everything.slots)


@dataclass(eq=False)
class Listing(Leading):
    """All rows that belong to the owner, ordered: for lists that stay short. A `value` makes it a list of values."""

    need: Need
    parent: ColumnElement[Any]
    order: Sequence[ColumnElement[Any]]
    to: Target | None = None
    value: ColumnElement[Any] | None = None
    where: Sequence[ColumnElement[bool]] = ()
    through: tuple[type[Any], ColumnElement[bool]] | None = None
    """The table of the rows and how it joins, where the parent column is in another."""
    memory: Memory = field(default_factory=Memory)

    def __post_init__(self) -> None:
        self.needs = (self.need,)

    def read(
        self, request: Request, keys: Sequence[Any], prepared: Any, selection: Selection | None
    ) -> Reading[Mapping[Any, Any]]:
        wanted = None if self.to is None else selection or self.target.everything
        ahead = None if wanted is None else partial(wanted.ahead, request)
        limit = request.node_budget + 1
        rows = yield self._statement(request.form, wanted).query(ahead, keys=keys, limit=limit, **request.seeing)
        objects = [row[0] for row in rows] if wanted is None else (yield from wanted.build(request, rows))
        found: dict[Any, list[Any]] = {key: [] for key in keys}
        for row, built in zip(rows, objects, strict=True):
            found[row[-1]].append(built)
        return found

    def ahead(self, request: Request, slot: int, prepared: Any, selection: Selection | None) -> Sequence[Ahead]:
        statement = self._statement(request.form, selection)
        ahead = tuple if selection is None else partial(selection.ahead, request)
        values = {"limit": request.node_budget + 1, **request.seeing}
        return [Ahead(statement, values, slot, LISTED, ahead)]

    def _statement(self, form: Form, wanted: Selection | None) -> Statement:
        memory = self.memory if wanted is None else wanted.memory
        statement = memory.get((form, self))
        if statement is None:
            statement = memory[form, self] = self._compiled(form, wanted)
        return statement

    def _compiled(self, form: Form, wanted: Selection | None) -> Statement:
        table = self.parent.table
        keys = keys_table(form.dialect)
        needs: Sequence[Need] = wanted.needs if wanted else [] if self.value is None else [self.value]
        rows: FromClause = KeysFirst(keys, table, self.parent == keys.c.value)
        if self.through is not None:
            rows = rows.join(*self.through)
        seen = () if self.to is None else visible(self.target.table, form)
        return compiled(
            select(*printed_needs(needs, form), keys.c.value)
            .select_from(rows)
            .where(*self.where, *seen)
            .order_by(keys.c.value, *self.order)
            .limit(limit_parameter()),
            form.dialect,
        )


class Ref(NamedTuple):
    """A reference to an object of any type of the schema."""

    type: type[Any]
    key: int


@dataclass(eq=False)
class Refs(Reader):
    """The object, or the list of objects, that a `Ref` or a list of them names; null for what can't be seen."""

    need: Need
    many: bool = False
    parse: Callable[[Any], Ref | None] | None = None

    def __post_init__(self) -> None:
        self.needs = (self.need,)

    def ref(self, value: Any) -> Ref | None:
        """The reference that a value of the owner's row is, or stands for."""
        parsed: Ref | None = self.parse(value) if self.parse and value is not None else value
        return parsed

    def resolve(self, values: Row, batch: Batch, arguments: Mapping[str, Any]) -> Any:
        def load(value: Any) -> Any:
            ref = self.ref(value)
            return batch.load(self, {}, ref) if ref else None

        return [load(item) for item in values[0] or ()] if self.many else load(values[0])

    def read(self, request: Request, keys: Sequence[Any], prepared: Any, selection: Any) -> Reading[Mapping[Any, Any]]:
        """`keys` are refs. `selection`, if given, is a mapping from type to selection."""
        by_type: dict[type[Any], list[int]] = {}
        for ref in keys:
            by_type.setdefault(ref.type, []).append(ref.key)
        found: dict[Any, Any] = {}
        for type_, ids in by_type.items():
            objects = yield from read_by_key(shape_of(type_), request, ids, selection and selection[type_])
            found |= {Ref(type_, key): value for key, value in objects.items()}
        return found


@dataclass(eq=False)
class Embedded(Leading):
    """A plain object, or a list of them, that the row holds."""

    need: Need
    to: Target
    many: bool = False

    def __post_init__(self) -> None:
        self.needs = (self.need,)

    def resolve(self, values: Row, batch: Batch, arguments: Mapping[str, Any]) -> Any:
        value, of_object = values[0], self.target.type.of_object
        if value is None:
            return None
        return [of_object(item) for item in value] if self.many else of_object(value)


@dataclass(eq=False)
class Computed(Reader):
    """A value that a function reads for a batch of owners: `compute(request, keys, **arguments)` -> values by key.

    `then` says what the value is: a key (`One`), a plain object (`Embedded`), references (`Refs`); by default itself.
    """

    compute: Callable[..., Reading[Mapping[Any, Any]]]
    needs: Sequence[Need] = ()
    then: Reader | None = None

    def resolve(self, values: Row, batch: Batch, arguments: Mapping[str, Any]) -> Any:
        key = values[0] if len(values) == 1 else tuple(values)
        loaded = batch.load(self, arguments, key)
        then = self.then
        return loaded if then is None else Later(loaded, lambda value: then.resolve([value], batch, {}))

    def read(self, request: Request, keys: Sequence[Any], prepared: Any, selection: Any) -> Reading[Mapping[Any, Any]]:
        return (yield from self.compute(request, keys, **prepared))


@dataclass(eq=False)
class Followed(Computed):
    """A field of the subscription's root. `follow(request, **arguments)` reads what the client wants to follow.

    Each time that something is to be sent, the value is computed anew, from a root that says what has happened.
    """

    follow: Callable[..., Reading[Any]] = field(kw_only=True)
