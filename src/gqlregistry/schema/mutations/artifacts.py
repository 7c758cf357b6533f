"""Mutations on artifact versions: log, commit, edit, delete, tag."""

from dataclasses import dataclass
from typing import Any

import strawberry

from gqlregistry.errors import BadInput
from gqlregistry.plan.readers import Column, Embedded, One
from gqlregistry.plan.relay import decode_id, reads
from gqlregistry.plan.shape import Record
from gqlregistry.registry import artifacts, deletion, tags
from gqlregistry.registry.artifacts import Logged
from gqlregistry.registry.files import File
from gqlregistry.schema.artifact import Artifact
from gqlregistry.schema.collection import Collection
from gqlregistry.schema.context import Context, Links
from gqlregistry.schema.payload import Payload, given, key, mutation, or_none, perform
from gqlregistry.schema.refs import ArtifactRef, CollectionRef, RunRef, ref
from gqlregistry.schema.scalars import Int64, Json


@strawberry.input(description="A file of a version to log.")
class FileInput:
    """A file."""

    path: str = strawberry.field(description="Where it stands in the artifact, such as `images/cat.jpg`.")
    digest: str | None = strawberry.field(
        default=None,
        description="`sha256:<hex>` or `md5:<hex>` of its bytes. A reference needs none; an ETag will do.",
    )
    size: Int64 = strawberry.field(default=Int64(0), description="How many bytes it has.")
    reference: str | None = strawberry.field(
        default=None, description="Where its bytes are (`s3://…`, `https://…`), if they are not to be kept here."
    )


@strawberry.input(description="A version to log.")
class LogArtifactInput:
    """What is logged, where to, and by which run."""

    collection: CollectionRef = strawberry.field(
        description="The collection that it is logged to, made if it is new; a name without a slash is one of the "
        "run's project."
    )
    type: str = strawberry.field(description="Its type, such as `dataset`; the same for all of a collection.")
    run: RunRef | None = strawberry.field(default=None, description="The run that made it.")
    files: list[FileInput] = strawberry.field(default_factory=list, description="All its files.")
    digest: str | None = strawberry.field(
        default=None,
        description="`sha256:<hex>` or `md5:<hex>` of its content. Computed from its files, if not given.",
    )
    aliases: list[str] = strawberry.field(
        default_factory=list, description="Aliases to put on it in its collection; `latest` comes by itself."
    )
    tags: list[str] = strawberry.field(default_factory=list, description="Its labels.")
    description: str | None = strawberry.field(default=None, description="What to say of it.")
    metadata: Json | None = strawberry.field(default=None, description="What to keep with it: an object.")
    idempotency_key: str | None = strawberry.field(
        default=None, description="Your own name for this attempt: with the same one you get the same artifact."
    )


@strawberry.input(description="A version whose bytes have all been put.")
class CommitArtifactInput:
    """Which version."""

    artifact: strawberry.ID = strawberry.field(description="The id that `logArtifact` answered.")


@strawberry.input(description="Changes to what is said of a version. Its content can't be changed.")
class UpdateArtifactInput:
    """New words on a version."""

    artifact: ArtifactRef = strawberry.field(description="Which version.")
    description: str | None = strawberry.field(
        default=strawberry.UNSET, description="The new description; left as it is if not given."
    )
    metadata: Json | None = strawberry.field(
        default=strawberry.UNSET, description="The whole new metadata; left as they are if not given."
    )


@strawberry.input(description="A version to delete.")
class DeleteArtifactInput:
    """Which version, and why."""

    artifact: ArtifactRef = strawberry.field(description="Which version.")
    delete_aliases: bool = strawberry.field(
        default=False, description="Delete it even though it has aliases other than `latest`."
    )
    reason: str | None = strawberry.field(default=None, description="Why, for the action history.")


@strawberry.input(description="A tag, and what it is put on or taken off: a version or a collection.")
class TagInput:
    """What to label."""

    tag: str = strawberry.field(description="The tag.")
    artifact: ArtifactRef | None = strawberry.field(default=None, description="The version, if it is one.")
    collection: CollectionRef | None = strawberry.field(default=None, description="The collection, if it is one.")


@strawberry.type(description="The version that was changed.")
class ArtifactPayload(Payload):
    """Answers the mutations on an artifact version."""

    artifact: Artifact | None = reads(One("value", Artifact), "The artifact version.")


@strawberry.type(description="Where to put the bytes of one digest.")
class Upload(Record):
    """An upload."""

    path: str = reads(Column("path"), "The first of the files with these bytes.")
    digest: str = reads(Column("digest"), "The digest that the bytes must have.")
    size: Int64 = reads(Column("size"), "How many bytes there must be.")
    url: str = reads(Column("url"), "Where to PUT the bytes: a signed address that works for a while without a key.")


@strawberry.type(description="The version that was logged, and the bytes that are still wanted.")
class LogArtifactPayload(Payload):
    """Answers `logArtifact`."""

    artifact: Artifact | None = reads(
        One("value.artifact_id", Artifact), "The version: committed if all its bytes are here, pending otherwise."
    )
    created: bool | None = reads(
        Column("value.created"), "False if the collection had this content already: then it is that version."
    )
    uploads: list[Upload] | None = reads(
        Embedded("value.uploads", Upload, many=True),
        "The bytes to PUT before `commitArtifact`, each digest once. Empty: it is committed already.",
    )


@strawberry.type(description="What was labelled.")
class TagPayload(Payload):
    """Answers `addTag` and `removeTag`."""

    artifact: Artifact | None = reads(One("value.artifact_id", Artifact), "The version, if it was one.")
    collection: Collection | None = reads(One("value.collection_id", Collection), "The collection, if it was one.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Bytes that the store lacks."""

    path: str
    digest: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class LogAnswer:
    """What the payload of `logArtifact` reads from."""

    artifact_id: int
    created: bool
    uploads: list[Wanted]


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the payload of a tag reads from."""

    artifact_id: int | None = None
    collection_id: int | None = None


async def _log_answer(logged: Logged, links: Links) -> LogAnswer:
    artifact = logged.artifact.id
    wanted = {file.digest: file for file in reversed(logged.missing)}
    uploads = [
        Wanted(file.path, file.digest, file.size, await links.upload_url(artifact, file.digest, file.size))
        for file in reversed(wanted.values())
    ]
    return LogAnswer(artifact, logged.created, uploads)


@strawberry.type
class ArtifactMutations:
    """On artifact versions."""

    @mutation(
        description="Declare an artifact as a run's output. What the collection has already (the same digest) is that "
        "version. Otherwise PUT the bytes at `uploads`, then `commitArtifact`; until then nobody sees it."
    )
    async def log_artifact(self, info: strawberry.Info[Context], input: LogArtifactInput) -> LogArtifactPayload:
        """Log a version."""
        links = info.context.links
        return await perform(
            info,
            LogArtifactPayload,
            lambda logged: _log_answer(logged, links),
            artifacts.log_artifact,
            ref(input.run, "run") if input.run else None,
            ref(input.collection, "collection"),
            input.type,
            files=[File(file.path, file.digest, file.size, file.reference) for file in input.files],
            digest=input.digest,
            aliases=input.aliases,
            tags=input.tags,
            description=input.description,
            metadata=or_none(input.metadata),
            idempotency_key=input.idempotency_key,
            commit=True,
        )

    @mutation(
        description="Make a pending version visible: all of it, with the next version number and `latest`, or nothing."
    )
    async def commit_artifact(self, info: strawberry.Info[Context], input: CommitArtifactInput) -> ArtifactPayload:
        """Commit a version."""
        artifact = decode_id(input.artifact, "Artifact", field="artifact")[1]
        await info.context.links.collect(artifact)
        return await perform(info, ArtifactPayload, key, artifacts.commit_artifact, artifact)

    @mutation(description="Edit the description or the metadata of a version.")
    async def update_artifact(self, info: strawberry.Info[Context], input: UpdateArtifactInput) -> ArtifactPayload:
        """Edit a version."""
        return await perform(
            info,
            ArtifactPayload,
            key,
            artifacts.update_artifact,
            ref(input.artifact, "artifact"),
            given(input.description),
            given(input.metadata),
        )

    @mutation(
        description="Delete a version. It goes out of all collections, and stays in every lineage as a tombstone."
    )
    async def delete_artifact(self, info: strawberry.Info[Context], input: DeleteArtifactInput) -> ArtifactPayload:
        """Delete a version."""
        return await perform(
            info,
            ArtifactPayload,
            key,
            deletion.delete_artifact,
            ref(input.artifact, "artifact"),
            input.delete_aliases,
            input.reason,
        )

    @mutation(description="Put a tag on a version or a collection. Doing it again changes nothing.")
    async def add_tag(self, info: strawberry.Info[Context], input: TagInput) -> TagPayload:
        """Label something."""
        return await _tag(info, input, tags.tag_artifact, tags.tag_collection)

    @mutation(description="Take a tag off a version or a collection. Doing it again changes nothing.")
    async def remove_tag(self, info: strawberry.Info[Context], input: TagInput) -> TagPayload:
        """Take a label off something."""
        return await _tag(info, input, tags.untag_artifact, tags.untag_collection)


async def _tag(info: strawberry.Info[Context], input: TagInput, of_artifact: Any, of_collection: Any) -> TagPayload:
    match input.artifact, input.collection:
        case ArtifactRef() as artifact, None:
            about = ref(artifact, "artifact")
            return await perform(info, TagPayload, lambda row: Tagged(row.id), of_artifact, about, input.tag)
        case None, CollectionRef() as collection:
            about = ref(collection, "collection")
            return await perform(info, TagPayload, lambda row: Tagged(None, row.id), of_collection, about, input.tag)
    raise BadInput("name either an artifact or a collection", "artifact")
