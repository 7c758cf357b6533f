"""The lineage map: a breadth-first walk, one hop at a time, closest nodes first.

Runs and artifacts alternate: a run's inputs are artifacts, an artifact's inputs are runs. A walk upstream follows
inputs only, a walk downstream outputs only; a map of both is the union of the two walks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select

from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import limited
from gqlregistry.plan.filters import Operand, conditions_of
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import (
    Form,
    KeysFirst,
    Memory,
    Reading,
    Statement,
    compiled,
    keys_table,
    limit_parameter,
    printed,
)
from gqlregistry.plan.visibility import visible
from gqlregistry.registry.past import moment
from gqlregistry.store import tables
from gqlregistry.store.tables import RunInput, RunOutput


class Kind(StrEnum):
    """What a node of the lineage is."""

    RUN = "Run"
    ARTIFACT = "Artifact"

    __hash__ = str.__hash__  # An enum's own is written in Python, and a large map asks it a million times.

    @property
    def other(self) -> "Kind":
        """What its neighbours are."""
        return Kind.ARTIFACT if self is Kind.RUN else Kind.RUN


class Way(StrEnum):
    """Towards a node's inputs, or its outputs."""

    INPUTS = "INPUTS"
    OUTPUTS = "OUTPUTS"


class Node(NamedTuple):
    """A node of the lineage."""

    kind: Kind
    key: int


class Link(NamedTuple):
    """An edge of the lineage, in the direction of the data: from what was read to what came of it."""

    source: Node
    target: Node
    created_at: str
    requested_as: str | None = None
    requested_as_inferred: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """How many neighbours of a node are not in the map, each counted up to `COUNT_LIMIT`."""

    node: Node
    inputs: int
    outputs: int


@dataclass(slots=True)
class Map:
    """A part of the lineage around a node."""

    nodes: list[Node]
    links: list[Link] = field(default_factory=list)
    depth_reached: int = 0
    truncated: bool = False
    omitted: dict[Kind, int] = field(default_factory=dict)
    as_of: datetime | None = None


COUNT_LIMIT = 1000
LINKS_PER_NODE = 20
_statements = Memory()


def _sides(kind: Kind, way: Way) -> tuple[Any, ColumnElement[int], ColumnElement[int]]:
    """The table of the edges, its column for the node itself, its column for the neighbour."""
    table: Any = RunInput if (kind is Kind.RUN) == (way is Way.INPUTS) else RunOutput
    here, there = col(table.run_id), col(table.artifact_id)
    return (table, here, there) if kind is Kind.RUN else (table, there, here)


def walk(
    request: Request,
    start: Node,
    ways: Sequence[Way],
    depth: int,
    first: int,
    conditions: Mapping[Kind, tuple[type[Any], Mapping[str, Any]]],
    as_of: datetime | None = None,
) -> Reading[Map]:
    """The nodes within `depth` edges of the start in each way, the `first` closest of them, and their edges.

    With `as_of`, only edges that were recorded by then.
    Nodes of one distance are taken in order of their keys, runs and artifacts never being at the same distance.
    A node that does not meet the conditions is left out, and the walk does not go on behind it.
    """
    seen: dict[Node, None] = {start: None}
    frontiers = {way: [start] for way in ways}
    reached: dict[Way, set[Node]] = {way: {start} for way in ways}
    result = Map([start], as_of=as_of)
    for hop in range(1, depth + 1):
        found: dict[Node, None] = {}
        for way in ways:
            frontier = frontiers[way]
            if not frontier:
                continue
            neighbours = yield from neighbours_of(request, frontier, way, first + 1, conditions, as_of)
            request.count(neighbours)
            frontiers[way] = [node for node in neighbours if node not in reached[way]]
            reached[way].update(frontiers[way])
            found.update(dict.fromkeys(node for node in frontiers[way] if node not in seen))
        room = first - len(seen)
        closest = sorted(found, key=lambda node: node.key)
        for node in closest[room:]:
            result.truncated = True
            result.omitted[node.kind] = result.omitted.get(node.kind, 0) + 1
        taken = dict.fromkeys(closest[:room])
        seen.update(taken)
        if taken:
            result.depth_reached = hop
        frontiers = {way: [node for node in frontier if node in seen] for way, frontier in frontiers.items()}
        if result.truncated or not any(frontiers.values()):
            break
    result.nodes = list(seen)
    result.links = yield from links_between(request, result)
    request.count(result.nodes)
    return result


def neighbours_of(
    request: Request,
    frontier: Sequence[Node],
    way: Way,
    limit: int,
    conditions: Mapping[Kind, tuple[type[Any], Mapping[str, Any]]] = MappingProxyType({}),
    as_of: datetime | None = None,
) -> Reading[list[Node]]:
    """The neighbours of nodes of one kind, the first `limit` of them."""
    kind = frontier[0].kind
    filter_type, values = conditions.get(kind.other, (None, {}))
    structure = ("neighbours", request.form, kind, way, tuple(values), as_of is None)
    statement = _statements.get(structure)
    if statement is None:
        table, here, there = _sides(kind, way)
        wanted: list[ColumnElement[bool]] = []
        if filter_type is not None:
            known = conditions_of(filter_type)
            wanted += [known[name].condition(Operand(request.dialect, f"filter_{name}")) for name in values]
        where = [*is_seen(request.form, kind.other, there, wanted), *_by(table, as_of)]
        # Neighbours that nodes share come once: a dense graph has far more edges than nodes.
        near = limited(request.dialect, [there], here, where, [there.asc()], there).subquery()
        neighbour = next(iter(near.c))
        chosen = select(neighbour).distinct().order_by(neighbour).limit(limit_parameter())
        statement = _statements[structure] = compiled(chosen, request.dialect)
    rows = yield statement.query(
        keys=[node.key for node in frontier],
        limit=limit,
        **{f"filter_{name}": value for name, value in values.items()},
        as_of=as_of,
        **request.seeing,
    )
    other = kind.other
    return [Node(other, row[0]) for row in rows]


def is_seen(
    form: Form, kind: Kind, key: ColumnElement[int], wanted: Sequence[ColumnElement[bool]] = ()
) -> list[ColumnElement[bool]]:
    """That a neighbour of this kind is seen, and meets conditions. What is not seen is not counted either."""
    table: Any = tables.Run if kind is Kind.RUN else tables.Artifact
    conditions = [*visible(table, form), *wanted]
    if not conditions:
        return []
    return [select(col(table.id)).where(col(table.id) == key, *conditions).correlate(key.table).exists()]


def _by(edge: Any, as_of: datetime | None) -> list[ColumnElement[bool]]:
    """That an edge had been recorded at a time. Edges are made once and stay."""
    return [] if as_of is None else [col(edge.created_at) <= moment()]


def links_between(request: Request, found: Map) -> Reading[list[Link]]:
    """The edges between the nodes of a map, uses before outputs, at most `LINKS_PER_NODE` a node on average."""
    runs, artifacts = ({node.key: node for node in found.nodes if node.kind is kind} for kind in Kind)
    links: list[Link] = []
    limit = LINKS_PER_NODE * max(len(found.nodes), 50)
    for table in (RunInput, RunOutput):
        if not (runs and artifacts):
            break
        statement = _between(request.dialect, table, found.as_of)
        rows = yield statement.query(keys=[*runs], artifacts=[*artifacts], limit=limit, as_of=found.as_of)
        if len(rows) == limit:
            found.truncated = True
        if table is RunInput:
            links += [
                Link(artifacts[artifact], runs[run], at, requested_as, bool(inferred))
                for run, artifact, at, requested_as, inferred in rows
            ]
        else:
            links += [Link(runs[run], artifacts[artifact], at) for run, artifact, at in rows]
    return links


def _between(dialect: str, table: Any, as_of: datetime | None) -> Statement:
    structure = ("between", dialect, table, as_of is None)
    statement = _statements.get(structure)
    if statement is None:
        runs, artifacts = keys_table(dialect), keys_table(dialect, "artifacts").alias("artifacts")
        columns = [col(table.run_id), col(table.artifact_id), printed(col(table.created_at), dialect)]
        if table is RunInput:
            columns += [col(table.requested_as), col(table.requested_as_inferred)]
        chosen = (
            select(*columns)
            .select_from(KeysFirst(runs, table.__table__, col(table.run_id) == runs.c.value))
            # Not by the index, which would be searched for each run with each artifact: `+ 0` keeps it out.
            .where((col(table.artifact_id) + 0).in_(select(artifacts.c.value)), *_by(table, as_of))
            .order_by(col(table.run_id), col(table.artifact_id))
            .limit(limit_parameter())
        )
        statement = _statements[structure] = compiled(chosen, dialect)
    return statement


def more_around(request: Request, found: Map) -> Reading[list[More]]:
    """The nodes of a map that have neighbours outside it, in the map's order."""
    inside: dict[tuple[Node, Way], int] = {}
    for link in found.links:
        inside[link.source, Way.OUTPUTS] = inside.get((link.source, Way.OUTPUTS), 0) + 1
        inside[link.target, Way.INPUTS] = inside.get((link.target, Way.INPUTS), 0) + 1
    counted: dict[tuple[Node, Way], int] = {}
    for kind in Kind:
        keys = [node.key for node in found.nodes if node.kind is kind]
        if not keys:
            continue
        for way in Way:
            statement = _counts(request.form, kind, way, found.as_of)
            rows = yield statement.query(keys=keys, limit=COUNT_LIMIT, as_of=found.as_of, **request.seeing)
            counted |= {(Node(kind, row[0]), way): row[1] for row in rows}
    outside = [
        More(
            node,
            *(max(0, counted.get((node, way), 0) - inside.get((node, way), 0)) for way in (Way.INPUTS, Way.OUTPUTS)),
        )
        for node in found.nodes
    ]
    return [more for more in outside if more.inputs or more.outputs]


def _counts(form: Form, kind: Kind, way: Way, as_of: datetime | None) -> Statement:
    """How many neighbours nodes have, counted up to a limit, so that a hub costs no more than the limit."""
    structure = ("counts", form, kind, way, as_of is None)
    statement = _statements.get(structure)
    if statement is None:
        table, here, there = _sides(kind, way)
        keys = keys_table(form.dialect)
        wanted = [*is_seen(form, kind.other, there), *_by(table, as_of)]
        some = select(there).where(here == keys.c.value, *wanted).limit(limit_parameter()).correlate(keys).subquery()
        number = select(func.count()).select_from(some).correlate(keys).scalar_subquery()
        statement = _statements[structure] = compiled(select(keys.c.value, number).select_from(keys), form.dialect)
    return statement
