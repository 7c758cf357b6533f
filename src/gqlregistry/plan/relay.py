"""The types that every connection is made of, and the functions that declare a field."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument

from gqlregistry.errors import BadInput
from gqlregistry.plan.connection import Many
from gqlregistry.plan.filters import conditions_of
from gqlregistry.plan.page import DEFAULT_PAGE_SIZE
from gqlregistry.plan.reader import READER, Reader, ReaderField
from gqlregistry.plan.readers import Column, Embedded
from gqlregistry.plan.shape import CURSOR, Record, Target
from gqlregistry.registry.past import AS_OF


def reads(
    reader: Reader,
    description: str,
    *,
    name: str | None = None,
    arguments: list[StrawberryArgument] | None = None,
    deprecation_reason: str | None = None,
) -> Any:
    """Declare a field by how it is read.

    state: RunState = reads(Column(col(tables.Run.state)), "Where it stands.")
    """
    declared = ReaderField(
        graphql_name=name,
        description=description,
        metadata={READER: reader},
        deprecation_reason=deprecation_reason,
    )
    declared.arguments = arguments or _arguments_of(reader)
    return declared


def argument(
    name: str, type_: Any, description: str, default: Any = strawberry.UNSET, graphql_name: str | None = None
) -> StrawberryArgument:
    """Declare an argument of a field that is declared by its reader."""
    return StrawberryArgument(name, graphql_name, StrawberryAnnotation(type_), description=description, default=default)


def _arguments_of(reader: Reader) -> list[StrawberryArgument]:
    if not isinstance(reader, Many):
        return []
    found: list[StrawberryArgument] = []
    if reader.filter is not None and reader.flat:
        for name in conditions_of(reader.filter):
            declared = next(f for f in reader.filter.__strawberry_definition__.fields if f.python_name == name)
            annotation = reader.filter.__annotations__[name]
            found.append(argument(name, annotation, declared.description or "", graphql_name=declared.graphql_name))
            found[-1].type_annotation.namespace = declared.type_annotation.namespace
    elif reader.filter is not None:
        found.append(argument("filter", reader.filter | None, "Only those that meet all these conditions."))
    if reader.past is not None:
        found.append(argument(AS_OF, datetime | None, "As it stood at this time, told by the log; now, if not given."))
    if reader.order is not None:
        found.append(argument("order_by", reader.order | None, "In which order; pages follow it."))
    size = f"At most the page size that the server allows; {DEFAULT_PAGE_SIZE} where neither first nor last is given."
    return [
        *found,
        argument("first", int | None, f"How many, from the start or from behind `after`. {size}"),
        argument("after", str | None, "The cursor behind which the page begins."),
        argument("last", int | None, "How many, from the end or from before `before`."),
        argument("before", str | None, "The cursor before which the page ends."),
    ]


REMEMBERED_IDS = 2**15


def encode_id(type_name: str) -> Callable[[int], str]:
    """A function from a row's key to the global id of an object of this type."""
    template = f"{type_name}:%d".encode()
    encoded = binascii.b2a_base64

    # The same nodes recur in an answer, and from one to the next.
    @lru_cache(maxsize=REMEMBERED_IDS)
    def encode(key: int) -> str:
        return encoded(template % key, newline=False).decode()

    return encode


def decode_id(text: str, *type_names: str, field: str = "id") -> tuple[str, int]:
    """The type's name and the key in a global id. Raises `BadInput` when it is none, or none of these types."""
    try:
        type_name, _, key = base64.b64decode(text, validate=True).decode().partition(":")
        if not key.isascii() or not key.isdecimal() or len(key) > 18 or (type_names and type_name not in type_names):
            raise ValueError
        return type_name, int(key)
    except (ValueError, binascii.Error):
        wanted = " or ".join(type_names) or "object"
        raise BadInput(f"this is not the id of a {wanted}", field) from None


@strawberry.interface(description="An object with a global id: `node(id:)` fetches it again.")
class Node:
    """Implemented by every stored thing."""

    id: strawberry.ID = strawberry.field(description="Opaque and stable; do not take it apart.")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo(Record):
    """Relay's page info."""

    has_next_page: bool = reads(Column("has_next_page"), "Whether more follow this page.")
    has_previous_page: bool = reads(Column("has_previous_page"), "Whether the page has something before it.")
    start_cursor: str | None = reads(Column("start_cursor"), "The cursor of the first edge; null on an empty page.")
    end_cursor: str | None = reads(Column("end_cursor"), "The cursor of the last edge; null on an empty page.")


@strawberry.interface(description="A page of a list.")
class Connection(Record):
    """Base of all connections. Each names the type of its edges."""

    edge: ClassVar[Target]

    page_info: PageInfo = reads(Embedded("page_info", PageInfo), "Where this page stands.")
    total_count: int = reads(Column("total_count"), "How many there are in all; counted only when asked for.")


@strawberry.interface(description="An item of a page, with what is to say of its place in the list.")
class Edge(Record):
    """Base of all edges."""

    cursor: str = reads(Column(CURSOR), "Where it stands: give it as `after` or `before`.")


def edges() -> Any:
    """The field `edges` of a connection."""
    return reads(Column("edges"), "The items, with their cursors and what is to say of the relation.")


def nodes() -> Any:
    """The field `nodes` of a connection."""
    return reads(Column("nodes"), "The items alone.")
