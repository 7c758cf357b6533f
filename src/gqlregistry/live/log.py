"""Follows the log: reads each new line once, keeps the latest, and wakes those who want one of them."""

import asyncio
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from weakref import WeakValueDictionary

import structlog

from gqlregistry.errors import Unavailable
from gqlregistry.live import lines
from gqlregistry.live.lines import Line, Wanted
from gqlregistry.live.order import Order
from gqlregistry.plan.driver import Course, Driver, again
from gqlregistry.store.changes import News
from gqlregistry.store.database import Database
from gqlregistry.store.tables import ActionEvent

log = structlog.get_logger(__name__)

BATCH = 1000
"""How many lines are read at once."""

KEPT = 20_000
"""How many of the latest lines are kept in memory: who is not farther behind needs no statement of its own."""

PAUSE = 0.02
"""Seconds between two readings: what happens meanwhile is read at once."""

LOOK_SECONDS = 2.0
"""How often to look without having been woken: news from another process may be lost."""

GAP_SECONDS = 0.05
"""How often to look whether those who may fill a gap have ended."""

LONG_SECONDS = 10.0
"""A gap that lasts longer is worth a warning."""


class Log:
    """The log as this process tells it. It starts with the first who follows."""

    def __init__(self, database: Database, driver: Driver) -> None:
        self._database = database
        self._driver = driver
        self._order = Order(0)
        self._lines: list[Line] = []
        self._begin = 0
        """The kept lines are all there are behind this key."""
        self._signals: WeakValueDictionary[Wanted, asyncio.Event] = WeakValueDictionary()
        self._woken = asyncio.Event()
        self._course = Course()
        self._starting, self._reading = asyncio.Lock(), asyncio.Lock()
        self._next: asyncio.Task[None] | None = None
        self._task: asyncio.Task[None] | None = None
        database.changes.listen(self._wake)

    @property
    def settled(self) -> int:
        """The key up to which the log may be told."""
        return self._order.settled

    async def start(self) -> None:
        """Begin to follow, unless it does. From the end of this on, what happens is told."""
        async with self._starting:
            if self._task is None:
                newest = await self._driver.run(lines.newest(self._driver.dialect))
                before = await self._database.unfinished(ActionEvent)
                while before and not before.isdisjoint(await self._database.unfinished(ActionEvent)):
                    await asyncio.sleep(GAP_SECONDS)
                self._order.settled = self._begin = newest
                self._woken.set()
                self._task = asyncio.create_task(self._follow())

    async def catch_up(self) -> None:
        """Read what there is by now: once for all who want that before the reading begins."""
        if self._next is None:
            self._next = asyncio.create_task(self._read())
        await asyncio.shield(self._next)

    def recent(self, key: int, wanted: Wanted, limit: int) -> tuple[list[int], int] | None:
        """The keys of the first wanted lines behind a key, and how far they were looked for; None if too far back."""
        if key < self._begin:
            return None
        found = []
        for place in range(bisect_right(self._lines, key, key=_key), len(self._lines)):
            line = self._lines[place]
            key = line.key
            if wanted.has(line):
                found.append(key)
                if len(found) == limit:
                    break
        return found, key

    async def earlier(self, key: int, wanted: Wanted, limit: int) -> tuple[list[int], int]:
        """The same from the table, however far back."""
        last = self.settled
        found = await self._driver.run(lines.between(self._driver.dialect, wanted, key, last, limit))
        return found, found[-1] if len(found) == limit else max(key, last)

    async def wait(self, wanted: Wanted) -> None:
        """Wait until there is a new line of those wanted. Nothing may be awaited between `recent` and this."""
        signal = self._signals.get(wanted)
        if signal is None:
            signal = self._signals[wanted] = asyncio.Event()
        await signal.wait()

    async def close(self) -> None:
        """Follow no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        if self._next is not None:
            await asyncio.wait([self._next])
        async with self._reading:
            self._task = None

    def _wake(self, news: News) -> None:
        if news.kinds or news.vague:
            self._woken.set()

    async def _follow(self) -> None:
        async with self._database.changes.hearing():
            loop, since = asyncio.get_running_loop(), 0.0
            while True:
                seconds = GAP_SECONDS if self._order.waits else LOOK_SECONDS
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await self._woken.wait()
                self._woken.clear()
                try:
                    await self.catch_up()
                except Unavailable as error:
                    log.warning("the log can't be followed now", reason=error.message)
                except Exception:
                    log.exception("the log can't be followed now")
                if not self._order.waits:
                    since = loop.time()
                elif loop.time() - since > LONG_SECONDS:
                    log.warning("a transaction that writes events does not end, and holds up the log")
                    since = loop.time()
                await asyncio.sleep(PAUSE)

    async def _read(self) -> None:
        async with self._reading:
            self._next = None
            await self._tell_settled()

    async def _tell_settled(self) -> None:
        order, dialect, more = self._order, self._driver.dialect, True
        while more:
            blocked = order.waits and order.blocked(await self._database.unfinished(ActionEvent))
            found = await again(self._driver, lambda: lines.behind(dialect, order.settled, BATCH), self._course)
            count = order.settle([line.key for line in found], blocked)
            self._tell(found[:count])
            more = len(found) == BATCH and count > 0
            if count < len(found):
                waited = order.waits
                if not waited:
                    writers = await self._database.unfinished(ActionEvent)
                    order.wait_for(found[-1].key, writers)
                    more = more or not writers

    def _tell(self, told: Sequence[Line]) -> None:
        if not told:
            return
        self._lines.extend(told)
        if len(self._lines) > 2 * KEPT:
            del self._lines[:-KEPT]
            self._begin = self._lines[0].key - 1
        for wanted, signal in list(self._signals.items()):
            if any(map(wanted.has, told)):
                self._signals.pop(wanted, None)
                signal.set()


def _key(line: Line) -> int:
    return line.key
