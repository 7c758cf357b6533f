"""Who there is: users, teams, the organization, their memberships and keys."""

from datetime import datetime
from typing import Annotated

import strawberry
from sqlalchemy import ColumnElement, case, or_

from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import Many
from gqlregistry.plan.page import Sort
from gqlregistry.plan.reader import Reader
from gqlregistry.plan.readers import Column, Itself, Listing, Ref, Refs
from gqlregistry.plan.relay import Connection, Edge, Node, edges, encode_id, nodes, reads
from gqlregistry.plan.shape import Record
from gqlregistry.plan.statement import Form
from gqlregistry.plan.visibility import WHO_ASKS, BySight
from gqlregistry.registry.roles import Viewer, belongs
from gqlregistry.schema.enums import KeyScope, Role
from gqlregistry.schema.expressions import entity_name, entity_ref
from gqlregistry.store import tables
from gqlregistry.store.tables import EntityKind

ENTITY = col(tables.Entity.id)


@strawberry.interface(description="Who can own projects: a user or a team. All share one set of names.")
class Entity(Record):
    """A user or a team."""

    table = tables.Entity

    name: str = reads(Column(col(tables.Entity.name)), "The name in paths: `<entity>/<project>/<collection>`.")
    display_name: str | None = reads(Column(col(tables.Entity.display_name)), "What people call it.")
    created_at: datetime = reads(Column(col(tables.Entity.created_at)), "When it was made.")
    deleted_at: datetime | None = reads(Column(col(tables.Entity.deleted_at)), "When it was deleted, if it was.")


def entity(need: object) -> Reader:
    """Leads to the user or team whose key `need` gives."""
    return Refs(entity_ref(need), parse=_parse_ref)  # type: ignore[arg-type]


def _parse_ref(text: str) -> Ref | None:
    kind, _, key = text.partition(":")
    types = {EntityKind.USER: User, EntityKind.TEAM: Team}
    found = types.get(EntityKind(kind))
    return Ref(found, int(key)) if found else None


def _email(viewer: Viewer) -> ColumnElement[str]:
    return case((or_(viewer.key == ENTITY, belongs(viewer)), col(tables.Entity.email)))


@strawberry.type(description="A person, or a program that acts for itself.")
class User(Entity, Node):
    """A user."""

    id: strawberry.ID = reads(Column(ENTITY, encode_id("User")), "The global id.")
    username: str = reads(Column(col(tables.Entity.name)), "The user's name, the same as `name`.")
    email: str | None = reads(
        Column(BySight(col(tables.Entity.email), _email)),
        "Where the user gets mail; null to who is not in the organization.",
    )
    is_admin: bool = reads(Column(col(tables.Entity.is_admin)), "Whether the user may administer the server.")
    api_keys: list[Annotated["ApiKey", strawberry.lazy("gqlregistry.schema.people")]] = reads(
        Listing(
            ENTITY,
            parent=col(tables.ApiKey.entity_id),
            order=[col(tables.ApiKey.id)],
            to="gqlregistry.schema.people:ApiKey",
        ),
        "The user's API keys, oldest first. Secrets are never shown again.",
    )


@strawberry.type(description="Somebody's role in an organization, a team, a project or a registry.")
class Member(Record):
    """A membership of people."""

    table = tables.Member

    entity: Entity = reads(entity(col(tables.Member.entity_id)), "Who has the role.")
    role: Role = reads(Column(col(tables.Member.role)), "The role.")
    created_at: datetime = reads(Column(col(tables.Member.created_at)), "Since when.")


@strawberry.type(description="A group of users that owns projects together.")
class Team(Entity, Node):
    """A team."""

    id: strawberry.ID = reads(Column(ENTITY, encode_id("Team")), "The global id.")
    members: list[Member] = reads(
        Listing(ENTITY, parent=col(tables.Member.team_id), order=[col(tables.Member.id)], to=Member),
        "Who is in the team, in the order in which they came.",
    )


@strawberry.type(description="Who this server serves: owns the registries.")
class Organization(Record, Node):
    """An organization."""

    table = tables.Organization

    id: strawberry.ID = reads(Column(col(tables.Organization.id), encode_id("Organization")), "The global id.")
    name: str = reads(
        Column(entity_name(col(tables.Organization.entity_id))), "The name in paths: `<organization>/<registry>/…`."
    )
    created_at: datetime = reads(Column(col(tables.Organization.created_at)), "When it was made.")
    members: list[Member] = reads(
        Listing(
            col(tables.Organization.id),
            parent=col(tables.Member.organization_id),
            order=[col(tables.Member.id)],
            to=Member,
        ),
        "Its members, in the order in which they came.",
    )


@strawberry.type(description="A key to the API. The secret itself is shown once, when it is made.")
class ApiKey(Record, Node):
    """An API key."""

    table = tables.ApiKey

    id: strawberry.ID = reads(Column(col(tables.ApiKey.id), encode_id("ApiKey")), "The global id.")
    label: str = reads(Column(col(tables.ApiKey.label)), "What its owner calls it.")
    owner: Entity = reads(entity(col(tables.ApiKey.entity_id)), "Whom it stands for.")
    scope: KeyScope = reads(Column(col(tables.ApiKey.scope)), "How much it may do.")
    is_admin: bool = reads(
        Column(col(tables.ApiKey.scope) == KeyScope.ADMIN), "Whether it may administer the server: its scope is ADMIN."
    )
    created_at: datetime = reads(Column(col(tables.ApiKey.created_at)), "When it was made.")
    expires_at: datetime | None = reads(Column(col(tables.ApiKey.expires_at)), "When it stops working, if ever.")
    last_used_at: datetime | None = reads(
        Column(col(tables.ApiKey.last_used_at)), "When it was last used, to the minute."
    )
    revoked_at: datetime | None = reads(Column(col(tables.ApiKey.revoked_at)), "When it was revoked, if it was.")


@strawberry.type(description="A user in a list.")
class UserEdge(Edge):
    """A user's place in a list."""

    table = tables.Entity

    node: User = reads(Itself(User), "The user.")


@strawberry.type(description="A page of users.")
class UserConnection(Connection):
    """Users."""

    edge = UserEdge

    edges: list[UserEdge] = edges()
    nodes: list[User] = nodes()


def _listed(form: Form) -> list[ColumnElement[bool]]:
    """All users to who is in the organization. Others know only those whose work they see."""
    users = col(tables.Entity.kind) == EntityKind.USER
    if form.sees_all:
        return [users]
    return [users, or_(WHO_ASKS.key == ENTITY, belongs(WHO_ASKS))]


USERS = Many(
    to=UserConnection,
    sorts={"NAME": Sort([col(tables.Entity.name), ENTITY])},
    where=_listed,
)
