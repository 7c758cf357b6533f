"""Projects: they hold runs, and the source collections that runs log into."""

from typing import Any

from sqlmodel import col, select

from gqlregistry.errors import Conflict
from gqlregistry.registry import events, find, permissions
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import check_name, parse_project_name
from gqlregistry.registry.rows import insert_new
from gqlregistry.registry.values import UNSET, Unset, check_optional_text
from gqlregistry.store.tables import Entity, EventKind, Project, Role, Visibility


def create_project(
    change: Change,
    entity: Ref,
    name: str,
    description: str | None = None,
    visibility: Visibility = Visibility.ORGANIZATION,
) -> Project:
    """Add a project to a user or team. A deleted one of that name comes back, with its numbers going on.

    Raises `Conflict` when it is there, `Forbidden` unless the actor is this user or a member of the team.
    """
    owner = find.entity(change.session, entity, "owner")
    permissions.require_owner(change.session, owner)
    check_name(name, "a project's name")
    check_optional_text(description, "a description", "description")
    project, created = _ensure(change, owner, name, description, visibility)
    if not created:
        raise Conflict(f"{owner.name} has a project {name} already", "name")
    return project


def ensure_project(change: Change, entity: Ref, name: str, field: str = "project") -> Project:
    """The project of that name to write into, made if the user or team has none.

    Raises `Forbidden` unless the actor is a member of it; of one that it may not see, as if it were not there.
    """
    session = change.session
    if isinstance(entity, str):
        known = select(Project).join(Entity, col(Entity.id) == Project.entity_id)
        project = session.exec(
            known.where(Entity.name == entity, Project.name == name, col(Project.deleted_at).is_(None))
        ).first()
        if project is not None and permissions.sees_project(session, project.id):
            permissions.require_in_project(session, project.id, Role.MEMBER, field)
            return project
    owner = find.entity(session, entity, field)
    permissions.require_owner(session, owner, field=field)
    return _ensure(change, owner, check_name(name, "a project's name", field), None, Visibility.ORGANIZATION)[0]


def named_or_new(change: Change, project: Ref) -> Project:
    """A project by key, or by name: then it is made if it does not exist and its owner does."""
    if isinstance(project, int):
        found = find.project(change.session, project)
        permissions.require_in_project(change.session, found.id, Role.MEMBER)
        return found
    name = parse_project_name(find.checked(project, "project"))
    return ensure_project(change, name.entity, name.project)


def update_project(
    change: Change,
    project: Ref,
    description: str | None | Unset = UNSET,
    visibility: Visibility | Unset = UNSET,
) -> Project:
    """Change what is given: members what is said of it, admins who sees it."""
    found = find.project(change.session, project)
    least = Role.MEMBER if visibility is UNSET or visibility == found.visibility else Role.ADMIN
    permissions.require_in_project(change.session, found.id, least)
    detail: dict[str, Any] = {}
    if description is not UNSET and description != found.description:
        detail["description"] = found.description = check_optional_text(description, "a description", "description")
    if visibility is not UNSET and visibility != found.visibility:
        found.visibility = visibility
        detail["visibility"] = visibility.value
    if detail:
        events.record(change, EventKind.PROJECT_UPDATED, project_id=found.id, detail=detail)
    return found


def _ensure(
    change: Change, owner: Entity, name: str, description: str | None, visibility: Visibility
) -> tuple[Project, bool]:
    wanted = Project(
        entity_id=owner.id,
        name=name,
        description=description,
        visibility=visibility,
        created_at=change.now,
        created_by_id=change.actor.user_id,
    )
    is_new = insert_new(change.session, wanted) > 0
    named = select(Project).where(Project.entity_id == owner.id, Project.name == name)
    project = change.session.exec(named.with_for_update(key_share=True).execution_options(populate_existing=True)).one()
    if not is_new:
        if project.deleted_at is None:
            return project, False
        project.deleted_at = None
        project.description, project.visibility = description, visibility
    detail = {"name": name, "description": description, "visibility": visibility.value}
    events.record(change, EventKind.PROJECT_CREATED, project_id=project.id, subject_id=owner.id, detail=detail)
    return project, True
