"""Registries and who is in them. To the client a registry is a project `wandb-registry-<name>` of an organization."""

from typing import Any, Self

import strawberry

from gqlregistry.errors import BadInput
from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import deletion, find, people, projects, registries
from gqlregistry.registry.change import Change
from gqlregistry.registry.names import REGISTRY_PREFIX, quoted
from gqlregistry.registry.people import Scope
from gqlregistry.store import tables
from gqlregistry.store.tables import Role
from gqlregistry.wandb import loading
from gqlregistry.wandb.accounts import address
from gqlregistry.wandb.payloads import Success
from gqlregistry.wandb.people import Entity
from gqlregistry.wandb.places import Place, place_named, require_place
from gqlregistry.wandb.project import ACCESS, Project
from gqlregistry.wandb.scalars import JSONString
from gqlregistry.wandb.work import Info, change, read

_user_id = encode_id("User")
_VISIBILITY = {access: visibility for visibility, access in ACCESS.items()}


@strawberry.type(name="Role")
class MemberRole:
    """What a member may do."""

    name: str

    @classmethod
    def of(cls, role: Role) -> Self:
        """A role in the client's words."""
        return cls(name=role.value.lower())


@strawberry.type
class ProjectMember:
    """A user with a role in a project or registry."""

    id: strawberry.ID
    name: str | None
    username: str | None
    role: MemberRole
    row: strawberry.Private[tables.Entity]

    @classmethod
    def of(cls, row: tables.Entity, role: Role) -> Self:
        """A user and a role."""
        id = strawberry.ID(_user_id(row.id))
        return cls(id=id, name=row.display_name or row.name, username=row.name, role=MemberRole.of(role), row=row)

    @strawberry.field
    async def email(self, info: Info) -> str | None:
        """Where they get mail; null to who is not told."""
        return await address(info, self.row)


@strawberry.type
class ProjectTeamMember:
    """A team with a role in a project or registry."""

    team: Entity
    role: MemberRole


@strawberry.input
class ArtifactTypeInput:
    """A type that a registry takes."""

    name: str
    description: str | None = None


@strawberry.input
class UpsertModelInput:
    """A project or registry to make or to change."""

    id: str | None = None
    name: str | None = None
    entity_name: str | None = None
    description: str | None = None
    access: str | None = None
    allow_all_artifact_types_in_registry: bool | None = None
    artifact_types: list[ArtifactTypeInput] | None = None
    views: JSONString | None = None
    is_benchmark: bool | None = None
    client_mutation_id: str | None = None


@strawberry.input
class RenameProjectInput:
    """A registry and its new name."""

    entity_name: str
    old_project_name: str
    new_project_name: str
    client_mutation_id: str | None = None


@strawberry.input
class DeleteModelInput:
    """A project or registry to delete."""

    id: str


@strawberry.input
class ProjectMembersInput:
    """Users and teams, and where they are or will be members."""

    project_id: strawberry.ID
    user_ids: list[strawberry.ID] | None = None
    team_ids: list[strawberry.ID] | None = None


@strawberry.input
class CreateProjectMembersInput(ProjectMembersInput):
    """Members to add."""


@strawberry.input
class DeleteProjectMembersInput(ProjectMembersInput):
    """Members to remove."""


@strawberry.input
class UpdateProjectMemberInput:
    """A user's new role."""

    project_id: strawberry.ID
    user_id: strawberry.ID
    user_project_role: str
    client_mutation_id: str | None = None


@strawberry.input
class UpdateProjectTeamMemberInput:
    """A team's new role."""

    project_id: strawberry.ID
    team_id: strawberry.ID
    team_project_role: str
    client_mutation_id: str | None = None


@strawberry.type
class UpsertModelPayload:
    """The project or registry, and whether it is new."""

    project: Project | None
    inserted: bool | None

    @strawberry.field
    def model(self) -> Project | None:
        """The same."""
        return self.project


@strawberry.type
class RegistryMutation:
    """The part of the mutations that is about registries and projects as such."""

    @strawberry.mutation
    async def upsert_model(self, info: Info, input: UpsertModelInput) -> UpsertModelPayload | None:
        """Make a registry or a project, or change what is given of it."""
        place, inserted = await change(info, _upsert, input)
        return await _payload(info, place, inserted)

    @strawberry.mutation
    async def rename_project(self, info: Info, input: RenameProjectInput) -> UpsertModelPayload | None:
        """Give a registry another name."""
        place = await change(info, _rename, input)
        return await _payload(info, place, False)

    @strawberry.mutation
    async def delete_model(self, info: Info, input: DeleteModelInput) -> Success | None:
        """Delete a registry or a project."""
        place = Place.decoded(input.id)
        if place.registry_id is not None:
            await change(info, deletion.delete_registry, place.registry_id)
        elif place.project_id is not None:
            await change(info, deletion.delete_project, place.project_id)
        return Success(success=True)

    @strawberry.mutation
    async def create_project_members(self, info: Info, input: CreateProjectMembersInput) -> Success | None:
        """Give users and teams a place in a registry, as members."""
        await change(info, _set_roles, _scope(input.project_id), _entities(input), Role.MEMBER)
        return Success(success=True)

    @strawberry.mutation
    async def delete_project_members(self, info: Info, input: DeleteProjectMembersInput) -> Success | None:
        """Take users and teams out of a registry."""
        await change(info, _remove_members, _scope(input.project_id), _entities(input))
        return Success(success=True)

    @strawberry.mutation
    async def update_project_member(self, info: Info, input: UpdateProjectMemberInput) -> Success | None:
        """Give a user another role in a registry."""
        await change(
            info, _set_roles, _scope(input.project_id), [_entity(input.user_id)], _role(input.user_project_role)
        )
        return Success(success=True)

    @strawberry.mutation
    async def update_project_team_member(self, info: Info, input: UpdateProjectTeamMemberInput) -> Success | None:
        """Give a team another role in a registry."""
        await change(
            info, _set_roles, _scope(input.project_id), [_entity(input.team_id)], _role(input.team_project_role)
        )
        return Success(success=True)


def _upsert(change: Change, input: UpsertModelInput) -> tuple[Place, bool]:
    owner, name = input.entity_name or change.actor.username, input.name or ""
    place = Place.decoded(input.id) if input.id else place_named(change.session, owner, name)
    if place is not None and place.registry_id is not None:
        said = _said(input)
        if said.get("artifact_types") is not None:
            said["artifact_types"] = [*_types_before(change, place), *said["artifact_types"]]
        registries.update_registry(change, place.registry_id, **said)
        return place, False
    if place is not None:
        said = _said(input)
        said.pop("artifact_types", None)
        assert place.project_id is not None, "it is no registry"
        projects.update_project(change, place.project_id, **said)
        return place, False
    if not name.startswith(REGISTRY_PREFIX):
        return Place(project_id=projects.create_project(change, owner, name, input.description).id), True
    made = registries.create_registry(change, name.removeprefix(REGISTRY_PREFIX), organization=owner, **_said(input))
    return Place(registry_id=made.id), True


def _types_before(change: Change, place: Place) -> list[str]:
    """The types that a registry takes or, if it takes all, has. The client sends those only that come to them."""
    registry = find.registry(change.session, place.registry_id or 0)
    if registry.artifact_types is not None:
        return registry.artifact_types
    return [type.name for type in loading.types_of(change.session, place)]


def _said(input: UpsertModelInput) -> dict[str, Any]:
    """What the input says of a registry, for the rules."""
    said: dict[str, Any] = {}
    if input.description is not None:
        said["description"] = input.description
    if input.access is not None:
        if input.access not in _VISIBILITY:
            raise BadInput(f"access is {' or '.join(_VISIBILITY)}, not {quoted(input.access)}", "access")
        said["visibility"] = _VISIBILITY[input.access]
    if input.allow_all_artifact_types_in_registry:
        said["artifact_types"] = None
    elif input.artifact_types is not None or input.allow_all_artifact_types_in_registry is False:
        said["artifact_types"] = [each.name for each in input.artifact_types or ()]
    return said


def _rename(change: Change, input: RenameProjectInput) -> Place:
    place = require_place(change.session, input.entity_name, input.old_project_name)
    if place.registry_id is None:
        raise BadInput("a project keeps its name", "oldProjectName")
    registries.update_registry(change, place.registry_id, input.new_project_name.removeprefix(REGISTRY_PREFIX))
    return place


async def _payload(info: Info, place: Place, inserted: bool) -> UpsertModelPayload:
    found = await read(info, lambda session: loading.project(session, place))
    return UpsertModelPayload(project=found, inserted=inserted)


def _set_roles(change: Change, scope: Scope, entities: list[int], role: Role) -> None:
    for entity in entities:
        people.set_member(change, scope, entity, role)


def _remove_members(change: Change, scope: Scope, entities: list[int]) -> None:
    for entity in entities:
        people.remove_member(change, scope, entity)


def _scope(project: str) -> Scope:
    place = Place.decoded(project, field="projectId")
    return Scope(project=place.project_id, registry=place.registry_id)


def _entities(input: ProjectMembersInput) -> list[int]:
    return [_entity(id) for id in [*(input.user_ids or ()), *(input.team_ids or ())]]


def _entity(id: str) -> int:
    return decode_id(id, "User", "Entity", "Team", field="userIds")[1]


def _role(name: str) -> Role:
    try:
        return Role(name.upper())
    except ValueError:
        raise BadInput(f"there is no role {quoted(name)}", "role") from None
