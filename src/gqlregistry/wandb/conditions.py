"""The client's filters, `{"alias": {"$in": ["prod"]}, "$or": [...]}`, as conditions in SQL."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Protocol, TypeAlias

import orjson
import re2
from sqlalchemy import ColumnElement, Text, and_, cast, false, func, not_, or_, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import Exists

from gqlregistry.errors import BadInput
from gqlregistry.registry.names import quoted
from gqlregistry.store.tables.base import Instant

Condition: TypeAlias = ColumnElement[bool]
Test: TypeAlias = Callable[[ColumnElement[Any]], Condition]

FIELD = "filters"
MAX_PARTS = 500
MAX_DEPTH = 20
_QUIET = re2.Options()
_QUIET.log_errors = False
_KEY = re.compile(r"[A-Za-z0-9_.\- /@:]{1,256}")
_COMPARED: dict[str, Callable[[ColumnElement[Any], Any], Condition]] = {
    "$gt": lambda column, value: column > value,
    "$gte": lambda column, value: column >= value,
    "$lt": lambda column, value: column < value,
    "$lte": lambda column, value: column <= value,
}


class Field(Protocol):
    """Something that a filter may name: it applies a test to what it is in SQL."""

    def __call__(self, test: Test, path: str) -> Condition: ...


@dataclass(frozen=True, slots=True)
class Value:
    """A column; `read` makes what a client writes comparable with it."""

    column: ColumnElement[Any]
    read: Callable[[Any], Any] | None = None

    def __call__(self, test: Test, path: str) -> Condition:
        return test(self.column)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several, such as an alias of a version: the test must hold for one of them."""

    column: ColumnElement[Any]
    among: Callable[[Condition], Exists]

    def __call__(self, test: Test, path: str) -> Condition:
        return self.among(test(self.column))


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON object kept as text; filters name what is in it, as in `metadata.config.lr`."""

    column: ColumnElement[Any]
    dialect: str

    def __call__(self, test: Test, path: str) -> Condition:
        return test(self.at(path))

    def at(self, path: str) -> ColumnElement[Any]:
        """What is in it at a path, in SQL."""
        if not _KEY.fullmatch(path):
            raise BadInput(f"can't filter by {quoted(path)}", FIELD)
        keys = path.split(".")
        if self.dialect == "postgresql":
            return cast(self.column, JSONB)[tuple(keys)]
        return func.json_extract(self.column, "$" + "".join(f'."{key}"' for key in keys))


def conditions(text: str | None, fields: Mapping[str, Field]) -> list[Condition]:
    """What a filter in JSON asks for. Raises `BadInput` for what can't be filtered by."""
    if not text:
        return []
    try:
        asked = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"the filter is not JSON: {error}", FIELD) from None
    _check_extent(asked)
    return [] if not asked else [_all(asked, fields)]


def _check_extent(asked: Any) -> None:
    """Raise `BadInput` for a filter that is too deep or too long to be one statement."""
    level, total = [asked], 0
    for _ in range(MAX_DEPTH):
        within = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        level = list(chain.from_iterable(within))
        total += len(level)
        if not level:
            break
    if level or total > MAX_PARTS:
        raise BadInput(f"a filter has at most {MAX_PARTS} parts, {MAX_DEPTH} deep", FIELD)


def _all(asked: Any, fields: Mapping[str, Field]) -> Condition:
    if not isinstance(asked, dict):
        raise BadInput("a filter is an object", FIELD)
    return and_(*[_one(name, value, fields) for name, value in asked.items()])


def _one(name: str, value: Any, fields: Mapping[str, Field]) -> Condition:
    if name in ("$and", "$or", "$nor"):
        if not isinstance(value, list) or not value:
            raise BadInput(f"{name} takes a list of filters", FIELD)
        each = [_all(one, fields) for one in value]
        return and_(*each) if name == "$and" else or_(*each) if name == "$or" else _not(or_(*each))
    if name == "$not":
        return _not(_all(value, fields))
    head, _, path = name.partition(".")
    field = fields.get(head)
    if field is None:
        raise BadInput(f"can't filter by {quoted(name)}, but by {', '.join(fields)}", FIELD)
    return _tested(field, path, value)


def _tested(field: Field, path: str, value: Any) -> Condition:
    if not isinstance(value, dict) or not any(operator.startswith("$") for operator in value):
        return _operated(field, path, "$eq", value)
    return and_(*[_operated(field, path, operator, operand) for operator, operand in value.items()])


def _operated(field: Field, path: str, operator: str, operand: Any) -> Condition:
    match operator:
        case "$ne":
            return _not(_operated(field, path, "$eq", operand))
        case "$nin":
            return _not(_operated(field, path, "$in", operand))
        case "$not":
            return _not(_tested(field, path, operand))
        case "$exists":
            there = field(lambda column: column.is_not(None), path)
            return there if operand else _not(there)
        case "$eq":
            return field(lambda column: _equals(column, _read(field, operand)), path)
        case "$in" if isinstance(operand, list):
            return or_(false(), *[_operated(field, path, "$eq", each) for each in operand])
        case "$regex" if isinstance(operand, str):
            _check_pattern(operand)
            return field(lambda column: _text(column).regexp_match(operand), path)
        case "$contains" if isinstance(operand, str):
            return field(lambda column: _text(column).contains(operand, autoescape=True), path)
        case "$gt" | "$gte" | "$lt" | "$lte":
            compare = _COMPARED[operator]
            return field(
                lambda column: and_(_alike(column, operand), compare(column, _bound(column, _read(field, operand)))),
                path,
            )
    raise BadInput(f"{quoted(operator)} does not compare like that", FIELD)


def _alike(column: ColumnElement[Any], value: Any) -> Condition:
    """Whether what a document holds is of a value's kind: to databases all text is more than any number."""
    is_number = isinstance(value, int | float)
    if isinstance(column.type, JSONB):
        return func.jsonb_typeof(column) == ("number" if is_number else "string")
    if isinstance(column, FunctionElement) and column.name == "json_extract":
        return func.typeof(column).in_(("integer", "real") if is_number else ("text",))
    return true()


def _not(condition: Condition) -> Condition:
    return not_(func.coalesce(condition, false()))


def _equals(column: ColumnElement[Any], value: Any) -> Condition:
    return column.is_(None) if value is None else column == _bound(column, value)


def _read(field: Field, value: Any) -> Any:
    read = field.read if isinstance(field, Value) else None
    return value if read is None or value is None else read(value)


def _bound(column: ColumnElement[Any], value: Any) -> Any:
    """A value as what it is compared with wants it."""
    if isinstance(column.type, JSONB):
        return cast(value, JSONB)
    if isinstance(value, list | dict):
        raise BadInput("this can't be compared with a list or an object", FIELD)
    if isinstance(column.type, Instant):
        return _time(value)
    if isinstance(column.type, Text) and not isinstance(value, str):
        return str(value)
    return value


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    found: ColumnElement[str] = column.astext if isinstance(column.type, JSONB) else cast(column, Text)
    return found


def _time(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadInput(f"{quoted(str(value))} is not a time", FIELD) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _check_pattern(pattern: str) -> None:
    try:
        re2.compile(pattern, _QUIET)
    except re2.error as error:
        raise BadInput(f"{quoted(pattern)} is not a regular expression: {error}", FIELD) from None
