import asyncio
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlmodel import Session

from gqlregistry.store.sqlite import SQLiteDatabase
from gqlregistry.store.sqlite_readers import READERS
from gqlregistry.store.tables import Blob

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
COUNTS_FOR_EVER = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")


@pytest.fixture
async def database(tmp_path: Path):
    database = SQLiteDatabase(tmp_path / "registry.db")
    await database.upgrade()
    yield database
    await database.close()


async def test_a_work_that_nobody_waits_for_any_more_leaves_its_thread(database: SQLiteDatabase):
    begun = Event()

    def work(session: Session) -> object:
        begun.set()
        return session.connection().execute(COUNTS_FOR_EVER).scalar_one()

    for _ in range(READERS):
        begun.clear()
        reading = asyncio.create_task(database.read(work))
        await asyncio.to_thread(begun.wait, 10)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
    one = database.read(lambda session: session.connection().execute(text("SELECT 1")).scalar_one())
    assert await asyncio.wait_for(one, 10) == 1


async def test_all_of_a_work_sees_one_moment(database: SQLiteDatabase):
    changed = asyncio.Event()
    count = text("SELECT count(*) FROM blob")
    loop = asyncio.get_running_loop()

    def work(session: Session) -> tuple[int, int]:
        before = session.connection().execute(count).scalar_one()
        loop.call_soon_threadsafe(changed.set)
        waited.wait(10)
        return before, session.connection().execute(count).scalar_one()

    waited = Event()
    reading = asyncio.create_task(database.read(work))
    await changed.wait()
    await database.write(lambda session: session.add(Blob(digest="sha256:" + "0" * 64, size=3, created_at=NOW)))
    waited.set()
    assert await reading == (0, 0)
    assert await database.read(lambda session: session.connection().execute(count).scalar_one()) == 1


async def test_a_work_that_reads_can_change_nothing(database: SQLiteDatabase):
    with pytest.raises(Exception, match="read-only|readonly"):
        await database.read(lambda session: session.connection().execute(text("CREATE TABLE mine (id INTEGER)")))
