"""Projects as the client knows them; registries are projects to it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from gqlregistry.registry import lookups
from gqlregistry.registry.names import REGISTRY_PREFIX, parse_version_name
from gqlregistry.store import tables
from gqlregistry.store.tables import Visibility
from gqlregistry.wandb import listings, loading
from gqlregistry.wandb.connections import ArtifactCollectionConnection, ArtifactTypeConnection
from gqlregistry.wandb.objects import Artifact, ArtifactCollection, ArtifactCollectionMembership, ArtifactType
from gqlregistry.wandb.paging import PageInfo
from gqlregistry.wandb.places import Place
from gqlregistry.wandb.project_runs import ProjectRuns
from gqlregistry.wandb.scalars import JSONString
from gqlregistry.wandb.work import Info, change, read

if TYPE_CHECKING:
    from gqlregistry.wandb.people import Entity, User
    from gqlregistry.wandb.registries import ProjectMember, ProjectTeamMember
else:
    Entity = Annotated["Entity", strawberry.lazy("gqlregistry.wandb.people")]
    User = Annotated["User", strawberry.lazy("gqlregistry.wandb.people")]
    ProjectMember = Annotated["ProjectMember", strawberry.lazy("gqlregistry.wandb.registries")]
    ProjectTeamMember = Annotated["ProjectTeamMember", strawberry.lazy("gqlregistry.wandb.registries")]

ACCESS = {Visibility.ORGANIZATION: "PRIVATE", Visibility.RESTRICTED: "RESTRICTED"}
"""What the client calls who may see a registry."""


@strawberry.type
class Project(ProjectRuns):
    """A project or a registry."""

    id: strawberry.ID
    internal_id: strawberry.ID
    name: str
    entity: Entity
    row: strawberry.Private[tables.Project | tables.Registry]

    @classmethod
    def of(cls, place: Place, row: tables.Project | tables.Registry, entity: Entity) -> Self:
        """A project or registry by row."""
        name = row.name if place.registry_id is None else f"{REGISTRY_PREFIX}{row.name}"
        id = strawberry.ID(place.id)
        return cls(id=id, internal_id=id, name=name, entity=entity, place=place, row=row)

    @strawberry.field
    def entity_name(self) -> str:
        """The name of its entity."""
        return self.entity.name

    @strawberry.field
    def description(self) -> str | None:
        """What is said of it."""
        return self.row.description

    @strawberry.field
    def access(self) -> str | None:
        """Who may see it: the organization (PRIVATE) or its members (RESTRICTED)."""
        return ACCESS[self.row.visibility]

    @strawberry.field
    def created_at(self) -> datetime:
        """When it was made."""
        return self.row.created_at

    @strawberry.field
    def updated_at(self) -> datetime | None:
        """When it was made: edits of a project are in its action history."""
        return self.row.created_at

    @strawberry.field
    def views(self) -> JSONString | None:
        """How its page looks: that is not kept here."""
        return None

    @strawberry.field
    def is_benchmark(self) -> bool | None:
        """Whether it is a benchmark: there are none."""
        return False

    @strawberry.field
    async def user(self, info: Info) -> User | None:
        """Who made it."""
        return await read(info, lambda session: loading.user(session, self.row.created_by_id))

    @strawberry.field
    def read_only(self) -> bool | None:
        """Whether the caller may not edit versions in it."""
        return False

    @strawberry.field
    def allow_all_artifact_types_in_registry(self) -> bool:
        """Whether versions of any type may be linked to it."""
        return self._types is None

    @strawberry.field
    async def artifact_types(
        self, info: Info, after: str | None = None, first: int | None = None, include_all: bool | None = None
    ) -> ArtifactTypeConnection:
        """The types of its collections; with `includeAll`, of a registry those that it is limited to."""
        if include_all:
            types = [ArtifactType.of(self.place, name, self.row.created_at) for name in self._types or ()]
            return ArtifactTypeConnection.of(types)
        return ArtifactTypeConnection.of(await read(info, lambda session: loading.types_of(session, self.place)))

    @strawberry.field
    async def artifact_type(self, info: Info, name: str) -> ArtifactType | None:
        """A type that one of its collections has."""
        types = await read(info, lambda session: loading.types_of(session, self.place))
        return next((type for type in types if type.name == name), None)

    @strawberry.field
    async def artifact_collections(
        self,
        info: Info,
        after: str | None = None,
        first: int | None = None,
        filters: JSONString | None = None,
        order: str | None = None,
    ) -> ArtifactCollectionConnection | None:
        """Its collections."""
        listing = listings.collections(filters, place=self.place)
        return await read(info, lambda session: loading.collection_page(session, listing, first, after, order))

    @strawberry.field
    async def artifact_collection(self, info: Info, name: str) -> ArtifactCollection | None:
        """Its collection of that name."""
        return await read(info, lambda session: loading.collection_named(session, self.place, name))

    @strawberry.field
    async def artifact_collection_membership(self, info: Info, name: str) -> ArtifactCollectionMembership | None:
        """Its version `collection:v4`, by alias or digest; the latest, where none is named.

        What is asked here tells later by which name a run came to what it uses.
        """
        return await self._looked_up(info, name)

    @strawberry.field
    async def artifact(self, info: Info, name: str) -> Artifact | None:
        """As `artifactCollectionMembership`, of the version itself: so older clients look up what they use."""
        if _asks_for_type_only(info):
            found = await read(info, lambda session: loading.version_named(session, self.place, name))
        else:
            found = await self._looked_up(info, name)
        return None if found is None else found.artifact

    @strawberry.field
    async def members(self, info: Info) -> list[ProjectMember]:
        """The users that have a role in it."""
        return await read(info, lambda session: loading.members(session, self.place))

    @strawberry.field
    async def team_members(self, info: Info) -> list[ProjectTeamMember]:
        """The teams that have a role in it."""
        return await read(info, lambda session: loading.team_members(session, self.place))

    async def _looked_up(self, info: Info, name: str) -> ArtifactCollectionMembership | None:
        found = await read(info, lambda session: loading.version_named(session, self.place, name))
        if found is not None and info.context.principal.may_write:
            ref = parse_version_name(f"place/{name}").ref
            await change(info, lookups.note, info.context.caller, found.key, ref)
        return found

    @property
    def _types(self) -> list[str] | None:
        return self.row.artifact_types if isinstance(self.row, tables.Registry) else None


def _asks_for_type_only(info: Info) -> bool:
    """Whether it is what each client asks before it logs a version: that is no look-up of the one before."""
    return all(getattr(each, "name", "") == "artifactType" for each in info.selected_fields[0].selections)


@strawberry.type
class ProjectEdge:
    """A project in a list."""

    node: Project | None
    cursor: str | None = None


@strawberry.type
class ProjectConnection:
    """A page of projects."""

    page_info: PageInfo
    edges: list[ProjectEdge]
