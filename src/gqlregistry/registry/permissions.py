"""Who may what. A rule asks it of one thing, a read of every row that it answers: by the same conditions in SQL.

A user's role in a place is the highest of those that they have:

- by themselves, or by a team that they are in, in the project or the registry;
- in the team that owns a project; of what they own they are admins;
- in the organization: its admins are admins of all that is in it, and where the visibility is ORGANIZATION its members
  have in a registry the role that they have in the organization, in a project no more than VIEWER.

Users, teams and their projects are in the server's first organization. A role allows what docs/permissions.md says;
without one, nothing is there. https://docs.wandb.ai/models/registry/configure_registry#role-permissions
"""

from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Exists, Select, and_, case, exists, false, func, or_, select, union_all
from sqlmodel import Session

from gqlregistry.auth import Principal
from gqlregistry.errors import Forbidden
from gqlregistry.registry.rows import parameter, run, sql_table
from gqlregistry.store.tables import (
    Artifact,
    Collection,
    Entity,
    Key,
    Member,
    Membership,
    Organization,
    Project,
    Registry,
    Role,
    Visibility,
)

Viewer: TypeAlias = ColumnElement[Any]
"""The key of who asks: a parameter, or a value."""

_RANKS = list(Role)
_READING = (Role.RESTRICTED_VIEWER, Role.VIEWER)
_PRINCIPAL, _ROLES = "principal", "roles"


# --- Conditions on rows -----------------------------------------------------------------------------------------------


def allows_in_project(project_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role in a project."""
    project, member = sql_table(Project).alias(), sql_table(Member).alias()
    # In a project of the organization its members may read, and no more.
    is_open = project.c.visibility == Visibility.ORGANIZATION if least in _READING else false()
    allowed = or_(
        _unindexed(member.c.project_id) == project.c.id,
        _unindexed(member.c.team_id) == project.c.entity_id,
        and_(_unindexed(member.c.organization_id) == _first_organization(), or_(is_open, member.c.role == Role.ADMIN)),
    )
    by_role = _has(member, viewer, least, allowed).correlate(project)
    return _exists(project, project_id, or_(project.c.entity_id == viewer, by_role))


def allows_in_registry(registry_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role in a registry."""
    registry, member = sql_table(Registry).alias(), sql_table(Member).alias()
    is_open = registry.c.visibility == Visibility.ORGANIZATION
    allowed = or_(
        _unindexed(member.c.registry_id) == registry.c.id,
        and_(
            _unindexed(member.c.organization_id) == registry.c.organization_id,
            or_(is_open, member.c.role == Role.ADMIN),
        ),
    )
    return _exists(registry, registry_id, _has(member, viewer, least, allowed).correlate(registry))


def allows_in_place(
    project_id: ColumnElement[Any], registry_id: ColumnElement[Any], viewer: Viewer, least: Role
) -> ColumnElement[bool]:
    """Whether who asks has at least this role where something is: in a project or in a registry."""
    return or_(allows_in_project(project_id, viewer, least), allows_in_registry(registry_id, viewer, least))


def allows_in_collection(collection_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role where a collection is."""
    collection = sql_table(Collection).alias()
    allowed = allows_in_place(collection.c.project_id, collection.c.registry_id, viewer, least)
    return _exists(collection, collection_id, allowed)


def allows_at_home(collection_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role in the project whose collection this is."""
    collection = sql_table(Collection).alias()
    return _exists(collection, collection_id, allows_in_project(collection.c.project_id, viewer, least))


def allows_by_link(artifact_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role in a registry that a version is linked to.

    What was published stays known, to those who saw it there: a history with holes is none. Its content does not.
    """
    member, collection = sql_table(Membership).alias(), sql_table(Collection).alias()
    linked = [member.c.artifact_id == artifact_id]
    if least is not Role.RESTRICTED_VIEWER:
        linked.append(member.c.removed_at.is_(None))
    return exists(
        select(member.c.id)
        .join_from(member, collection, collection.c.id == member.c.collection_id)
        .where(*linked, allows_in_registry(collection.c.registry_id, viewer, least))
        .correlate(*_from(artifact_id))
    )


def allows_of_artifact(
    artifact_id: ColumnElement[Any], collection_id: ColumnElement[Any], viewer: Viewer, least: Role
) -> ColumnElement[bool]:
    """Whether who asks has at least this role in the project of a version, or in a registry that it is linked to."""
    return or_(allows_at_home(collection_id, viewer, least), allows_by_link(artifact_id, viewer, least))


def belongs(viewer: Viewer, least: Role = Role.RESTRICTED_VIEWER) -> Exists:
    """Whether who asks has at least this role in the server's first organization."""
    return belongs_to(_first_organization(), viewer, least)


def belongs_to(organization_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role in an organization."""
    member = sql_table(Member).alias()
    return _has(member, viewer, least, _unindexed(member.c.organization_id) == organization_id).correlate(None)


def teams_of(viewer: Viewer, least: Role = Role.RESTRICTED_VIEWER) -> Select[Any]:
    """The teams that who asks is in, with at least this role."""
    member = sql_table(Member).alias()
    mine = [member.c.entity_id == viewer, member.c.team_id.is_not(None)]
    return select(member.c.team_id).where(*mine, *_at_least(member, least)).correlate(None)


def _has(member: Any, viewer: Viewer, least: Role, where: ColumnElement[bool]) -> Exists:
    """Whether who asks has, by themselves or by a team, one of these memberships, with at least this role."""
    mine = union_all(select(viewer), teams_of(viewer))
    return exists(select(member.c.id).where(member.c.entity_id.in_(mine), *_at_least(member, least), where))


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column as the databases must not look it up: somebody has few memberships, an organization has many members."""
    return column + 0


def _at_least(member: Any, least: Role) -> list[ColumnElement[bool]]:
    above = _RANKS[_RANKS.index(least) :]
    return [] if above == _RANKS else [member.c.role.in_(above)]


def _first_organization() -> ColumnElement[Any]:
    organization = sql_table(Organization).alias()
    return select(func.min(organization.c.id)).correlate(None).scalar_subquery()


def _exists(table: Any, key: ColumnElement[Any], allowed: ColumnElement[bool]) -> Exists:
    return exists(select(table.c.id).where(table.c.id == key, allowed).correlate(*_from(key)))


def _from(column: ColumnElement[Any]) -> list[Any]:
    table = getattr(column, "table", None)
    return [] if table is None else [table]


# --- What a rule asks -------------------------------------------------------------------------------------------------


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
    if role is None or _RANKS.index(role) < _RANKS.index(least):
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


_VIEWER: ColumnElement[Any] = parameter("viewer", Key)
_KEY: ColumnElement[Any] = parameter("key", Key)


def _highest(what: str) -> Select[Any]:
    """The highest role that who asks has in something of a kind."""
    artifact, entity = sql_table(Artifact).alias(), sql_table(Entity).alias()
    home = select(artifact.c.collection_id).where(artifact.c.id == _KEY).scalar_subquery()

    def allowed(least: Role) -> ColumnElement[bool]:
        match what:
            case "project":
                return allows_in_project(_KEY, _VIEWER, least)
            case "registry":
                return allows_in_registry(_KEY, _VIEWER, least)
            case "collection":
                return allows_in_collection(_KEY, _VIEWER, least)
            case "home":
                return allows_at_home(_KEY, _VIEWER, least)
            case "artifact":
                return allows_of_artifact(_KEY, home, _VIEWER, least)
            case "organization":
                return belongs_to(_KEY, _VIEWER, least)
            case "entity":
                by_team = entity.c.id.in_(teams_of(_VIEWER, least))
                mine = or_(entity.c.id == _VIEWER, by_team, belongs(_VIEWER, Role.ADMIN))
                return exists(select(entity.c.id).where(entity.c.id == _KEY, mine))
        return false()

    return select(case(*[(allowed(role), role.value) for role in reversed(_RANKS)]))


_HIGHEST = {
    what: _highest(what) for what in ("project", "registry", "collection", "home", "artifact", "organization", "entity")
}
