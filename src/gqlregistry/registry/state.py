"""What stands: organizations, people, places, collections and versions as plain values, from the tables."""

import hashlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from gqlregistry.store.tables import (
    ActionEvent,
    Alias,
    ApiKey,
    Artifact,
    ArtifactState,
    ArtifactTag,
    Collection,
    CollectionTag,
    Entity,
    Member,
    Membership,
    Organization,
    Project,
    Registry,
    Webhook,
    instant_text,
)

ScopeKey = tuple[str, int, int]
"""A role's place: "organization", "team", "project" or "registry", its key, and the key of the entity."""


@dataclass(slots=True)
class Person:
    """A user, a team or an organization's own name."""

    name: str
    display_name: str | None = None
    email: str | None = None
    is_admin: bool = False
    deleted: bool = False


@dataclass(slots=True)
class KeyState:
    """An API key."""

    entity_id: int
    label: str
    scope: str
    expires_at: str | None = None
    revoked: bool = False


@dataclass(slots=True)
class PlaceState:
    """A project or a registry: its name and what else is said about it."""

    name: str
    about: dict[str, Any]
    deleted: bool = False


@dataclass(slots=True)
class CollectionState:
    """A collection: its live members by number, and the number that each alias means."""

    place: tuple[int | None, int | None]
    name: str
    kind: str
    type: str
    description: str | None = None
    tags: set[str] = field(default_factory=set)
    members: dict[int, int] = field(default_factory=dict)
    aliases: dict[str, int] = field(default_factory=dict)
    deleted: bool = False


@dataclass(slots=True)
class ArtifactFacts:
    """A version that was committed once."""

    digest: str
    size: int
    file_count: int
    description: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    ttl_seconds: int | None = None
    tags: set[str] = field(default_factory=set)
    deleted: bool = False


@dataclass(slots=True)
class WebhookState:
    """A webhook: its project, registry and collection, and what else the log tells of it."""

    place: tuple[int | None, int | None, int | None]
    about: dict[str, Any]
    deleted: bool = False


@dataclass(slots=True)
class State:
    """Everything that the log is about, by key."""

    organizations: dict[int, int] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    members: dict[ScopeKey, str] = field(default_factory=dict)
    keys: dict[int, KeyState] = field(default_factory=dict)
    projects: dict[int, PlaceState] = field(default_factory=dict)
    registries: dict[int, PlaceState] = field(default_factory=dict)
    collections: dict[int, CollectionState] = field(default_factory=dict)
    artifacts: dict[int, ArtifactFacts] = field(default_factory=dict)
    webhooks: dict[int, WebhookState] = field(default_factory=dict)


def state_of(session: Session) -> State:
    """The state that the tables hold."""
    state = State()
    for organization in session.exec(select(Organization)):
        state.organizations[organization.id] = organization.entity_id
    for entity in session.exec(select(Entity)):
        state.people[entity.id] = Person(
            entity.name, entity.display_name, entity.email, entity.is_admin, entity.deleted_at is not None
        )
    for member in session.exec(select(Member)):
        state.members[scope_of(member, member.team_id, member.entity_id)] = member.role.value
    for key in session.exec(select(ApiKey)):
        expires = None if key.expires_at is None else instant_text(key.expires_at)
        state.keys[key.id] = KeyState(key.entity_id, key.label, key.scope.value, expires, key.revoked_at is not None)
    for project in session.exec(select(Project)):
        about: dict[str, Any] = {"description": project.description, "visibility": project.visibility.value}
        state.projects[project.id] = PlaceState(project.name, about, project.deleted_at is not None)
    for registry in session.exec(select(Registry)):
        about = {
            "description": registry.description,
            "visibility": registry.visibility.value,
            "artifact_types": registry.artifact_types,
            "protected_aliases": registry.protected_aliases,
        }
        state.registries[registry.id] = PlaceState(registry.name, about, registry.deleted_at is not None)
    _add_collections(session, state)
    _add_artifacts(session, state)
    for hook in session.exec(select(Webhook)):
        place = hook.project_id, hook.registry_id, hook.collection_id
        state.webhooks[hook.id] = WebhookState(place, told_of(hook), hook.deleted_at is not None)
    return state


def told_of(webhook: Webhook) -> dict[str, Any]:
    """What the log tells of a webhook. Not its URL, which may be a secret: the digest shows that it is another one."""
    return {
        "host": urlsplit(webhook.url).netloc,
        "url_digest": hashlib.sha256(webhook.url.encode()).hexdigest(),
        "kinds": webhook.kinds,
        "alias_pattern": webhook.alias_pattern,
        "tag_pattern": webhook.tag_pattern,
        "collection_pattern": webhook.collection_pattern,
        "enabled": webhook.enabled,
        "viewer_id": webhook.viewer_id,
        "secret_at": instant_text(webhook.secret_at),
    }


def _add_collections(session: Session, state: State) -> None:
    for home in session.exec(select(Collection)):
        state.collections[home.id] = CollectionState(
            (home.project_id, home.registry_id),
            home.name,
            home.kind.value,
            home.type,
            home.description,
            deleted=home.deleted_at is not None,
        )
    for tag in session.exec(select(CollectionTag)):
        state.collections[tag.collection_id].tags.add(tag.name)
    numbers: dict[int, int] = {}
    for member in session.exec(select(Membership).where(col(Membership.removed_at).is_(None))):
        state.collections[member.collection_id].members[member.version_index] = member.artifact_id
        numbers[member.id] = member.version_index
    for alias in session.exec(select(Alias)):
        state.collections[alias.collection_id].aliases[alias.name] = numbers[alias.membership_id]


def _add_artifacts(session: Session, state: State) -> None:
    for artifact in session.exec(select(Artifact).where(Artifact.state != ArtifactState.PENDING)):
        state.artifacts[artifact.id] = ArtifactFacts(
            artifact.digest,
            artifact.size,
            artifact.file_count,
            artifact.description,
            artifact.metadata_,
            artifact.ttl_seconds,
            deleted=artifact.state is ArtifactState.DELETED,
        )
    for tag in session.exec(select(ArtifactTag)):
        if tag.artifact_id in state.artifacts:
            state.artifacts[tag.artifact_id].tags.add(tag.name)


def scope_of(where: ActionEvent | Member, team_id: int | None, entity_id: int) -> ScopeKey:
    """Where a role holds, and whose it is."""
    places = {
        "organization": where.organization_id,
        "team": team_id,
        "project": where.project_id,
        "registry": where.registry_id,
    }
    return next((place, key, entity_id) for place, key in places.items() if key is not None)
