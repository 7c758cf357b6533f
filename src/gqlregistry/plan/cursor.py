"""Keyset cursors: where a row stands in its order, opaque to clients.

A cursor holds the order's name and the row's sort values, the last of them unique. It names no offset, so pages
neither skip nor repeat when rows come and go.
"""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement

from gqlregistry.errors import BadInput
from gqlregistry.store.tables.base import INSTANT_FORMAT, Instant

_VERSION = 1


def encode_cursor(order: str, values: Sequence[Any]) -> str:
    """The cursor of the row with these sort values."""
    return base64.urlsafe_b64encode(orjson.dumps([_VERSION, order, *values])).decode().rstrip("=")


def decode_cursor(cursor: str, order: str, sort: Sequence[ColumnElement[Any]], argument: str) -> list[Any]:
    """The sort values that a cursor holds. Raises `BadInput` when it is none, or is of another order."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        version, name, *values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if version == _VERSION and name != order:
            raise BadInput(f"this cursor belongs to the order {name!s:.40}, not to {order}", argument)
        if version != _VERSION or len(values) != len(sort):
            raise ValueError
        return [_decoded(value, expression) for value, expression in zip(values, sort, strict=True)]
    except (ValueError, TypeError, binascii.Error):
        raise BadInput("this is not a cursor of this list", argument) from None


def _decoded(value: Any, expression: ColumnElement[Any]) -> Any:
    if isinstance(expression.type, Instant):
        return datetime.strptime(value, INSTANT_FORMAT).replace(tzinfo=UTC)
    if not isinstance(value, expression.type.python_type) or isinstance(value, bool):
        raise ValueError
    if isinstance(value, int) and abs(value) >= 2**63:
        raise ValueError
    if isinstance(value, str) and "\0" in value:
        raise ValueError
    return value
