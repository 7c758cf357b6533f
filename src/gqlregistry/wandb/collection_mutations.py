"""What the client changes of collections: their names, words, types and tags; and that they go."""

import strawberry

from gqlregistry.plan.relay import decode_id
from gqlregistry.registry import collections, deletion, tags
from gqlregistry.registry.change import Change
from gqlregistry.registry.values import UNSET
from gqlregistry.wandb import loading
from gqlregistry.wandb.artifact_mutations import TagInput
from gqlregistry.wandb.labels import Tag
from gqlregistry.wandb.objects import ArtifactCollection
from gqlregistry.wandb.payloads import Success
from gqlregistry.wandb.places import require_collection
from gqlregistry.wandb.work import Info, change, read


@strawberry.input
class UpdateArtifactSequenceInput:
    """New words on a project's collection."""

    artifact_sequence_id: strawberry.ID = strawberry.field(name="artifactSequenceID")
    name: str | None = None
    description: str | None = strawberry.UNSET
    client_mutation_id: str | None = None


@strawberry.input
class UpdateArtifactPortfolioInput:
    """New words on a registry's collection."""

    artifact_portfolio_id: strawberry.ID = strawberry.field(name="artifactPortfolioID")
    name: str | None = None
    description: str | None = strawberry.UNSET
    client_mutation_id: str | None = None


@strawberry.input
class MoveArtifactSequenceInput:
    """Another type for a collection."""

    artifact_sequence_id: strawberry.ID = strawberry.field(name="artifactSequenceID")
    destination_artifact_type_name: str
    client_mutation_id: str | None = None


@strawberry.input
class DeleteArtifactSequenceInput:
    """A project's collection to delete."""

    artifact_sequence_id: strawberry.ID = strawberry.field(name="artifactSequenceID")


@strawberry.input
class DeleteArtifactPortfolioInput:
    """A registry's collection to delete."""

    artifact_portfolio_id: strawberry.ID = strawberry.field(name="artifactPortfolioID")


@strawberry.input
class CollectionTagsInput:
    """Tags of a collection."""

    entity_name: str
    project_name: str
    artifact_collection_name: str
    tags: list[TagInput]
    client_mutation_id: str | None = strawberry.field(name="clientMutationID", default=None)


@strawberry.input
class CreateArtifactCollectionTagAssignmentsInput(CollectionTagsInput):
    """Tags to put on a collection."""


@strawberry.input
class DeleteArtifactCollectionTagAssignmentsInput(CollectionTagsInput):
    """Tags to take from a collection."""


@strawberry.type
class ArtifactCollectionPayload:
    """The collection that was changed."""

    artifact_collection: ArtifactCollection | None


@strawberry.type
class TagsPayload:
    """The tags that were put."""

    tags: list[Tag]


@strawberry.type
class CollectionMutation:
    """The part of the mutations that is about collections."""

    @strawberry.mutation
    async def update_artifact_sequence(
        self, info: Info, input: UpdateArtifactSequenceInput
    ) -> ArtifactCollectionPayload | None:
        """Rename or describe a project's collection."""
        return await _update(info, input.artifact_sequence_id, input.name, input.description)

    @strawberry.mutation
    async def update_artifact_portfolio(
        self, info: Info, input: UpdateArtifactPortfolioInput
    ) -> ArtifactCollectionPayload | None:
        """Rename or describe a registry's collection."""
        return await _update(info, input.artifact_portfolio_id, input.name, input.description)

    @strawberry.mutation
    async def move_artifact_sequence(
        self, info: Info, input: MoveArtifactSequenceInput
    ) -> ArtifactCollectionPayload | None:
        """Give a collection and its versions another type."""
        key = _key(input.artifact_sequence_id)
        await change(info, collections.update_collection, key, type=input.destination_artifact_type_name)
        return await _payload(info, key)

    @strawberry.mutation
    async def delete_artifact_sequence(
        self, info: Info, input: DeleteArtifactSequenceInput
    ) -> ArtifactCollectionPayload | None:
        """Delete a project's collection with its versions."""
        return await _delete(info, input.artifact_sequence_id)

    @strawberry.mutation
    async def delete_artifact_portfolio(
        self, info: Info, input: DeleteArtifactPortfolioInput
    ) -> ArtifactCollectionPayload | None:
        """Delete a registry's collection with its links."""
        return await _delete(info, input.artifact_portfolio_id)

    @strawberry.mutation
    async def create_artifact_collection_tag_assignments(
        self, info: Info, input: CreateArtifactCollectionTagAssignmentsInput
    ) -> TagsPayload | None:
        """Put tags on a collection."""
        await change(info, _tag, input)
        return TagsPayload(tags=[Tag.of(tag.tag_name) for tag in input.tags])

    @strawberry.mutation
    async def delete_artifact_collection_tag_assignments(
        self, info: Info, input: DeleteArtifactCollectionTagAssignmentsInput
    ) -> Success | None:
        """Take tags from a collection."""
        await change(info, _untag, input)
        return Success(success=True)


async def _update(info: Info, id: str, name: str | None, description: str | None) -> ArtifactCollectionPayload:
    key = _key(id)
    await change(
        info,
        collections.update_collection,
        key,
        UNSET if name is None else name,
        UNSET if description is strawberry.UNSET else description,
    )
    return await _payload(info, key)


async def _delete(info: Info, id: str) -> ArtifactCollectionPayload:
    key = _key(id)
    await change(info, deletion.delete_collection, key)
    return await _payload(info, key)


async def _payload(info: Info, key: int) -> ArtifactCollectionPayload:
    found = await read(info, lambda session: loading.collection(session, key))
    return ArtifactCollectionPayload(artifact_collection=found)


def _tag(change: Change, input: CollectionTagsInput) -> None:
    key = _named(change, input)
    for tag in input.tags:
        tags.tag_collection(change, key, tag.tag_name)


def _untag(change: Change, input: CollectionTagsInput) -> None:
    key = _named(change, input)
    for tag in input.tags:
        tags.untag_collection(change, key, tag.tag_name)


def _named(change: Change, input: CollectionTagsInput) -> int:
    return require_collection(change.session, input.entity_name, input.project_name, input.artifact_collection_name)


def _key(id: str) -> int:
    return decode_id(id, "ArtifactCollection", field="id")[1]
