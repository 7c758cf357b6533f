"""Scalars of the public schema."""

from datetime import UTC, datetime
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from gqlregistry.errors import BadInput
from gqlregistry.store.tables import instant_text

Int64 = NewType("Int64", int)
Json = NewType("Json", object)


def _print_time(value: datetime | str) -> str:
    return value if isinstance(value, str) else instant_text(value)


def _parse_time(value: Any) -> datetime:
    try:
        parsed = datetime.fromisoformat(value)
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        raise BadInput("a DateTime is written like 2026-03-03T09:30:00Z") from None


def _parse_int64(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise BadInput("an Int64 is a whole number")
    try:
        number = int(value)
    except ValueError:
        raise BadInput("an Int64 is a whole number") from None
    if abs(number) >= 2**63:
        raise BadInput("an Int64 has at most 64 bits")
    return number


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="A time in UTC with microseconds: `2026-03-03T09:30:00.000000Z`. Any ISO 8601 form is read; "
        "one without a zone is UTC.",
        serialize=_print_time,
        parse_value=_parse_time,
    ),
    Int64: strawberry.scalar(
        name="Int64",
        description="A whole number of up to 64 bits, such as a size in bytes. Also read from a string.",
        serialize=int,
        parse_value=_parse_int64,
    ),
    Json: strawberry.scalar(
        name="JSON",
        description="Any JSON value.",
        serialize=lambda value: value,
        parse_value=lambda value: value,
    ),
}
