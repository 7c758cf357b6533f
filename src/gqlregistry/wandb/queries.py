"""Where the client's questions about artifacts begin."""

from typing import Annotated

import strawberry

from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import drafts
from gqlregistry.wandb import loading
from gqlregistry.wandb.objects import Artifact, ArtifactCollection
from gqlregistry.wandb.work import Info, read

_artifact_id, _collection_id = encode_id("Artifact"), encode_id("ArtifactCollection")


@strawberry.type
class ClientIDMapping:
    """The id of what a client has named itself."""

    server_id: strawberry.ID = strawberry.field(name="serverID")


async def _client_id_mapping(
    info: Info, client_id: Annotated[strawberry.ID, strawberry.argument(name="clientID")]
) -> ClientIDMapping | None:
    """The id of a version or a collection that the client has named itself."""
    handle = await read(info, lambda session: drafts.seen_by_handle(session, client_id))
    if handle is None:
        return None
    if handle.artifact_id is not None:
        return ClientIDMapping(server_id=strawberry.ID(_artifact_id(handle.artifact_id)))
    return ClientIDMapping(server_id=strawberry.ID(_collection_id(handle.collection_id or 0)))


@strawberry.type
class ArtifactQuery:
    """The part of the queries that is about artifacts."""

    @strawberry.field
    async def artifact(self, info: Info, id: strawberry.ID) -> Artifact | None:
        """A version by id."""
        key = decode_id(id, "Artifact")[1]
        return await read(info, lambda session: loading.artifact(session, key))

    @strawberry.field
    async def artifact_collection(self, info: Info, id: strawberry.ID) -> ArtifactCollection | None:
        """A collection by id."""
        key = decode_id(id, "ArtifactCollection")[1]
        return await read(info, lambda session: loading.collection(session, key))

    client_id_mapping: ClientIDMapping | None = strawberry.field(resolver=_client_id_mapping, name="clientIDMapping")
