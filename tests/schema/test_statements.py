"""No N+1: how many statements a query takes depends on its depth, not on how much there is."""

from collections.abc import Callable
from typing import Any

import pytest
import pytest_asyncio

from gqlregistry.plan.documents import Documents
from gqlregistry.plan.driver import PostgreSQLDriver
from gqlregistry.registry import artifacts, lineage, links, registries, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.schema.schema import public_schema
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
MAP = """{ artifact(ref: {name: "local/zoo/data:v1"}) { lineage { nodes { name } edges { requestedAs } mermaid
    frontier { node { name } moreInputs moreOutputs } } files { nodes { path } } } }"""
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


BY_ID = """query ($ref: ArtifactRef!) { artifact(ref: $ref) { name
    inputs(first: 2) { totalCount nodes { displayName inputs(first: 2) { edges { requestedAs node { name tags } } } } }
    outputs(first: 2) { pageInfo { hasNextPage } nodes { displayName outputs { nodes { name aliases { name } } } } }
} }"""


class Sent:
    """The statements that PostgreSQL was sent, and whether in a transaction."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements: list[bool] = []
        fetch: Callable[..., Any] = PostgreSQLDriver._fetch

        async def recorded(driver: PostgreSQLDriver, connection: Any, *args: Any) -> Any:
            self.statements.append(connection.is_in_transaction())
            return await fetch(driver, connection, *args)

        monkeypatch.setattr(PostgreSQLDriver, "_fetch", recorded)


@pytest_asyncio.fixture
async def ids(api: API) -> list[str]:
    await api.house.do(some, 12)
    versions = await api.ask('{ collection(ref: {name: "local/zoo/data"}) { versions { nodes { artifact { id } } } } }')
    return [node["artifact"]["id"] for node in versions["collection"]["versions"]["nodes"]]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_is_known_to_follow_comes_in_one_statement(
    api: API, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plans, sent = Documents(), Sent(monkeypatch)

    async def ask(**ref: str) -> Any:
        context = api.context(api.services.driver, plans)
        answer = await public_schema().execute(BY_ID, variable_values={"ref": ref}, context_value=context)
        assert (answer.errors, context.request.planned) == (None, True)
        executed = api.context(api.services.driver, Documents(compiled=False))
        statements = len(sent.statements)
        ordinary = await public_schema().execute(BY_ID, variable_values={"ref": ref}, context_value=executed)
        del sent.statements[statements:]
        assert answer.data == ordinary.data
        return answer.data

    await ask(id=ids[3])
    assert sent.statements == [True]
    await ask(id=ids[4])
    assert sent.statements == [True, False]
    # By its name it takes one more: two of them are one snapshot only in a transaction.
    await ask(name="local/zoo/data:v2")
    assert sent.statements == [True, False, False, True, True]


@pytest.mark.parametrize("planned", [True, False], ids=["plan", "executor"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_one_may_see_is_asked_in_the_same_statements(api: API, planned: bool) -> None:
    """A member of the organization, from whom things may be hidden: as many statements as the local admin."""
    await api.house.do(some, 5)
    ann = await api.house.user("ann")
    for query in [*QUERIES.values(), MAP]:
        data, statements = await api.execute(query, planned)
        seen, limited = await api.execute(query, planned, principal=ann.actor)
        assert seen == data
        assert len(limited) == len(statements)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_sees_all_gets_statements_without_any_of_it(api: API) -> None:
    await api.house.do(some, 2)
    for query in [*QUERIES.values(), MAP]:
        _, statements = await api.execute(query)
        assert not [statement for statement in statements if "FROM member AS" in statement]
