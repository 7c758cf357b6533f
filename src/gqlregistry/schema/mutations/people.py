"""Mutations on users, teams, organizations, their memberships and keys. For admins."""

from dataclasses import dataclass
from datetime import datetime

import strawberry

from gqlregistry.errors import BadInput
from gqlregistry.plan.readers import Column, One
from gqlregistry.plan.relay import decode_id, reads
from gqlregistry.registry import keys, people
from gqlregistry.registry.people import Scope
from gqlregistry.schema.context import Context
from gqlregistry.schema.enums import KeyScope, Role
from gqlregistry.schema.payload import Payload, key, mutation, perform
from gqlregistry.schema.people import ApiKey, Organization, Team, User
from gqlregistry.schema.refs import EntityRef, ProjectRef, RegistryRef, ref


@strawberry.input(description="A new user.")
class CreateUserInput:
    """Values of a user."""

    name: str = strawberry.field(description="The username: letters, digits, _ . and -.")
    display_name: str | None = strawberry.field(default=None, description="What people call the user.")
    email: str | None = strawberry.field(default=None, description="Where the user gets mail.")
    is_admin: bool = strawberry.field(default=False, description="Whether the user may administer the server.")


@strawberry.input(description="A user to delete.")
class DeleteUserInput:
    """Which user."""

    user: EntityRef = strawberry.field(description="Which user.")


@strawberry.input(description="A new team.")
class CreateTeamInput:
    """Values of a team."""

    name: str = strawberry.field(description="The name: letters, digits, _ . and -.")
    display_name: str | None = strawberry.field(default=None, description="What people call it.")


@strawberry.input(description="A new organization.")
class CreateOrganizationInput:
    """Values of an organization."""

    name: str = strawberry.field(description="The name: letters, digits, _ . and -.")


@strawberry.input(one_of=True, description="Where a role holds: exactly one of these.")
class ScopeInput:
    """An organization, a team, a project or a registry."""

    organization: str | None = strawberry.field(default=strawberry.UNSET, description="An organization, by its name.")
    team: EntityRef | None = strawberry.field(default=strawberry.UNSET, description="A team.")
    project: ProjectRef | None = strawberry.field(default=strawberry.UNSET, description="A project.")
    registry: RegistryRef | None = strawberry.field(default=strawberry.UNSET, description="A registry.")

    def scope(self) -> Scope:
        """As the rules take it."""
        return Scope(
            self.organization or None,
            ref(self.team, "team") if self.team else None,
            ref(self.project, "project") if self.project else None,
            ref(self.registry, "registry") if self.registry else None,
        )


@strawberry.input(description="Somebody's role somewhere.")
class SetMemberInput:
    """Who gets which role where."""

    scope: ScopeInput = strawberry.field(description="Where.")
    entity: EntityRef = strawberry.field(description="Who: a user or a team.")
    role: Role = strawberry.field(description="Which role; it takes the place of another there.")


@strawberry.input(description="Somebody whose role somewhere ends.")
class RemoveMemberInput:
    """Who loses their role where."""

    scope: ScopeInput = strawberry.field(description="Where.")
    entity: EntityRef = strawberry.field(description="Who: a user or a team.")


@strawberry.input(description="A new API key.")
class CreateApiKeyInput:
    """Values of a key."""

    owner: EntityRef = strawberry.field(description="Whom it stands for.")
    label: str = strawberry.field(description="What to call it.")
    scope: KeyScope | None = strawberry.field(
        default=None,
        description="How much it may do. If not given: all that its owner may, as far as you may give that.",
    )
    is_admin: bool = strawberry.field(default=False, description="The same as the scope ADMIN.")
    expires_at: datetime | None = strawberry.field(
        default=None, description="When it stops working; never if not given."
    )


@strawberry.input(description="A key to revoke.")
class RevokeApiKeyInput:
    """Which key."""

    api_key: strawberry.ID = strawberry.field(description="The key's id.")


@strawberry.type(description="The user that was changed.")
class UserPayload(Payload):
    """Answers the mutations on a user."""

    user: User | None = reads(One("value", User), "The user.")


@strawberry.type(description="The team that was made.")
class TeamPayload(Payload):
    """Answers `createTeam`."""

    team: Team | None = reads(One("value", Team), "The team.")


@strawberry.type(description="The organization that was made.")
class OrganizationPayload(Payload):
    """Answers `createOrganization`."""

    organization: Organization | None = reads(One("value", Organization), "The organization.")


@strawberry.type(description="Whose role was changed.")
class MemberPayload(Payload):
    """Answers `setMember` and `removeMember`."""

    role: Role | None = reads(Column("value"), "The role that holds now; null if there is none.")


@strawberry.type(description="The key that was made.")
class CreateApiKeyPayload(Payload):
    """Answers `createApiKey`."""

    api_key: ApiKey | None = reads(One("value.key_id", ApiKey), "The key.")
    secret: str | None = reads(Column("value.secret"), "The secret. It is shown this once and never again.")


@strawberry.type(description="The key that was revoked.")
class ApiKeyPayload(Payload):
    """Answers `revokeApiKey`."""

    api_key: ApiKey | None = reads(One("value", ApiKey), "The key.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A new key with its secret."""

    key_id: int
    secret: str


@strawberry.type
class PeopleMutations:
    """On users, teams, organizations, memberships and keys."""

    @mutation(description="Make a user.")
    async def create_user(self, info: strawberry.Info[Context], input: CreateUserInput) -> UserPayload:
        """Make a user."""
        return await perform(
            info,
            UserPayload,
            key,
            people.create_user,
            input.name,
            display_name=input.display_name,
            email=input.email,
            is_admin=input.is_admin,
        )

    @mutation(description="Delete a user and revoke the user's keys. What the user did stays on record.")
    async def delete_user(self, info: strawberry.Info[Context], input: DeleteUserInput) -> UserPayload:
        """Delete a user."""
        return await perform(info, UserPayload, key, people.delete_user, ref(input.user, "user"))

    @mutation(description="Make a team.")
    async def create_team(self, info: strawberry.Info[Context], input: CreateTeamInput) -> TeamPayload:
        """Make a team."""
        return await perform(info, TeamPayload, key, people.create_team, input.name, input.display_name)

    @mutation(description="Make an organization.")
    async def create_organization(
        self, info: strawberry.Info[Context], input: CreateOrganizationInput
    ) -> OrganizationPayload:
        """Make an organization."""
        return await perform(info, OrganizationPayload, key, people.create_organization, input.name)

    @mutation(description="Give a user or a team a role in an organization, team, project or registry.")
    async def set_member(self, info: strawberry.Info[Context], input: SetMemberInput) -> MemberPayload:
        """Give a role."""
        return await perform(
            info,
            MemberPayload,
            lambda member: member.role,
            people.set_member,
            input.scope.scope(),
            ref(input.entity, "entity"),
            input.role,
        )

    @mutation(description="End somebody's role in an organization, team, project or registry.")
    async def remove_member(self, info: strawberry.Info[Context], input: RemoveMemberInput) -> MemberPayload:
        """End a role."""
        return await perform(
            info,
            MemberPayload,
            lambda _: None,
            people.remove_member,
            input.scope.scope(),
            ref(input.entity, "entity"),
        )

    @mutation(description="Make an API key. Its secret is in the answer, and nowhere else.")
    async def create_api_key(self, info: strawberry.Info[Context], input: CreateApiKeyInput) -> CreateApiKeyPayload:
        """Make a key."""
        if input.is_admin and input.scope not in (None, KeyScope.ADMIN):
            raise BadInput("isAdmin is the scope ADMIN, and another one is given", "scope")
        return await perform(
            info,
            CreateApiKeyPayload,
            lambda made: Shown(made[0].id, made[1]),
            keys.create_key,
            ref(input.owner, "owner"),
            input.label,
            scope=KeyScope.ADMIN if input.is_admin else input.scope,
            expires_at=input.expires_at,
        )

    @mutation(description="Revoke an API key: from now on it is not taken.")
    async def revoke_api_key(self, info: strawberry.Info[Context], input: RevokeApiKeyInput) -> ApiKeyPayload:
        """Revoke a key."""
        api_key = decode_id(input.api_key, "ApiKey", field="apiKey")[1]
        return await perform(info, ApiKeyPayload, key, keys.revoke_key, api_key)
