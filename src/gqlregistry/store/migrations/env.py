"""Alembic's entry: it runs on the connection, and in the transaction, that the caller put in the configuration."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import BigInteger, Enum, String, Text

from gqlregistry.store.tables import Table, is_search_table


def written_type(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """How a new migration writes a column's type: by the short names of `store.tables.base`."""
    if kind != "type":
        return False
    if isinstance(item, (BigInteger, Text)) and item._variant_mapping:
        return "Key" if isinstance(item, BigInteger) else "Name"
    if isinstance(item, Enum):
        return f"sa.String({item.length})"
    if type(item).__module__ == "gqlregistry.store.tables.base":
        return f"{type(item).__name__}()"
    if isinstance(getattr(item, "impl", None), String):
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_item=written_type,
    include_name=lambda name, *_: not is_search_table(name),
)
with context.begin_transaction():
    context.run_migrations()
