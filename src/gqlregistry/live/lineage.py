"""Lineage maps that are sent again when they may have changed.

What counts: an edge of a node in the map; what a mutation or the wandb client sets of a run in it; an event about one
of its artifacts; a collection or project renamed, a role given or taken, whoever it concerns. Heartbeats and the lines
of a run's history do not. The map is then read again, and sent if it is another one. Where another process on the same
SQLite file has changed something, it is not known what: then maps are read again, but more seldom.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

import structlog

from gqlregistry.errors import INTERNAL, RegistryError, Unavailable
from gqlregistry.live.question import Body
from gqlregistry.store.changes import News
from gqlregistry.store.tables import EventKind

log = structlog.get_logger(__name__)

PAUSE = 0.5
"""Seconds from a change to the reading: many changes come together, as when a run logs its outputs."""

VAGUE_PAUSE = 5.0
"""The same where it is not known what has changed."""

RETRY_PAUSE = 2.0

ANYWHERE = {
    EventKind.COLLECTION_UPDATED,
    EventKind.COLLECTION_DELETED,
    EventKind.REGISTRY_UPDATED,
    EventKind.REGISTRY_DELETED,
    EventKind.PROJECT_UPDATED,
    EventKind.PROJECT_DELETED,
    EventKind.MEMBER_SET,
    EventKind.MEMBER_REMOVED,
}
"""What may change what is shown, or to whom, of things that the event does not name."""


@dataclass(slots=True, eq=False)
class Around:
    """The nodes that the last reading of a map has found, by key."""

    runs: frozenset[int] = frozenset()
    artifacts: frozenset[int] = frozenset()


AskMap: TypeAlias = Callable[[Around], Awaitable[Body]]
"""Answers a question about a map, and notes its nodes. Raises `NotFound` for a node that may not be seen."""


@dataclass(slots=True, eq=False)
class MapWatch:
    """Reads a map when it may have changed, for all who ask the same of it."""

    ask: AskMap
    gate: asyncio.Semaphore
    """Through which all questions go."""
    subscribers: int = 0
    body: Body | None = None
    """The latest answer."""
    version: int = 0
    """How many different answers there were."""
    error: RegistryError | None = None
    """Why there will be no more."""
    around: Around = field(default_factory=Around)
    _due: asyncio.Event = field(default_factory=asyncio.Event)
    _soon: asyncio.Event = field(default_factory=asyncio.Event)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _reading: bool = False
    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.create_task(self._watch())

    def stop(self) -> None:
        """Watch no more."""
        if self._task is not None:
            self._task.cancel()

    def hear(self, news: News) -> None:
        """Something has changed."""
        touched = (
            self._reading
            or not self.around.runs.isdisjoint(news.runs)
            or not self.around.artifacts.isdisjoint(news.artifacts)
            or not ANYWHERE.isdisjoint(news.kinds)
        )
        if touched:
            self._soon.set()
        if touched or news.vague:
            self._due.set()

    async def next(self, version: int) -> tuple[Body, int]:
        """The latest answer, once there is another one than that of this version, and its version. Raises `error`."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.version > version or self.error is not None)
        if self.error is not None:
            raise self.error
        assert self.body is not None
        return self.body, self.version

    async def _watch(self) -> None:
        while self.error is None:
            self._due.clear()
            self._soon.clear()
            # Which nodes it finds is not known yet: until then all news may concern it.
            self._reading = True
            try:
                async with self.gate:
                    body = await self.ask(self.around)
            except Unavailable as error:
                log.warning("a lineage can't be read now", reason=error.message)
                self._due.set()
                await asyncio.sleep(RETRY_PAUSE)
            except RegistryError as error:
                self.error = error
            except Exception:
                # Not to be waited for any more: those who follow are told so.
                log.exception("a lineage can't be followed")
                self.error = RegistryError(INTERNAL)
            else:
                if body != self.body:
                    self.body, self.version = body, self.version + 1
            finally:
                self._reading = False
            async with self._changed:
                self._changed.notify_all()
            if self.error is None:
                await self._due.wait()
                with suppress(TimeoutError):
                    async with asyncio.timeout(VAGUE_PAUSE):
                        await self._soon.wait()
                await asyncio.sleep(PAUSE)
