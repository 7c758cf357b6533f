"""Runs, and their places in lists and lineages."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import Many
from gqlregistry.plan.page import Sort
from gqlregistry.plan.readers import Column, Itself, One
from gqlregistry.plan.relay import Connection, Edge, Node, edges, encode_id, nodes, reads
from gqlregistry.plan.shape import Record
from gqlregistry.schema.code import CODE, said
from gqlregistry.schema.enums import RunState
from gqlregistry.schema.expressions import project_path
from gqlregistry.schema.filters import ArtifactFilter
from gqlregistry.schema.lineage import LineageMap, LineageNode, lineage_of
from gqlregistry.schema.people import User
from gqlregistry.schema.scalars import Json
from gqlregistry.store import tables
from gqlregistry.store.tables import RunInput, RunOutput

if TYPE_CHECKING:
    from gqlregistry.schema.artifact import Artifact
    from gqlregistry.schema.collection import Collection
    from gqlregistry.schema.project import Project
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.schema.artifact")]
    Collection = Annotated["Collection", strawberry.lazy("gqlregistry.schema.collection")]
    Project = Annotated["Project", strawberry.lazy("gqlregistry.schema.project")]

ARTIFACT = "gqlregistry.schema.artifact:Artifact"
COLLECTION = "gqlregistry.schema.collection:Collection"
PROJECT = "gqlregistry.schema.project:Project"
RUN = col(tables.Run.id)


@strawberry.type(description="A use: this run had the artifact as an input.")
class RunInputEdge(Edge):
    """A run's input."""

    table = RunInput

    node: Artifact = reads(One(col(RunInput.artifact_id), ARTIFACT), "The artifact that the run used.")
    created_at: datetime = reads(Column(col(RunInput.created_at)), "When the run used it.")
    requested_as: str | None = reads(
        Column(col(RunInput.requested_as)),
        "The version, alias or digest that the run asked by; null when it is not known.",
    )
    requested_as_inferred: bool = reads(
        Column(col(RunInput.requested_as_inferred)),
        "Whether `requestedAs` was deduced from a look-up of the client, which did not say it.",
    )
    via: Collection | None = reads(
        One(col(RunInput.via_collection_id), COLLECTION),
        "The collection through which the run found it, such as one of a registry; null when it used an id.",
    )


@strawberry.type(description="A run's inputs.")
class RunInputConnection(Connection):
    """The artifacts that a run used."""

    edge = RunInputEdge

    edges: list[RunInputEdge] = edges()
    nodes: list[Artifact] = nodes()


@strawberry.type(description="This run logged the artifact as an output.")
class RunOutputEdge(Edge):
    """A run's output."""

    table = RunOutput

    node: Artifact = reads(One(col(RunOutput.artifact_id), ARTIFACT), "The artifact that the run logged.")
    created_at: datetime = reads(Column(col(RunOutput.created_at)), "When the run logged it.")


@strawberry.type(description="A run's outputs.")
class RunOutputConnection(Connection):
    """The artifacts that a run logged."""

    edge = RunOutputEdge

    edges: list[RunOutputEdge] = edges()
    nodes: list[Artifact] = nodes()


@strawberry.type(description="One execution: it used artifacts, and logged others.")
class Run(Record, Node, LineageNode):
    """A run."""

    table = tables.Run

    id: strawberry.ID = reads(Column(RUN, encode_id("Run")), "The global id.")
    name: str = reads(Column(col(tables.Run.name)), "The slug, unique in its project.")
    display_name: str = reads(Column(col(tables.Run.display_name)), "What people call it, such as rural-feather-20.")
    path: str = reads(
        Column(project_path(col(tables.Run.project_id)) + "/" + col(tables.Run.name)), "`<entity>/<project>/<slug>`."
    )
    state: RunState = reads(Column(col(tables.Run.state)), "Where it stands.")
    job_type: str | None = reads(Column(col(tables.Run.job_type)), "What kind of job it is, such as `train`.")
    group: str | None = reads(Column(col(tables.Run.group)), "The group of runs that it belongs to.")
    notes: str | None = reads(Column(col(tables.Run.notes)), "What its author noted.")
    tags: list[str] = reads(Column(col(tables.Run.tags)), "Its labels.")
    config: Json = reads(Column(col(tables.Run.config)), "What went into it: hyperparameters and the like.")
    summary: Json = reads(Column(col(tables.Run.summary)), "What came out: the last value of each metric.")
    repository: str | None = reads(Column(col(tables.Run.client), said("repository")), CODE["repository"])
    commit: str | None = reads(Column(col(tables.Run.client), said("commit")), CODE["commit"])
    program: str | None = reads(Column(col(tables.Run.client), said("program")), CODE["program"])
    project: Project = reads(One(col(tables.Run.project_id), PROJECT), "The project that holds it.")
    created_by: User = reads(One(col(tables.Run.created_by_id), User), "Who started it.")
    created_at: datetime = reads(Column(col(tables.Run.created_at)), "When it was recorded.")
    started_at: datetime | None = reads(Column(col(tables.Run.started_at)), "When it began.")
    finished_at: datetime | None = reads(Column(col(tables.Run.finished_at)), "When it ended; null while it runs.")
    heartbeat_at: datetime | None = reads(Column(col(tables.Run.heartbeat_at)), "When it was last heard of.")
    deleted_at: datetime | None = reads(
        Column(col(tables.Run.deleted_at)), "When it was deleted, if it was; it stays in every lineage."
    )
    deleted_by: User | None = reads(One(col(tables.Run.deleted_by_id), User), "Who deleted it.")
    inputs: RunInputConnection = reads(
        Many(
            RunInputConnection,
            sorts={"ARTIFACT": Sort([col(RunInput.artifact_id)])},
            need=RUN,
            parent=col(RunInput.run_id),
            unique=col(RunInput.artifact_id),
            filter=ArtifactFilter,
        ),
        "The artifacts that it used, oldest version first.",
    )
    outputs: RunOutputConnection = reads(
        Many(
            RunOutputConnection,
            sorts={"ARTIFACT": Sort([col(RunOutput.artifact_id)])},
            need=RUN,
            parent=col(RunOutput.run_id),
            unique=col(RunOutput.artifact_id),
            filter=ArtifactFilter,
        ),
        "The artifacts that it logged, oldest version first.",
    )
    lineage: LineageMap = lineage_of(RUN, "Run")


@strawberry.type(description="A run in a list.")
class RunEdge(Edge):
    """A run's place in a list."""

    table = tables.Run

    node: Run = reads(Itself(Run), "The run.")


@strawberry.type(description="A page of runs.")
class RunConnection(Connection):
    """Runs."""

    edge = RunEdge

    edges: list[RunEdge] = edges()
    nodes: list[Run] = nodes()
