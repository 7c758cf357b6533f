"""Links: a version's places in registry collections. Linking copies nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select

from gqlregistry.errors import BadInput, NotFound
from gqlregistry.registry import aliases as alias_rules
from gqlregistry.registry import collections, find, memberships, permissions
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import ProjectName
from gqlregistry.registry.rows import Row, columns, parameter
from gqlregistry.registry.rows import run as execute
from gqlregistry.store.tables import Artifact, Collection, CollectionKind, Membership, Role

_VERSION_LOCKED = (
    select(*columns(Artifact, Collection.type))
    .join(Collection, col(Collection.id) == Artifact.collection_id)
    .where(Artifact.id == parameter("id"))
    .with_for_update(key_share=True, of=Artifact)
)


@dataclass(frozen=True, slots=True)
class Link:
    """A version's place in a registry collection, and whether it is new."""

    membership: Row
    artifact: Row
    collection: Row
    created: bool


def link_artifact(
    change: Change,
    artifact: Ref,
    collection: Ref,
    aliases: Iterable[str] = (),
    reason: str | None = None,
    run: Ref | None = None,
    within: ProjectName | None = None,
) -> Link:
    """Give a version a place in a registry collection, with the next number there, `latest` and more aliases.

    The collection is made if its name is new in its registry. A version that is linked already keeps its place; the
    aliases asked for still come to it. Raises `Conflict` when collection or registry hold other types.
    """
    session = change.session
    asked = alias_rules.check_aliases(aliases)
    alias_rules.check_reason(reason)
    by = None if run is None else find.run_in_project(session, run)
    if by is not None:
        permissions.require_in_project(session, by.project_id, Role.MEMBER, "run")
    run_id = None if by is None else by.id
    id = artifact if isinstance(artifact, int) else find.membership(session, artifact, within).artifact_id
    linked = execute(session, _VERSION_LOCKED, id=id).first()
    if linked is None or not permissions.sees_artifact(session, linked.id):
        raise NotFound("no such artifact", "artifact")
    permissions.require_of_artifact(session, linked.id, Role.VIEWER)
    find.require_committed(session, linked)
    target = collections.ensure_target(change, collection, linked.type)
    alias_rules.require_may_move(change, target, asked)
    member = find.member_of(session, target, linked.id)
    if member is not None:
        alias_rules.point(change, target, member, asked, reason, run_id)
        return Link(member, linked, target, created=False)
    member = memberships.add(change, target, linked, asked, reason, run_id)
    return Link(member, linked, target, created=True)


def unlink_artifact(
    change: Change,
    artifact: Ref,
    collection: Ref,
    reason: str | None = None,
    within: ProjectName | None = None,
) -> Membership | Row:
    """Take a version out of a registry collection; its number there is not used again. Twice is once.

    `artifact` is the artifact's key, a whole name, or what the collection itself calls it (`v3`, an alias).
    Raises `NotFound` if it was never linked there, `BadInput` for a project's collection.
    """
    alias_rules.check_reason(reason)
    found = find.collection(change.session, collection)
    permissions.require(change.session, found, Role.MEMBER, "collection")
    if found.kind is not CollectionKind.REGISTRY:
        raise BadInput(f"{found.name} is a project's collection: delete the version instead", "collection")
    home = collections.lock(change, found.id)
    id = artifact if isinstance(artifact, int) else _id_of(change, home, artifact, within)
    member = find.member_of(change.session, home, id)
    if member is not None:
        memberships.remove(change, home, [member], reason)
        return member
    former = select(Membership).where(Membership.collection_id == home.id, Membership.artifact_id == id)
    last = change.session.exec(former.order_by(col(Membership.id).desc()).limit(1)).first()
    if last is None:
        raise NotFound(f"this version is not linked to {home.name}", "artifact")
    return last


def _id_of(change: Change, home: Collection, ref: str, within: ProjectName | None) -> int:
    if "/" in ref or within is not None:
        return find.artifact(change.session, ref, within).id
    return int(find.member(change.session, home, ref, "artifact").artifact_id)
