"""A search reads an index of words, which triggers keep; those of names by themselves. It is filled with what is there.

A later migration that changes the index makes it anew, as this one does, and leaves this one empty.
"""

from alembic import op

from gqlregistry.store.tables.search import definition, fill, removal

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    connection = op.get_bind()
    dialect = connection.dialect.name
    for statement in (*removal(dialect), *definition(dialect), *fill(dialect)):
        connection.exec_driver_sql(statement)
