"""Where the client's questions begin."""

from typing import Annotated

import strawberry
from sqlmodel import Session

from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import drafts
from gqlregistry.wandb import loading
from gqlregistry.wandb.objects import Artifact, ArtifactCollection
from gqlregistry.wandb.people import Entity, Organization, User, entity_named, organization_named
from gqlregistry.wandb.places import place_named
from gqlregistry.wandb.project import Project
from gqlregistry.wandb.work import Info, read

_artifact_id, _collection_id = encode_id("Artifact"), encode_id("ArtifactCollection")

FEATURES = (
    "LARGE_FILENAMES",
    "ARTIFACT_TAGS",
    "CLIENT_IDS",
    "ARTIFACT_REGISTRY_SEARCH",
    "STRUCTURED_CONSOLE_LOGS",
    "ARTIFACT_COLLECTION_MEMBERSHIP_FILES",
    "ARTIFACT_COLLECTION_MEMBERSHIP_FILE_DOWNLOAD_HANDLER",
    "USE_ARTIFACT_WITH_ENTITY_AND_PROJECT_INFORMATION",
    "INCLUDE_ARTIFACT_TYPES_IN_REGISTRY_CREATION",
    "PROJECT_ARTIFACT_COLLECTION_MEMBERSHIP",
    "ARTIFACT_MEMBERSHIP_IN_LINK_ARTIFACT_RESPONSE",
    "TOTAL_COUNT_IN_FILE_CONNECTION",
    "ARTIFACT_COLLECTIONS_FILTERING_SORTING",
    "ARTIFACT_V2_DOWNLOAD_HANDLER_SUPPORTS_ARTIFACT_ID",
    "MARK_RUN_FILES_UPLOADED",
    "ARTIFACT_DIGEST_ALGORITHM",
)
"""What the client may rely on."""


@strawberry.type
class ServerFeature:
    """Something that a server may be able to do."""

    name: str
    is_enabled: bool


@strawberry.type
class ServerInfo:
    """What this server is."""

    @strawberry.field
    def features(self) -> list[ServerFeature | None] | None:
        """What it can do."""
        return [ServerFeature(name=name, is_enabled=True) for name in FEATURES]


@strawberry.type
class ClientIDMapping:
    """The id of what a client has named itself."""

    server_id: strawberry.ID = strawberry.field(name="serverID")


async def _client_id_mapping(
    info: Info, client_id: Annotated[strawberry.ID, strawberry.argument(name="clientID")]
) -> ClientIDMapping | None:
    """The id of a version or a collection that the client has named itself."""
    handle = await read(info, lambda session: drafts.by_handle(session, client_id))
    if handle is None:
        return None
    if handle.artifact_id is not None:
        return ClientIDMapping(server_id=strawberry.ID(_artifact_id(handle.artifact_id)))
    return ClientIDMapping(server_id=strawberry.ID(_collection_id(handle.collection_id or 0)))


@strawberry.type
class ArtifactQuery:
    """The part of the queries that is about artifacts and where they are."""

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

    @strawberry.field
    async def project(self, info: Info, name: str | None = None, entity_name: str | None = None) -> Project | None:
        """A project or registry by name."""
        entity = entity_name or info.context.principal.username

        def work(session: Session) -> Project | None:
            place = place_named(session, entity, name or "uncategorized")
            return None if place is None else loading.project(session, place)

        return await read(info, work)

    @strawberry.field
    async def entity(self, info: Info, name: str | None = None) -> Entity | None:
        """A namespace by name."""
        return await read(info, lambda session: entity_named(session, name, info.context.principal.user_id))

    @strawberry.field
    async def organization(self, info: Info, name: str) -> Organization | None:
        """An organization by name."""
        return await read(info, lambda session: organization_named(session, name))

    @strawberry.field
    async def viewer(self, info: Info) -> User | None:
        """Who asks."""
        return await read(info, lambda session: loading.user(session, info.context.principal.user_id))

    @strawberry.field
    def server_info(self) -> ServerInfo | None:
        """What this server is."""
        return ServerInfo()
