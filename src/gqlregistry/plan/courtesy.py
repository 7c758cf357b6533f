"""How a thread that computes lets the event loop go first."""

import asyncio
import threading
from contextlib import suppress
from time import perf_counter

SLICE = 0.0005
"""Seconds for which the event loop may have to wait for the thread."""
LONGEST = 0.05
"""Seconds that the thread waits for the event loop, at most."""


class Courtesy:
    """Called often by a thread that computes: each `SLICE`, the event loop does what is ready before that goes on.

    The loop lets go of the interpreter at each step of a small question, and would wait for the thread each time.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._until = perf_counter() + SLICE

    def __call__(self) -> None:
        """Wait, if it is time to."""
        if perf_counter() < self._until:
            return
        came_round = threading.Event()
        # A loop that is closed has nothing to do.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(came_round.set)
            came_round.wait(LONGEST)
        self._until = perf_counter() + SLICE
