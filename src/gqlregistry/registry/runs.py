"""Runs: executions that use and log versions."""

import secrets
import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import case, col, func, select, update

from gqlregistry.errors import BadInput, Conflict
from gqlregistry.registry import blobs, events, find, permissions, projects
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import check_run_name
from gqlregistry.registry.rows import insert_new
from gqlregistry.registry.tags import MAX_TAGS
from gqlregistry.registry.values import MAX_LINE, UNSET, Unset, check_object, check_optional_text, check_text
from gqlregistry.registry.words import ADJECTIVES, NOUNS
from gqlregistry.store.tables import EventKind, Role, Run, RunState

SLUG_LENGTH = 8
_SLUG_LETTERS = string.ascii_lowercase + string.digits

ALIVE = (RunState.RUNNING, RunState.PREEMPTING)
"""What a run is while something executes it."""


@dataclass(frozen=True, slots=True)
class Ensured:
    """A run, and whether it was made just now."""

    run: Run
    created: bool


def create_run(
    change: Change,
    project: Ref,
    name: str | None = None,
    display_name: str | None = None,
    job_type: str | None = None,
    group: str | None = None,
    notes: str | None = None,
    tags: Sequence[str] = (),
    config: dict[str, Any] | None = None,
    started_at: datetime | None = None,
    client: dict[str, Any] | Unset = UNSET,
) -> Run:
    """Start a run. Without names it gets some, like `x1k9f2ab` and "rural-feather-20".

    A project that is named and does not exist is made. Raises `Conflict` when it has, or had, a run of that name.
    """
    place = projects.named_or_new(change, project)
    run = _new(change, place.id, name, display_name)
    _assign(
        run,
        job_type=job_type,
        group=group,
        notes=notes,
        tags=tags,
        config=config or {},
        started_at=started_at or change.now,
        client=client,
    )
    if not insert_new(change.session, run):
        raise Conflict(f"project {place.name} has or had a run {run.name}", "name")
    return _named(change, run)


def ensure_run(change: Change, project: Ref, name: str, display_name: str | Unset = UNSET, **values: Any) -> Ensured:
    """The run of that name, made if it is new, with more values as `update_run` takes them.

    Raises `NotFound` for one that was deleted.
    """
    place = find.project(change.session, project)
    permissions.require_in_project(change.session, place.id, Role.MEMBER)
    check_run_name(name)
    run = change.session.exec(select(Run).where(Run.project_id == place.id, Run.name == name)).first()
    if run is not None:
        return Ensured(update_run(change, run.id, display_name, **values), created=False)
    run = _new(change, place.id, name, None if display_name is UNSET else display_name)
    _assign(run, **{"started_at": change.now} | values)
    if not insert_new(change.session, run):
        return ensure_run(change, place.id, name, display_name, **values)
    return Ensured(_named(change, run), created=True)


def update_run(
    change: Change,
    run: Ref,
    display_name: str | Unset = UNSET,
    job_type: str | None | Unset = UNSET,
    group: str | None | Unset = UNSET,
    notes: str | None | Unset = UNSET,
    tags: Sequence[str] | Unset = UNSET,
    config: dict[str, Any] | Unset = UNSET,
    summary: dict[str, Any] | Unset = UNSET,
    started_at: datetime | None | Unset = UNSET,
    client: dict[str, Any] | Unset = UNSET,
) -> Run:
    """Change what is given; config and summary are replaced as a whole, what the client keeps of itself is added to."""
    found = _changed(change, run)
    _assign(found, display_name, job_type, group, notes, tags, config, summary, started_at, client)
    return found


def finish_run(
    change: Change, run: Ref, state: RunState = RunState.FINISHED, summary: dict[str, Any] | Unset = UNSET
) -> Run:
    """Say how a run ended. Saying it again corrects the state; the time of its end stays."""
    if state in (*ALIVE, RunState.PENDING):
        raise BadInput("a run ends FINISHED, FAILED, CRASHED, KILLED or PREEMPTED", "state")
    found = update_run(change, run, summary=summary)
    found.state = state
    found.finished_at = found.finished_at or change.now
    return found


def resume_run(change: Change, run: Ref) -> Run:
    """A run that had ended, or had not begun, goes on."""
    found = _changed(change, run)
    found.state, found.finished_at, found.stopping_at = RunState.RUNNING, None, None
    return found


def postpone_run(change: Change, run: Ref) -> Run:
    """A run is to be executed, again or for the first time. Raises `Conflict` for one that ended well."""
    found = _changed(change, run)
    if found.state is RunState.FINISHED:
        raise Conflict(f"run {found.name} is finished", "state")
    found.state, found.finished_at, found.stopping_at = RunState.PENDING, None, None
    return found


def stop_run(change: Change, run: Ref) -> Run:
    """Ask that a run stop. It learns that when it is next heard of; one that does not run is left alone."""
    found = editable(change, run)
    if found.state in ALIVE:
        found.stopping_at = found.stopping_at or change.now
    return found


def editable(change: Change, run: Ref) -> Run:
    """A run that the actor may change. Raises `Forbidden` unless it is a member of its project."""
    found = find.run(change.session, run)
    permissions.require_in_project(change.session, found.project_id, Role.MEMBER, "run")
    return found


def beat(change: Change, run: int) -> None:
    """Note that a run is alive."""
    change.session.exec(update(Run).where(col(Run.id) == run).values(heartbeat_at=change.now))


def crash_silent(change: Change, silence: timedelta) -> int:
    """End the runs that were heard of, but not lately; answer how many. They ended when they were last heard of."""
    ended = case((col(Run.state) == RunState.PREEMPTING, RunState.PREEMPTED), else_=RunState.CRASHED)
    silent = col(Run.state).in_(ALIVE), col(Run.heartbeat_at) < change.now - silence
    crash = update(Run).where(*silent).values(state=ended, finished_at=Run.heartbeat_at)
    crashed = change.session.execute(crash.returning(col(Run.id))).scalars().all()
    change.touched_runs.update(crashed)
    return len(crashed)


def delete_run(change: Change, run: Ref, reason: str | None = None) -> Run:
    """Leave a tombstone: the run's edges stay in every map, its name stays taken."""
    found = editable(change, run)
    check_optional_text(reason, "a reason", "reason")
    found.deleted_at, found.deleted_by_id = change.now, change.actor.user_id
    blobs.loosen_runs(change, col(Run.id) == found.id)
    events.record(change, EventKind.RUN_DELETED, project_id=found.project_id, run_id=found.id, reason=reason)
    return found


def _changed(change: Change, run: Ref) -> Run:
    """A run that the actor may change, and of which something is about to change that its lineage shows."""
    found = editable(change, run)
    change.touched_runs.add(found.id)
    return found


def _assign(
    run: Run,
    display_name: str | Unset = UNSET,
    job_type: str | None | Unset = UNSET,
    group: str | None | Unset = UNSET,
    notes: str | None | Unset = UNSET,
    tags: Sequence[str] | Unset = UNSET,
    config: dict[str, Any] | Unset = UNSET,
    summary: dict[str, Any] | Unset = UNSET,
    started_at: datetime | None | Unset = UNSET,
    client: dict[str, Any] | Unset = UNSET,
) -> None:
    if display_name is not UNSET:
        run.display_name = _check_display_name(display_name)
    if job_type is not UNSET:
        run.job_type = check_optional_text(job_type, "a job type", "jobType", MAX_LINE)
    if group is not UNSET:
        run.group = check_optional_text(group, "a group", "group", MAX_LINE)
    if notes is not UNSET:
        run.notes = check_optional_text(notes, "notes", "notes")
    if tags is not UNSET:
        run.tags = _check_tags(tags)
    if config is not UNSET:
        run.config = check_object(config, "config", "config")
    if summary is not UNSET:
        run.summary = check_object(summary, "summary", "summary")
    if started_at is not UNSET:
        if started_at is not None and started_at.tzinfo is None:
            raise BadInput("a time needs its zone", "startedAt")
        run.started_at = started_at
    if client is not UNSET:
        run.client = check_object((run.client or {}) | client, "what the client keeps", "client")


def _new(change: Change, project_id: int, name: str | None, display_name: str | None) -> Run:
    if name is None:
        name = "".join(secrets.choice(_SLUG_LETTERS) for _ in range(SLUG_LENGTH))
    if display_name is None:
        # Counting the project's runs would take longer with each of them; the newest key of all is at hand.
        newest = change.session.exec(select(func.max(Run.id))).one()
        display_name = f"{secrets.choice(ADJECTIVES)}-{secrets.choice(NOUNS)}-{(newest or 0) + 1}"
    return Run(
        project_id=project_id,
        name=check_run_name(name),
        display_name=_check_display_name(display_name),
        created_by_id=change.actor.user_id,
        created_at=change.now,
    )


def _named(change: Change, run: Run) -> Run:
    return change.session.exec(select(Run).where(Run.project_id == run.project_id, Run.name == run.name)).one()


def _check_display_name(name: str) -> str:
    if not check_text(name, "a display name", "displayName", MAX_LINE).strip():
        raise BadInput("a display name may not be empty", "displayName")
    return name


def _check_tags(tags: Sequence[str]) -> list[str]:
    unique = list(dict.fromkeys(check_text(tag, "a tag", "tags", MAX_LINE) for tag in tags))
    if len(unique) > MAX_TAGS:
        raise BadInput(f"at most {MAX_TAGS} tags, not {len(unique)}", "tags")
    return unique
