"""Collections, the versions in them, and the aliases that point at those."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import Many
from gqlregistry.plan.readers import Column, Computed, Embedded, Itself, Listing, One
from gqlregistry.plan.relay import Connection, Edge, Node, argument, edges, encode_id, nodes, reads
from gqlregistry.plan.shape import Record
from gqlregistry.registry.past import stood
from gqlregistry.schema.artifact import Artifact
from gqlregistry.schema.enums import CollectionKind
from gqlregistry.schema.event import ActionEventConnection
from gqlregistry.schema.expressions import collection_path, version_name
from gqlregistry.schema.filters import EventFilter, MembershipFilter
from gqlregistry.schema.lookups import member_by_ref
from gqlregistry.schema.orders import EVENT_SORTS, MEMBERSHIP_SORTS, MembershipOrder
from gqlregistry.schema.past import CollectionAt, collection_at
from gqlregistry.schema.people import User
from gqlregistry.schema.timeline import AliasTimeline, alias_timeline
from gqlregistry.schema.webhook import WebhookConnection, webhooks
from gqlregistry.store import tables

if TYPE_CHECKING:
    from gqlregistry.schema.project import Project
    from gqlregistry.schema.registry import Registry
else:
    Project = Annotated["Project", strawberry.lazy("gqlregistry.schema.project")]
    Registry = Annotated["Registry", strawberry.lazy("gqlregistry.schema.registry")]

COLLECTION = col(tables.Collection.id)
MEMBERSHIP = col(tables.Membership.id)


@strawberry.type(description="A movable name for one version of a collection, such as `production`.")
class Alias(Record):
    """An alias as it stands now."""

    table = tables.Alias

    name: str = reads(Column(col(tables.Alias.name)), "The name.")
    created_at: datetime = reads(Column(col(tables.Alias.created_at)), "Since when it has pointed at this version.")
    membership: Annotated["Membership", strawberry.lazy("gqlregistry.schema.collection")] = reads(
        One(col(tables.Alias.membership_id), "gqlregistry.schema.collection:Membership"), "What it points at."
    )
    collection: Annotated["Collection", strawberry.lazy("gqlregistry.schema.collection")] = reads(
        One(col(tables.Alias.collection_id), "gqlregistry.schema.collection:Collection"), "The collection it is in."
    )


@strawberry.type(description="An artifact's place in a collection: its version number and its aliases there.")
class Membership(Record, Node):
    """A version of a collection."""

    table = tables.Membership

    id: strawberry.ID = reads(Column(MEMBERSHIP, encode_id("Membership")), "The global id.")
    name: str = reads(
        Column(
            collection_path(col(tables.Membership.collection_id))
            + ":"
            + version_name(col(tables.Membership.version_index))
        ),
        "The full name in this collection, such as `default/model/zoo:v3`.",
    )
    version: str = reads(
        Column(version_name(col(tables.Membership.version_index))), "Its version in this collection, like `v4`."
    )
    version_index: int = reads(Column(col(tables.Membership.version_index)), "The number of its version.")
    artifact: Artifact = reads(One(col(tables.Membership.artifact_id), Artifact), "The artifact.")
    collection: Annotated["Collection", strawberry.lazy("gqlregistry.schema.collection")] = reads(
        One(col(tables.Membership.collection_id), "gqlregistry.schema.collection:Collection"), "The collection."
    )
    aliases: list[Alias] = reads(
        Listing(MEMBERSHIP, parent=col(tables.Alias.membership_id), order=[col(tables.Alias.name)], to=Alias),
        "Its aliases in this collection, by name.",
    )
    created_at: datetime = reads(Column(col(tables.Membership.created_at)), "When it was logged, or linked.")
    created_by: User = reads(One(col(tables.Membership.created_by_id), User), "Who logged it, or linked it.")
    removed_at: datetime | None = reads(
        Column(col(tables.Membership.removed_at)), "When it was unlinked or deleted, if it was."
    )


@strawberry.type(description="A version in a list.")
class MembershipEdge(Edge):
    """A membership's place in a list."""

    table = tables.Membership

    node: Membership = reads(Itself(Membership), "The version.")


@strawberry.type(description="A page of a collection's versions, or of an artifact's places in collections.")
class MembershipConnection(Connection):
    """Memberships."""

    edge = MembershipEdge

    edges: list[MembershipEdge] = edges()
    nodes: list[Membership] = nodes()


@strawberry.type(description="A named series of versions of one artifact type.")
class Collection(Record, Node):
    """A collection."""

    table = tables.Collection

    id: strawberry.ID = reads(Column(COLLECTION, encode_id("Collection")), "The global id.")
    name: str = reads(Column(col(tables.Collection.name)), "The name in its project or registry.")
    path: str = reads(
        Column(collection_path(COLLECTION)), "`<entity>/<project>/<name>` or `<organization>/<registry>/<name>`."
    )
    kind: CollectionKind = reads(Column(col(tables.Collection.kind)), "How versions come into it.")
    type: str = reads(Column(col(tables.Collection.type)), "The type of its artifacts, such as `model`.")
    description: str | None = reads(Column(col(tables.Collection.description)), "What it is about, in Markdown.")
    project: Project | None = reads(
        One(col(tables.Collection.project_id), "gqlregistry.schema.project:Project"),
        "The project that it is in; null if it is a registry's.",
    )
    registry: Registry | None = reads(
        One(col(tables.Collection.registry_id), "gqlregistry.schema.registry:Registry"),
        "The registry that it is in; null if it is a project's.",
    )
    tags: list[str] = reads(
        Listing(
            COLLECTION,
            parent=col(tables.CollectionTag.collection_id),
            order=[col(tables.CollectionTag.name)],
            value=col(tables.CollectionTag.name),
        ),
        "Its labels, by name.",
    )
    created_at: datetime = reads(Column(col(tables.Collection.created_at)), "When it was made.")
    created_by: User = reads(One(col(tables.Collection.created_by_id), User), "Who made it.")
    updated_at: datetime = reads(Column(col(tables.Collection.updated_at)), "When it was last renamed or edited.")
    deleted_at: datetime | None = reads(Column(col(tables.Collection.deleted_at)), "When it was deleted, if it was.")
    deleted_by: User | None = reads(One(col(tables.Collection.deleted_by_id), User), "Who deleted it.")
    versions: MembershipConnection = reads(
        Many(
            MembershipConnection,
            sorts=MEMBERSHIP_SORTS,
            need=COLLECTION,
            parent=col(tables.Membership.collection_id),
            where=[col(tables.Membership.removed_at).is_(None)],
            filter=MembershipFilter,
            order=MembershipOrder,
            past=lambda home: stood(tables.Membership, home),
        ),
        "Its versions, newest first.",
    )
    version: Membership | None = reads(
        Computed(member_by_ref, needs=(COLLECTION,), then=One("value", Membership)),
        "One of its versions; null where there is none of that name.",
        arguments=[
            argument("ref", str, "A version (`v3`), an alias (`production`) or a digest."),
            argument("as_of", datetime | None, "What it meant at this time; now, if not given."),
        ],
    )
    aliases: list[Alias] = reads(
        Listing(COLLECTION, parent=col(tables.Alias.collection_id), order=[col(tables.Alias.name)], to=Alias),
        "Its aliases, by name.",
    )
    alias: AliasTimeline | None = reads(
        Computed(alias_timeline, needs=(COLLECTION,), then=Embedded("value", AliasTimeline)),
        "What an alias of it points at, pointed at and when; null for one that it never had.",
        arguments=[argument("name", str, "The alias, such as `production`.")],
    )
    at: CollectionAt | None = reads(
        Computed(collection_at, needs=(COLLECTION,), then=Embedded("value", CollectionAt)),
        "The collection as it stood at a time; null if it was not there then.",
        arguments=[argument("time", datetime, "The time. One that has not come yet is as now.")],
    )
    action_history: ActionEventConnection = reads(
        Many(
            ActionEventConnection,
            sorts=EVENT_SORTS,
            need=COLLECTION,
            parent=col(tables.ActionEvent.collection_id),
            filter=EventFilter,
            flat=True,
        ),
        "Who did what to it and when, newest first.",
    )
    webhooks: WebhookConnection = reads(
        webhooks(COLLECTION, col(tables.Webhook.collection_id)), "The webhooks that listen to it, for its admins."
    )


@strawberry.type(description="A collection in a list.")
class CollectionEdge(Edge):
    """A collection's place in a list."""

    table = tables.Collection

    node: Collection = reads(Itself(Collection), "The collection.")


@strawberry.type(description="A page of collections.")
class CollectionConnection(Connection):
    """Collections."""

    edge = CollectionEdge

    edges: list[CollectionEdge] = edges()
    nodes: list[Collection] = nodes()
