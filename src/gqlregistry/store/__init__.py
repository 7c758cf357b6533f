"""What is kept: the tables, the database that holds them, the blobs."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from gqlregistry.errors import BadInput
from gqlregistry.store.database import Database
from gqlregistry.store.postgresql import PostgreSQLDatabase
from gqlregistry.store.sqlite import SQLiteDatabase

__all__ = ["DATABASE_FILE", "Database", "open_database"]

DATABASE_FILE = "registry.db"
"""What the SQLite file in the data folder is called."""


def open_database(url: str | None, data: Path) -> Database:
    """The database behind a URL; without one, a SQLite file in the data folder. Nothing is connected yet.

    sqlite:////var/lib/gqlregistry/registry.db
    postgresql://user:password@host/database

    Raises `BadInput` for any other URL.
    """
    if not url:
        return SQLiteDatabase(data / DATABASE_FILE)
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadInput("the database URL can't be read: write sqlite:///PATH or postgresql://…", "database") from error
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return SQLiteDatabase(Path(parsed.database))
        case "postgresql" | "postgres":
            return PostgreSQLDatabase(parsed)
        case _:
            raise BadInput(
                f"{parsed.drivername} is not a kind of database this registry keeps its data in: "
                "write sqlite:///PATH or postgresql://…",
                "database",
            )
