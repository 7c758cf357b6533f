"""The action history."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from gqlregistry.plan.columns import col
from gqlregistry.plan.readers import Column, Itself, One
from gqlregistry.plan.relay import Connection, Edge, Node, edges, encode_id, nodes, reads
from gqlregistry.plan.shape import Record
from gqlregistry.schema.enums import EventKind, Role
from gqlregistry.schema.expressions import version_name
from gqlregistry.schema.people import Entity, User, entity
from gqlregistry.schema.scalars import Json
from gqlregistry.store import tables

if TYPE_CHECKING:
    from gqlregistry.schema.artifact import Artifact
    from gqlregistry.schema.collection import Collection
    from gqlregistry.schema.project import Project
    from gqlregistry.schema.registry import Registry
    from gqlregistry.schema.run import Run
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.schema.artifact")]
    Collection = Annotated["Collection", strawberry.lazy("gqlregistry.schema.collection")]
    Project = Annotated["Project", strawberry.lazy("gqlregistry.schema.project")]
    Registry = Annotated["Registry", strawberry.lazy("gqlregistry.schema.registry")]
    Run = Annotated["Run", strawberry.lazy("gqlregistry.schema.run")]

EVENT = tables.ActionEvent


@strawberry.type(description="One line of the append-only log: who did what to what, when and why.")
class ActionEvent(Record, Node):
    """An event."""

    table = EVENT

    id: strawberry.ID = reads(Column(col(EVENT.id), encode_id("ActionEvent")), "The global id.")
    kind: EventKind = reads(Column(col(EVENT.kind)), "What happened.")
    created_at: datetime = reads(Column(col(EVENT.created_at)), "When it happened.")
    actor: User = reads(One(col(EVENT.actor_id), User), "Who did it: the owner of the key that was used.")
    collection: Collection | None = reads(
        One(col(EVENT.collection_id), "gqlregistry.schema.collection:Collection"), "In which collection."
    )
    artifact: Artifact | None = reads(
        One(col(EVENT.artifact_id), "gqlregistry.schema.artifact:Artifact"), "To which artifact version."
    )
    version: str | None = reads(
        Column(version_name(col(EVENT.version_index))), "What the artifact's version was in the collection."
    )
    alias: str | None = reads(Column(col(EVENT.alias)), "Which alias.")
    tag: str | None = reads(Column(col(EVENT.tag)), "Which tag.")
    previous: Artifact | None = reads(
        One(col(EVENT.previous_id), "gqlregistry.schema.artifact:Artifact"), "What the alias pointed at before."
    )
    previous_version: str | None = reads(
        Column(version_name(col(EVENT.previous_version_index))), "The version that the alias pointed at before."
    )
    run: Run | None = reads(One(col(EVENT.run_id), "gqlregistry.schema.run:Run"), "By which run, or to which.")
    registry: Registry | None = reads(
        One(col(EVENT.registry_id), "gqlregistry.schema.registry:Registry"), "In which registry, or to which."
    )
    project: Project | None = reads(
        One(col(EVENT.project_id), "gqlregistry.schema.project:Project"), "In which project, or to which."
    )
    subject: Entity | None = reads(
        entity(col(EVENT.subject_id)), "To whom it happened: the user or team that was made, deleted, given a role."
    )
    role: Role | None = reads(Column(col(EVENT.role)), "Which role.")
    detail: Json = reads(Column(col(EVENT.detail)), "What else the change set, as it was written.")
    reason: str | None = reads(Column(col(EVENT.reason)), "Why, in the words of who did it.")
    hash: str = reads(
        Column(col(EVENT.hash)),
        "SHA-256 over this event and the one before it in its collection; `gqlregistry audit verify` checks them.",
    )


@strawberry.type(description="An event in a list.")
class ActionEventEdge(Edge):
    """An event's place in a list."""

    table = EVENT

    node: ActionEvent = reads(Itself(ActionEvent), "The event.")


@strawberry.type(description="A page of events.")
class ActionEventConnection(Connection):
    """Events."""

    edge = ActionEventEdge

    edges: list[ActionEventEdge] = edges()
    nodes: list[ActionEvent] = nodes()
