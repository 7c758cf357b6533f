"""The edges of the lineage: a run used a version, a run logged a version. Edges are made once and stay."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from gqlregistry.registry import find, permissions
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import ProjectName, parse_version_name
from gqlregistry.registry.rows import Row, columns, insert_one, parameter
from gqlregistry.registry.rows import run as execute
from gqlregistry.registry.values import check_text
from gqlregistry.store.tables import Role, RunInput, RunOutput

MAX_REQUESTED_AS = 256

_EDGE = select(*columns(RunInput)).where(
    RunInput.run_id == parameter("run"), col(RunInput.artifact_id) == parameter("artifact")
)


@dataclass(frozen=True, slots=True)
class Use:
    """What a run used, and whether that was news."""

    run: Row
    artifact: Row
    edge: Row
    created: bool


def use_artifact(
    change: Change,
    run: Ref,
    artifact: Ref,
    requested_as: str | None = None,
    inferred: bool = False,
    via_collection: Ref | None = None,
    within: ProjectName | None = None,
) -> Use:
    """Record that a run used a version; a finished run may, and a version of any project. The first record stays.

    A name without a slash is looked up `within` a project, else in the run's own. `requested_as` and
    `via_collection` are read from the name unless given. Raises `NotFound` for a deleted version, `Conflict` for one
    that is not committed.
    """
    session = change.session
    user = find.run_in_project(session, run)
    permissions.require_in_project(session, user.project_id, Role.MEMBER, "run")
    collection_id = None if via_collection is None else find.collection(session, via_collection).id
    if isinstance(artifact, int):
        used = find.version(session, artifact)
    else:
        within = within or ProjectName(user.entity, user.project)
        member = find.membership(session, artifact, within)
        used = find.version(session, member.artifact_id)
        collection_id = collection_id or member.collection_id
        requested_as = requested_as or parse_version_name(artifact, within).ref
    permissions.require_of_artifact(session, used.id, Role.VIEWER)
    if requested_as is not None:
        check_text(requested_as, "what the run asked by", "requestedAs", MAX_REQUESTED_AS)
    edge = insert_one(
        session,
        RunInput,
        run_id=user.id,
        artifact_id=used.id,
        created_at=change.now,
        requested_as=requested_as,
        requested_as_inferred=inferred,
        via_collection_id=collection_id,
    )
    if edge is not None:
        return Use(user, used, edge, created=True)
    edge = execute(session, _EDGE, run=user.id, artifact=used.id).one()
    return Use(user, used, edge, created=False)


def use_artifacts(change: Change, run: Ref, artifacts: Sequence[Ref], within: ProjectName | None = None) -> list[Use]:
    """`use_artifact` for several, all or none."""
    return [use_artifact(change, run, artifact, within=within) for artifact in artifacts]


def record_output(change: Change, run_id: int, artifact_id: int) -> bool:
    """Record that a run logged a version; answer whether that was news."""
    edge = insert_one(change.session, RunOutput, run_id=run_id, artifact_id=artifact_id, created_at=change.now)
    return edge is not None
