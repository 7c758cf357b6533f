"""A search reads an index of words.

The index is made of the other tables, so that it is made as it is now, by the last migration that changes it: 0011.
"""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing."""
