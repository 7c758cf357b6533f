"""From names to rows. Each is one statement, so that a rule (in its transaction) and a read (in a plan) share it."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, false, func, or_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from gqlregistry.registry import past
from gqlregistry.registry.names import CollectionName, Pointer, ProjectName, VersionName, pointer
from gqlregistry.registry.rows import parameter
from gqlregistry.store.tables import (
    Alias,
    Artifact,
    Collection,
    Entity,
    EntityKind,
    FormerName,
    Membership,
    Organization,
    Project,
    Registry,
    Run,
)


def collection_id(name: CollectionName) -> SelectOfScalar[int]:
    """The id of the collection of that name, or of that former name. Deleted ones are not found."""
    registry = registry_id(name.owner, name.place).scalar_subquery()
    project = None if name.owner is None else project_id(ProjectName(name.owner, name.place)).scalar_subquery()

    def here(table: type[Collection] | type[FormerName]) -> ColumnElement[bool]:
        in_registry = col(table.registry_id) == registry
        return in_registry if project is None else or_(col(table.project_id) == project, in_registry)

    return collection_where(here, name.name)


def collection_where(
    here: Callable[[type[Collection] | type[FormerName]], ColumnElement[bool]], name: str
) -> SelectOfScalar[int]:
    """As `collection_id`, in a place that is told by a condition."""
    current: SelectOfScalar[int] = select(col(Collection.id).label("id")).where(
        here(Collection), Collection.name == name, col(Collection.deleted_at).is_(None)
    )
    former: SelectOfScalar[int] = (
        select(col(FormerName.collection_id).label("id"))
        .join(Collection, col(Collection.id) == FormerName.collection_id)
        .where(here(FormerName), FormerName.name == name, col(Collection.deleted_at).is_(None))
    )
    return select(union_all(current, former).subquery().c.id).limit(1)


def project_id(name: ProjectName) -> SelectOfScalar[int]:
    """The id of a project."""
    return (
        select(col(Project.id))
        .join(Entity, col(Entity.id) == Project.entity_id)
        .where(Entity.name == name.entity, Project.name == name.project, col(Project.deleted_at).is_(None))
    )


def run_id(project: ProjectName, name: str) -> SelectOfScalar[int]:
    """The id of a run by its slug; a deleted one is found too."""
    return select(col(Run.id)).where(Run.project_id == project_id(project).scalar_subquery(), Run.name == name)


def registry_id(organization: str | None, name: str) -> SelectOfScalar[int]:
    """The id of a registry; without an organization, of the server's first one."""
    found = select(col(Registry.id)).where(Registry.name == name, col(Registry.deleted_at).is_(None))
    if organization is None:
        return found.where(Registry.organization_id == select(func.min(Organization.id)).scalar_subquery())
    owner = aliased(Entity)
    return (
        found.join(Organization, col(Organization.id) == Registry.organization_id)
        .join(owner, col(owner.id) == Organization.entity_id)
        .where(owner.kind == EntityKind.ORGANIZATION, owner.name == organization)
    )


def membership_id(name: VersionName) -> SelectOfScalar[int]:
    """The id of the live membership that a version's name means."""
    return member_id(collection_id(name.collection).scalar_subquery(), pointer(name.ref))


def member_id(collection: ColumnElement[int] | int, ref: Pointer) -> SelectOfScalar[int]:
    """The id of the live membership that a number, an alias or a digest means in a collection, in this order."""
    pointing = (
        select(Alias.membership_id)
        .where(Alias.collection_id == Membership.collection_id, Alias.name == ref.alias)
        .correlate(Membership)
        .scalar_subquery()
    )
    return _member_id(collection, ref, [col(Membership.removed_at).is_(None)], col(Membership.id) == pointing)


def past_member_id(collection: ColumnElement[int], ref: Pointer, *tables: Any) -> SelectOfScalar[int]:
    """As `member_id`, at the moment of `registry.past`. `tables` are those in which the collection's key stands."""
    alias: Any = ref.alias
    number: Any = None if alias is None else past.pointed(collection, alias, *tables)
    return _member_id(collection, ref, past.stood(Membership, collection), col(Membership.version_index) == number)


def _member_id(
    collection: ColumnElement[int] | int,
    ref: Pointer,
    standing: Sequence[ColumnElement[bool]],
    is_alias: ColumnElement[bool],
) -> SelectOfScalar[int]:
    found = (
        select(col(Membership.id))
        .join(Artifact, col(Artifact.id) == Membership.artifact_id)
        .where(Membership.collection_id == collection, *standing)
    )
    if ref.index is not None:
        return found.where(Membership.version_index == ref.index)
    named = false() if ref.alias is None else is_alias
    if not ref.digests:
        return found.where(named)
    identical = or_(*[col(Artifact.digest) == digest for digest in ref.digests])
    by_name_first = case((named, 0), else_=1)
    return found.where(or_(named, identical)).order_by(by_name_first, col(Membership.id).desc()).limit(1)


def any_collection(owned: bool) -> CollectionName:
    """Parameters in place of a name: for a statement that is built once and executed with `collection_values`."""
    return CollectionName(parameter("owner") if owned else None, parameter("place"), parameter("name"))


def collection_values(name: CollectionName) -> dict[str, Any]:
    """A name as the values of `any_collection`."""
    values = {"place": name.place, "name": name.name}
    return values if name.owner is None else values | {"owner": name.owner}


def any_pointer(index: bool, alias: bool, digests: int) -> Pointer:
    """Parameters in place of what a pointer has, for `pointer_values`."""
    return Pointer(
        parameter("index") if index else None,
        parameter("alias") if alias else None,
        tuple(parameter(f"digest{n}") for n in range(digests)),
    )


def pointer_values(ref: Pointer) -> dict[str, Any]:
    """A pointer as the values of `any_pointer`."""
    values: dict[str, Any] = {f"digest{n}": digest for n, digest in enumerate(ref.digests)}
    if ref.index is not None:
        values["index"] = ref.index
    if ref.alias is not None:
        values["alias"] = ref.alias
    return values
