"""Webhooks, and what was sent to them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from sqlalchemy import ColumnElement

from gqlregistry.live.cursors import event_cursor
from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import Many
from gqlregistry.plan.page import Sort
from gqlregistry.plan.readers import Column, Itself, Listing, One
from gqlregistry.plan.relay import Connection, Edge, Node, edges, encode_id, nodes, reads
from gqlregistry.plan.shape import Record
from gqlregistry.schema.enums import DeliveryState, EventKind
from gqlregistry.schema.event import ActionEvent
from gqlregistry.schema.people import User
from gqlregistry.store import tables

if TYPE_CHECKING:
    from gqlregistry.schema.collection import Collection
    from gqlregistry.schema.project import Project
    from gqlregistry.schema.registry import Registry
else:
    Collection = Annotated["Collection", strawberry.lazy("gqlregistry.schema.collection")]
    Project = Annotated["Project", strawberry.lazy("gqlregistry.schema.project")]
    Registry = Annotated["Registry", strawberry.lazy("gqlregistry.schema.registry")]

WEBHOOK = tables.Webhook
DELIVERY = tables.WebhookDelivery
ATTEMPT = tables.WebhookAttempt


@strawberry.type(description="One try of a delivery.")
class WebhookAttempt(Record):
    """An attempt."""

    table = ATTEMPT

    number: int = reads(Column(col(ATTEMPT.number)), "Which try it was, from 1.")
    started_at: datetime = reads(Column(col(ATTEMPT.started_at)), "When it began.")
    status: int | None = reads(Column(col(ATTEMPT.status)), "The HTTP status; null if there was no answer.")
    milliseconds: int | None = reads(
        Column(col(ATTEMPT.milliseconds)), "How long it took; null if it has not ended, or its process was killed."
    )
    error: str | None = reads(Column(col(ATTEMPT.error)), "Why it failed, if it did.")


@strawberry.type(description="An event that a webhook is told of, or a ping. Kept for a while after it has ended.")
class WebhookDelivery(Record, Node):
    """A delivery."""

    table = DELIVERY

    id: strawberry.ID = reads(
        Column(col(DELIVERY.id), encode_id("WebhookDelivery")), "The global id: the `webhook-id` of what is sent."
    )
    event: ActionEvent | None = reads(
        One(col(DELIVERY.event_id), ActionEvent), "The event; null for a ping, and if you may not see it."
    )
    state: DeliveryState = reads(Column(col(DELIVERY.state)), "How far it has come.")
    attempts: int = reads(Column(col(DELIVERY.attempts)), "How many attempts have begun.")
    created_at: datetime = reads(Column(col(DELIVERY.created_at)), "When it was queued.")
    next_at: datetime = reads(Column(col(DELIVERY.next_at)), "While it is PENDING: when the next attempt is due.")
    status: int | None = reads(Column(col(DELIVERY.status)), "The HTTP status of the latest attempt that ended.")
    error: str | None = reads(Column(col(DELIVERY.error)), "Why the latest attempt failed, if it did.")
    ended_at: datetime | None = reads(Column(col(DELIVERY.ended_at)), "When it was delivered, or failed for good.")
    log: list[WebhookAttempt] = reads(
        Listing(col(DELIVERY.id), parent=col(ATTEMPT.delivery_id), order=[col(ATTEMPT.number)], to=WebhookAttempt),
        "Its attempts, oldest first.",
    )


@strawberry.type(description="A delivery in a list.")
class WebhookDeliveryEdge(Edge):
    """A delivery's place in a list."""

    table = DELIVERY

    node: WebhookDelivery = reads(Itself(WebhookDelivery), "The delivery.")


@strawberry.type(description="A page of deliveries.")
class WebhookDeliveryConnection(Connection):
    """Deliveries."""

    edge = WebhookDeliveryEdge

    edges: list[WebhookDeliveryEdge] = edges()
    nodes: list[WebhookDelivery] = nodes()


@strawberry.type(
    description="A URL that is told of events, as they happen. Seen by the admins of where it listens; its secret by "
    "nobody, once it was made."
)
class Webhook(Record, Node):
    """A webhook."""

    table = WEBHOOK

    id: strawberry.ID = reads(Column(col(WEBHOOK.id), encode_id("Webhook")), "The global id.")
    url: str = reads(Column(col(WEBHOOK.url)), "Where it sends to.")
    collection: Collection | None = reads(
        One(col(WEBHOOK.collection_id), "gqlregistry.schema.collection:Collection"),
        "The collection that it listens to.",
    )
    registry: Registry | None = reads(
        One(col(WEBHOOK.registry_id), "gqlregistry.schema.registry:Registry"),
        "The registry that it listens to, or that its collection is in.",
    )
    project: Project | None = reads(
        One(col(WEBHOOK.project_id), "gqlregistry.schema.project:Project"),
        "The project that it listens to, or that its collection is in. Without any of the three it listens to the "
        "whole server.",
    )
    kinds: list[EventKind] | None = reads(Column(col(WEBHOOK.kinds)), "Of which kinds it is told; null: of all.")
    alias_pattern: str | None = reads(
        Column(col(WEBHOOK.alias_pattern)), "It is told of events about aliases that fit: a name, or with `*` and `?`."
    )
    tag_pattern: str | None = reads(Column(col(WEBHOOK.tag_pattern)), "It is told of events about tags that fit.")
    collection_pattern: str | None = reads(
        Column(col(WEBHOOK.collection_pattern)), "It is told of events in collections whose name fits."
    )
    enabled: bool = reads(Column(col(WEBHOOK.enabled)), "Whether it is told anything.")
    disabled_reason: str | None = reads(
        Column(col(WEBHOOK.disabled_reason)), "Why the server has turned it off, if it has."
    )
    failing_since: datetime | None = reads(
        Column(col(WEBHOOK.failing_since)), "Since when all attempts have failed; null if the latest went well."
    )
    cursor: str = reads(
        Column(col(WEBHOOK.cursor), event_cursor),
        "Where the log stands behind the last event that was looked at for it: good for `replayWebhook`, and for the "
        "subscription `actionEvents`.",
    )
    created_at: datetime = reads(Column(col(WEBHOOK.created_at)), "When it was made.")
    created_by: User = reads(One(col(WEBHOOK.created_by_id), User), "Who made it.")
    viewer: User = reads(
        One(col(WEBHOOK.viewer_id), User), "Who has set it up last. It is told what this user may see, and no more."
    )
    deleted_at: datetime | None = reads(Column(col(WEBHOOK.deleted_at)), "When it was deleted, if it was.")
    deliveries: WebhookDeliveryConnection = reads(
        Many(
            WebhookDeliveryConnection,
            sorts={"QUEUED": Sort([col(DELIVERY.id)], descending=True)},
            need=col(WEBHOOK.id),
            parent=col(DELIVERY.webhook_id),
        ),
        "What it was sent, and is still to be sent, newest first.",
    )


@strawberry.type(description="A webhook in a list.")
class WebhookEdge(Edge):
    """A webhook's place in a list."""

    table = WEBHOOK

    node: Webhook = reads(Itself(Webhook), "The webhook.")


@strawberry.type(description="A page of webhooks.")
class WebhookConnection(Connection):
    """Webhooks."""

    edge = WebhookEdge

    edges: list[WebhookEdge] = edges()
    nodes: list[Webhook] = nodes()


def webhooks(
    need: ColumnElement[int] | None = None,
    parent: ColumnElement[int | None] | None = None,
    *where: ColumnElement[bool],
) -> Many:
    """Those that are there, in the order in which they were made: all, or those that listen in a place."""
    return Many(
        WebhookConnection,
        sorts={"MADE": Sort([col(WEBHOOK.id)])},
        need=need,
        parent=parent,
        where=[col(WEBHOOK.deleted_at).is_(None), *where],
    )
