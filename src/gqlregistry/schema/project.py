"""Projects."""

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
from gqlregistry.schema.expressions import project_path
from gqlregistry.schema.filters import CollectionFilter, RunFilter
from gqlregistry.schema.orders import COLLECTION_SORTS, RUN_SORTS, CollectionOrder, RunOrder
from gqlregistry.schema.people import Entity, Member, User, entity
from gqlregistry.schema.run import RunConnection
from gqlregistry.schema.webhook import WebhookConnection, webhooks
from gqlregistry.store import tables

PROJECT = col(tables.Project.id)


@strawberry.type(description="Holds runs, and the collections that they log into.")
class Project(Record, Node):
    """A project."""

    table = tables.Project

    id: strawberry.ID = reads(Column(PROJECT, encode_id("Project")), "The global id.")
    name: str = reads(Column(col(tables.Project.name)), "The name among its owner's projects.")
    path: str = reads(Column(project_path(PROJECT)), "`<entity>/<project>`.")
    description: str | None = reads(Column(col(tables.Project.description)), "What it is about, in Markdown.")
    visibility: Visibility = reads(Column(col(tables.Project.visibility)), "Who may see it without being a member.")
    owner: Entity = reads(entity(col(tables.Project.entity_id)), "The user or team that owns it.")
    created_at: datetime = reads(Column(col(tables.Project.created_at)), "When it was made.")
    created_by: User = reads(One(col(tables.Project.created_by_id), User), "Who made it.")
    deleted_at: datetime | None = reads(Column(col(tables.Project.deleted_at)), "When it was deleted, if it was.")
    members: list[Member] = reads(
        Listing(PROJECT, parent=col(tables.Member.project_id), order=[col(tables.Member.id)], to=Member),
        "Who has a role in it.",
    )
    runs: RunConnection = reads(
        Many(
            RunConnection,
            sorts=RUN_SORTS,
            need=PROJECT,
            parent=col(tables.Run.project_id),
            filter=RunFilter,
            order=RunOrder,
        ),
        "Its runs, newest first.",
    )
    collections: CollectionConnection = reads(
        Many(
            CollectionConnection,
            sorts=COLLECTION_SORTS,
            need=PROJECT,
            parent=col(tables.Collection.project_id),
            where=[col(tables.Collection.deleted_at).is_(None)],
            filter=CollectionFilter,
            order=CollectionOrder,
        ),
        "The collections that its runs log into, by name.",
    )
    webhooks: WebhookConnection = reads(
        webhooks(PROJECT, col(tables.Webhook.project_id), col(tables.Webhook.collection_id).is_(None)),
        "The webhooks that listen to it as a whole, for its admins.",
    )


@strawberry.type(description="A project in a list.")
class ProjectEdge(Edge):
    """A project's place in a list."""

    table = tables.Project

    node: Project = reads(Itself(Project), "The project.")


@strawberry.type(description="A page of projects.")
class ProjectConnection(Connection):
    """Projects."""

    edge = ProjectEdge

    edges: list[ProjectEdge] = edges()
    nodes: list[Project] = nodes()


PROJECTS = Many(
    ProjectConnection,
    sorts={"NAME": Sort([col(tables.Project.name), PROJECT])},
    where=[col(tables.Project.deleted_at).is_(None)],
)
