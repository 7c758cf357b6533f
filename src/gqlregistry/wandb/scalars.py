"""Scalars of the client's schema."""

from datetime import UTC, datetime
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from gqlregistry.errors import BadInput
from gqlregistry.store.tables import instant_text

Int64 = NewType("Int64", int)
Json = NewType("Json", object)
JSONString = NewType("JSONString", str)


def _time(value: Any) -> datetime:
    try:
        parsed = datetime.fromisoformat(value)
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        raise BadInput("a DateTime is written like 2026-03-03T09:30:00Z") from None


def _int64(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise BadInput("an Int64 is a whole number") from None
    if abs(number) >= 2**63:
        raise BadInput("an Int64 has at most 64 bits")
    return number


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise BadInput("a JSONString is a string that holds JSON")
    return value


def _same(value: Any) -> Any:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(name="DateTime", serialize=instant_text, parse_value=_time),
    Int64: strawberry.scalar(name="Int64", serialize=int, parse_value=_int64),
    JSONString: strawberry.scalar(name="JSONString", serialize=str, parse_value=_text),
    Json: strawberry.scalar(name="JSON", serialize=_same, parse_value=_same),
}
