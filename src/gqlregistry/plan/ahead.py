"""Queries that are known before the rows they depend on: one statement then brings what several would.

A plan tells with each query which others will follow from its rows. On PostgreSQL, where each statement is a round
trip, the driver asks for all of them at once: each is a CTE whose keys are what another's rows hold.

    WITH q0(c0, c1) AS MATERIALIZED (SELECT … WHERE id = ANY($1)),
         q1(c0, c1, c2) AS MATERIALIZED (SELECT … unnest(ARRAY(SELECT DISTINCT c1 FROM q0)) …)
    SELECT (SELECT json_agg(json_build_array(c0, c1)) FROM q0), (SELECT json_agg(…) FROM q1)

The plan goes on asking, level by level, and finds its answers here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from gqlregistry.plan.statement import KEYS, Query, Row, Statement

MOST_ROWS = 3000
"""Beyond this, PostgreSQL spends more on one large statement than the round trips cost (docs/performance.md)."""

MOST_LEVELS = 24
MOST_COLUMNS = 90
"""PostgreSQL's functions take 100 arguments."""

REMEMBERED = 512


@dataclass(slots=True)
class Level:
    """One of the queries in a joint statement. `parent` is the number of the one whose rows hold its keys."""

    statement: Statement
    values: Mapping[str, Any]
    parent: int
    slot: int
    rows: Sequence[Row] = ()
    keys: frozenset[Any] = frozenset()


@dataclass(slots=True)
class Foreseen:
    """What a joint statement brought, to be found by the queries that it was brought for."""

    levels: dict[Statement, list[Level]] = field(default_factory=dict)

    def add(self, levels: Sequence[Level], answers: Sequence[str | bytes | None], keys: Sequence[Any]) -> Sequence[Row]:
        """Keep the answers of a joint statement whose first query had these keys; the rows of that first query."""
        for level, answer in zip(levels, answers, strict=True):
            level.rows = orjson.loads(answer) if answer is not None else ()
            if level.parent < 0:
                level.keys = frozenset(keys)
            else:
                level.keys = frozenset(row[level.slot] for row in levels[level.parent].rows) - {None}
                self.levels.setdefault(level.statement, []).append(level)
        return levels[0].rows

    def find(self, query: Query) -> Sequence[Row] | None:
        """The rows of a query, if a joint statement brought them."""
        for level in self.levels.get(query.statement, ()):
            if level.values == {name: value for name, value in query.values.items() if name != KEYS}:
                wanted = set(query.values[KEYS])
                if wanted == level.keys:
                    return level.rows
                if wanted <= level.keys:
                    # Pages were read with one row more than they answer, and that row's keys were followed too.
                    return [row for row in level.rows if row[-1] in wanted]
        return None


class Joiner:
    """Writes joint statements, and remembers their texts."""

    def __init__(self) -> None:
        self._texts: dict[Any, str] = {}

    def levels(self, query: Query) -> list[Level]:
        """The query and what will follow from it, as far as it is small; parents first."""
        levels = [Level(query.statement, query.values, -1, 0)]
        waiting = [(ahead, 0, len(query.values[KEYS])) for ahead in query.ahead()] if query.ahead else []
        while waiting and len(levels) < MOST_LEVELS:
            ahead, parent, owners = waiting.pop(0)
            rows = owners * ahead.size
            if rows > MOST_ROWS or ahead.statement.width > MOST_COLUMNS:
                continue
            levels.append(Level(ahead.statement, ahead.values, parent, ahead.slot))
            waiting += [(after, len(levels) - 1, rows) for after in ahead.ahead()]
        return levels

    def text(self, levels: Sequence[Level]) -> str:
        """The joint statement of some levels."""
        key = tuple((level.statement, level.parent, level.slot) for level in levels)
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= REMEMBERED:
                self._texts.clear()
            text = self._texts[key] = _joined(levels)
        return text

    @staticmethod
    def parameters(levels: Sequence[Level]) -> list[Any]:
        """The parameters of the joint statement, in order."""
        found: list[Any] = []
        for level in levels:
            own = level.parent < 0
            values, constants = level.values, level.statement.constants
            found += [
                values[name] if name in values else constants[name]
                for name in level.statement.names
                if own or name != KEYS
            ]
        return found


def _joined(levels: Sequence[Level]) -> str:
    numbers = iter(range(1, 2**15))
    parts, answers = [], []
    for at, level in enumerate(levels):
        columns = ", ".join(f"c{number}" for number in range(level.statement.width))
        parts.append(f"q{at}({columns}) AS MATERIALIZED ({_placed(level, numbers)})")
        answers.append(f"(SELECT json_agg(json_build_array({columns})) FROM q{at})")
    return f"WITH {', '.join(parts)} SELECT {', '.join(answers)}"


def _placed(level: Level, numbers: Iterator[int]) -> str:
    """A level's text with its parameters renumbered, and its keys taken from its parent's rows."""
    places: list[str] = []
    for name in level.statement.names:
        if name == KEYS and level.parent >= 0:
            column = f"c{level.slot}"
            places.append(f"ARRAY(SELECT DISTINCT {column} FROM q{level.parent} WHERE {column} IS NOT NULL)")
        else:
            places.append(f"${next(numbers)}")
    return re.sub(r"\$(\d+)", lambda match: places[int(match[1]) - 1], level.statement.text)
