"""The database refuses to change the log, and how far each chain of it has come is kept."""

import sqlalchemy as sa
from alembic import op

from gqlregistry.store.tables.base import Instant, Key
from gqlregistry.store.tables.events import APPEND_ONLY

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "event_chain",
        sa.Column("chain", Key, autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("head_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name="pk_event_chain"),
    )
    op.execute(
        "INSERT INTO event_chain (chain, count, head, head_at) "
        "SELECT coalesce(newest.collection_id, 0), told.events, newest.hash, newest.created_at FROM "
        "(SELECT max(id) AS id, count(*) AS events FROM action_event GROUP BY collection_id) AS told "
        "JOIN action_event AS newest ON newest.id = told.id"
    )
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)
