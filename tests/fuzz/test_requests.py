"""Whatever bytes come over the wire, to any door, are answered or the connection is closed; and the server goes on."""

import asyncio
import gc
import json
from contextlib import suppress
from random import Random

import pytest
from httpx import AsyncClient
from websockets.exceptions import ConnectionClosed

from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.fuzz.asking import KEY, make_key
from tests.fuzz.judging import GROWTH, HERE, Judge, leak_in, memory
from tests.live.subscribers import introduced
from tests.serving import listening

HEADS, REQUESTS, SOCKETS, FRAMES = 2600, 1600, 120, 12
AT_ONCE = 16
PATIENCE = 20
"""Seconds after which a server that was told that nothing more comes has hung."""

PATHS = [
    *(
        "/graphql",
        "/graphql?query={viewer{id}}",
        "/wandb/graphql",
        "/wandb/files/local/zoo/run/file_stream",
        "/metrics",
    ),
    *("/files/x", "/files/e30.e30/a", "/wandb/run-files/x/a.txt", "/wandb/manifests/x", "/wandb/artifactsV2/x/y/z"),
    *(
        "/",
        "/search?q=%00",
        "/registry/..%2f..%2fetc/passwd",
        "/ui/assets/../../pages.py",
        "/ui/assets/%2e%2e/x",
        "/session",
    ),
    *(
        "/healthz",
        "/readyz",
        "/nothing",
        "//",
        "/%ff%fe",
        "/graphql/",
        "*",
        "http://elsewhere/graphql",
        "/session/oidc",
    ),
]
# Who can't sign in is told so after a second.
WELL_FORMED = [each for each in PATHS if each.startswith("/") and each not in ("//", "/session")]
METHODS = ["GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW", ""]
FIELDS = [
    *("Content-Type: application/json", "Content-Type: text/plain", "Content-Type: application/json; charset=utf-7"),
    *(
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Encoding: gzip",
        "Content-Length: 5",
        "Content-Length: -1",
    ),
    *(
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked, gzip",
        "Expect: 100-continue",
    ),
    *(
        "Accept: application/graphql-response+json",
        "Accept: text/html",
        "Accept: text/event-stream",
        "Accept: a/b;q=x",
        "Accept: ,;=,",
    ),
    *(
        "Authorization: Bearer",
        "Authorization: Basic !!!",
        "Authorization: Basic OjpvOg==",
        "Authorization: Negotiate x",
    ),
    *(
        "Cookie: gqlregistry_session=x.y.z",
        "Cookie: =;;=",
        "Origin: null",
        "Origin: http://[",
        "Sec-Fetch-Site: cross-site",
    ),
    *(
        "Host: localhost",
        "Host: evil.example",
        "Host: [::1",
        "X-Request-ID: a b",
        "X-Forwarded-For: ,,",
        "traceparent: 00-x-y-z",
    ),
    *(
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: x",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: x",
    ),
    *(
        "Range: bytes=9-1",
        "Range: bytes=-",
        "If-None-Match: *",
        "Last-Event-ID: \\x",
        f"X: {'y' * 4000}",
        ": nameless",
        "no colon",
    ),
]
BODIES = [
    *(
        b"",
        b"null",
        b"1",
        b"[]",
        b"{}",
        b'{"query": null}',
        b'{"query": 1}',
        b'[{"query": "{a}"}]',
        b"\xff\xfe",
        b"NaN",
    ),
    *(
        b"[" * 20_000,
        b'{"a":' * 5_000,
        b'{"query": "\\ud800"}',
        b'{"query": "{ viewer { id } }"}',
        b"5\r\nhello\r\n0\r\n\r\n",
    ),
    *(b'{"query": "{ viewer { id } }", "variables": {"a": 1e999}}', b'{"query": "{ node(id: \\"\\u0000\\") { id } }"}'),
    *(b'{"query": "query($a: Int!) { runs(first: $a) { totalCount } }", "variables": {"a": 99999999999999999999}}',),
    *(b'{"query": "{ viewer { id } }", "operationName": []}', b'{"query": "{ viewer { id } }", "extensions": 5}'),
    *(
        b'{"documentId": "sha256:x"}',
        b'{"query": "' + b"{a" * 3000 + b'"}',
        b'{"files": {"x": {"offset": -1, "content": [1]}}}',
    ),
]


def head(random: Random) -> bytes:
    """A request, more or less."""
    method, path = random.choice(METHODS), random.choice(PATHS)
    version = random.choice(["HTTP/1.1"] * 6 + ["HTTP/1.0", "HTTP/9.9", "ICY", ""])
    body = random.choice(BODIES)
    fields = random.sample(FIELDS, random.randint(0, 6))
    if random.random() < 0.6:
        fields += [f"Content-Length: {len(body) + random.choice([0, 0, 0, 0, 1, -1])}"]
    if random.random() < 0.6:
        fields += ["Content-Type: application/json", f"Authorization: Bearer {KEY}"]
    end = random.choice(["\r\n"] * 8 + ["\n", "\r", "\r\n\t"])
    text = f"{method} {path} {version}{end}" + "".join(f"{field}{end}" for field in fields) + end
    data = bytearray(text.encode("latin-1", errors="replace") + body)
    if random.random() < 0.4:
        for _ in range(random.randint(1, 5)):
            data[random.randrange(len(data)) :][:1] = bytes([random.randrange(256)])
            place = random.randrange(len(data))
            data[place : place + random.randint(0, 3)] = random.randbytes(random.randint(0, 3))
    return bytes(data)


async def raw(port: int, data: bytes) -> bytes:
    """All that a server answers to some bytes, behind which nothing comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(PATIENCE):
            with suppress(ConnectionError):
                writer.write(data)
                await writer.drain()
                writer.write_eof()
            with suppress(ConnectionError):
                return await reader.read()
            return b""
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


def look(judge: Judge, asked: bytes, answer: bytes) -> None:
    """Each answer in what came over a connection is none of ours to be ashamed of."""
    if not answer:
        judge.seen["closed"] += 1
        return
    assert answer.startswith(b"HTTP/1.1 "), (asked, answer[:200])
    status = int(answer[9:12])
    assert status < 500 or b"/readyz" in asked or status == 503, (asked, answer[:2000])
    if b"/ui/" not in asked and b"<!doctype" not in answer[:2000].lower():
        assert leak_in(answer) is None, (asked, leak_in(answer), answer[:2000])
    judge.seen[f"HTTP {status}"] += 1


@on_sqlite
@pytest.mark.usefixtures("seldom_collected")
async def test_malformed_requests(settings: Settings) -> None:
    random, judge = Random(11), Judge()
    async with listening(settings) as (url, services):
        await make_key(services)
        port = int(url.rpartition(":")[2])
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(data: bytes) -> None:
            async with gate:
                look(judge, data, await raw(port, data))

        await asyncio.gather(*(one(head(random)) for _ in range(HEADS // 3)))
        gc.collect()
        held = memory()
        await asyncio.gather(*(one(head(random)) for _ in range(HEADS - HEADS // 3)))
        gc.collect()
        assert memory() - held < GROWTH
        assert judge.seen["HTTP 400"] > HEADS // 10, judge.seen
        assert judge.seen.total() - judge.seen["HTTP 400"] - judge.seen["closed"] > HEADS // 20, judge.seen
        async with AsyncClient(base_url=url) as client:
            assert (await client.get("/healthz")).status_code == 200


@on_sqlite
@pytest.mark.usefixtures("seldom_collected")
async def test_well_formed_requests_with_anything_in_them(settings: Settings) -> None:
    random, judge = Random(13), Judge()
    async with listening(settings) as (url, services), AsyncClient(base_url=url, timeout=PATIENCE) as client:
        await make_key(services)
        for _ in range(REQUESTS):
            method, path = random.choice(METHODS[:7]), random.choice(WELL_FORMED)
            headers = {
                "Authorization": f"Bearer {KEY}",
                "Content-Type": random.choice(["application/json", "text/plain"]),
            }
            if random.random() < 0.3:
                headers["Accept"] = random.choice(
                    ["application/graphql-response+json", "text/html", "image/png", "*/*;q=0"]
                )
            body = random.choice(BODIES)
            if random.random() < 0.3:
                body = bytes(
                    random.choice([byte, random.randrange(256)]) if random.random() < 0.1 else byte
                    for byte in body[:300]
                )
            try:
                async with client.stream(method, path, content=body, headers=headers) as answer:
                    kind = answer.headers.get("content-type", "")
                    if "event-stream" in kind:
                        judge.seen["stream"] += 1
                        continue
                    content = await answer.aread()
            except ValueError:
                judge.seen["not sendable"] += 1
                continue
            asked = (method, path, headers, body[:200])
            if "html" in kind or path.startswith(("/ui", "/metrics")):
                assert answer.status_code < 500, asked
            elif content and path.startswith("/wandb") and "json" in kind:
                assert answer.status_code < 500, (asked, content[:500])
                assert leak_in(content) is None, (asked, content[:500])
            elif content:
                judge.answered(asked, answer.status_code, content, content_type=kind)
            assert answer.status_code < 500, asked
        assert judge.seen["HTTP 200"] > REQUESTS // 50, judge.seen


def frame(random: Random) -> str | bytes:
    """What a client says over a WebSocket, more or less."""
    if random.random() < 0.5:
        sensible = {"id": str(random.randrange(99)), "type": "subscribe", "payload": {"query": "{ viewer { id } }"}}
        return json.dumps(random.choice([sensible, {"type": "ping"}]))
    kind = random.choice(["connection_init", "subscribe", "complete", "ping", "pong", "next", "", None, 5])
    query = random.choice(
        ["{ viewer { id } }", "subscription { actionEvents { cursor } }", "{", "", 5, None, "\0", "{a}" * 500]
    )
    payload = random.choice(
        [{"query": query}, {"query": query, "variables": random.choice([{}, [], 5])}, None, [], "x", {}]
    )
    message = {"type": kind, "id": random.choice(["1", "2", "", "x" * 300, None, 5]), "payload": payload}
    for name in list(message):
        if random.random() < 0.1:
            del message[name]
    text = json.dumps(message)
    if random.random() < 0.2:
        place = random.randrange(len(text))
        text = text[:place] + random.choice(["", "\0", "}", '"', "[" * 1000]) + text[place + random.randint(0, 3) :]
    return text.encode() if random.random() < 0.05 else text


@on_sqlite
async def test_malformed_frames(settings: Settings) -> None:
    random, judge = Random(17), Judge()
    async with listening(settings) as (url, services):
        await make_key(services)

        async def one() -> None:
            async with introduced(url, {"Authorization": f"Bearer {KEY}"}) as socket:
                with suppress(ConnectionClosed):
                    for _ in range(FRAMES):
                        await socket.send(frame(random))
                        with suppress(TimeoutError):
                            async with asyncio.timeout(0.02):
                                answer = json.loads(await socket.recv())
                                if answer["type"] == "error":
                                    judge.errors("a frame", {"errors": answer["payload"]})
                                judge.seen[answer["type"]] += 1
            judge.seen[f"closed {socket.close_code}"] += 1
            assert socket.close_code != 1011, socket.close_reason
            assert leak_in((socket.close_reason or "").encode()) is None

        for _ in range(SOCKETS // 8):
            await asyncio.gather(*(one() for _ in range(8)))
        assert judge.seen["next"] > 0, judge.seen
        assert judge.seen["closed 4400"] > SOCKETS // 4, judge.seen
        async with introduced(url, {"Authorization": f"Bearer {KEY}"}) as socket:
            await socket.send('{"id": "1", "type": "subscribe", "payload": {"query": "{ viewer { username } }"}}')
            assert json.loads(await socket.recv())["payload"]["data"] == {"viewer": {"username": "fuzzer"}}


@pytest.mark.parametrize("told", ["Traceback (most recent call last)", "SELECT id FROM run", str(HERE / "x")])
def test_a_leak_would_be_seen(told: str) -> None:
    assert leak_in(told.encode()) is not None
