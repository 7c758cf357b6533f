"""What can be listed of artifacts and collections, and what each list may be filtered and sorted by."""

from typing import Any

from sqlalchemy import ColumnElement, String, Text, cast, literal
from sqlmodel import Session, select

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.relay import decode_id
from gqlregistry.registry.names import REGISTRY_PREFIX
from gqlregistry.store.tables import (
    Alias,
    Artifact,
    ArtifactTag,
    Collection,
    CollectionTag,
    Membership,
    Project,
    Registry,
    RunInput,
    RunOutput,
)
from gqlregistry.wandb.conditions import AnyOf, Condition, Document, Field, Value, conditions
from gqlregistry.wandb.paging import Listing
from gqlregistry.wandb.places import Place

NEWEST_FIRST = "-version_index"


def collections(
    filters: str | None = None,
    *,
    place: Place | None = None,
    type: str | None = None,
    organization: int | None = None,
    place_filters: str | None = None,
) -> Listing:
    """The collections of a place (of a type), or of the registries of an organization."""
    base = select(Collection.id)
    where = [col(Collection.deleted_at).is_(None), *conditions(filters, _collection_fields())]
    if place is not None:
        where.append(place.holds())
    if type is not None:
        where.append(col(Collection.type) == type)
    if organization is not None:
        base = base.join(Registry, col(Registry.id) == Collection.registry_id)
        where += _registries_of(organization, place_filters)
    sorts = {"name": Collection.name, "created_at": Collection.created_at, "updated_at": Collection.updated_at}
    return Listing(Collection, base, col(Collection.id), where, _columns(sorts), "name")


def registries(organization: int, filters: str | None) -> Listing:
    """The registries of an organization."""
    sorts = {"name": Registry.name, "created_at": Registry.created_at, "updated_at": Registry.created_at}
    return Listing(
        Registry, select(Registry.id), col(Registry.id), _registries_of(organization, filters), _columns(sorts), "name"
    )


def projects(entity: int) -> Listing:
    """The projects of a user or team."""
    sorts = {"name": Project.name, "created_at": Project.created_at, "updated_at": Project.created_at}
    where = [col(Project.entity_id) == entity, col(Project.deleted_at).is_(None)]
    return Listing(Project, select(Project.id), col(Project.id), where, _columns(sorts), "name")


def versions(session: Session, filters: str | None, collection: int) -> Listing:
    """The live members of a collection, the newest first."""
    base = select(Membership.id).join(Artifact, col(Artifact.id) == Membership.artifact_id)
    where = [
        col(Membership.collection_id) == collection,
        col(Membership.removed_at).is_(None),
        *conditions(filters, _version_fields(session)),
    ]
    return Listing(Membership, base, col(Membership.id), where, _version_sorts(), NEWEST_FIRST)


def registry_versions(
    session: Session, organization: int, place_filters: str | None, collection_filters: str | None, filters: str | None
) -> Listing:
    """The live members of the collections of an organization's registries."""
    base = (
        select(Membership.id)
        .join(Artifact, col(Artifact.id) == Membership.artifact_id)
        .join(Collection, col(Collection.id) == Membership.collection_id)
        .join(Registry, col(Registry.id) == Collection.registry_id)
    )
    where = [
        col(Membership.removed_at).is_(None),
        *_registries_of(organization, place_filters),
        *conditions(collection_filters, _collection_fields()),
        *conditions(filters, _version_fields(session)),
    ]
    return Listing(Membership, base, col(Membership.id), where, _version_sorts(), "-created_at")


def memberships(artifact: int) -> Listing:
    """The places of a version, that in its own collection first."""
    where = [col(Membership.artifact_id) == artifact, col(Membership.removed_at).is_(None)]
    return Listing(Membership, select(Membership.id), col(Membership.id), where)


def aliases(collection: int) -> Listing:
    """The aliases of a collection."""
    return Listing(Alias, select(Alias.id), col(Alias.id), [col(Alias.collection_id) == collection])


def used_by(run: int) -> Listing:
    """The artifacts that a run used, in the order in which it did."""
    return _edges(RunInput, run)


def logged_by(run: int) -> Listing:
    """The artifacts that a run logged, in the order in which it did."""
    return _edges(RunOutput, run)


def _edges(table: Any, run: int) -> Listing:
    sorts = {"created_at": col(table.created_at)}
    return Listing(
        Artifact, select(table.artifact_id), col(table.artifact_id), [col(table.run_id) == run], sorts, "created_at"
    )


def _registries_of(organization: int, filters: str | None) -> list[Condition]:
    fields: dict[str, Field] = {
        "id": Value(col(Registry.id), _registry_key),
        "name": Value(literal(REGISTRY_PREFIX, String) + col(Registry.name)),
        "description": Value(col(Registry.description)),
        "created_at": Value(col(Registry.created_at)),
    }
    here = [col(Registry.organization_id) == organization, col(Registry.deleted_at).is_(None)]
    return [*here, *conditions(filters, fields)]


def _collection_fields() -> dict[str, Field]:
    key = Value(col(Collection.id), lambda value: _key(value, "ArtifactCollection"))
    return {
        "id": key,
        "artifact_collection_id": key,
        "name": Value(col(Collection.name)),
        "description": Value(col(Collection.description)),
        "type": Value(col(Collection.type)),
        "created_at": Value(col(Collection.created_at)),
        "updated_at": Value(col(Collection.updated_at)),
        "tag": AnyOf(
            col(CollectionTag.name),
            lambda test: select(CollectionTag.name).where(CollectionTag.collection_id == Collection.id, test).exists(),
        ),
    }


def _version_fields(session: Session) -> dict[str, Field]:
    return {
        "id": Value(col(Artifact.id), lambda value: _key(value, "Artifact")),
        "state": Value(cast(Artifact.state, Text)),
        "version": Value(literal("v", String) + cast(Membership.version_index, Text)),
        "version_index": Value(col(Membership.version_index)),
        "created_at": Value(col(Artifact.created_at)),
        "updated_at": Value(col(Artifact.updated_at)),
        "metadata": Document(col(Artifact.metadata_), session.get_bind().dialect.name),
        "alias": AnyOf(
            col(Alias.name), lambda test: select(Alias.id).where(Alias.membership_id == Membership.id, test).exists()
        ),
        "tag": AnyOf(
            col(ArtifactTag.name),
            lambda test: select(ArtifactTag.name).where(ArtifactTag.artifact_id == Artifact.id, test).exists(),
        ),
    }


def _version_sorts() -> dict[str, ColumnElement[Any]]:
    return {
        "version_index": col(Membership.version_index),
        "created_at": col(Membership.created_at),
        "updated_at": col(Artifact.updated_at),
    }


def _columns(sorts: dict[str, Any]) -> dict[str, ColumnElement[Any]]:
    return {name: col(column) for name, column in sorts.items()}


def _registry_key(value: Any) -> int:
    number = value if isinstance(value, int) else _key(value, "Project")
    return Place.numbered(number).registry_id or 0


def _key(value: Any, type_name: str) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return decode_id(value, type_name, field="filters")[1]
    raise BadInput("an id is a string", "filters")
