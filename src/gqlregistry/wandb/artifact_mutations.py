"""What the client does with artifacts: log, use, edit, delete."""

from typing import Any

import orjson
import strawberry

from gqlregistry.errors import BadInput, NotFound
from gqlregistry.plan.relay import decode_id
from gqlregistry.registry import aliases, artifacts, collections, deletion, drafts, lookups, memberships, tags
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import member_of
from gqlregistry.registry.names import ProjectName, quoted
from gqlregistry.wandb import loading
from gqlregistry.wandb.labels import ArtifactDigestAlgorithm
from gqlregistry.wandb.objects import DISABLED, INHERITED, Artifact
from gqlregistry.wandb.payloads import Success
from gqlregistry.wandb.places import require_collection
from gqlregistry.wandb.scalars import Int64, JSONString
from gqlregistry.wandb.work import Info, change, place_of, read, run_of

REGIONS = (None, "", "default", "minio-local")
"""What the client may call the one place where bytes are stored here."""


@strawberry.input
class ArtifactAliasInput:
    """An alias to set."""

    alias: str
    artifact_collection_name: str


@strawberry.input
class ArtifactCollectionAliasInput:
    """An alias in a collection that is told with its place."""

    alias: str
    artifact_collection_name: str
    entity_name: str
    project_name: str


@strawberry.input
class TagInput:
    """A tag."""

    tag_name: str
    tag_category_name: str | None = None
    attributes: JSONString | None = None


@strawberry.input
class CreateArtifactInput:
    """A version to log."""

    entity_name: str
    project_name: str
    artifact_type_name: str
    digest: str
    artifact_collection_name: str | None = None
    artifact_collection_names: list[str] | None = None
    run_name: str | None = None
    digest_algorithm: ArtifactDigestAlgorithm | None = None
    description: str | None = None
    aliases: list[ArtifactAliasInput] | None = None
    tags: list[TagInput] | None = None
    metadata: JSONString | None = None
    labels: JSONString | None = None
    ttl_duration_seconds: Int64 | None = None
    history_step: Int64 | None = None
    enable_digest_deduplication: bool | None = None
    distributed_id: str | None = strawberry.field(name="distributedID", default=None)
    client_id: strawberry.ID | None = strawberry.field(name="clientID", default=None)
    sequence_client_id: strawberry.ID | None = strawberry.field(name="sequenceClientID", default=None)
    storage_region: str | None = None
    client_mutation_id: str | None = None


@strawberry.input
class UseArtifactInput:
    """A version that a run uses."""

    entity_name: str
    project_name: str
    run_name: str
    artifact_id: strawberry.ID = strawberry.field(name="artifactID")
    used_as: str | None = None
    artifact_entity_name: str | None = None
    artifact_project_name: str | None = None
    client_mutation_id: str | None = None


@strawberry.input
class UpdateArtifactInput:
    """New words on a version."""

    artifact_id: strawberry.ID = strawberry.field(name="artifactID")
    description: str | None = strawberry.UNSET
    metadata: JSONString | None = strawberry.UNSET
    labels: JSONString | None = None
    ttl_duration_seconds: Int64 | None = None
    tags_to_add: list[TagInput] | None = None
    tags_to_delete: list[TagInput] | None = None
    aliases: list[ArtifactAliasInput] | None = None
    client_mutation_id: str | None = None


@strawberry.input
class DeleteArtifactInput:
    """A version to delete."""

    artifact_id: strawberry.ID = strawberry.field(name="artifactID")
    delete_aliases: bool | None = None
    client_mutation_id: str | None = None


@strawberry.input
class AliasesInput:
    """Aliases of a version."""

    artifact_id: strawberry.ID = strawberry.field(name="artifactID")
    aliases: list[ArtifactCollectionAliasInput]
    client_mutation_id: str | None = None


@strawberry.input
class AddAliasesInput(AliasesInput):
    """Aliases to set on a version."""


@strawberry.input
class DeleteAliasesInput(AliasesInput):
    """Aliases to take from a version."""


@strawberry.type
class CreateArtifactPayload:
    """The version that is logged."""

    artifact: Artifact


@strawberry.type
class ArtifactPayload:
    """The version that was changed."""

    artifact: Artifact | None


@strawberry.type
class ArtifactMutation:
    """The part of the mutations that is about artifacts."""

    @strawberry.mutation
    async def create_artifact(self, info: Info, input: CreateArtifactInput) -> CreateArtifactPayload:
        """Begin to log a version, or be told that its content is there."""
        names = input.artifact_collection_names or []
        collection = input.artifact_collection_name or (names[0] if names else None)
        if collection is None:
            raise BadInput("the collection to log into is not named", "artifactCollectionName")
        if input.storage_region not in REGIONS:
            raise BadInput(f"there is no storage region {quoted(input.storage_region or '')}", "storageRegion")
        if input.digest_algorithm is ArtifactDigestAlgorithm.MANIFEST_XXH128:
            raise BadInput("versions are known by MD5 here, not by XXH128", "digestAlgorithm")
        place = await place_of(info, input.entity_name, input.project_name)
        run = f"{place.entity}/{place.project}/{input.run_name}" if input.run_name else None
        logged = await change(
            info,
            drafts.begin,
            run,
            collection,
            input.artifact_type_name,
            f"md5:{input.digest}",
            handle=input.client_id,
            collection_handle=input.sequence_client_id,
            shared_by=input.distributed_id,
            within=place,
            aliases=[each.alias for each in input.aliases or ()],
            tags=[each.tag_name for each in input.tags or ()],
            description=input.description,
            metadata=_object(input.metadata),
            ttl_seconds=_ttl(input.ttl_duration_seconds),
            history_step=input.history_step,
        )
        return CreateArtifactPayload(artifact=await _artifact(info, logged.artifact.id))

    @strawberry.mutation
    async def use_artifact(self, info: Info, input: UseArtifactInput) -> ArtifactPayload | None:
        """Record that a run used a version."""
        place = None
        if input.artifact_entity_name and input.artifact_project_name:
            place = ProjectName(input.artifact_entity_name, input.artifact_project_name)
        run = await run_of(info, input.entity_name, input.project_name, input.run_name)
        key = await _key(info, input.artifact_id)
        used = await change(info, lookups.use_artifact, info.context.caller, run, key, _told_name(input.used_as), place)
        return ArtifactPayload(artifact=await _artifact(info, used.artifact.id))

    @strawberry.mutation
    async def update_artifact(self, info: Info, input: UpdateArtifactInput) -> ArtifactPayload | None:
        """Change what is said of a version."""
        key = await _key(info, input.artifact_id)
        await change(info, _update, key, input)
        return ArtifactPayload(artifact=await _artifact(info, key))

    @strawberry.mutation
    async def delete_artifact(self, info: Info, input: DeleteArtifactInput) -> ArtifactPayload | None:
        """Delete a version, with its aliases only if that is asked for."""
        key = await _key(info, input.artifact_id)
        before = await _artifact(info, key)
        await change(info, deletion.delete_artifact, key, bool(input.delete_aliases))
        return ArtifactPayload(artifact=before)

    @strawberry.mutation
    async def add_aliases(self, info: Info, input: AddAliasesInput) -> Success | None:
        """Set aliases on a version."""
        await change(info, _set_aliases, await _key(info, input.artifact_id), input.aliases)
        return Success(success=True)

    @strawberry.mutation
    async def delete_aliases(self, info: Info, input: DeleteAliasesInput) -> Success | None:
        """Take aliases from a version."""
        await change(info, _remove_aliases, await _key(info, input.artifact_id), input.aliases)
        return Success(success=True)


def _update(change: Change, artifact: int, input: UpdateArtifactInput) -> None:
    said: dict[str, Any] = {}
    if input.description is not strawberry.UNSET:
        said["description"] = input.description
    if input.metadata is not strawberry.UNSET and input.metadata is not None:
        said["metadata"] = _object(input.metadata)
    if input.ttl_duration_seconds is not None:
        said["ttl_seconds"] = _ttl(input.ttl_duration_seconds)
    artifacts.update_artifact(change, artifact, **said)
    for tag in input.tags_to_add or ():
        tags.tag_artifact(change, artifact, tag.tag_name)
    for tag in input.tags_to_delete or ():
        tags.untag_artifact(change, artifact, tag.tag_name)


def _set_aliases(change: Change, artifact: int, asked: list[ArtifactCollectionAliasInput]) -> None:
    for each in asked:
        home, held = _held(change, artifact, each)
        if each.alias not in held:
            aliases.set_alias(change, home, artifact, each.alias)


def _remove_aliases(change: Change, artifact: int, asked: list[ArtifactCollectionAliasInput]) -> None:
    for each in asked:
        home, held = _held(change, artifact, each)
        if each.alias in held:
            aliases.remove_alias(change, home, each.alias)


def _held(change: Change, artifact: int, named: ArtifactCollectionAliasInput) -> tuple[int, set[str]]:
    """The collection that is named, locked, and the aliases that the version has there."""
    key = require_collection(change.session, named.entity_name, named.project_name, named.artifact_collection_name)
    member = member_of(change.session, collections.locked(change, key), artifact)
    return key, set() if member is None else {alias.name for alias in memberships.aliases_of(change, [member])}


def _told_name(used_as: str | None) -> str | None:
    """The alias or version that an older client says a run asked by; what has no colon is a role in the run."""
    return (used_as or "").partition(":")[2] or None


async def _key(info: Info, id: str) -> int:
    """The key of the version that an id means, also that of a draft that came to another."""
    key = decode_id(id, "Artifact", field="artifactID")[1]
    return await read(info, lambda session: drafts.meant_by(session, key))


async def _artifact(info: Info, key: int) -> Artifact:
    found = await read(info, lambda session: loading.artifact(session, key))
    if found is None:
        raise NotFound("no such artifact", "artifactID")
    return found


def _object(text: str | None) -> dict[str, Any]:
    try:
        found = orjson.loads(text) if text else {}
    except orjson.JSONDecodeError as error:
        raise BadInput(f"the metadata are not JSON: {error}", "metadata") from None
    if not isinstance(found, dict):
        raise BadInput("the metadata must be an object", "metadata")
    return found


def _ttl(seconds: int | None) -> int | None:
    return {None: None, INHERITED: None, DISABLED: 0}.get(seconds, seconds)
