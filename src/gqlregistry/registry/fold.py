"""What the log tells: folding it gives the state at any moment, and the life of each alias.

Invariant: `fold` of all events is `state.state_of` the tables, at any time.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from gqlregistry.registry.state import (
    ArtifactFacts,
    CollectionState,
    KeyState,
    Person,
    PlaceState,
    State,
    WebhookState,
    scope_of,
)
from gqlregistry.store.tables import ActionEvent, EventKind


@dataclass(frozen=True, slots=True)
class Interval:
    """A time in which an alias meant one version. `until` is None while it does."""

    version_index: int
    artifact_id: int
    since: datetime
    until: datetime | None
    actor_id: int
    reason: str | None


def fold(events: Iterable[ActionEvent]) -> State:
    """The state after these events, which are in order of id."""
    state = State()
    for event in events:
        _STEPS[event.kind](state, event)
    return state


def intervals(events: Iterable[ActionEvent]) -> list[Interval]:
    """The life of an alias from its own events, oldest first. `actor_id` and `reason` are of who set it."""
    lived: list[Interval] = []
    start: ActionEvent | None = None
    for event in events:
        if start is not None:
            lived.append(_interval(start, event.created_at))
        start = event if event.kind is EventKind.ALIAS_ADDED else None
    if start is not None:
        lived.append(_interval(start, None))
    return lived


def log(session: Session) -> Iterator[ActionEvent]:
    """The whole log, oldest first, read in batches."""
    return iter(session.exec(select(ActionEvent).order_by(col(ActionEvent.id)).execution_options(yield_per=1000)))


def _interval(start: ActionEvent, until: datetime | None) -> Interval:
    return Interval(
        _key(start.version_index), _key(start.artifact_id), start.created_at, until, start.actor_id, start.reason
    )


def _key(value: int | None) -> int:
    assert value is not None, "every event of its kind has it"
    return value


def _person_created(state: State, event: ActionEvent) -> None:
    state.people[_key(event.subject_id)] = Person(**event.detail)


def _organization_created(state: State, event: ActionEvent) -> None:
    _person_created(state, event)
    state.organizations[_key(event.organization_id)] = _key(event.subject_id)


def _person_deleted(state: State, event: ActionEvent) -> None:
    state.people[_key(event.subject_id)].deleted = True


def _member_set(state: State, event: ActionEvent) -> None:
    assert event.role is not None, "a role was set"
    state.members[scope_of(event, event.detail.get("team_id"), _key(event.subject_id))] = event.role.value


def _member_removed(state: State, event: ActionEvent) -> None:
    del state.members[scope_of(event, event.detail.get("team_id"), _key(event.subject_id))]


def _key_created(state: State, event: ActionEvent) -> None:
    facts = dict(event.detail)
    owner, key = _key(event.subject_id), facts.pop("key_id")
    if "scope" not in facts:
        # Before there were scopes, a key administered if it was made so, or if its owner did.
        facts["scope"] = "ADMIN" if facts["is_admin"] or state.people[owner].is_admin else "WRITE"
    facts.pop("is_admin", None)
    state.keys[key] = KeyState(owner, **facts)


def _key_revoked(state: State, event: ActionEvent) -> None:
    state.keys[event.detail["key_id"]].revoked = True


def _place(state: State, event: ActionEvent) -> tuple[dict[int, PlaceState], int]:
    if event.registry_id is not None:
        return state.registries, event.registry_id
    return state.projects, _key(event.project_id)


def _place_created(state: State, event: ActionEvent) -> None:
    places, key = _place(state, event)
    places[key] = PlaceState(event.detail["name"], {k: v for k, v in event.detail.items() if k != "name"})


def _place_updated(state: State, event: ActionEvent) -> None:
    places, key = _place(state, event)
    about = dict(event.detail)
    places[key].name = about.pop("name", places[key].name)
    places[key].about |= about


def _place_deleted(state: State, event: ActionEvent) -> None:
    places, key = _place(state, event)
    places[key].deleted = True


def _collection_created(state: State, event: ActionEvent) -> None:
    key = _key(event.collection_id)
    before = state.collections.get(key)
    state.collections[key] = CollectionState((event.project_id, event.registry_id), **event.detail)
    if before is not None:
        state.collections[key].tags = before.tags


def _collection_updated(state: State, event: ActionEvent) -> None:
    for name, value in event.detail.items():
        setattr(_collection(state, event), name, value)


def _collection_deleted(state: State, event: ActionEvent) -> None:
    _collection(state, event).deleted = True


def _collection(state: State, event: ActionEvent) -> CollectionState:
    return state.collections[_key(event.collection_id)]


def _version_added(state: State, event: ActionEvent) -> None:
    _collection(state, event).members[_key(event.version_index)] = _key(event.artifact_id)
    if event.detail:
        state.artifacts[_key(event.artifact_id)] = ArtifactFacts(**event.detail)


def _version_removed(state: State, event: ActionEvent) -> None:
    del _collection(state, event).members[_key(event.version_index)]


def _alias_added(state: State, event: ActionEvent) -> None:
    assert event.alias is not None, "an alias was added"
    _collection(state, event).aliases[event.alias] = _key(event.version_index)


def _alias_removed(state: State, event: ActionEvent) -> None:
    assert event.alias is not None, "an alias was removed"
    del _collection(state, event).aliases[event.alias]


def _tags(state: State, event: ActionEvent) -> set[str]:
    return _collection(state, event).tags if event.artifact_id is None else state.artifacts[event.artifact_id].tags


def _tag_added(state: State, event: ActionEvent) -> None:
    _tags(state, event).add(event.tag or "")


def _tag_removed(state: State, event: ActionEvent) -> None:
    _tags(state, event).remove(event.tag or "")


def _artifact_updated(state: State, event: ActionEvent) -> None:
    for name, value in event.detail.items():
        setattr(state.artifacts[_key(event.artifact_id)], name, value)


def _artifact_deleted(state: State, event: ActionEvent) -> None:
    state.artifacts[_key(event.artifact_id)].deleted = True


def _run_deleted(state: State, event: ActionEvent) -> None:
    """Runs come and end without events; their tombstones are told for the reader of the log."""


def _webhook_created(state: State, event: ActionEvent) -> None:
    about = dict(event.detail)
    key = about.pop("webhook_id")
    state.webhooks[key] = WebhookState((event.project_id, event.registry_id, event.collection_id), about)


def _webhook_updated(state: State, event: ActionEvent) -> None:
    about = dict(event.detail)
    state.webhooks[about.pop("webhook_id")].about |= about


def _webhook_deleted(state: State, event: ActionEvent) -> None:
    state.webhooks[event.detail["webhook_id"]].deleted = True


def _webhook_replayed(state: State, event: ActionEvent) -> None:
    """How far a webhook was told moves all the time, without events."""


_STEPS: dict[EventKind, Callable[[State, ActionEvent], None]] = {
    EventKind.VERSION_ADDED: _version_added,
    EventKind.VERSION_REMOVED: _version_removed,
    EventKind.ALIAS_ADDED: _alias_added,
    EventKind.ALIAS_REMOVED: _alias_removed,
    EventKind.TAG_ADDED: _tag_added,
    EventKind.TAG_REMOVED: _tag_removed,
    EventKind.ARTIFACT_UPDATED: _artifact_updated,
    EventKind.ARTIFACT_DELETED: _artifact_deleted,
    EventKind.COLLECTION_CREATED: _collection_created,
    EventKind.COLLECTION_UPDATED: _collection_updated,
    EventKind.COLLECTION_DELETED: _collection_deleted,
    EventKind.REGISTRY_CREATED: _place_created,
    EventKind.REGISTRY_UPDATED: _place_updated,
    EventKind.REGISTRY_DELETED: _place_deleted,
    EventKind.PROJECT_CREATED: _place_created,
    EventKind.PROJECT_UPDATED: _place_updated,
    EventKind.PROJECT_DELETED: _place_deleted,
    EventKind.RUN_DELETED: _run_deleted,
    EventKind.ORGANIZATION_CREATED: _organization_created,
    EventKind.USER_CREATED: _person_created,
    EventKind.USER_DELETED: _person_deleted,
    EventKind.TEAM_CREATED: _person_created,
    EventKind.TEAM_DELETED: _person_deleted,
    EventKind.MEMBER_SET: _member_set,
    EventKind.MEMBER_REMOVED: _member_removed,
    EventKind.API_KEY_CREATED: _key_created,
    EventKind.API_KEY_REVOKED: _key_revoked,
    EventKind.WEBHOOK_CREATED: _webhook_created,
    EventKind.WEBHOOK_UPDATED: _webhook_updated,
    EventKind.WEBHOOK_DELETED: _webhook_deleted,
    EventKind.WEBHOOK_REPLAYED: _webhook_replayed,
}
