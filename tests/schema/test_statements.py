"""No N+1: how many statements a query takes depends on its depth, not on how much there is."""

import pytest

from gqlregistry.registry import artifacts, lineage, links, registries, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from tests.schema.api import API

NESTED = """{ collection(ref: {name: "local/zoo/data"}) { versions(first: 50) { nodes { version aliases { name }
    artifact { name createdBy { username } inputs(first: 5) { nodes { displayName
        inputs(first: 5) { nodes { name outputs(first: 5) { totalCount nodes { displayName project { path } } } } }
    } } } } } } }"""
HISTORY = """{ collection(ref: {name: "local/zoo/data"}) { actionHistory(first: 100) { nodes {
    kind actor { username } artifact { name collection { path } } run { displayName } } } } }"""
REGISTRY = """{ registry(ref: {name: "model"}) { collections { nodes { name alias(name: "latest") {
    current { version } history { version actor { username } } }
    versions { nodes { version artifact { name } } } } } } }"""
NEIGHBOURS = """{ artifact(ref: {name: "local/zoo/data:v0"}) { name outputs(first: 50) { edges {
    requestedAs via { path } node { displayName inputs(first: 5) { nodes { name } } outputs(first: 5) {
        totalCount edges { createdAt node { version tags aliases { name }
        memberships(first: 5) { nodes { name } } } } } } } } } }"""
QUERIES = {"nested": NESTED, "history": HISTORY, "registry": REGISTRY, "neighbours": NEIGHBOURS}


def some(change: Change, count: int) -> None:
    """So many runs, each of which uses the version that the one before logged."""
    registries.create_registry(change, "model")
    artifacts.log_artifact(
        change, None, "local/zoo/data", "data", files=[File("f", "etag", 1, "s3://b/k")], commit=True
    )
    for number in range(count):
        more(change, number, "data:latest")


@pytest.mark.parametrize("planned", [True, False], ids=["plan", "executor"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_statements_do_not_grow_with_breadth(api: API, planned: bool) -> None:
    """With 1, 5 and 50 of everything: on either way the same number."""
    counts: dict[str, list[int]] = {name: [] for name in QUERIES}
    await api.house.do(some, 0)
    there = 0
    for breadth in (1, 5, 50):
        await api.house.do(lambda change, a=there, b=breadth: [more(change, number) for number in range(a, b)])
        there = breadth
        for name, query in QUERIES.items():
            data, statements = await api.execute(query, planned)
            assert str(data).count("version") + str(data).count("kind") >= breadth
            counts[name].append(len(statements))
    assert counts == {"nested": [14] * 3, "history": [7] * 3, "registry": [10] * 3, "neighbours": [13] * 3}


def more(change: Change, number: int, used: str = "data:v0") -> None:
    """One more run, what it used, its version and its link."""
    run = runs.create_run(change, "local/zoo").id
    lineage.use_artifact(change, run, used)
    content = [File("f", f"etag{number}", 1, "s3://bucket/key")]
    logged = artifacts.log_artifact(change, run, "local/zoo/data", "data", files=content, commit=True)
    links.link_artifact(change, logged.artifact.id, f"model/target-{number}")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_plan_takes_two_statements_a_hop(api: API) -> None:
    await api.house.do(some, 4)
    query = '{ artifact(ref: {name: "local/zoo/data:v4"}) { name %s } }'
    counts = []
    for hops in range(4):
        nested = "name"
        for _ in range(hops):
            nested = f"inputs {{ nodes {{ name {nested} }} }}"
        _, statements = await api.execute(query % nested)
        counts.append(len(statements))
    # The name, the row, then a page of edges and its nodes for each hop.
    assert counts == [2, 4, 6, 8]
