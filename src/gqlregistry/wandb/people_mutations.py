"""What the client changes of users and teams."""

from datetime import datetime

import strawberry
from sqlmodel import Session

from gqlregistry.errors import BadInput, NotFound
from gqlregistry.registry import find, people
from gqlregistry.registry.change import Change
from gqlregistry.registry.names import quoted
from gqlregistry.registry.people import Scope
from gqlregistry.store import tables
from gqlregistry.store.tables import EntityKind, Role
from gqlregistry.wandb.accounts import MEMBER, address
from gqlregistry.wandb.ids import read_text_id, text_id
from gqlregistry.wandb.payloads import Success
from gqlregistry.wandb.people import Entity, User
from gqlregistry.wandb.work import Info, change


@strawberry.input
class UpdateUserInput:
    """Where runs go that name no entity."""

    default_entity: str | None = None
    client_mutation_id: str | None = None


@strawberry.input
class CreateTeamInput:
    """A team, and who leads it besides who makes it."""

    team_name: str
    team_admin_user_name: str | None = None


@strawberry.input
class CreateInviteInput:
    """A user who joins a team."""

    entity_name: str
    email: str | None = None
    username: str | None = None
    admin: bool | None = None


@strawberry.input
class DeleteInviteInput:
    """A member who leaves a team."""

    id: str | None = None
    entity_name: str | None = None


@strawberry.type
class UserPayload:
    """The user."""

    user: User | None


@strawberry.type
class EntityPayload:
    """The team."""

    entity: Entity | None


@strawberry.type
class Invite:
    """A user who has joined a team: whoever is here need not accept."""

    id: strawberry.ID
    name: str
    email: str | None
    created_at: datetime | None
    to_user: User | None


@strawberry.type
class InvitePayload:
    """The invitation."""

    invite: Invite | None


@strawberry.type
class PeopleMutation:
    """The part of the mutations that is about people."""

    @strawberry.mutation
    async def update_user(self, info: Info, input: UpdateUserInput) -> UserPayload | None:
        """Choose where the caller's runs go that name no entity."""
        if not input.default_entity:
            raise BadInput("name an entity", "defaultEntity")
        return UserPayload(user=User.of(await change(info, people.set_default_entity, input.default_entity)))

    @strawberry.mutation
    async def create_team(self, info: Info, input: CreateTeamInput) -> EntityPayload | None:
        """Make a team."""
        return EntityPayload(entity=Entity.of(await change(info, _create_team, input)))

    @strawberry.mutation
    async def create_invite(self, info: Info, input: CreateInviteInput) -> InvitePayload | None:
        """Let a user join a team."""
        team, user, since = await change(info, _invite, input)
        id = text_id(MEMBER, f"{team}:{user.id}")
        email = await address(info, user)
        invite = Invite(id=id, name=user.name, email=email, created_at=since, to_user=User.of(user))
        return InvitePayload(invite=invite)

    @strawberry.mutation
    async def delete_invite(self, info: Info, input: DeleteInviteInput) -> Success | None:
        """Let a user leave a team."""
        team, colon, user = read_text_id(MEMBER, input.id or "").partition(":")
        if not (colon and team.isdecimal() and user.isdecimal()):
            raise BadInput("this is not the id of a member", "id")
        await change(info, people.remove_member, Scope(team=int(team)), int(user))
        return Success(success=True)


def _create_team(change: Change, input: CreateTeamInput) -> tables.Entity:
    team = people.create_team(change, input.team_name)
    if input.team_admin_user_name:
        people.set_member(change, Scope(team=team.id), input.team_admin_user_name, Role.ADMIN)
    return team


def _invite(change: Change, input: CreateInviteInput) -> tuple[int, tables.Entity, datetime]:
    team = find.entity(change.session, input.entity_name, "entityName", (EntityKind.TEAM,))
    user = _user(change.session, input.username or input.email)
    role = Role.ADMIN if input.admin else Role.MEMBER
    member = people.set_member(change, Scope(team=team.id), user.id, role)
    return team.id, user, member.created_at


def _user(session: Session, text: str | None) -> tables.Entity:
    """The user of a name or an e-mail address."""
    if not text:
        raise BadInput("name a user, or an e-mail address", "username")
    found = find.users(session, text, "username")
    if not found:
        raise NotFound(f"no user {quoted(text)}: an admin makes users", "username")
    return found[0]
