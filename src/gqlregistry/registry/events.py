"""Appending to the log. Whoever changes something records it here, in the same transaction.

The events of one collection form a chain: each hash covers the one before. Events that belong to no collection
form one more chain. The caller holds the lock of the collection, so that a chain has one writer at a time.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from gqlregistry.registry.change import Change, Facts
from gqlregistry.registry.rows import Row, parameter, run
from gqlregistry.store.tables import ActionEvent, Collection, EventKind, Organization, instant_text

FIRST_HASH = "0" * 64

_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode

_NEWEST = select(ActionEvent.hash, ActionEvent.created_at).order_by(col(ActionEvent.id).desc()).limit(1)
_HEAD = _NEWEST.where(ActionEvent.collection_id == parameter("collection"))
_COMMON_HEAD = _NEWEST.where(col(ActionEvent.collection_id).is_(None))
_COMMON_LOCK = select(Organization.id).order_by(col(Organization.id)).limit(1).with_for_update(key_share=True)


def record(change: Change, kind: EventKind, **facts: Any) -> None:
    """Append one event. `facts` are columns of `ActionEvent`; the actor and the time come from the change.

    It is written when the change is finished, together with all others.
    """
    chain = facts.get("collection_id")
    hash_before, time_before = change.heads.get(chain) or _head(change.session, chain)
    # A clock that steps back must not put a later event before an earlier one of its collection.
    created_at = max(change.now, time_before) if time_before else change.now
    event: Facts = {"kind": kind, "created_at": created_at, "actor_id": change.actor.user_id, "detail": {}}
    event |= {name: value for name, value in facts.items() if value is not None}
    event["hash"] = _chained(hash_before, event)
    change.heads[chain] = event["hash"], created_at
    change.events.append(event)


def lock_common_chain(session: Session) -> None:
    """Be the only one who appends events that belong to no collection, until the transaction ends."""
    run(session, _COMMON_LOCK)


def of_collection(collection: Collection | Row) -> dict[str, int | None]:
    """The facts that every event of a collection has."""
    return {
        "collection_id": collection.id,
        "project_id": collection.project_id,
        "registry_id": collection.registry_id,
    }


def chained_hash(previous: str, event: ActionEvent) -> str:
    """SHA-256 over the previous hash and all the event's facts but its id, as canonical JSON."""
    return _chained(previous, event.model_dump(exclude={"id", "hash"}, exclude_none=True))


def _chained(previous: str, facts: Facts) -> str:
    text = _canonical(facts | {"created_at": instant_text(facts["created_at"])})
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def _head(session: Session, chain: int | None) -> tuple[str, datetime | None]:
    """The hash and the time of the newest event of a chain."""
    if chain is None:
        lock_common_chain(session)
        newest = run(session, _COMMON_HEAD).first()
    else:
        newest = run(session, _HEAD, collection=chain).first()
    return (FIRST_HASH, None) if newest is None else (newest.hash, newest.created_at)
