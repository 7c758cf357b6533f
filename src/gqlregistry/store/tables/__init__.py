"""What is kept, a module a subject. DESIGN: integer keys inside, opaque global ids outside."""

from gqlregistry.store.tables.artifacts import (
    Alias,
    Artifact,
    ArtifactFile,
    ArtifactState,
    ArtifactTag,
    Blob,
    Membership,
    Transit,
)
from gqlregistry.store.tables.base import Key, Table, instant_text
from gqlregistry.store.tables.drafts import Handle, Lookup, Manifest, ManifestKind
from gqlregistry.store.tables.events import COMMON_CHAIN, ActionEvent, EventChain, EventKind
from gqlregistry.store.tables.lineage import Run, RunInput, RunOutput, RunState
from gqlregistry.store.tables.people import ApiKey, Entity, EntityKind, KeyScope, Member, Organization, Role, Subject
from gqlregistry.store.tables.places import (
    Collection,
    CollectionKind,
    CollectionTag,
    FormerName,
    Project,
    Registry,
    Visibility,
)
from gqlregistry.store.tables.search import is_search_table
from gqlregistry.store.tables.streams import RunFile, RunLine, Stream
from gqlregistry.store.tables.webhooks import DeliveryState, Webhook, WebhookAttempt, WebhookDelivery

__all__ = [
    "COMMON_CHAIN",
    "ActionEvent",
    "Alias",
    "ApiKey",
    "Artifact",
    "ArtifactFile",
    "ArtifactState",
    "ArtifactTag",
    "Blob",
    "Collection",
    "CollectionKind",
    "CollectionTag",
    "DeliveryState",
    "Entity",
    "EntityKind",
    "EventChain",
    "EventKind",
    "FormerName",
    "Handle",
    "Key",
    "KeyScope",
    "Lookup",
    "Manifest",
    "ManifestKind",
    "Member",
    "Membership",
    "Organization",
    "Project",
    "Registry",
    "Role",
    "Run",
    "RunFile",
    "RunInput",
    "RunLine",
    "RunOutput",
    "RunState",
    "Stream",
    "Subject",
    "Table",
    "Transit",
    "Visibility",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "instant_text",
    "is_search_table",
]
