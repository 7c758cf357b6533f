"""What a collection was at a moment is found by the times of its events."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index(
        "ix_action_event_collection_id_kind_created_at", "action_event", ["collection_id", "kind", "created_at"]
    )
