"""A query is given up when its time is up, or its client has gone; a change is not."""

import asyncio
import json
from collections.abc import AsyncIterator, MutableMapping
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from starlette.applications import Starlette

from gqlregistry.app import create_app
from gqlregistry.errors import DeadlineExceeded
from gqlregistry.plan.driver import SQLiteDriver
from gqlregistry.plan.patience import ClientGone, Patience
from gqlregistry.plan.statement import Reading, Statement
from gqlregistry.settings import Settings

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e9) SELECT count(*) FROM n"
ENDLESS = Statement(COUNT, (), {}, 1)


async def silent() -> MutableMapping[str, Any]:
    await asyncio.Event().wait()
    raise AssertionError


async def gone() -> MutableMapping[str, Any]:
    return {"type": "http.disconnect"}


def reading() -> Reading[Any]:
    return (yield ENDLESS.query())


@pytest.fixture
async def driver(tmp_path: Path) -> AsyncIterator[SQLiteDriver]:
    (tmp_path / "empty.db").touch()
    driver = SQLiteDriver(tmp_path / "empty.db")
    yield driver
    await driver.close()


async def test_what_takes_too_long_is_given_up_and_its_thread_is_free(driver: SQLiteDriver) -> None:
    began, given_up = monotonic(), []
    for _ in range(4):
        with pytest.raises(DeadlineExceeded, match="0.05 seconds"), Patience(0.05, silent, lambda: given_up.append(1)):
            await driver.run(reading())
    assert len(given_up) == 4
    await asyncio.wait_for(driver.run(short()), 5)
    assert monotonic() - began < 10


def short() -> Reading[Any]:
    return (yield Statement("SELECT 1", (), {}, 1).query())


async def test_nobody_reads_for_a_client_that_has_gone(driver: SQLiteDriver) -> None:
    with pytest.raises(ClientGone), Patience(60, gone, lambda: None):
        await driver.run(reading())
    await asyncio.wait_for(driver.run(short()), 5)


async def test_what_is_done_in_time_is_left_alone() -> None:
    with Patience(0.05, silent, lambda: pytest.fail("given up")):
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)


async def test_what_is_endless_is_waited_for() -> None:
    patience = Patience(0.01, silent, lambda: pytest.fail("given up"))
    with patience:
        patience.endless()
        await asyncio.sleep(0.1)


async def test_a_cancellation_from_elsewhere_stays_one(driver: SQLiteDriver) -> None:
    async def ask() -> None:
        with Patience(60, silent, lambda: pytest.fail("given up")):
            await driver.run(reading())

    asking = asyncio.create_task(ask())
    await asyncio.sleep(0.05)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Starlette]:
    app = create_app(Settings(data=tmp_path, query_seconds=0.3))
    async with app.router.lifespan_context(app):
        yield app


async def answered(app: Starlette, query: str) -> tuple[int, Any]:
    body, sent = json.dumps({"query": query}).encode(), []
    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
    }
    messages = iter([{"type": "http.request", "body": body}])

    async def receive() -> Any:
        for message in messages:
            return message
        return await silent()

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], json.loads(b"".join(message.get("body", b"") for message in sent))


async def test_the_client_is_told_that_its_query_took_too_long(app: Starlette, monkeypatch: Any) -> None:
    run = SQLiteDriver.run

    async def slow(self: SQLiteDriver, *args: Any) -> Any:
        await asyncio.sleep(0.6)
        return await run(self, *args)

    monkeypatch.setattr(SQLiteDriver, "run", slow)
    status, answer = await answered(app, "{ runs { totalCount } }")
    assert (status, answer["errors"][0]["extensions"]["code"]) == (504, "DEADLINE_EXCEEDED")
    made = 'mutation { createTeam(input: {name: "zoo"}) { team { name } errors { code } } }'
    assert (await answered(app, made))[1]["data"] == {"createTeam": {"team": {"name": "zoo"}, "errors": []}}
