"""What was executed, and the edges that make the lineage."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from gqlregistry.store.tables.base import Table, choice, instant, json_text, key, name_text, reference


class RunState(StrEnum):
    """Where an execution stands."""

    PENDING = "PENDING"
    RUNNING = "RUNNING"
    PREEMPTING = "PREEMPTING"
    FINISHED = "FINISHED"
    FAILED = "FAILED"
    CRASHED = "CRASHED"
    KILLED = "KILLED"
    PREEMPTED = "PREEMPTED"


class Run(Table, table=True):
    """One execution. `name` is its slug, unique in the project; `display_name` is what people call it.

    `client` is what the program that reports it keeps of itself: its host, its commit. `stopping_at` is when somebody
    asked that it stop.
    """

    id: int = key()
    project_id: int = reference("project.id")
    name: str = name_text()
    display_name: str
    state: RunState = choice(RunState, default=RunState.RUNNING)
    job_type: str | None = None
    group: str | None = None
    notes: str | None = None
    tags: list[str] = json_text(default_factory=list)
    config: dict[str, Any] = json_text(default_factory=dict)
    summary: dict[str, Any] = json_text(default_factory=dict)
    client: dict[str, Any] | None = json_text(default=None, nullable=True)
    created_by_id: int = reference("entity.id", index=True)
    created_at: datetime = instant()
    started_at: datetime | None = instant(default=None, nullable=True)
    finished_at: datetime | None = instant(default=None, nullable=True)
    heartbeat_at: datetime | None = instant(default=None, nullable=True)
    stopping_at: datetime | None = instant(default=None, nullable=True)
    deleted_at: datetime | None = instant(default=None, nullable=True)
    deleted_by_id: int | None = reference("entity.id", default=None, nullable=True)

    __table_args__ = (
        UniqueConstraint("project_id", "name"),
        Index(None, "project_id", "id"),
        Index(None, "state", "heartbeat_at"),
    )


class RunInput(Table, table=True):
    """A run used an artifact.

    `requested_as` is the alias or version that it asked by, null when unknown; `requested_as_inferred` says that it
    was deduced and not told. `via_collection_id` is the collection through which it was found.
    """

    run_id: int = reference("run.id", primary_key=True)
    artifact_id: int = reference("artifact.id", primary_key=True)
    created_at: datetime = instant()
    requested_as: str | None = None
    requested_as_inferred: bool = False
    via_collection_id: int | None = reference("collection.id", default=None, nullable=True)

    __table_args__ = (Index(None, "artifact_id", "run_id"), {"sqlite_with_rowid": False})


class RunOutput(Table, table=True):
    """A run logged an artifact. Several may have: the same digest logged twice is the same version."""

    run_id: int = reference("run.id", primary_key=True)
    artifact_id: int = reference("artifact.id", primary_key=True)
    created_at: datetime = instant()

    __table_args__ = (Index(None, "artifact_id", "run_id"), {"sqlite_with_rowid": False})
