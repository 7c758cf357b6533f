"""What this server is and can do."""

import strawberry

from gqlregistry import __version__
from gqlregistry.wandb.scalars import Json

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

CLIENTS = {"min_cli_version": "0.19.0", "max_cli_version": "0.31.0"}
"""The clients that are tested."""


@strawberry.type
class ServerFeature:
    """Something that a server may be able to do."""

    name: str
    is_enabled: bool


@strawberry.type
class LatestLocalVersionInfo:
    """Whether there is a newer server: nobody asks elsewhere."""

    out_of_date: bool | None = False
    latest_version_string: str | None = __version__
    version_on_this_instance_string: str | None = __version__


@strawberry.type
class ServerInfo:
    """What this server is."""

    @strawberry.field
    def features(self) -> list[ServerFeature | None] | None:
        """What it can do."""
        return [ServerFeature(name=name, is_enabled=True) for name in FEATURES]

    @strawberry.field
    def cli_version_info(self) -> Json | None:
        """Which clients it is for."""
        return Json(CLIENTS)

    @strawberry.field
    def latest_local_version_info(self) -> LatestLocalVersionInfo | None:
        """Which version it is."""
        return LatestLocalVersionInfo()


@strawberry.type
class ServerQuery:
    """The part of the queries that is about the server."""

    @strawberry.field
    def server_info(self) -> ServerInfo | None:
        """What this server is."""
        return ServerInfo()
