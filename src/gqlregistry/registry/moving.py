"""What was done on another server, and is told of here: by whom and when it was done there, by the rules of here.

Each may be told again: what is there already stays as it is, and what came to it since comes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from gqlregistry.auth import Principal
from gqlregistry.errors import NotFound
from gqlregistry.registry import (
    artifacts,
    collections,
    find,
    lineage,
    links,
    people,
    projects,
    registries,
    runs,
)
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.registry.names import nameable
from gqlregistry.store.tables import Artifact, ArtifactState, Entity, EntityKind, RunState


@dataclass(frozen=True, slots=True)
class MovedRun:
    """A run. `project` is `entity/project`, `by` the name of who started it, where that is known."""

    project: str
    name: str
    at: datetime
    by: str | None = None
    ended: datetime | None = None
    state: RunState = RunState.RUNNING
    values: Mapping[str, Any] = field(default_factory=dict)
    """More of it, as `runs.update_run` takes it."""

    @property
    def path(self) -> str:
        """`entity/project/run`."""
        return f"{self.project}/{self.name}"


@dataclass(frozen=True, slots=True)
class MovedVersion:
    """A version of a project's collection. `key` tells it from all others of the collection there.

    Its files are told when their bytes are here. `run` is the path of the run that made it, `digest` what the other
    server calls its content.
    """

    collection: str
    key: str
    type: str
    at: datetime
    by: str | None = None
    run: str | None = None
    digest: str | None = None
    aliases: Sequence[str] = ()
    description: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MovedUse:
    """That a run used a version: the run's path, the version's collection and key, and what was asked for."""

    run: str
    collection: str
    key: str
    at: datetime
    by: str | None = None
    requested_as: str | None = None


@dataclass(frozen=True, slots=True)
class MovedPlace:
    """A version's place in a registry's collection, `registry/collection`, with the aliases that it has there."""

    registry: str
    name: str
    collection: str
    key: str
    at: datetime
    by: str | None = None
    aliases: Sequence[str] = ()
    reason: str | None = None
    description: str | None = None


def ensure_person(change: Change, name: str) -> Principal:
    """Who acts for somebody of the other server: the user of that name, made if it is new. It has no key.

    What is told was allowed there, so that it acts with the rights of whoever tells it.
    """
    called = nameable(name).replace(" ", "-")
    found = change.session.exec(select(Entity).where(Entity.name == called)).first()
    if found is not None and (found.kind is not EntityKind.USER or found.deleted_at is not None):
        return change.actor
    user = found or people.create_user(change, called)
    return Principal(user.id, user.name, change.actor.is_admin)


def record_run(change: Change, told: MovedRun) -> bool:
    """Bring a run up to what is told of it; answer whether it was not there yet."""
    projects.named_or_new(change, told.project)
    ensured = runs.ensure_run(change, told.project, told.name, **{"started_at": told.at} | dict(told.values))
    run = ensured.run
    if told.state is not run.state and told.ended is not None:
        run = runs.finish_run(change, run.id, told.state)
        run.finished_at = told.ended
    return ensured.created


def run_id(session: Session, told: MovedRun) -> int:
    """The key of a run that was moved."""
    return find.run(session, told.path).id


def standing(session: Session, collection: str, key: str) -> int | None:
    """The key of a version that was moved already, and wholly."""
    try:
        home = find.collection(session, collection)
    except NotFound:
        return None
    of_key = select(Artifact.id).where(col(Artifact.collection_id) == home.id, Artifact.idempotency_key == key)
    return session.exec(of_key.where(Artifact.state == ArtifactState.COMMITTED)).first()


def record_version(change: Change, told: MovedVersion, files: Sequence[File]) -> int:
    """Log a version with its files, whose bytes are here; answer its key. Raises as `artifacts.log_artifact`."""
    logged = artifacts.log_artifact(
        change,
        told.run,
        told.collection,
        told.type,
        digest=told.digest,
        files=files,
        aliases=told.aliases,
        description=told.description,
        metadata=dict(told.metadata),
        idempotency_key=told.key,
        commit=True,
    )
    id: int = logged.artifact.id
    return id


def record_use(change: Change, told: MovedUse) -> bool:
    """Record that a run used a version; answer whether that was news.

    Raises `NotFound` for a version that was not moved.
    """
    used = standing(change.session, told.collection, told.key)
    if used is None:
        raise NotFound(f"{told.collection} has no version {told.key}", "artifact")
    use = lineage.use_artifact(change, told.run, used, requested_as=told.requested_as, via_collection=told.collection)
    return use.created


def record_place(change: Change, told: MovedPlace) -> bool:
    """Link a version into a registry's collection, both made if they are new; answer whether it was not there yet."""
    linked = standing(change.session, told.collection, told.key)
    if linked is None:
        raise NotFound(f"{told.collection} has no version {told.key}", "artifact")
    link = links.link_artifact(change, linked, _ensure_place(change, told), told.aliases, told.reason)
    return link.created


def _ensure_place(change: Change, told: MovedPlace) -> str:
    try:
        find.registry(change.session, told.registry)
    except NotFound:
        registries.create_registry(change, told.registry)
    name = f"{told.registry}/{told.name}"
    try:
        find.collection(change.session, name)
    except NotFound:
        type = find.collection(change.session, told.collection).type
        collections.create_collection(change, told.name, type, registry=told.registry, description=told.description)
    return name
