"""SQL expressions that several types share: names that are put together from several tables."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, select
from sqlalchemy.orm import aliased

from gqlregistry.plan.columns import col
from gqlregistry.store.tables import Collection, Entity, Organization, Project, Registry


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
