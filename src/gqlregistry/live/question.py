"""What subscribers ask about each event. Those who ask the same share the answer, down to its bytes."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

Body: TypeAlias = bytes
"""A GraphQL answer as JSON."""

Ask: TypeAlias = Callable[[Sequence[int]], Awaitable[Sequence[Body | None]]]
"""Answers a question about events, by key, in order; None for one that the asker may not see."""

KEPT_BYTES = 256 * 1024
"""How many bytes of answers are kept for those who are a little behind the others."""


class Question:
    """Asked once about each event, however many subscribers wait for the answer. All questions go through one gate."""

    def __init__(self, ask: Ask, gate: asyncio.Semaphore) -> None:
        self._ask = ask
        self._gate = gate
        self._known: OrderedDict[int, Body | None] = OrderedDict()
        self._size = 0
        self._asked: dict[int, asyncio.Task[Mapping[int, Body | None]]] = {}
        self.subscribers = 0
        """How many wait for answers, now or later."""

    async def answers(self, keys: Sequence[int]) -> list[Body | None]:
        """The answers about events, by key, in order. Raises what asking raises."""
        found = {key: self._known[key] for key in keys if key in self._known}
        missing = [key for key in keys if key not in found and key not in self._asked]
        if missing:
            task = asyncio.create_task(self._answer(missing))
            task.add_done_callback(_seen)
            self._asked |= dict.fromkeys(missing, task)
        for task in dict.fromkeys(self._asked[key] for key in keys if key not in found):
            # Whoever leaves meanwhile does not take the answer from the others.
            found |= await asyncio.shield(task)
        return [found[key] for key in keys]

    def forget(self) -> None:
        """Keep no answer: another might be given now."""
        self._known.clear()
        self._size = 0

    async def _answer(self, keys: Sequence[int]) -> Mapping[int, Body | None]:
        try:
            async with self._gate:
                found = dict(zip(keys, await self._ask(keys), strict=True))
        finally:
            for key in keys:
                del self._asked[key]
        if self.subscribers > 1:
            self._known |= found
            self._size += sum(map(_size, found.values()))
            while self._size > KEPT_BYTES:
                self._size -= _size(self._known.popitem(last=False)[1])
        return found


def _size(body: Body | None) -> int:
    return 64 + len(body or b"")


def _seen(task: "asyncio.Task[Mapping[int, Body | None]]") -> None:
    """Take note of an error that all have left before."""
    if not task.cancelled():
        task.exception()
