"""What clients say of a version before it is one, and what else they keep with its files."""

import sqlalchemy as sa
from alembic import op

from gqlregistry.store.tables.base import Instant, JsonText, Key, Name

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "handle",
        sa.Column("name", Name, nullable=False),
        sa.Column("artifact_id", Key, nullable=True),
        sa.Column("collection_id", Key, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], name="fk_handle_artifact_id"),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], name="fk_handle_collection_id"),
        sa.PrimaryKeyConstraint("name", name="pk_handle"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_handle_artifact_id", "handle", ["artifact_id"], unique=False)
    op.create_table(
        "manifest",
        sa.Column("id", Key, nullable=False),
        sa.Column("artifact_id", Key, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("base_id", Key, nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], name="fk_manifest_artifact_id"),
        sa.ForeignKeyConstraint(["base_id"], ["artifact.id"], name="fk_manifest_base_id"),
        sa.PrimaryKeyConstraint("id", name="pk_manifest"),
    )
    op.create_index("ix_manifest_artifact_id", "manifest", ["artifact_id"], unique=False)
    op.create_table(
        "lookup",
        sa.Column("caller", Name, nullable=False),
        sa.Column("membership_id", Key, nullable=False),
        sa.Column("requested_as", Name, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name="fk_lookup_membership_id"),
        sa.PrimaryKeyConstraint("caller", "membership_id", "requested_as", name="pk_lookup"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lookup_created_at", "lookup", ["created_at"], unique=False)
    op.add_column("artifact", sa.Column("history_step", sa.BigInteger(), nullable=True))
    op.add_column("artifact", sa.Column("ttl_seconds", sa.BigInteger(), nullable=True))
    op.add_column("artifact", sa.Column("expires_at", Instant(), nullable=True))
    op.create_index("ix_artifact_expires_at", "artifact", ["expires_at"], unique=False)
    op.add_column("artifact_file", sa.Column("extra", JsonText(), nullable=True))
    op.add_column("blob", sa.Column("md5", sa.String(), nullable=True))
    op.create_index("ix_blob_md5", "blob", ["md5"], unique=False)
