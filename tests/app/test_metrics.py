"""What Prometheus is told, and who may see it."""

import json
import re
from pathlib import Path

from httpx import AsyncClient

from gqlregistry import metrics
from gqlregistry.registry import keys, people
from gqlregistry.services import Services
from tests.conftest import on_sqlite
from tests.registry.conftest import House

DASHBOARD = Path(__file__).parents[2] / "deploy" / "grafana" / "gqlregistry.json"
SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$", re.M)


async def counted(client: AsyncClient) -> dict[tuple[str, str], float]:
    """All samples, by name and labels."""
    answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {(name, labels): float(value) for name, labels, value in SAMPLE.findall(answer.text)}


@on_sqlite
async def test_what_was_asked_and_changed_is_counted(client: AsyncClient) -> None:
    before = await counted(client)
    for query in (
        "{ viewer { username } }",
        "{ nothing }",
        "{",
        'mutation { createTeam(input: {name: "crew"}) { team { name } } }',
        "{ __schema { queryType { name } } }",
    ):
        await client.post("/graphql", json={"query": query})
    await client.request("BREW", "/files/nothing")
    after = await counted(client)
    new = {sample: after[sample] - before.get(sample, 0) for sample in after}
    operations = "gqlregistry_operations_total"
    assert new[operations, 'kind="query",outcome="ok",planned="True"'] == 1
    assert new[operations, 'kind="query",outcome="ok",planned="False"'] == 1
    assert new[operations, 'kind="mutation",outcome="ok",planned="False"'] == 1
    assert new[operations, 'kind="unknown",outcome="GRAPHQL_VALIDATION_FAILED",planned="False"'] == 1
    assert new[operations, 'kind="unknown",outcome="GRAPHQL_PARSE_FAILED",planned="False"'] == 1
    assert new["gqlregistry_requests_total", 'door="graphql",method="POST",status="200"'] == 5
    assert new["gqlregistry_requests_total", 'door="files",method="other",status="405"'] == 1
    assert new["gqlregistry_request_seconds_count", 'door="graphql"'] == 5
    assert new["gqlregistry_commit_seconds_count", ""] >= 1
    assert ("process_resident_memory_bytes", "") in after


@on_sqlite
async def test_only_an_admin_sees_it(client: AsyncClient, services: Services) -> None:
    house = House(services.database, services.local)
    await house.do(people.create_user, "ann")
    secrets = [(await house.do(keys.create_key, name, "scraper"))[1] for name in ("local", "ann")]
    answers = [
        await client.get("/metrics", headers={"Authorization": f"Bearer {secret}"} if secret else {})
        for secret in (*secrets, None)
    ]
    assert [each.status_code for each in answers] == [200, 403, 401]
    assert [answers[1].json()["errors"][0]["extensions"]["code"]] == ["FORBIDDEN"]


def test_the_dashboard_asks_for_what_there_is() -> None:
    panels = json.loads(DASHBOARD.read_text())["panels"]
    asked = {
        name
        for panel in panels
        for target in panel["targets"]
        for name in re.findall(r"\b(?:gqlregistry|process)_\w+", target["expr"])
    }
    told = set(re.findall(r"^# TYPE (\w+)", metrics.exposed().decode(), re.M))
    assert len(asked) >= 8
    assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in asked} - told == set()


def test_the_docs_say_what_each_metric_counts() -> None:
    page = (DASHBOARD.parents[2] / "docs" / "monitoring.md").read_text()
    told = re.findall(r"^# HELP (gqlregistry_\w+) (.*)$", metrics.exposed().decode(), re.M)
    assert len(told) >= 10
    for name, words in told:
        if not name.endswith("_created"):
            assert re.search(rf"^\| `{name}` \|.*\| {re.escape(words)} \|$", page, re.M), name
