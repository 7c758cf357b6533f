"""Queries that a replica answers: with all that was written before, or not at all."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from httpx import AsyncClient
from sqlalchemy import URL, text

from gqlregistry import metrics
from gqlregistry.errors import BadInput, Unavailable
from gqlregistry.plan.driver import Course, PostgreSQLDriver, again
from gqlregistry.plan.statement import Reading, Statement
from gqlregistry.settings import Settings
from gqlregistry.store import open_database, open_replica, replica
from gqlregistry.store.postgresql import PostgreSQLDatabase
from gqlregistry.store.replica import Replica
from tests.conftest import administer, create_database, roomy_folder
from tests.replicas import Standby, followed
from tests.serving import local_server

WHERE = Statement("SELECT pg_is_in_recovery()", (), {}, 1)
VALUE = Statement("SELECT n FROM counted", (), {}, 1)
LATER = Statement("SELECT pg_sleep(0.5)", (), {}, 1)


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[URL, Standby]]:
    with followed(roomy_folder()) as servers:
        yield servers


@pytest.fixture
def standby(servers: tuple[URL, Standby], monkeypatch: pytest.MonkeyPatch) -> Standby:
    # A machine that is busy is no replica that lags.
    for name, seconds in {"PAUSE": 0.2, "LONGEST_PAUSE": 0.4, "BEHIND": 0.5, "CONNECTING": 5.0}.items():
        monkeypatch.setattr(replica, name, seconds)
    return servers[1]


@pytest.fixture
def urls(servers: tuple[URL, Standby]) -> tuple[str, str]:
    """A fresh database, and the same at the replica."""
    url = create_database(servers[0])
    at_replica = servers[1].url.set(database=url.database)
    return url.render_as_string(hide_password=False), at_replica.render_as_string(hide_password=False)


@pytest_asyncio.fixture
async def pair(urls: tuple[str, str], standby: Standby) -> AsyncIterator[tuple[PostgreSQLDatabase, Replica]]:
    database = open_database(urls[0], Path())
    assert isinstance(database, PostgreSQLDatabase)
    await database.write(lambda session: session.connection().execute(text("CREATE TABLE counted AS SELECT 0 AS n")))
    opened = open_replica(urls[1], database)
    assert opened is not None
    await until_read(opened)
    yield database, opened
    await opened.close()
    await database.close()


async def until_read(copy: Replica) -> None:
    """Wait until the replica has what it needs, such as the database."""
    async with asyncio.timeout(30):
        while await copy.check() is not None:
            await asyncio.sleep(0.1)


async def count(database: PostgreSQLDatabase) -> int:
    """One more than before."""
    statement = text("UPDATE counted SET n = n + 1 RETURNING n")
    return int(await database.write(lambda session: session.connection().execute(statement).scalar_one()))


def reading() -> Reading[tuple[int, bool]]:
    """The count, and whether a replica told it."""
    counted = yield VALUE.query()
    copy = yield WHERE.query()
    return counted[0][0], copy[0][0]


def long_reading() -> Reading[bool]:
    """Whether a replica told it, after a while."""
    yield LATER.query()
    copy = yield WHERE.query()
    return bool(copy[0][0])


async def test_what_was_written_before_is_there_whoever_wrote_it(
    pair: tuple[PostgreSQLDatabase, Replica], urls: tuple[str, str]
) -> None:
    database, copy = pair
    driver, by_whom = PostgreSQLDriver(copy), []
    elsewhere = open_database(urls[0], Path())
    assert isinstance(elsewhere, PostgreSQLDatabase)

    async def write_and_read() -> None:
        for number in range(20):
            written = await count(database if number % 2 else elsewhere)
            read, at_replica = await driver.run(reading())
            assert read >= written
            by_whom.append(at_replica)

    await asyncio.gather(*[write_and_read() for _ in range(4)])
    await elsewhere.close()
    assert True in by_whom


async def test_one_that_lags_is_not_read(
    pair: tuple[PostgreSQLDatabase, Replica], servers: tuple[URL, Standby]
) -> None:
    database, copy = pair
    driver = PostgreSQLDriver(copy)
    written = await count(database)
    assert await driver.run(reading()) == (written, True)
    await asyncio.to_thread(administer, servers[1].url, "SELECT pg_wal_replay_pause()")
    try:
        written = await count(database)
        assert await driver.run(reading()) == (written, False)
        assert "lacks" in (await copy.check() or "")
    finally:
        await asyncio.to_thread(administer, servers[1].url, "SELECT pg_wal_replay_resume()")
    await until_read(copy)
    assert await driver.run(reading()) == (written, True)


async def test_one_that_goes_in_the_middle_of_a_reading_is_not_missed(
    pair: tuple[PostgreSQLDatabase, Replica], standby: Standby
) -> None:
    database, copy = pair
    driver = PostgreSQLDriver(copy)
    assert (await driver.run(reading()))[1]
    planned = asyncio.create_task(again(driver, long_reading, Course()))
    single = asyncio.create_task(driver.run(long_reading()))
    await asyncio.sleep(0.2)
    await asyncio.to_thread(standby.stop)
    try:
        assert await planned is False
        with pytest.raises(Unavailable, match="ask again"):
            await single
        written = await count(database)
        assert await driver.run(reading()) == (written, False)
        await asyncio.sleep(2 * replica.PAUSE)
        assert await driver.run(reading()) == (written, False)
        assert await copy.check() is not None
    finally:
        await asyncio.to_thread(standby.start)
    await until_read(copy)
    assert await driver.run(reading()) == (written, True)


async def test_a_server_answers_queries_from_it(urls: tuple[str, str], standby: Standby, tmp_path: Path) -> None:
    async with local_server(Settings(data=tmp_path, database=urls[0], read_database=urls[1])) as server:
        client, services = server
        assert services.replica is not None
        await until_read(services.replica)
        assert (await client.get("/readyz")).json() == {"status": "ready", "replica": "read"}
        before = told("replica")
        for number in range(5):
            await ask(client, f'mutation {{ createRegistry(input: {{name: "t{number}"}}) {{ registry {{ name }} }} }}')
            found = await ask(client, f'{{ registry(ref: {{name: "t{number}"}}) {{ name }} }}')
            assert found == {"registry": {"name": f"t{number}"}}
        assert told("replica") - before == 5
        await asyncio.to_thread(standby.stop)
        try:
            assert await ask(client, '{ registry(ref: {name: "t1"}) { name } }') == {"registry": {"name": "t1"}}
            assert (await client.get("/readyz")).json() == {"status": "ready", "replica": "not read"}
        finally:
            await asyncio.to_thread(standby.start)


async def ask(client: AsyncClient, query: str) -> object:
    """The data of an answer without errors."""
    answer = (await client.post("/graphql", json={"query": query})).json()
    assert "errors" not in answer, answer
    return answer["data"]


def told(server: str) -> float:
    """How many readings a server has answered, as Prometheus is told."""
    return metrics.replica_reads.labels(server)._value.get()


@pytest.mark.parametrize("url", ["sqlite:///other.db", "postgresql://localhost/x", "?"])
def test_what_follows_nothing_is_refused(url: str, tmp_path: Path) -> None:
    database = open_database(None, tmp_path)
    with pytest.raises(BadInput) as refused:
        open_replica(url, database)
    assert refused.value.field == ("read_database",)
