"""Versions, their files and bytes, their places in collections and the names that point at them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from gqlregistry.store.tables.base import Table, choice, instant, json_text, key, name_text, reference


class ArtifactState(StrEnum):
    """How far a version has come."""

    PENDING = "PENDING"
    COMMITTED = "COMMITTED"
    DELETED = "DELETED"


class Artifact(Table, table=True):
    """One version. Its content never changes once committed; a deleted one stays as a tombstone.

    `version_index` is its place in its own (source) collection, null until committed. `idempotency_key` is the
    caller's own name for the attempt to log it: the same key in the same collection is the same artifact. `run_id`
    is the run that logged it first; every run that logged it is in `RunOutput`, from the commit on. `ttl_seconds` is
    how long it is to be kept after `created_at`, until `expires_at`; null and 0 mean for ever.
    """

    id: int = key()
    collection_id: int = reference("collection.id")
    version_index: int | None = None
    state: ArtifactState = choice(ArtifactState, default=ArtifactState.PENDING)
    digest: str
    size: int = Field(default=0, sa_type=BigInteger)
    file_count: int = 0
    description: str | None = None
    metadata_: dict[str, Any] = json_text(default_factory=dict, sa_column_kwargs={"name": "metadata"})
    idempotency_key: str | None = None
    pending_aliases: list[str] = json_text(default_factory=list)
    run_id: int | None = reference("run.id", default=None, nullable=True)
    history_step: int | None = Field(default=None, sa_type=BigInteger)
    ttl_seconds: int | None = Field(default=None, sa_type=BigInteger)
    expires_at: datetime | None = instant(default=None, nullable=True, index=True)
    created_at: datetime = instant()
    created_by_id: int = reference("entity.id", index=True)
    committed_at: datetime | None = instant(default=None, nullable=True)
    updated_at: datetime = instant()
    deleted_at: datetime | None = instant(default=None, nullable=True)
    deleted_by_id: int | None = reference("entity.id", default=None, nullable=True)

    __table_args__ = (
        UniqueConstraint("collection_id", "version_index"),
        UniqueConstraint("collection_id", "idempotency_key"),
        Index(None, "collection_id", "digest"),
        Index(None, "digest"),
        Index(None, "state", "id"),
    )


class ArtifactFile(Table, table=True):
    """A file of an artifact. Its bytes are in the blob store under `digest`, or `reference` says where they are.

    `extra` is what its client keeps with the file: of a reference, say, the version that the bucket has it in.
    """

    artifact_id: int = reference("artifact.id", primary_key=True)
    path: str = name_text(primary_key=True)
    digest: str
    size: int = Field(sa_type=BigInteger)
    reference: str | None = None
    extra: dict[str, Any] | None = json_text(default=None, nullable=True)

    __table_args__ = (Index(None, "digest"), {"sqlite_with_rowid": False})


IS_LOOSE = text("loose_since IS NOT NULL")


class Blob(Table, table=True):
    """Bytes that arrived whole and were verified. `digest` is `sha256:<hex>` or `md5:<hex>`.

    `md5` is, in hex, what bytes known by another digest are to clients that know no other; null until one asks.
    `loose_since` is since when it may be that nothing holds the bytes; null when something does.
    """

    digest: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    md5: str | None = Field(default=None, index=True)
    created_at: datetime = instant()
    loose_since: datetime | None = instant(default=None, nullable=True)

    __table_args__ = (
        Index(None, "loose_since", sqlite_where=IS_LOOSE, postgresql_where=IS_LOOSE),
        {"sqlite_with_rowid": False},
    )


class Transit(Table, table=True):
    """Bytes on their way into the blob store or out of it: they may be there, and no `Blob` may tell of them."""

    digest: str = Field(primary_key=True)
    since: datetime = instant(index=True)

    __table_args__ = {"sqlite_with_rowid": False}


class ArtifactTag(Table, table=True):
    """A label on a version, seen wherever the version is."""

    artifact_id: int = reference("artifact.id", primary_key=True)
    name: str = name_text(primary_key=True)

    __table_args__ = (Index(None, "name", "artifact_id"), {"sqlite_with_rowid": False})


class Membership(Table, table=True):
    """An artifact's place in a collection, with its version number there. Linking makes one; nothing is copied.

    A removed membership stays, so that its number keeps its meaning; linking the artifact again makes another.
    """

    id: int = key()
    collection_id: int = reference("collection.id")
    artifact_id: int = reference("artifact.id")
    version_index: int
    created_at: datetime = instant()
    created_by_id: int = reference("entity.id")
    removed_at: datetime | None = instant(default=None, nullable=True)

    __table_args__ = (
        UniqueConstraint("collection_id", "version_index"),
        Index(
            "uq_membership_live",
            "collection_id",
            "artifact_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index(None, "artifact_id", "id"),
    )


class Alias(Table, table=True):
    """A movable name for one membership of a collection."""

    id: int = key()
    collection_id: int = reference("collection.id")
    name: str = name_text()
    membership_id: int = reference("membership.id", index=True)
    created_at: datetime = instant()

    __table_args__ = (UniqueConstraint("collection_id", "name"),)
