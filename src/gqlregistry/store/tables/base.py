"""What every table is made of: keys, instants, JSON kept as text."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

Key = BigInteger().with_variant(Integer, "sqlite")
"""An integer key: a rowid on SQLite, a bigint on PostgreSQL."""

Name = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that pages are ordered by: compared by code point on both databases, whatever the locale."""

INSTANT_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def instant_text(value: datetime) -> str:
    """The one way a time is written, in the API, in SQLite and in hashes: `2026-03-03T09:30:00.000000Z`."""
    # As INSTANT_FORMAT, which `strftime` would write in four times the time.
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Instant(TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps the text that the API prints, so that reads need no parsing."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must carry its time zone")
        return instant_text(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(UTC) if value is not None else None


class JsonText(TypeDecorator[Any]):
    """JSON as text on both databases: PostgreSQL's jsonb would reject NUL and reorder keys that a client wrote."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


class Table(SQLModel):
    """Base of all tables. Their names and their constraints' names are derived, so that migrations can name them."""

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def key(**kwargs: Any) -> Any:
    """The integer primary key of a table."""
    return Field(default=None, primary_key=True, sa_type=Key, **kwargs)


def reference(target: str, **kwargs: Any) -> Any:
    """A foreign key to `table.column`."""
    return Field(foreign_key=target, sa_type=Key, **kwargs)


def name_text(**kwargs: Any) -> Any:
    """A column that holds a name, ordered by code point."""
    return Field(sa_type=Name, **kwargs)


def choice(values: type[StrEnum], **kwargs: Any) -> Any:
    """A column that holds one of an enum's values, as text, so that a new value needs no migration."""
    return Field(sa_type=Enum(values, native_enum=False, length=40), **kwargs)


def instant(**kwargs: Any) -> Any:
    """A column that holds an `Instant`."""
    return Field(sa_type=Instant, **kwargs)


def json_text(**kwargs: Any) -> Any:
    """A column that holds a JSON value."""
    return Field(sa_type=JsonText, **kwargs)
