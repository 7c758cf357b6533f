"""The root of all that is followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry

from gqlregistry.errors import NotFound
from gqlregistry.live.cursors import event_cursor, event_key
from gqlregistry.live.lineage import Around
from gqlregistry.live.lines import Wanted
from gqlregistry.plan.columns import col
from gqlregistry.plan.lineage import Kind
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Embedded, Followed, Itself, One, read_by_key
from gqlregistry.plan.relay import argument, decode_id, reads
from gqlregistry.plan.shape import Record, shape_of
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.enums import EventKind
from gqlregistry.schema.event import EVENT, ActionEvent
from gqlregistry.schema.lineage import LineageMap, Shown, lineage_arguments, maps_around, type_of
from gqlregistry.schema.lookups import existing
from gqlregistry.schema.refs import CollectionRef, RegistryRef
from gqlregistry.store import tables


@dataclass(frozen=True, slots=True)
class Happened:
    """The root of one answer: the event that is told, or the map that is read again."""

    event: int | None = None
    around: Around | None = None


@dataclass(frozen=True, slots=True)
class Events:
    """Which events somebody follows, and from where on; None from now on."""

    wanted: Wanted
    after: int | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """That somebody follows a map."""


@strawberry.type(description="An event that was followed to.")
class FollowedEvent(Record):
    """An event, and where the log stands behind it."""

    table = EVENT

    cursor: str = reads(
        Column(col(EVENT.id), event_cursor),
        "Where the log stands behind this event. Subscribe again with it as `after`: nothing is missed or sent twice.",
    )
    node: ActionEvent = reads(Itself(ActionEvent), "The event.")


def _follow_events(
    request: Request,
    collection: CollectionRef | None = None,
    registry: RegistryRef | None = None,
    kinds: Sequence[EventKind] | None = None,
    after: str | None = None,
) -> Reading[Events]:
    key = None if after is None else event_key(after, "after")
    wanted = Wanted(
        None if not collection else (yield from existing(request, tables.Collection, collection, "collection")),
        None if not registry else (yield from existing(request, tables.Registry, registry, "registry")),
        None if kinds is None else frozenset(kinds),
    )
    return Events(wanted, key)


def _event(request: Request, keys: Sequence[int], **arguments: Any) -> Reading[Mapping[int, int]]:
    yield from ()
    return {key: key for key in keys}


def _follow_lineage(request: Request, node: str, **arguments: Any) -> Reading[Lineage]:
    yield from ()
    return Lineage()


def _map(request: Request, keys: Sequence[Around], node: str, **arguments: Any) -> Reading[Mapping[Around, Shown]]:
    name, key = decode_id(node, *Kind, field="node")
    if not (yield from read_by_key(shape_of(type_of(Kind(name))), request, [key], None)):
        raise NotFound("there is nothing with this id", "node")
    shown = (yield from maps_around(Kind(name))(request, [key], **arguments))[key]
    for around in keys:
        around.runs = frozenset(each.key for each in shown.nodes if each.kind is Kind.RUN)
        around.artifacts = frozenset(each.key for each in shown.nodes if each.kind is Kind.ARTIFACT)
    return dict.fromkeys(keys, shown)


@strawberry.type(
    description="All that can be followed, over a WebSocket (`graphql-transport-ws`) or as `text/event-stream`."
)
class Subscription(Record):
    """The root of all that is followed."""

    action_events: FollowedEvent = reads(
        Followed(_event, needs=("event",), then=One("value", FollowedEvent), follow=_follow_events),
        "The log, line by line: first what came behind `after`, then what happens.",
        arguments=[
            argument("collection", CollectionRef | None, "Only events of this collection."),
            argument("registry", RegistryRef | None, "Only events of this registry and of collections in it."),
            argument("kinds", list[EventKind] | None, "Only events of one of these kinds."),
            argument(
                "after",
                str | None,
                "The `cursor` of the last event that was received; an empty text for the whole log. From now on, if "
                "not given. Cursors of lists are not good for this.",
            ),
        ],
    )
    lineage_changed: LineageMap = reads(
        Followed(_map, needs=("around",), then=Embedded("value", LineageMap), follow=_follow_lineage),
        "The lineage around a run or an artifact, as it is and each time that it has changed: an edge was made, or "
        "what is shown of a node in it is another.",
        arguments=[argument("node", strawberry.ID, "The id of a run or an artifact."), *lineage_arguments()],
    )
