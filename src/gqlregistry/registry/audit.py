"""Proving the log: whether any line of it was edited, dropped or inserted afterwards."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlmodel import Session, select

from gqlregistry.registry.checkpoints import Checkpoint
from gqlregistry.registry.events import FIRST_HASH, chained_hash
from gqlregistry.registry.fold import fold, log
from gqlregistry.registry.state import State, state_of
from gqlregistry.store.tables import COMMON_CHAIN, EventChain


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain stops being what was written. No collection: the common chain.

    `event_id` is the first line that is wrong, or the last one before lines that are missing, if there is one.
    """

    collection_id: int | None
    event_id: int | None
    problem: str

    def __str__(self) -> str:
        chain = "the server" if self.collection_id is None else f"collection {self.collection_id}"
        return f"{self.problem}, in the log of {chain}"


@dataclass(slots=True)
class _Walk:
    """A chain, as far as it was walked."""

    head: str = FIRST_HASH
    count: int = 0
    last_id: int | None = None


def verify(session: Session, checkpoints: Iterable[Checkpoint] = ()) -> list[Break]:
    """Walk all chains; answer the first break of each, in order of chain, the common one first.

    A break is a line whose hash does not follow from the one before it: it was edited, inserted or moved, or others
    before it were dropped. Or the chain is not as long as it was, or ends otherwise; or it is not what a checkpoint
    tells of it.
    """
    told: dict[int, dict[int, Checkpoint]] = defaultdict(dict)
    for checkpoint in checkpoints:
        for chain, (count, _) in checkpoint.chains.items():
            told[chain].setdefault(count, checkpoint)
    recorded = {each.chain: each for each in session.exec(select(EventChain))}
    walked: dict[int, _Walk] = {}
    breaks: dict[int, Break] = {}

    def broken(chain: int, event_id: int | None, problem: str) -> None:
        breaks.setdefault(chain, Break(chain or None, event_id, problem))

    for event in log(session):
        chain = event.collection_id or COMMON_CHAIN
        walk = walked.setdefault(chain, _Walk())
        if event.hash != chained_hash(walk.head, event):
            broken(chain, event.id, f"event {event.id} does not follow from the one before it")
        walk.head, walk.count, walk.last_id = event.hash, walk.count + 1, event.id
        then = told[chain].get(walk.count) if chain in told else None
        if then is not None and then.chains[chain][1] != walk.head:
            broken(chain, event.id, f"event {event.id}, or one before it, is not what was written by {then.at}")
        known = recorded.get(chain)
        if known is None or walk.count > known.count:
            broken(chain, event.id, f"event {event.id} is more than was written")
    for chain, known in recorded.items():
        walk = walked.get(chain, _Walk())
        if walk.count < known.count:
            broken(chain, walk.last_id, f"of {known.count} events the last {known.count - walk.count} are gone")
        elif walk.head != known.head:
            broken(chain, walk.last_id, f"event {walk.last_id} is not the one that was written last")
    for chain, counts in told.items():
        walk, most = walked.get(chain, _Walk()), max(counts)
        if walk.count < most:
            broken(chain, walk.last_id, f"of {most} events by {counts[most].at} only {walk.count} are there")
    return [breaks[chain] for chain in sorted(breaks)]


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
