"""Users, teams and organizations, as the client knows them."""

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Self

import strawberry
from sqlmodel import Session, col, select

from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import find
from gqlregistry.store import tables
from gqlregistry.store.tables import EntityKind
from gqlregistry.wandb import listings, loading
from gqlregistry.wandb.accounts import EntityDetails, UserDetails, address
from gqlregistry.wandb.connections import ArtifactCollectionConnection, ArtifactCollectionMembershipConnection
from gqlregistry.wandb.labels import ArtifactCollectionType
from gqlregistry.wandb.places import place_named
from gqlregistry.wandb.scalars import JSONString
from gqlregistry.wandb.work import Info, read

if TYPE_CHECKING:
    from gqlregistry.wandb.project import Project, ProjectConnection
else:
    Project = Annotated["Project", strawberry.lazy("gqlregistry.wandb.project")]
    ProjectConnection = Annotated["ProjectConnection", strawberry.lazy("gqlregistry.wandb.project")]

_user_id, _entity_id, _organization_id = encode_id("User"), encode_id("Entity"), encode_id("Organization")


@strawberry.type
class User(UserDetails):
    """Somebody with an account."""

    id: strawberry.ID

    @classmethod
    def of(cls, row: tables.Entity) -> Self:
        """A user by row."""
        return cls(id=strawberry.ID(_user_id(row.id)), row=row)

    @strawberry.field
    def name(self) -> str | None:
        """What people call them."""
        return self.row.display_name or self.row.name

    @strawberry.field
    def username(self) -> str | None:
        """Their name in URLs."""
        return self.row.name

    @strawberry.field
    async def email(self, info: Info) -> str | None:
        """Where they get mail; null to who is not in the organization."""
        return await address(info, self.row)

    @strawberry.field
    def admin(self) -> bool | None:
        """Whether they may do everything."""
        return self.row.is_admin

    @strawberry.field
    def flags(self) -> JSONString | None:
        """Features of their own: none."""
        return JSONString("{}")

    @strawberry.field
    def entity(self) -> str | None:
        """The entity of runs that name none."""
        return self.row.default_entity or self.row.name

    @strawberry.field
    async def teams(self, info: Info) -> "EntityConnection | None":
        """The teams that they are in."""

        def work(session: Session) -> EntityConnection:
            mine = select(tables.Member.team_id).where(tables.Member.entity_id == self.row.id)
            found = select(tables.Entity).where(
                col(tables.Entity.id).in_(mine), col(tables.Entity.deleted_at).is_(None)
            )
            rows = session.exec(found.order_by(col(tables.Entity.name)))
            return EntityConnection(edges=[EntityEdge(node=Entity.of(row)) for row in rows])

        return await read(info, work)

    @strawberry.field
    async def organizations(self, info: Info) -> "list[Organization] | None":
        """The organizations that they are in."""
        return await read(info, lambda session: _organizations(session, self.row.id))


@strawberry.type
class AdvancedRegistryFeatures:
    """What searches of a registry can do besides."""

    advanced_search: bool = False


@strawberry.enum
class RampIDType(Enum):
    """What a feature flag is for."""

    ORG_NAME = strawberry.enum_value("OrgName", name="OrgName")


@strawberry.type
class FeatureFlag:
    """Something that is tried out."""

    ramp_key: str
    is_enabled: bool


@strawberry.type
class Organization:
    """Whom the server serves."""

    id: strawberry.ID
    name: str
    org_entity: "Entity | None"
    core_weave_organization_id: str | None = None

    @classmethod
    def of(cls, session: Session, row: tables.Organization) -> Self:
        """An organization by row."""
        entity = session.get_one(tables.Entity, row.entity_id)
        return cls(id=strawberry.ID(_organization_id(row.id)), name=entity.name, org_entity=Entity.of(entity))

    @strawberry.field
    def feature_flags(
        self, ramp_id_type: Annotated[RampIDType, strawberry.argument(name="rampIDType")]
    ) -> list[FeatureFlag]:
        """What is tried out with some organizations: nothing."""
        return []

    @strawberry.field
    def advanced_registry_features(self) -> AdvancedRegistryFeatures | None:
        """What searches of a registry can do besides."""
        return AdvancedRegistryFeatures()


@strawberry.type
class Entity(EntityDetails):
    """A user's, a team's or an organization's namespace."""

    id: strawberry.ID
    name: str

    @classmethod
    def of(cls, row: tables.Entity) -> Self:
        """A namespace by row."""
        return cls(id=strawberry.ID(_entity_id(row.id)), name=row.name, row=row)

    @strawberry.field
    def entity_type(self) -> str | None:
        """user, team or organization."""
        return self.row.kind.value.lower()

    @strawberry.field
    async def organization(self, info: Info) -> Organization | None:
        """The organization of a team, or that it is, or that a user is in; of a user who is in several, none."""
        return await read(info, self._organization)

    @strawberry.field
    def user(self) -> User | None:
        """The user whose namespace it is."""
        return User.of(self.row) if self.row.kind is EntityKind.USER else None

    @strawberry.field
    async def project(self, info: Info, name: str | None = None) -> Project | None:
        """Its project of that name, or its registry."""

        def work(session: Session) -> Project | None:
            place = place_named(session, self.name, name or "")
            return None if place is None else loading.project(session, place)

        return await read(info, work)

    @strawberry.field
    async def projects(
        self,
        info: Info,
        filters: JSONString | None = None,
        after: str | None = None,
        first: int | None = None,
        order: str | None = None,
    ) -> ProjectConnection | None:
        """Its projects; those of an organization are its registries."""

        def work(session: Session) -> ProjectConnection:
            if self.row.kind is EntityKind.ORGANIZATION:
                listing = listings.registries(find.organization(session, self.name).id, filters)
                return loading.registry_page(session, listing, first, after, order)
            return loading.project_page(session, listings.projects(self.row.id), first, after, order)

        return await read(info, work)

    @strawberry.field
    async def artifact_collections(
        self,
        info: Info,
        project_filters: JSONString | None = None,
        filters: JSONString | None = None,
        collection_types: list[ArtifactCollectionType] | None = None,
        after: str | None = None,
        first: int | None = None,
        order: str | None = None,
    ) -> ArtifactCollectionConnection | None:
        """The collections of an organization's registries."""

        def work(session: Session) -> ArtifactCollectionConnection:
            home = find.organization(session, self.name)
            listing = listings.collections(filters, organization=home.id, place_filters=project_filters)
            return loading.collection_page(session, listing, first, after, order)

        return await read(info, work) if self._is_organization else None

    @strawberry.field
    async def artifact_memberships(
        self,
        info: Info,
        project_filters: JSONString | None = None,
        collection_filters: JSONString | None = None,
        filters: JSONString | None = None,
        after: str | None = None,
        first: int | None = None,
        order: str | None = None,
    ) -> ArtifactCollectionMembershipConnection | None:
        """The versions that are linked to an organization's registries."""

        def work(session: Session) -> ArtifactCollectionMembershipConnection:
            home = find.organization(session, self.name)
            listing = listings.registry_versions(session, home.id, project_filters, collection_filters, filters)
            return loading.membership_page(session, listing, first, after, order)

        return await read(info, work) if self._is_organization else None

    @property
    def _is_organization(self) -> bool:
        return self.row.kind is EntityKind.ORGANIZATION

    def _organization(self, session: Session) -> Organization | None:
        if self.row.kind is EntityKind.USER:
            found = _organizations(session, self.row.id)
            return found[0] if len(found) == 1 else None
        own = self.row.name if self.row.kind is EntityKind.ORGANIZATION else None
        return Organization.of(session, find.organization(session, own))


def _organizations(session: Session, user: int) -> list[Organization]:
    mine = select(tables.Member.organization_id).where(tables.Member.entity_id == user)
    found = select(tables.Organization).where(col(tables.Organization.id).in_(mine))
    return [Organization.of(session, row) for row in session.exec(found)]


@strawberry.type
class EntityEdge:
    """A namespace in a list."""

    node: Entity | None


@strawberry.type
class EntityConnection:
    """Namespaces."""

    edges: list[EntityEdge]


def entity_named(session: Session, name: str | None, user: int) -> Entity | None:
    """The namespace of that name; without a name, the caller's own."""
    row = (
        session.get(tables.Entity, user)
        if not name
        else session.exec(select(tables.Entity).where(tables.Entity.name == find.checked(name, "name"))).first()
    )
    return None if row is None or row.deleted_at is not None else Entity.of(row)


def organization_named(session: Session, name: str) -> Organization | None:
    """The organization of that name."""
    named = select(tables.Organization).join(tables.Entity, col(tables.Entity.id) == tables.Organization.entity_id)
    row = session.exec(named.where(tables.Entity.name == find.checked(name, "name"))).first()
    return None if row is None else Organization.of(session, row)
