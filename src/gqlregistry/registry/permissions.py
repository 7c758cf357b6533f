"""Who may what: a role allows what docs/permissions.md says; without one, nothing is there.

https://docs.wandb.ai/models/registry/configure_registry#role-permissions
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, false, func, or_, select
from sqlmodel import Session

from gqlregistry.auth import Principal
from gqlregistry.errors import Forbidden
from gqlregistry.registry import roles
from gqlregistry.registry.rows import parameter, run, sql_table
from gqlregistry.store.tables import Artifact, Entity, Key, Organization, Role

_PRINCIPAL, _ROLES = "principal", "roles"


def act_as(session: Session, principal: Principal) -> None:
    """Say for whom a session works. Without it, it works for the server itself."""
    session.info[_PRINCIPAL] = principal
    forget(session)


def sees_all(session: Session) -> bool:
    """Whether nothing is hidden from who asks."""
    principal = _principal(session)
    return principal is None or principal.sees_all


def viewer_of(session: Session) -> int:
    """The key of who asks, from whom something may be hidden."""
    principal = _principal(session)
    return 0 if principal is None else principal.user_id


def sees(session: Session, place: Any) -> bool:
    """Whether who asks sees what is in a project or a registry, by the row's `project_id` or `registry_id`."""
    return sees_all(session) or role_in(session, place) is not None


def sees_project(session: Session, project_id: int) -> bool:
    """Whether who asks sees a project."""
    return sees_all(session) or _role(session, "project", project_id) is not None


def sees_registry(session: Session, registry_id: int) -> bool:
    """Whether who asks sees a registry."""
    return sees_all(session) or _role(session, "registry", registry_id) is not None


def sees_artifact(session: Session, artifact_id: int) -> bool:
    """Whether who asks sees a version, in its project or in a registry."""
    return sees_all(session) or _role(session, "artifact", artifact_id) is not None


def sees_collection(session: Session, collection_id: int) -> bool:
    """Whether who asks sees a collection."""
    return sees_all(session) or _role(session, "collection", collection_id) is not None


def is_inside(session: Session) -> bool:
    """Whether who asks is in the server's first organization, or sees all."""
    return sees_all(session) or _role(session, "organization", _first_of(session)) is not None


def sees_address(session: Session, user_id: int) -> bool:
    """Whether who asks is told where a user gets mail: their own address, and in the organization all."""
    return user_id == viewer_of(session) or is_inside(session)


def role_in(session: Session, place: Any) -> Role | None:
    """The role of who asks where something is, by the row's `project_id` or `registry_id`."""
    if place.project_id is not None:
        return _role(session, "project", place.project_id)
    return _role(session, "registry", place.registry_id)


def require(session: Session, place: Any, least: Role, field: str) -> None:
    """Raise `Forbidden` unless who asks has at least this role where something is, as `role_in`."""
    if place.project_id is not None:
        require_in_project(session, place.project_id, least, field)
    else:
        require_in_registry(session, place.registry_id, least, field)


def require_in_project(session: Session, project_id: int, least: Role, field: str = "project") -> None:
    """Raise `Forbidden` unless who asks has at least this role in a project."""
    _require(session, "project", project_id, least, "this project", field)


def require_in_registry(session: Session, registry_id: int, least: Role, field: str = "registry") -> None:
    """Raise `Forbidden` unless who asks has at least this role in a registry."""
    _require(session, "registry", registry_id, least, "this registry", field)


def require_of_artifact(session: Session, artifact_id: int, least: Role, field: str = "artifact") -> None:
    """Raise `Forbidden` unless who asks has at least this role where a version was logged, or is linked."""
    _require(session, "artifact", artifact_id, least, "the project of this version, or a registry that has it", field)


def require_at_home(session: Session, collection_id: int, least: Role, field: str = "artifact") -> None:
    """Raise `Forbidden` unless who asks has at least this role in the project whose collection this is."""
    _require(session, "home", collection_id, least, "the project of this version", field)


def require_in_organization(session: Session, organization_id: int, least: Role, field: str = "organization") -> None:
    """Raise `Forbidden` unless who asks has at least this role in an organization."""
    _require(session, "organization", organization_id, least, "this organization", field)


def require_owner(session: Session, entity: Entity, least: Role = Role.MEMBER, field: str = "owner") -> None:
    """Raise `Forbidden` unless who asks is this user, or has at least this role in this team."""
    _require(session, "entity", entity.id, least, entity.name, field)


def require_admin(session: Session) -> None:
    """Raise `Forbidden` unless who asks is an admin of the server."""
    principal = _principal(session)
    if principal is not None and not principal.is_admin:
        raise Forbidden(f"{principal.username} is not an admin of this server")


def forget(session: Session) -> None:
    """Look roles up again: some have just been changed."""
    session.info.pop(_ROLES, None)


def _first_of(session: Session) -> int:
    return int(run(session, select(func.min(Organization.id))).scalar_one())


def _principal(session: Session) -> Principal | None:
    found: Principal | None = session.info.get(_PRINCIPAL)
    return found


def _require(session: Session, what: str, key: int, least: Role, named: str, field: str) -> None:
    role = _role(session, what, key)
    if role is None or roles.RANKS.index(role) < roles.RANKS.index(least):
        raise Forbidden(f"this needs the role {least} in {named}", field)


def _role(session: Session, what: str, key: int) -> Role | None:
    """The role of who asks in something; what was found is remembered until the transaction ends."""
    principal = _principal(session)
    if principal is None or principal.is_admin:
        return Role.ADMIN
    known: dict[tuple[str, int], Role | None] = session.info.setdefault(_ROLES, {})
    if (what, key) not in known:
        value = run(session, _HIGHEST[what], viewer=principal.user_id, key=key).scalar()
        role = None if value is None else Role(value)
        if role is None and principal.sees_all:
            role = Role.VIEWER
        if role in (Role.MEMBER, Role.ADMIN) and not principal.may_write:
            role = Role.VIEWER
        known[what, key] = role
    return known[what, key]


_VIEWER = roles.Viewer(parameter("viewer", Key))
_KEY: ColumnElement[Any] = parameter("key", Key)


def _highest(what: str) -> Select[Any]:
    """The highest role that who asks has in something of a kind."""
    artifact, entity = sql_table(Artifact).alias(), sql_table(Entity).alias()
    home = select(artifact.c.collection_id).where(artifact.c.id == _KEY).scalar_subquery()

    def allowed(least: Role) -> ColumnElement[bool]:
        match what:
            case "project":
                return roles.allows_in_project(_KEY, _VIEWER, least)
            case "registry":
                return roles.allows_in_registry(_KEY, _VIEWER, least)
            case "collection":
                return roles.allows_in_collection(_KEY, _VIEWER, least)
            case "home":
                return roles.allows_at_home(_KEY, _VIEWER, least)
            case "artifact":
                return roles.allows_of_artifact(_KEY, home, _VIEWER, least)
            case "organization":
                return roles.belongs_to(_KEY, _VIEWER, least)
            case "entity":
                by_team = entity.c.id.in_(roles.teams_of(_VIEWER, least))
                mine = or_(entity.c.id == _VIEWER.key, by_team, roles.belongs(_VIEWER, Role.ADMIN))
                return exists(select(entity.c.id).where(entity.c.id == _KEY, mine))
        return false()

    return select(case(*[(allowed(role), role.value) for role in reversed(roles.RANKS)]))


_HIGHEST = {
    what: _highest(what) for what in ("project", "registry", "collection", "home", "artifact", "organization", "entity")
}
