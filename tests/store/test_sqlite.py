"""What is particular to one file: one writer, one fsync for many."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import event, text
from sqlalchemy.pool import Pool
from sqlmodel import Session

from gqlregistry.errors import Unavailable
from gqlregistry.store.sqlite import GROUP, SQLiteDatabase
from gqlregistry.store.tables import Blob

CRASH = """
import asyncio, os, sys
from datetime import UTC, datetime
from pathlib import Path
from gqlregistry.store.sqlite import SQLiteDatabase
from gqlregistry.store.tables import Blob

async def main():
    database = SQLiteDatabase(Path(sys.argv[1]))
    now = datetime.now(UTC)
    await database.write(lambda session: session.add(Blob(digest="answered", size=1, created_at=now)))

    def unfinished(session):
        session.add(Blob(digest="unfinished", size=1, created_at=now))
        session.flush()
        os.kill(os.getpid(), 9)

    await database.write(unfinished)

asyncio.run(main())
"""


@pytest_asyncio.fixture
async def path(tmp_path: Path) -> Path:
    database = SQLiteDatabase(tmp_path / "registry.db")
    await database.upgrade()
    await database.close()
    return tmp_path / "registry.db"


def adding(digest: str) -> Callable[[Session], None]:
    return lambda session: session.add(Blob(digest=digest, size=1, created_at=datetime.now(UTC)))


def digests(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    found = {row[0] for row in connection.execute("SELECT digest FROM blob")}
    connection.close()
    return found


async def test_works_that_wait_share_one_commit(path: Path) -> None:
    database = SQLiteDatabase(path)
    commits = 0
    held = threading.Event()

    def count(connection: object, record: object) -> None:
        assert isinstance(connection, sqlite3.Connection)

        def trace(statement: str) -> None:
            nonlocal commits
            commits += statement == "COMMIT"

        connection.set_trace_callback(trace)

    event.listen(Pool, "connect", count)
    try:
        first = asyncio.create_task(database.write(lambda session: held.wait(5)))
        await asyncio.sleep(0.1)
        others = [asyncio.create_task(database.write(adding(f"d{n}"))) for n in range(2 * GROUP)]
        await asyncio.sleep(0.1)
        held.set()
        await asyncio.gather(first, *others)
    finally:
        event.remove(Pool, "connect", count)
        await database.close()
    assert commits == 3
    assert len(digests(path)) == 2 * GROUP


async def test_close_finishes_what_waits_and_then_refuses(path: Path) -> None:
    database = SQLiteDatabase(path)
    held = threading.Event()
    writes = [asyncio.create_task(database.write(lambda session: held.wait(5)))]
    writes += [asyncio.create_task(database.write(adding(f"d{n}"))) for n in range(GROUP + 5)]
    await asyncio.sleep(0.1)
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0.1)
    held.set()
    await asyncio.gather(closing, *writes)
    assert len(digests(path)) == GROUP + 5
    with pytest.raises(Unavailable, match="stopping"):
        await database.write(adding("late"))


async def test_what_was_cancelled_while_it_waited_is_not_done(path: Path) -> None:
    database = SQLiteDatabase(path)
    held = threading.Event()
    first = asyncio.create_task(database.write(lambda session: held.wait(5)))
    await asyncio.sleep(0.1)
    waiting = asyncio.create_task(database.write(adding("cancelled")))
    await asyncio.sleep(0.1)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    held.set()
    await first
    await database.write(adding("next"))
    await database.close()
    assert digests(path) == {"next"}


def test_an_answered_write_outlives_kill_and_an_unfinished_one_does_not(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False)
    assert done.returncode == -9
    assert digests(path) == {"answered"}


async def test_the_pragmas_hold(path: Path) -> None:
    database = SQLiteDatabase(path)

    def pragmas(session: Session) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "temp_store")
        return [session.connection().execute(text(f"PRAGMA {name}")).scalar() for name in names]

    assert await database.write(pragmas) == ["wal", 2, 1, 2]
    async with database.snapshot() as connection:
        assert await connection.scalar(text("PRAGMA query_only")) == 1
    await database.close()


async def test_a_full_disk_fails_all_that_share_the_commit_and_harms_nothing(path: Path) -> None:
    database = SQLiteDatabase(path)

    def limit(session: Session) -> None:
        pages = session.connection().execute(text("PRAGMA page_count")).scalar_one()
        session.connection().execute(text(f"PRAGMA max_page_count = {pages}"))

    def too_much(session: Session) -> None:
        session.add(Blob(digest="x" * 5_000_000, size=1, created_at=datetime.now(UTC)))

    await database.write(adding("before"))
    await database.write(limit)
    held = threading.Event()
    first = asyncio.create_task(database.write(lambda session: held.wait(5)))
    await asyncio.sleep(0.1)
    group = [asyncio.create_task(database.write(work)) for work in (adding("a"), too_much, adding("b"))]
    await asyncio.sleep(0.1)
    held.set()
    await first
    outcomes = await asyncio.gather(*group, return_exceptions=True)
    assert isinstance(outcomes[1], Unavailable)
    assert "full" in str(outcomes[1])
    answered = {name for name, outcome in zip("a?b", outcomes, strict=True) if outcome is None}
    await database.close()
    assert digests(path) == {"before", *answered}


async def test_a_lock_that_another_process_keeps_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gqlregistry.store.sqlite.WRITER_PRAGMAS", {"busy_timeout": 100, "foreign_keys": "ON"})
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = SQLiteDatabase(path)
    with pytest.raises(Unavailable, match="another process"):
        await database.write(adding("a"))
    other.execute("COMMIT")
    other.close()
    await database.write(adding("b"))
    await database.close()
    assert digests(path) == {"b"}


async def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    database = SQLiteDatabase(tmp_path / "nowhere" / "registry.db")
    for call in (database.upgrade, database.check):
        with pytest.raises(Unavailable, match="folder"):
            await call()
    await database.close()


async def test_a_path_with_signs_of_urls_is_only_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "a b#c?d%20&mode=rw"
    os.mkdir(folder)
    database = SQLiteDatabase(folder / "registry.db")
    await database.upgrade()
    await database.write(adding("a"))
    await database.check()
    await database.close()
    assert digests(folder / "registry.db") == {"a"}
