"""A small keep-alive HTTP client: it sends what is prepared and reads whole answers, so that it costs little itself."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import httptools
import orjson


@dataclass(slots=True)
class Load:
    """What a load found: its seconds, and the seconds of each request."""

    seconds: float
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds


class Connection(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._transport: Any = None
        self._parser: Any = None
        self._parts: list[bytes] = []
        self._waiting: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self._parts.append(body)

    def on_message_complete(self) -> None:
        """Called by the parser."""
        assert self._waiting is not None
        self._waiting.set_result(b"".join(self._parts))

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error or ConnectionError("the server closed the connection"))

    async def ask(self, request: bytes) -> bytes:
        """The body of the answer. Raises `ConnectionError` unless it is 200."""
        self._parser, self._parts = httptools.HttpResponseParser(self), []
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        body = await self._waiting
        if self._parser.get_status_code() != 200:
            raise ConnectionError(f"the server answered {self._parser.get_status_code()}: {body[:200]!r}")
        return body

    def close(self) -> None:
        """Close it."""
        self._transport.close()


def prepared(url: str, text: str, variables: dict[str, Any]) -> bytes:
    """A POST of a GraphQL request, ready to be sent."""
    body = orjson.dumps({"query": text, "variables": variables})
    head = (
        f"POST /graphql HTTP/1.1\r\nhost: {urlsplit(url).netloc}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def connect(url: str) -> Connection:
    """A connection to a server."""
    parts = urlsplit(url)
    _, connection = await asyncio.get_running_loop().create_connection(Connection, parts.hostname, parts.port)
    return connection


async def load(url: str, requests: Sequence[bytes], clients: int, seconds: float, seed: int) -> Load:
    """Keep `clients` connections busy for a while, each going round all requests from a place of its own."""
    connections = [await connect(url) for _ in range(clients)]
    choose = random.Random(seed)
    found = Load(0)
    start = perf_counter()

    async def work(connection: Connection, at: int) -> None:
        while perf_counter() - start < seconds:
            sent = perf_counter()
            await connection.ask(requests[at % len(requests)])
            found.latencies.append(perf_counter() - sent)
            at += 1

    await asyncio.gather(*[work(each, choose.randrange(len(requests))) for each in connections])
    found.seconds = perf_counter() - start
    for each in connections:
        each.close()
    return found
