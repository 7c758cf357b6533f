"""Health and the whole server in one process."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from gqlregistry.services import Services
from gqlregistry.settings import Settings
from tests.serving import listening


async def test_healthz_answers(client: AsyncClient) -> None:
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_readyz_answers_for_database_and_blobs(client: AsyncClient) -> None:
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


async def test_readyz_tells_which_part_fails(client: AsyncClient, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "blobs")
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "failed": {"blobs": "UNAVAILABLE"}})
    assert (await client.get("/healthz")).status_code == 200


async def test_what_is_asked_is_answered(client: AsyncClient, services: Services) -> None:
    answer = await client.post("/graphql", json={"query": "{ viewer { username } }"})
    assert answer.json()["data"] == {"viewer": {"username": services.local.username}}


@pytest.mark.parametrize("path", ["/graphql", "/wandb/graphql"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_client_that_leaves_in_the_middle_is_no_fault(settings: Settings, path: str, logged: Any) -> None:
    shown = logged("info", "json")
    async with listening(settings) as (url, _):
        _, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{{"
        )
        writer.write(head.encode())
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.close()
        await writer.wait_closed()
    lines = [json.loads(line) for line in shown().splitlines()]
    assert [(line["status"], line["level"]) for line in lines if line.get("path") == path] == [(499, "info")]
    assert not [line for line in lines if line["level"] == "error"]
