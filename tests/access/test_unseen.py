"""What somebody may not see is not told by the way in which it is refused, nor by another door."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from gqlregistry.registry import people
from gqlregistry.registry.people import Scope
from gqlregistry.schema.enums import LineageFormat
from gqlregistry.settings import Settings
from gqlregistry.store.tables import Role
from tests.access.world import PROJECT, REGISTRY, TEAM, World, gid, world

ADDRESS = "server-admin@example.org"


@pytest_asyncio.fixture
async def secret(settings: Settings) -> AsyncIterator[World]:
    async with world(settings) as found:
        yield found


async def told(made: World, role: str, document: str, **variables: Any) -> Any:
    """What the wandb client is answered."""
    body = {"query": document, "variables": variables}
    answer = await made.client.post("/wandb/graphql", json=body, headers=made.headers(role))
    return answer.status_code, answer.json()


def _tagged(project: str) -> dict[str, Any]:
    tags = [{"tagName": "t"}]
    return {"entityName": TEAM, "projectName": project, "artifactCollectionName": "zoo", "tags": tags}


def _aliased(project: str) -> dict[str, Any]:
    there = {"entityName": TEAM, "projectName": project, "artifactCollectionName": "zoo", "alias": "best"}
    return {"artifactID": gid("Artifact", 1), "aliases": [there]}


@pytest.mark.parametrize(
    ("mutation", "given", "selection"),
    [
        ("upsertModel", lambda project: {"entityName": TEAM, "name": project}, "inserted"),
        ("createArtifactCollectionTagAssignments", _tagged, "tags { name }"),
        ("deleteArtifactCollectionTagAssignments", _tagged, "success"),
        ("addAliases", _aliased, "success"),
        (
            "renameProject",
            lambda project: {"entityName": TEAM, "oldProjectName": project, "newProjectName": "n"},
            "inserted",
        ),
    ],
)
async def test_the_client_is_told_of_a_hidden_project_what_it_is_told_of_none(
    secret: World, mutation: str, given: Any, selection: str
) -> None:
    type_ = f"{mutation[0].upper()}{mutation[1:]}Input"
    document = f"mutation ($input: {type_}!) {{ {mutation}(input: $input) {{ {selection} }} }}"
    answers = []
    for project in ("zoo", "absent"):
        status, body = await told(secret, "outsider", document, input=given(project))
        answers.append((status, [error["message"].replace(project, "…") for error in body["errors"]]))
    assert answers[0] == answers[1]
    assert answers[0][0] in (403, 404)


async def test_addresses_are_for_the_organization(secret: World) -> None:
    document = f'{{ users(query: "{ADDRESS}") {{ edges {{ node {{ username email }} }} }} }}'
    found = {role: (await told(secret, role, document))[1]["data"]["users"]["edges"] for role in ("outsider", "member")}
    assert found == {"outsider": [], "member": [{"node": {"username": "server-admin", "email": ADDRESS}}]}
    own = '{ users(query: "outsider@example.org") { edges { node { username email } } } }'
    _, answer = await told(secret, "outsider", own)
    assert answer["data"]["users"]["edges"] == [{"node": {"username": "outsider", "email": "outsider@example.org"}}]


async def test_being_in_a_team_is_not_being_in_the_organization(secret: World) -> None:
    await secret.house.do(people.set_member, Scope(team=TEAM), "outsider", Role.ADMIN)
    await secret.house.do(people.set_member, Scope(registry=REGISTRY), "outsider", Role.VIEWER)
    team = f'entity(name: "{TEAM}") {{ members {{ username email }} }}'
    registry = f'project(name: "wandb-registry-{REGISTRY}", entityName: "default") {{ members {{ username email }} }}'
    _, answer = await told(secret, "outsider", f"{{ {team} {registry} }}")
    for place in answer["data"].values():
        emails = {each["username"]: each["email"] for each in place["members"]}
        assert emails.pop("outsider") == "outsider@example.org"
        assert len(emails) > 1
        assert set(emails.values()) == {None}
    invite = """mutation ($input: CreateInviteInput!) {
        createInvite(input: $input) { invite { name email toUser { email } } } }"""
    status, _ = await told(secret, "outsider", invite, input={"entityName": TEAM, "email": ADDRESS})
    assert status == 404
    _, answer = await told(secret, "outsider", invite, input={"entityName": TEAM, "username": "server-admin"})
    invited = answer["data"]["createInvite"]["invite"]
    assert invited == {"name": "server-admin", "email": None, "toUser": {"email": None}}


@pytest.mark.parametrize("format", LineageFormat)
async def test_no_document_tells_of_what_its_reader_may_not_see(secret: World, format: LineageFormat) -> None:
    """Whoever sees the registry alone gets the version as it is called there, and neither its run nor its project."""
    await secret.house.do(people.set_member, Scope(registry=REGISTRY), "outsider", Role.VIEWER)
    query = """query ($name: String!, $format: LineageFormat!) {
        artifact(ref: {name: $name}) { lineage { export(format: $format) } } }"""
    variables = {"name": f"{REGISTRY}/zoo:v0", "format": format.name}
    documents = {}
    for role in ("outsider", "member"):
        asked = {"query": query, "variables": variables}
        answer = (await secret.client.post("/graphql", json=asked, headers=secret.headers(role))).json()
        documents[role] = answer["data"]["artifact"]["lineage"]["export"]
    assert "secret-run" in documents["member"]
    # An event is of a run, of which there is none.
    assert ("zoo" in documents["outsider"]) is (format is not LineageFormat.OPENLINEAGE)
    assert not [secret for secret in ("secret-run", PROJECT, "data:v0", "s3://") if secret in documents["outsider"]]
