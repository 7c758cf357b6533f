"""SQL expressions that several types share: names that are put together from several tables."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select
from sqlalchemy.orm import aliased

from gqlregistry.plan.columns import col
from gqlregistry.plan.visibility import CONTENT, SEEN, BySight
from gqlregistry.registry import roles
from gqlregistry.registry.roles import Viewer
from gqlregistry.store.tables import Artifact, Collection, Entity, Membership, Organization, Project, Registry


def version_name(index: ColumnElement[Any]) -> ColumnElement[str]:
    """`v4`; null where there is no number."""
    return literal("v") + cast(index, String)


def project_path(project_id: ColumnElement[Any]) -> ColumnElement[str]:
    """`entity/project`."""
    return (
        select(col(Entity.name) + "/" + col(Project.name))
        .where(col(Project.id) == project_id, col(Entity.id) == Project.entity_id)
        .correlate(project_id.table)
        .scalar_subquery()
    )


def collection_path(collection_id: ColumnElement[Any]) -> ColumnElement[str]:
    """`entity/project/collection` or `organization/registry/collection`."""
    collection, owner, organization_owner = aliased(Collection), aliased(Entity), aliased(Entity)
    place = func.coalesce(
        col(owner.name) + "/" + col(Project.name), col(organization_owner.name) + "/" + col(Registry.name)
    )
    return (
        select(place + "/" + col(collection.name))
        .select_from(collection)
        .outerjoin(Project, col(Project.id) == collection.project_id)
        .outerjoin(owner, col(owner.id) == Project.entity_id)
        .outerjoin(Registry, col(Registry.id) == collection.registry_id)
        .outerjoin(Organization, col(Organization.id) == Registry.organization_id)
        .outerjoin(organization_owner, col(organization_owner.id) == Organization.entity_id)
        .where(col(collection.id) == collection_id)
        .correlate(collection_id.table)
        .scalar_subquery()
    )


def collection_type(collection_id: ColumnElement[Any]) -> ColumnElement[str]:
    """The artifact type of a collection."""
    collection = aliased(Collection)
    return (
        select(col(collection.type))
        .where(col(collection.id) == collection_id)
        .correlate(collection_id.table)
        .scalar_subquery()
    )


def entity_name(entity_id: ColumnElement[Any]) -> ColumnElement[str]:
    """The name of a user, a team or an organization."""
    entity = aliased(Entity)
    return select(col(entity.name)).where(col(entity.id) == entity_id).correlate(entity_id.table).scalar_subquery()


def entity_ref(entity_id: ColumnElement[Any]) -> ColumnElement[str]:
    """`USER:12`: of which kind an entity is, and its key."""
    entity = aliased(Entity)
    return (
        select(cast(col(entity.kind), String) + ":" + cast(col(entity.id), String))
        .where(col(entity.id) == entity_id)
        .correlate(entity_id.table)
        .scalar_subquery()
    )


def of_version(
    logged: ColumnElement[Any], linked: Callable[[Any], ColumnElement[Any]], artifact: Any = Artifact
) -> BySight:
    """What a version is in the collection that it was logged to; or, to who does not see that, where it is linked.

    `linked` makes it from the membership there: the first that stands, of those that may be seen.
    """

    def limited(viewer: Viewer) -> ColumnElement[Any]:
        member, home = aliased(Membership), aliased(Collection)
        published = (
            select(linked(member))
            .join_from(member, home, col(home.id) == member.collection_id)
            .where(
                col(member.artifact_id) == artifact.id,
                roles.allows_in_registry(col(home.registry_id), viewer, SEEN),
            )
            .order_by(col(member.removed_at).is_not(None), col(member.id))
            .limit(1)
            .correlate(artifact)
            .scalar_subquery()
        )
        at_home = roles.allows_at_home(col(artifact.collection_id), viewer, SEEN)
        return case((at_home, logged), else_=published)

    return BySight(logged, limited)


def content_key(artifact: Any = Artifact) -> BySight:
    """A version's key; negative to who may see that it is there, and not what is in it."""
    key = col(artifact.id)

    def limited(viewer: Viewer) -> ColumnElement[Any]:
        collection_id = col(artifact.collection_id)
        return case((roles.allows_of_artifact(key, collection_id, viewer, CONTENT), key), else_=-key)

    return BySight(key, limited)
