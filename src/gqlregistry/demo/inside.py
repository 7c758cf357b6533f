"""Playing the demo in the server's own process: by the rules, as its people, at its times, in one transaction."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from sqlmodel import Session, select

from gqlregistry import uploads
from gqlregistry.auth import Principal
from gqlregistry.demo import steps
from gqlregistry.demo.script import ADMIN, MAY_BE_THERE, Step
from gqlregistry.errors import Conflict
from gqlregistry.registry import (
    aliases,
    artifacts,
    collections,
    deletion,
    find,
    lineage,
    links,
    people,
    permissions,
    projects,
    registries,
    runs,
    tags,
)
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.registry.people import Scope
from gqlregistry.services import Services
from gqlregistry.store.tables import Entity, EntityKind, Role, RunState

_RULES: dict[str, Callable[..., Any]] = {
    "addTag": lambda change, tag, artifact=None, collection=None: (
        tags.tag_artifact(change, artifact, tag) if artifact else tags.tag_collection(change, collection, tag)
    ),
    "createProject": lambda change, owner, **values: projects.create_project(change, entity=owner, **values),
    "createRegistry": registries.create_registry,
    "createRun": lambda change, repository=None, commit=None, program=None, **values: runs.create_run(
        change, **values, client={"repository": repository, "commit": commit, "program": program}
    ),
    "createTeam": people.create_team,
    "createUser": people.create_user,
    "deleteArtifact": deletion.delete_artifact,
    "finishRun": runs.finish_run,
    "linkArtifact": links.link_artifact,
    "logArtifact": artifacts.log_artifact,
    "removeAlias": aliases.remove_alias,
    "setAlias": aliases.set_alias,
    "setMember": people.set_member,
    "unlinkArtifact": links.unlink_artifact,
    "updateCollection": collections.update_collection,
    "useArtifacts": lineage.use_artifacts,
}


async def play(services: Services) -> bool:
    """Make the demo: all of it, or nothing. Answers False where its team is, or was, and then changes nothing.

    Raises `Conflict` when something else has one of its names.
    """
    script = steps()
    if await services.database.read(lambda session: _is_there(session, script[0])):
        return False
    contents = {digest: content for step in script for digest, content in step.contents.items()}
    await asyncio.gather(*(_put(services, digest, content) for digest, content in contents.items()))
    return await services.database.write(lambda session: _play(session, services.local, script))


async def _put(services: Services, digest: str, content: bytes) -> None:
    async def stream() -> AsyncIterator[bytes]:
        yield content

    await uploads.put(services, digest, stream(), len(content))


def _is_there(session: Session, first: Step) -> bool:
    return session.exec(select(Entity.id).where(Entity.name == first.input["name"])).first() is not None


def _play(session: Session, local: Principal, script: Sequence[Step]) -> bool:
    if _is_there(session, script[0]):
        return False
    known = {ADMIN: local}
    for step in script:
        if step.actor not in known:
            user = find.entity(session, step.actor, kinds=(EntityKind.USER,))
            known[step.actor] = Principal(user.id, user.name, user.is_admin)
        permissions.act_as(session, known[step.actor])
        change = Change(session, known[step.actor], step.at)
        try:
            _RULES[step.mutation](change, **_arguments(step))
        except Conflict:
            if step.mutation not in MAY_BE_THERE:
                raise
        change.finish()
        # No step looks at the rows of another, but each flush would look at all of them.
        session.expunge_all()
    return True


def _arguments(step: Step) -> dict[str, Any]:
    """The input of a mutation as its rule takes it."""
    values = {_snake(name): _value(name, value) for name, value in step.input.items()}
    return values | {"commit": True} if step.mutation == "logArtifact" else values


def _value(name: str, value: Any) -> Any:
    match name, value:
        case "scope", dict(place):
            return Scope(**{kind: ref["name"] for kind, ref in place.items()})
        case "files", list():
            return [File(**file) for file in value]
        case "artifacts", list():
            return [ref["name"] for ref in value]
        case (("artifact" | "collection" | "entity" | "owner" | "project" | "run"), {"name": ref}):
            return ref
        case "role", str():
            return Role(value)
        case "state", str():
            return RunState(value)
    return value


def _snake(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)
