"""A search reads an index of words, which triggers keep; it is filled with what is there."""

from alembic import op

from gqlregistry.store.tables.search import definition, fill

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    connection = op.get_bind()
    for statement in (*definition(connection.dialect.name), *fill(connection.dialect.name)):
        connection.exec_driver_sql(statement)
