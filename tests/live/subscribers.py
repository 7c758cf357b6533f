"""Subscribers, over both transports, with the clients of others: `websockets` and `httpx`."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import httpx
from websockets.asyncio.client import ClientConnection, connect

from gqlregistry.services import Services
from tests.registry.conftest import House

PROTOCOL: Any = "graphql-transport-ws"
PATIENCE = 20
"""Seconds after which something that should come is taken to be missing."""

EVENTS = """subscription ($after: String, $collection: CollectionRef, $registry: RegistryRef, $kinds: [EventKind!]) {
    actionEvents(after: $after, collection: $collection, registry: $registry, kinds: $kinds) {
        cursor node { id kind alias tag collection { name } }
    }
}"""
MAP = "subscription ($node: ID!) { lineageChanged(node: $node) { nodes { __typename name } edges { requestedAs } } }"


@dataclass
class Server:
    """A server that listens, and the same by its rules."""

    url: str
    services: Services

    @property
    def house(self) -> House:
        return House(self.services.database, self.services.local)


@dataclass
class Messages:
    """What a subscriber receives. `ended` says why it is over."""

    source: AsyncGenerator[Any]
    received: list[Any] = field(default_factory=list)

    async def next(self) -> Any:
        """The next answer. Raises `StopAsyncIteration` when it is over."""
        async with asyncio.timeout(PATIENCE):
            self.received.append(await anext(self.source))
        return self.received[-1]

    async def take(self, count: int) -> list[Any]:
        """The data of the next answers, under their one field."""
        found = []
        for _ in range(count):
            answer = await self.next()
            assert "errors" not in answer, answer
            found.append(next(iter(answer["data"].values())))
        return found

    async def until(self, is_last: Callable[[Any], bool]) -> list[Any]:
        """The data of all answers up to one."""
        found = await self.take(1)
        while not is_last(found[-1]):
            found += await self.take(1)
        return found

    async def nothing(self, seconds: float = 0.3) -> bool:
        """Whether nothing comes for a while. Nothing can be received after this."""
        try:
            async with asyncio.timeout(seconds):
                await anext(self.source)
        except TimeoutError:
            return True
        return False


Subscribe: TypeAlias = Callable[..., AbstractAsyncContextManager[Messages]]


@asynccontextmanager
async def over_sse(
    url: str, query: str = EVENTS, headers: dict[str, str] | None = None, **variables: Any
) -> AsyncIterator[Messages]:
    """A subscription as an event stream. When this begins, it is following."""
    body = {"query": query, "variables": variables}
    async with (
        httpx.AsyncClient(timeout=PATIENCE) as client,
        client.stream(
            "POST", f"{url}/graphql", json=body, headers={"accept": "text/event-stream", **(headers or {})}
        ) as response,
    ):
        if response.status_code != 200:
            raise httpx.HTTPStatusError((await response.aread()).decode(), request=response.request, response=response)
        yield Messages(_events(response))


async def _events(response: httpx.Response) -> AsyncGenerator[Any]:
    name = ""
    async for line in response.aiter_lines():
        kind, _, value = line.partition(": ")
        if kind == "event":
            name = value
        elif kind.startswith("data") and name == "next":
            yield json.loads(value)
        elif kind.startswith("data") and name == "complete":
            return


@asynccontextmanager
async def introduced(url: str, payload: Any = None, **more: Any) -> AsyncIterator[ClientConnection]:
    """A WebSocket whose client is known."""
    # Without a bound, closing does not wait for what was not read.
    more = {"max_queue": None, **more}
    async with connect(f"{url.replace('http', 'ws', 1)}/graphql", subprotocols=[PROTOCOL], **more) as socket:
        init = {"type": "connection_init"} | ({"payload": payload} if payload is not None else {})
        await socket.send(json.dumps(init))
        assert json.loads(await socket.recv()) == {"type": "connection_ack"}
        yield socket


async def subscribe(socket: ClientConnection, query: str = EVENTS, id: str = "one", **variables: Any) -> Messages:
    """Subscribe over a WebSocket. When this returns, it is following."""
    payload = {"query": query, "variables": variables}
    await socket.send(json.dumps({"id": id, "type": "subscribe", "payload": payload}))
    # Nothing in the protocol tells when a subscription has begun: an operation after it is answered after it.
    asked = {"query": "{ serverInfo { version } }"}
    await socket.send(json.dumps({"id": f"{id}-began", "type": "subscribe", "payload": asked}))
    early: list[Any] = []
    while (message := json.loads(await socket.recv())).get("id") != f"{id}-began" or message["type"] != "complete":
        if message.get("id") == id:
            early.append(message)
    await asyncio.sleep(0.1)
    return Messages(_messages(socket, id, early))


async def _messages(socket: ClientConnection, id: str, early: list[Any]) -> AsyncGenerator[Any]:
    while True:
        message = early.pop(0) if early else json.loads(await socket.recv())
        if message.get("id") != id:
            continue
        if message["type"] == "complete":
            return
        if message["type"] == "error":
            yield {"errors": message["payload"]}
            return
        yield message["payload"]


@asynccontextmanager
async def over_websocket(
    url: str, query: str = EVENTS, headers: dict[str, str] | None = None, **variables: Any
) -> AsyncIterator[Messages]:
    """A subscription over a WebSocket of its own. When this begins, it is following."""
    async with introduced(url, additional_headers=headers) as socket:
        yield await subscribe(socket, query, **variables)
