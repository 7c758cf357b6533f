"""The difference of two origins in the public schema."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import strawberry

from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Embedded, One, Refs
from gqlregistry.plan.relay import reads
from gqlregistry.plan.shape import Record
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.comparing import Comparison, compare
from gqlregistry.schema.enums import LineageSide
from gqlregistry.schema.lineage import MAX_NODES, LineageEdge, LineageNode, check_range, node_ref
from gqlregistry.schema.lookups import existing
from gqlregistry.schema.refs import ArtifactRef
from gqlregistry.schema.scalars import Json
from gqlregistry.store import tables

if TYPE_CHECKING:
    from gqlregistry.schema.artifact import Artifact
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.schema.artifact")]

ARTIFACT = "gqlregistry.schema.artifact:Artifact"


def lineage_diff_to(
    request: Request, keys: Sequence[int], to: ArtifactRef, most: int
) -> Reading[Mapping[int, Comparison]]:
    """How the origin of another version differs from that of each of these."""
    check_range("most", most, 1, MAX_NODES)
    other = yield from existing(request, tables.Artifact, to, "to")
    found = {}
    for key in keys:
        found[key] = yield from compare(request, key, other, most)
        request.count(found[key].nodes)
    return found


@strawberry.type(name="ValueChange", description="A key whose value is not the same.")
class ValueChangeType(Record):
    """A changed key."""

    key: str = reads(Column("key"), "The key, of the outermost level.")
    before: Json | None = reads(Column("before"), "Its value before; null if it was not there.")
    after: Json | None = reads(Column("after"), "Its value after; null if it is no longer there.")


@strawberry.type(description="A node that has taken the place of another, and how it differs from that.")
class LineageChange(Record):
    """A node in the place of another."""

    before: LineageNode = reads(Refs("before", parse=node_ref), "The node in the origin of `from`.")
    after: LineageNode = reads(Refs("after", parse=node_ref), "The node in the origin of `to`.")
    config: list[ValueChangeType] = reads(
        Embedded("config", ValueChangeType, many=True), "What differs in the runs' configs."
    )
    summary: list[ValueChangeType] = reads(
        Embedded("summary", ValueChangeType, many=True), "What differs in the runs' summaries."
    )
    code: list[ValueChangeType] = reads(
        Embedded("code", ValueChangeType, many=True), "What differs in the runs' repository, commit and program."
    )
    metadata: list[ValueChangeType] = reads(
        Embedded("metadata", ValueChangeType, many=True), "What differs in the versions' metadata."
    )


@strawberry.type(description="A node of two compared origins.")
class LineageDiffNode(Record):
    """A node of one origin or of both."""

    node: LineageNode = reads(Refs("node", parse=node_ref), "The node.")
    side: LineageSide = reads(Column("side"), "Whose origin it belongs to.")


@strawberry.type(description="An edge of two compared origins.")
class LineageDiffEdge(LineageEdge):
    """An edge of one origin or of both."""

    side: LineageSide = reads(Column("side"), "Whose origin it belongs to.")


@strawberry.type(
    description="How the origin of one version differs from that of another. A node of one origin alone takes the "
    "place of one of the other of the same role: versions of one collection, runs of one job type, closest first."
)
class LineageDiff(Record):
    """The difference of two origins."""

    from_: Artifact = reads(One("from_id", ARTIFACT), "The version compared from.", name="from")
    to: Artifact = reads(One("to_id", ARTIFACT), "The version compared with.")
    added: list[LineageNode] = reads(
        Refs("added", many=True, parse=node_ref), "What is only in the origin of `to`, and has no counterpart."
    )
    removed: list[LineageNode] = reads(
        Refs("removed", many=True, parse=node_ref), "What is only in the origin of `from`, and has no counterpart."
    )
    changed: list[LineageChange] = reads(
        Embedded("changed", LineageChange, many=True),
        "What takes another's place: the versions themselves, inputs, runs.",
    )
    common: int = reads(Column("common"), "How many nodes are in both origins.")
    nodes: list[LineageDiffNode] = reads(
        Embedded("nodes", LineageDiffNode, many=True), "All nodes of both origins: a map of the two together."
    )
    edges: list[LineageDiffEdge] = reads(
        Embedded("edges", LineageDiffEdge, many=True), "All edges between these nodes, uses before outputs."
    )
    truncated: bool = reads(
        Column("truncated"),
        "Whether only the closest nodes were compared, because there are more: some may only seem new.",
    )
