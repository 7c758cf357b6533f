"""What clients say of a version before it is one: how they call it, which files it will have, by what they asked."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from gqlregistry.store.tables.base import Table, choice, instant, key, name_text, reference


class ManifestKind(StrEnum):
    """What a manifest lists of a version's files."""

    FULL = "FULL"
    PATCH = "PATCH"
    INCREMENTAL = "INCREMENTAL"


class Manifest(Table, table=True):
    """A list of files that a client sends for a pending version, as bytes of their own under `digest`.

    A `FULL` one lists all files, a `PATCH` those of one of several writers, an `INCREMENTAL` one what differs from
    the version `base_id`. When the version is committed, its files are what they say together.
    """

    id: int = key()
    artifact_id: int = reference("artifact.id", index=True)
    kind: ManifestKind = choice(ManifestKind)
    name: str
    digest: str | None = Field(default=None, index=True)
    base_id: int | None = reference("artifact.id", default=None, nullable=True)
    created_at: datetime = instant()


class Handle(Table, table=True):
    """A client's own name for an artifact or a source collection, by which it refers to them before it has their id."""

    name: str = name_text(primary_key=True)
    artifact_id: int | None = reference("artifact.id", default=None, nullable=True, index=True)
    collection_id: int | None = reference("collection.id", default=None, nullable=True)
    created_at: datetime = instant()

    __table_args__ = {"sqlite_with_rowid": False}


class Lookup(Table, table=True):
    """A caller has just asked what a name means. It tells by what a run asked for what it uses next."""

    caller: str = name_text(primary_key=True)
    membership_id: int = reference("membership.id", primary_key=True)
    requested_as: str = name_text(primary_key=True)
    created_at: datetime = instant()

    __table_args__ = (Index(None, "created_at"), {"sqlite_with_rowid": False})
