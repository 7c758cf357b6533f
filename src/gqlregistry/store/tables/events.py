"""The append-only log. No code path updates or deletes a row of it, and the database refuses who tries."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Connection, Index, event, inspect
from sqlmodel import Field

from gqlregistry.store.tables.base import Key, Table, choice, instant, json_text, key, reference
from gqlregistry.store.tables.people import Role


class EventKind(StrEnum):
    """What happened. Kinds are part of the API: new ones may be added, none is ever renamed."""

    VERSION_ADDED = "VERSION_ADDED"
    VERSION_REMOVED = "VERSION_REMOVED"
    ALIAS_ADDED = "ALIAS_ADDED"
    ALIAS_REMOVED = "ALIAS_REMOVED"
    TAG_ADDED = "TAG_ADDED"
    TAG_REMOVED = "TAG_REMOVED"
    ARTIFACT_UPDATED = "ARTIFACT_UPDATED"
    ARTIFACT_DELETED = "ARTIFACT_DELETED"
    COLLECTION_CREATED = "COLLECTION_CREATED"
    COLLECTION_UPDATED = "COLLECTION_UPDATED"
    COLLECTION_DELETED = "COLLECTION_DELETED"
    REGISTRY_CREATED = "REGISTRY_CREATED"
    REGISTRY_UPDATED = "REGISTRY_UPDATED"
    REGISTRY_DELETED = "REGISTRY_DELETED"
    PROJECT_CREATED = "PROJECT_CREATED"
    PROJECT_UPDATED = "PROJECT_UPDATED"
    PROJECT_DELETED = "PROJECT_DELETED"
    RUN_DELETED = "RUN_DELETED"
    ORGANIZATION_CREATED = "ORGANIZATION_CREATED"
    USER_CREATED = "USER_CREATED"
    USER_DELETED = "USER_DELETED"
    TEAM_CREATED = "TEAM_CREATED"
    TEAM_DELETED = "TEAM_DELETED"
    MEMBER_SET = "MEMBER_SET"
    MEMBER_REMOVED = "MEMBER_REMOVED"
    API_KEY_CREATED = "API_KEY_CREATED"
    API_KEY_REVOKED = "API_KEY_REVOKED"
    WEBHOOK_CREATED = "WEBHOOK_CREATED"
    WEBHOOK_UPDATED = "WEBHOOK_UPDATED"
    WEBHOOK_DELETED = "WEBHOOK_DELETED"
    WEBHOOK_REPLAYED = "WEBHOOK_REPLAYED"


class ActionEvent(Table, table=True):
    """One line of the log: who did what to what, when and why.

    `version_index` is the artifact's number in `collection` at that moment, `previous_id` and
    `previous_version_index` what the alias pointed at before. `detail` holds what else the kind needs to be
    folded (see `registry.fold`). `hash` chains the events of one collection, and those of none, in order of id.
    """

    id: int = key()
    kind: EventKind = choice(EventKind)
    created_at: datetime = instant()
    actor_id: int = reference("entity.id")
    organization_id: int | None = reference("organization.id", default=None, nullable=True)
    project_id: int | None = reference("project.id", default=None, nullable=True)
    registry_id: int | None = reference("registry.id", default=None, nullable=True)
    collection_id: int | None = reference("collection.id", default=None, nullable=True)
    artifact_id: int | None = reference("artifact.id", default=None, nullable=True)
    version_index: int | None = None
    alias: str | None = None
    previous_id: int | None = reference("artifact.id", default=None, nullable=True)
    previous_version_index: int | None = None
    run_id: int | None = reference("run.id", default=None, nullable=True)
    subject_id: int | None = reference("entity.id", default=None, nullable=True)
    role: Role | None = choice(Role, default=None, nullable=True)
    tag: str | None = None
    detail: dict[str, Any] = json_text(default_factory=dict)
    reason: str | None = None
    hash: str

    __table_args__ = (
        Index(None, "collection_id", "id"),
        Index(None, "collection_id", "alias", "id"),
        Index(None, "collection_id", "kind", "created_at"),
        Index(None, "artifact_id", "id"),
        Index(None, "registry_id", "id"),
        Index(None, "project_id", "id"),
        Index(None, "actor_id", "id"),
        Index(None, "kind", "id"),
    )


class EventChain(Table, table=True):
    """How far a chain of events has come, so that lines which are dropped from its end are missed.

    `chain` is the key of its collection, or `COMMON_CHAIN`. `count` is how many events it has; `head` and `head_at` are
    the hash and the time of the newest.
    """

    chain: int = Field(primary_key=True, sa_type=Key, sa_column_kwargs={"autoincrement": False})
    count: int = Field(sa_type=BigInteger)
    head: str
    head_at: datetime = instant()


COMMON_CHAIN = 0
"""The chain of the events that belong to no collection."""

_REFUSAL = "the log is append-only: an event is never changed or deleted"

_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"

APPEND_ONLY = {
    "sqlite": (
        f"CREATE TRIGGER action_event_no_update BEFORE UPDATE ON action_event {_REFUSE}",
        f"CREATE TRIGGER action_event_no_delete BEFORE DELETE ON action_event {_REFUSE}",
        # INSERT OR REPLACE deletes without asking the other triggers.
        "CREATE TRIGGER action_event_no_replace BEFORE INSERT ON action_event "
        f"WHEN EXISTS (SELECT 1 FROM action_event WHERE id = NEW.id) {_REFUSE}",
    ),
    "postgresql": (
        "CREATE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER action_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON action_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_event()",
    ),
}
"""By dialect, what makes the database refuse to change the log. A migration that makes the table anew repeats it."""


@event.listens_for(inspect(ActionEvent).local_table, "after_create")
def _make_append_only(table: Any, connection: Connection, **_: Any) -> None:
    for statement in APPEND_ONLY[connection.dialect.name]:
        connection.exec_driver_sql(statement)
