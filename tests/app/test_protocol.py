"""What one may send before it has asked anything: bytes on a socket, to a server that listens."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from structlog.testing import capture_logs
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from gqlregistry.app import protocol
from gqlregistry.app.protocol import MAX_FIELDS, MAX_HEAD, Doorkeeper
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.serving import listening

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@dataclass(frozen=True)
class Wire:
    """A server, by its socket."""

    host: str
    port: int

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self.host, self.port)

    async def send(self, *parts: bytes, pause: float = 0) -> list[tuple[int, Any]]:
        """Send the parts; answer the status and the JSON of all that is answered until the server closes."""
        reader, writer = await self.open()
        told = bytearray()

        async def listen() -> None:
            with suppress(ConnectionError):
                while part := await reader.read(2**16):
                    told.extend(part)

        async with asyncio.timeout(10):
            listening = asyncio.create_task(listen())
            with suppress(ConnectionError):
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(pause)
            await listening
        writer.close()
        return answers(bytes(told))


def answers(told: bytes) -> list[tuple[int, Any]]:
    found = []
    while told:
        head, _, rest = told.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        [length] = [int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length")]
        found.append((int(head.split()[1]), json.loads(rest[:length])))
        told = rest[length:]
    return found


def code(answer: tuple[int, Any]) -> tuple[int, str]:
    return answer[0], answer[1]["errors"][0]["extensions"]["code"]


@asynccontextmanager
async def wire(settings: Settings, **changed: Any) -> AsyncIterator[Wire]:
    async with listening(settings.model_copy(update=changed)) as (url, _):
        parts = urlsplit(url)
        assert parts.hostname is not None
        assert parts.port is not None
        yield Wire(parts.hostname, parts.port)


@pytest_asyncio.fixture
async def hasty(settings: Settings) -> AsyncIterator[Wire]:
    """A server that waits a moment for a head."""
    async with wire(settings, header_seconds=0.3) as found:
        yield found


@on_sqlite
async def test_what_is_no_http_is_refused_in_json(hasty: Wire) -> None:
    for sent in (
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT localhost:1 HTTP/1.1\r\nHost: x\r\n\r\n",
        HEALTH + b"Bad Name: x\r\n\r\n",
        HEALTH + b"X: a\0b\r\n\r\n",
        POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        POST + b"Content-Length: -1\r\n\r\n",
        POST + b"Content-Length: 99999999999999999999999\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    ):
        assert [code(each) for each in await hasty.send(sent)] == [(400, "BAD_USER_INPUT")], sent


@on_sqlite
async def test_a_head_has_a_length_and_a_number_of_fields(hasty: Wire) -> None:
    for sent in (
        HEALTH + b"X: " + b"x" * MAX_HEAD + b"\r\n\r\n",
        HEALTH + b"X: " + b"x" * (8 * MAX_HEAD),
        HEALTH + b"x" * (8 * MAX_HEAD),
        b"GET /" + b"x" * MAX_HEAD + b" HTTP/1.1\r\n\r\n",
        b"GET /" + b"x" * (8 * MAX_HEAD),
        HEALTH + b"".join(b"X%d: y\r\n" % n for n in range(MAX_FIELDS + 1)) + b"\r\n",
        HEALTH + b"".join(b"X%d: %s\r\n" % (n, b"y" * 1000) for n in range(70)) + b"\r\n",
    ):
        assert [code(each) for each in await hasty.send(sent)] == [(431, "BAD_USER_INPUT")], sent[:80]
    many = b"".join(b"X%d: y\r\n" % n for n in range(MAX_FIELDS - 3))
    [(status, _)] = await hasty.send(HEALTH + many + b"Connection: close\r\n\r\n")
    assert status == 200


@on_sqlite
async def test_trailers_have_a_length_and_are_no_fields(hasty: Wire) -> None:
    chunked = POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    trailed = chunked + b"2\r\n{}\r\n0\r\n" + b"".join(b"Authorization: x%d\r\n" % n for n in range(500)) + b"\r\n"
    [answer] = await hasty.send(trailed)
    assert code(answer) == (400, "BAD_USER_INPUT")
    endless = chunked + b"2\r\n{}\r\n0\r\nX: " + b"x" * (8 * MAX_HEAD)
    assert [code(each) for each in await hasty.send(endless)] == [(431, "BAD_USER_INPUT")]


@on_sqlite
async def test_a_head_must_arrive_in_time(hasty: Wire) -> None:
    assert [code(each) for each in await hasty.send(HEALTH)] == [(408, "BAD_USER_INPUT")]
    dripped = [HEALTH, *[b"X: y\r\n"] * 20]
    assert [code(each) for each in await hasty.send(*dripped, pause=0.05)] == [(408, "BAD_USER_INPUT")]
    assert await hasty.send() == []
    assert await hasty.send(*[b"\r\n"] * 20, pause=0.05) == []


@on_sqlite
async def test_the_head_of_a_second_request_must_too(hasty: Wire) -> None:
    first, second = await hasty.send(HEALTH + b"\r\n", HEALTH, pause=0.1)
    assert (first[0], code(second)) == (200, (408, "BAD_USER_INPUT"))
    [(status, _)] = await hasty.send(HEALTH + b"\r\n", *[b"\r\n"] * 20, pause=0.05)
    assert status == 200


@on_sqlite
async def test_who_goes_on_sending_what_was_refused_is_cut_off(hasty: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "LINGER_SECONDS", 0.3)
    refused = POST + b"Content-Length: 99999999\r\n\r\n"
    [answer] = await hasty.send(refused, *[b"x"] * 30, pause=0.03)
    assert code(answer) == (413, "BAD_USER_INPUT")
    whole = POST.replace(b"application", b"text") + b"Content-Length: 4\r\n\r\n"
    reader, writer = await hasty.open()
    writer.write(whole)
    async with asyncio.timeout(10):
        await reader.readuntil(b"}")
    writer.write(b"abcd" + HEALTH + b"Connection: close\r\n\r\n")
    assert b'"status":"ok"' in await reader.read()
    writer.close()


@on_sqlite
async def test_pipelined_requests_are_answered_in_turn_unless_they_are_many(hasty: Wire) -> None:
    last = HEALTH + b"Connection: close\r\n\r\n"
    assert [each[0] for each in await hasty.send((HEALTH + b"\r\n") * 9 + last)] == [200] * 10
    assert len(await hasty.send((HEALTH + b"\r\n") * 1000)) < 1000


@on_sqlite
async def test_connections_are_counted(settings: Settings) -> None:
    async with wire(settings, max_connections=3) as server:
        held = [await server.open() for _ in range(3)]
        await asyncio.sleep(0.1)
        assert [code(each) for each in await server.send(HEALTH + b"\r\n")] == [(503, "UNAVAILABLE")]
        for _, writer in held:
            writer.close()
        await asyncio.sleep(0.1)
        [(status, _)] = await server.send(HEALTH + b"Connection: close\r\n\r\n")
        assert status == 200
    async with wire(settings, max_connections_per_address=2) as server:
        url = f"ws://{server.host}:{server.port}/graphql"
        spoken: Any = ["graphql-transport-ws"]
        async with connect(url, subprotocols=spoken), connect(url, subprotocols=spoken):
            assert [code(each) for each in await server.send(HEALTH + b"\r\n")] == [(429, "RATE_LIMITED")]
        await asyncio.sleep(0.1)
        [(status, _)] = await server.send(HEALTH + b"Connection: close\r\n\r\n")
        assert status == 200


def test_addresses_are_counted_by_customer_and_not_behind_a_proxy() -> None:
    keeper = Doorkeeper(Settings(max_connections_per_address=1))
    assert keeper.enter("2001:db8::1") is None
    assert keeper.enter("10.0.0.1") is None
    for address in ("2001:db8::2", "10.0.0.1"):
        refusal = keeper.enter(address)
        assert refusal is not None
        assert refusal[0] == 429
    assert keeper.enter("2001:db8:0:1::1") is None
    for address in ("2001:db8::1", "2001:db8::2", "10.0.0.1", "10.0.0.1", "2001:db8:0:1::1"):
        keeper.leave(address)
    assert len(keeper) == 0
    behind = Doorkeeper(Settings(max_connections_per_address=1, public_url="https://registry.example.com"))
    assert [behind.enter("10.0.0.1") for _ in range(3)] == [None] * 3


@on_sqlite
async def test_who_does_not_introduce_itself_has_half_of_the_places(settings: Settings) -> None:
    async with wire(settings, max_subscribers=4) as server:
        spoken: Any = ["graphql-transport-ws"]
        url = f"ws://{server.host}:{server.port}/graphql"
        async with connect(url, subprotocols=spoken) as known:
            await known.send('{"type": "connection_init"}')
            await known.recv()
            async with connect(url, subprotocols=spoken), connect(url, subprotocols=spoken):
                with pytest.raises(InvalidStatus) as refused:
                    async with connect(url, subprotocols=spoken):
                        pass
                assert refused.value.response.status_code == 429
            await asyncio.sleep(0.1)
            async with connect(url, subprotocols=spoken) as other:
                await other.send('{"type": "connection_init"}')
                assert "connection_ack" in str(await other.recv())


@on_sqlite
async def test_a_handshake_that_is_none_is_refused_in_json(hasty: Wire) -> None:
    upgrade = b"GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    for rest in (b"", b"Sec-WebSocket-Key: x\r\n", b"Sec-WebSocket-Version: 99\r\n"):
        [answer] = await hasty.send(upgrade + rest + b"\r\n")
        assert answer[0] in (400, 426)
        assert code(answer)[1] == "BAD_USER_INPUT"


@on_sqlite
async def test_who_hangs_up_before_the_end_is_no_error_of_ours(settings: Settings) -> None:
    async with wire(settings) as server:
        with capture_logs() as logged:
            _, writer = await server.open()
            writer.write(POST + b"Content-Length: 9\r\n\r\n{")
            await writer.drain()
            writer.close()
            async with asyncio.timeout(20):
                while not any(line["event"] == "request" for line in logged):
                    await asyncio.sleep(0.01)
        assert [(line["event"], line.get("status")) for line in logged] == [("request", 499)]
