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
    aliases,
    artifacts,
    collections,
    find,
    lineage,
    links,
    memberships,
    people,
    projects,
    registries,
    runs,
    streams,
)
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.registry.names import nameable
from gqlregistry.registry.people import Scope
from gqlregistry.store.tables import Artifact, ArtifactState, Entity, EntityKind, Role, RunState, Stream


@dataclass(frozen=True, slots=True)
class MovedOwner:
    """Whose projects come: a user, or a team with its members."""

    name: str
    team: Sequence[str] | None = None


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
    server calls its content, `number` the version's there: it has it here, too, where that is not taken.
    """

    collection: str
    key: str
    type: str
    at: datetime
    by: str | None = None
    run: str | None = None
    digest: str | None = None
    aliases: Sequence[str] = ()
    tags: Sequence[str] = ()
    description: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    number: int | None = None
    ttl_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class MovedOutput:
    """That one more run made a version: by its path, the version by its collection and key."""

    run: str
    collection: str
    key: str
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True)
class MovedAliases:
    """What a version's aliases in its project's collection are; who set them, and when, is not known."""

    collection: str
    key: str
    at: datetime
    aliases: Sequence[str]
    reason: str | None = None
    by: str | None = None


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
    number: int | None = None


def ensure_owner(change: Change, told: MovedOwner) -> bool:
    """Whose projects come, made if it is new, a team with its members; answer whether it was."""
    called = _called(told.name)
    found = change.session.exec(select(Entity).where(Entity.name == called)).first()
    if found is None:
        (people.create_user if told.team is None else people.create_team)(change, called)
    for name in (told.team or ()) if found is None else ():
        people.set_member(change, Scope(team=called), ensure_person(change, name).user_id, Role.MEMBER)
    return found is None


def ensure_person(change: Change, name: str) -> Principal:
    """Who acts for somebody of the other server: the user of that name, made if it is new. It has no key.

    What is told was allowed there, so that it acts with the rights of whoever tells it.
    """
    called = _called(name)
    found = change.session.exec(select(Entity).where(Entity.name == called)).first()
    if found is not None and (found.kind is not EntityKind.USER or found.deleted_at is not None):
        return change.actor
    user = found or people.create_user(change, called)
    return Principal(user.id, user.name, change.actor.is_admin)


def _called(name: str) -> str:
    return nameable(name).replace(" ", "-")


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


def history_length(session: Session, run: int) -> int:
    """How many lines of its history a run has here."""
    return streams.count(session, run, Stream.HISTORY)


def record_history(change: Change, run: int, offset: int, lines: Sequence[str]) -> None:
    """Keep more of a run's history, whatever its state: JSON objects, from a number on."""
    streams.write(change.session, run, streams.Lines(Stream.HISTORY, offset, lines))
    change.touched_runs.add(run)


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
    if told.number is not None:
        home = collections.ensure_source(change, told.collection, told.type, locked=True)
        memberships.number_from(change, home, told.number)
    logged = artifacts.log_artifact(
        change,
        told.run,
        told.collection,
        told.type,
        digest=told.digest,
        files=files,
        aliases=told.aliases,
        tags=told.tags,
        description=told.description,
        metadata=dict(told.metadata),
        ttl_seconds=told.ttl_seconds,
        idempotency_key=told.key,
        commit=True,
    )
    id: int = logged.artifact.id
    return id


def record_output(change: Change, told: MovedOutput) -> bool:
    """Record that one more run made a version; answer whether that was news. Raises `NotFound`."""
    run = find.run(change.session, told.run)
    return lineage.record_output(change, run.id, _moved(change.session, told.collection, told.key))


def record_aliases(change: Change, told: MovedAliases) -> bool:
    """Give a version the aliases that it has there; answer whether one of them is new to it. Raises `NotFound`."""
    version = _moved(change.session, told.collection, told.key)
    before = len(change.events)
    for alias in told.aliases:
        aliases.set_alias(change, told.collection, version, alias, reason=told.reason)
    return len(change.events) > before


def record_use(change: Change, told: MovedUse) -> bool:
    """Record that a run used a version; answer whether that was news. Raises `NotFound`."""
    used = _moved(change.session, told.collection, told.key)
    use = lineage.use_artifact(change, told.run, used, requested_as=told.requested_as, via_collection=told.collection)
    return use.created


def record_place(change: Change, told: MovedPlace) -> bool:
    """Link a version into a registry's collection, both made if they are new; answer whether it was not there yet."""
    linked = _moved(change.session, told.collection, told.key)
    place = _ensure_place(change, told)
    if told.number is not None:
        home = collections.locked(change, place)
        if find.member_of(change.session, home, linked) is None:
            memberships.number_from(change, home, told.number)
    link = links.link_artifact(change, linked, place, told.aliases, told.reason)
    return link.created


def _moved(session: Session, collection: str, key: str) -> int:
    """The key of a version that was moved. Raises `NotFound`."""
    found = standing(session, collection, key)
    if found is None:
        raise NotFound(f"{collection} has no version {key}", "artifact")
    return found


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
