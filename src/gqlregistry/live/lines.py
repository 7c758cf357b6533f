"""Lines of the log as those who follow it choose them, before anything is read for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, Text, func, select, union_all

from gqlregistry.plan.columns import col
from gqlregistry.plan.statement import Memory, Reading, Statement, compiled, limit_parameter, parameter
from gqlregistry.store.tables import ActionEvent, EventKind


class Line(NamedTuple):
    """What is known of an event without asking for it."""

    key: int
    kind: str
    collection: int | None
    registry: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines somebody follows: all that is given must hold."""

    collection: int | None = None
    registry: int | None = None
    kinds: frozenset[EventKind] | None = None

    def has(self, line: Line) -> bool:
        """Whether a line is one of them."""
        return (
            (self.collection is None or self.collection == line.collection)
            and (self.registry is None or self.registry == line.registry)
            and (self.kinds is None or line.kind in self.kinds)
        )


_statements = Memory()


def newest(dialect: str) -> Reading[int]:
    """The highest key of all."""
    rows = yield _remembered(dialect, "newest", lambda: select(func.max(col(ActionEvent.id)))).query()
    return rows[0][0] or 0


def behind(dialect: str, key: int, limit: int) -> Reading[list[Line]]:
    """The first lines behind a key."""
    columns = [
        col(column) for column in (ActionEvent.id, ActionEvent.kind, ActionEvent.collection_id, ActionEvent.registry_id)
    ]
    statement = _remembered(
        dialect,
        "behind",
        lambda: (
            select(*columns)
            .where(columns[0] > parameter("key", BigInteger()))
            .order_by(columns[0])
            .limit(limit_parameter())
        ),
    )
    rows = yield statement.query(key=key, limit=limit)
    return [Line(*row) for row in rows]


def between(dialect: str, wanted: Wanted, key: int, last: int, limit: int) -> Reading[list[int]]:
    """The keys of the first wanted lines behind `key` and up to `last`."""
    if wanted.kinds is not None and not wanted.kinds:
        return []
    kinds = None if wanted.kinds is None else sorted(wanted.kinds)
    structure = ("between", wanted.collection is None, wanted.registry is None, len(kinds or ()))
    statement = _remembered(dialect, structure, lambda: _between(wanted, kinds))
    values: dict[str, Any] = {"key": key, "last": last, "limit": limit}
    values |= {"collection": wanted.collection, "registry": wanted.registry}
    values |= {f"kind_{number}": kind.value for number, kind in enumerate(kinds or ())}
    rows = yield statement.query(**{name: values[name] for name in values if values[name] is not None})
    return [row[0] for row in rows]


def _between(wanted: Wanted, kinds: Sequence[EventKind] | None) -> Select[Any]:
    key = col(ActionEvent.id)
    where = [key > parameter("key", BigInteger()), key <= parameter("last", BigInteger())]
    for name, column in (("collection", ActionEvent.collection_id), ("registry", ActionEvent.registry_id)):
        if getattr(wanted, name) is not None:
            where.append(col(column) == parameter(name, BigInteger()))
    lines = select(key).where(*where).order_by(key).limit(limit_parameter())
    if kinds is None:
        return lines
    # Each kind by its own index: a rare one is not looked for among all others.
    each = [
        lines.where(col(ActionEvent.kind) == parameter(f"kind_{number}", Text())).subquery()
        for number in range(len(kinds))
    ]
    found = union_all(*[select(part.c.id) for part in each]).subquery()
    return select(found.c.id).order_by(found.c.id).limit(limit_parameter())


def _remembered(dialect: str, structure: Any, build: Any) -> Statement:
    statement = _statements.get((dialect, structure))
    if statement is None:
        statement = _statements[dialect, structure] = compiled(build(), dialect)
    return statement
