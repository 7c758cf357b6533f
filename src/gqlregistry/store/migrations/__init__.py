"""The schema's versions. Each is a module of `versions/`; all of them run in one transaction of the caller.

`python -m gqlregistry.store.migrations "what changes"` writes the next one from what `store.tables` says.
"""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from gqlregistry.errors import Unavailable


class NewerSchema(Unavailable):
    """The database was made by a newer program than this one."""


def upgrade(connection: Connection) -> None:
    """Bring the database to this program's schema. The caller holds a lock and commits.

    Raises `NewerSchema` when the database has a revision that this program does not know.
    """
    config = configuration()
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    unknown = set(MigrationContext.configure(connection).get_current_heads()) - known
    if unknown:
        raise NewerSchema(
            f"the database has schema {', '.join(sorted(unknown))}, which this program does not know: a newer "
            "gqlregistry has upgraded it. Install that version again, or restore the backup made before the upgrade"
        )
    command.upgrade(config, "head")


def configuration() -> Config:
    """Alembic's configuration: everything it needs is in this package."""
    config = Config()
    config.set_main_option("script_location", "gqlregistry.store:migrations")
    config.set_main_option("path_separator", "os")
    return config
