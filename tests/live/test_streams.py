"""Those who do not read, those who leave, and the end of the server."""

import asyncio
import json
import os
import signal
import socket as sockets
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from websockets.exceptions import ConnectionClosed

from gqlregistry.registry import aliases
from tests.conftest import on_sqlite
from tests.live.subscribers import EVENTS, Server, introduced, over_sse, over_websocket, subscribe
from tests.live.test_events import log_of
from tests.registry.conftest import House
from tests.serving import process

LARGE = (
    "subscription ($after: String) { actionEvents(after: $after) { cursor "
    + " ".join(f"n{number}: node {{ hash }}" for number in range(200))
    + " } }"
)
"""About 20 kB an event."""


async def fill(house: House, events: int) -> None:
    await house.log()
    for number in range(events):
        await house.do(aliases.set_alias, "local/zoo/data", "v0", f"alias-{number}")


def small_buffer(url: str) -> sockets.socket:
    """A connection that takes in little before it is read."""
    host, _, port = url.removeprefix("http://").partition(":")
    connection = sockets.socket()
    connection.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    connection.connect((host, int(port)))
    return connection


@on_sqlite
@pytest.mark.parametrize("more_settings", [{"subscriber_seconds": 0.5}])
async def test_who_does_not_read_is_dropped_and_can_go_on(served: Server) -> None:
    await fill(served.house, 400)
    everything = [event["cursor"] for event in await log_of(served)]
    cursors: list[str] = []
    ending = None
    async with introduced(served.url, sock=small_buffer(served.url), max_queue=1, close_timeout=0.1) as socket:
        payload = {"query": LARGE, "variables": {"after": ""}}
        await socket.send(json.dumps({"id": "slow", "type": "subscribe", "payload": payload}))
        async with asyncio.timeout(10):
            while len(served.services.live.streams):
                await asyncio.sleep(0.05)
        try:
            while True:
                message = json.loads(await socket.recv())
                cursors.append(message["payload"]["data"]["actionEvents"]["cursor"])
        except ConnectionClosed as closed:
            ending = closed.rcvd
    assert ending is not None
    assert ending.code == 1013
    assert "after the last cursor" in ending.reason
    assert cursors == everything[: len(cursors)]
    assert len(cursors) < len(everything)
    async with over_websocket(served.url, after=cursors[-1]) as messages:
        rest = await messages.take(len(everything) - len(cursors))
    assert cursors + [event["cursor"] for event in rest] == everything


@on_sqlite
@pytest.mark.parametrize("more_settings", [{"subscriber_seconds": 0.5}])
async def test_an_event_stream_that_is_not_read_is_closed(served: Server) -> None:
    await fill(served.house, 400)
    connection = small_buffer(served.url)
    body = json.dumps({"query": LARGE, "variables": {"after": ""}})
    connection.sendall(
        b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"
        + f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    async with asyncio.timeout(10):
        while not len(served.services.live.streams):
            await asyncio.sleep(0.01)
        while len(served.services.live.streams):
            await asyncio.sleep(0.05)
    received = b""
    while chunk := await asyncio.to_thread(connection.recv, 2**20):
        received += chunk
    assert b"event: next" in received
    # The last chunk of an answer that is whole.
    assert not received.endswith(b"0\r\n\r\n")
    connection.close()


@on_sqlite
async def test_one_who_does_not_read_does_not_keep_the_others_waiting(served: Server) -> None:
    await fill(served.house, 400)
    async with introduced(served.url, sock=small_buffer(served.url), max_queue=1, close_timeout=0.1) as slow:
        payload = {"query": LARGE, "variables": {"after": ""}}
        await slow.send(json.dumps({"id": "slow", "type": "subscribe", "payload": payload}))
        async with over_sse(served.url) as messages:
            await served.house.do(aliases.set_alias, "local/zoo/data", "v0", "production")
            assert (await messages.take(1))[0]["node"]["alias"] == "production"


@on_sqlite
async def test_those_who_leave_leave_nothing_behind(served: Server) -> None:
    live = served.services.live
    for follow in (over_sse, over_websocket):
        for _ in range(3):
            async with follow(served.url):
                assert len(live._questions) == 1
    async with asyncio.timeout(5):
        while len(live.streams) or live._questions:
            await asyncio.sleep(0.01)
    before = len(asyncio.all_tasks())
    async with over_sse(served.url), over_websocket(served.url):
        assert len(asyncio.all_tasks()) > before
    async with asyncio.timeout(5):
        while len(asyncio.all_tasks()) > before:
            await asyncio.sleep(0.05)


@on_sqlite
async def test_equal_questions_are_read_once_however_many_ask(served: Server) -> None:
    await served.house.log()
    live = served.services.live
    run, readings = served.services.driver.run, 0

    async def counted(*arguments: Any) -> Any:
        nonlocal readings
        readings += 1
        return await run(*arguments)

    async with introduced(served.url) as socket:
        # The cursor differs, and the question is the same; what is asked of an event is another one.
        subscribers = [
            await subscribe(socket, EVENTS, f"id-{number}", after="" if number % 2 else None) for number in range(20)
        ]
        more = await subscribe(socket, EVENTS.replace("cursor", "cursor __typename"), "more")
        assert sorted(question.subscribers for question in live._questions.values()) == [1, 20]
        served.services.driver.run = counted  # type: ignore[method-assign]
        await served.house.do(aliases.set_alias, "local/zoo/data", "v0", "production")
        await more.take(1)
        await asyncio.sleep(0.2)
        # One finds the line, and one or two are for each question.
        assert readings <= 6
        assert len(subscribers) == 20


async def test_the_end_of_a_server_is_told_to_all(tmp_path: Path) -> None:
    with process("--data", str(tmp_path)) as server:
        async with introduced(server.url) as socket, over_sse(server.url) as stream, AsyncClient():
            await subscribe(socket)
            stopping = asyncio.create_task(asyncio.to_thread(server.stop, signal.SIGTERM))
            with pytest.raises(StopAsyncIteration):
                await stream.next()
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1001
            assert "after the last cursor" in closed.value.rcvd.reason
            code, errors = await stopping
    assert (code, "Traceback" in errors) == (0, False)


@on_sqlite
async def test_a_subscriber_that_does_not_read_does_not_keep_the_server_from_ending(
    house: House, database_url: str, tmp_path: Path
) -> None:
    await fill(house, 400)
    options = ("--data", str(tmp_path / "data"), "--database", database_url)
    with process(*options, env={**os.environ, "GQLREGISTRY_SHUTDOWN_SECONDS": "2"}) as server:
        buffer = small_buffer(server.url)
        async with introduced(server.url, sock=buffer, max_queue=1, close_timeout=0.1) as socket:
            payload = {"query": LARGE, "variables": {"after": ""}}
            await socket.send(json.dumps({"id": "slow", "type": "subscribe", "payload": payload}))
            await asyncio.sleep(0.5)
            code, errors = await asyncio.to_thread(server.stop, signal.SIGTERM)
    assert (code, "Traceback" in errors) == (0, False)
