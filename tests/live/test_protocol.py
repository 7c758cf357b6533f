"""What a WebSocket client may say, who it is, and where it may come from."""

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
from httpx import AsyncClient, HTTPStatusError
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedError, InvalidStatus

from gqlregistry.errors import BadInput
from gqlregistry.registry import keys
from gqlregistry.schema import websocket
from gqlregistry.schema.view import graphql_routes
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.live.subscribers import EVENTS, PROTOCOL, Server, introduced, over_sse, over_websocket, subscribe

pytestmark = on_sqlite

STREAM = "text/event-stream"
KEY = "local-" + "0123456789" * 4
OTHER = "other-" + "0123456789" * 4
SUBSCRIBE = {"id": "1", "type": "subscribe", "payload": {"query": "subscription { actionEvents { cursor } }"}}


def address(server: Server) -> str:
    return f"{server.url.replace('http', 'ws', 1)}/graphql"


async def closed(socket: Any) -> tuple[int, str]:
    """The code and the reason with which the server closes."""
    async with asyncio.timeout(10):
        with suppress(ConnectionClosed):
            while True:
                await socket.recv()
    return socket.close_code, socket.close_reason


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", 4400),
        ("nonsense", 4400),
        (b'{"type": "ping"}', 4400),
        ("[]", 4400),
        ("null", 4400),
        ("1", 4400),
        ("{}", 4400),
        ('{"type": null}', 4400),
        ('{"type": "nope"}', 4400),
        ('{"type": "' + "x" * 500 + '"}', 4400),
        ("[" * 100_000, 4400),
        ('{"type": "subscribe"}', 4400),
        ('{"type": "subscribe", "id": 1, "payload": {"query": "{ viewer { id } }"}}', 4400),
        ('{"type": "subscribe", "id": "", "payload": {"query": "{ viewer { id } }"}}', 4400),
        ('{"type": "subscribe", "id": "' + "x" * 500 + '", "payload": {"query": "{ viewer { id } }"}}', 4400),
        ('{"type": "subscribe", "id": "1"}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": []}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {"query": 1}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {"query": "{ viewer { id } }", "variables": []}}', 4400),
        ('{"type": "complete"}', 4400),
        ('{"type": "complete", "id": {}}', 4400),
        ('{"type": "connection_init"}', 4429),
        ("x" * 2**20 + "x", 1009),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_malformed_frames_close_the_connection_and_nothing_else(
    served: Server, frame: str | bytes, code: int
) -> None:
    async with introduced(served.url) as socket:
        await socket.send(frame)
        assert (await closed(socket))[0] == code
    async with over_websocket(served.url, "{ viewer { username } }") as messages:
        assert await messages.take(1) == [{"username": "local"}]


async def test_text_that_is_none_closes_the_connection(served: Server) -> None:
    async with introduced(served.url) as socket:
        socket.protocol.send_text(b"\xff\xfe")
        socket.send_data()
        assert (await closed(socket))[0] == 1007


async def test_what_is_harmless_is_let_pass(served: Server) -> None:
    async with introduced(served.url, payload={}) as socket:
        for frame in ({"type": "pong"}, {"type": "complete", "id": "gone"}, {"type": "ping", "payload": {"a": 1}}):
            await socket.send(json.dumps(frame))
        assert json.loads(await socket.recv()) == {"type": "pong"}


async def test_an_id_is_used_once_at_a_time(served: Server) -> None:
    async with introduced(served.url) as socket:
        await socket.send(json.dumps(SUBSCRIBE))
        await socket.send(json.dumps({"type": "complete", "id": "1"}))
        await socket.send(json.dumps(SUBSCRIBE))
        await socket.send(json.dumps(SUBSCRIBE))
        assert (await closed(socket))[0] == 4409


async def test_a_completed_subscription_sends_no_more(served: Server) -> None:
    async with introduced(served.url) as socket:
        messages = await subscribe(socket, EVENTS, "one")
        await served.house.log()
        await messages.take(1)
        await socket.send(json.dumps({"type": "complete", "id": "one"}))
        await socket.send(json.dumps({"type": "ping"}))
        while json.loads(await socket.recv())["type"] != "pong":
            pass
        await served.house.log(content="b")
        assert await messages.nothing()
    assert not served.services.live._questions


async def test_who_does_not_introduce_itself_is_closed(served: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "INIT_SECONDS", 0.2)
    async with connect(address(served), subprotocols=[PROTOCOL]) as socket:
        assert (await closed(socket))[0] == 4408
    async with connect(address(served), subprotocols=[PROTOCOL]) as socket:
        await socket.send(json.dumps(SUBSCRIBE))
        assert (await closed(socket))[0] == 4401


@pytest.mark.parametrize("protocols", [None, ["graphql-ws"], ["nope"]])
async def test_no_other_protocol_is_spoken(served: Server, protocols: Any) -> None:
    async with connect(address(served), subprotocols=protocols) as socket:
        assert (await closed(socket))[0] == 4406


ORIGINS = pytest.mark.parametrize(
    "more_settings", [{"allowed_origins": "https://app.example.com, http://b.example:8080"}]
)


async def test_pages_of_its_own_subscribe_as_the_local_user(served: Server) -> None:
    async with introduced(served.url, origin=served.url), over_sse(served.url, headers={"origin": served.url}):
        pass


@ORIGINS
@pytest.mark.parametrize("origin", ["https://app.example.com", "HTTPS://App.Example.com:443"])
async def test_pages_of_allowed_origins_subscribe_with_a_key(served: Server, origin: str) -> None:
    with pytest.raises(ConnectionClosedError, match="4401"):
        async with introduced(served.url, origin=origin):
            pass
    with pytest.raises(HTTPStatusError, match="FORBIDDEN"):
        async with over_sse(served.url, headers={"origin": origin}):
            pass
    await make_keys(served)
    key = f"Bearer {KEY}"
    async with introduced(served.url, {"Authorization": key}, origin=origin):
        pass
    async with over_sse(served.url, headers={"origin": origin, "authorization": key}):
        pass


@ORIGINS
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "nonsense"])
async def test_pages_of_other_origins_may_not_subscribe(served: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with introduced(served.url, origin=origin):
            pass
    assert refused.value.response.status_code == 403
    assert json.loads(refused.value.response.body)["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    with pytest.raises(HTTPStatusError, match="FORBIDDEN"):
        async with over_sse(served.url, headers={"origin": origin}):
            pass


async def make_keys(server: Server) -> int:
    """Two keys; the id of the first."""
    await server.house.do(keys.create_key, "local", "other", OTHER)
    key, _ = await server.house.do(keys.create_key, "local", "test", KEY)
    found: int = key.id
    return found


async def test_a_key_may_come_with_the_handshake_or_with_the_introduction(served: Server) -> None:
    await make_keys(served)
    headers = {"Authorization": f"Bearer {KEY}"}
    for more in (
        {"additional_headers": headers},
        {"payload": headers},
        {"payload": {"authorization": f"bearer {KEY}"}},
        {"payload": headers, "additional_headers": {"Authorization": f"Bearer {OTHER}"}},
    ):
        async with introduced(served.url, **more) as socket:
            assert await (await subscribe(socket, "{ viewer { username } }")).take(1) == [{"username": "local"}]
    for payload in ({}, {"Authorization": "Bearer nope"}, {"Authorization": KEY}, {"Authorization": 1}):
        async with connect(address(served), subprotocols=[PROTOCOL]) as socket:
            await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            assert (await closed(socket))[0] == 4401
    with pytest.raises(InvalidStatus) as refused:
        async with introduced(served.url, additional_headers={"Authorization": "Bearer nope"}):
            pass
    assert refused.value.response.status_code == 401
    with pytest.raises(HTTPStatusError, match="UNAUTHENTICATED"):
        async with over_sse(served.url):
            pass


async def test_a_revoked_key_ends_its_subscriptions(served: Server) -> None:
    key = await make_keys(served)
    mine, others = {"Authorization": f"Bearer {KEY}"}, {"Authorization": f"Bearer {OTHER}"}
    async with (
        introduced(served.url, payload=mine) as socket,
        over_sse(served.url, headers=mine) as stream,
        introduced(served.url, payload=others) as other,
    ):
        await subscribe(socket)
        left = await subscribe(other)
        await served.house.do(keys.revoke_key, key)
        assert await closed(socket) == (4401, "the API key is no longer good")
        while "errors" not in (answer := await stream.next()):
            pass
        assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        with pytest.raises(StopAsyncIteration):
            await stream.next()
        await left.until(lambda event: event["node"]["kind"] == "API_KEY_REVOKED")
        assert await left.nothing()


@pytest.mark.parametrize("more_settings", [{"max_subscribers": 2, "max_subscriptions": 2}])
async def test_there_are_only_so_many_at_once(served: Server) -> None:
    async with introduced(served.url) as socket, over_sse(served.url):
        with pytest.raises(InvalidStatus) as refused:
            async with introduced(served.url):
                pass
        assert refused.value.response.status_code == 429
        with pytest.raises(HTTPStatusError, match="RATE_LIMITED"):
            async with over_sse(served.url):
                pass
        one = await subscribe(socket, EVENTS, "one")
        await socket.send(json.dumps({**SUBSCRIBE, "id": "two"}))
        await socket.send(json.dumps({**SUBSCRIBE, "id": "three"}))
        answer = json.loads(await socket.recv())
        assert (answer["id"], answer["type"]) == ("three", "error")
        assert answer["payload"][0]["extensions"]["code"] == "RATE_LIMITED"
        await served.house.log()
        await one.take(1)
    async with over_sse(served.url):
        pass


@pytest.mark.parametrize("more_settings", [{"ping_seconds": 0.1}])
async def test_an_idle_event_stream_says_that_it_lives(served: Server) -> None:
    query = {"query": "subscription { actionEvents { cursor } }"}
    async with (
        AsyncClient() as client,
        client.stream("GET", f"{served.url}/graphql", params=query, headers={"accept": STREAM}) as response,
    ):
        assert response.headers["content-type"] == STREAM
        assert response.headers["cache-control"] == "no-cache, no-transform"
        lines = response.aiter_lines()
        assert [await anext(lines) for _ in range(4)] == [": ping", "", ": ping", ""]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (STREAM, STREAM),
        ("text/event-stream, multipart/mixed", STREAM),
        ("application/json, text/event-stream", "application/json"),
        ("text/event-stream, application/json", "application/json"),
        ("text/event-stream, application/json;q=0.5", STREAM),
        ("*/*", "application/json"),
    ],
)
async def test_a_query_is_streamed_only_where_that_is_liked_better(served: Server, accept: str, kind: str) -> None:
    async with AsyncClient() as client:
        query = {"query": "{ viewer { username } }"}
        response = await client.post(f"{served.url}/graphql", json=query, headers={"accept": accept})
        assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, kind)
        body = SUBSCRIBE["payload"]
        async with client.stream("POST", f"{served.url}/graphql", json=body, headers={"accept": accept}) as response:
            streamed = "event-stream" in accept
            assert (response.status_code == 200) == streamed
            assert response.headers["content-type"].startswith(STREAM) == streamed


async def test_a_mutation_is_not_sent_by_get(served: Server) -> None:
    params = {"query": 'mutation { createTeam(input: {name: "crew"}) { team { name } } }'}
    async with AsyncClient() as client:
        response = await client.get(f"{served.url}/graphql", params=params, headers={"accept": STREAM})
    assert response.status_code == 405


@pytest.mark.parametrize("origins", ["nonsense", "*", "https://app.example.com, *"])
def test_an_origin_that_is_none_is_told_at_the_start(settings: Settings, origins: str) -> None:
    with pytest.raises(BadInput, match="ALLOWED_ORIGINS"):
        graphql_routes(settings.model_copy(update={"allowed_origins": origins}))
