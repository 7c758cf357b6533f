"""Columns of the tables, typed as what they are in SQL and not as what their attributes hold in Python."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import QueryableAttribute


def col(attribute: Any) -> ColumnElement[Any]:
    """The column behind a table class's attribute, or behind one of an alias of the class."""
    assert isinstance(attribute, QueryableAttribute)
    if attribute.parent.is_aliased_class:
        expression: ColumnElement[Any] = attribute.expression
        return expression
    column: ColumnElement[Any] = attribute.property.columns[0]
    return column
