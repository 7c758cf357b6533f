"""What is kept: the tables, the database that holds them, the blobs."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from gqlregistry.errors import BadInput
from gqlregistry.store.database import Database
from gqlregistry.store.postgresql import PostgreSQLDatabase
from gqlregistry.store.replica import Replica
from gqlregistry.store.sqlite import SQLiteDatabase

__all__ = ["DATABASE_FILE", "Database", "Replica", "open_database", "open_replica"]

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
    parsed = _parsed(url, "database")
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


def open_replica(url: str | None, database: Database) -> Replica | None:
    """What follows a database and may be read instead; None without a URL. Nothing is connected yet.

    Raises `BadInput` for a URL of anything but PostgreSQL, and for the replica of a SQLite file.
    """
    if not url:
        return None
    parsed = _parsed(url, "read_database")
    if parsed.get_backend_name() not in ("postgresql", "postgres") or not isinstance(database, PostgreSQLDatabase):
        raise BadInput("a read database must be a PostgreSQL that follows the database, which is one", "read_database")
    return Replica(database, parsed)


def _parsed(url: str, name: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise BadInput("the database URL can't be read: write sqlite:///PATH or postgresql://…", name) from error
