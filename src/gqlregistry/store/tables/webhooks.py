"""Who is told of events over HTTP, and how far that has come."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from gqlregistry.store.tables.base import Key, Table, choice, instant, json_text, key, reference
from gqlregistry.store.tables.events import EventKind


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


class Webhook(Table, table=True):
    """A URL that is told of events: of a collection (with its `project_id` or `registry_id`), of all in a project or a
    registry, or of the whole server where no place is given.

    It is told what `viewer_id`, who has set it up last, may see. `cursor` is the key of the last event that was looked
    at for it. `secret` signs what is sent; it is needed as it is, and shown once. `failing_since` is when the first
    attempt failed after the last that went well.
    """

    id: int = key()
    project_id: int | None = reference("project.id", default=None, nullable=True, index=True)
    registry_id: int | None = reference("registry.id", default=None, nullable=True, index=True)
    collection_id: int | None = reference("collection.id", default=None, nullable=True, index=True)
    url: str = Field(repr=False)
    secret: str = Field(repr=False)
    kinds: list[EventKind] | None = json_text(default=None, nullable=True)
    alias_pattern: str | None = None
    tag_pattern: str | None = None
    collection_pattern: str | None = None
    enabled: bool = True
    disabled_reason: str | None = None
    failing_since: datetime | None = instant(default=None, nullable=True)
    created_at: datetime = instant()
    created_by_id: int = reference("entity.id")
    viewer_id: int = reference("entity.id")
    secret_at: datetime = instant()
    cursor: int = Field(sa_type=BigInteger)
    deleted_at: datetime | None = instant(default=None, nullable=True)


class WebhookDelivery(Table, table=True):
    """An event that a webhook is told of; without an event, a ping.

    `attempts` have begun, and `failures` of them failed since it was asked for last. It is due at `next_at`: while one
    is under way, that is when it counts as lost. `status` and `error` are those of the latest attempt that ended.
    """

    id: int = key()
    webhook_id: int = reference("webhook.id")
    event_id: int | None = reference("action_event.id", default=None, nullable=True)
    state: DeliveryState = choice(DeliveryState, default=DeliveryState.PENDING)
    attempts: int = 0
    failures: int = 0
    created_at: datetime = instant()
    next_at: datetime = instant()
    status: int | None = None
    error: str | None = None
    ended_at: datetime | None = instant(default=None, nullable=True)

    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index(None, "webhook_id", "state", "next_at"),
        Index(None, "state", "ended_at"),
        Index(None, "event_id"),
    )


class WebhookAttempt(Table, table=True):
    """One try of a delivery. Without `milliseconds` it has not ended, or the process that made it was killed."""

    delivery_id: int = Field(foreign_key="webhook_delivery.id", primary_key=True, sa_type=Key)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    started_at: datetime = instant()
    status: int | None = None
    milliseconds: int | None = None
    error: str | None = None
