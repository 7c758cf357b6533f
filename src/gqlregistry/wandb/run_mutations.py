"""What the client does with runs."""

from typing import Any

import strawberry
from sqlmodel import col, select

from gqlregistry.errors import BadInput
from gqlregistry.plan.relay import decode_id
from gqlregistry.registry import deletion, projects, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.names import quoted
from gqlregistry.registry.people import default_entity
from gqlregistry.registry.runs import Ensured
from gqlregistry.store.tables import Artifact, ArtifactState, RunState
from gqlregistry.wandb import loading
from gqlregistry.wandb.lenient import read_object
from gqlregistry.wandb.payloads import Success
from gqlregistry.wandb.run import Run
from gqlregistry.wandb.run_config import OWN, unwrap
from gqlregistry.wandb.scalars import JSONString
from gqlregistry.wandb.work import Info, change, read

UNNAMED_PROJECT = "uncategorized"
"""The project of runs that name none."""


@strawberry.input
class UpsertBucketInput:
    """A run to start, or to change. What is null is left as it is."""

    id: str | None = None
    name: str | None = None
    group_name: str | None = None
    model_name: str | None = None
    entity_name: str | None = None
    description: str | None = None
    display_name: str | None = None
    notes: str | None = None
    config: JSONString | None = None
    commit: str | None = None
    host: str | None = None
    debug: bool | None = None
    job_program: str | None = None
    job_repo: str | None = None
    job_type: str | None = None
    state: str | None = None
    sweep: str | None = None
    tags: list[str] | None = None
    summary_metrics: JSONString | None = None
    client_mutation_id: str | None = None


@strawberry.input
class DeleteRunInput:
    """A run to delete, perhaps with what it has logged."""

    id: strawberry.ID
    delete_artifacts: bool | None = None
    client_mutation_id: str | None = None


@strawberry.input
class StopRunInput:
    """A run to stop."""

    id: strawberry.ID
    client_mutation_id: str | None = None


@strawberry.input
class UpdateRunStateInput:
    """Where a run stands."""

    id: strawberry.ID
    state: str
    client_mutation_id: str | None = None


@strawberry.type
class UpsertBucketPayload:
    """The run, and whether it is new."""

    bucket: Run | None
    inserted: bool | None


@strawberry.type
class DeleteRunPayload:
    """The run is gone."""

    client_mutation_id: str | None


@strawberry.type
class RunMutation:
    """The part of the mutations that is about runs."""

    @strawberry.mutation
    async def upsert_bucket(self, info: Info, input: UpsertBucketInput) -> UpsertBucketPayload | None:
        """Start a run, go on with one, or change what is given of it."""
        ensured = await change(info, _update if input.id else _upsert, input)
        key = ensured.run.id
        found = await read(info, lambda session: loading.runs(session, [key])[key])
        return UpsertBucketPayload(bucket=found, inserted=ensured.created)

    @strawberry.mutation
    async def delete_run(self, info: Info, input: DeleteRunInput) -> DeleteRunPayload | None:
        """Delete a run; its place in every lineage stays."""
        await change(info, _delete, _key(input.id), bool(input.delete_artifacts))
        return DeleteRunPayload(client_mutation_id=input.client_mutation_id)

    @strawberry.mutation
    async def stop_run(self, info: Info, input: StopRunInput) -> Success | None:
        """Ask a run to stop; it is told so when it streams next."""
        await change(info, runs.stop_run, _key(input.id))
        return Success(success=True)

    @strawberry.mutation
    async def update_run_state(self, info: Info, input: UpdateRunStateInput) -> Success | None:
        """Put a run off, or give it up."""
        await change(info, _set_state, _key(input.id), input.state)
        return Success(success=True)


def _upsert(change: Change, input: UpsertBucketInput) -> Ensured:
    """The run of a name. Whoever sends this executes it, unless it says that the run is to come."""
    entity = input.entity_name or default_entity(change.session, change.actor)
    home = projects.ensure_project(change, entity, input.model_name or UNNAMED_PROJECT)
    ensured = runs.ensure_run(change, home.id, input.name or "", **_given(input))
    if _state(input.state or "running") is RunState.PENDING:
        return Ensured(runs.postpone_run(change, ensured.run.id), ensured.created)
    if ensured.run.state not in runs.ALIVE:
        runs.resume_run(change, ensured.run.id)
    runs.beat(change, ensured.run.id)
    return ensured


def _update(change: Change, input: UpsertBucketInput) -> Ensured:
    return Ensured(runs.update_run(change, _key(input.id or ""), **_given(input)), created=False)


def _given(input: UpsertBucketInput) -> dict[str, Any]:
    """What is given of a run, for the rules."""
    config, own = (None, None) if input.config is None else unwrap(input.config)
    client = {
        OWN: own,
        "program": input.job_program,
        "host": input.host,
        "commit": input.commit,
        "repository": input.job_repo,
    }
    said: dict[str, Any] = {
        "display_name": input.display_name or None,
        "job_type": input.job_type,
        "group": input.group_name,
        "notes": input.description if input.notes is None else input.notes,
        "tags": input.tags,
        "config": config,
        "client": {key: value for key, value in client.items() if value is not None} or None,
    }
    if input.summary_metrics is not None:
        said["summary"] = read_object(input.summary_metrics, "a summary", "summaryMetrics")
    return {name: value for name, value in said.items() if value is not None}


def _set_state(change: Change, run: int, text: str) -> None:
    match _state(text):
        case RunState.PENDING:
            runs.postpone_run(change, run)
        case RunState.FAILED:
            runs.finish_run(change, run, RunState.FAILED)
        case _:
            raise BadInput("a run's state can be set to pending or failed", "state")


def _state(text: str) -> RunState:
    try:
        return RunState(text.upper())
    except ValueError:
        raise BadInput(f"{quoted(text)} is not where a run stands", "state") from None


def _delete(change: Change, run: int, with_artifacts: bool) -> None:
    runs.delete_run(change, run)
    if with_artifacts:
        logged = select(Artifact.id).where(Artifact.run_id == run, Artifact.state == ArtifactState.COMMITTED)
        for artifact in change.session.exec(logged.order_by(col(Artifact.id))).all():
            deletion.delete_artifact(change, artifact, True)


def _key(id: str) -> int:
    return decode_id(id, "Run")[1]
