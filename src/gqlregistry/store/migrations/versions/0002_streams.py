"""What runs stream while they run, the files that they leave, and where those go that do not say."""

import sqlalchemy as sa
from alembic import op

from gqlregistry.store.tables.base import Instant, JsonText, Key, Name

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("entity", sa.Column("default_entity", sa.String(), nullable=True))
    op.add_column("run", sa.Column("client", JsonText(), nullable=True))
    op.add_column("run", sa.Column("stopping_at", Instant(), nullable=True))
    op.create_index("ix_run_state_heartbeat_at", "run", ["state", "heartbeat_at"], unique=False)
    op.create_table(
        "run_line",
        sa.Column("run_id", Key, nullable=False),
        sa.Column("stream", sa.String(40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_line_run_id"),
        sa.PrimaryKeyConstraint("run_id", "stream", "number", name="pk_run_line"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_run_line_run_id_stream_step",
        "run_line",
        ["run_id", "stream", "step"],
        unique=False,
        sqlite_where=sa.text("step IS NOT NULL"),
        postgresql_where=sa.text("step IS NOT NULL"),
    )
    op.create_table(
        "run_file",
        sa.Column("run_id", Key, nullable=False),
        sa.Column("path", Name, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_file_run_id"),
        sa.PrimaryKeyConstraint("run_id", "path", name="pk_run_file"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_run_file_digest", "run_file", ["digest"], unique=False)
