"""All rows of the database as lines of JSON, from one snapshot, that either kind of database can be filled from.

    {"gqlregistry": "0.1.0", "schema": "0007", "at": "2026-03-03T09:30:00.000000Z"}
    {"table": "entity", "columns": ["id", "kind", …]}
    [1, "ORGANIZATION", …]
    …
    {"rows": 1234, "sha256": "…"}

The last line has the digest of all before it, so that half a dump is never taken for a whole one. `at` is the time of
the log's newest event: of a database that has not changed, or was filled from a dump, a dump is the same to the byte.
"""

import gzip
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from io import BufferedReader
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from gqlregistry import __version__
from gqlregistry.errors import BadInput, Conflict
from gqlregistry.store.database import Database
from gqlregistry.store.tables import ActionEvent, instant_text
from gqlregistry.store.tables import Table as Declared
from gqlregistry.store.tables.base import Instant

BATCH = 500
_SCHEMA = text("SELECT version_num FROM alembic_version")
_NEWEST = select(col(ActionEvent.created_at)).order_by(col(ActionEvent.id).desc()).limit(1)
_TABLES = list(Declared.metadata.sorted_tables)


async def dump(database: Database, path: Path, compressed: bool = True) -> int:
    """Write all rows of a snapshot to a new file, which is whole and on disk when this returns; answer how many."""
    digest, rows = hashlib.sha256(), 0
    with path.open("wb") as raw:
        packed: AbstractContextManager[Any] = nullcontext(raw)
        if compressed:
            packed = gzip.GzipFile("", "wb", 3, raw, mtime=0)
        with packed as file:

            def write(value: Any) -> None:
                line = orjson.dumps(value, default=_written, option=orjson.OPT_PASSTHROUGH_DATETIME) + b"\n"
                digest.update(line)
                file.write(line)

            async with database.snapshot() as connection:
                schema = (await connection.execute(_SCHEMA)).scalar_one()
                write(
                    {"gqlregistry": __version__, "schema": schema, "at": (await connection.execute(_NEWEST)).scalar()}
                )
                for table in _TABLES:
                    write({"table": table.name, "columns": [column.name for column in table.columns]})
                    async for row in _rows(connection, table):
                        write(list(row))
                        rows += 1
            file.write(orjson.dumps({"rows": rows, "sha256": digest.hexdigest()}) + b"\n")
        raw.flush()
        os.fsync(raw.fileno())
    return rows


def lines(path: Path) -> Iterator[tuple[Table, dict[str, Any]]]:
    """The rows of a dump, each with its table. Raises `BadInput`, at its end, unless all of it is as it was written."""
    digest, count, table, names = hashlib.sha256(), 0, None, []
    try:
        with _opened(path) as file:
            for line in file:
                value = orjson.loads(line)
                if isinstance(value, dict) and "sha256" in value:
                    if (value["rows"], value["sha256"]) != (count, digest.hexdigest()):
                        raise BadInput(f"{path.name} is not as it was written: its digest is another", "folder")
                    return
                digest.update(line)
                if isinstance(value, list):
                    assert table is not None, "rows follow the name of their table"
                    count += 1
                    yield table, dict(zip(names, value, strict=True))
                elif "table" in value:
                    table, names = Declared.metadata.tables[value["table"]], value["columns"]
    except FileNotFoundError as error:
        raise BadInput(f"there is no backup here: {path.name} is missing", "folder") from error
    except (EOFError, OSError, ValueError, KeyError, AssertionError) as error:
        raise BadInput(f"{path.name} is not a whole backup: {type(error).__name__}", "folder") from error
    raise BadInput(f"{path.name} is not a whole backup: its end is missing", "folder")


def _opened(path: Path) -> BufferedReader | gzip.GzipFile:
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    return gzip.GzipFile(path, "rb") if is_packed else path.open("rb")


def load(connection: Connection, path: Path, missing: frozenset[str]) -> int:
    """Fill an empty database from a dump, but for the bytes that are missing; answer how many rows there are.

    Raises `Conflict` when the database is not empty or has another schema than the dump.
    """
    require_same_schema(connection, path)
    for table in _TABLES:
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise Conflict("the database is not empty: restore into a new one", "database")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    rows = 0
    for table, some in _batches(lines(path)):
        kept = [row for row in some if table.name != "blob" or row["digest"] not in missing]
        if kept:
            connection.execute(insert(table), [_read(table, row) for row in kept])
        rows += len(kept)
    if connection.dialect.name == "postgresql":
        _go_on_counting(connection)
    return rows


def _batches(found: Iterator[tuple[Table, dict[str, Any]]]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    for table, rows in groupby(found, key=itemgetter(0)):
        while some := [row for _, row in islice(rows, BATCH)]:
            yield table, some


def require_same_schema(connection: Connection, path: Path) -> None:
    """Raise `Conflict` for a dump of another schema, whatever is in it, `BadInput` for what is no dump."""
    try:
        with _opened(path) as file:
            header = orjson.loads(file.readline())
        schema, version = header["schema"], header["gqlregistry"]
    except FileNotFoundError as error:
        raise BadInput(f"there is no backup here: {path.name} is missing", "folder") from error
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path.name} is not a backup", "folder") from error
    ours = connection.execute(_SCHEMA).scalar_one()
    if schema != ours:
        raise Conflict(
            f"the backup has schema {schema}, this program {ours}: restore it with gqlregistry {version}, "
            "and upgrade then",
            "folder",
        )


async def _rows(connection: AsyncConnection, table: Table) -> AsyncIterator[Any]:
    # In order of key: what refers to an older row of its own table comes after it.
    async with connection.stream(select(table).order_by(*table.primary_key.columns)) as found:
        async for row in found:
            yield row


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    raise TypeError(f"no column holds a {type(value).__name__}")


def _read(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value)
        if isinstance(value, str) and isinstance(table.columns[name].type, Instant)
        else value
        for name, value in row.items()
    }


def _go_on_counting(connection: Connection) -> None:
    """The next key of each table is one that was not given yet."""
    for table in _TABLES:
        if "id" in table.columns:
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, func.max(table.columns["id"]))))
