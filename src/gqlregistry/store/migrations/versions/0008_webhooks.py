"""Who is told of events over HTTP."""

import sqlalchemy as sa
from alembic import op

from gqlregistry.store.tables.base import Instant, JsonText, Key

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", Key, nullable=False),
        sa.Column("project_id", Key, nullable=True),
        sa.Column("registry_id", Key, nullable=True),
        sa.Column("collection_id", Key, nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("kinds", JsonText(), nullable=True),
        sa.Column("alias_pattern", sa.String(), nullable=True),
        sa.Column("tag_pattern", sa.String(), nullable=True),
        sa.Column("collection_pattern", sa.String(), nullable=True),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("disabled_reason", sa.String(), nullable=True),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Key, nullable=False),
        sa.Column("viewer_id", Key, nullable=False),
        sa.Column("secret_at", Instant(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name="fk_webhook_collection_id"),
        sa.ForeignKeyConstraint(["created_by_id"], ["entity.id"], name="fk_webhook_created_by_id"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_webhook_project_id"),
        sa.ForeignKeyConstraint(["registry_id"], ["registry.id"], name="fk_webhook_registry_id"),
        sa.ForeignKeyConstraint(["viewer_id"], ["entity.id"], name="fk_webhook_viewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
    )
    op.create_index("ix_webhook_collection_id", "webhook", ["collection_id"], unique=False)
    op.create_index("ix_webhook_project_id", "webhook", ["project_id"], unique=False)
    op.create_index("ix_webhook_registry_id", "webhook", ["registry_id"], unique=False)
    op.create_table(
        "webhook_delivery",
        sa.Column("id", Key, nullable=False),
        sa.Column("webhook_id", Key, nullable=False),
        sa.Column("event_id", Key, nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["action_event.id"], name="fk_webhook_delivery_event_id"),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhook.id"], name="fk_webhook_delivery_webhook_id"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_delivery"),
        sa.UniqueConstraint("webhook_id", "event_id", name="uq_webhook_delivery_webhook_id_event_id"),
    )
    op.create_index("ix_webhook_delivery_event_id", "webhook_delivery", ["event_id"], unique=False)
    op.create_index("ix_webhook_delivery_state_ended_at", "webhook_delivery", ["state", "ended_at"], unique=False)
    op.create_index(
        "ix_webhook_delivery_webhook_id_state_next_at",
        "webhook_delivery",
        ["webhook_id", "state", "next_at"],
        unique=False,
    )
    op.create_table(
        "webhook_attempt",
        sa.Column("delivery_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["webhook_delivery.id"], name="fk_webhook_attempt_delivery_id"),
        sa.PrimaryKeyConstraint("delivery_id", "number", name="pk_webhook_attempt"),
    )
