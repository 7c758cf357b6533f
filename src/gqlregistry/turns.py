"""Who may have how many operations at work: while several users ask, each has one long one and a few short ones.

More of that user wait in turn, so that one who sends a hundred waits behind itself, and others come in between.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import NamedTuple


class Length(NamedTuple):
    """How many operations of a length a user has at work."""

    at_once: int
    alone: int
    """While nobody else asks anything."""


LONG = Length(at_once=1, alone=4)
"""A second at once would take the other reader of SQLite, too."""

SHORT = Length(at_once=1, alone=64)
"""Others wait for each of them, though not for long."""

REFUSED = Length(at_once=1, alone=1)
REFUSED_SECONDS = 0.01
"""How long a refusal of nobody known takes: an address has a hundred of them a second."""

ALONE_SECONDS = 1.0
"""For how long nobody else must have asked."""

AROUND = 0.0015
"""Seconds that a request keeps the event loop before and after its turn, and as long again for others."""

MAX_REST = 0.1
"""Seconds for which an operation that kept the event loop lets others go on before the next one of its user."""

CROWD = 4
"""How many operations of one length a person's page may send at once."""

LONG_OBJECTS = 1000
"""From how many objects on an answer is long to read and to make."""


@dataclass(slots=True)
class Line:
    """One user's operations, at work and waiting."""

    operations: Length
    at_work: int = 0
    waiting: "deque[asyncio.Future[None]]" = field(default_factory=deque)
    length: int = 0


class Turn:
    """A place at work."""

    def __init__(self, turns: "Turns", line: Line) -> None:
        self._turns = turns
        self._line: Line | None = line
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self.rests = True
        """Whether a rest comes behind it: a request has many steps, and each would wait for the next operation."""

    @property
    def is_crowded(self) -> bool:
        """Whether its user has sent many such operations at once."""
        return self._line is not None and self._line.length > CROWD

    def release(self) -> None:
        """Let the next one begin, though this one goes on: it only waits, as for a disk. Again it does nothing."""
        line, self._line = self._line, None
        if line is None:
            return
        if self.rests and line.length > 1 and not self._turns.is_alone():
            rest = min(self._loop.time() - self._began + AROUND, MAX_REST)
            self._loop.call_later(rest, self._turns.leave, line)
        else:
            self._turns.leave(line)


class Turns:
    """The lines of all users who have something at work."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int | str, Length], Line] = {}
        self._last: int | None = None
        self._shared_until = 0.0

    def __len__(self) -> int:
        return len(self._lines)

    def _hear(self, user_id: int) -> None:
        if self._last not in (None, user_id):
            self._shared_until = asyncio.get_running_loop().time() + ALONE_SECONDS
        self._last = user_id

    def is_alone(self) -> bool:
        """Whether one user has been the only one for a while."""
        return asyncio.get_running_loop().time() >= self._shared_until

    @asynccontextmanager
    async def of(self, user_id: int, length: Length) -> AsyncIterator[Turn]:
        """A turn until the end of the block, once it has come."""
        self._hear(user_id)
        async with self._in_line(user_id, length) as turn:
            yield turn

    async def hold_back(self, address: str) -> None:
        """Keep a refusal of nobody known for a moment, behind the others of its address."""
        async with self._in_line(address, REFUSED):
            await asyncio.sleep(REFUSED_SECONDS)

    @asynccontextmanager
    async def _in_line(self, who: int | str, length: Length) -> AsyncIterator[Turn]:
        line = self._lines.setdefault((who, length), Line(length))
        line.length += 1
        try:
            await self._enter(line)
            turn = Turn(self, line)
            try:
                yield turn
            finally:
                turn.release()
        finally:
            # Who sends at once what is answered without waiting would never be seen together.
            asyncio.get_running_loop().call_later(AROUND, self._forget, who, line)

    def _forget(self, who: int | str, line: Line) -> None:
        line.length -= 1
        if line.length == 0:
            del self._lines[who, line.operations]

    async def _enter(self, line: Line) -> None:
        if not line.waiting and line.at_work < self._most(line):
            line.at_work += 1
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        line.waiting.append(called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self.leave(line)
            raise

    def leave(self, line: Line) -> None:
        """A place is free. Who waits longest has it."""
        line.at_work -= 1
        while line.waiting and line.at_work < self._most(line):
            called = line.waiting.popleft()
            if not called.done():
                line.at_work += 1
                called.set_result(None)

    def _most(self, line: Line) -> int:
        return line.operations.alone if self.is_alone() else line.operations.at_once
