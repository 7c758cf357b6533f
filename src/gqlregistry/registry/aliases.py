"""Aliases: movable names for the members of a collection. `latest` is moved by the registry alone."""

from collections.abc import Iterable

from sqlalchemy import bindparam
from sqlmodel import col, delete, insert, select, update

from gqlregistry.errors import BadInput, Conflict, Forbidden, NotFound
from gqlregistry.registry import collections, events, find, permissions
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import LATEST, ProjectName, check_alias, quoted, version_index
from gqlregistry.registry.rows import Row, columns, parameter, run, run_many, sql_table
from gqlregistry.registry.values import UNSET, Unset, check_optional_text
from gqlregistry.store.tables import (
    ActionEvent,
    Alias,
    Collection,
    EventKind,
    Membership,
    Registry,
    Role,
)

MAX_ALIASES = 100
MAX_REASON = 2000

_STANDING = (
    select(*columns(Membership, col(Alias.name).label("alias"), col(Alias.id).label("alias_id")))
    .join(Membership, col(Membership.id) == Alias.membership_id)
    .where(Alias.collection_id == parameter("collection"), col(Alias.name).in_(bindparam("names", expanding=True)))
)
"""The members of a collection that hold some aliases, each with the alias."""

_INSERT = insert(sql_table(Alias))
_MOVE = (
    update(sql_table(Alias))
    .where(col(Alias.id) == parameter("alias"))
    .values(membership_id=parameter("member"), created_at=parameter("now"))
)
_DELETE = delete(sql_table(Alias)).where(col(Alias.id) == parameter("alias"))


def set_alias(
    change: Change,
    collection: Ref,
    version: Ref,
    alias: str,
    expected_version: str | None | Unset = UNSET,
    reason: str | None = None,
    within: ProjectName | None = None,
) -> Row:
    """Make an alias mean a version, wherever it was. Setting what stands appends nothing.

    With `expected_version` ("v3", or None for "it must not be there yet") the alias moves only from there:
    `Conflict` when it stands otherwise. `version` is an artifact's key, `v3`, an alias, a digest or a whole name.
    """
    _check_movable(alias)
    check_reason(reason)
    home = collections.locked(change, collection, within)
    permissions.require(change.session, home, Role.MEMBER, "collection")
    member = find.member(change.session, home, version)
    standing = _standing(change, home, [alias])
    holder = standing.get(alias)
    if expected_version is not UNSET:
        _expect(home, alias, holder, expected_version)
    if holder is None or holder.id != member.id:
        require_may_move(change, home, [alias])
        _point(change, home, member, [alias], standing, reason)
    return member


def remove_alias(
    change: Change,
    collection: Ref,
    alias: str,
    expected_version: str | Unset = UNSET,
    reason: str | None = None,
    within: ProjectName | None = None,
) -> Row | None:
    """Take an alias away; answer the member that had it, None if it was taken away before.

    Raises `NotFound` for an alias that the collection never had, `Conflict` when it is not at `expected_version`.
    """
    _check_movable(alias)
    check_reason(reason)
    home = collections.locked(change, collection, within)
    permissions.require(change.session, home, Role.MEMBER, "collection")
    holder = _standing(change, home, [alias]).get(alias)
    if expected_version is not UNSET:
        _expect(home, alias, holder, expected_version)
    if holder is None:
        if not _was_there(change, home, alias):
            raise NotFound(f"{home.name} has no alias {quoted(alias)}", "alias")
        return None
    require_may_move(change, home, [alias])
    record_removed(change, home, alias, holder, reason)
    run(change.session, _DELETE, alias=holder.alias_id)
    return holder


def point(
    change: Change,
    home: Row,
    member: Row,
    names: Iterable[str],
    reason: str | None = None,
    run_id: int | None = None,
) -> None:
    """Make aliases mean a member. The caller holds the collection's lock and has checked the names."""
    wanted = list(dict.fromkeys(names))
    if wanted:
        _point(change, home, member, wanted, _standing(change, home, wanted), reason, run_id)


def record_added(
    change: Change,
    home: Collection | Row,
    name: str,
    member: Membership | Row,
    previous: Membership | Row | None,
    reason: str | None = None,
    run_id: int | None = None,
) -> None:
    """Log that an alias means a member now, and which it meant before."""
    events.record(
        change,
        EventKind.ALIAS_ADDED,
        **events.of_collection(home),
        alias=name,
        artifact_id=member.artifact_id,
        version_index=member.version_index,
        previous_id=previous and previous.artifact_id,
        previous_version_index=previous and previous.version_index,
        reason=reason,
        run_id=run_id,
    )


def record_removed(
    change: Change,
    home: Collection | Row,
    name: str,
    holder: Membership | Row,
    reason: str | None = None,
    run_id: int | None = None,
) -> None:
    """Log that a member has lost an alias."""
    events.record(
        change,
        EventKind.ALIAS_REMOVED,
        **events.of_collection(home),
        alias=name,
        artifact_id=holder.artifact_id,
        version_index=holder.version_index,
        reason=reason,
        run_id=run_id,
    )


def check_aliases(aliases: Iterable[str], field: str = "aliases") -> list[str]:
    """The aliases that a client asks for besides `latest`, which comes by itself."""
    asked = [check_alias(each, field) for each in dict.fromkeys(aliases) if each != LATEST]
    if len(asked) > MAX_ALIASES:
        raise BadInput(f"at most {MAX_ALIASES} aliases at once, not {len(asked)}", field)
    return asked


def check_reason(reason: str | None) -> str | None:
    """Raise `BadInput` for a reason that is too long to be one."""
    return check_optional_text(reason, "a reason", "reason", MAX_REASON)


def require_may_move(change: Change, home: Collection | Row, names: Iterable[str]) -> None:
    """Raise `Forbidden` if one of these is a protected alias of the registry and the actor is not its admin."""
    if home.registry_id is None or change.actor.is_admin:
        return
    registry = change.session.get(Registry, home.registry_id)
    protected = sorted(set(names).intersection(registry.protected_aliases if registry else ()))
    if protected and permissions.role_in(change.session, home) is not Role.ADMIN:
        raise Forbidden(f"alias {protected[0]} is protected: only admins of the registry may move it", "alias")


def _check_movable(alias: str) -> None:
    check_alias(alias)
    if alias == LATEST:
        raise BadInput("latest always means the newest version and can't be set or removed by hand", "alias")


def _standing(change: Change, home: Row, names: list[str]) -> dict[str, Row]:
    return {found.alias: found for found in run(change.session, _STANDING, collection=home.id, names=names)}


def _point(
    change: Change,
    home: Row,
    member: Row,
    names: list[str],
    standing: dict[str, Row],
    reason: str | None = None,
    run_id: int | None = None,
) -> None:
    new = []
    for name in names:
        holder = standing.get(name)
        if holder is None:
            new.append({"collection_id": home.id, "name": name, "membership_id": member.id, "created_at": change.now})
        elif holder.id == member.id:
            continue
        else:
            record_removed(change, home, name, holder, reason, run_id)
            run(change.session, _MOVE, alias=holder.alias_id, member=member.id, now=change.now)
        record_added(change, home, name, member, holder, reason, run_id)
    if new:
        run_many(change.session, _INSERT, new)


def _expect(home: Row, alias: str, held_by: Row | None, expected: str | None) -> None:
    index = None if expected is None else version_index(expected)
    if expected is not None and index is None:
        raise BadInput(f"{quoted(expected)} is not a version like v3", "expectedVersion")
    if index != (None if held_by is None else held_by.version_index):
        stands = "is not set" if held_by is None else f"is at v{held_by.version_index}"
        raise Conflict(f"{home.name}:{alias} {stands}, not {expected or 'unset'}", "expectedVersion")


def _was_there(change: Change, home: Row, alias: str) -> bool:
    lines = select(ActionEvent.id).where(ActionEvent.collection_id == home.id, ActionEvent.alias == alias)
    return change.session.exec(lines.limit(1)).first() is not None
