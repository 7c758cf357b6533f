"""The migrated database is what `store.tables` says, and upgrading is safe."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from gqlregistry.registry import artifacts, people, projects
from gqlregistry.registry.change import apply
from gqlregistry.store import open_database
from gqlregistry.store.migrations import NewerSchema
from gqlregistry.store.tables import Table, is_search_table
from gqlregistry.store.tables.events import APPEND_ONLY
from gqlregistry.store.tables.search import removal

UPGRADE = """
import asyncio, sys
from pathlib import Path
from gqlregistry.registry import artifacts, people, projects
from gqlregistry.registry.change import apply
from gqlregistry.store import open_database

async def main():
    database = open_database(sys.argv[1], Path())
    print("ready", flush=True)
    sys.stdin.readline()
    await database.upgrade()
    await database.upgrade()
    await database.close()

asyncio.run(main())
"""

POSTGRESQL_SCHEMA = """
SELECT table_name, column_name, data_type, character_maximum_length::text, collation_name, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', '', ''
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT tablename, indexname, indexdef, '', '', '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(pg_trigger.oid), prosrc, '', '', ''
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
"""


async def in_connection(url: str, function: Any) -> Any:
    engine = create_async_engine(
        url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql:", "postgresql+asyncpg:")
    )
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(function)
    finally:
        await engine.dispose()


def described(connection: Connection) -> set[Any]:
    """Everything the database says about its tables, also what Alembic's comparison leaves out."""
    if connection.dialect.name == "postgresql":
        found = {tuple(row) for row in connection.execute(text(POSTGRESQL_SCHEMA))}
    else:
        rows = connection.execute(text("SELECT tbl_name, name, sql FROM sqlite_schema"))
        # The order of a table's constraints has no meaning, nor have the quotes of one that was made anew.
        parts = re.compile(r"\s*(?:,|\n)\s*")
        found = {(table, name, frozenset(parts.split((sql or "").replace('"', "")))) for table, name, sql in rows}
    return {line for line in found if "alembic_version" not in line[0]}


def difference(connection: Connection) -> list[Any]:
    opts = {"compare_type": True, "include_name": lambda name, *_: not is_search_table(name)}
    return compare_metadata(MigrationContext.configure(connection, opts=opts), Table.metadata)


async def test_alembic_finds_no_difference(database_url: str) -> None:
    assert await in_connection(database_url, difference) == []


@pytest.mark.parametrize(
    ("database_url", "empty_database_url"), [(kind, kind) for kind in ("sqlite", "postgresql")], indirect=True
)
async def test_migrating_and_creating_make_the_same_tables(database_url: str, empty_database_url: str) -> None:
    await in_connection(empty_database_url, Table.metadata.create_all)
    assert await in_connection(database_url, described) == await in_connection(empty_database_url, described)


async def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    before = await in_connection(database_url, described)
    database = open_database(database_url, Path())
    await database.upgrade()
    await database.close()
    assert await in_connection(database_url, described) == before


def test_two_processes_upgrade_an_empty_database_at_once(empty_database_url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, empty_database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0), ("", 0)]
    assert asyncio.run(in_connection(empty_database_url, difference)) == []


async def test_a_newer_schema_is_refused_and_left_alone(database_url: str) -> None:
    def make_newer(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    await in_connection(database_url, make_newer)
    database = open_database(database_url, Path())
    with pytest.raises(NewerSchema, match="schema 9999.*newer gqlregistry"):
        await database.upgrade()
    await database.close()
    assert (
        await in_connection(database_url, lambda c: c.scalar(text("SELECT version_num FROM alembic_version"))) == "9999"
    )


async def test_an_upgrade_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "registry.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE membership (id)")
    connection.close()
    database = open_database(f"sqlite:///{path}", tmp_path)
    with pytest.raises(Exception, match="membership"):
        await database.upgrade()
    await database.close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("membership",)]
    connection.close()


async def test_a_log_that_was_written_before_has_its_chains_kept(database_url: str, tmp_path: Path) -> None:
    database = open_database(database_url, tmp_path)
    local = (await database.write(people.ensure_defaults)).local
    for name in ("ann", "bob"):
        await apply(database, local, people.create_user, name)
    await apply(database, local, projects.create_project, "local", "zoo")
    digest = f"md5:{'a' * 32}"
    await apply(database, local, artifacts.log_artifact, None, "local/zoo/data", "dataset", digest=digest, commit=True)
    await database.close()

    def as_before(connection: Connection) -> list[Any]:
        kept = connection.execute(text("SELECT * FROM event_chain ORDER BY chain")).all()
        connection.execute(text("DROP TABLE event_chain"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION refuse_change_of_event() CASCADE"))
        else:
            for statement in APPEND_ONLY["sqlite"]:
                connection.execute(text(f"DROP TRIGGER {statement.split()[2]}"))
        drop_search(connection)
        for later in ("webhook_attempt", "webhook_delivery", "webhook"):
            connection.execute(text(f"DROP TABLE {later}"))
        connection.execute(text("DROP INDEX ix_action_event_collection_id_kind_created_at"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
        return list(kept)

    before = await in_connection(database_url, as_before)
    await database_upgrade(database_url)
    kept = text("SELECT * FROM event_chain ORDER BY chain")
    assert await in_connection(database_url, lambda c: list(c.execute(kept))) == before
    assert len(before) == 2


def drop_search(connection: Connection) -> None:
    for statement in removal(connection.dialect.name):
        connection.exec_driver_sql(statement)


async def database_upgrade(url: str) -> None:
    database = open_database(url, Path())
    await database.upgrade()
    await database.close()
