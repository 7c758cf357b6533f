"""Enums of the public schema: the store's own, described, and those that only the API has."""

from enum import StrEnum

import strawberry

from gqlregistry.errors import ErrorCode
from gqlregistry.store.tables import (
    ArtifactState,
    CollectionKind,
    DeliveryState,
    EventKind,
    KeyScope,
    Role,
    RunState,
    Visibility,
)

__all__ = [
    "ArtifactState",
    "CollectionKind",
    "DeliveryState",
    "ErrorCode",
    "EventKind",
    "KeyScope",
    "LineageDirection",
    "LineageSide",
    "OrderDirection",
    "Role",
    "RunState",
    "SearchKind",
    "Visibility",
    "described",
]


def described(enum: type[StrEnum], description: str, **values: str) -> None:
    """Make a GraphQL enum of the store's, with a description for each value."""
    missing = {item.name for item in enum} ^ values.keys()
    assert not missing, f"{enum.__name__} and its descriptions differ in {missing}"
    strawberry.enum(enum, description=description)
    for item in enum.__strawberry_definition__.values:  # type: ignore[attr-defined]
        item.description = values[item.name]


described(
    RunState,
    "Where an execution stands.",
    PENDING="It is planned, and has not begun.",
    RUNNING="It has not ended yet.",
    PREEMPTING="It runs, and is about to be taken off its machine.",
    FINISHED="It ended well.",
    FAILED="It ended with an error.",
    CRASHED="It was no longer heard of.",
    KILLED="It was stopped from outside.",
    PREEMPTED="It was taken off its machine before it ended.",
)
described(
    ArtifactState,
    "How far a version has come.",
    PENDING="It was declared; its files are on their way. It has no version number yet.",
    COMMITTED="It is complete and will not change.",
    DELETED="It was deleted. It stays in every lineage as a tombstone.",
)
described(
    CollectionKind,
    "How versions come into a collection.",
    SOURCE="Runs log them into it; it lies in a project.",
    REGISTRY="They are linked into it; it lies in a registry.",
)
described(
    Visibility,
    "Who may see something without being its member.",
    ORGANIZATION="Everybody in the organization.",
    RESTRICTED="Its members only.",
)
described(
    KeyScope,
    "How much of what its owner may do a key may do.",
    READ="It reads what its owner may see, and changes nothing.",
    WRITE="It does what its owner's roles allow, and does not administer the server.",
    ADMIN="It administers the server, whoever its owner is.",
)
described(
    Role,
    "What a member may do, from least to most.",
    RESTRICTED_VIEWER="See what is linked, but not where it comes from.",
    VIEWER="See everything in it.",
    MEMBER="Log, link, and move aliases that are not protected.",
    ADMIN="Everything, members and protected aliases included.",
)
described(
    EventKind,
    "What happened. New kinds may be added; none is ever renamed.",
    VERSION_ADDED="A version came into a collection: it was logged, or linked.",
    VERSION_REMOVED="A version went out of a collection: it was unlinked, or deleted.",
    ALIAS_ADDED="An alias was put on a version. `previous` is the version that it was moved from.",
    ALIAS_REMOVED="An alias was taken off a version.",
    TAG_ADDED="A tag was put on a version or a collection.",
    TAG_REMOVED="A tag was taken off a version or a collection.",
    ARTIFACT_UPDATED="The description or the metadata of a version were edited.",
    ARTIFACT_DELETED="A version was deleted.",
    COLLECTION_CREATED="A collection was made.",
    COLLECTION_UPDATED="A collection was renamed or its description edited.",
    COLLECTION_DELETED="A collection was deleted.",
    REGISTRY_CREATED="A registry was made.",
    REGISTRY_UPDATED="A registry's description, visibility, types or protected aliases were edited.",
    REGISTRY_DELETED="A registry was deleted.",
    PROJECT_CREATED="A project was made.",
    PROJECT_UPDATED="A project was edited.",
    PROJECT_DELETED="A project was deleted.",
    RUN_DELETED="A run was deleted.",
    ORGANIZATION_CREATED="An organization was made.",
    USER_CREATED="A user was made.",
    USER_DELETED="A user was deleted.",
    TEAM_CREATED="A team was made.",
    TEAM_DELETED="A team was deleted.",
    MEMBER_SET="Somebody got a role in an organization, team, project or registry.",
    MEMBER_REMOVED="Somebody lost their role in an organization, team, project or registry.",
    API_KEY_CREATED="An API key was made.",
    API_KEY_REVOKED="An API key was revoked.",
    WEBHOOK_CREATED="A webhook was made. `detail` tells its host, and never its whole URL.",
    WEBHOOK_UPDATED="A webhook was edited, turned on, or turned off: by somebody, or because it failed for long.",
    WEBHOOK_DELETED="A webhook was deleted.",
    WEBHOOK_REPLAYED="A webhook was sent back, or ahead, to a place in the log.",
)
described(
    DeliveryState,
    "How far a delivery to a webhook has come.",
    PENDING="It is to be sent, for the first time or again.",
    DELIVERED="It was answered with a status from 200 to 299.",
    FAILED="It is not sent any more: all attempts have failed, or it may not be seen any more.",
)
described(
    ErrorCode,
    "What kind of error this is. New codes may be added; none is ever renamed.",
    BAD_USER_INPUT="The input is not well formed; sending it again will not help.",
    UNAUTHENTICATED="No key, or one that is unknown, expired or revoked.",
    FORBIDDEN="You may not do this.",
    NOT_FOUND="There is nothing of that name, or nothing that you may see.",
    CONFLICT="The registry stands otherwise than the request expects.",
    GRAPHQL_PARSE_FAILED="The document is not GraphQL.",
    GRAPHQL_VALIDATION_FAILED="The document does not fit the schema.",
    QUERY_TOO_COMPLEX="The query asks for more than one request may.",
    RATE_LIMITED="Too many requests; come back later.",
    DEADLINE_EXCEEDED="The request ran out of its time.",
    UNAVAILABLE="The database or the blob store can't be reached now; try again.",
    INTERNAL="A fault of the server. Its log has more under the request's id.",
)


class OrderDirection(StrEnum):
    """Ascending or descending."""

    ASC = "ASC"
    DESC = "DESC"


described(
    OrderDirection,
    "In which direction an order goes.",
    ASC="Smallest, oldest or first first.",
    DESC="Largest, newest or last first.",
)


class LineageDirection(StrEnum):
    """From a node to its inputs, its outputs, or both."""

    UPSTREAM = "UPSTREAM"
    DOWNSTREAM = "DOWNSTREAM"
    BOTH = "BOTH"


described(
    LineageDirection,
    "Which way to follow the lineage.",
    UPSTREAM="What it was made from: inputs of inputs.",
    DOWNSTREAM="What was made from it: outputs of outputs.",
    BOTH="All that it was made from, and all that was made from it.",
)


class LineageSide(StrEnum):
    """To the origin of which of two versions something belongs."""

    FROM = "FROM"
    TO = "TO"
    BOTH = "BOTH"


described(
    LineageSide,
    "To the origin of which of two compared versions something belongs.",
    FROM="Of the first alone.",
    TO="Of the second alone.",
    BOTH="Of both.",
)


class SearchKind(StrEnum):
    """What a search may find."""

    ARTIFACT = "ARTIFACT"
    COLLECTION = "COLLECTION"
    PROJECT = "PROJECT"
    REGISTRY = "REGISTRY"
    RUN = "RUN"


described(
    SearchKind,
    "What can be searched for.",
    ARTIFACT="Artifact versions, by their description, tags and metadata; their collection has the name.",
    COLLECTION="Collections of versions, in projects and in registries.",
    PROJECT="Projects.",
    REGISTRY="Registries.",
    RUN="Runs.",
)


class LineageFormat(StrEnum):
    """How a map is written down for other programs."""

    MERMAID = "MERMAID"
    DOT = "DOT"
    SVG = "SVG"
    GRAPHML = "GRAPHML"
    CYTOSCAPE = "CYTOSCAPE"
    OPENLINEAGE = "OPENLINEAGE"
    PROV = "PROV"
    CYCLONEDX = "CYCLONEDX"


described(
    LineageFormat,
    "What other programs read a lineage map as.",
    MERMAID="A Mermaid flowchart, for Markdown pages.",
    DOT="Graphviz's DOT, to draw with `dot -Tsvg`.",
    SVG="A picture, as SVG, for pages of either brightness.",
    GRAPHML="GraphML, for yEd, Gephi or networkx.",
    CYTOSCAPE="The JSON of Cytoscape.",
    OPENLINEAGE="A list of OpenLineage run events: of each run its start and its end.",
    PROV="W3C PROV, as PROV-JSON.",
    CYCLONEDX="A bill of materials for machine learning, as CycloneDX 1.6, of the node that the map is around.",
)
