"""Appending to the log. Whoever changes something records it here, in the same transaction.

The events of one collection form a chain: each hash covers the one before. Events that belong to no collection
form one more chain. The caller holds the lock of the collection, so that a chain has one writer at a time. How far
each chain has come stands in `EventChain`.
"""

import hashlib
import json
from typing import Any

from sqlmodel import Session, col, select

from gqlregistry.registry.change import Change, Facts, Head
from gqlregistry.registry.rows import Row, parameter, run
from gqlregistry.store.tables import (
    COMMON_CHAIN,
    ActionEvent,
    Collection,
    EventChain,
    EventKind,
    Organization,
    instant_text,
)

FIRST_HASH = "0" * 64

_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode

_HEAD = select(EventChain.head, EventChain.head_at, EventChain.count).where(EventChain.chain == parameter("chain"))
_COMMON_LOCK = select(Organization.id).order_by(col(Organization.id)).limit(1).with_for_update(key_share=True)


def record(change: Change, kind: EventKind, **facts: Any) -> None:
    """Append one event. `facts` are columns of `ActionEvent`; the actor and the time come from the change.

    It is written when the change is finished, together with all others.
    """
    chain = facts.get("collection_id")
    before = change.heads.get(chain) or _head(change.session, chain)
    # A clock that steps back must not put a later event before an earlier one of its collection.
    created_at = max(change.now, before.at) if before.at else change.now
    event: Facts = {"kind": kind, "created_at": created_at, "actor_id": change.actor.user_id, "detail": {}}
    event |= {name: value for name, value in facts.items() if value is not None}
    event["hash"] = _chained(before.hash, event)
    change.heads[chain] = Head(event["hash"], created_at, before.length + 1)
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


def _head(session: Session, chain: int | None) -> Head:
    """The newest event of a chain."""
    if chain is None:
        lock_common_chain(session)
    found = run(session, _HEAD, chain=chain or COMMON_CHAIN).first()
    return Head(FIRST_HASH, None, 0) if found is None else Head._make(found)
