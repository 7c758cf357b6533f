"""What came of a version in the public schema: what a recall has to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from gqlregistry.errors import BadInput
from gqlregistry.plan.lineage import Kind, Node, Way
from gqlregistry.plan.reach import Reach, reach
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Computed, Embedded, One, Refs
from gqlregistry.plan.relay import argument, reads
from gqlregistry.plan.shape import Record
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.lineage import LineageNode, node_ref
from gqlregistry.schema.lookups import existing
from gqlregistry.schema.reached import MAX_LISTED, closest, counts, requested, uses
from gqlregistry.schema.recall import reports
from gqlregistry.schema.refs import ArtifactRef
from gqlregistry.schema.served import ServingAlias, served
from gqlregistry.store import tables

if TYPE_CHECKING:
    from gqlregistry.schema.artifact import Artifact
    from gqlregistry.schema.run import Run
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.schema.artifact")]
    Run = Annotated["Run", strawberry.lazy("gqlregistry.schema.run")]

ARTIFACT, RUN = "gqlregistry.schema.artifact:Artifact", "gqlregistry.schema.run:Run"
MAX_REACHED = 50_000


@dataclass(frozen=True, eq=False)
class Reached:
    """All that came of a version, as its fields read it."""

    reach: Reach

    @property
    def run_count(self) -> int:
        """How many runs."""
        return len(self.reach.keys(Kind.RUN))

    @property
    def artifact_count(self) -> int:
        """How many versions, without itself."""
        return len(self.reach.keys(Kind.ARTIFACT)) - 1


def impact_of(
    request: Request, keys: Sequence[Any], of: ArtifactRef, most: int = MAX_REACHED
) -> Reading[Mapping[Any, Reached]]:
    """What came of a version, for the root."""
    if not 1 <= most <= MAX_REACHED:
        raise BadInput(f"most must be from 1 to {MAX_REACHED:,}, not {most}", "most")
    key = yield from existing(request, tables.Artifact, of, "of")
    found = yield from reach(request, Node(Kind.ARTIFACT, key), Way.OUTPUTS, most)
    return dict.fromkeys(keys, Reached(found))


def _first() -> Any:
    return argument("first", int, f"How many, up to {MAX_LISTED:,}.", 100)


def _between() -> list[Any]:
    return [
        argument("from_", datetime | None, "With those that served after this time.", graphql_name="from"),
        argument("until", datetime | None, "With those that served up to this time, and not only now."),
    ]


@strawberry.type(description="How many nodes there are of a type.")
class ReachedCount(Record):
    """A number of nodes."""

    kind: str = reads(Column("kind"), "`Run` or `Artifact`.")
    type: str | None = reads(Column("type"), "The job type of the runs, or the type of the versions.")
    count: int = reads(Column("count"), "How many there are.")


@strawberry.type(description="A run or a version that came of another.")
class ReachedNode(Record):
    """A node, and how far it is."""

    node: LineageNode = reads(Refs("node", parse=node_ref), "The node.")
    distance: int = reads(Column("distance"), "How many edges away it is.")


@strawberry.type(description="A run used a version.")
class ReachedUse(Record):
    """A use."""

    run: Run = reads(One("run_id", RUN), "Who used it.")
    artifact: Artifact = reads(One("artifact_id", ARTIFACT), "What it used.")
    requested_as: str | None = reads(
        Column("requested_as"), "The version, alias or digest that the run asked by; null when it is not known."
    )
    requested_as_inferred: bool = reads(Column("inferred"), "Whether `requestedAs` was deduced and not told.")
    created_at: datetime = reads(Column("created_at"), "When.")


@strawberry.type(description="How often runs asked for versions in one way.")
class RequestedCount(Record):
    """A number of uses."""

    requested_as: str | None = reads(
        Column("requested_as"), "The version, alias or digest that they asked by; null when it is not known."
    )
    count: int = reads(Column("count"), "How many uses.")


@strawberry.type(description="All that came of a version, however far, and what serves it or what came of it.")
class Impact(Record):
    """What a version reached."""

    of: Artifact = reads(One("reach.start.key", ARTIFACT), "The version.")
    runs: int = reads(Column("run_count"), "How many runs used it, or what came of it.")
    artifacts: int = reads(Column("artifact_count"), "How many versions came of it.")
    truncated: bool = reads(Column("reach.truncated"), "Whether there are more, and only the closest were taken.")
    counts: list[ReachedCount] = reads(
        Computed(counts, needs=("reach",), then=Embedded("value", ReachedCount, many=True)),
        "How many there are, runs by job type and versions by type.",
    )
    nodes: list[ReachedNode] = reads(
        Computed(closest, needs=("reach",), then=Embedded("value", ReachedNode, many=True)),
        "The runs and the versions, closest first.",
        arguments=[_first()],
    )
    aliases: list[ServingAlias] = reads(
        Computed(served, needs=("reach",), then=Embedded("value", ServingAlias, many=True)),
        "The aliases that point at it, or at what came of it, now; with times, those that did between them. Those of "
        "registries first, then the newest.",
        arguments=[_first(), argument("name", str | None, "Only aliases of this name."), *_between()],
    )
    requested: list[RequestedCount] = reads(
        Computed(requested, needs=("reach",), then=Embedded("value", RequestedCount, many=True)),
        "How it, and what came of it, was asked for, the most frequent way first: `latest` follows whatever comes.",
    )
    uses: list[ReachedUse] = reads(
        Computed(uses, needs=("reach",), then=Embedded("value", ReachedUse, many=True)),
        "The uses of it, and of what came of it, newest first.",
        arguments=[_first(), argument("requested_as", str | None, "Only what was asked for in this way.")],
    )
    report: str = reads(
        Computed(reports, needs=("reach",)),
        f"All of this as a document in Markdown, with the {MAX_LISTED:,} closest nodes.",
        arguments=_between(),
    )
