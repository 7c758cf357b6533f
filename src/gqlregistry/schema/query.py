"""The root of all reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from gqlregistry import __version__, allowance
from gqlregistry.errors import BadInput, NotFound
from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import Many
from gqlregistry.plan.page import DEFAULT_PAGE_SIZE
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Computed, Embedded, One, Ref, Refs, read_by_key
from gqlregistry.plan.relay import Node, argument, decode_id, reads
from gqlregistry.plan.shape import Record, shape_of
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.artifact import Artifact, ArtifactConnection
from gqlregistry.schema.collection import Collection, CollectionConnection, Membership
from gqlregistry.schema.enums import ArtifactState
from gqlregistry.schema.event import ActionEvent, ActionEventConnection
from gqlregistry.schema.filters import ArtifactFilter, CollectionFilter, RunFilter, ServerEventFilter
from gqlregistry.schema.impact import MAX_REACHED, Impact, impact_of
from gqlregistry.schema.lookups import artifact_as_of, key_of
from gqlregistry.schema.orders import (
    ARTIFACT_SORTS,
    COLLECTION_SORTS,
    EVENT_SORTS,
    RUN_SORTS,
    ArtifactOrder,
    CollectionOrder,
    EventOrder,
    RunOrder,
)
from gqlregistry.schema.people import USERS, ApiKey, Organization, Team, User, UserConnection
from gqlregistry.schema.project import PROJECTS, Project, ProjectConnection
from gqlregistry.schema.questions import SavedQuestion, read_questions
from gqlregistry.schema.refs import AnyRef, ArtifactRef, CollectionRef, ProjectRef, RegistryRef, RunRef
from gqlregistry.schema.registry import REGISTRIES, Registry, RegistryConnection
from gqlregistry.schema.run import Run, RunConnection
from gqlregistry.schema.search import SEARCH, SearchResultConnection
from gqlregistry.schema.webhook import Webhook, WebhookConnection, WebhookDelivery, webhooks
from gqlregistry.store import tables

NODE_TYPES: dict[str, type[Any]] = {
    type_.__name__: type_
    for type_ in (
        ActionEvent,
        ApiKey,
        Artifact,
        Collection,
        Membership,
        Organization,
        Project,
        Registry,
        Run,
        Team,
        User,
        Webhook,
        WebhookDelivery,
    )
}
MAX_IDS = 100

_Root = Sequence[tuple[()]]


def _node(request: Request, keys: _Root, id: str) -> Reading[Mapping[Any, Ref]]:
    ref = _node_ref(id, "id")
    if not (yield from read_by_key(shape_of(ref.type), request, [ref.key], None)):
        raise NotFound("there is nothing with this id", "id")
    return dict.fromkeys(keys, ref)


def _nodes(request: Request, keys: _Root, ids: Sequence[str]) -> Reading[Mapping[Any, list[Ref]]]:
    yield from ()
    if len(ids) > MAX_IDS:
        raise BadInput(f"at most {MAX_IDS} ids can be asked for at once", "ids")
    return dict.fromkeys(keys, [_node_ref(id, "ids") for id in ids])


def _node_ref(id: str, field: str) -> Ref:
    name, key = decode_id(id, *NODE_TYPES, field=field)
    return Ref(NODE_TYPES[name], key)


def _by_ref(to: type[Any], ref: type[Any], description: str) -> Any:
    """A field that leads to what a reference means, or fails with NOT_FOUND."""

    def compute(request: Request, keys: _Root, ref: AnyRef) -> Reading[Mapping[Any, int]]:
        return dict.fromkeys(keys, (yield from key_of(request, ref)))

    found = One("value", to, missing="there is nothing with this id")
    return reads(Computed(compute, then=found), description, arguments=[argument("ref", ref, "Which one.")])


def _artifact(
    request: Request, keys: _Root, ref: ArtifactRef, as_of: datetime | None = None
) -> Reading[Mapping[Any, int]]:
    key = (yield from key_of(request, ref)) if as_of is None else (yield from artifact_as_of(request, ref, as_of))
    return dict.fromkeys(keys, key)


def _viewer(request: Request, keys: _Root) -> Reading[Mapping[Any, int]]:
    yield from ()
    return dict.fromkeys(keys, request.principal.user_id)


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What a server says of itself."""

    version: str
    database: str
    max_page_size: int
    default_page_size: int
    max_query_cost: int


def _server_info(request: Request, keys: _Root) -> Reading[Mapping[Any, ServerFacts]]:
    yield from ()
    facts = ServerFacts(__version__, request.dialect, request.max_page_size, DEFAULT_PAGE_SIZE, request.max_query_cost)
    return dict.fromkeys(keys, facts)


def _rate_limit(request: Request, keys: _Root) -> Reading[Mapping[Any, allowance.RateLimit | None]]:
    yield from ()
    mine: allowance.Allowance | None = request.services.get("allowance")
    return dict.fromkeys(keys, None if mine is None else mine.told())


@strawberry.type(
    description=f"How much one key may ask of one process. A request costs a point, and one more for each "
    f"{allowance.OBJECTS} objects that it reads, charged when it is answered."
)
class RateLimit(Record):
    """An allowance."""

    limit: int = reads(Column("limit"), "How many points there are in a minute.")
    remaining: int = reads(Column("remaining"), "How many are left now.")
    reset_at: datetime = reads(Column("reset_at"), "When all are there again, if nothing is asked until then.")


@strawberry.type(description="What a server says of itself.")
class ServerInfo(Record):
    """Facts about the server."""

    version: str = reads(Column("version"), "The version of gqlregistry.")
    database: str = reads(Column("database"), "`sqlite` or `postgresql`.")
    max_page_size: int = reads(Column("max_page_size"), "The largest `first` or `last`.")
    default_page_size: int = reads(Column("default_page_size"), "The page size where neither is given.")
    max_query_cost: int = reads(
        Column("max_query_cost"), "How many objects a query may ask for, pages multiplied down the path."
    )


@strawberry.type(description="All that can be read.")
class Query(Record):
    """The root of all reads."""

    node: Node | None = reads(
        Computed(_node, then=Refs("value")),
        "The object with this id; NOT_FOUND if there is none.",
        arguments=[argument("id", strawberry.ID, "A global id.")],
    )
    nodes: list[Node | None] = reads(
        Computed(_nodes, then=Refs("value", many=True)),
        f"The objects with these ids, in this order; null where there is none. At most {MAX_IDS}.",
        arguments=[argument("ids", list[strawberry.ID], "Global ids.")],
    )
    viewer: User = reads(Computed(_viewer, then=One("value", User)), "Who is asking.")
    server_info: ServerInfo = reads(
        Computed(_server_info, then=Embedded("value", ServerInfo)), "What this server is, and its limits."
    )
    saved_questions: list[SavedQuestion] = reads(
        Computed(read_questions, then=Embedded("value", SavedQuestion, many=True)),
        "The questions that are saved here, by name: the server's trusted documents that are queries.",
    )
    rate_limit: RateLimit | None = reads(
        Computed(_rate_limit, then=Embedded("value", RateLimit)), "What is left of your key's; null without a limit."
    )
    artifact: Artifact | None = reads(
        Computed(_artifact, then=One("value", Artifact, missing="there is nothing with this id")),
        "An artifact version; NOT_FOUND if there is none.",
        arguments=[
            argument("ref", ArtifactRef, "Which one."),
            argument("as_of", datetime | None, "What the name meant at this time; now, if not given."),
        ],
    )
    run: Run | None = _by_ref(Run, RunRef, "A run; NOT_FOUND if there is none.")
    impact: Impact = reads(
        Computed(impact_of, then=Embedded("value", Impact)),
        "What came of an artifact version, however far, and which aliases serve it; NOT_FOUND if there is none.",
        arguments=[
            argument("of", ArtifactRef, "Which one."),
            argument("most", int, f"How many nodes to find at most, the closest; up to {MAX_REACHED:,}.", MAX_REACHED),
        ],
    )
    project: Project | None = _by_ref(Project, ProjectRef, "A project; NOT_FOUND if there is none.")
    registry: Registry | None = _by_ref(Registry, RegistryRef, "A registry; NOT_FOUND if there is none.")
    collection: Collection | None = _by_ref(Collection, CollectionRef, "A collection; NOT_FOUND if there is none.")
    artifacts: ArtifactConnection = reads(
        Many(
            ArtifactConnection,
            sorts=ARTIFACT_SORTS,
            where=[col(tables.Artifact.state) != ArtifactState.PENDING],
            filter=ArtifactFilter,
            order=ArtifactOrder,
        ),
        "Artifact versions, newest first. Deleted ones are among them, as tombstones; filter by state.",
    )
    runs: RunConnection = reads(
        Many(RunConnection, sorts=RUN_SORTS, filter=RunFilter, order=RunOrder), "Runs, newest first."
    )
    collections: CollectionConnection = reads(
        Many(
            CollectionConnection,
            sorts=COLLECTION_SORTS,
            where=[col(tables.Collection.deleted_at).is_(None)],
            filter=CollectionFilter,
            order=CollectionOrder,
        ),
        "Collections of all projects and registries, by name.",
    )
    projects: ProjectConnection = reads(PROJECTS, "Projects, by name.")
    registries: RegistryConnection = reads(REGISTRIES, "Registries, by name.")
    users: UserConnection = reads(USERS, "Users, by name.")
    action_events: ActionEventConnection = reads(
        Many(ActionEventConnection, sorts=EVENT_SORTS, filter=ServerEventFilter, order=EventOrder),
        "The whole log, newest first.",
    )
    webhooks: WebhookConnection = reads(
        webhooks(), "All webhooks where you are an admin, in the order in which they were made."
    )
    search: SearchResultConnection = reads(SEARCH, "Whatever has a text in its name or description, by name.")
