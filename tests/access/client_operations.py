"""Everything that the wandb client can ask, tried in the same way as `operations`."""

import base64
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from gqlregistry.registry import aliases, find, people
from gqlregistry.registry.people import Scope
from gqlregistry.store.tables import Collection, Role
from gqlregistry.wandb.accounts import MEMBER
from gqlregistry.wandb.ids import text_id
from tests.access.operations import OPERATIONS, given, named, operation, tells
from tests.access.world import MD5, PROJECT, TEAM, World, gid, outcome, registry_id, registry_place


def client_asking(name: str, document: str, found: Callable[[Any], Any]) -> None:
    """A question of the wandb client."""
    OPERATIONS[name] = lambda w, role: w.client_asks(role, document, found)


client_asking("wandb query viewer", "{ viewer { username } }", lambda d: d["viewer"])
client_asking("wandb query serverInfo", "{ serverInfo { cliVersionInfo } }", lambda d: d["serverInfo"])
client_asking("wandb query users", '{ users(query: "local") { edges { node { username } } } }', tells("local"))
client_asking("wandb query entity", '{ entity(name: "crew") { projects { edges { node { name } } } } }', tells("'zoo'"))
client_asking(
    "wandb query organization",
    '{ organization(name: "default") { orgEntity { artifactCollections { edges { node { name } } } } } }',
    tells("'zoo'"),
)
client_asking("wandb query project", '{ it: project(name: "zoo", entityName: "crew") { id } }', lambda d: d["it"])
client_asking("wandb query model", '{ it: model(name: "zoo", entityName: "crew") { id } }', lambda d: d["it"])
client_asking("wandb query models", '{ models(entityName: "crew") { edges { node { name } } } }', tells("'zoo'"))
client_asking(
    "wandb a registry's version",
    '{ project(name: "wandb-registry-vault", entityName: "default") { artifact(name: "zoo:v0") { versionIndex } } }',
    tells("versionIndex"),
)


@operation("wandb query artifact")
async def _(w: World, role: str) -> str:
    id = gid("Artifact", (await w.version()).id)
    return await w.client_asks(role, "query ($id: ID!) { it: artifact(id: $id) { id } }", lambda d: d["it"], id=id)


@operation("wandb query artifactCollection")
async def _(w: World, role: str) -> str:
    id = gid("ArtifactCollection", (await w.version()).collection_id)
    document = "query ($id: ID!) { it: artifactCollection(id: $id) { id } }"
    return await w.client_asks(role, document, lambda d: d["it"], id=id)


@operation("wandb query clientIDMapping")
async def _(w: World, role: str) -> str:
    await w.draft()
    handle = f"handle{next(w.numbers) - 1}"
    document = "query ($id: ID!) { it: clientIDMapping(clientID: $id) { serverID } }"
    return await w.client_asks(role, document, lambda d: d["it"], id=handle)


@operation("wandb files of a version")
async def _(w: World, role: str) -> str:
    id = gid("Artifact", (await w.version()).id)
    document = "query ($id: ID!) { artifact(id: $id) { files { edges { node { directUrl } } } } }"
    return await w.client_asks(role, document, lambda d: d["artifact"], id=id)


@operation("wandb manifest of a version")
async def _(w: World, role: str) -> str:
    id = gid("Artifact", (await w.version()).id)
    document = "query ($id: ID!) { artifact(id: $id) { currentManifest { file { directUrl } } } }"
    return await w.client_asks(role, document, lambda d: d["artifact"], id=id)


@operation("wandb files of a run")
async def _(w: World, role: str) -> str:
    document = """{ project(name: "zoo", entityName: "crew") {
        run(name: "secret-run") { files { edges { node { directUrl } } } } } }"""
    return await w.client_asks(role, document, lambda d: d["project"])


@operation("wandb email of another")
async def _(w: World, role: str) -> str:
    document = '{ users(query: "server-admin") { edges { node { email } } } }'
    return await w.client_asks(role, document, tells("server-admin@example.org"))


@operation("wandb GET /artifactsV2")
async def _(w: World, role: str) -> str:
    id = gid("Artifact", (await w.version()).id)
    return await w.get(role, f"/wandb/artifactsV2/default/crew/zoo/c/{id}/{MD5}/secret.txt")


@operation("wandb POST file_stream")
async def _(w: World, role: str) -> str:
    run = await w.run()
    path = f"/wandb/files/crew/zoo/{run.name}/file_stream"
    return outcome(await w.client.post(path, json={"files": {}}, headers=w.headers(role)))


def client_changing(
    mutation: str, selection: str, input: Callable[[World], Awaitable[dict[str, Any]]], name: str | None = None
) -> None:
    """A mutation of the wandb client, on what `input` makes."""

    async def attempt(w: World, role: str) -> str:
        return await w.client_changes(role, mutation, selection, **await input(w))

    OPERATIONS[name or f"wandb {mutation}"] = attempt


IN_PROJECT = {"entityName": "crew", "projectName": "zoo"}


async def _artifact_id(w: World) -> dict[str, Any]:
    return {"artifactID": gid("Artifact", (await w.version()).id)}


async def _draft_id(w: World) -> dict[str, Any]:
    return {"artifactID": gid("Artifact", (await w.draft())[0])}


async def _create_artifact(w: World) -> dict[str, Any]:
    digest = hashlib.md5(w.name().encode()).hexdigest()
    return {
        **IN_PROJECT,
        "artifactTypeName": "model",
        "artifactCollectionName": w.name("c"),
        "digest": digest,
    }


async def _use_artifact(w: World) -> dict[str, Any]:
    return {**IN_PROJECT, "runName": (await w.run()).name, **await _artifact_id(w)}


async def _aliases(w: World) -> dict[str, Any]:
    version, name = await w.version(), w.name("alias")
    home = await w.house.look(lambda s: s.get_one(Collection, version.collection_id).name)
    return {
        "artifactID": gid("Artifact", version.id),
        "aliases": [{**IN_PROJECT, "artifactCollectionName": home, "alias": name}],
    }


async def _set_aliases(w: World) -> dict[str, Any]:
    asked = await _aliases(w)
    alias = asked["aliases"][0]
    await w.house.do(aliases.set_alias, f"{PROJECT}/{alias['artifactCollectionName']}", "v0", alias["alias"])
    return asked


async def _manifest(w: World) -> dict[str, Any]:
    return {**await _draft_id(w), "name": "m", "digest": "", **IN_PROJECT, "type": "PATCH"}


async def _settled(w: World) -> dict[str, Any]:
    digest = base64.b64encode(bytes.fromhex(MD5)).decode()
    return {"artifactManifestID": gid("ArtifactManifest", await w.manifest()), "digest": digest}


async def _files(w: World) -> dict[str, Any]:
    md5 = base64.b64encode(bytes.fromhex(MD5)).decode()
    return {"artifactFiles": [{**await _draft_id(w), "name": "secret.txt", "md5": md5}]}


async def _link(w: World) -> dict[str, Any]:
    return {
        **await _artifact_id(w),
        "artifactPortfolioName": w.name("r"),
        "entityName": "default",
        "projectName": "wandb-registry-vault",
    }


async def _unlink(w: World) -> dict[str, Any]:
    link = await w.linked()
    return {
        "artifactID": gid("Artifact", link.artifact.id),
        "artifactPortfolioID": gid("ArtifactCollection", link.collection.id),
    }


async def _sequence(w: World) -> dict[str, Any]:
    return {"artifactSequenceID": gid("ArtifactCollection", (await w.version()).collection_id)}


async def _portfolio(w: World) -> dict[str, Any]:
    return {"artifactPortfolioID": gid("ArtifactCollection", (await w.linked()).collection.id)}


async def _collection_tags(w: World) -> dict[str, Any]:
    return {**IN_PROJECT, "artifactCollectionName": "zoo", "tags": [{"tagName": w.name("tag")}]}


async def _spare_user(w: World) -> int:
    name = await w.user()
    user: int = await w.house.look(lambda s: find.entity(s, name).id)
    return user


async def _one_member(w: World) -> dict[str, Any]:
    return {"projectId": registry_id(w), "userIds": [gid("User", await _spare_user(w))]}


async def _member_role(w: World) -> dict[str, Any]:
    user = gid("User", await _spare_user(w))
    return {"projectId": registry_id(w), "userId": user, "userProjectRole": "viewer"}


async def _team_role(w: World) -> dict[str, Any]:
    name = w.name("team")
    team = (await w.house.do(people.create_team, name)).id
    return {"projectId": registry_id(w), "teamId": gid("Team", team), "teamProjectRole": "viewer"}


async def _upserted(w: World) -> dict[str, Any]:
    return {"entityName": TEAM, "name": w.name("p")}


async def _renamed(w: World) -> dict[str, Any]:
    name = await w.registry()
    old, new = f"wandb-registry-{name}", f"wandb-registry-{w.name('new')}"
    return {"entityName": "default", "oldProjectName": old, "newProjectName": new}


async def _deleted_registry(w: World) -> dict[str, Any]:
    return {"id": await registry_place(w, await w.registry())}


async def _bucket(w: World) -> dict[str, Any]:
    return {"entityName": "crew", "modelName": "zoo", "name": w.name("run")}


async def _run_id(w: World) -> dict[str, Any]:
    return {"id": gid("Run", (await w.run()).id)}


async def _run_files(w: World) -> dict[str, Any]:
    return {**IN_PROJECT, "runName": (await w.run()).name, "files": ["a.txt"]}


async def _state(w: World) -> dict[str, Any]:
    return {**await _run_id(w), "state": "failed"}


async def _file_ids(w: World) -> dict[str, Any]:
    return {"files": [text_id("RunFile", f"{(await w.run()).id}:a.txt")]}


async def _invite(w: World) -> dict[str, Any]:
    return {"entityName": TEAM, "username": await w.user()}


async def _uninvite(w: World) -> dict[str, Any]:
    user = await _spare_user(w)
    await w.house.do(people.set_member, Scope(team=TEAM), user, Role.VIEWER)
    team = await w.house.look(lambda s: find.entity(s, TEAM).id)
    return {"id": text_id(MEMBER, f"{team}:{user}")}


async def _said(value: dict[str, Any], make: Callable[[World], Awaitable[dict[str, Any]]], w: World) -> dict[str, Any]:
    return {**await make(w), **value}


def saying(
    make: Callable[[World], Awaitable[dict[str, Any]]], **value: Any
) -> Callable[[World], Awaitable[dict[str, Any]]]:
    """What `make` makes, and more."""
    return lambda w: _said(value, make, w)


client_changing("createArtifact", "artifact { id }", _create_artifact)
client_changing("useArtifact", "artifact { id }", _use_artifact)
client_changing("updateArtifact", "artifact { id }", saying(_artifact_id, metadata='{"a": 1}'))
client_changing("deleteArtifact", "artifact { id }", _artifact_id)
client_changing("addAliases", "success", _aliases)
client_changing("deleteAliases", "success", _set_aliases)
client_changing("createArtifactManifest", "artifactManifest { id }", _manifest)
client_changing("updateArtifactManifest", "artifactManifest { id }", _settled)
client_changing("createArtifactFiles", "files { edges { node { name } } }", _files)
client_changing("commitArtifact", "artifact { id }", _artifact_id)
client_changing("linkArtifact", "versionIndex", _link)
client_changing("unlinkArtifact", "success", _unlink)
client_changing("updateArtifactSequence", "artifactCollection { id }", saying(_sequence, description="d"))
client_changing("updateArtifactPortfolio", "artifactCollection { id }", saying(_portfolio, description="d"))
client_changing(
    "moveArtifactSequence", "artifactCollection { id }", saying(_sequence, destinationArtifactTypeName="data")
)
client_changing("deleteArtifactSequence", "artifactCollection { id }", _sequence)
client_changing("deleteArtifactPortfolio", "artifactCollection { id }", _portfolio)
client_changing("createArtifactCollectionTagAssignments", "tags { name }", _collection_tags)
client_changing("deleteArtifactCollectionTagAssignments", "success", _collection_tags)
client_changing("upsertModel", "inserted", _upserted)
client_changing("renameProject", "inserted", _renamed)
client_changing("deleteModel", "success", _deleted_registry)
client_changing("createProjectMembers", "success", _one_member)
client_changing("deleteProjectMembers", "success", _one_member)
client_changing("updateProjectMember", "success", _member_role)
client_changing("updateProjectTeamMember", "success", _team_role)
client_changing("upsertBucket", "inserted", _bucket)
client_changing("deleteRun", "clientMutationId", _run_id)
client_changing("stopRun", "success", _run_id)
client_changing("updateRunState", "success", _state)
client_changing("createRunFiles", "runID", _run_files)
client_changing("markRunFilesUploaded", "success", _run_files)
client_changing("deleteFiles", "success", _file_ids)
client_changing("updateUser", "user { username }", given(defaultEntity=TEAM))
client_changing("createTeam", "entity { name }", given(teamName=named("t")))
client_changing("createInvite", "invite { name }", _invite)
client_changing("deleteInvite", "success", _uninvite)
