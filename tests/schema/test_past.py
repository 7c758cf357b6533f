"""The registry as of a moment is what it answered at that moment."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from gqlregistry.errors import RegistryError
from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import aliases, artifacts, lineage, links, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.store.tables import instant_text
from tests.conftest import on_sqlite
from tests.registry.test_fold import random_step, restore
from tests.schema.api import API

STEPS = {"sqlite": 100, "postgresql": 60}
EVERY = 5
COLLECTIONS = range(1, 13)
IDS = [encode_id("Collection")(key) for key in COLLECTIONS]
STANDS = """{ name type description tags deletedAt aliases { name createdAt membership { version } }
    versions(first: 100) { totalCount nodes { id artifact { id } } }
    p: version(ref: "p") { id } v1: version(ref: "v1") { id } latest: version(ref: "latest") { id } }"""
STOOD = """{ at(time: $t) { name type description tags versions(first: 100) { id } aliases { name since version } }
    versions(first: 100, asOf: $t) { totalCount nodes { id artifact { id } } } alias(name: "p") { at(time: $t) { id } }
    p: version(ref: "p", asOf: $t) { id } v1: version(ref: "v1", asOf: $t) { id }
    latest: version(ref: "latest", asOf: $t) { id } }"""


def now() -> str:
    return instant_text(datetime.now(UTC))


async def ask_each(api: API, selection: str, **variables: Any) -> dict[int, Any]:
    """All collections that there are, by key."""
    declared = "$ids: [ID!]!, $t: DateTime!" if variables else "$ids: [ID!]!"
    query = f"query ({declared}) {{ nodes(ids: $ids) {{ ... on Collection {selection} }} }}"
    found = await api.ask(query, ids=IDS, **variables)
    return {key: answer for key, answer in zip(COLLECTIONS, found["nodes"], strict=True) if answer is not None}


def stood(now: Any) -> Any:
    """What is to be answered later of what is answered now."""
    gone = now["deletedAt"] is not None
    about = None
    if not gone:
        about = {name: now[name] for name in ("name", "type", "description", "tags")}
        about["versions"] = [{"id": node["id"]} for node in now["versions"]["nodes"]]
        about["aliases"] = [
            {"name": each["name"], "since": each["createdAt"], "version": each["membership"]["version"]}
            for each in now["aliases"]
        ]
    return {"at": about, **{name: now[name] for name in ("versions", "p", "v1", "latest")}}


async def test_a_collection_as_of_a_moment_is_what_it_was(api: API) -> None:
    house, pick = api.house, Random(8)
    recorded: dict[str, dict[int, Any]] = {now(): {}}
    steps = restore(pick) + [random_step(pick) for _ in range(STEPS[api.services.driver.dialect])]
    for number, (rule, inputs, more) in enumerate(steps):
        with suppress(RegistryError):
            await house.do(rule, *inputs, **more)
        if number % EVERY == 0:
            answered = await ask_each(api, STANDS)
            recorded[now()] = {key: stood(answer) for key, answer in answered.items()}
    compared = 0
    for time, expected in recorded.items():
        for key, answer in (await ask_each(api, STOOD, t=time)).items():
            alias = answer.pop("alias")
            nothing = {"versions": {"totalCount": 0, "nodes": []}, "at": None, "p": None, "v1": None, "latest": None}
            assert answer == expected.get(key, nothing), (time, key)
            assert alias is None or alias["at"] == answer["p"]
            compared += answer["at"] is not None
    assert compared > STEPS[api.services.driver.dialect] / 2


def some_lineage(pick: Random) -> list[Callable[[Change], Any]]:
    """Runs that use and log versions, and at times use what they logged."""
    steps: list[Callable[[Change], Any]] = []
    for number in range(6):
        steps.append(lambda change, n=number: runs.create_run(change, "local/zoo", f"r{n}"))
    for _ in range(20):
        run, name, version = f"local/zoo/r{pick.randrange(6)}", pick.choice("ab"), pick.randrange(5)
        content = [File("f", str(version), 1, "s3://bucket/key")]
        steps.append(
            lambda change, r=run, n=name, c=content: artifacts.log_artifact(change, r, n, "data", files=c, commit=True)
        )
        steps.append(lambda change, r=run, n=name, v=version: lineage.use_artifact(change, r, f"local/zoo/{n}:v{v}"))
    return steps


MAP = "lineage(depth: 100%s) { nodes { name } edges { source { name } target { name } requestedAs } truncated%s }"


async def test_a_lineage_as_of_a_moment_is_what_it_was(api: API) -> None:
    house = api.house
    for step in some_lineage(Random(3))[:7]:
        await house.do(step)
    start = (await api.ask('{ run(ref: {name: "local/zoo/r0"}) { id } }'))["run"]["id"]
    query = "query ($id: ID!, $t: DateTime) {{ node(id: $id) {{ ... on Run {{ {} }} }} }}"
    recorded: dict[str, Any] = {}
    for step in some_lineage(Random(3))[7:]:
        with suppress(RegistryError):
            await house.do(step)
            answer = await api.ask(query.format(MAP % ("", "")).replace(", $t: DateTime", ""), id=start)
            recorded[now()] = answer
    grown = [len(answer["node"]["lineage"]["edges"]) for answer in recorded.values()]
    assert grown[-1] > grown[0] + 5
    for time, expected in recorded.items():
        assert await api.ask(query.format(MAP % (", asOf: $t", "")), id=start, t=time) == expected
    # What was recorded since is not counted as left out either.
    early = await api.ask(
        query.format(MAP % (", asOf: $t", " frontier { moreInputs moreOutputs }")), id=start, t=next(iter(recorded))
    )
    assert early["node"]["lineage"]["frontier"] == []


async def test_a_name_as_of_a_moment(api: API) -> None:
    house = api.house
    await house.registry()
    for content in "abc":
        await api.log(content=content)
        await house.do(links.link_artifact, "local/zoo/data:latest", "model/zoo")
    moments = []
    for version in ("v0", "v2"):
        await house.do(aliases.set_alias, "model/zoo", version, "production")
        moments.append(now())
    await house.do(links.unlink_artifact, "v2", "model/zoo")
    ask = "query ($t: DateTime, $n: String!) { artifact(ref: {name: $n}, asOf: $t) { name memberships(asOf: $t) {"
    ask += " totalCount nodes { name } } } }"
    found = [(await api.ask(ask, t=time, n="model/zoo:production"))["artifact"] for time in moments]
    assert [each["name"] for each in found] == ["local/zoo/data:v0", "local/zoo/data:v2"]
    assert found[1]["memberships"] == {
        "totalCount": 2,
        "nodes": [{"name": "local/zoo/data:v2"}, {"name": "default/model/zoo:v2"}],
    }
    for name in ("model/zoo:v2", "model/zoo"):
        assert (await api.ask(ask, t=moments[1], n=name))["artifact"]["name"] == "local/zoo/data:v2"
    assert (await api.ask(ask, n="local/zoo/data:v2"))["artifact"]["memberships"]["totalCount"] == 1
    code, message = await api.error(ask, t="2000-01-01T00:00:00Z", n="model/zoo:production")
    assert (code, "model/zoo:production" in message, "2000" in message) == ("NOT_FOUND", True, True)
    assert (await api.error(ask, t=moments[0], n="no/such/place:v0"))[0] == "NOT_FOUND"


@on_sqlite
async def test_a_moment_that_has_not_come_is_as_now(api: API) -> None:
    await api.log()
    later = instant_text(datetime.now(UTC) + timedelta(days=1))
    ask = 'query ($t: DateTime!) { collection(ref: {name: "local/zoo/data"}) { at(time: $t) { aliases { version } } } }'
    assert (await api.ask(ask, t=later))["collection"]["at"]["aliases"] == [{"version": "v0"}]
    assert (await api.ask(ask, t="0001-01-01T00:00:00Z"))["collection"]["at"] is None
    assert (await api.error(ask, t="yesterday"))[0] == "BAD_USER_INPUT"


@on_sqlite
@pytest.mark.parametrize("planned", [True, False], ids=["plan", "executor"])
async def test_the_past_takes_as_many_statements_however_much_there_is(api: API, planned: bool) -> None:
    ask = """{ collections { nodes { at(time: "2100-01-01T00:00:00Z") { name aliases { name } versions { version } }
        versions(asOf: "2100-01-01T00:00:00Z", first: 2) { nodes { version } } } } }"""
    counts = []
    for name in ("a", "b", "c"):
        await api.log(f"local/zoo/{name}")
        _, statements = await api.execute(ask, planned)
        counts.append(len(statements))
    assert len(set(counts)) == 1, counts
