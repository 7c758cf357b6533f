"""What streams of runs may be, on both databases: nothing that a client does wrong makes it try again for days."""

import asyncio
import json
from typing import Any

import pytest
from httpx import AsyncClient, Response

from gqlregistry.registry import runs
from gqlregistry.services import Services
from tests.conftest import on_sqlite
from tests.registry.conftest import House

pytestmark = on_sqlite

BEGIN = 'mutation ($name: String!) { upsertBucket(input: {name: $name, modelName: "zoo"}) { bucket { id } inserted } }'
JSON = {"Content-Type": "application/json"}


async def ask(client: AsyncClient, query: str, **variables: Any) -> Response:
    return await client.post("/wandb/graphql", json={"query": query, "variables": variables})


async def begin(client: AsyncClient, name: str = "it") -> None:
    assert (await ask(client, BEGIN, name=name)).status_code == 200


async def stream(client: AsyncClient, body: Any, run: str = "it") -> Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await client.post(f"/wandb/files/local/zoo/{run}/file_stream", content=content, headers=JSON)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing",
        b"\xff",
        [],
        {"files": ["x"]},
        {"files": {"output.log": []}},
        {"files": {"output.log": {"offset": "x", "content": []}}},
        {"files": {"output.log": {"offset": 0, "content": [1]}}},
        {"files": {"output.log": {"offset": -1, "content": ["x"]}}},
        {"files": {"output.log": {"offset": 2**70, "content": ["x"]}}},
        {"files": {"wandb-summary.json": {"content": "x"}}},
        {"complete": True, "exitcode": "x"},
        {"complete": True, "exitcode": [1]},
    ],
)
async def test_a_body_that_makes_no_sense_is_refused_for_good(client: AsyncClient, body: Any) -> None:
    await begin(client)
    answer = await stream(client, body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"files": None},
        {"files": {"unknown.txt": {"offset": 0, "content": ["x"]}}},
        {"files": {"wandb-summary.json": {"offset": 0, "content": []}}},
        {"files": {"wandb-summary.json": {"offset": 0, "content": ["not json"]}}},
        {"files": {"wandb-summary.json": {"offset": 0, "content": ["[1]"]}}},
        {"files": {"wandb-summary.json": {"offset": 0, "content": ['{"a": ' + "[" * 600 + "]" * 600 + "}"]}}},
        {"files": {"wandb-summary.json": {"offset": 0, "content": ["[" * 100_000]}}},
        {"files": {"wandb-history.jsonl": {"offset": 0, "content": ["not json", '{"_step": NaN}', "[" * 5000]}}},
        {"files": {"output.log": {"offset": 5, "content": ["\0", "\ud800", ""]}}},
        {"uploaded": ["a"], "preempting": None},
    ],
)
async def test_what_can_not_be_read_does_not_cost_the_rest(client: AsyncClient, body: Any) -> None:
    await begin(client)
    answer = await stream(client, body)
    assert (answer.status_code, answer.json()) == (200, {"stopped": False})


async def test_a_run_that_is_not_there_is_not_found(client: AsyncClient) -> None:
    assert (await stream(client, {})).status_code == 404


async def test_a_summary_holds_what_json_does_not_know_as_text(client: AsyncClient, services: Services) -> None:
    await begin(client)
    summary = '{"a": NaN, "b": [Infinity, -Infinity], "c": 123456789012345678901, "d\\u0000": "x\\u0000"}'
    await stream(client, {"files": {"wandb-summary.json": {"offset": 0, "content": [summary]}}})
    answer = await ask(client, 'query { project(name: "zoo") { run(name: "it") { summaryMetrics } } }')
    kept = json.loads(answer.json()["data"]["project"]["run"]["summaryMetrics"])
    assert kept == {"a": "NaN", "b": ["Infinity", "-Infinity"], "c": "123456789012345678901", "d\ufffd": "x\ufffd"}


async def test_a_summary_keeps_what_it_can(client: AsyncClient) -> None:
    await begin(client)
    deep = "[" * 70 + "]" * 70
    halves = ", ".join(f'"{name}": "{name * 600_000}"' for name in "pq")
    for extra in (f'"big": "{"x" * 1_100_000}"', f'"deep": {deep}', halves):
        body = {"files": {"wandb-summary.json": {"offset": 0, "content": [f'{{"loss": 1, {extra}}}']}}}
        assert (await stream(client, body)).status_code == 200
        answer = await ask(client, 'query { project(name: "zoo") { run(name: "it") { summaryMetrics } } }')
        kept = json.loads(answer.json()["data"]["project"]["run"]["summaryMetrics"])
        assert kept.pop("loss") == 1
        assert len(kept) == (1 if extra == halves else 0)


async def test_a_report_that_is_sent_again_is_kept_once(client: AsyncClient) -> None:
    await begin(client)
    body = {"files": {"wandb-history.jsonl": {"offset": 0, "content": ['{"_step": 0}', '{"_step": 1}']}}}
    for report in (body, body, body | {"complete": True, "exitcode": 0}, body):
        assert (await stream(client, report)).status_code == 200
    query = 'query { project(name: "zoo") { run(name: "it") { state historyLineCount history } } }'
    run = (await ask(client, query)).json()["data"]["project"]["run"]
    assert run == {"state": "finished", "historyLineCount": 2, "history": ['{"_step": 0}', '{"_step": 1}']}


async def test_beginning_again_changes_nothing(client: AsyncClient) -> None:
    answers = [(await ask(client, BEGIN, name="it")).json()["data"]["upsertBucket"] for _ in range(2)]
    assert [answer["inserted"] for answer in answers] == [True, False]
    assert answers[0]["bucket"] == answers[1]["bucket"]


@pytest.mark.parametrize(
    "variables",
    [{"name": ""}, {"name": "a/b"}, {"name": "x" * 200}, {"name": "a\0"}],
)
async def test_a_bad_name_is_refused_with_the_reason(client: AsyncClient, variables: dict[str, str]) -> None:
    answer = await ask(client, BEGIN, **variables)
    assert answer.status_code == 400
    assert "run's name" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"query": 1}', 400),
        (b'{"query": "{"}', 400),
        (b'{"query": "{ nothing }"}', 400),
        (b'{"query": "query A {viewer{id}}", "operationName": "B"}', 400),
        (b'{"query": "query ($x: Int!) {viewer{id}}"}', 400),
        (b'{"query": "query A {viewer{id}}", "operationName": ""}', 200),
        (b'{"query": "query A {viewer{id}}", "variables": {"unknown": 1}}', 200),
        (b'{"query": "query A {viewer{id}}", "variables": []}', 400),
        (b'{"query": "query A {viewer{id}}", "operationName": 1}', 400),
        (b'{"query": "{ artifact(id: \\"x\\") { id } }"}', 400),
    ],
)
async def test_a_request_is_refused_for_good(client: AsyncClient, body: bytes, status: int) -> None:
    answer = await client.post("/wandb/graphql", content=body, headers=JSON)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("path", ["graphql", "files/local/zoo/it/file_stream"])
async def test_a_page_in_a_browser_can_not_send_what_is_not_said_to_be_json(
    client: AsyncClient, path: str, kind: str
) -> None:
    await begin(client)
    answer = await client.post(
        f"/wandb/{path}", content=b'{"query": "{ viewer { id } }"}', headers={"Content-Type": kind}
    )
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (400, "the body must be application/json")


async def test_lines_survive_many_reports_at_once(client: AsyncClient, services: Services) -> None:
    await begin(client)
    for offset in range(0, 3000, 1000):
        lines = [json.dumps({"_step": step, "x": "y" * 100}) for step in range(offset, offset + 1000)]
        await stream(client, {"files": {"wandb-history.jsonl": {"offset": offset, "content": lines}}})
    spec = json.dumps({"keys": ["_step"], "samples": 10_000, "minStep": 10, "maxStep": 2999})
    query = 'query ($s: JSONString!) { project(name: "zoo") { run(name: "it") { sampledHistory(specs: [$s]) } } }'
    found = (await ask(client, query, s=spec)).json()["data"]["project"]["run"]["sampledHistory"][0]
    assert [row["_step"] for row in found] == list(range(10, 3000))


async def test_many_runs_begin_in_a_new_project_at_once(client: AsyncClient) -> None:
    names = [f"run{number % 8}" for number in range(24)]
    answers = await asyncio.gather(*(ask(client, BEGIN, name=name) for name in names))
    assert {answer.status_code for answer in answers} == {200}
    made = [answer.json()["data"]["upsertBucket"] for answer in answers]
    assert sum(each["inserted"] for each in made) == len({each["bucket"]["id"] for each in made}) == 8
    streams = await asyncio.gather(*(stream(client, {"complete": True, "exitcode": 0}, name) for name in names))
    assert {answer.status_code for answer in streams} == {200}


async def test_runs_are_sorted_and_filtered_alike_on_both_databases(client: AsyncClient) -> None:
    for number, name in enumerate("abc"):
        await begin(client, name)
        summary = json.dumps({"val/loss": -number, "text": "x"} if number else {"val/loss": "NaN"})
        await stream(client, {"files": {"wandb-summary.json": {"offset": 0, "content": [summary]}}}, name)
    query = """query ($filters: JSONString, $order: String, $after: String) { project(name: "zoo") {
        runCount(filters: $filters)
        runs(filters: $filters, order: $order, first: 2, after: $after) {
            edges { cursor node { name } } pageInfo { hasNextPage } } } }"""

    async def names(**variables: Any) -> str:
        found, after = "", None
        while True:
            answer = await ask(client, query, after=after, **variables)
            assert answer.status_code == 200, answer.text
            page = answer.json()["data"]["project"]["runs"]
            found += "".join(edge["node"]["name"] for edge in page["edges"])
            if not page["pageInfo"]["hasNextPage"]:
                assert answer.json()["data"]["project"]["runCount"] == len(found)
                return found
            after = page["edges"][-1]["cursor"]

    assert await names(order="+created_at") == "abc"
    assert await names(order="-created_at") == "cba"
    assert await names(order="-summary_metrics.val/loss") == "bca"
    assert await names(filters='{"summary_metrics.val/loss": {"$lte": -1}}') == "bc"
    assert await names(filters='{"summary_metrics.val/loss": {"$gt": -9}}') == "bc"
    assert await names(filters='{"summary_metrics.val/loss": {"$gte": "A"}}') == "a"
    assert await names(filters='{"summary_metrics.text": "x", "name": {"$in": ["a", "b"]}}') == "b"
    assert await names(filters='{"$not": {"tags": "x"}}') == "abc"
    assert await names(filters='{"tags": {"$nin": ["x"]}, "state": {"$in": ["running"]}}') == "abc"
    assert await names(filters='{"username": "local", "created_at": {"$lt": "2000-01-01"}}') == ""


async def test_a_stopped_run_is_told_so_until_it_ends(client: AsyncClient, services: Services) -> None:
    await begin(client)
    house = House(services.database, services.local)
    await house.do(runs.stop_run, "local/zoo/it")
    assert (await stream(client, {})).json() == {"stopped": True}
    assert (await stream(client, {"complete": True, "exitcode": 1})).json() == {"stopped": False}
