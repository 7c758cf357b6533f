"""Artifacts, their collections and their places in them, as the client knows them.

A sequence is a project's collection, a portfolio a registry's. What is at hand with a row are plain fields; what
needs another statement are resolvers, which ask `loading`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self, TypeAlias

import orjson
import strawberry

from gqlregistry.plan.relay import encode_id
from gqlregistry.store import tables
from gqlregistry.wandb import listings, loading
from gqlregistry.wandb.artifact_files import ArtifactManifest, FileConnection, ManifestEntryInput
from gqlregistry.wandb.connections import (
    ArtifactAliasConnection,
    ArtifactCollectionConnection,
    ArtifactCollectionMembershipConnection,
    VersionedArtifactConnection,
)
from gqlregistry.wandb.ids import text_id
from gqlregistry.wandb.labels import ArtifactDigestAlgorithm, ArtifactState, Tag, TagConnection
from gqlregistry.wandb.places import Place
from gqlregistry.wandb.scalars import Int64, JSONString
from gqlregistry.wandb.work import Info, read

if TYPE_CHECKING:
    from gqlregistry.wandb.people import User
    from gqlregistry.wandb.project import Project
    from gqlregistry.wandb.run import Run, RunConnection
else:
    Project = Annotated["Project", strawberry.lazy("gqlregistry.wandb.project")]
    Run = Annotated["Run", strawberry.lazy("gqlregistry.wandb.run")]
    RunConnection = Annotated["RunConnection", strawberry.lazy("gqlregistry.wandb.run")]
    User = Annotated["User", strawberry.lazy("gqlregistry.wandb.people")]

INHERITED, DISABLED = -1, -2
"""What the client says of a time to live that is not a number of seconds."""

collection_id = encode_id("ArtifactCollection")
membership_id = encode_id("ArtifactCollectionMembership")
artifact_id = encode_id("Artifact")
_alias_id = encode_id("ArtifactAlias")


@strawberry.type
class ArtifactType:
    """What the versions of a collection are. A project or registry has the types of its collections."""

    id: strawberry.ID
    name: str
    description: str | None
    created_at: datetime
    place: strawberry.Private[Place]

    @classmethod
    def of(cls, place: Place, name: str, created_at: datetime) -> Self:
        """A type in a place."""
        return cls(
            id=text_id("ArtifactType", f"{place.number}:{name}"),
            name=name,
            description=None,
            created_at=created_at,
            place=place,
        )

    @strawberry.field
    async def artifact_collections(
        self,
        info: Info,
        after: str | None = None,
        first: int | None = None,
        filters: JSONString | None = None,
        order: str | None = None,
    ) -> ArtifactCollectionConnection | None:
        """The collections of this type in its place."""
        listing = listings.collections(filters, place=self.place, type=self.name)
        return await read(info, lambda session: loading.collection_page(session, listing, first, after, order))

    @strawberry.field
    async def artifact_collection(self, info: Info, name: str) -> "ArtifactCollection | None":
        """The collection of that name, if it is of this type."""
        found = await read(info, lambda session: loading.collection_named(session, self.place, name))
        return found if found is not None and found.row.type == self.name else None


def type_of(collection: tables.Collection) -> ArtifactType:
    """The type of a collection's versions."""
    return ArtifactType.of(Place.of(collection), collection.type, collection.created_at)


@strawberry.type
class ArtifactAlias:
    """A name for a version in a collection."""

    id: strawberry.ID
    alias: str
    artifact_collection: "ArtifactCollection | None"

    @classmethod
    def of(cls, row: tables.Alias, home: "ArtifactCollection") -> Self:
        """An alias in its collection."""
        return cls(id=strawberry.ID(_alias_id(row.id)), alias=row.name, artifact_collection=home)


@strawberry.interface
class ArtifactCollection:
    """A named series of versions of one type."""

    id: strawberry.ID
    name: str
    description: str | None
    created_at: datetime
    updated_at: datetime
    project: Project | None
    tags: TagConnection
    row: strawberry.Private[tables.Collection]

    @classmethod
    def of(cls, row: tables.Collection, project: Project | None, tags: Iterable[str]) -> Self:
        """A collection; without its place, when the caller may not see that."""
        return cls(
            id=strawberry.ID(collection_id(row.id)),
            name=row.name,
            description=row.description,
            created_at=row.created_at,
            updated_at=row.updated_at,
            project=project,
            tags=TagConnection.of(tags),
            row=row,
        )

    @strawberry.field
    def default_artifact_type(self) -> ArtifactType:
        """The type of all its versions."""
        return type_of(self.row)

    @strawberry.field
    def state(self) -> str | None:
        """READY, or DELETED."""
        return "READY" if self.row.deleted_at is None else "DELETED"

    @strawberry.field
    async def aliases(
        self, info: Info, after: str | None = None, first: int | None = None
    ) -> ArtifactAliasConnection | None:
        """The aliases of its versions in it."""
        return await read(info, lambda session: loading.alias_page(session, self, first, after))

    @strawberry.field
    async def artifacts(
        self,
        info: Info,
        after: str | None = None,
        first: int | None = None,
        order: str | None = None,
        filters: JSONString | None = None,
    ) -> VersionedArtifactConnection | None:
        """Its versions, the newest first."""

        return await read(
            info,
            lambda session: loading.version_page(
                session, listings.versions(session, filters, self.row.id), first, after, order
            ),
        )

    @strawberry.field
    async def artifact_membership(self, info: Info, alias_name: str) -> "ArtifactCollectionMembership | None":
        """Its version of an alias, a number (`v4`) or a digest."""
        return await read(info, lambda session: loading.member_named(session, self.row, alias_name))


@strawberry.type
class ArtifactSequence(ArtifactCollection):
    """A project's collection: versions are logged into it."""

    digest_algorithm: ArtifactDigestAlgorithm | None = ArtifactDigestAlgorithm.MANIFEST_MD5

    @strawberry.field
    async def latest_artifact(self, info: Info) -> "Artifact | None":
        """Its newest version."""
        member = await read(info, lambda session: loading.member_named(session, self.row, "latest"))
        return None if member is None else member.artifact


@strawberry.type
class ArtifactPortfolio(ArtifactCollection):
    """A registry's collection: versions are linked into it."""


@strawberry.type
class ArtifactCollectionMembership:
    """A version's place in a collection."""

    id: strawberry.ID
    version_index: int | None
    created_at: datetime
    aliases: list[ArtifactAlias]
    artifact_collection: ArtifactCollection | None
    artifact: "Artifact | None"
    key: strawberry.Private[int]

    @classmethod
    def of(
        cls, row: tables.Membership, home: ArtifactCollection, artifact: "Artifact", aliases: list[ArtifactAlias]
    ) -> Self:
        """A place, with the aliases there."""
        return cls(
            id=strawberry.ID(membership_id(row.id)),
            version_index=row.version_index,
            created_at=row.created_at,
            aliases=aliases,
            artifact_collection=home,
            artifact=artifact,
            key=row.id,
        )

    @strawberry.field
    async def files(
        self, info: Info, names: list[str] | None = None, after: str | None = None, first: int | None = None
    ) -> FileConnection | None:
        """The version's files."""
        return None if self.artifact is None else await FileConnection.of(info, self.artifact.row, names, after, first)


ArtifactCreator: TypeAlias = Annotated[Run | User, strawberry.union("ArtifactCreator")]


@strawberry.type
class Artifact:
    """One version."""

    id: strawberry.ID
    artifact_sequence: ArtifactSequence
    aliases: list[ArtifactAlias] | None
    tags: list[Tag]
    row: strawberry.Private[tables.Artifact]
    version_index: int | None

    @classmethod
    def of(
        cls,
        row: tables.Artifact,
        home: ArtifactSequence,
        number: int | None,
        aliases: list[ArtifactAlias],
        tags: list[Tag],
    ) -> Self:
        """A version with its number in its sequence (null while it is pending) and its aliases everywhere.

        To who may not see the sequence, a registry's collection that has it stands in its place, without a project.
        """
        id = strawberry.ID(artifact_id(row.id))
        return cls(id=id, artifact_sequence=home, aliases=aliases, tags=tags, row=row, version_index=number)

    @strawberry.field
    def artifact_type(self) -> ArtifactType:
        """Its type."""
        return type_of(self.artifact_sequence.row)

    @strawberry.field
    def description(self) -> str | None:
        """What is said of it."""
        return self.row.description

    @strawberry.field
    def metadata(self) -> JSONString | None:
        """What is kept with it."""
        return JSONString(orjson.dumps(self.row.metadata_).decode())

    @strawberry.field
    def ttl_duration_seconds(self) -> Int64:
        """How long it is kept; below zero for ever."""
        return Int64(self.row.ttl_seconds or DISABLED)

    @strawberry.field
    def ttl_is_inherited(self) -> bool:
        """Whether nobody said how long it is kept."""
        return self.row.ttl_seconds is None

    @strawberry.field
    def history_step(self) -> Int64 | None:
        """The step of its run at which it was logged."""
        return None if self.row.history_step is None else Int64(self.row.history_step)

    @strawberry.field
    def state(self) -> ArtifactState:
        """How far it has come."""
        return ArtifactState(self.row.state.value)

    @strawberry.field
    def size(self) -> Int64:
        """The bytes of its files."""
        return Int64(self.row.size)

    @strawberry.field
    def digest(self) -> str:
        """Its digest, in hex."""
        return self.row.digest.rpartition(":")[2]

    @strawberry.field
    def digest_algorithm(self) -> ArtifactDigestAlgorithm | None:
        """What its files are known by."""
        return ArtifactDigestAlgorithm.MANIFEST_MD5

    @strawberry.field
    def commit_hash(self) -> str | None:
        """Another name for its digest."""
        return self.row.digest.rpartition(":")[2]

    @strawberry.field
    def file_count(self) -> Int64:
        """How many files it has."""
        return Int64(self.row.file_count)

    @strawberry.field
    def created_at(self) -> datetime:
        """When it was logged."""
        return self.row.created_at

    @strawberry.field
    def updated_at(self) -> datetime | None:
        """When it was last edited."""
        return self.row.updated_at

    @strawberry.field
    async def current_manifest(self, info: Info) -> ArtifactManifest | None:
        """The list of its files."""
        return await ArtifactManifest.current(info, self.row)

    @strawberry.field
    async def created_by(self, info: Info) -> ArtifactCreator | None:
        """The run that logged it first, or who logged it without a run."""
        return await read(info, lambda session: loading.creator(session, self.row))

    @strawberry.field
    async def used_by(self, info: Info) -> RunConnection | None:
        """The runs that used it."""
        return await read(info, lambda session: loading.users(session, self.row.id))

    @strawberry.field
    async def artifact_memberships(
        self, info: Info, after: str | None = None, first: int | None = None
    ) -> ArtifactCollectionMembershipConnection | None:
        """Its places, that in its own sequence first."""
        listing = listings.memberships(self.row.id)
        return await read(info, lambda session: loading.membership_page(session, listing, first, after, None))

    @strawberry.field
    async def files(
        self, info: Info, names: list[str] | None = None, after: str | None = None, first: int | None = None
    ) -> FileConnection | None:
        """Its files."""
        return await FileConnection.of(info, self.row, names, after, first)

    @strawberry.field
    async def files_by_manifest_entries(
        self,
        info: Info,
        storage_layout: str,
        manifest_version: str,
        entries: list[ManifestEntryInput] | None = None,
        storage_region: str | None = None,
    ) -> FileConnection | None:
        """Those of its files that are named."""
        return await FileConnection.of(info, self.row, [entry.name for entry in entries or ()], None, None)
