"""Where the log stands, as clients keep it."""

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.cursor import decode_cursor, encode_cursor
from gqlregistry.store.tables import ActionEvent

ORDER = "LOG"
"""The order of the cursors: that in which the log is told, see `live.order`. Those of lists are not good for it."""


def event_cursor(key: int) -> str:
    """Where the log stands behind an event."""
    return encode_cursor(ORDER, [key])


def event_key(cursor: str, argument: str) -> int:
    """The event behind which a cursor stands; the empty one stands before the first. Raises `BadInput`."""
    if not cursor:
        return 0
    key: int = decode_cursor(cursor, ORDER, [col(ActionEvent.id)], argument)[0]
    if key < 0:
        raise BadInput("this is not a cursor of this list", argument)
    return key
