"""What the client asks of users and teams besides their names: for most of it there is nothing here to tell."""

from datetime import datetime
from typing import Self

import strawberry
from sqlmodel import Session, col, select

from gqlregistry.registry import permissions
from gqlregistry.store import tables
from gqlregistry.store.tables import EntityKind, Role
from gqlregistry.wandb.ids import text_id
from gqlregistry.wandb.scalars import Int64, JSONString
from gqlregistry.wandb.work import Info, read

MEMBER = "Member"


@strawberry.type
class ApiKey:
    """A key of a user."""

    id: strawberry.ID
    name: str
    description: str | None


@strawberry.type
class ApiKeyEdge:
    """A key in a list."""

    node: ApiKey | None


@strawberry.type
class ApiKeyConnection:
    """Keys."""

    edges: list[ApiKeyEdge]


@strawberry.type
class UserDetails:
    """What there is to tell of a user besides."""

    row: strawberry.Private[tables.Entity]

    @strawberry.field
    def deleted_at(self) -> datetime | None:
        """When they were deleted."""
        return self.row.deleted_at

    @strawberry.field
    def api_keys(self) -> ApiKeyConnection | None:
        """Nothing: keys are told to nobody, and managed by the public API."""
        return ApiKeyConnection(edges=[])


@strawberry.type
class Member:
    """A user in a team."""

    id: strawberry.ID | None
    role: str | None
    admin: bool | None
    username: str | None
    name: str
    row: strawberry.Private[tables.Entity]
    pending: bool | None = False
    photo_url: str | None = None
    account_type: str | None = "MEMBER"
    api_key: str | None = None

    @classmethod
    def of(cls, team: int, row: tables.Entity, role: Role) -> Self:
        """A user and their role in a team."""
        return cls(
            id=text_id(MEMBER, f"{team}:{row.id}"),
            role=role.value.lower(),
            admin=role is Role.ADMIN,
            username=row.name,
            name=row.display_name or row.name,
            row=row,
        )

    @strawberry.field
    async def email(self, info: Info) -> str | None:
        """Where they get mail; null to who is not told."""
        return await address(info, self.row)


async def address(info: Info, user: tables.Entity) -> str | None:
    """Where a user gets mail; null to who is not told."""
    if user.email is None:
        return None
    return user.email if await read(info, lambda session: permissions.sees_address(session, user.id)) else None


@strawberry.type
class EntityDetails:
    """What there is to tell of a namespace besides."""

    row: strawberry.Private[tables.Entity]
    available: bool | None = False
    photo_url: str | None = None
    read_only: bool | None = False
    read_only_admin: bool = False
    private_only: bool = False
    storage_bytes: Int64 = Int64(0)
    code_saving_enabled: bool = True
    default_access: str = "PRIVATE"
    is_paid: bool | None = False
    limits: JSONString | None = None
    xxhash_digests_enabled: bool | None = False

    @strawberry.field
    def is_team(self) -> bool:
        """Whether it is a team's."""
        return self.row.kind is EntityKind.TEAM

    @strawberry.field
    async def members(self, info: Info) -> list[Member]:
        """The users in a team."""
        found = (
            select(tables.Entity, tables.Member.role)
            .join(tables.Member, col(tables.Member.entity_id) == tables.Entity.id)
            .where(tables.Member.team_id == self.row.id)
            .order_by(col(tables.Member.id))
        )

        def work(session: Session) -> list[Member]:
            return [Member.of(self.row.id, row, Role(role)) for row, role in session.exec(found)]

        return await read(info, work)
