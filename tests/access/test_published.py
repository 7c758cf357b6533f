"""Who has a role in a registry and none in the project: the version is seen, the project's names are nowhere."""

from typing import Any

import pytest_asyncio

from gqlregistry.registry import aliases, keys, lineage, links, people
from gqlregistry.registry.people import Scope
from gqlregistry.settings import Settings
from gqlregistry.store.tables import Role
from tests.access.world import World, gid, world

SECRETS = ("plans", "secret-run", "crew", "project1")
"""What stands in the project alone: its team and name in paths, its collections, its runs."""

PUBLIC = """{ artifact(ref: {name: "vault/shown:v0"}) {
    name version versionIndex type collection { path project { path } registry { name } }
    memberships { totalCount nodes { name } } aliases { name collection { path } }
    inputs { totalCount nodes { name } } outputs { totalCount nodes { name } } files { nodes { path } }
    diff(to: {name: "vault/shown:v0"}) { from { name } to { name } }
    lineage { nodes { name } edges { requestedAs } truncated omitted { count } frontier { moreInputs } mermaid dot } }
  collection(ref: {name: "vault/shown"}) {
    alias(name: "latest") { current { name artifact { name } } history { version artifact { name } } }
    actionHistory { totalCount nodes { kind artifact { name } run { name } project { path } detail } } }
  search(text: "secret") { totalCount } artifacts { totalCount nodes { name } } runs { totalCount }
  projects { totalCount } collections { totalCount nodes { path } }
  actionEvents { nodes { kind detail project { path } collection { path } run { name } previous { name } } } }"""

CLIENT = """query ($id: ID!) {
  artifact(id: $id) { versionIndex
    artifactSequence { id name project { name entityName } artifacts { edges { version } } }
    artifactType { name } aliases { alias artifactCollection { name project { name } } }
    artifactMemberships { totalCount edges { node { versionIndex artifactCollection { name project { name } } } } }
    createdBy { ... on Run { name project { name } } ... on User { username } } usedBy { edges { node { name } } }
    files { edges { node { name } } } }
  organization(name: "default") { orgEntity { artifactMemberships { totalCount edges { node { artifact {
    artifactSequence { name project { name } } } } } } artifactCollections { totalCount edges { node { name } } } } }
  entity(name: "default") { projects { edges { node { name } } } }
  models(entityName: "crew") { edges { node { name } } } }"""


@pytest_asyncio.fixture
async def reader(settings: Settings) -> Any:
    """A world in which the version of a secret run is linked, and somebody who may see the registry only."""
    async with world(settings) as made:
        house = made.house
        await house.do(people.create_user, "reader")
        await house.do(people.remove_member, Scope(organization="default"), "reader")
        await house.do(people.set_member, Scope(registry="vault"), "reader", Role.VIEWER)
        _, made.secrets["reader"] = await house.do(keys.create_key, "reader", "reader")
        version = await made.version("plans")
        await house.do(aliases.set_alias, "crew/zoo/plans", "v0", "project1")
        for use in (lineage.record_output, lineage.use_artifact):
            run = await made.run()
            await house.do(use, run.id, version.id)
        await house.do(links.link_artifact, version.id, "vault/shown")
        yield made, version.id


def leaks(answer: Any) -> list[str]:
    return [secret for secret in SECRETS if secret in str(answer)]


async def test_the_public_api_names_nothing_of_the_project(reader: tuple[World, int]) -> None:
    made, _ = reader
    answer = await made.client.post("/graphql", json={"query": PUBLIC}, headers=made.headers("reader"))
    data = answer.json()
    assert "errors" not in data, data["errors"]
    seen = data["data"]["artifact"]
    assert (seen["name"], seen["version"], seen["versionIndex"]) == ("default/vault/shown:v0", "v0", 0)
    assert seen["collection"] == {"path": "default/vault/shown", "project": None, "registry": {"name": "vault"}}
    assert [node["name"] for node in seen["memberships"]["nodes"]] == ["default/vault/shown:v0"]
    assert (seen["inputs"], seen["outputs"]) == ({"totalCount": 0, "nodes": []},) * 2
    assert [node["name"] for node in seen["lineage"]["nodes"]] == ["default/vault/shown:v0"]
    assert seen["lineage"]["frontier"] == seen["lineage"]["omitted"] == []
    assert [file["path"] for file in seen["files"]["nodes"]] == ["n", "secret.txt"]
    assert data["data"]["runs"]["totalCount"] == data["data"]["projects"]["totalCount"] == 0
    assert leaks(data["data"]) == []


async def test_the_client_is_told_nothing_of_the_project(reader: tuple[World, int]) -> None:
    made, version = reader
    body = {"query": CLIENT, "variables": {"id": gid("Artifact", version)}}
    answer = await made.client.post("/wandb/graphql", json=body, headers=made.headers("reader"))
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    assert data["artifact"]["artifactSequence"]["name"] == "shown"
    assert data["artifact"]["artifactSequence"]["project"] is None
    assert data["artifact"]["usedBy"]["edges"] == data["models"]["edges"] == []
    assert data["artifact"]["artifactMemberships"]["totalCount"] == 1
    assert leaks(data) == []


async def test_the_name_in_the_project_means_nothing(reader: tuple[World, int]) -> None:
    made, _ = reader
    for name in ("crew/zoo/plans:v0", "crew/zoo/absent:v0"):
        query = "query ($name: String!) { artifact(ref: {name: $name}) { id } }"
        body = {"query": query, "variables": {"name": name}}
        answer = (await made.client.post("/graphql", json=body, headers=made.headers("reader"))).json()
        (error,) = answer["errors"]
        assert (error["extensions"]["code"], error["message"]) == ("NOT_FOUND", f"no artifact {name!r}")


async def test_who_makes_a_restricted_registry_sees_it_in_the_answer(reader: tuple[World, int]) -> None:
    made, _ = reader
    query = """mutation { createRegistry(input: {name: "mine", visibility: RESTRICTED}) {
        registry { name members { role } } events { kind } errors { message } } }"""
    answer = await made.client.post("/graphql", json={"query": query}, headers=made.headers("member"))
    payload = answer.json()["data"]["createRegistry"]
    assert (payload["registry"], payload["errors"]) == ({"name": "mine", "members": [{"role": "ADMIN"}]}, [])
    assert [event["kind"] for event in payload["events"]] == ["REGISTRY_CREATED", "MEMBER_SET"]


async def test_deleting_a_version_tells_its_project_nothing_of_registries_that_have_it(
    reader: tuple[World, int],
) -> None:
    made, version = reader
    house = made.house
    await house.do(people.remove_member, Scope(registry="vault"), "member")
    query = """mutation ($id: ID!) { deleteArtifact(input: {artifact: {id: $id}, deleteAliases: true}) {
        artifact { state } events { kind collection { path } } errors { message } } }"""
    body = {"query": query, "variables": {"id": gid("Artifact", version)}}
    answer = (await made.client.post("/graphql", json=body, headers=made.headers("member"))).json()
    payload = answer["data"]["deleteArtifact"]
    assert (payload["artifact"], payload["errors"]) == ({"state": "DELETED"}, [])
    assert {event["collection"]["path"] for event in payload["events"]} == {"crew/zoo/plans"}
    # In the registry it stays as a tombstone.
    query = '{ collection(ref: {name: "vault/shown"}) { actionHistory { nodes { kind artifact { name state } } } } }'
    answer = (await made.client.post("/graphql", json={"query": query}, headers=made.headers("reader"))).json()
    shown = answer["data"]["collection"]["actionHistory"]["nodes"]
    assert shown[0]["artifact"] == {"name": "default/vault/shown:v0", "state": "DELETED"}
