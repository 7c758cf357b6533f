"""How long a query is worked on: until its deadline, and while its client is there."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from types import TracebackType
from typing import Any, Literal

from gqlregistry.errors import DeadlineExceeded

UNWATCHED = 0.1
"""For so many seconds nobody looks whether the client has gone: most answers are there sooner."""

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class ClientGone(Exception):
    """The client has closed the connection before it was answered."""


class Patience:
    """Cancels what its task does when the time is up or the client has gone; both come out as what they are.

    with patience:
        await execute()

    Raises `DeadlineExceeded` or `ClientGone`. The whole body of the request must have been received.
    """

    def __init__(self, seconds: float, receive: Receive, give_up: Callable[[], None]) -> None:
        self._seconds = seconds
        self._receive = receive
        self._give_up = give_up
        self._timers: list[asyncio.TimerHandle] = []
        self._watch: asyncio.Task[None] | None = None
        self._task: asyncio.Task[Any] | None = None
        self._why: Exception | None = None

    def __enter__(self) -> None:
        loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        message = f"the query was given up after {self._seconds:g} seconds: ask for less at once"
        self._timers = [
            loop.call_later(self._seconds, self._cancel, DeadlineExceeded(message)),
            loop.call_later(UNWATCHED, self._begin_watch),
        ]

    def endless(self) -> None:
        """Wait for this one, however long it takes."""
        for timer in self._timers:
            timer.cancel()

    def _begin_watch(self) -> None:
        self._watch = asyncio.ensure_future(self._watched())

    async def _watched(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._cancel(ClientGone())

    def _cancel(self, why: Exception) -> None:
        if self._task is not None and self._why is None:
            self._why = why
            self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        task, self._task = self._task, None
        self.endless()
        # A task that was cancelled knows, by its error, those who know it: nobody does any more.
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.cancel()
        if self._why is not None and task is not None:
            self._give_up()
            # A cancellation from elsewhere, such as the server's end, goes on.
            if task.uncancel() == 0 and kind is asyncio.CancelledError:
                raise self._why
        return False
