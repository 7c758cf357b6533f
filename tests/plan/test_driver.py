"""How a reading comes to its rows on SQLite: on the spot, or in a thread."""

import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gqlregistry.plan.driver import STOPS, Course, Restart, SQLiteDriver
from gqlregistry.plan.statement import Reading, Statement, aside
from gqlregistry.services import Services
from gqlregistry.store.sqlite_readers import STEPS

COUNTED = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) FROM n"


def counting(to: int) -> Reading[tuple[int, bool]]:
    """How far SQLite counted, and whether the event loop's own thread waited for it."""
    rows = yield Statement(COUNTED, ("to",), {}, 1).query(to=to)
    return rows[0][0], threading.current_thread() is threading.main_thread()


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SQLiteDriver]:
    (tmp_path / "empty.db").touch()
    driver = SQLiteDriver(tmp_path / "empty.db")
    yield driver
    await driver.close()


async def test_what_was_short_the_last_time_is_read_on_the_spot(sqlite: SQLiteDriver) -> None:
    course = Course()
    assert await sqlite.run(counting(10), course) == (10, False)
    assert await sqlite.run(counting(10), course) == (10, True)
    assert await sqlite.run(counting(10)) == (10, False)


async def test_what_was_short_and_is_long_is_read_in_a_thread(sqlite: SQLiteDriver) -> None:
    course = Course(seconds=0)
    many = STEPS * STOPS
    with pytest.raises(Restart):
        await sqlite.run(counting(many), course)
    assert await sqlite.run(counting(many), course) == (many, False)


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
async def test_long_work_is_done_in_a_thread_by_either_driver(services: Services) -> None:
    def reading() -> Reading[tuple[int, bool]]:
        rows = yield Statement("SELECT 2", (), {}, 1).query()
        by = yield from aside(threading.current_thread)
        more = yield Statement("SELECT 3", (), {}, 1).query()
        return rows[0][0] + more[0][0], by is threading.main_thread()

    assert await services.driver.run(reading()) == (5, False)
