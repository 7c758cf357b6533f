"""Where the client's questions about people and their projects begin."""

import strawberry
from sqlmodel import Session

from gqlregistry.registry import find
from gqlregistry.registry.people import default_entity
from gqlregistry.wandb import listings, loading
from gqlregistry.wandb.people import Entity, Organization, User, entity_named, organization_named
from gqlregistry.wandb.places import place_named
from gqlregistry.wandb.project import Project, ProjectConnection
from gqlregistry.wandb.run_mutations import UNNAMED_PROJECT
from gqlregistry.wandb.work import Info, read


@strawberry.type
class UserEdge:
    """A user in a list."""

    node: User | None


@strawberry.type
class UserConnection:
    """Users."""

    edges: list[UserEdge]


@strawberry.type
class PeopleQuery:
    """The part of the queries that is about people and their projects."""

    @strawberry.field
    async def viewer(self, info: Info) -> User | None:
        """Who asks."""
        return await read(info, lambda session: loading.user(session, info.context.principal.user_id))

    @strawberry.field
    async def users(self, info: Info, query: str | None = None) -> UserConnection | None:
        """The users of a name or an e-mail address."""
        found = await read(info, lambda session: find.users(session, query or "", "query"))
        return UserConnection(edges=[UserEdge(node=User.of(row)) for row in found])

    @strawberry.field
    async def entity(self, info: Info, name: str | None = None) -> Entity | None:
        """A namespace by name."""
        return await read(info, lambda session: entity_named(session, name, info.context.principal.user_id))

    @strawberry.field
    async def organization(self, info: Info, name: str) -> Organization | None:
        """An organization by name."""
        return await read(info, lambda session: organization_named(session, name))

    @strawberry.field
    async def project(self, info: Info, name: str | None = None, entity_name: str | None = None) -> Project | None:
        """A project or registry by name."""
        return await _project(info, name, entity_name)

    @strawberry.field
    async def model(self, info: Info, name: str | None = None, entity_name: str | None = None) -> Project | None:
        """A project or registry by name."""
        return await _project(info, name, entity_name)

    @strawberry.field
    async def models(
        self, info: Info, entity_name: str | None = None, after: str | None = None, first: int | None = None
    ) -> ProjectConnection | None:
        """The projects of a user or team."""

        def work(session: Session) -> ProjectConnection | None:
            entity = entity_named(session, entity_name, info.context.principal.user_id)
            if entity is None:
                return None
            return loading.project_page(session, listings.projects(entity.row.id), first, after, None)

        return await read(info, work)


async def _project(info: Info, name: str | None, entity: str | None) -> Project | None:
    def work(session: Session) -> Project | None:
        owner = entity or default_entity(session, info.context.principal)
        place = place_named(session, owner, name or UNNAMED_PROJECT)
        return None if place is None else loading.project(session, place)

    return await read(info, work)
