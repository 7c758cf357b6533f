"""Appending to the log. Whoever changes something records it here, in the same transaction.

The events of one collection form a chain: each hash covers the one before. Events that belong to no collection
form one more chain. The caller holds the lock of the collection, so that a chain has one writer at a time.
"""

import hashlib
import json
from typing import Any

from sqlmodel import Session, col, select

from gqlregistry.registry.change import Change
from gqlregistry.store.tables import ActionEvent, EventKind, Organization, instant_text

FIRST_HASH = "0" * 64


def record(change: Change, kind: EventKind, **facts: Any) -> ActionEvent:
    """Append one event. `facts` are columns of `ActionEvent`; the actor and the time come from the change."""
    session = change.session
    collection_id: int | None = facts.get("collection_id")
    if collection_id is None:
        _lock_common_chain(session)
    head = session.exec(
        select(ActionEvent)
        .where(col(ActionEvent.collection_id).is_not_distinct_from(collection_id))
        .order_by(col(ActionEvent.id).desc())
        .limit(1)
    ).first()
    # A clock that steps back must not put a later event before an earlier one of its collection.
    created_at = max(change.now, head.created_at) if head else change.now
    event = ActionEvent(kind=kind, created_at=created_at, actor_id=change.actor.user_id, hash="", **facts)
    event.hash = chained_hash(head.hash if head else FIRST_HASH, event)
    session.add(event)
    session.flush()
    change.events.append(event)
    return event


def chained_hash(previous: str, event: ActionEvent) -> str:
    """SHA-256 over the previous hash and all the event's facts but its id, as canonical JSON."""
    facts = {
        name: instant_text(value) if name == "created_at" else value
        for name, value in event.model_dump(exclude={"id", "hash"}).items()
        if value is not None
    }
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def _lock_common_chain(session: Session) -> None:
    session.exec(select(Organization.id).order_by(col(Organization.id)).limit(1).with_for_update())
