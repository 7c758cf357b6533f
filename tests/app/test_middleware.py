"""What holds for every request."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from gqlregistry.app import answer_error, answer_http_error
from gqlregistry.app.middleware import BodyLimits, RequestLog
from gqlregistry.errors import RegistryError
from gqlregistry.logs import current_request_id

UPLOADED = ("/files/x", "/wandb/run-files/x/a.txt")


def client_of(handler: Callable[[Request], Awaitable[Response]], seconds: float = 5) -> AsyncClient:
    app = Starlette(
        routes=[
            Route("/", handler, methods=["GET", "POST"]),
            Route("/wandb/graphql", handler, methods=["POST"]),
            *(Route(path, handler, methods=["PUT"]) for path in UPLOADED),
        ],
        middleware=[
            Middleware(RequestLog),
            Middleware(BodyLimits, max_bytes=100, max_client_bytes=200, seconds=seconds),
        ],
        exception_handlers={RegistryError: answer_error, HTTPException: answer_http_error},
    )
    return AsyncClient(transport=ASGITransport(app), base_url="http://localhost")


async def length(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def chunks(*parts: bytes, pause: float = 0) -> AsyncIterator[bytes]:
    for part in parts:
        await asyncio.sleep(pause)
        yield part


async def test_a_sane_request_id_is_echoed_and_known_inside() -> None:
    async def tell(request: Request) -> Response:
        return PlainTextResponse(str(current_request_id()))

    answer = await client_of(tell).get("/", headers={"X-Request-ID": "trace-1.2:3"})
    assert (answer.text, answer.headers["x-request-id"]) == ("trace-1.2:3", "trace-1.2:3")


@pytest.mark.parametrize("given", [{}, {"X-Request-ID": "a b"}, {"X-Request-ID": "x" * 129}])
async def test_otherwise_a_request_gets_an_id(given: dict[str, str]) -> None:
    client = client_of(length)
    first, second = await client.get("/", headers=given), await client.get("/", headers=given)
    assert len(first.headers["x-request-id"]) == 32
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_our_own_errors_stay_ours() -> None:
    async def broken(request: Request) -> Response:
        raise RuntimeError("SELECT secret FROM place")

    answer = await client_of(broken).get("/", headers={"X-Request-ID": "r1"})
    assert (answer.status_code, "secret" in answer.text) == (500, False)
    assert answer.json()["errors"][0]["extensions"] == {"code": "INTERNAL", "requestId": "r1"}


async def test_what_the_router_refuses_is_json() -> None:
    client = client_of(length)
    missing, wrong = await client.get("/nowhere"), await client.delete("/")
    assert (missing.status_code, missing.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")
    assert (wrong.status_code, wrong.json()["errors"][0]["extensions"]["code"]) == (405, "BAD_USER_INPUT")
    assert "POST" in wrong.headers["allow"]


async def test_a_body_up_to_the_cap_is_taken() -> None:
    client = client_of(length)
    assert (await client.post("/", content=b"x" * 100)).text == "100"
    assert (await client.post("/", content=chunks(b"x" * 60, b"y" * 40))).text == "100"


async def test_a_longer_body_is_refused() -> None:
    client = client_of(length)
    announced = await client.post("/", content=b"x" * 101)
    unannounced = await client.post("/", content=chunks(b"x" * 60, b"y" * 60))
    assert (announced.status_code, unannounced.status_code) == (413, 413)
    assert announced.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("path", UPLOADED)
async def test_an_upload_may_be_longer(path: str) -> None:
    assert (await client_of(length).put(path, content=b"x" * 1000)).text == "1000"


async def test_the_wandb_client_has_a_cap_of_its_own() -> None:
    client = client_of(length)
    assert (await client.post("/wandb/graphql", content=b"x" * 200)).text == "200"
    assert (await client.post("/wandb/graphql", content=b"x" * 201)).status_code == 413
    assert (await client.post("/wandb/graphql", content=chunks(b"x" * 150, b"y" * 60))).status_code == 413


async def test_a_body_that_never_ends_is_dropped() -> None:
    client = client_of(length, seconds=0.2)
    answer = await client.post("/", content=chunks(*[b"x"] * 20, pause=0.05))
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (408, "BAD_USER_INPUT")


async def test_an_upload_may_take_long_but_not_pause_long() -> None:
    client = client_of(length, seconds=0.3)
    assert (await client.put("/files/x", content=chunks(*[b"x"] * 10, pause=0.05))).text == "10"
    assert (await client.put("/files/x", content=chunks(b"x", pause=1))).status_code == 408


async def test_a_compressed_body_is_refused() -> None:
    answer = await client_of(length).post("/", content=gzip.compress(b"x"), headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (415, "BAD_USER_INPUT")


async def test_each_request_is_logged_in_one_line_without_its_token(logged: Callable[..., Callable[[], str]]) -> None:
    shown = logged("info", "json")
    client = client_of(length)
    for path in UPLOADED:
        await client.put(path, content=b"abc", headers={"X-Request-ID": "r7"})
    lines = [json.loads(line) for line in shown().splitlines()]
    mine = [line for line in lines if line["message"] == "request"]
    assert [(line["request_id"], line["method"], line["path"], line["status"]) for line in mine] == [
        ("r7", "PUT", "/files/…", 200),
        ("r7", "PUT", "/wandb/run-files/…", 200),
    ]
