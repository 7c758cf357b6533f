"""Which rows a request may see: the one place where that predicate enters every statement of a read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement

from gqlregistry.store.tables import Table


def visible(table: type[Table] | Any) -> Sequence[ColumnElement[bool]]:
    """The conditions under which a row of the table exists for the reader. Every authenticated user sees all."""
    return ()
