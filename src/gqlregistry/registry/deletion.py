"""Deleting: what goes leaves its place in every collection, with events, and stays as a tombstone in every map."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlmodel import col, select, update

from gqlregistry.errors import Conflict
from gqlregistry.registry import aliases, blobs, collections, events, find, memberships, permissions
from gqlregistry.registry.artifacts import forget, require_editor
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import LATEST, ProjectName
from gqlregistry.store.tables import (
    Artifact,
    ArtifactState,
    Collection,
    CollectionKind,
    EventKind,
    Membership,
    Project,
    Registry,
    Role,
    Run,
)

BATCH = 1000
EXPIRED_AT_ONCE = 100
EXPIRED = "its time to live was over"

T = TypeVar("T")


def delete_artifact(
    change: Change,
    artifact: Ref,
    delete_aliases: bool = False,
    reason: str | None = None,
    within: ProjectName | None = None,
) -> Artifact:
    """Delete a version everywhere. A pending one is forgotten; deleting a deleted one (by id) changes nothing.

    Raises `Conflict` when it has aliases besides `latest` and `delete_aliases` is not set.
    """
    session = change.session
    aliases.check_reason(reason)
    found = session.get(Artifact, artifact) if isinstance(artifact, int) else find.artifact(session, artifact, within)
    require_editor(change.session, found)
    assert found is not None, "it may be edited"
    if found.state is ArtifactState.DELETED:
        return found
    home = collections.lock(change, found.collection_id)
    session.refresh(found, with_for_update={"key_share": True})
    if found.state is ArtifactState.PENDING:
        forget(change, [found.id])
        return found
    if not delete_aliases:
        held = aliases_besides_latest(change, found)
        if held:
            raise Conflict(f"this version has the alias {held[0]}: remove it first, or ask for that", "deleteAliases")
    _tombstone(change, home, [found], reason)
    return found


def delete_expired(change: Change) -> int:
    """Delete versions whose time to live is over, but for those linked to a registry; answer how many, at most 100."""
    session = change.session
    link = (
        select(Membership.id)
        .join(Collection, col(Collection.id) == Membership.collection_id)
        .where(
            Membership.artifact_id == Artifact.id,
            col(Membership.removed_at).is_(None),
            Collection.kind == CollectionKind.REGISTRY,
        )
    )
    over = select(Artifact.id).where(
        col(Artifact.expires_at) < change.now, Artifact.state == ArtifactState.COMMITTED, ~link.exists()
    )
    expired = session.exec(over.order_by(col(Artifact.id)).limit(EXPIRED_AT_ONCE)).all()
    for id in expired:
        delete_artifact(change, id, delete_aliases=True, reason=EXPIRED)
    return len(expired)


def delete_collection(
    change: Change, collection: Ref, reason: str | None = None, within: ProjectName | None = None
) -> Collection:
    """Delete a collection: a project's with all its versions, a registry's with its links only."""
    aliases.check_reason(reason)
    found = find.collection(change.session, collection, within)
    permissions.require(change.session, found, Role.MEMBER, "collection")
    home = collections.lock(change, found.id)
    _delete_collection(change, home, reason)
    return home


def delete_project(change: Change, project: Ref, reason: str | None = None) -> Project:
    """Delete a project with its runs, its collections and all their versions."""
    aliases.check_reason(reason)
    session = change.session
    found = find.project(session, project)
    permissions.require_in_project(session, found.id, Role.ADMIN)
    session.refresh(found, with_for_update={"key_share": True})
    for home in _collections_in(change, found):
        _delete_collection(change, home, reason)
    living = col(Run.project_id) == found.id, col(Run.deleted_at).is_(None)
    blobs.loosen_runs(change, *living)
    session.exec(update(Run).where(*living).values(deleted_at=change.now, deleted_by_id=change.actor.user_id))
    found.deleted_at = change.now
    events.record(change, EventKind.PROJECT_DELETED, project_id=found.id, reason=reason)
    return found


def delete_registry(change: Change, registry: Ref, reason: str | None = None) -> Registry:
    """Delete a registry with its collections. The versions that were linked there stay where they were logged."""
    aliases.check_reason(reason)
    found = find.registry(change.session, registry)
    permissions.require_in_registry(change.session, found.id, Role.ADMIN)
    change.session.refresh(found, with_for_update={"key_share": True})
    for home in _collections_in(change, found):
        _delete_collection(change, home, reason)
    found.deleted_at = change.now
    facts = {"organization_id": found.organization_id, "registry_id": found.id}
    events.record(change, EventKind.REGISTRY_DELETED, **facts, reason=reason)
    return found


def aliases_besides_latest(change: Change, artifact: Artifact) -> list[str]:
    """The aliases that a version has in any collection, but for `latest`."""
    held = memberships.aliases_of(change, _live_members(change, [artifact]))
    return [alias.name for alias in held if alias.name != LATEST]


def _collections_in(change: Change, place: Project | Registry) -> list[Collection]:
    inside = col(Collection.project_id if isinstance(place, Project) else Collection.registry_id) == place.id
    ids = change.session.exec(select(Collection.id).where(inside, col(Collection.deleted_at).is_(None))).all()
    return collections.lock_all(change, list(ids))


def _delete_collection(change: Change, home: Collection, reason: str | None) -> None:
    session = change.session
    if home.kind is CollectionKind.SOURCE:
        logged = select(Artifact).where(Artifact.collection_id == home.id).order_by(col(Artifact.id))
        locked = session.exec(logged.with_for_update(key_share=True).execution_options(populate_existing=True)).all()
        committed = [each for each in locked if each.state is ArtifactState.COMMITTED]
        # The newest goes last, so that `latest` does not step down from batch to batch.
        for some in _batches(sorted(committed, key=lambda each: each.version_index or 0)):
            _tombstone(change, home, some, reason)
        for pending in _batches([each.id for each in locked if each.state is ArtifactState.PENDING]):
            forget(change, pending)
    else:
        members = select(Membership).where(Membership.collection_id == home.id, col(Membership.removed_at).is_(None))
        for few in _batches(session.exec(members.order_by(col(Membership.version_index))).all()):
            memberships.remove(change, home, few, reason)
    home.deleted_at = home.updated_at = change.now
    home.deleted_by_id = change.actor.user_id
    events.record(change, EventKind.COLLECTION_DELETED, **events.of_collection(home), reason=reason)


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows in portions, since a statement takes no more than some ten thousand values."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _tombstone(change: Change, home: Collection, artifacts: Sequence[Artifact], reason: str | None) -> None:
    """Take versions of one collection out of all their places. The caller has locked the collection and them."""
    members = _live_members(change, artifacts)
    elsewhere = sorted({member.collection_id for member in members} - {home.id})
    for place in [home, *collections.lock_all(change, elsewhere)]:
        memberships.remove(change, place, [each for each in members if each.collection_id == place.id], reason)
    blobs.loosen_versions(change, [artifact.id for artifact in artifacts])
    for artifact in artifacts:
        artifact.state = ArtifactState.DELETED
        artifact.deleted_at = artifact.updated_at = change.now
        artifact.deleted_by_id = change.actor.user_id
        events.record(
            change,
            EventKind.ARTIFACT_DELETED,
            **events.of_collection(home),
            artifact_id=artifact.id,
            version_index=artifact.version_index,
            reason=reason,
        )


def _live_members(change: Change, artifacts: Sequence[Artifact]) -> list[Membership]:
    ids = [artifact.id for artifact in artifacts]
    live = select(Membership).where(col(Membership.artifact_id).in_(ids), col(Membership.removed_at).is_(None))
    return list(change.session.exec(live.order_by(col(Membership.id))))
