"""Pages of lists: what a client asked for, and what it gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from gqlregistry.errors import BadInput
from gqlregistry.plan.cursor import decode_cursor, encode_cursor
from gqlregistry.plan.statement import Row

DEFAULT_PAGE_SIZE = 50


@dataclass(frozen=True)
class Sort:
    """One order that a connection offers. `expressions` end with one that is unique among an owner's rows."""

    expressions: Sequence[ColumnElement[Any]]
    descending: bool = False


@dataclass(frozen=True)
class Window:
    """Which part of a list a client asked for."""

    size: int
    order: str
    sort: Sequence[ColumnElement[Any]]
    descending: bool
    backwards: bool
    after: Sequence[Any] | None
    before: Sequence[Any] | None

    @cached_property
    def structure(self) -> tuple[Any, ...]:
        """What of it changes the statement's text."""
        return (self.order, self.descending, self.backwards, self.after is not None, self.before is not None)


def window_of(
    most: int, arguments: Mapping[str, Any], order: str, sort: Sequence[ColumnElement[Any]], descending: bool
) -> Window:
    """The window that the arguments of a connection say. Raises `BadInput`."""
    first, last = arguments.get("first"), arguments.get("last")
    after, before = arguments.get("after"), arguments.get("before")
    if first is not None and last is not None:
        raise BadInput("give first or last, not both", "last")
    size = last if last is not None else DEFAULT_PAGE_SIZE if first is None else first
    if not 1 <= size <= most:
        name = "last" if last is not None else "first"
        raise BadInput(f"{name} must be from 1 to {most}, not {size}", name)
    return Window(
        size,
        order,
        sort,
        descending,
        last is not None or (before is not None and first is None),
        None if after is None else decode_cursor(after, order, sort, "after"),
        None if before is None else decode_cursor(before, order, sort, "before"),
    )


class Page(NamedTuple):
    """The rows of one owner's page, in order, with their cursors."""

    rows: Sequence[Row]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of all owners of a level, as columns: all rows, and the owner of each."""

    keys: Sequence[Any]
    rows: Sequence[Row]
    owners: Sequence[Any]
    longer: frozenset[Any]
    """The owners who have more rows, in the direction of the page, than it holds."""
    window: Window
    sort_values: slice
    """Where a row holds the values of its cursor."""

    @classmethod
    def of(cls, keys: Sequence[Any], rows: list[Row], window: Window, needs: int, owned: bool) -> Pages:
        """The pages in the rows of a statement, which holds one row more than a page where there is one."""
        owners = [row[-1] for row in rows] if owned else [keys[0]] * len(rows)
        longer: frozenset[Any] = frozenset()
        if len(rows) > window.size:
            longer = frozenset(owner for owner, count in Counter(owners).items() if count > window.size)
        if longer:
            kept = list(_first_of_each(owners, window.size))
            rows, owners = [rows[i] for i in kept], [owners[i] for i in kept]
        if window.backwards:
            rows, owners = rows[::-1], owners[::-1]
        return cls(keys, rows, owners, longer, window, slice(needs, needs + len(window.sort)))

    def split(self, items: Iterable[Any]) -> dict[Any, list[Any]]:
        """Give each owner those of the items, one for each row, that are theirs."""
        found: dict[Any, list[Any]] = {key: [] for key in self.keys}
        if len(found) == 1:
            return {self.keys[0]: list(items)}
        for owner, item in zip(self.owners, items, strict=True):
            found[owner].append(item)
        return found

    def cursors(self) -> list[str]:
        """The cursor of each row."""
        order, at = self.window.order, self.sort_values
        return [encode_cursor(order, row[at]) for row in self.rows]

    def has_next(self, key: Any) -> bool:
        """Whether rows follow an owner's page."""
        return self.window.before is not None if self.window.backwards else key in self.longer

    def has_previous(self, key: Any) -> bool:
        """Whether rows come before an owner's page."""
        return key in self.longer if self.window.backwards else self.window.after is not None

    def by_key(self) -> dict[Any, Page]:
        """Each owner's page."""
        rows, cursors = self.split(self.rows), self.split(self.cursors())
        return {key: Page(rows[key], cursors[key], self.has_next(key), self.has_previous(key)) for key in self.keys}


def _first_of_each(owners: Sequence[Any], size: int) -> Iterable[int]:
    """The places of the first so many rows of each owner."""
    counts: dict[Any, int] = {}
    for place, owner in enumerate(owners):
        count = counts[owner] = counts.get(owner, 0) + 1
        if count <= size:
            yield place
