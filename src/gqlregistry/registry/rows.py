"""Statements past the unit of work: what every log and every use does runs as prepared SQL on the session's connection.

An ORM object costs five times its SQL. So the frequent rules read `Row`s, which have the attributes of the table's
class, and write by statements that are built once. Such a row is what stood when it was read: it never changes.
"""

from functools import cache
from typing import Any, TypeAlias, TypeVar

import sqlalchemy
from sqlalchemy import Column, Connection, Executable, Insert, bindparam, inspect
from sqlalchemy import Table as SQLTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from gqlregistry.store.tables import Table

Row: TypeAlias = sqlalchemy.Row[Any]

T = TypeVar("T", bound=Table)


def run(session: Session, statement: Executable, **values: Any) -> sqlalchemy.CursorResult[Any]:
    """Execute a statement with the values of its parameters."""
    return connection(session).execute(statement, values)


def run_many(session: Session, statement: Executable, values: list[dict[str, Any]]) -> sqlalchemy.CursorResult[Any]:
    """Execute a statement once for each of some values, at least one."""
    return connection(session).execute(statement, values)


def connection(session: Session) -> Connection:
    """What the session works on, with all that waited in the session."""
    session.flush()
    bind = session.bind
    assert isinstance(bind, Connection), "a rule runs on one connection"
    return bind


def parameter(name: str, type_: Any = None) -> Any:
    """A place in a statement for a value that comes with each execution."""
    return bindparam(name, type_=type_)


def sql_table(table: type[Table]) -> SQLTable:
    """A table as statements know it."""
    found = inspect(table).local_table
    assert isinstance(found, SQLTable), "each class is one table"
    return found


def columns(table: type[Table], *others: Any) -> list[Any]:
    """All columns of a table, under the names of its class's attributes, and others behind them."""
    return [*(_named(key, attribute.columns[0]) for key, attribute in inspect(table).column_attrs.items()), *others]


def insert_new(session: Session, *rows: Table) -> int:
    """Insert rows of one table, but for those whose key is taken; answer how many were new.

    Waits for a transaction that is inserting the same key. The rows themselves are not added to the session.
    """
    if not rows:
        return 0
    insert = _insert_new(type(rows[0]), connection(session).dialect.name)
    return connection(session).execute(insert.values([_values(row) for row in rows])).rowcount


def insert_one(session: Session, table: type[Table], **values: Any) -> Row | None:
    """Insert a row and answer it; None if its key is taken. Takes every column that may not be null."""
    insert = _insert_returning(table, connection(session).dialect.name)
    return run(session, insert, **values).first()


@cache
def _insert_new(table: type[Table], dialect: str) -> Any:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(sql_table(table)).on_conflict_do_nothing()


@cache
def _insert_returning(table: type[Table], dialect: str) -> Insert:
    insert: Insert = _insert_new(table, dialect).returning(*columns(table))
    return insert


def _named(key: str, column: Column[Any]) -> Any:
    return column if column.key == key else column.label(key)


def _values(row: Table) -> dict[str, Any]:
    """The values of a row by column, without the key that the database is to give."""
    values = {attribute.columns[0].key: getattr(row, key) for key, attribute in inspect(type(row)).column_attrs.items()}
    if values.get("id", 0) is None:
        del values["id"]
    return values
