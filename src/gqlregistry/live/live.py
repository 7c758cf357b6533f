"""Following events and maps: what the doors use."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple, Protocol, TypeVar

from gqlregistry.errors import BadInput
from gqlregistry.live import lines
from gqlregistry.live.lineage import ANYWHERE, AskMap, MapWatch
from gqlregistry.live.lines import Wanted
from gqlregistry.live.log import Log
from gqlregistry.live.question import Ask, Body, Question
from gqlregistry.live.streams import Streams
from gqlregistry.plan.driver import Driver
from gqlregistry.store.changes import News
from gqlregistry.store.database import Database

BATCH = 50
"""For how many events a subscriber asks at once, when it is behind."""

AT_ONCE = 4
"""How many questions are asked at once, so that those who query are not kept waiting for those who follow."""

CLOSE_SECONDS = 5.0
"""How long the streams may take to leave, at the latest end."""


class Update(NamedTuple):
    """What a subscriber is sent. `key` is that of the event, if it is one: where to go on."""

    body: Body
    key: int | None = None


class _Joined(Protocol):
    subscribers: int


J = TypeVar("J", bound=_Joined)


class Live:
    """What is told to all subscribers of a process."""

    def __init__(self, database: Database, driver: Driver, most: int, concerns: Callable[[News], bool]) -> None:
        self.log = Log(database, driver)
        self.streams = Streams(most, concerns)
        self._driver = driver
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._questions: dict[Hashable, Question] = {}
        self._maps: dict[Hashable, MapWatch] = {}
        database.changes.listen(self._hear)

    async def events(self, wanted: Wanted, after: int | None, name: Hashable, ask: Ask) -> AsyncGenerator[Update]:
        """The answers about all wanted events behind a key, or behind the newest, as soon as they may be told.

        Whoever gives the same `name` asks the same. When this returns, no event is missed from then on. Raises
        `BadInput` for a key that the log has not reached.
        """
        await self.log.start()
        if after is None:
            await self.log.catch_up()
            after = self.log.settled
        elif after > self.log.settled and after > await self._driver.run(lines.newest(self._driver.dialect)):
            raise BadInput("the log does not reach to this cursor; is the database an older copy?", "after")
        return self._events(wanted, after, name, ask)

    async def _events(self, wanted: Wanted, key: int, name: Hashable, ask: Ask) -> AsyncGenerator[Update]:
        with _joined(self._questions, name, lambda: Question(ask, self._gate)) as question:
            while True:
                found = self.log.recent(key, wanted, BATCH)
                if found is None:
                    found = await self.log.earlier(key, wanted, BATCH)
                elif not found[0]:
                    key = found[1]
                    await self.log.wait(wanted)
                    continue
                keys, key = found
                for at, body in zip(keys, await question.answers(keys), strict=True):
                    if body is not None:
                        yield Update(body, at)

    async def map(self, name: Hashable, ask: AskMap) -> AsyncGenerator[Update]:
        """The answers about a lineage map: as it is, and each time that it has become another."""
        await self.log.start()
        return self._map(name, ask)

    async def _map(self, name: Hashable, ask: AskMap) -> AsyncGenerator[Update]:
        with _joined(self._maps, name, lambda: MapWatch(ask, self._gate)) as watch:
            if watch.subscribers == 1:
                watch.start()
            try:
                version = 0
                while True:
                    body, version = await watch.next(version)
                    yield Update(body)
            finally:
                if watch.subscribers == 1:
                    watch.stop()

    def _hear(self, news: News) -> None:
        self.streams.hear(news)
        for watch in self._maps.values():
            watch.hear(news)
        if news.vague or not ANYWHERE.isdisjoint(news.kinds):
            for question in self._questions.values():
                question.forget()

    async def close(self) -> None:
        """End all streams, and follow no more."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.streams.close()
        await self.log.close()


@contextmanager
def _joined(known: dict[Hashable, J], name: Hashable, make: Callable[[], J]) -> Iterator[J]:
    """What is shared by all who give this name, as long as one of them does."""
    shared = known.get(name)
    if shared is None:
        shared = known[name] = make()
    shared.subscribers += 1
    try:
        yield shared
    finally:
        shared.subscribers -= 1
        if not shared.subscribers:
            del known[name]
