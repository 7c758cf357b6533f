"""Who there is: organizations, entities (users and teams), their memberships and keys."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from gqlregistry.store.tables.base import Table, choice, instant, key, name_text, reference


class EntityKind(StrEnum):
    """What kind of namespace an entity is."""

    USER = "USER"
    TEAM = "TEAM"
    ORGANIZATION = "ORGANIZATION"


class Role(StrEnum):
    """What a member may do, from least to most."""

    RESTRICTED_VIEWER = "RESTRICTED_VIEWER"
    VIEWER = "VIEWER"
    MEMBER = "MEMBER"
    ADMIN = "ADMIN"


class KeyScope(StrEnum):
    """How much of what its owner may do a key may do."""

    READ = "READ"
    WRITE = "WRITE"
    ADMIN = "ADMIN"


class Organization(Table, table=True):
    """Who a server serves. Its name stands in the entity table too, so that no user or team can take it."""

    id: int = key()
    entity_id: int = reference("entity.id", unique=True)
    created_at: datetime = instant()


class Entity(Table, table=True):
    """A user, a team or an organization's own namespace. All three share one set of names.

    `default_entity` names the one that a user's runs go to when they name none.
    """

    id: int = key()
    kind: EntityKind = choice(EntityKind)
    name: str = name_text()
    display_name: str | None = None
    email: str | None = None
    is_admin: bool = False
    default_entity: str | None = None
    created_at: datetime = instant()
    deleted_at: datetime | None = instant(default=None, nullable=True)

    __table_args__ = (UniqueConstraint("name"), Index(None, "kind", "name"), Index(None, "email"))


class Member(Table, table=True):
    """A user (or team) has a role in exactly one of: an organization, a team, a project, a registry."""

    id: int = key()
    entity_id: int = reference("entity.id")
    organization_id: int | None = reference("organization.id", default=None, nullable=True)
    team_id: int | None = reference("entity.id", default=None, nullable=True)
    project_id: int | None = reference("project.id", default=None, nullable=True)
    registry_id: int | None = reference("registry.id", default=None, nullable=True)
    role: Role = choice(Role)
    created_at: datetime = instant()

    __table_args__ = (
        CheckConstraint(
            "(organization_id IS NOT NULL) + (team_id IS NOT NULL) + (project_id IS NOT NULL)"
            " + (registry_id IS NOT NULL) = 1",
            name="one_scope",
        ).ddl_if(dialect="sqlite"),
        CheckConstraint("num_nonnulls(organization_id, team_id, project_id, registry_id) = 1", name="one_scope").ddl_if(
            dialect="postgresql"
        ),
        UniqueConstraint("organization_id", "entity_id"),
        UniqueConstraint("team_id", "entity_id"),
        UniqueConstraint("project_id", "entity_id"),
        UniqueConstraint("registry_id", "entity_id"),
        Index(None, "entity_id"),
    )


class ApiKey(Table, table=True):
    """A secret that stands for an entity. Only its SHA-256 is kept; the secret is shown once."""

    id: int = key()
    entity_id: int = reference("entity.id", index=True)
    label: str
    digest: str
    scope: KeyScope = choice(KeyScope)
    created_at: datetime = instant()
    created_by_id: int | None = reference("entity.id", default=None, nullable=True)
    expires_at: datetime | None = instant(default=None, nullable=True)
    last_used_at: datetime | None = instant(default=None, nullable=True)
    revoked_at: datetime | None = instant(default=None, nullable=True)

    __table_args__ = (UniqueConstraint("digest"),)


class Subject(Table, table=True):
    """Who a user is at an OpenID provider: `subject` is what `issuer` calls them, and never anybody else."""

    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    entity_id: int = reference("entity.id", index=True)
    created_at: datetime = instant()

    __table_args__ = {"sqlite_with_rowid": False}
