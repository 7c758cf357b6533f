"""Who there is: organizations, users, teams, and who has which role where.

Admins of the server make and delete them; who is a member of something, its own admins say too.
"""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput, Conflict
from gqlregistry.registry import events, find, keys, permissions
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import check_entity_name
from gqlregistry.registry.rows import insert_new
from gqlregistry.registry.values import MAX_LINE, check_optional_text
from gqlregistry.store.tables import Entity, EntityKind, EventKind, Member, Organization, Role

DEFAULT_ORGANIZATION = "default"
LOCAL_USER = "local"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What every server has from its first start."""

    organization: Organization
    local: Principal


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a role holds: in exactly one organization, team, project or registry."""

    organization: Ref | None = None
    team: Ref | None = None
    project: Ref | None = None
    registry: Ref | None = None


def ensure_defaults(session: Session) -> Defaults:
    """Make the organization `default` and the admin `local` once, though several processes may start at once."""
    change = Change(session, Principal(0, LOCAL_USER, is_admin=True))
    made = insert_new(
        session,
        Entity(kind=EntityKind.ORGANIZATION, name=DEFAULT_ORGANIZATION, created_at=change.now),
        Entity(kind=EntityKind.USER, name=LOCAL_USER, is_admin=True, created_at=change.now),
    )
    organization_entity = _by_name(session, DEFAULT_ORGANIZATION)
    local = _by_name(session, LOCAL_USER)
    change.actor = Principal(local.id, local.name, is_admin=True)
    if made:
        organization = _add_organization(change, organization_entity)
        _record_entity(change, local, EventKind.USER_CREATED)
        _set(
            change,
            Member(entity_id=local.id, organization_id=organization.id, role=Role.ADMIN, created_at=change.now),
        )
        change.finish()
    organization = session.exec(select(Organization).where(Organization.entity_id == organization_entity.id)).one()
    return Defaults(organization, change.actor)


def create_organization(change: Change, name: str, display_name: str | None = None) -> Organization:
    """Add an organization. Raises `Conflict` when a user, team or organization has its name."""
    require_admin(change)
    return _add_organization(change, _add(change, EntityKind.ORGANIZATION, name, "an organization", display_name))


def create_user(
    change: Change, name: str, email: str | None = None, display_name: str | None = None, is_admin: bool = False
) -> Entity:
    """Add a user, a member of the first organization. Raises `Conflict` when the name is or was taken."""
    require_admin(change)
    if email is not None and "@" not in email:
        raise BadInput("an e-mail address has an @", "email")
    user = _add(change, EntityKind.USER, name, "a user", display_name, email, is_admin)
    _record_entity(change, user, EventKind.USER_CREATED)
    _join(change, user, find.organization(change.session))
    return user


def create_team(change: Change, name: str, display_name: str | None = None) -> Entity:
    """Add a team; whoever makes it is its first admin. Raises `Conflict` when the name is or was taken."""
    require_admin(change)
    team = _add(change, EntityKind.TEAM, name, "a team", display_name)
    _record_entity(change, team, EventKind.TEAM_CREATED)
    _set(change, Member(entity_id=change.actor.user_id, team_id=team.id, role=Role.ADMIN, created_at=change.now))
    return team


def delete_user(change: Change, user: Ref) -> Entity:
    """Take a user's keys and roles. The name stays with what the user did. Raises `Conflict` for the last admin."""
    require_admin(change)
    events.lock_common_chain(change.session)
    entity = find.entity(change.session, user, "user", (EntityKind.USER,))
    if entity.is_admin and _admins(change.session) <= 1:
        raise Conflict(f"{entity.name} is the last admin", "user")
    keys.revoke_all(change, entity)
    return _bury(change, entity, EventKind.USER_DELETED)


def delete_team(change: Change, team: Ref) -> Entity:
    """End a team and its members' roles. Its projects stay under its name."""
    require_admin(change)
    entity = find.entity(change.session, team, "team", (EntityKind.TEAM,))
    for member in change.session.exec(select(Member).where(Member.team_id == entity.id).order_by(col(Member.id))):
        _remove(change, member)
    return _bury(change, entity, EventKind.TEAM_DELETED)


def set_member(change: Change, scope: Scope, entity: Ref, role: Role) -> Member:
    """Give a user or team a role somewhere, instead of the one that it may have there."""
    where = _where(change.session, scope)
    _require_admin_of(change, where)
    member_entity = find.entity(change.session, entity)
    if where.get("team_id") is not None and member_entity.kind is not EntityKind.USER:
        raise BadInput("only users can be members of a team", "entity")
    wanted = Member(entity_id=member_entity.id, **where, role=role, created_at=change.now)
    _require_other_admin(change, wanted)
    return _set(change, wanted)


def remove_member(change: Change, scope: Scope, entity: Ref) -> None:
    """Take somebody's role somewhere; nothing happens when there is none. Raises `Conflict` for the last admin."""
    where = _where(change.session, scope)
    _require_admin_of(change, where)
    member_entity = find.entity(change.session, entity)
    gone = Member(entity_id=member_entity.id, **where, role=Role.RESTRICTED_VIEWER, created_at=change.now)
    _require_other_admin(change, gone)
    member = _member(change.session, gone)
    if member is not None:
        _remove(change, member)


def default_entity(session: Session, who: Principal) -> str:
    """The namespace of what somebody makes without naming one: their own, unless they have chosen another."""
    user = session.get_one(Entity, who.user_id)
    return user.default_entity or user.name


def set_default_entity(change: Change, entity: Ref) -> Entity:
    """Choose the namespace of what the actor makes without naming one."""
    user = find.entity(change.session, change.actor.user_id, kinds=(EntityKind.USER,))
    user.default_entity = find.entity(change.session, entity, "defaultEntity").name
    return user


def require_admin(change: Change) -> None:
    """Raise `Forbidden` unless the actor is an admin of the server."""
    permissions.require_admin(change.session)


def make_admin_of(change: Change, registry_id: int) -> Member:
    """Make the actor an admin of a registry that it has just made."""
    member = Member(entity_id=change.actor.user_id, registry_id=registry_id, role=Role.ADMIN, created_at=change.now)
    return _set(change, member)


def _require_admin_of(change: Change, where: dict[str, int]) -> None:
    """Raise `Forbidden` unless the actor is an admin of the organization, team, project or registry."""
    match where:
        case {"organization_id": key}:
            permissions.require_in_organization(change.session, key, Role.ADMIN, "scope")
        case {"team_id": key}:
            permissions.require_owner(change.session, change.session.get_one(Entity, key), Role.ADMIN, "scope")
        case {"project_id": key}:
            permissions.require_in_project(change.session, key, Role.ADMIN, "scope")
        case {"registry_id": key}:
            permissions.require_in_registry(change.session, key, Role.ADMIN, "scope")


def _add(
    change: Change,
    kind: EntityKind,
    name: str,
    what: str,
    display_name: str | None,
    email: str | None = None,
    is_admin: bool = False,
) -> Entity:
    check_entity_name(name, f"{what}'s name")
    entity = Entity(
        kind=kind,
        name=name,
        display_name=check_optional_text(display_name, "a display name", "displayName", MAX_LINE),
        email=check_optional_text(email, "an e-mail address", "email", MAX_LINE),
        is_admin=is_admin,
        created_at=change.now,
    )
    if not insert_new(change.session, entity):
        taken = _by_name(change.session, name)
        deleted = "deleted " if taken.deleted_at else ""
        raise Conflict(f"{name} is the name of a {deleted}{taken.kind.lower()}", "name")
    return _by_name(change.session, name)


def _add_organization(change: Change, entity: Entity) -> Organization:
    organization = Organization(entity_id=entity.id, created_at=change.now)
    change.session.add(organization)
    change.session.flush()
    _record_entity(change, entity, EventKind.ORGANIZATION_CREATED, organization_id=organization.id)
    return organization


def _join(change: Change, user: Entity, organization: Organization) -> None:
    role = Role.ADMIN if user.is_admin else Role.MEMBER
    _set(change, Member(entity_id=user.id, organization_id=organization.id, role=role, created_at=change.now))


def _record_entity(change: Change, entity: Entity, kind: EventKind, **facts: Any) -> None:
    detail = entity.model_dump(include={"name", "display_name", "email", "is_admin"}, exclude_defaults=True)
    events.record(change, kind, subject_id=entity.id, detail=detail, **facts)


def _bury(change: Change, entity: Entity, kind: EventKind) -> Entity:
    for member in change.session.exec(select(Member).where(Member.entity_id == entity.id).order_by(col(Member.id))):
        _remove(change, member)
    entity.deleted_at = change.now
    events.record(change, kind, subject_id=entity.id)
    return entity


def _set(change: Change, wanted: Member) -> Member:
    permissions.forget(change.session)
    member = _member(change.session, wanted)
    if member is None and insert_new(change.session, wanted):
        member = _member(change.session, wanted)
    elif member is None or member.role != wanted.role:
        member = member or _member(change.session, wanted)
        assert member is not None, "it was just in the way of the insert"
        member.role = wanted.role
        change.session.flush()
    else:
        return member
    assert member is not None, "it was just inserted"
    _record_member(change, member, EventKind.MEMBER_SET, role=member.role)
    return member


def _remove(change: Change, member: Member) -> None:
    _record_member(change, member, EventKind.MEMBER_REMOVED)
    change.session.delete(member)
    change.session.flush()
    permissions.forget(change.session)


def _record_member(change: Change, member: Member, kind: EventKind, **facts: Any) -> None:
    detail = {"team_id": member.team_id} if member.team_id is not None else {}
    events.record(
        change,
        kind,
        subject_id=member.entity_id,
        organization_id=member.organization_id,
        project_id=member.project_id,
        registry_id=member.registry_id,
        detail=detail,
        **facts,
    )


def _where(session: Session, scope: Scope) -> dict[str, int]:
    found: dict[str, int] = {}
    if scope.organization is not None:
        found["organization_id"] = find.organization(session, scope.organization).id
    if scope.team is not None:
        found["team_id"] = find.entity(session, scope.team, "team", (EntityKind.TEAM,)).id
    if scope.project is not None:
        found["project_id"] = find.project(session, scope.project).id
    if scope.registry is not None:
        found["registry_id"] = find.registry(session, scope.registry).id
    if len(found) != 1:
        raise BadInput("name exactly one of organization, team, project and registry", "scope")
    return found


def _member(session: Session, like: Member) -> Member | None:
    return session.exec(
        select(Member).where(
            Member.entity_id == like.entity_id,
            *(
                getattr(Member, place) == getattr(like, place)
                for place in ("organization_id", "team_id", "project_id", "registry_id")
                if getattr(like, place) is not None
            ),
        )
    ).first()


def _require_other_admin(change: Change, wanted: Member) -> None:
    """Raise `Conflict` if an organization would be left without an admin."""
    if wanted.organization_id is None or wanted.role is Role.ADMIN:
        return
    events.lock_common_chain(change.session)
    admins = select(Member.entity_id).where(Member.organization_id == wanted.organization_id, Member.role == Role.ADMIN)
    if list(change.session.exec(admins.limit(2))) == [wanted.entity_id]:
        raise Conflict("the last admin of the organization can't be removed", "entity")


def _admins(session: Session) -> int:
    living = select(func.count(col(Entity.id))).where(
        Entity.kind == EntityKind.USER, col(Entity.is_admin), col(Entity.deleted_at).is_(None)
    )
    return session.exec(living).one()


def _by_name(session: Session, name: str) -> Entity:
    return session.exec(select(Entity).where(Entity.name == name)).one()
