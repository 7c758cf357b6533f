"""What a webhook is told of an event: in the words of the API, as far as the one may see it for whom it is told."""

from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from gqlregistry.hooks.outbox import Claim, sight
from gqlregistry.live.cursors import event_cursor
from gqlregistry.plan.relay import encode_id
from gqlregistry.store.tables import (
    ActionEvent,
    Artifact,
    Collection,
    Entity,
    EventKind,
    Project,
    Registry,
    Run,
    instant_text,
)

PING = "webhook.ping"


def message_of(session: Session, claim: Claim) -> dict[str, Any] | None:
    """What is to be sent: its type, its time, its data. None for what may not be seen, or not any more."""
    if claim.event is None:
        data = {"webhook": encode_id("Webhook")(claim.webhook)}
        return {"type": PING, "timestamp": instant_text(claim.created_at), "data": data}
    seen = sight(session, ActionEvent, claim.viewer)
    if seen is None:
        return None
    event = session.exec(select(ActionEvent).where(ActionEvent.id == claim.event, *seen)).first()
    if event is None:
        return None
    return {
        "type": type_of(event.kind),
        "timestamp": instant_text(event.created_at),
        "data": _data(session, event, claim),
    }


def type_of(kind: EventKind) -> str:
    """`alias.added` for ALIAS_ADDED, `api_key.revoked` for API_KEY_REVOKED."""
    what, _, happened = kind.value.lower().rpartition("_")
    return f"{what}.{happened}"


def _data(session: Session, event: ActionEvent, claim: Claim) -> dict[str, Any]:
    project, registry, collection = _places(session, event)
    version, previous = _version(event.version_index), _version(event.previous_version_index)
    old, new = _moved(session, event, version, previous)
    return {
        "id": encode_id("ActionEvent")(event.id),
        "cursor": event_cursor(event.id),
        "kind": event.kind.value,
        "actor": _name(session, event.actor_id),
        "project": project,
        "registry": registry,
        "collection": collection,
        "artifact": _artifact(session, event.artifact_id, version, collection, claim),
        "version": version,
        "previousVersion": previous,
        "oldVersion": old,
        "newVersion": new,
        "moved": event.alias is not None and old is not None and new is not None,
        "alias": event.alias,
        "tag": event.tag,
        "run": _run(session, event.run_id, claim),
        "subject": _name(session, event.subject_id),
        "role": event.role and event.role.value,
        "reason": event.reason,
    }


def _places(session: Session, event: ActionEvent) -> tuple[str | None, str | None, dict[str, Any] | None]:
    project = registry = collection = None
    if event.project_id is not None:
        project = _project_path(session, event.project_id)
    if event.registry_id is not None:
        registry = session.exec(select(Registry.name).where(Registry.id == event.registry_id)).one()
    if event.collection_id is not None:
        home = session.get_one(Collection, event.collection_id)
        path = f"{project or registry}/{home.name}"
        collection = {"id": encode_id("Collection")(home.id), "name": home.name, "path": path, "type": home.type}
    return project, registry, collection


def _moved(
    session: Session, event: ActionEvent, version: str | None, previous: str | None
) -> tuple[str | None, str | None]:
    """The version before the event and the one after it: of a collection, or of what an alias means.

    A move takes an alias off one version and puts it on another, in one transaction. Each of both tells of both.
    """
    match event.kind:
        case EventKind.VERSION_ADDED | EventKind.ALIAS_ADDED:
            return previous, version
        case EventKind.VERSION_REMOVED:
            return version, None
        case EventKind.ALIAS_REMOVED:
            follows = aliased(ActionEvent)
            put = select(follows.version_index).where(
                col(follows.id) > event.id,
                follows.collection_id == event.collection_id,
                follows.alias == event.alias,
                follows.kind == EventKind.ALIAS_ADDED,
                follows.created_at == event.created_at,
                follows.previous_version_index == event.version_index,
            )
            return version, _version(session.exec(put.order_by(col(follows.id)).limit(1)).first())
    return None, None


def _artifact(
    session: Session, key: int | None, version: str | None, collection: dict[str, Any] | None, claim: Claim
) -> dict[str, Any] | None:
    seen = sight(session, Artifact, claim.viewer)
    if key is None or seen is None:
        return None
    found = session.exec(select(Artifact).where(Artifact.id == key, *seen)).first()
    if found is None:
        return None
    name = f"{collection['path']}:{version}" if collection and version else None
    return {"id": encode_id("Artifact")(key), "name": name, "digest": found.digest}


def _run(session: Session, key: int | None, claim: Claim) -> dict[str, Any] | None:
    seen = sight(session, Run, claim.viewer)
    if key is None or seen is None:
        return None
    found = session.exec(select(Run).where(Run.id == key, *seen)).first()
    if found is None:
        return None
    return {"id": encode_id("Run")(key), "path": f"{_project_path(session, found.project_id)}/{found.name}"}


def _project_path(session: Session, key: int) -> str:
    named = select(Entity.name, Project.name).join(Project, col(Project.entity_id) == Entity.id)
    return "/".join(session.exec(named.where(Project.id == key)).one())


def _name(session: Session, key: int | None) -> str | None:
    return None if key is None else session.exec(select(Entity.name).where(Entity.id == key)).first()


def _version(index: int | None) -> str | None:
    return None if index is None else f"v{index}"
