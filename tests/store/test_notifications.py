"""News between processes: what one says, the others hear."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from gqlregistry.store import Database, open_database
from gqlregistry.store.changes import VAGUE, News
from gqlregistry.store.notifications import Notifier, read, written
from gqlregistry.store.tables import EventKind, Transit

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SOME = News(frozenset({EventKind.ALIAS_ADDED}), frozenset({1, 2}), frozenset({3}))


class Heard(list[News]):
    """What a listener has heard."""

    async def until(self, *news: News) -> None:
        async with asyncio.timeout(20):
            while not set(news) <= set(self):
                await asyncio.sleep(0.01)


@pytest_asyncio.fixture
async def other(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """The same database, as another process has it."""
    database = open_database(database_url, tmp_path)
    yield database
    await database.close()


def heard_by(database: Database) -> Heard:
    heard = Heard()
    database.changes.listen(heard.append)
    return heard


@on_postgresql
async def test_others_hear_what_was_said_and_nobody_hears_it_twice(database: Database, other: Database) -> None:
    mine, theirs = heard_by(database), heard_by(other)
    async with database.changes.hearing(), other.changes.hearing():
        await theirs.until(VAGUE)
        await mine.until(VAGUE)
        database.changes.announce(SOME)
        await theirs.until(SOME)
        other.changes.announce(News(runs=frozenset({7})))
        await mine.until(News(runs=frozenset({7})))
    assert mine.count(SOME) == theirs.count(SOME) == 1
    assert mine.count(VAGUE) == theirs.count(VAGUE) == 1


@on_postgresql
async def test_what_is_said_in_one_moment_is_said_at_once(database: Database, other: Database) -> None:
    heard = heard_by(other)
    async with other.changes.hearing():
        await heard.until(VAGUE)
        for number in range(100):
            database.changes.announce(News(runs=frozenset({number})))
        await heard.until(News(runs=frozenset(range(100))))
    assert len(heard) <= 3


@on_postgresql
async def test_a_connection_that_is_lost_is_replaced(database: Database, other: Database) -> None:
    heard = heard_by(other)
    async with other.changes.hearing():
        await heard.until(VAGUE)
        heard.clear()
        kill = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        async with database.snapshot() as connection:
            assert (await connection.execute(kill)).all() == [(True,)]
        # It may have missed something.
        await heard.until(VAGUE)
        database.changes.announce(SOME)
        await heard.until(SOME)


async def test_another_process_is_heard_of(database: Database, other: Database) -> None:
    heard = heard_by(database)
    async with database.changes.hearing():
        await asyncio.sleep(0.1)
        heard.clear()
        await other.write(lambda session: session.add(Transit(digest="some", since=datetime.now(UTC))))
        other.changes.announce(SOME)
        await heard.until(SOME if isinstance(database.changes, Notifier) else VAGUE)


async def test_nothing_is_no_news(database: Database) -> None:
    heard = heard_by(database)
    database.changes.announce(News())
    assert heard == []


def test_what_does_not_fit_into_a_notification_is_vague() -> None:
    assert read(written(SOME, "me")) == ("me", SOME)
    assert read(written(News(runs=frozenset(range(5000))), "me")) == ("me", VAGUE)


@pytest.mark.parametrize(
    "payload", ["", "nope", "[]", "null", '{"name": "x"}', '{"name": 1, "vague": false, "kinds": 5}']
)
def test_what_is_not_understood_is_vague(payload: Any) -> None:
    assert read(payload)[1] == VAGUE


def test_a_newer_program_s_kinds_are_vague() -> None:
    assert read('{"name": "x", "vague": false, "kinds": ["NEW_KIND"]}')[1] == VAGUE
