"""Write the next migration: the difference between `store.tables` and the newest schema, to be read and corrected."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from gqlregistry.store.migrations import configuration, upgrade


def main(message: str) -> None:
    """Make an empty database, upgrade it, and let Alembic write what is missing."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'empty.db'}")
        with engine.begin() as connection:
            upgrade(connection)
            config = configuration()
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True)
        engine.dispose()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
