"""Members of a collection: they come with the next number and take `latest`; when one goes, its number stays used."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, delete, insert, select, update

from gqlregistry.registry import aliases, events
from gqlregistry.registry.change import Change
from gqlregistry.registry.names import LATEST
from gqlregistry.registry.rows import Row, columns, parameter, run, sql_table
from gqlregistry.store.tables import Alias, Collection, EventKind, Membership

_INSERT = insert(sql_table(Membership)).returning(*columns(Membership))
_COUNT = (
    update(sql_table(Collection))
    .where(col(Collection.id) == parameter("home"))
    .values(next_index=parameter("next"), updated_at=parameter("now"))
)
_REMOVE = (
    update(sql_table(Membership))
    .where(col(Membership.id).in_(bindparam("members", expanding=True)))
    .values(removed_at=parameter("now"))
)


def add(
    change: Change,
    home: Row,
    artifact: Row,
    names: Sequence[str],
    reason: str | None = None,
    run_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> Row:
    """Give an artifact the next number of a collection, `latest` and more aliases. The caller holds its lock."""
    member = run(
        change.session,
        _INSERT,
        collection_id=home.id,
        artifact_id=artifact.id,
        version_index=home.next_index,
        created_at=change.now,
        created_by_id=change.actor.user_id,
    ).one()
    run(change.session, _COUNT, home=home.id, next=home.next_index + 1, now=change.now)
    events.record(
        change,
        EventKind.VERSION_ADDED,
        **events.of_collection(home),
        artifact_id=artifact.id,
        version_index=member.version_index,
        run_id=run_id,
        reason=reason,
        detail=detail or {},
    )
    aliases.point(change, home, member, [LATEST, *names], reason, run_id)
    return member


def number_from(change: Change, home: Row, number: int) -> None:
    """Let the next member of a collection have that number, unless one at least as high was used. The caller holds
    its lock.
    """
    if home.next_index < number:
        run(change.session, _COUNT, home=home.id, next=number, now=change.now)


def aliases_of(change: Change, members: Sequence[Membership | Row]) -> list[Alias]:
    """All aliases of some members, by name."""
    ids = [member.id for member in members]
    return list(change.session.exec(select(Alias).where(col(Alias.membership_id).in_(ids)).order_by(col(Alias.name))))


def remove(change: Change, home: Collection, members: Sequence[Membership | Row], reason: str | None = None) -> None:
    """Take members out of a collection, with their aliases. `latest` falls back to the highest that remains.

    The caller holds the collection's lock. Raises `Forbidden` when a protected alias would go.
    """
    standing = aliases_of(change, members)
    aliases.require_may_move(change, home, [alias.name for alias in standing])
    was_latest = None
    for member in sorted(members, key=lambda each: each.version_index):
        for alias in standing:
            if alias.membership_id == member.id:
                aliases.record_removed(change, home, alias.name, member, reason)
                was_latest = member if alias.name == LATEST else was_latest
        events.record(
            change,
            EventKind.VERSION_REMOVED,
            **events.of_collection(home),
            artifact_id=member.artifact_id,
            version_index=member.version_index,
            reason=reason,
        )
    home.updated_at = change.now
    run(change.session, _REMOVE, members=[member.id for member in members], now=change.now)
    change.session.exec(delete(Alias).where(col(Alias.id).in_([alias.id for alias in standing])))
    if was_latest is not None:
        _fall_back(change, home, was_latest, reason)


def _fall_back(change: Change, home: Collection, before: Membership | Row, reason: str | None) -> None:
    remaining = select(Membership).where(Membership.collection_id == home.id, col(Membership.removed_at).is_(None))
    highest = change.session.exec(remaining.order_by(col(Membership.version_index).desc()).limit(1)).first()
    if highest is not None:
        change.session.add(Alias(collection_id=home.id, name=LATEST, membership_id=highest.id, created_at=change.now))
        aliases.record_added(change, home, LATEST, highest, before, reason)
