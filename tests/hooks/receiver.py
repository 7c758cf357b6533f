"""An HTTP server that takes webhooks: well, badly, or without end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import orjson

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Message:
    """What was received."""

    headers: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return str(orjson.loads(self.body)["type"])

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.body)["data"]
        return found


@dataclass
class Receiver:
    """A server; `answers` are given one after the other, the last of them for ever."""

    url: str = ""
    got: list[Message] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return [message.data["kind"] for message in self.got]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:-2])}
                self.got.append(Message(headers, await reader.readexactly(int(headers["content-length"]))))
                answer = self.answers[0] if self.answers else status(204)
                del self.answers[: len(self.answers) > 1]
                await answer(writer)


@asynccontextmanager
async def receiving(*answers: Answer) -> AsyncIterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver(answers=list(answers))
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            with suppress(asyncio.CancelledError):
                await receiver.handle(reader, writer)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield receiver
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks)


def status(number: int, *headers: str) -> Answer:
    """Answer with a status and nothing else."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {number} X", "content-length: 0", *headers, "", ""]
        writer.write("\r\n".join(lines).encode())
        await writer.drain()

    return answer


async def hang(writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.Event().wait()


def endless(receiver: list[int]) -> Answer:
    """Answer well, with 10 GB; `receiver[0]` is how many bytes were taken."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()
            receiver[0] += 65536

    return answer
