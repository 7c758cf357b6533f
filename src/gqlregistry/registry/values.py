"""What a value may be before it is kept: text, JSON. Whatever passes here can be stored by both databases."""

import math
from enum import Enum
from typing import Any, Final

import orjson

from gqlregistry.errors import BadInput


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "UNSET"


UNSET: Final = Unset.UNSET
"""An input that the client left out, where null would mean something."""

MAX_TEXT = 64 * 1024
MAX_LINE = 512
MAX_JSON_BYTES = 1_000_000
MAX_JSON_DEPTH = 64
MAX_INT = 2**63 - 1


def check_text(text: str, what: str, field: str, limit: int = MAX_TEXT) -> str:
    """Raise `BadInput` unless the text can be stored: no NUL, no lone surrogate, at most `limit` characters."""
    if len(text) > limit:
        raise BadInput(f"{what} has {len(text)} characters, at most {limit} are allowed", field)
    if not _is_storable(text):
        raise BadInput(f"{what} holds a NUL or half a character", field)
    return text


def check_optional_text(text: str | None, what: str, field: str, limit: int = MAX_TEXT) -> str | None:
    """`check_text`, or None."""
    return None if text is None else check_text(text, what, field, limit)


def check_object(value: Any, what: str, field: str) -> dict[str, Any]:
    """Raise `BadInput` unless this is a JSON object of at most 1 MB, without NaN, Infinity, NUL or huge integers."""
    if not isinstance(value, dict):
        raise BadInput(f"{what} must be an object", field)
    _check_json(value, what, field)
    size = len(orjson.dumps(value))
    if size > MAX_JSON_BYTES:
        raise BadInput(f"{what} has {size} bytes, at most {MAX_JSON_BYTES} are allowed", field)
    return value


def _check_json(value: Any, what: str, field: str) -> None:
    waiting: list[tuple[Any, int]] = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        if depth > MAX_JSON_DEPTH:
            raise BadInput(f"{what} is nested deeper than {MAX_JSON_DEPTH} levels", field)
        match item:
            case None | bool():
                pass
            case int() if abs(item) > MAX_INT:
                raise BadInput(f"{what} holds an integer that does not fit into 64 bits", field)
            case float() if not math.isfinite(item):
                raise BadInput(f"{what} holds {item}, which is not JSON", field)
            case str() if not _is_storable(item):
                raise BadInput(f"{what} holds a NUL or half a character", field)
            case int() | float() | str():
                pass
            case list():
                waiting.extend((each, depth + 1) for each in item)
            case dict():
                waiting.extend((key, depth + 1) for key in item)
                waiting.extend((each, depth + 1) for each in item.values())
            case _:
                raise BadInput(f"{what} holds something that is not JSON", field)


def _is_storable(text: str) -> bool:
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
