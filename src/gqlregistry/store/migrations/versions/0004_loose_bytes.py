"""Since when bytes may be held by nothing, and which are on their way into the blob store or out of it."""

import sqlalchemy as sa
from alembic import op

from gqlregistry.store.tables.base import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "transit",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_transit"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_transit_since", "transit", ["since"], unique=False)
    op.create_index("ix_manifest_digest", "manifest", ["digest"], unique=False)
    op.add_column("blob", sa.Column("loose_since", Instant(), nullable=True))
    # Who holds what is there is not known yet: each is looked at once.
    op.execute("UPDATE blob SET loose_since = created_at")
    op.create_index(
        "ix_blob_loose_since",
        "blob",
        ["loose_since"],
        unique=False,
        sqlite_where=sa.text("loose_since IS NOT NULL"),
        postgresql_where=sa.text("loose_since IS NOT NULL"),
    )
