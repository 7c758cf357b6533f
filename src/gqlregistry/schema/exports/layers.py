"""Where the nodes of a map stand in a picture: in columns from left to right, each to the right of what it comes from.

Sugiyama's method, https://en.wikipedia.org/wiki/Layered_graph_drawing: columns, bends for edges that pass through some,
an order in each column by the mean place of the neighbours, then heights.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gqlregistry.plan.lineage import Link, Node

SWEEPS = 6
MAX_BENDS = 20_000
"""Of a map whose edges would pass through more columns than that, they are drawn straight."""

_Spot: TypeAlias = Node | tuple[int, int]
"""What takes room in a column: a node, or the bend of an edge, by its number, in a column."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where each node stands, as its column and the height of its middle; and the heights that each edge passes by."""

    columns: Mapping[Node, int]
    heights: Mapping[Node, float]
    bends: Sequence[Sequence[tuple[int, float]]]


def placed(nodes: Sequence[Node], links: Sequence[Link], height: float, bend: float) -> Places:
    """Lay out a map whose nodes are `height` high with the gap between them, and whose bends are `bend` high."""
    columns = _columns(nodes, links)
    passed = [range(columns[link.source] + 1, columns[link.target]) for link in links]
    if sum(map(len, passed)) > MAX_BENDS:
        passed = [range(0) for _ in links]
    rows: dict[int, list[_Spot]] = defaultdict(list)
    for node in nodes:
        rows[columns[node]].append(node)
    before: dict[_Spot, list[_Spot]] = defaultdict(list)
    behind: dict[_Spot, list[_Spot]] = defaultdict(list)
    for number, link in enumerate(links):
        chain: list[_Spot] = [link.source, *((number, column) for column in passed[number]), link.target]
        for column in passed[number]:
            rows[column].append((number, column))
        for one, next_ in zip(chain, chain[1:], strict=False):
            behind[one].append(next_)
            before[next_].append(one)
    _order(rows, before, behind)
    heights = _heights(rows, before, height, bend)
    return Places(
        columns,
        {node: heights[node] for node in nodes},
        [[(column, heights[number, column]) for column in passed[number]] for number in range(len(links))],
    )


def _columns(nodes: Sequence[Node], links: Sequence[Link]) -> dict[Node, int]:
    """The longest way to each node. In a circle, the node that the map names first comes first."""
    waiting = dict.fromkeys(nodes, 0)
    behind: dict[Node, list[Node]] = defaultdict(list)
    for link in links:
        if link.source != link.target:
            waiting[link.target] += 1
            behind[link.source].append(link.target)
    columns = dict.fromkeys(nodes, 0)
    free = deque(node for node in nodes if not waiting[node])
    left = dict.fromkeys(nodes)
    while left:
        node = free.popleft() if free else next(iter(left))
        if node not in left:
            continue
        del left[node]
        for next_ in behind[node]:
            if next_ in left:
                columns[next_] = max(columns[next_], columns[node] + 1)
                waiting[next_] -= 1
                if not waiting[next_]:
                    free.append(next_)
    return columns


def _order(
    rows: Mapping[int, list[_Spot]], before: Mapping[_Spot, list[_Spot]], behind: Mapping[_Spot, list[_Spot]]
) -> None:
    at: dict[_Spot, float] = {}

    def number(column: list[_Spot]) -> None:
        at.update((spot, place / len(column)) for place, spot in enumerate(column))

    columns = [rows[column] for column in sorted(rows)]
    for column in columns:
        number(column)
    for sweep in range(SWEEPS):
        forwards = sweep % 2 == 0
        neighbours = before if forwards else behind
        for column in columns if forwards else reversed(columns):
            means = {
                spot: sum(at[each] for each in near) / len(near) if (near := neighbours.get(spot)) else at[spot]
                for spot in column
            }
            column.sort(key=means.__getitem__)
            number(column)


def _heights(
    rows: Mapping[int, list[_Spot]], before: Mapping[_Spot, list[_Spot]], height: float, bend: float
) -> dict[_Spot, float]:
    found: dict[_Spot, float] = {}
    for column in sorted(rows):
        wished: list[float] = []
        end = 0.0
        middles: list[float] = []
        for spot in rows[column]:
            room = height if isinstance(spot, Node) else bend
            near = [found[each] for each in before.get(spot, ()) if each in found]
            wish = sum(near) / len(near) if near else end + room / 2
            wished.append(wish)
            middles.append(max(wish, end + room / 2) if middles else wish)
            end = middles[-1] + room / 2
        # Who was pushed down by those above shares that with them.
        shift = sum(wish - place for wish, place in zip(wished, middles, strict=True)) / len(middles)
        found.update((spot, place + shift) for spot, place in zip(rows[column], middles, strict=True))
    top = min(found.values(), default=0)
    return {spot: place - top + height / 2 for spot, place in found.items()}
