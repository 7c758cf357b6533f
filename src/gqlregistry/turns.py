"""Who may work on something long, and when: one user has two such operations at work, more of that user wait in turn.

So one who sends a hundred waits behind itself, and others come in between.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

AT_ONCE = 2

LONG_OBJECTS = 1000
"""From how many objects on an answer is long to read and to make."""


@dataclass(slots=True)
class Line:
    """One user's operations, at work and waiting."""

    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    length: int = 0


class Turn:
    """A place at work."""

    def __init__(self, line: Line) -> None:
        self._line: Line | None = line

    def release(self) -> None:
        """Let the next one begin, though this one goes on: it only waits, as for a disk. Again it does nothing."""
        line, self._line = self._line, None
        if line is not None:
            line.places.release()


class Turns:
    """The lines of all users who have something long at work."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @asynccontextmanager
    async def of(self, user_id: int) -> AsyncIterator[Turn]:
        """A turn until the end of the block, once it has come."""
        line = self._lines.setdefault(user_id, Line())
        line.length += 1
        try:
            await line.places.acquire()
            turn = Turn(line)
            try:
                yield turn
            finally:
                turn.release()
        finally:
            line.length -= 1
            if line.length == 0:
                del self._lines[user_id]
