"""Filters: input types whose fields each say the condition that they put on a row."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.sql.elements import BindParameter
from strawberry.utils.str_converters import to_camel_case

from gqlregistry.plan.statement import keys_table, parameter
from gqlregistry.registry.values import check_text

_WHERE = "gqlregistry.where"


@dataclass(frozen=True, slots=True)
class Operand:
    """The value that a client gave for a filter's field: a parameter of the statement."""

    dialect: str
    name: str

    def as_parameter(self, like: ColumnElement[Any]) -> BindParameter[Any]:
        """The value, of the type of an expression."""
        return parameter(self.name, like.type)

    def equals(self, expression: ColumnElement[Any]) -> ColumnElement[bool]:
        """The expression is the value."""
        return expression == self.as_parameter(expression)

    def among(self, expression: ColumnElement[Any]) -> ColumnElement[bool]:
        """The expression is one of the values, which are texts."""
        return expression.in_(select(keys_table(self.dialect, self.name, text=True).c.value))

    def contained_in(self, *expressions: ColumnElement[Any]) -> ColumnElement[bool]:
        """The value stands in one of the expressions, in whatever case; its field is prepared by `pattern`."""
        found = [func.lower(expression).like(self.as_parameter(expression), escape="\\") for expression in expressions]
        return (
            found[0] if len(found) == 1 else found[0] | Operand(self.dialect, self.name).contained_in(*expressions[1:])
        )

    def prefix_of(self, expression: ColumnElement[Any]) -> ColumnElement[bool]:
        """The expression begins with the value; its field is prepared by `prefix`."""
        return expression.like(self.as_parameter(expression), escape="\\")

    def at_least(self, expression: ColumnElement[Any]) -> ColumnElement[bool]:
        """The expression is the value or more."""
        return expression >= self.as_parameter(expression)

    def below(self, expression: ColumnElement[Any]) -> ColumnElement[bool]:
        """The expression is less than the value."""
        return expression < self.as_parameter(expression)


def pattern(text: str) -> str:
    """A LIKE pattern that finds the text literally, in lower case."""
    return f"%{_escaped(text.lower())}%"


def prefix(text: str) -> str:
    """A LIKE pattern that finds what begins with the text."""
    return f"{_escaped(text)}%"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True, slots=True)
class Where:
    """The condition of one field; `prepare` turns the client's value into the parameter's."""

    condition: Callable[[Operand], ColumnElement[bool]]
    prepare: Callable[[Any], Any] | None = None


def where(
    condition: Callable[[Operand], ColumnElement[bool]],
    description: str,
    prepare: Callable[[Any], Any] | None = None,
    name: str | None = None,
) -> Any:
    """Declare a filter's field. Left out or null, it puts no condition."""
    return strawberry.field(
        default=strawberry.UNSET, description=description, name=name, metadata={_WHERE: Where(condition, prepare)}
    )


def conditions_of(filter_type: type[Any]) -> Mapping[str, Where]:
    """The fields of a filter, by Python name."""
    return _conditions(filter_type)  # type: ignore[arg-type]


@cache
def _conditions(filter_type: Any) -> Mapping[str, Where]:
    return {field.name: field.metadata[_WHERE] for field in dataclasses.fields(filter_type)}


def given(filter_type: type[Any], value: Any) -> dict[str, Any]:
    """The prepared values of the fields that a client gave; `value` is an instance or a mapping of its fields.

    Raises `BadInput` for a text that no database could hold.
    """
    found: dict[str, Any] = {}
    for name, where_ in conditions_of(filter_type).items():
        item = value.get(name) if isinstance(value, Mapping) else getattr(value, name)
        if item is not None and item is not strawberry.UNSET:
            for text in item if isinstance(item, list) else [item]:
                if isinstance(text, str):
                    check_text(text, "a condition", to_camel_case(name))
            found[name] = where_.prepare(item) if where_.prepare else item
    return found
