"""Registries."""

from datetime import datetime

import strawberry

from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import Many
from gqlregistry.plan.page import Sort
from gqlregistry.plan.readers import Column, Itself, Listing, One
from gqlregistry.plan.relay import Connection, Edge, Node, edges, encode_id, nodes, reads
from gqlregistry.plan.shape import Record
from gqlregistry.schema.collection import CollectionConnection
from gqlregistry.schema.enums import Visibility
from gqlregistry.schema.event import ActionEventConnection
from gqlregistry.schema.filters import CollectionFilter, EventFilter
from gqlregistry.schema.orders import COLLECTION_SORTS, EVENT_SORTS, CollectionOrder
from gqlregistry.schema.people import Member, Organization, User
from gqlregistry.schema.webhook import WebhookConnection, webhooks
from gqlregistry.store import tables

REGISTRY = col(tables.Registry.id)


@strawberry.type(description="Holds collections that versions are linked into, with roles of its own.")
class Registry(Record, Node):
    """A registry."""

    table = tables.Registry

    id: strawberry.ID = reads(Column(REGISTRY, encode_id("Registry")), "The global id.")
    name: str = reads(Column(col(tables.Registry.name)), "The name in its organization.")
    description: str | None = reads(Column(col(tables.Registry.description)), "What it is about, in Markdown.")
    visibility: Visibility = reads(Column(col(tables.Registry.visibility)), "Who may see it without being a member.")
    artifact_types: list[str] | None = reads(
        Column(col(tables.Registry.artifact_types)), "The artifact types that it takes; null if it takes any."
    )
    protected_aliases: list[str] = reads(
        Column(col(tables.Registry.protected_aliases)), "The aliases that only its admins may move."
    )
    organization: Organization = reads(
        One(col(tables.Registry.organization_id), Organization), "The organization that owns it."
    )
    created_at: datetime = reads(Column(col(tables.Registry.created_at)), "When it was made.")
    created_by: User = reads(One(col(tables.Registry.created_by_id), User), "Who made it.")
    deleted_at: datetime | None = reads(Column(col(tables.Registry.deleted_at)), "When it was deleted, if it was.")
    members: list[Member] = reads(
        Listing(REGISTRY, parent=col(tables.Member.registry_id), order=[col(tables.Member.id)], to=Member),
        "Who has a role in it.",
    )
    collections: CollectionConnection = reads(
        Many(
            CollectionConnection,
            sorts=COLLECTION_SORTS,
            need=REGISTRY,
            parent=col(tables.Collection.registry_id),
            where=[col(tables.Collection.deleted_at).is_(None)],
            filter=CollectionFilter,
            order=CollectionOrder,
        ),
        "Its collections, by name.",
    )
    action_history: ActionEventConnection = reads(
        Many(
            ActionEventConnection,
            sorts=EVENT_SORTS,
            need=REGISTRY,
            parent=col(tables.ActionEvent.registry_id),
            filter=EventFilter,
            flat=True,
        ),
        "Who did what to it and its collections and when, newest first.",
    )
    webhooks: WebhookConnection = reads(
        webhooks(REGISTRY, col(tables.Webhook.registry_id), col(tables.Webhook.collection_id).is_(None)),
        "The webhooks that listen to it as a whole, for its admins.",
    )


@strawberry.type(description="A registry in a list.")
class RegistryEdge(Edge):
    """A registry's place in a list."""

    table = tables.Registry

    node: Registry = reads(Itself(Registry), "The registry.")


@strawberry.type(description="A page of registries.")
class RegistryConnection(Connection):
    """Registries."""

    edge = RegistryEdge

    edges: list[RegistryEdge] = edges()
    nodes: list[Registry] = nodes()


REGISTRIES = Many(
    RegistryConnection,
    sorts={"NAME": Sort([col(tables.Registry.name), REGISTRY])},
    where=[col(tables.Registry.deleted_at).is_(None)],
)
