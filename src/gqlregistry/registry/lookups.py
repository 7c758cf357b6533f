"""What callers have just looked up. It tells by what name a run found the version that it uses, where it does not say.

What is told by this is marked as inferred, and nothing is told where two names are possible.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, delete, or_, select

from gqlregistry.registry import lineage
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.lineage import Use
from gqlregistry.registry.names import REGISTRY_PREFIX, ProjectName
from gqlregistry.registry.resolve import project_id, registry_id
from gqlregistry.store.tables import Collection, Lookup, Membership

KEPT = timedelta(seconds=60)
"""How long ago a look-up may be that a use is told by."""


@dataclass(frozen=True, slots=True)
class _Told:
    requested_as: str | None
    collection_id: int | None


def note(change: Change, caller: str, membership: int, requested_as: str) -> None:
    """Keep that a caller asked for a member of a collection by a name (an alias, `v4`). Forgets what is too old."""
    session = change.session
    session.exec(delete(Lookup).where(col(Lookup.created_at) < change.now - KEPT))
    found = session.get(Lookup, (caller, membership, requested_as))
    if found is None:
        found = Lookup(caller=caller, membership_id=membership, requested_as=requested_as, created_at=change.now)
    found.created_at = change.now
    session.add(found)


def use_artifact(
    change: Change,
    caller: str,
    run: Ref,
    artifact: int,
    requested_as: str | None = None,
    place: ProjectName | None = None,
) -> Use:
    """Record that a run used a version which the caller has looked up. The look-up is spent by that.

    `requested_as` and the `place` through which it was found are what the client says, if it does.
    """
    told = _take(change, caller, artifact, place)
    name = requested_as or told.requested_as
    return lineage.use_artifact(
        change,
        run,
        artifact,
        name,
        inferred=requested_as is None and name is not None,
        via_collection=told.collection_id,
    )


def _take(change: Change, caller: str, artifact: int, place: ProjectName | None) -> _Told:
    session = change.session
    mine = (
        select(Lookup, Membership.collection_id)
        .join(Membership, col(Membership.id) == Lookup.membership_id)
        .where(Lookup.caller == caller, Membership.artifact_id == artifact, Lookup.created_at >= change.now - KEPT)
    )
    found = session.exec(mine).all()
    for lookup, _ in found:
        session.delete(lookup)
    within = None if place is None else _in_place(session, artifact, place)
    asked = [(lookup.requested_as, home) for lookup, home in found if within is None or home in within]
    return _Told(_only({name for name, _ in asked}), _only({home for _, home in asked} or within or set()))


def _in_place(session: Session, artifact: int, place: ProjectName) -> set[int]:
    """The collections of a project or registry that a version is in."""
    registry = registry_id(place.entity, place.project.removeprefix(REGISTRY_PREFIX)).scalar_subquery()
    here = or_(
        col(Collection.project_id) == project_id(place).scalar_subquery(), col(Collection.registry_id) == registry
    )
    homes = (
        select(Membership.collection_id)
        .join(Collection, col(Collection.id) == Membership.collection_id)
        .where(Membership.artifact_id == artifact, col(Membership.removed_at).is_(None), here)
    )
    return set(session.exec(homes))


def _only(values: set[Any]) -> Any:
    """The value, if there is but one."""
    return next(iter(values)) if len(values) == 1 else None
