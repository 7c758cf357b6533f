"""What the client does with runs."""

from typing import Any

import orjson
import strawberry

from gqlregistry.errors import BadInput
from gqlregistry.registry import projects, runs
from gqlregistry.registry.change import Change
from gqlregistry.wandb import loading
from gqlregistry.wandb.run import Run
from gqlregistry.wandb.scalars import JSONString
from gqlregistry.wandb.work import Info, change, read

UNNAMED_PROJECT = "uncategorized"


@strawberry.input
class UpsertBucketInput:
    """A run to start, or to change."""

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


@strawberry.type
class UpsertBucketPayload:
    """The run, and whether it is new."""

    bucket: Run | None
    inserted: bool | None


@strawberry.type
class RunMutation:
    """The part of the mutations that is about runs."""

    @strawberry.mutation
    async def upsert_bucket(self, info: Info, input: UpsertBucketInput) -> UpsertBucketPayload | None:
        """Start a run, or change what is given of it."""
        ensured = await change(info, _upsert, input)
        key = ensured.run.id
        found = await read(info, lambda session: loading.runs(session, [key])[key])
        return UpsertBucketPayload(bucket=found, inserted=ensured.created)


def _upsert(change: Change, input: UpsertBucketInput) -> runs.Ensured:
    entity, project = input.entity_name or change.actor.username, input.model_name or UNNAMED_PROJECT
    home = projects.ensure_project(change, entity, project)
    said: dict[str, Any] = {
        "display_name": input.display_name,
        "job_type": input.job_type,
        "group": input.group_name,
        "notes": input.notes,
        "tags": input.tags,
        "config": _object(input.config),
        "summary": _object(input.summary_metrics),
    }
    given = {name: value for name, value in said.items() if value is not None}
    return runs.ensure_run(change, home.id, input.name or "", **given)


def _object(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    try:
        found: dict[str, Any] = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"this is not JSON: {error}") from None
    return found
