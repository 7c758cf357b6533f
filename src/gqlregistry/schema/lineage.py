"""The lineage map in the public schema."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import strawberry
from strawberry.types.arguments import StrawberryArgument

from gqlregistry.errors import BadInput
from gqlregistry.plan.filters import given
from gqlregistry.plan.lineage import Kind, Link, Map, More, Node, Way, more_around, walk
from gqlregistry.plan.reader import Need, Request
from gqlregistry.plan.readers import Column, Computed, Embedded, Ref, Refs
from gqlregistry.plan.relay import argument, reads
from gqlregistry.plan.shape import Record, shape_of
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.drawing import Drawing, labels
from gqlregistry.schema.enums import LineageDirection, LineageFormat
from gqlregistry.schema.exports import exported
from gqlregistry.schema.filters import ArtifactFilter, RunFilter

MAX_DEPTH = 100
MAX_NODES = 10_000
DEFAULT_DEPTH = 4
DEFAULT_NODES = 500

_TYPES = {Kind.RUN: "gqlregistry.schema.run:Run", Kind.ARTIFACT: "gqlregistry.schema.artifact:Artifact"}
_WAYS = {
    LineageDirection.UPSTREAM: (Way.INPUTS,),
    LineageDirection.DOWNSTREAM: (Way.OUTPUTS,),
    LineageDirection.BOTH: (Way.INPUTS, Way.OUTPUTS),
}


@cache
def type_of(kind: Kind) -> type[Record]:
    """The type of the schema that a kind of node has."""
    return shape_of(_TYPES[kind]).type


def node_ref(node: Node) -> Ref:
    """The reference to a node."""
    return Ref(type_of(node.kind), node.key)


@strawberry.interface(description="A node of the lineage: a run or an artifact version.")
class LineageNode:
    """Implemented by Run and Artifact."""

    name: str = strawberry.field(description="A run's slug, an artifact's full name.")
    created_at: datetime = strawberry.field(description="When it was recorded.")
    deleted_at: datetime | None = strawberry.field(description="When it was deleted, if it was.")


@strawberry.type(description="An edge of a map, in the direction of the data: from an input to what came of it.")
class LineageEdge(Record):
    """Input to run, or run to output."""

    source: LineageNode = reads(Refs("source", parse=node_ref), "Where the data come from.")
    target: LineageNode = reads(Refs("target", parse=node_ref), "Where they go to.")
    created_at: datetime = reads(Column("created_at"), "When the run used, or logged, the artifact.")
    requested_as: str | None = reads(
        Column("requested_as"), "On a use: the version, alias or digest that the run asked by; null when not known."
    )
    requested_as_inferred: bool = reads(
        Column("requested_as_inferred"), "Whether `requestedAs` was deduced and not told."
    )


@strawberry.type(description="How many nodes of one type were found but left out.")
class OmittedCount(Record):
    """Nodes left out."""

    type: str = reads(Column("type"), "`Run` or `Artifact`.")
    count: int = reads(
        Column("count"),
        "How many were found at the distance at which the map was cut; a hub may have more, and so may what is behind.",
    )


@strawberry.type(description="A node at the border of a map, with neighbours outside it.")
class FrontierNode(Record):
    """A node with more around it."""

    node: LineageNode = reads(Refs("node", parse=node_ref), "The node.")
    more_inputs: int = reads(Column("inputs"), "How many of its inputs are not in the map, of the first 1,000.")
    more_outputs: int = reads(Column("outputs"), "How many of its outputs are not in the map, of the first 1,000.")


@dataclass(frozen=True)
class Omitted:
    """How many nodes of a type were left out."""

    type: str
    count: int


@dataclass(frozen=True, eq=False)
class Shown:
    """A map as its fields read it."""

    map: Map

    @property
    def nodes(self) -> list[Node]:
        """Closest first."""
        return self.map.nodes

    @property
    def links(self) -> list[Link]:
        """Between the nodes."""
        return self.map.links

    @property
    def depth_reached(self) -> int:
        """The distance of the farthest node."""
        return self.map.depth_reached

    @property
    def truncated(self) -> bool:
        """Whether something within the depth is left out."""
        return self.map.truncated

    @property
    def omitted(self) -> list[Omitted]:
        """By type."""
        return [Omitted(kind.value, count) for kind, count in sorted(self.map.omitted.items())]

    @property
    def itself(self) -> "Shown":
        """For what is computed from the whole map."""
        return self


def _frontiers(request: Request, keys: Sequence[Shown]) -> Reading[Mapping[Shown, list[More]]]:
    found = {}
    for shown in keys:
        found[shown] = yield from more_around(request, shown.map)
    return found


def _mermaid(request: Request, keys: Sequence[Shown]) -> Reading[Mapping[Shown, str]]:
    found = {}
    for shown in keys:
        found[shown] = Drawing(shown.map, (yield from labels(request, shown.map))).mermaid()
    return found


def _dot(request: Request, keys: Sequence[Shown]) -> Reading[Mapping[Shown, str]]:
    found = {}
    for shown in keys:
        found[shown] = Drawing(shown.map, (yield from labels(request, shown.map))).dot()
    return found


def _export(request: Request, keys: Sequence[Shown], format: LineageFormat) -> Reading[Mapping[Shown, str]]:
    found = {}
    for shown in keys:
        found[shown] = yield from exported(request, shown.map, format)
    return found


@strawberry.type(description="A part of the lineage in one piece: all nodes around one, and the edges between them.")
class LineageMap(Record):
    """A lineage map."""

    nodes: list[LineageNode] = reads(
        Refs("nodes", many=True, parse=node_ref), "The node itself, then the others, closest first."
    )
    edges: list[LineageEdge] = reads(
        Embedded("links", LineageEdge, many=True), "All edges between these nodes, uses before outputs."
    )
    depth_reached: int = reads(Column("depth_reached"), "How many edges away the farthest node is.")
    truncated: bool = reads(
        Column("truncated"), "Whether nodes or edges within the depth are left out, because there are too many."
    )
    omitted: list[OmittedCount] = reads(
        Embedded("omitted", OmittedCount, many=True), "How many nodes were found but left out, by type."
    )
    frontier: list[FrontierNode] = reads(
        Computed(_frontiers, needs=("itself",), then=Embedded("value", FrontierNode, many=True)),
        "The nodes that have neighbours outside the map.",
    )
    mermaid: str = reads(Computed(_mermaid, needs=("itself",)), "The map as a Mermaid flowchart.")
    dot: str = reads(Computed(_dot, needs=("itself",)), "The map in Graphviz's DOT language.")
    export: str = reads(
        Computed(_export, needs=("itself",)),
        "The map as a document that other programs read. It tells no more than the map has.",
        arguments=[argument("format", LineageFormat, "As what.")],
    )


@strawberry.input(description="What a map shows. The walk does not go on behind a node that is left out.")
class LineageFilter:
    """Which nodes to follow."""

    runs: RunFilter | None = strawberry.field(
        default=strawberry.UNSET, description="Only runs that meet these conditions."
    )
    artifacts: ArtifactFilter | None = strawberry.field(
        default=strawberry.UNSET, description="Only artifact versions that meet these conditions."
    )


def maps_around(kind: Kind) -> Callable[..., Reading[Mapping[int, Shown]]]:
    """What computes the maps around nodes of a kind, by key."""

    def compute(
        request: Request,
        keys: Sequence[int],
        direction: LineageDirection,
        depth: int,
        first: int,
        filter: LineageFilter | None = None,
        as_of: datetime | None = None,
    ) -> Reading[Mapping[int, Shown]]:
        check_range("depth", depth, 0, MAX_DEPTH)
        check_range("first", first, 1, MAX_NODES)
        conditions: dict[Kind, tuple[type[Any], Mapping[str, Any]]] = {}
        if filter and filter.runs:
            conditions[Kind.RUN] = (RunFilter, given(RunFilter, filter.runs))
        if filter and filter.artifacts:
            conditions[Kind.ARTIFACT] = (ArtifactFilter, given(ArtifactFilter, filter.artifacts))
        found = {}
        for key in keys:
            around = walk(request, Node(kind, key), _WAYS[direction], depth, first, conditions, as_of)
            found[key] = Shown((yield from around))
        return found

    return compute


def check_range(name: str, value: int, least: int, most: int) -> None:
    """Raises `BadInput` for a number that is not between two others."""
    if not least <= value <= most:
        raise BadInput(f"{name} must be from {least} to {most:,}, not {value}", name)


def lineage_of(need: Need, kind: str) -> Any:
    """The field `lineage` of a node."""
    return reads(
        Computed(maps_around(Kind(kind)), needs=(need,), then=Embedded("value", LineageMap)),
        "The lineage around it as one map: exactly the nodes within `depth` edges, in each direction.",
        arguments=[
            *lineage_arguments(),
            argument("as_of", datetime | None, "Only what was recorded by this time; everything, if not given."),
        ],
    )


def lineage_arguments() -> list[StrawberryArgument]:
    """What a field takes that answers a map."""
    return [
        argument("direction", LineageDirection, "Which way to follow the lineage.", LineageDirection.BOTH),
        argument(
            "depth",
            int,
            "How many edges to follow. Runs and artifacts alternate: 1 leads from an artifact to the run that "
            f"logged it, 2 on to what that run used. At most {MAX_DEPTH}.",
            DEFAULT_DEPTH,
        ),
        argument("first", int, f"How many nodes at most, the closest ones; up to {MAX_NODES:,}.", DEFAULT_NODES),
        argument("filter", LineageFilter | None, "What to show and follow."),
    ]
