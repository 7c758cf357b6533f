"""One reader of the log: in an order in which nothing is skipped, from memory or from the table."""

import asyncio
from collections.abc import AsyncIterator, Callable
from random import Random
from typing import Any

import pytest
import pytest_asyncio
from sqlmodel import Session, col, select

from gqlregistry.live import log as log_module
from gqlregistry.live.lines import Wanted
from gqlregistry.live.log import Log
from gqlregistry.plan.driver import driver_for
from gqlregistry.registry import tags
from gqlregistry.registry.change import Change
from gqlregistry.store import Database
from gqlregistry.store.database import waiting
from gqlregistry.store.tables import ActionEvent, EventKind
from tests.live.conftest import on_postgresql
from tests.registry.conftest import House

ALL = Wanted()


@pytest_asyncio.fixture
async def log(house: House) -> AsyncIterator[Log]:
    """A log that is followed."""
    driver = driver_for(house.database)
    log = Log(house.database, driver)
    await log.start()
    yield log
    await log.close()
    await driver.close()


async def table(database: Database, above: int = 0) -> list[int]:
    statement = select(ActionEvent.id).where(col(ActionEvent.id) > above).order_by(col(ActionEvent.id))
    return await database.write(lambda session: list(session.exec(statement)))


async def take(log: Log, key: int, count: int, wanted: Wanted = ALL) -> list[int]:
    """The keys of the next lines, as a subscriber comes by them."""
    found: list[int] = []
    async with asyncio.timeout(20):
        while len(found) < count:
            lines = log.recent(key, wanted, 7) or await log.earlier(key, wanted, 7)
            if not lines[0]:
                await log.wait(wanted)
            found, key = found + lines[0], lines[1]
    return found[:count]


class Writer:
    """A transaction that has appended an event, and ends when it is told to."""

    def __init__(self, house: House, collection: str) -> None:
        self._house = house
        self._collection = collection
        self._appended, self._end = asyncio.Event(), asyncio.Event()
        self._fails = False

    async def append(self) -> None:
        """Begin; when this returns, the event's key is taken."""
        wait, loop = waiting(), asyncio.get_running_loop()

        def work(session: Session) -> None:
            change = Change(session, self._house.actor)
            tags.tag_collection(change, self._collection, "tag")
            change.finish()
            loop.call_soon_threadsafe(self._appended.set)
            wait(self._end.wait())
            if self._fails:
                raise RuntimeError("not after all")

        self._task = asyncio.create_task(self._house.database.write(work))
        await self._appended.wait()

    async def end(self, commits: bool) -> None:
        self._fails = not commits
        self._end.set()
        await asyncio.wait([self._task])
        assert (self._task.exception() is None) == commits


@on_postgresql
@pytest.mark.parametrize("commits", [True, False])
async def test_an_event_whose_transaction_lasts_holds_up_those_behind_it(house: House, log: Log, commits: bool) -> None:
    for name in ("a", "b", "c"):
        await house.log(name)
    await log.catch_up()
    begin = log.settled
    slow = Writer(house, "local/zoo/a")
    await slow.append()
    for name in ("b", "c"):
        await house.do(tags.tag_collection, f"local/zoo/{name}", "tag")
    await asyncio.sleep(0.3)
    await log.catch_up()
    assert (log.settled, log.recent(begin, ALL, 9)) == (begin, ([], begin))
    assert len(await table(house.database, begin)) == 2
    await slow.end(commits)
    there = await table(house.database, begin)
    assert len(there) == 2 + commits
    assert await take(log, begin, len(there)) == there


@on_postgresql
async def test_a_log_that_is_opened_amid_a_transaction_misses_nothing_of_it(house: House) -> None:
    for name in ("a", "b"):
        await house.log(name)
    slow = Writer(house, "local/zoo/a")
    await slow.append()
    await house.do(tags.tag_collection, "local/zoo/b", "tag")
    driver = driver_for(house.database)
    log = Log(house.database, driver)
    starting = asyncio.create_task(log.start())
    await asyncio.sleep(0.2)
    assert not starting.done()
    before = (await table(house.database))[-1]
    await slow.end(commits=True)
    await starting
    # What it can tell of has begun behind both: whoever begins now has missed nothing that ends from now on.
    assert log.settled == before
    there = await table(house.database)
    assert await take(log, 0, len(there)) == there
    await log.close()
    await driver.close()


async def test_whatever_overlaps_all_who_follow_are_told_the_same(house: House, database_url: str) -> None:
    """Writers of a few collections, some of which give up, followed by two logs."""
    names = [f"c{number}" for number in range(6)]
    for name in names:
        await house.log(name)
    drivers = [driver_for(house.database) for _ in range(2)]
    logs = [Log(house.database, driver) for driver in drivers]
    for log in logs:
        await log.start()
    begin, random = (await table(house.database))[-1], Random(database_url)
    wait = waiting()

    def tag(name: str, number: int, seconds: float, fails: bool) -> Callable[[Session], None]:
        def work(session: Session) -> None:
            change = Change(session, house.actor)
            tags.tag_collection(change, f"local/zoo/{name}", f"tag-{number}")
            change.finish()
            if "postgresql" in database_url:
                wait(asyncio.sleep(seconds))
            if fails:
                raise RuntimeError("not after all")

        return work

    async def write(name: str) -> None:
        for number in range(15):
            try:
                await house.database.write(tag(name, number, random.random() / 20, random.random() < 0.2))
            except RuntimeError:
                continue

    async def follow(log: Log) -> list[int]:
        await written.wait()
        return await take(log, begin, len(await table(house.database, begin)))

    written = asyncio.Event()
    early = asyncio.create_task(take(logs[0], begin, 20))
    following = [asyncio.create_task(follow(log)) for log in logs]
    await asyncio.gather(*map(write, names))
    written.set()
    there = await table(house.database, begin)
    assert len(there) > 30
    assert await asyncio.gather(*following) == [there, there]
    assert await early == there[:20]
    for log, driver in zip(logs, drivers, strict=True):
        await log.close()
        await driver.close()


async def test_memory_and_table_answer_the_same(house: House, log: Log) -> None:
    begin = log.settled
    registry = await house.registry()
    for name in ("a", "b"):
        await house.log(name)
    await log.catch_up()
    every = await house.look(lambda session: [event.model_dump() for event in session.exec(select(ActionEvent))])
    by_id = {event["id"]: event for event in every}
    collection = max(event["collection_id"] or 0 for event in by_id.values())
    some = frozenset({EventKind.VERSION_ADDED, EventKind.REGISTRY_CREATED})
    for wanted in (
        ALL,
        Wanted(collection=collection),
        Wanted(registry=registry.id),
        Wanted(kinds=some),
        Wanted(kinds=frozenset()),
        Wanted(collection=collection, kinds=some),
        Wanted(registry=registry.id, kinds=some),
    ):
        expected = [
            key
            for key, event in sorted(by_id.items())
            if key > begin
            and wanted.collection in (None, event["collection_id"])
            and wanted.registry in (None, event["registry_id"])
            and (wanted.kinds is None or event["kind"] in wanted.kinds)
        ]
        assert bool(expected) == (wanted.kinds != frozenset())
        for limit in (1, 2, 99):
            at_hand = log.recent(begin, wanted, limit)
            assert at_hand is not None
            assert at_hand[0] == (await log.earlier(begin, wanted, limit))[0] == expected[:limit]


async def test_who_is_too_far_behind_for_the_memory_reads_the_table(
    house: House, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "KEPT", 3)
    begin = log.settled
    for number in range(5):
        await house.log(content=str(number))
        await log.catch_up()
    assert log.recent(begin, ALL, 9) is None
    there = await table(house.database, begin)
    assert await take(log, begin, len(there)) == there


async def test_many_who_want_it_read_now_share_the_readings(house: House, log: Log) -> None:
    statements = 0
    run = log._driver.run

    async def counted(*arguments: Any) -> Any:
        nonlocal statements
        statements += 1
        return await run(*arguments)

    log._driver.run = counted  # type: ignore[method-assign]
    await asyncio.gather(*(log.catch_up() for _ in range(200)))
    assert statements <= 3


async def test_what_another_process_writes_without_a_word_is_found(house: House, log: Log) -> None:
    begin = log.settled

    def work(session: Session) -> None:
        change = Change(session, house.actor)
        tags.tag_collection(change, "local/zoo/data", "tag")
        change.finish()

    await house.log()
    after = (await table(house.database))[-1]
    # As `gqlregistry key create` does: past `apply`, which would announce it.
    await house.database.write(work)
    there = await table(house.database, begin)
    assert there[-1] > after
    assert await take(log, begin, len(there)) == there
