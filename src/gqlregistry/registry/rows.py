"""Writing rows that somebody else may be writing at this moment."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from gqlregistry.store.tables import Table


def insert_new(session: Session, *rows: Table) -> int:
    """Insert rows of one table, but for those whose key is taken; answer how many were new.

    Waits for a transaction that is inserting the same key. The rows themselves are not added to the session.
    """
    if not rows:
        return 0
    table = type(rows[0])
    values = [_columns(row) for row in rows]
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return session.exec(insert(table).values(values).on_conflict_do_nothing()).rowcount


def _columns(row: Table) -> dict[str, Any]:
    values = row.model_dump()
    if values.get("id", 0) is None:
        del values["id"]
    return values
