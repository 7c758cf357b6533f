"""The story, as a visitor of the API reads it."""

from typing import Any

from httpx import AsyncClient

from gqlregistry.demo import zoo
from tests.demo.asking import ask


async def test_the_chain_from_the_data_set_to_the_evaluation(client: AsyncClient) -> None:
    data = await ask(
        client,
        "query Chain($model: String!) { artifact(ref: {name: $model}) "
        "{ inputs { nodes { displayName inputs { nodes { name } } } } outputs { nodes { displayName } } } }",
        model=zoo.MODEL,
    )
    used = {"nodes": [{"name": "zoo-team/zoo/split_zoo_dataset:v4"}]}
    assert data["artifact"] == {
        "inputs": {"nodes": [{"displayName": "rural-feather-20", "inputs": used}]},
        "outputs": {"nodes": [{"displayName": "northern-lake-21"}]},
    }


async def test_several_runs_logged_the_same_version(client: AsyncClient) -> None:
    data = await ask(
        client,
        '{ artifact(ref: {name: "zoo-team/zoo/split_zoo_dataset:v4"}) { inputs { nodes { displayName } } } '
        'collection(ref: {name: "zoo-team/zoo/split_zoo_dataset"}) { versions { nodes { version } } } }',
    )
    names = [run["displayName"] for run in data["artifact"]["inputs"]["nodes"]]
    assert names == ["calm-sunset-16", "bold-breeze-17", "quiet-glade-18"]
    versions = {member["version"] for member in data["collection"]["versions"]["nodes"]}
    assert versions == {"v0", "v1", "v3", "v4"}


async def timeline(client: AsyncClient, alias: str, at: str) -> dict[str, Any]:
    query = """query($alias: String!, $at: DateTime!) { collection(ref: {name: "model/zoo"}) { alias(name: $alias) {
      at(time: $at) { version } history { version from until actor { username } } } } }"""
    found: dict[str, Any] = (await ask(client, query, alias=alias, at=at))["collection"]["alias"]
    return found


async def test_production_moves_forth_and_back_by_several_hands(client: AsyncClient) -> None:
    story = await timeline(client, "production", "2026-03-03T12:00:00Z")
    assert story["at"] == {"version": "v1"}
    told = [(each["version"], each["from"][5:10], each["actor"]["username"]) for each in story["history"]]
    assert told == [
        ("v2", "03-11", "tomas"),
        ("v0", "03-04", "priya"),
        ("v1", "03-03", "tomas"),
        ("v0", "02-26", "tomas"),
    ]
    assert [each["until"] for each in story["history"]] == [None, *(each["from"] for each in story["history"][:-1])]


async def test_there_was_a_time_without_staging(client: AsyncClient) -> None:
    story = await timeline(client, "staging", "2026-03-15T12:00:00Z")
    assert story["at"] is None
    assert [each["version"] for each in story["history"]] == ["v3", "v2", "v1", "v0"]


async def test_a_version_was_withdrawn_and_says_why(client: AsyncClient) -> None:
    data = await ask(
        client,
        '{ collection(ref: {name: "model/zoo"}) { actionHistory(kinds: [VERSION_REMOVED]) '
        "{ nodes { version reason actor { username } } } } }",
    )
    (event,) = data["collection"]["actionHistory"]["nodes"]
    assert event == {
        "version": "v1",
        "reason": "withdrawn: had seen the test images",
        "actor": {"username": "tomas"},
    }
