"""The client's door executes documents of some length, depth and cost, within a time."""

import asyncio
from typing import Any

import pytest
from httpx import AsyncClient

from gqlregistry.settings import Settings
from gqlregistry.wandb import reads
from tests.conftest import on_sqlite
from tests.serving import local_server
from tests.test_turns import left_empty

pytestmark = on_sqlite
MANY = " ".join(f"a{n}: viewer {{ id }}" for n in range(30))
PROJECT = 'project(name: "zoo", entityName: "local")'


async def told(client: AsyncClient, query: str) -> tuple[int, str]:
    answer = await client.post("/wandb/graphql", json={"query": query})
    return answer.status_code, " ".join(error["message"] for error in answer.json().get("errors", []))


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("{" + "a: viewer { id } " * 1000 + "}", "4000 tokens"),
        (
            "{ __schema { types { name } } "
            + " ".join(f"a{n}: __schema {{ queryType {{ name }} }}" for n in range(4))
            + "}",
            "__schema",
        ),
        (
            "{ " + PROJECT + " { runs(first: 1000) { edges { node { outputArtifacts(first: 1000) { edges { node { "
            "id } } } } } } } }",
            "are allowed",
        ),
        ("{" + MANY + " b: viewer { id } }", "30 fields"),
        ("{ ...A ... on Query { b: viewer { id } } } fragment A on Query {" + MANY + "}", "30 fields"),
    ],
    ids=["long", "introspection", "cost", "wide", "wide fragments"],
)
async def test_what_asks_for_too_much_is_refused(client: AsyncClient, query: str, word: str) -> None:
    status, message = await told(client, query)
    assert status == 400
    assert word in message


async def test_a_question_has_its_time(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow(*args: Any) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(reads.Reads, "read", slow)
    async with local_server(settings.model_copy(update={"query_seconds": 0.2})) as (client, services):
        status, message = await told(client, "{ " + PROJECT + " { id } }")
        assert status == 422
        assert "given up" in message
        await left_empty(services.turns)
