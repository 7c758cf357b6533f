"""The orders that connections offer. Each ends with a key, so that no two rows are equal in it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import strawberry

from gqlregistry.plan.columns import col
from gqlregistry.plan.page import Sort
from gqlregistry.schema.enums import OrderDirection, described
from gqlregistry.store import tables

_CREATED = "In which order they were made."
_NAME = "By name, by code point."


def order(values: type[Any], what: str) -> Any:
    """An input type that picks one of the orders and a direction."""

    @strawberry.input(name=values.__name__.removesuffix("Field"), description=f"How to order {what}.")
    class Order:
        field: values = strawberry.field(description="By what.")  # type: ignore[valid-type]
        direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Ascending, if not given.")

    return Order


class RunOrderField(StrEnum):
    """Orders of runs."""

    CREATED_AT = "CREATED_AT"
    NAME = "NAME"


described(
    RunOrderField,
    "What runs can be ordered by.",
    CREATED_AT=_CREATED,
    NAME=_NAME,
)


class ArtifactOrderField(StrEnum):
    """Orders of artifacts."""

    CREATED_AT = "CREATED_AT"


described(
    ArtifactOrderField,
    "What artifact versions can be ordered by.",
    CREATED_AT=_CREATED,
)


class CollectionOrderField(StrEnum):
    """Orders of collections."""

    NAME = "NAME"
    CREATED_AT = "CREATED_AT"


described(
    CollectionOrderField,
    "What collections can be ordered by.",
    NAME=_NAME,
    CREATED_AT=_CREATED,
)


class MembershipOrderField(StrEnum):
    """Orders of memberships."""

    VERSION = "VERSION"


described(
    MembershipOrderField,
    "What a collection's versions can be ordered by.",
    VERSION="By version number.",
)


class EventOrderField(StrEnum):
    """Orders of events."""

    CREATED_AT = "CREATED_AT"


described(
    EventOrderField,
    "What events can be ordered by.",
    CREATED_AT="In which order they happened.",
)


RunOrder = order(RunOrderField, "runs")
ArtifactOrder = order(ArtifactOrderField, "artifact versions")
CollectionOrder = order(CollectionOrderField, "collections")
MembershipOrder = order(MembershipOrderField, "a collection's versions")
EventOrder = order(EventOrderField, "events")

RUN_SORTS: Mapping[Any, Sort] = {
    RunOrderField.CREATED_AT: Sort([col(tables.Run.id)], descending=True),
    RunOrderField.NAME: Sort([col(tables.Run.name), col(tables.Run.id)]),
}
ARTIFACT_SORTS: Mapping[Any, Sort] = {
    ArtifactOrderField.CREATED_AT: Sort([col(tables.Artifact.id)], descending=True),
}
COLLECTION_SORTS: Mapping[Any, Sort] = {
    CollectionOrderField.NAME: Sort([col(tables.Collection.name), col(tables.Collection.id)]),
    CollectionOrderField.CREATED_AT: Sort([col(tables.Collection.id)]),
}
MEMBERSHIP_SORTS: Mapping[Any, Sort] = {
    MembershipOrderField.VERSION: Sort([col(tables.Membership.version_index)], descending=True),
}
EVENT_SORTS: Mapping[Any, Sort] = {
    EventOrderField.CREATED_AT: Sort([col(tables.ActionEvent.id)], descending=True),
}
