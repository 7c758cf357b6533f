"""What subscribers ask about each event. Those who ask the same share the answer, down to its bytes."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

Body: TypeAlias = bytes
"""A GraphQL answer as JSON."""

Ask: TypeAlias = Callable[[Sequence[int]], Awaitable[Sequence[Body | None]]]
"""Answers a question about events, by key, in order; None for one that the asker may not see."""

Asked: TypeAlias = dict[int, asyncio.Task[Mapping[int, Body | None]]]
"""By event, who is answering."""

KEPT_BYTES = 256 * 1024
"""How many bytes of answers are kept for those who are a little behind the others."""


class Question:
    """Asked once about each event, however many subscribers wait for the answer. All questions go through one gate."""

    def __init__(self, ask: Ask, gate: asyncio.Semaphore) -> None:
        self._ask = ask
        self._gate = gate
        self._known: OrderedDict[int, Body | None] = OrderedDict()
        self._size = 0
        self._asked: Asked = {}
        self.subscribers = 0
        """How many wait for answers, now or later."""

    async def answers(self, keys: Sequence[int]) -> list[Body | None]:
        """The answers about events, by key, in order. Raises what asking raises."""
        known, asked = self._known, self._asked
        found = {key: known[key] for key in keys if key in known}
        missing = [key for key in keys if key not in found and key not in asked]
        if missing:
            task = asyncio.create_task(self._answer(missing, known, asked))
            task.add_done_callback(_seen)
            asked |= dict.fromkeys(missing, task)
        for task in dict.fromkeys(asked[key] for key in keys if key not in found):
            # Whoever leaves meanwhile does not take the answer from the others.
            found |= await asyncio.shield(task)
        return [found[key] for key in keys]

    def forget(self) -> None:
        """Give no answer again that was asked for before: another might be given now."""
        self._known, self._asked, self._size = OrderedDict(), {}, 0

    async def _answer(
        self, keys: Sequence[int], known: OrderedDict[int, Body | None], asked: Asked
    ) -> Mapping[int, Body | None]:
        try:
            async with self._gate:
                found = dict(zip(keys, await self._ask(keys), strict=True))
        finally:
            for key in keys:
                del asked[key]
        if self.subscribers > 1 and known is self._known:
            known |= found
            self._size += sum(map(_size, found.values()))
            while self._size > KEPT_BYTES:
                self._size -= _size(known.popitem(last=False)[1])
        return found


def _size(body: Body | None) -> int:
    return 64 + len(body or b"")


def _seen(task: "asyncio.Task[Mapping[int, Body | None]]") -> None:
    """Take note of an error that all have left before."""
    if not task.cancelled():
        task.exception()
