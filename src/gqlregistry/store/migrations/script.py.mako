"""${message}"""

import sqlalchemy as sa
from alembic import op

from gqlregistry.store.tables.base import Instant, JsonText, Key, Name

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
