"""What takes long is answered in another process, so that it keeps nobody here waiting.

Threads share the interpreter: whoever asks little beside one that computes waits for it at each of its steps. The
process starts when it is first asked, and ends when it was not for a while. While it starts, and should it fail, what
it is asked for is to be answered here.
"""

import asyncio
import itertools
import os
import pickle
import socket
import struct
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import Context
from typing import Any

import structlog

from gqlregistry import __version__

log = structlog.get_logger(__name__)

IDLE_SECONDS = 60.0
"""For how long the process is kept that nobody needs."""
PAUSE = 30.0
"""Seconds before it is started again after it has failed."""
NICENESS = 10
"""Who asks little goes first where processors are few; as the process starts, too."""
LEAVING = 5.0
"""Seconds that it may take to end."""

READY = "ready"
_LENGTH = struct.Struct(">I")
_BUFFER = 2**22


class Line:
    """Objects to and from another process of the same release, by pickle: nobody else is at its ends."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def on(cls, end: socket.socket) -> "Line":
        """A line over one end of a pair of sockets."""
        return cls(*await asyncio.open_unix_connection(sock=end, limit=_BUFFER))

    async def send(self, thing: object) -> None:
        """Send an object. Raises `OSError` if nobody is there."""
        packed = pickle.dumps(thing)
        self._writer.write(_LENGTH.pack(len(packed)))
        self._writer.write(packed)
        await self._writer.drain()

    async def receive(self) -> Any:
        """The next object. Raises `EOFError` or `OSError` when there will be none."""
        (length,) = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))
        return pickle.loads(await self._reader.readexactly(length))

    async def close(self) -> None:
        """End it: the other side hears of that."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


class Apart:
    """The other process, seen from here: `python -m MODULE` is told `opening`, and then asked."""

    def __init__(self, module: str, opening: object, idle_seconds: float = IDLE_SECONDS) -> None:
        self._module, self._opening, self._idle_seconds = module, opening, idle_seconds
        self._life: asyncio.Task[None] | None = None
        self._line: Line | None = None
        self._idle = asyncio.timeout(None)
        self._numbers = itertools.count()
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._paused_until = 0.0
        self._started = asyncio.Event()
        """Unset while it starts."""
        self._started.set()
        self.pid: int | None = None
        """Of the process, while there is one."""

    async def answer(self, question: object, wait: bool = False) -> Any:
        """What it answers; None if it can't now, or says so itself. With `wait`, it may take its time to start."""
        if self._line is None:
            self._begin()
        if wait:
            await self._started.wait()
        line = self._line
        if line is None or self._idle.expired():
            return None
        number, asked = next(self._numbers), asyncio.get_running_loop().create_future()
        self._asked[number] = asked
        self._idle.reschedule(None)
        try:
            await line.send((number, question))
            return await asked
        except OSError:
            return None
        except asyncio.CancelledError:
            with suppress(OSError):
                await line.send((number, None))
            raise
        finally:
            del self._asked[number]
            if not self._asked and self._line is line:
                self._rest()

    def _rest(self) -> None:
        self._idle.reschedule(asyncio.get_running_loop().time() + self._idle_seconds)

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if (self._life is None or self._life.done()) and loop.time() >= self._paused_until:
            self._started.clear()
            # It is no part of the request that it starts with.
            self._life = loop.create_task(self._live(), context=Context())

    async def _live(self) -> None:
        try:
            await self._run()
        except TimeoutError:
            log.info("the process for long queries has nothing to do and has ended")
        except (EOFError, OSError) as error:
            log.warning("the process for long queries has ended, and another may start soon", reason=repr(error))
            self._paused_until = asyncio.get_running_loop().time() + PAUSE
        finally:
            self._line = self.pid = None
            self._started.set()

    async def _run(self) -> None:
        """Start it, hear what it answers, and end it. Raises `TimeoutError` once nobody has asked for a while."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            # Without -P, modules of the folder that the server was started in would come first.
            command = [sys.executable, "-P", "-m", self._module, str(theirs.fileno())]
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
            theirs.close()
            self.pid = process.pid
            log.info("a process for long queries starts", pid=process.pid)
            try:
                # Where that is not allowed, it does without.
                with suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
                await self._speak(await Line.on(ours))
            except asyncio.CancelledError:
                if not self._started.is_set():
                    # It does not listen yet.
                    process.terminate()
                raise
            finally:
                for asked in self._asked.values():
                    if not asked.done():
                        asked.set_result(None)
                await asyncio.to_thread(_leave, process)

    async def _speak(self, line: Line) -> None:
        try:
            await line.send(__version__)
            await line.send(self._opening)
            if await line.receive() == READY:
                await self._listen(line)
        finally:
            self._line = None
            await line.close()

    async def _listen(self, line: Line) -> None:
        """Hand on what it answers. Raises `TimeoutError` once nobody has asked it for a while."""
        async with asyncio.timeout(None) as self._idle:
            self._line = line
            self._started.set()
            self._rest()
            while True:
                number, answer = await line.receive()
                asked = self._asked.get(number)
                if asked is not None and not asked.done():
                    asked.set_result(answer)

    async def close(self) -> None:
        """End the process. What it still answers is not waited for."""
        if self._life is not None:
            self._life.cancel()
            await asyncio.wait([self._life])


def _leave(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(LEAVING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class OtherRelease(Exception):
    """Who started this process is of another release, which was installed over while it runs."""


async def called(end: socket.socket) -> tuple[Line, Any]:
    """The other process's side: the line, and what it is opened with. Raises `OtherRelease`."""
    line = await Line.on(end)
    if await line.receive() != __version__:
        raise OtherRelease
    return line, await line.receive()


async def answering(line: Line, answer: Callable[[Any], Awaitable[object]]) -> None:
    """The other process's side: answer what comes, several at a time, until the line ends. `answer` raises nothing."""
    at_work: dict[int, asyncio.Task[None]] = {}

    async def work(number: int, question: Any) -> None:
        with suppress(OSError):
            await line.send((number, await answer(question)))

    def begin(number: int, question: Any) -> None:
        at_work[number] = task = asyncio.create_task(work(number, question))
        task.add_done_callback(lambda _: at_work.pop(number))

    try:
        with suppress(EOFError, OSError):
            await line.send(READY)
            while True:
                number, question = await line.receive()
                if question is not None:
                    begin(number, question)
                elif number in at_work:
                    at_work[number].cancel()
    finally:
        for task in (left := list(at_work.values())):
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
