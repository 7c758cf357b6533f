"""The connections that stay open to be told of changes: how many there may be, and why the server ends one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import structlog

from gqlregistry import metrics
from gqlregistry.errors import RateLimited, RegistryError, Unauthenticated, Unavailable
from gqlregistry.store.changes import News

log = structlog.get_logger(__name__)

CHECK_SECONDS = 30.0
"""How often to look whether the keys of all streams are still good: one may expire, or be revoked without a word."""


class Ending(Enum):
    """Why the server ends a stream: a WebSocket's close code, and what the subscriber is told.

    Codes: RFC 6455, section 7.4, and the graphql-transport-ws protocol, whose clients give up after 4401.
    """

    STOPPING = 1001, "the server stops: subscribe again, after the last cursor"
    SLOW = 1013, "nothing was read for too long: subscribe again, after the last cursor"
    UNAUTHENTICATED = 4401, "the API key is no longer good"

    @property
    def code(self) -> int:
        """The close code."""
        return self.value[0]

    @property
    def reason(self) -> str:
        """What the subscriber is told."""
        return self.value[1]


@dataclass(slots=True, eq=False)
class Stream:
    """A connection. `check` raises `Unauthenticated` when whoever opened it may no longer."""

    check: Callable[[], Awaitable[object]]
    ended: "asyncio.Future[Any]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """The `Ending`, once the server ends it."""

    def end(self, ending: Ending) -> None:
        """End it, unless it is being ended."""
        if not self.ended.done():
            self.ended.set_result(ending)


class Streams:
    """All streams of a process. `concerns` says which news may take somebody's access away."""

    def __init__(self, most: int, concerns: Callable[[News], bool]) -> None:
        self._most = most
        self._concerns = concerns
        self._open: set[Stream] = set()
        self._left = asyncio.Event()
        self._doubted = asyncio.Event()
        self._stopping = False
        self._checking: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._open)

    @contextmanager
    def opened(self, check: Callable[[], Awaitable[object]]) -> Iterator[Stream]:
        """A stream until the end of the block. Raises `RateLimited` when there are too many, `Unavailable` when the
        server stops."""
        if self._stopping:
            raise Unavailable("the server is stopping")
        if len(self._open) >= self._most:
            raise RateLimited(f"this server keeps {self._most} subscribers connected, not more")
        stream = Stream(check)
        self._open.add(stream)
        metrics.streams.inc()
        if self._checking is None:
            self._checking = asyncio.create_task(self._check())
        try:
            yield stream
        finally:
            self._open.discard(stream)
            metrics.streams.dec()
            stream.ended.cancel()
            self._left.set()

    def hear(self, news: News) -> None:
        """Something has changed."""
        if self._concerns(news):
            self._doubted.set()

    async def _check(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECK_SECONDS):
                    await self._doubted.wait()
            self._doubted.clear()
            for stream in list(self._open):
                try:
                    await stream.check()
                except Unauthenticated:
                    stream.end(Ending.UNAUTHENTICATED)
                except RegistryError as error:
                    log.warning("a subscriber's key can't be looked up now", reason=error.message)
                except Exception:
                    log.exception("a subscriber's key can't be looked up now")

    async def close(self) -> None:
        """End all streams, and wait until they have left. Whoever comes now is sent away."""
        self._stopping = True
        for stream in list(self._open):
            stream.end(Ending.STOPPING)
        while self._open:
            self._left.clear()
            await self._left.wait()
        if self._checking is not None:
            self._checking.cancel()
            with suppress(asyncio.CancelledError):
                await self._checking
            self._checking = None
