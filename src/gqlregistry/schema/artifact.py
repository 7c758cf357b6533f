"""Artifact versions, their files, and their places in lists and lineages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import func

from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import Many
from gqlregistry.plan.page import Sort
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Computed, Embedded, Itself, Listing, One
from gqlregistry.plan.relay import Connection, Edge, Node, argument, edges, encode_id, nodes, reads
from gqlregistry.plan.shape import Record
from gqlregistry.plan.statement import Reading
from gqlregistry.registry.past import stood
from gqlregistry.schema.diff import CONTENT_KEY, ArtifactDiff, diff_to, no_content
from gqlregistry.schema.enums import ArtifactState
from gqlregistry.schema.expressions import collection_path, collection_type, of_version, version_name
from gqlregistry.schema.filters import FileFilter, RunFilter
from gqlregistry.schema.lineage import MAX_NODES, LineageMap, LineageNode, lineage_of
from gqlregistry.schema.lineage_diff import LineageDiff, lineage_diff_to
from gqlregistry.schema.people import User
from gqlregistry.schema.provenance import Provenance, provenances
from gqlregistry.schema.refs import ArtifactRef
from gqlregistry.schema.run import Run
from gqlregistry.schema.scalars import Int64, Json
from gqlregistry.store import tables
from gqlregistry.store.tables import RunInput, RunOutput

if TYPE_CHECKING:
    from gqlregistry.schema.collection import Alias, Collection, MembershipConnection
else:
    Alias = Annotated["Alias", strawberry.lazy("gqlregistry.schema.collection")]
    Collection = Annotated["Collection", strawberry.lazy("gqlregistry.schema.collection")]
    MembershipConnection = Annotated["MembershipConnection", strawberry.lazy("gqlregistry.schema.collection")]

ARTIFACT = col(tables.Artifact.id)


@strawberry.type(description="A run that logged the artifact.")
class ArtifactInputEdge(Edge):
    """An artifact's producer."""

    table = RunOutput

    node: Run = reads(One(col(RunOutput.run_id), Run), "The run that logged it.")
    created_at: datetime = reads(Column(col(RunOutput.created_at)), "When the run logged it.")


@strawberry.type(description="The runs that logged an artifact: several, when each made the same content.")
class ArtifactInputConnection(Connection):
    """An artifact's producers."""

    edge = ArtifactInputEdge

    edges: list[ArtifactInputEdge] = edges()
    nodes: list[Run] = nodes()


@strawberry.type(description="A run that used the artifact.")
class ArtifactOutputEdge(Edge):
    """An artifact's consumer."""

    table = RunInput

    node: Run = reads(One(col(RunInput.run_id), Run), "The run that used it.")
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
        One(col(RunInput.via_collection_id), "gqlregistry.schema.collection:Collection"),
        "The collection through which the run found it, such as one of a registry; null when it used an id.",
    )


@strawberry.type(description="The runs that used an artifact.")
class ArtifactOutputConnection(Connection):
    """An artifact's consumers."""

    edge = ArtifactOutputEdge

    edges: list[ArtifactOutputEdge] = edges()
    nodes: list[Run] = nodes()


def _download_urls(request: Request, keys: Sequence[Any]) -> Reading[Mapping[Any, str]]:
    yield from ()
    download_url = request.services["download_url"]
    return {
        key: reference if reference is not None else download_url(digest, path.rpartition("/")[2])
        for key in keys
        for path, digest, reference in [key]
    }


@strawberry.type(description="A file of an artifact.")
class File(Record):
    """A file: bytes in the blob store, or a reference to where they are."""

    table = tables.ArtifactFile

    path: str = reads(Column(col(tables.ArtifactFile.path)), "Where it stands in the artifact.")
    digest: str = reads(Column(col(tables.ArtifactFile.digest)), "`sha256:<hex>` or `md5:<hex>` of its bytes.")
    size: Int64 = reads(Column(col(tables.ArtifactFile.size)), "Its bytes.")
    reference: str | None = reads(
        Column(col(tables.ArtifactFile.reference)), "Where the bytes are, when they are not kept here."
    )
    url: str = reads(
        Computed(
            _download_urls,
            needs=(
                col(tables.ArtifactFile.path),
                col(tables.ArtifactFile.digest),
                col(tables.ArtifactFile.reference),
            ),
        ),
        "Where to GET it: a signed address that works for a while without a key; a reference's own address.",
    )


@strawberry.type(description="A file in a list.")
class FileEdge(Edge):
    """A file's place in a list."""

    table = tables.ArtifactFile

    node: File = reads(Itself(File), "The file.")


@strawberry.type(description="A page of files.")
class FileConnection(Connection):
    """Files."""

    edge = FileEdge

    edges: list[FileEdge] = edges()
    nodes: list[File] = nodes()


class Content(Many):
    """What belongs to the content of versions, by their `content_key`."""

    def read(self, request: Request, keys: Sequence[Any], prepared: Any, selection: Any) -> Reading[Mapping[Any, Any]]:
        barred = [key for key in keys if key < 0]
        if barred and selection is not None:
            raise no_content()
        found = yield from super().read(request, [key for key in keys if key > 0], prepared, selection)
        # The executor's batch joins fields; each fails for itself.
        return {**found, **{key: no_content() for key in barred}}


@strawberry.type(description="ONE immutable version of an artifact, and a node of the lineage.")
class Artifact(Record, Node, LineageNode):
    """An artifact version."""

    table = tables.Artifact

    id: strawberry.ID = reads(Column(ARTIFACT, encode_id("Artifact")), "The global id.")
    name: str = reads(
        Column(
            of_version(
                collection_path(col(tables.Artifact.collection_id))
                + ":"
                + func.coalesce(version_name(col(tables.Artifact.version_index)), "pending"),
                lambda member: (
                    collection_path(col(member.collection_id)) + ":" + version_name(col(member.version_index))
                ),
            )
        ),
        "The full name, `<entity>/<project>/<collection>:v4`. While it is pending there is no number: `…:pending`. To "
        "who may not see the project it is the name in a registry.",
    )
    version: str | None = reads(
        Column(
            of_version(
                version_name(col(tables.Artifact.version_index)),
                lambda member: version_name(col(member.version_index)),
            )
        ),
        "Its version in `collection`, like `v4`; null while it is pending.",
    )
    version_index: int | None = reads(
        Column(of_version(col(tables.Artifact.version_index), lambda member: col(member.version_index))),
        "The number of its version; null while it is pending.",
    )
    type: str = reads(
        Column(collection_type(col(tables.Artifact.collection_id))), "Its type, such as `dataset` or `model`."
    )
    digest: str = reads(Column(col(tables.Artifact.digest)), "The digest of its content: of all its files.")
    size: Int64 = reads(Column(col(tables.Artifact.size)), "The bytes of all its files.")
    file_count: int = reads(Column(col(tables.Artifact.file_count)), "How many files it has.")
    state: ArtifactState = reads(Column(col(tables.Artifact.state)), "How far it has come.")
    description: str | None = reads(Column(col(tables.Artifact.description)), "What its author says of it.")
    metadata: Json = reads(Column(col(tables.Artifact.metadata_)), "What its author keeps with it.")
    created_at: datetime = reads(Column(col(tables.Artifact.created_at)), "When it was declared.")
    created_by: User = reads(One(col(tables.Artifact.created_by_id), User), "Who logged it.")
    committed_at: datetime | None = reads(
        Column(col(tables.Artifact.committed_at)), "When it became visible as a version; null while it is pending."
    )
    updated_at: datetime = reads(
        Column(col(tables.Artifact.updated_at)), "When its description or metadata were last edited."
    )
    deleted_at: datetime | None = reads(
        Column(col(tables.Artifact.deleted_at)), "When it was deleted, if it was; it stays in every lineage."
    )
    deleted_by: User | None = reads(One(col(tables.Artifact.deleted_by_id), User), "Who deleted it.")
    collection: Collection = reads(
        One(
            of_version(col(tables.Artifact.collection_id), lambda member: col(member.collection_id)),
            "gqlregistry.schema.collection:Collection",
        ),
        "The collection that it was logged to. To who may not see that, the registry's by which it is seen.",
    )
    memberships: MembershipConnection = reads(
        Many(
            "gqlregistry.schema.collection:MembershipConnection",
            sorts={"ADDED": Sort([col(tables.Membership.id)])},
            need=ARTIFACT,
            parent=col(tables.Membership.artifact_id),
            where=[col(tables.Membership.removed_at).is_(None)],
            past=lambda _: stood(),
        ),
        "Its places in collections, oldest first: in the one that it was logged to, and where it is linked.",
    )
    aliases: list[Alias] = reads(
        Listing(
            ARTIFACT,
            parent=col(tables.Membership.artifact_id),
            through=(tables.Alias, col(tables.Alias.membership_id) == col(tables.Membership.id)),
            order=[col(tables.Alias.collection_id), col(tables.Alias.name)],
            to="gqlregistry.schema.collection:Alias",
        ),
        "Its aliases in all collections.",
    )
    tags: list[str] = reads(
        Listing(
            ARTIFACT,
            parent=col(tables.ArtifactTag.artifact_id),
            order=[col(tables.ArtifactTag.name)],
            value=col(tables.ArtifactTag.name),
        ),
        "Its labels, by name.",
    )
    files: FileConnection = reads(
        Content(
            FileConnection,
            sorts={"PATH": Sort([col(tables.ArtifactFile.path)])},
            need=CONTENT_KEY,
            parent=col(tables.ArtifactFile.artifact_id),
            unique=col(tables.ArtifactFile.path),
            filter=FileFilter,
        ),
        "Its files, by path; FORBIDDEN to a restricted viewer.",
    )
    inputs: ArtifactInputConnection = reads(
        Many(
            ArtifactInputConnection,
            sorts={"RUN": Sort([col(RunOutput.run_id)])},
            need=ARTIFACT,
            parent=col(RunOutput.artifact_id),
            unique=col(RunOutput.run_id),
            filter=RunFilter,
        ),
        "The runs that logged it, oldest first: several, when each made the same content.",
    )
    outputs: ArtifactOutputConnection = reads(
        Many(
            ArtifactOutputConnection,
            sorts={"RUN": Sort([col(RunInput.run_id)])},
            need=ARTIFACT,
            parent=col(RunInput.artifact_id),
            unique=col(RunInput.run_id),
            filter=RunFilter,
        ),
        "The runs that used it, oldest first.",
    )
    lineage: LineageMap = lineage_of(ARTIFACT, "Artifact")
    diff: ArtifactDiff = reads(
        Computed(diff_to, needs=(CONTENT_KEY,), then=Embedded("value", ArtifactDiff)),
        "How another version differs from this one; FORBIDDEN to a restricted viewer of either.",
        arguments=[argument("to", ArtifactRef, "The version to compare with.")],
    )
    lineage_diff: LineageDiff = reads(
        Computed(lineage_diff_to, needs=(ARTIFACT,), then=Embedded("value", LineageDiff)),
        "How the origin of another version differs from that of this one: all inputs and runs, at any depth.",
        arguments=[
            argument("to", ArtifactRef, "The version to compare with."),
            argument("most", int, f"How many nodes of each to compare, the closest; up to {MAX_NODES:,}.", 1000),
        ],
    )
    provenance: Provenance = reads(
        Computed(provenances, needs=(ARTIFACT,), then=Embedded("value", Provenance)),
        "How it came to be: all runs that lead to it, in an order in which they can be run again.",
        arguments=[argument("most", int, f"How many nodes at most, the closest; up to {MAX_NODES:,}.", 1000)],
    )


@strawberry.type(description="An artifact version in a list.")
class ArtifactEdge(Edge):
    """An artifact's place in a list."""

    table = tables.Artifact

    node: Artifact = reads(Itself(Artifact), "The artifact version.")


@strawberry.type(description="A page of artifact versions.")
class ArtifactConnection(Connection):
    """Artifact versions."""

    edge = ArtifactEdge

    edges: list[ArtifactEdge] = edges()
    nodes: list[Artifact] = nodes()
