"""Proving the log: whether any line of it was edited, dropped or inserted afterwards."""

from dataclasses import dataclass, fields

from sqlmodel import Session

from gqlregistry.registry.events import FIRST_HASH, chained_hash
from gqlregistry.registry.fold import fold, log
from gqlregistry.registry.state import State, state_of


@dataclass(frozen=True, slots=True)
class Break:
    """The first line of a chain that does not follow from the one before. No collection: the common chain."""

    collection_id: int | None
    event_id: int
    expected: str
    found: str


def verify(session: Session) -> list[Break]:
    """Walk all chains; answer the first break of each, in order of event.

    Lines dropped from the end of a chain break no hash: `differences` finds those that changed a state.
    """
    heads: dict[int | None, str] = {}
    breaks: dict[int | None, Break] = {}
    for event in log(session):
        expected = chained_hash(heads.get(event.collection_id, FIRST_HASH), event)
        if event.hash != expected and event.collection_id not in breaks:
            breaks[event.collection_id] = Break(event.collection_id, event.id, expected, event.hash)
        heads[event.collection_id] = event.hash
    return list(breaks.values())


def differences(session: Session) -> list[str]:
    """What the tables hold otherwise than the log tells, as `collections 7`; empty when all is well."""
    held = state_of(session)
    try:
        told = fold(log(session))
    except (KeyError, TypeError, AssertionError) as error:
        return [f"the log contradicts itself: {error!r}"]
    found: list[str] = []
    for kind in (each.name for each in fields(State)):
        ours, theirs = getattr(held, kind), getattr(told, kind)
        found += [f"{kind} {key}" for key in {**ours, **theirs} if ours.get(key) != theirs.get(key)]
    return found
