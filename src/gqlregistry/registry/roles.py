"""How a role comes about, as conditions on rows: rules ask them of one thing, reads of every row that they answer.

A user's role in a place is the highest of those that they have:

- by themselves, or by a team that they are in, in the project or the registry;
- in the team that owns a project; of what they own they are admins;
- in the organization: its admins are admins of all that is in it, and where the visibility is ORGANIZATION its members
  have in a registry the role that they have in the organization, in a project no more than VIEWER.

Users, teams and their projects are in the server's first organization.
"""

from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, false, func, or_, select, union_all

from gqlregistry.registry.rows import sql_table
from gqlregistry.store.tables import Collection, Member, Membership, Organization, Project, Registry, Role, Visibility

Viewer: TypeAlias = ColumnElement[Any]
"""The key of who asks: a parameter, or a value."""

RANKS = list(Role)
_READING = (Role.RESTRICTED_VIEWER, Role.VIEWER)


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
    above = RANKS[RANKS.index(least) :]
    return [] if above == RANKS else [member.c.role.in_(above)]


def _first_organization() -> ColumnElement[Any]:
    organization = sql_table(Organization).alias()
    return select(func.min(organization.c.id)).correlate(None).scalar_subquery()


def _exists(table: Any, key: ColumnElement[Any], allowed: ColumnElement[bool]) -> Exists:
    return exists(select(table.c.id).where(table.c.id == key, allowed).correlate(*_from(key)))


def _from(column: ColumnElement[Any]) -> list[Any]:
    table = getattr(column, "table", None)
    return [] if table is None else [table]
