"""What the log says of slow operations."""

import json
from collections.abc import Callable
from typing import Any

from gqlregistry.schema.trusted import TrustedDocument
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.serving import local_server

RUNS = "query Runs { runs { totalCount } }"


async def slow_lines(settings: Settings, logged: Callable[..., Callable[[], str]], query: str) -> list[Any]:
    shown = logged("info", "json")
    async with local_server(settings) as (client, _):
        await client.post("/graphql", json={"query": query, "operationName": "Runs"})
    lines = [json.loads(line) for line in shown().splitlines()]
    return [line for line in lines if line["message"] == "slow operation"]


@on_sqlite
async def test_a_slow_operation_is_named_by_its_documents_digest(settings: Settings, logged: Any) -> None:
    [line] = await slow_lines(settings.model_copy(update={"slow_seconds": 1e-6}), logged, RUNS)
    assert line["document"] == TrustedDocument("", RUNS).id
    assert (line["operation"], line["kind"], line["planned"], line["outcome"]) == ("Runs", "query", True, "ok")
    assert (line["user"], line["level"], line["objects"]) == ("local", "warning", 0)
    assert line["milliseconds"] > 0
    assert line["request_id"]


@on_sqlite
async def test_one_that_is_refused_says_with_which_code(settings: Settings, logged: Any) -> None:
    [line] = await slow_lines(settings.model_copy(update={"slow_seconds": 1e-6}), logged, "query Runs { nothing }")
    assert (line["kind"], line["outcome"]) == ("unknown", "GRAPHQL_VALIDATION_FAILED")


@on_sqlite
async def test_a_quick_one_is_not_mentioned(settings: Settings, logged: Any) -> None:
    assert await slow_lines(settings.model_copy(update={"slow_seconds": 60}), logged, RUNS) == []
