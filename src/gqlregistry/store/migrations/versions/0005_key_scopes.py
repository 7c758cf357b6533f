"""Keys have a scope. One that might administer may still: by itself, or since its owner might."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("api_key", sa.Column("scope", sa.String(40), nullable=True))
    op.execute(
        "UPDATE api_key SET scope = CASE WHEN is_admin OR entity_id IN (SELECT id FROM entity WHERE is_admin) "
        "THEN 'ADMIN' ELSE 'WRITE' END"
    )
    with op.batch_alter_table("api_key") as table:
        table.alter_column("scope", existing_type=sa.String(40), nullable=False)
        table.drop_column("is_admin")
