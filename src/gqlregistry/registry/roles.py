"""How a role comes about, as conditions on rows: rules ask them of one thing, reads of every row that they answer.

A user's role in a place is the highest of those that they have:

- by themselves, or by a team that they are in, in the project or the registry;
- in the team that owns a project; of what they own they are admins;
- in the organization: its admins are admins of all that is in it, and where the visibility is ORGANIZATION its members
  have in a registry the role that they have in the organization, in a project no more than VIEWER.

Users, teams and their projects are in the server's first organization.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Exists,
    FromClause,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    true,
    union_all,
)

from gqlregistry.registry.rows import sql_table
from gqlregistry.store.tables import Collection, Member, Membership, Organization, Project, Registry, Role, Visibility


@dataclass(frozen=True, eq=False)
class Viewer:
    """Who asks. `key` is theirs: a parameter, or a value.

    A statement has one viewer: what they are members of is read once for it, whatever it asks of however many rows.
    """

    key: ColumnElement[Any]

    @cached_property
    def held(self) -> CTE:
        """The memberships of who asks, by themselves or by a team."""
        member, own = sql_table(Member).alias(), sql_table(Member).alias()
        teams = select(own.c.team_id).where(own.c.entity_id == self.key, own.c.team_id.is_not(None))
        places = member.c.organization_id, member.c.team_id, member.c.project_id, member.c.registry_id
        mine = member.c.entity_id.in_(union_all(select(self.key), teams))
        return select(*places, member.c.role).where(mine).cte("held")


RANKS = list(Role)
_READING = (Role.RESTRICTED_VIEWER, Role.VIEWER)


def allows_in_project(project_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role in a project."""
    project = sql_table(Project).alias()
    return _exists(project, project.c.id, project_id, _in_project(project, viewer, least))


def allows_in_registry(registry_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role in a registry."""
    registry = sql_table(Registry).alias()
    return _exists(registry, registry.c.id, registry_id, _in_registry(registry, viewer, least))


def allows_in_place(
    project_id: ColumnElement[Any], registry_id: ColumnElement[Any], viewer: Viewer, least: Role
) -> ColumnElement[bool]:
    """Whether who asks has at least this role where something is: in a project or in a registry."""
    return or_(allows_in_project(project_id, viewer, least), allows_in_registry(registry_id, viewer, least))


def allows_in_collection(collection_id: ColumnElement[Any], viewer: Viewer, least: Role) -> ColumnElement[bool]:
    """Whether who asks has at least this role where a collection is."""
    collection, registry = sql_table(Collection).alias(), sql_table(Registry).alias()
    rows = collection.join(registry, registry.c.id == collection.c.registry_id)
    linked = _exists(rows, collection.c.id, collection_id, _in_registry(registry, viewer, least))
    return or_(allows_at_home(collection_id, viewer, least), linked)


def allows_at_home(collection_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role in the project whose collection this is."""
    collection, project = sql_table(Collection).alias(), sql_table(Project).alias()
    rows = collection.join(project, project.c.id == collection.c.project_id)
    return _exists(rows, collection.c.id, collection_id, _in_project(project, viewer, least))


def allows_by_link(artifact_id: ColumnElement[Any], viewer: Viewer, least: Role) -> Exists:
    """Whether who asks has at least this role in a registry that a version is linked to.

    What was published stays known, to those who saw it there: a history with holes is none. Its content does not.
    """
    member, collection, registry = (sql_table(table).alias() for table in (Membership, Collection, Registry))
    rows = member.join(collection, collection.c.id == member.c.collection_id).join(
        registry, registry.c.id == collection.c.registry_id
    )
    stands = true() if least is Role.RESTRICTED_VIEWER else member.c.removed_at.is_(None)
    return _exists(rows, member.c.artifact_id, artifact_id, and_(stands, _in_registry(registry, viewer, least)))


def allows_of_artifact(
    artifact_id: ColumnElement[Any], collection_id: ColumnElement[Any], viewer: Viewer, least: Role
) -> ColumnElement[bool]:
    """Whether who asks has at least this role in the project of a version, or in a registry that it is linked to."""
    return or_(allows_at_home(collection_id, viewer, least), allows_by_link(artifact_id, viewer, least))


def belongs(viewer: Viewer, least: Role = Role.RESTRICTED_VIEWER) -> ColumnElement[bool]:
    """Whether who asks has at least this role in the server's first organization."""
    return belongs_to(_first_organization(), viewer, least)


def belongs_to(organization_id: ColumnElement[Any], viewer: Viewer, least: Role) -> ColumnElement[bool]:
    """Whether who asks has at least this role in an organization."""
    return organization_id.in_(_held(viewer, "organization_id", least))


def teams_of(viewer: Viewer, least: Role = Role.RESTRICTED_VIEWER) -> Select[Any]:
    """The teams that who asks is in, with at least this role."""
    return _held(viewer, "team_id", least)


def _in_project(project: Any, viewer: Viewer, least: Role) -> ColumnElement[bool]:
    allowed = [
        project.c.entity_id == viewer.key,
        project.c.entity_id.in_(teams_of(viewer, least)),
        project.c.id.in_(_held(viewer, "project_id", least)),
        belongs(viewer, Role.ADMIN),
    ]
    if least in _READING:
        # In a project of the organization its members may read, and no more.
        allowed.append(and_(project.c.visibility == Visibility.ORGANIZATION, belongs(viewer, least)))
    return or_(*allowed)


def _in_registry(registry: Any, viewer: Viewer, least: Role) -> ColumnElement[bool]:
    is_open, home = registry.c.visibility == Visibility.ORGANIZATION, registry.c.organization_id
    return or_(
        registry.c.id.in_(_held(viewer, "registry_id", least)),
        and_(is_open, belongs_to(home, viewer, least)),
        belongs_to(home, viewer, Role.ADMIN),
    )


def _held(viewer: Viewer, place: str, least: Role) -> Select[Any]:
    """The places of one kind in which who asks is a member, with at least this role."""
    key, role = viewer.held.c[place], viewer.held.c.role
    above = RANKS[RANKS.index(least) :]
    return select(key).where(key.is_not(None), true() if above == RANKS else role.in_(above)).correlate(None)


def _first_organization() -> ScalarSelect[Any]:
    organization = sql_table(Organization).alias()
    return select(func.min(organization.c.id)).correlate(None).scalar_subquery()


def _exists(rows: FromClause, own: ColumnElement[Any], key: ColumnElement[Any], allowed: ColumnElement[bool]) -> Exists:
    """Whether one of these rows, by its `own` key, is that of a key, and allowed."""
    table = getattr(key, "table", None)
    found = select(own).select_from(rows).where(own == key, allowed)
    return exists(found.correlate(*([] if table is None else [table])))
