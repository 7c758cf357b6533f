"""Health and the whole server in one process."""

import shutil
from pathlib import Path

from httpx import AsyncClient

from gqlregistry.services import Services


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
