"""Which rows a request may see: the one place where that predicate enters every statement of a read."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, inspect
from sqlalchemy.exc import NoInspectionAvailable

from gqlregistry.store.tables import Table

Rule: TypeAlias = Callable[[Any], Sequence[ColumnElement[bool]]]

RULES: dict[type[Table], Rule] = {}
"""By table, what must be true of a row, or of an alias of the table. Every authenticated user sees all."""


def visible(table: type[Table] | Any) -> Sequence[ColumnElement[bool]]:
    """The conditions under which a row of the table exists for the reader."""
    try:
        rule = RULES.get(inspect(table).mapper.class_)
    except NoInspectionAvailable:
        # A table that is put together for one read; what it leads to is looked up, and seen or not, by itself.
        return ()
    return () if rule is None else rule(table)
