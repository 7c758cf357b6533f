"""Connections to a SQLite file: how each is set up, and what is told of a file that can't be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import re2
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random

from gqlregistry.errors import Unavailable

READER_STATEMENTS = 1024
"""Plans have many statements; sqlite3 would keep 128 prepared."""
BUSY_SECONDS = 10

_COMMON_PRAGMAS = {
    "busy_timeout": BUSY_SECONDS * 1000,
    "foreign_keys": "ON",
    "temp_store": "MEMORY",
    "mmap_size": 2**30,
    "cache_size": -64 * 1024,
}
READER_PRAGMAS = _COMMON_PRAGMAS | {"query_only": "ON"}
WRITER_PRAGMAS = _COMMON_PRAGMAS | {"journal_mode": "WAL", "synchronous": "FULL"}
# SQLite alters a table by making it anew, which a foreign key from elsewhere would forbid.
MIGRATION_PRAGMAS = WRITER_PRAGMAS | {"foreign_keys": "OFF"}

_OUT_OF_REACH = {
    sqlite3.SQLITE_FULL: "the disk that holds the database is full",
    sqlite3.SQLITE_READONLY: "the database can't be written: its file or folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "the database file can't be opened: check that its folder exists and may be written",
    sqlite3.SQLITE_IOERR: "the disk that holds the database reports an error",
    sqlite3.SQLITE_BUSY: f"another process has kept the database locked for more than {BUSY_SECONDS} seconds",
    sqlite3.SQLITE_LOCKED: "the database is locked",
    sqlite3.SQLITE_CORRUPT: "the database file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is not a SQLite database",
}


def reader_connection(path: Path) -> sqlite3.Connection:
    """A read-only connection on the bare driver, for a thread that reads."""
    with reporting_unavailable():
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=READER_STATEMENTS,
        )
    for name, value in READER_PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
    return connection


def writing_engine(path: Path, pragmas: dict[str, Any]) -> Engine:
    """An engine that locks the file as each of its transactions begins."""
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
    )
    prepare(engine, pragmas, begin="BEGIN IMMEDIATE")
    return engine


def prepare(engine: Engine, pragmas: dict[str, Any], begin: str) -> None:
    """Set the pragmas of each connection, and begin its transactions ourselves: the driver would begin too late."""

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        # Python's own would take for ever for some patterns, and hold up all other threads meanwhile.
        connection.create_function("regexp", 2, _matches, deterministic=True)
        cursor = connection.cursor()
        for name, value in pragmas.items():
            # Who makes a new file a WAL one is told at once of another who does, whatever its timeout.
            for attempt in _while_locked():
                with attempt:
                    cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _while_locked() -> Retrying:
    return Retrying(
        retry=retry_if_exception(lambda error: getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY),
        wait=wait_random(0.001, 0.02),
        stop=stop_after_delay(BUSY_SECONDS),
        reraise=True,
    )


def _matches(pattern: str, value: str | None) -> bool | None:
    return None if value is None else re2.search(pattern, value) is not None


@contextmanager
def reporting_unavailable() -> Iterator[None]:
    """Turn what a client can't help (disk full, file locked, folder gone) into `Unavailable`."""
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable("the database is busy: all its connections are in use") from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        message = _why_out_of_reach(error)
        if message is None:
            raise
        raise Unavailable(message) from error


def _why_out_of_reach(error: BaseException | None) -> str | None:
    # When SQLite gives up a transaction, the error that tells why is behind the one that misses its savepoint.
    while error is not None:
        code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
        if code is not None and code & 0xFF in _OUT_OF_REACH:
            return _OUT_OF_REACH[code & 0xFF]
        error = error.__context__
    return None


def bare(connection: Connection) -> sqlite3.Connection:
    """The driver's connection behind one of SQLAlchemy's."""
    found: Any = connection.connection.dbapi_connection
    assert isinstance(found, sqlite3.Connection)
    return found
