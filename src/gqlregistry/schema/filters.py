"""The filters of the public schema: each field says the condition that it puts on a row."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, Select, exists, select

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.filters import Operand, pattern, prefix, where
from gqlregistry.plan.relay import decode_id
from gqlregistry.registry.names import version_index
from gqlregistry.registry.rows import sql_table
from gqlregistry.schema.enums import ArtifactState, CollectionKind, EventKind, RunState
from gqlregistry.schema.expressions import collection_type
from gqlregistry.schema.json_conditions import JsonFilter, holds, prepared
from gqlregistry.store import tables


def _key_of(*types: str, field: str) -> Callable[[str], int]:
    return lambda text: decode_id(text, *types, field=field)[1]


def _by(entity_id: ColumnElement[int]) -> Callable[[Operand], ColumnElement[bool]]:
    return lambda v: (
        entity_id == select(col(tables.Entity.id)).where(v.equals(col(tables.Entity.name))).scalar_subquery()
    )


def _index_of(version: str) -> int:
    index = version_index(version)
    if index is None:
        raise BadInput("a version is written like v4", "version")
    return index


@strawberry.input(description="Conditions on runs; all that are given must hold.")
class RunFilter:
    """Which runs."""

    state: list[RunState] | None = where(lambda v: v.among(col(tables.Run.state)), "In one of these states.")
    job_type: str | None = where(lambda v: v.equals(col(tables.Run.job_type)), "Of this job type.")
    group: str | None = where(lambda v: v.equals(col(tables.Run.group)), "Of this group.")
    name_contains: str | None = where(
        lambda v: v.contained_in(col(tables.Run.display_name), col(tables.Run.name)),
        "Whose display name or slug has this text in it, in whatever case.",
        prepare=pattern,
    )
    created_by: str | None = where(_by(col(tables.Run.created_by_id)), "Started by the user of this name.")
    created_after: datetime | None = where(
        lambda v: v.at_least(col(tables.Run.created_at)), "Created at this time or later."
    )
    created_before: datetime | None = where(lambda v: v.below(col(tables.Run.created_at)), "Created before this time.")
    config: list[JsonFilter] | None = where(
        holds("run.config"), "Whose config meets all of these.", prepare=prepared("config")
    )
    summary: list[JsonFilter] | None = where(
        holds("run.summary"), "Whose summary meets all of these.", prepare=prepared("summary")
    )


@strawberry.input(description="Conditions on artifact versions; all that are given must hold.")
class ArtifactFilter:
    """Which versions."""

    type: list[str] | None = where(
        lambda v: v.among(collection_type(col(tables.Artifact.collection_id))), "Of one of these types."
    )
    state: list[ArtifactState] | None = where(lambda v: v.among(col(tables.Artifact.state)), "In one of these states.")
    digest: str | None = where(lambda v: v.equals(col(tables.Artifact.digest)), "With this digest.")
    tag: str | None = where(
        lambda v: col(tables.Artifact.id).in_(
            select(col(tables.ArtifactTag.artifact_id)).where(v.equals(col(tables.ArtifactTag.name)))
        ),
        "With this tag.",
    )
    created_by: str | None = where(_by(col(tables.Artifact.created_by_id)), "Logged by the user of this name.")
    created_after: datetime | None = where(
        lambda v: v.at_least(col(tables.Artifact.created_at)), "Created at this time or later."
    )
    created_before: datetime | None = where(
        lambda v: v.below(col(tables.Artifact.created_at)), "Created before this time."
    )
    metadata: list[JsonFilter] | None = where(
        holds("artifact.metadata"), "Whose metadata meet all of these.", prepare=prepared("metadata")
    )


@strawberry.input(description="Conditions on collections; all that are given must hold.")
class CollectionFilter:
    """Which collections."""

    kind: list[CollectionKind] | None = where(lambda v: v.among(col(tables.Collection.kind)), "Of one of these kinds.")
    type: list[str] | None = where(lambda v: v.among(col(tables.Collection.type)), "Of one of these artifact types.")
    name_contains: str | None = where(
        lambda v: v.contained_in(col(tables.Collection.name)),
        "Whose name has this text in it, in whatever case.",
        prepare=pattern,
    )
    tag: str | None = where(
        lambda v: col(tables.Collection.id).in_(
            select(col(tables.CollectionTag.collection_id)).where(v.equals(col(tables.CollectionTag.name)))
        ),
        "With this tag.",
    )


@strawberry.input(description="Conditions on a collection's versions; all that are given must hold.")
class MembershipFilter:
    """Which members of a collection."""

    alias: str | None = where(
        lambda v: col(tables.Membership.id).in_(_with_alias(v)), "That has this alias in the collection."
    )
    tag: str | None = where(
        lambda v: col(tables.Membership.artifact_id).in_(
            select(col(tables.ArtifactTag.artifact_id)).where(v.equals(col(tables.ArtifactTag.name)))
        ),
        "With this tag.",
    )
    added_after: datetime | None = where(
        lambda v: v.at_least(col(tables.Membership.created_at)), "Added at this time or later."
    )
    added_before: datetime | None = where(
        lambda v: v.below(col(tables.Membership.created_at)), "Added before this time."
    )
    metadata: list[JsonFilter] | None = where(
        lambda v: exists(
            select(1)
            .where(col(tables.Artifact.id) == tables.Membership.artifact_id, holds("artifact.metadata")(v))
            .correlate(sql_table(tables.Membership))
        ),
        "Whose metadata meet all of these.",
        prepare=prepared("metadata"),
    )


def _with_alias(operand: Operand) -> Select[Any]:
    return select(col(tables.Alias.membership_id)).where(operand.equals(col(tables.Alias.name)))


@strawberry.input(description="Conditions on events; all that are given must hold.")
class EventFilter:
    """Which lines of the log."""

    kinds: list[EventKind] | None = where(lambda v: v.among(col(tables.ActionEvent.kind)), "Of one of these kinds.")
    actor: str | None = where(_by(col(tables.ActionEvent.actor_id)), "By the user of this name.")
    artifact: strawberry.ID | None = where(
        lambda v: v.equals(col(tables.ActionEvent.artifact_id)),
        "About the artifact with this id.",
        prepare=_key_of("Artifact", field="artifact"),
    )
    version: str | None = where(
        lambda v: v.equals(col(tables.ActionEvent.version_index)),
        "About this version of the collection, like `v4`.",
        prepare=_index_of,
    )
    alias: str | None = where(lambda v: v.equals(col(tables.ActionEvent.alias)), "About this alias.")
    from_: datetime | None = where(
        lambda v: v.at_least(col(tables.ActionEvent.created_at)), "At this time or later.", name="from"
    )
    until: datetime | None = where(lambda v: v.below(col(tables.ActionEvent.created_at)), "Before this time.")


@strawberry.input(description="Conditions on all events of a server; all that are given must hold.")
class ServerEventFilter(EventFilter):
    """Which lines of the whole log."""

    collection: strawberry.ID | None = where(
        lambda v: v.equals(col(tables.ActionEvent.collection_id)),
        "About the collection with this id.",
        prepare=_key_of("Collection", field="collection"),
    )
    registry: strawberry.ID | None = where(
        lambda v: v.equals(col(tables.ActionEvent.registry_id)),
        "About the registry with this id, or a collection in it.",
        prepare=_key_of("Registry", field="registry"),
    )


@strawberry.input(description="Conditions on files; all that are given must hold.")
class FileFilter:
    """Which files."""

    path_starts_with: str | None = where(
        lambda v: v.prefix_of(col(tables.ArtifactFile.path)), "Whose path begins with this.", prepare=prefix
    )
    path_contains: str | None = where(
        lambda v: v.contained_in(col(tables.ArtifactFile.path)),
        "Whose path has this text in it, in whatever case.",
        prepare=pattern,
    )
