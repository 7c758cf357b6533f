"""Where things are kept: projects, registries, and the collections in them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint

from gqlregistry.store.tables.base import Table, choice, instant, json_text, key, name_text, reference


class Visibility(StrEnum):
    """Who may see a registry or a project without being its member."""

    ORGANIZATION = "ORGANIZATION"
    RESTRICTED = "RESTRICTED"


class CollectionKind(StrEnum):
    """How versions come into a collection."""

    SOURCE = "SOURCE"
    REGISTRY = "REGISTRY"


class Project(Table, table=True):
    """Holds runs, and the source collections that they log into."""

    id: int = key()
    entity_id: int = reference("entity.id")
    name: str = name_text()
    description: str | None = None
    visibility: Visibility = choice(Visibility, default=Visibility.ORGANIZATION)
    created_at: datetime = instant()
    created_by_id: int = reference("entity.id")
    deleted_at: datetime | None = instant(default=None, nullable=True)

    __table_args__ = (UniqueConstraint("entity_id", "name"),)


class Registry(Table, table=True):
    """Holds collections that versions are linked into.

    `artifact_types` lists the types it takes; null means any. `protected_aliases` may be moved by its admins only.
    """

    id: int = key()
    organization_id: int = reference("organization.id")
    name: str = name_text()
    description: str | None = None
    visibility: Visibility = choice(Visibility, default=Visibility.ORGANIZATION)
    artifact_types: list[str] | None = json_text(default=None, nullable=True)
    protected_aliases: list[str] = json_text(default_factory=list)
    created_at: datetime = instant()
    created_by_id: int = reference("entity.id")
    deleted_at: datetime | None = instant(default=None, nullable=True)

    __table_args__ = (UniqueConstraint("organization_id", "name"),)


class Collection(Table, table=True):
    """A named series of versions of one artifact type, in a project or in a registry.

    `next_index` is the version number that the next member gets; it only grows, so no number is ever used twice.
    """

    id: int = key()
    kind: CollectionKind = choice(CollectionKind)
    project_id: int | None = reference("project.id", default=None, nullable=True)
    registry_id: int | None = reference("registry.id", default=None, nullable=True)
    name: str = name_text()
    type: str
    description: str | None = None
    next_index: int = 0
    created_at: datetime = instant()
    created_by_id: int = reference("entity.id")
    updated_at: datetime = instant()
    deleted_at: datetime | None = instant(default=None, nullable=True)
    deleted_by_id: int | None = reference("entity.id", default=None, nullable=True)

    __table_args__ = (
        CheckConstraint(
            "(kind = 'SOURCE' AND project_id IS NOT NULL AND registry_id IS NULL) OR"
            " (kind = 'REGISTRY' AND registry_id IS NOT NULL AND project_id IS NULL)",
            name="one_place",
        ),
        UniqueConstraint("project_id", "name"),
        UniqueConstraint("registry_id", "name"),
    )


class FormerName(Table, table=True):
    """A name that a collection had before it was renamed. It goes on meaning that collection, and no other."""

    id: int = key()
    project_id: int | None = reference("project.id", default=None, nullable=True)
    registry_id: int | None = reference("registry.id", default=None, nullable=True)
    name: str = name_text()
    collection_id: int = reference("collection.id", index=True)

    __table_args__ = (UniqueConstraint("project_id", "name"), UniqueConstraint("registry_id", "name"))


class CollectionTag(Table, table=True):
    """A label on a collection."""

    collection_id: int = reference("collection.id", primary_key=True)
    name: str = name_text(primary_key=True)

    __table_args__ = {"sqlite_with_rowid": False}
