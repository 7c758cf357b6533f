"""What an operation made is gone with it: it does not wait for a collection of garbage, for which others would."""

import asyncio
import gc
from typing import Any

import pytest
from strawberry.types.graphql import OperationType

from gqlregistry.plan import patience
from gqlregistry.schema.operations import QUERY_OR_MUTATION, Operations
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.schema.api import API

CHANGE = """mutation ($name: String!) {
    createTeam(input: {name: $name}) { team { id } events { kind } errors { code } } }"""
OPERATIONS = {
    "a query": "{ viewer { username } artifacts(first: 5) { nodes { name inputs { nodes { id } } } } }",
    "an error": '{ viewer { username } artifacts(first: 5) { nodes { name } } node(id: "x") { id } }',
    "a change": CHANGE,
    "a refusal": CHANGE,
    "a document": "{ nothing }",
}
COUNT = 20


@on_sqlite
@pytest.mark.parametrize("name", OPERATIONS)
async def test_an_operation_leaves_no_circles(
    api: API, settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # As for one that takes long, somebody looks whether its client is still there.
    monkeypatch.setattr(patience, "UNWATCHED", 0)
    operations = Operations(settings)

    async def never() -> Any:
        return await asyncio.get_running_loop().create_future()

    async def execute(number: int) -> None:
        variables = {"name": "apes" if name == "a refusal" else f"apes-{number}"} if "$" in OPERATIONS[name] else {}
        context = operations.context(api.services, "http://localhost", api.services.local)
        allowed: set[OperationType] = set(QUERY_OR_MUTATION)
        answer = await operations.execute({"query": OPERATIONS[name], "variables": variables}, context, never, allowed)
        assert answer.executed is (name != "a document")
        assert (b"CONFLICT" in await answer.body()) is (name == "a refusal" and number > 0)
        await asyncio.sleep(0)

    await execute(0)
    await execute(1)
    gc.collect()
    gc.disable()
    try:
        for number in range(2, 2 + COUNT):
            await execute(number)
        # What validation with its variables leaves is graphql-core's own.
        assert gc.collect() <= (30 if name == "a document" else 10) * COUNT
    finally:
        gc.enable()
