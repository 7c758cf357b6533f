"""Pages of lists, as the client asks for them: so many behind a cursor.

A cursor is the key of the item before, whatever list it is of, since the client takes cursors from one list to
another of the same things.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import strawberry
from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, select

from gqlregistry.errors import BadInput
from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry.names import quoted
from gqlregistry.store.tables import Table
from gqlregistry.wandb.reads import seen

MAX_FIRST = 10_000
_cursor = encode_id("Cursor")


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: keys of a table from a statement without conditions, these, and what it may be sorted by."""

    table: type[Table]
    base: Any
    key: ColumnElement[int]
    where: Sequence[ColumnElement[bool]] = ()
    sorts: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    order: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The keys of a page, in order."""

    keys: list[int]
    end_cursor: str | None
    has_next_page: bool


@strawberry.type
class PageInfo:
    """Where a page ends."""

    end_cursor: str | None
    has_next_page: bool

    @classmethod
    def of(cls, page: Page) -> Self:
        """The end of a page."""
        return cls(end_cursor=page.end_cursor, has_next_page=page.has_next_page)

    @classmethod
    def whole(cls) -> Self:
        """The end of a list that is one page."""
        return cls(end_cursor=None, has_next_page=False)


def page(session: Session, listing: Listing, first: int | None, after: str | None, order: str | None = None) -> Page:
    """A page of a list. Raises `BadInput` for a cursor or an order that is none."""
    size = MAX_FIRST if first is None else min(max(first, 0), MAX_FIRST)
    by, descending = _sort(listing, order or listing.order)
    statement = listing.base.with_only_columns(listing.key).where(*listing.where, *_seen(session, listing))
    if after:
        key = decode_id(after, "Cursor", field="after")[1]
        statement = statement.where(_behind(session, listing, by, descending, key))
    ordered = [by, listing.key] if by is not listing.key else [by]
    found = session.execute(
        statement.order_by(*[each.desc() if descending else each for each in ordered]).limit(size + 1)
    ).scalars()
    keys = list(found)
    more, keys = len(keys) > size, keys[:size]
    return Page(keys, _cursor(keys[-1]) if keys else None, more)


def count(session: Session, listing: Listing) -> int:
    """How many there are in all."""
    statement = listing.base.with_only_columns(listing.key).where(*listing.where, *_seen(session, listing))
    keys = statement.subquery()
    return session.exec(select(func.count()).select_from(keys)).one()


def _seen(session: Session, listing: Listing) -> Sequence[ColumnElement[bool]]:
    return seen(session, listing.table, listing.key)


def _sort(listing: Listing, order: str) -> tuple[ColumnElement[Any], bool]:
    name = order.lstrip("+-")
    if not name:
        return listing.key, order.startswith("-")
    if name not in listing.sorts:
        raise BadInput(f"can't sort by {quoted(name)}, but by {', '.join(listing.sorts)}", "order")
    return listing.sorts[name], order.startswith("-")


def _behind(
    session: Session, listing: Listing, by: ColumnElement[Any], descending: bool, key: int
) -> ColumnElement[bool]:
    def beyond(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = column < value if descending else column > value
        return found

    if by is listing.key:
        return beyond(listing.key, key)
    # Where something stands that may not be seen, a cursor of it does not tell.
    known = listing.key == key, *_seen(session, listing)
    there = listing.base.with_only_columns(by).where(*known).correlate(None).scalar_subquery()
    return or_(beyond(by, there), and_(by == there, beyond(listing.key, key)))
