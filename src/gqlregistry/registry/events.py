"""Appending to the log. Whoever changes something records it here, in the same transaction.

The events of one collection form a chain: each hash covers the one before. Events that belong to no collection
form one more chain. The caller holds the lock of the collection, so that a chain has one writer at a time.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from gqlregistry.registry.change import Change
from gqlregistry.store.tables import ActionEvent, Collection, EventKind, Organization, instant_text

FIRST_HASH = "0" * 64


def record(change: Change, kind: EventKind, **facts: Any) -> ActionEvent:
    """Append one event. `facts` are columns of `ActionEvent`; the actor and the time come from the change.

    Its id is there once the change ends (or the session is flushed).
    """
    hash_before, time_before = _head(change, facts.get("collection_id"))
    # A clock that steps back must not put a later event before an earlier one of its collection.
    created_at = max(change.now, time_before) if time_before else change.now
    event = ActionEvent(kind=kind, created_at=created_at, actor_id=change.actor.user_id, hash="", **facts)
    event.hash = chained_hash(hash_before, event)
    change.session.add(event)
    change.events.append(event)
    return event


def lock_common_chain(session: Session) -> None:
    """Be the only one who appends events that belong to no collection, until the transaction ends."""
    organization = select(Organization.id).order_by(col(Organization.id)).limit(1)
    session.exec(organization.with_for_update(key_share=True)).first()


def of_collection(collection: Collection) -> dict[str, int | None]:
    """The facts that every event of a collection has."""
    return {
        "collection_id": collection.id,
        "project_id": collection.project_id,
        "registry_id": collection.registry_id,
    }


def chained_hash(previous: str, event: ActionEvent) -> str:
    """SHA-256 over the previous hash and all the event's facts but its id, as canonical JSON."""
    facts = {
        name: instant_text(value) if name == "created_at" else value
        for name, value in event.model_dump(exclude={"id", "hash"}).items()
        if value is not None
    }
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def _head(change: Change, collection_id: int | None) -> tuple[str, datetime | None]:
    """The hash and the time of the newest event of a chain."""
    for event in reversed(change.events):
        if event.collection_id == collection_id:
            return event.hash, event.created_at
    chain: ColumnElement[bool] = col(ActionEvent.collection_id) == collection_id
    if collection_id is None:
        lock_common_chain(change.session)
        chain = col(ActionEvent.collection_id).is_(None)
    newest = select(ActionEvent.hash, ActionEvent.created_at).where(chain).order_by(col(ActionEvent.id).desc()).limit(1)
    return change.session.exec(newest).first() or (FIRST_HASH, None)
