"""How the origins of two versions differ: which nodes are new, gone, or take the place of each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from sqlalchemy import Select, select

from gqlregistry.plan.columns import col
from gqlregistry.plan.lineage import Kind, Map, Node, Way, links_between
from gqlregistry.plan.reach import Reach, reach
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import KeysFirst, Memory, Reading, keys_table
from gqlregistry.schema.changes import ValueChange, value_changes
from gqlregistry.schema.code import CODE
from gqlregistry.schema.enums import LineageSide
from gqlregistry.store.tables import Artifact, Run

_statements = Memory()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of a node. Nodes of one role can take each other's place."""

    role: Any
    values: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Replaced:
    """A node in the place of another, and how they differ."""

    before: Node
    after: Node
    config: list[ValueChange]
    summary: list[ValueChange]
    code: list[ValueChange]
    metadata: list[ValueChange]


@dataclass(frozen=True, slots=True)
class Sided:
    """A node of either origin."""

    node: Node
    side: LineageSide


@dataclass(frozen=True, slots=True)
class SidedLink:
    """An edge of either origin."""

    source: Node
    target: Node
    created_at: str
    requested_as: str | None
    requested_as_inferred: bool
    side: LineageSide


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two origins differ."""

    from_id: int
    to_id: int
    added: list[Node]
    removed: list[Node]
    changed: list[Replaced]
    common: int
    nodes: list[Sided]
    edges: list[SidedLink]
    truncated: bool


def compare(request: Request, one: int, two: int, most: int) -> Reading[Comparison]:
    """How the origin of a version differs from that of another, of each at most so many nodes, the closest ones."""
    before = yield from reach(request, Node(Kind.ARTIFACT, one), Way.INPUTS, most)
    after = yield from reach(request, Node(Kind.ARTIFACT, two), Way.INPUTS, most)
    sides = {node: LineageSide.FROM for node in before.distances} | {
        node: LineageSide.BOTH if node in before.distances else LineageSide.TO for node in after.distances
    }
    found = Map(list(sides))
    links = yield from links_between(request, found)
    gone, new = _only(before, after), _only(after, before)
    facts = yield from _facts(request, [*gone, *new])
    pairs = dict(_pairs(before.start, after.start, gone, new, facts))
    paired = set(pairs.values())
    return Comparison(
        one,
        two,
        [node for node in new if node not in paired],
        [node for node in gone if node not in pairs],
        [_replaced(node, pairs[node], facts) for node in gone if node in pairs],
        len(before.distances) - len(gone),
        [Sided(node, side) for node, side in sides.items()],
        # All that leads to a node belongs to each origin that the node belongs to.
        [SidedLink(*link, side=sides[link.target]) for link in links],
        before.truncated or after.truncated or found.truncated,
    )


def _only(reach: Reach, other: Reach) -> list[Node]:
    return [node for node in reach.distances if node not in other.distances]


def _facts(request: Request, nodes: Sequence[Node]) -> Reading[dict[Node, Facts]]:
    dialect = request.dialect
    found: dict[Node, Facts] = {}
    for kind in Kind:
        statement = _statements.built((dialect, kind), dialect, partial(_compared, dialect, kind))
        rows = yield statement.query(keys=[node.key for node in nodes if node.kind is kind])
        for key, role, *texts in rows:
            values = [orjson.loads(text) if text else {} for text in texts]
            names = ("config", "summary", "code") if kind is Kind.RUN else ("metadata",)
            facts = dict(zip(names, values, strict=True))
            if "code" in facts:
                facts["code"] = {name: value for name, value in facts["code"].items() if name in CODE}
            found[Node(kind, key)] = Facts((kind, role), facts)
    return found


def _compared(dialect: str, kind: Kind) -> Select[Any]:
    run, artifact, keys = Run, Artifact, keys_table(dialect)
    wanted: dict[Kind, tuple[Any, list[Any]]] = {
        Kind.RUN: (run, [run.id, run.job_type, run.config, run.summary, run.client]),
        Kind.ARTIFACT: (artifact, [artifact.id, artifact.collection_id, artifact.metadata_]),
    }
    table, columns = wanted[kind]
    return select(*map(col, columns)).select_from(KeysFirst(keys, table.__table__, col(table.id) == keys.c.value))


def _pairs(
    one: Node, two: Node, gone: Sequence[Node], new: Sequence[Node], facts: Mapping[Node, Facts]
) -> Iterable[tuple[Node, Node]]:
    """The compared versions, and nodes of one role, closest first: versions of a collection, runs of a job type."""
    both = one in gone and two in new
    if both:
        yield one, two
    waiting: dict[Any, list[Node]] = {}
    for node in new:
        if not (both and node == two):
            waiting.setdefault(facts[node].role, []).append(node)
    for node in gone:
        others = waiting.get(facts[node].role)
        if others and not (both and node == one):
            yield node, others.pop(0)


def _replaced(before: Node, after: Node, facts: Mapping[Node, Facts]) -> Replaced:
    old, new = facts[before].values, facts[after].values
    changes = {
        name: value_changes(old.get(name, {}), new.get(name, {})) for name in ("config", "summary", "code", "metadata")
    }
    return Replaced(before, after, **changes)
