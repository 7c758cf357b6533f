"""Pages: whatever their size, both ways, each row comes once and in order, also while rows come and go."""

import asyncio
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gqlregistry.registry import artifacts, collections, lineage, links, registries, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from tests.schema.api import API

EXAMPLES = {"sqlite": 30, "postgresql": 10}
COUNT = 23

PAGE = "first: $first, after: $after, last: $last, before: $before"
VARIABLES = "query ($first: Int, $after: String, $last: Int, $before: String)"
SHAPE = """{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { ...Key } } nodes { ...Key } }"""


@dataclass(frozen=True)
class List:
    """A connection: how it is reached, of what type its nodes are, what tells them apart, how its field is called."""

    path: str
    type: str
    key: str = "id"
    arguments: str = ""

    @property
    def query(self) -> str:
        head, _, field = self.path.rpartition(" > ")
        arguments = f"{PAGE} {self.arguments}"
        inner = f"list: {field}({arguments}) {SHAPE}"
        for step in reversed(head.split(" > ") if head else []):
            inner = f"owner: {step} {{ {inner} }}"
        return f"{VARIABLES} {{ {inner} }} fragment Key on {self.type} {{ key: {self.key} }}"


DATA, HUB = 'collection(ref: {name: "local/zoo/data"})', 'run(ref: {name: "local/zoo/hub"})'
LISTS = [
    List("runs", "Run"),
    List("runs", "Run", arguments="orderBy: {field: NAME}"),
    List("runs", "Run", arguments="orderBy: {field: NAME, direction: DESC}"),
    List("runs", "Run", arguments="orderBy: {field: CREATED_AT}"),
    List("runs", "Run", arguments='filter: {nameContains: "run-1"}'),
    List("artifacts", "Artifact"),
    List("collections", "Collection"),
    List("collections", "Collection", arguments="filter: {kind: [REGISTRY]}"),
    List("projects", "Project"),
    List("registries", "Registry"),
    List("users", "User"),
    List("actionEvents", "ActionEvent"),
    List("actionEvents", "ActionEvent", arguments="orderBy: {field: CREATED_AT, direction: ASC}"),
    List("search", "SearchResult", "name", arguments='text: "run"'),
    List(f"{DATA} > versions", "Membership"),
    List(f"{DATA} > versions", "Membership", arguments="orderBy: {field: VERSION}"),
    List(f"{DATA} > actionHistory", "ActionEvent", arguments="kinds: [VERSION_ADDED, ALIAS_ADDED]"),
    List(f"{HUB} > inputs", "Artifact"),
    List(f"{HUB} > outputs", "Artifact"),
    List('artifact(ref: {name: "local/zoo/data:v0"}) > inputs', "Run"),
    List('artifact(ref: {name: "local/zoo/data:v0"}) > outputs', "Run"),
    List('artifact(ref: {name: "local/zoo/data:v0"}) > memberships', "Membership"),
    List('artifact(ref: {name: "local/zoo/data:v0"}) > files', "File", "path"),
    List('project(ref: {name: "local/zoo"}) > runs', "Run"),
    List('project(ref: {name: "local/zoo"}) > collections', "Collection"),
    List('registry(ref: {name: "model"}) > collections', "Collection"),
    List('registry(ref: {name: "model"}) > actionHistory', "ActionEvent"),
]


def fill(change: Change) -> None:
    """A run, a version and a link of everything, and one of each that has them all as neighbours."""
    registries.create_registry(change, "model")
    hub = runs.create_run(change, "local/zoo", "hub").id
    many = [File(f"dir/{n:02}", "etag", 1, "s3://bucket/key") for n in range(COUNT)]
    first = artifacts.log_artifact(change, hub, "data", "data", files=many, commit=True).artifact.id
    for number in range(COUNT):
        add(change, number, first, hub)


def add(change: Change, number: int, first: int, hub: int) -> None:
    run = runs.create_run(change, "local/zoo", f"run-{number}", f"run-{number}").id
    content = [File("f", f"etag{number}", 1, "s3://bucket/key")]
    logged = artifacts.log_artifact(change, hub, "data", "data", files=content, commit=True).artifact.id
    lineage.use_artifact(change, run, first)
    lineage.use_artifact(change, hub, logged)
    again = [File(f"dir/{n:02}", "etag", 1, "s3://bucket/key") for n in range(COUNT)]
    artifacts.log_artifact(change, run, "data", "data", files=again, commit=True)
    links.link_artifact(change, first, f"model/c{number}")
    collections.create_collection(change, f"s{number}", "data", "local/zoo")


async def ask(api: API, list_: List, **page: Any) -> Any:
    """One page; its parts must agree with each other."""
    found = await api.ask(list_.query, **page)
    while "list" not in found:
        found = found["owner"]
    page_ = found["list"]
    cursors = [edge["cursor"] for edge in page_["edges"]]
    assert [edge["node"] for edge in page_["edges"]] == page_["nodes"]
    assert len(set(cursors)) == len(cursors)
    ends = (cursors[0], cursors[-1]) if cursors else (None, None)
    assert (page_["pageInfo"]["startCursor"], page_["pageInfo"]["endCursor"]) == ends
    return page_


async def forwards(api: API, list_: List, sizes: Random) -> list[str]:
    found: list[str] = []
    page = await ask(api, list_, first=sizes.randint(1, 9))
    assert not page["pageInfo"]["hasPreviousPage"]
    found += [node["key"] for node in page["nodes"]]
    while page["pageInfo"]["hasNextPage"]:
        page = await ask(api, list_, first=sizes.randint(1, 9), after=page["pageInfo"]["endCursor"])
        assert page["pageInfo"]["hasPreviousPage"]
        assert page["nodes"]
        found += [node["key"] for node in page["nodes"]]
    return found


async def backwards(api: API, list_: List, sizes: Random) -> list[str]:
    page = await ask(api, list_, last=sizes.randint(1, 9))
    assert not page["pageInfo"]["hasNextPage"]
    found = [node["key"] for node in page["nodes"]]
    while page["pageInfo"]["hasPreviousPage"]:
        page = await ask(api, list_, last=sizes.randint(1, 9), before=page["pageInfo"]["startCursor"])
        assert page["pageInfo"]["hasNextPage"]
        assert page["nodes"]
        found = [node["key"] for node in page["nodes"]] + found
    return found


async def test_every_row_comes_once_whatever_the_pages(api: API) -> None:
    await api.house.do(fill)
    loop = asyncio.get_running_loop()
    whole = {list_: await ask(api, list_, first=100) for list_ in LISTS}
    for list_, page in whole.items():
        assert 0 < page["totalCount"] == len(page["nodes"]) or page["pageInfo"]["hasNextPage"], list_

    async def visit(seed: int) -> None:
        sizes = Random(seed)
        list_ = sizes.choice(LISTS)
        seen = [node["key"] for node in whole[list_]["nodes"]]
        for found in (await forwards(api, list_, sizes), await backwards(api, list_, sizes)):
            assert found[: len(seen)] == seen
            assert len(found) == len(set(found)) == whole[list_]["totalCount"]

    @settings(max_examples=EXAMPLES[api.services.driver.dialect], deadline=None, database=None, phases=[Phase.generate])
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        asyncio.run_coroutine_threadsafe(visit(seed), loop).result()

    await asyncio.to_thread(check)


@pytest.mark.parametrize(
    "list_",
    [
        List("runs", "Run", "name"),
        List("runs", "Run", "name", "orderBy: {field: NAME}"),
        List(f"{DATA} > versions", "Membership"),
        List(f"{HUB} > inputs", "Artifact"),
        List("actionEvents", "ActionEvent"),
    ],
    ids=["newest", "by-name", "versions", "inputs", "events"],
)
async def test_rows_that_come_meanwhile_move_none_of_the_others(api: API, list_: List) -> None:
    def start(change: Change) -> tuple[int, int]:
        registries.create_registry(change, "model")
        hub = runs.create_run(change, "local/zoo", "hub").id
        files = [File("f", "first", 1, "s3://bucket/key")]
        first = artifacts.log_artifact(change, hub, "data", "data", files=files, commit=True).artifact.id
        for number in range(6):
            add(change, number, first, hub)
        return first, hub

    first, hub = await api.house.do(start)
    stood = [node["key"] for node in (await ask(api, list_, first=100))["nodes"]]
    for direction, (size, cursor, more) in {
        "forwards": ("first", ("after", "endCursor"), "hasNextPage"),
        "backwards": ("last", ("before", "startCursor"), "hasPreviousPage"),
    }.items():
        seen: list[str] = []
        page, number = await ask(api, list_, **{size: 5}), 10 if direction == "forwards" else 50
        while True:
            keys = [node["key"] for node in page["nodes"]]
            seen = seen + keys if direction == "forwards" else keys + seen
            if not page["pageInfo"][more] or number > 60:
                break
            await api.house.do(add, number, first, hub)
            number += 1
            page = await ask(api, list_, **{size: 5, cursor[0]: page["pageInfo"][cursor[1]]})
        assert len(seen) == len(set(seen))
        assert [key for key in seen if key in stood] == stood


async def test_between_two_cursors(api: API) -> None:
    for number in range(6):
        await api.run(name=f"r{number}")
    list_ = List("runs", "Run", "name", "orderBy: {field: NAME}")
    cursors = [edge["cursor"] for edge in (await ask(api, list_))["edges"]]
    for size, expected in ({"first": 2}, ["r2", "r3"]), ({"last": 2}, ["r3", "r4"]):
        page = await ask(api, list_, after=cursors[1], before=cursors[5], **size)
        assert [node["key"] for node in page["nodes"]] == expected
        assert page["pageInfo"]["hasNextPage"]
        assert page["pageInfo"]["hasPreviousPage"]
    page = await ask(api, list_, after=cursors[1], before=cursors[5])
    assert [node["key"] for node in page["nodes"]] == ["r2", "r3", "r4"]
    empty = await ask(api, list_, after=cursors[5])
    assert (empty["nodes"], empty["pageInfo"]["hasNextPage"], empty["totalCount"]) == ([], False, 6)


async def test_a_cursor_outlives_its_row(api: API) -> None:
    ids = [await api.log(content=str(n)) for n in range(4)]
    list_ = List(f"{DATA} > versions", "Membership", "version")
    cursor = (await ask(api, list_, first=2))["pageInfo"]["endCursor"]
    await api.change("deleteArtifact", artifact={"id": ids[2]})
    assert [node["key"] for node in (await ask(api, list_, first=2, after=cursor))["nodes"]] == ["v1", "v0"]
