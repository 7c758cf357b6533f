"""Who somebody is at an OpenID provider."""

import sqlalchemy as sa
from alembic import op

from gqlregistry.store.tables.base import Instant, Key

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "subject",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("entity_id", Key, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_subject_entity_id"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_subject"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subject_entity_id", "subject", ["entity_id"], unique=False)
