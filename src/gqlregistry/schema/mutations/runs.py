"""Mutations on runs, and what runs do with artifacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import strawberry

from gqlregistry.errors import BadInput
from gqlregistry.plan.readers import One, Refs
from gqlregistry.plan.readers import Ref as NodeRef
from gqlregistry.plan.relay import reads
from gqlregistry.registry import lineage, runs
from gqlregistry.registry.lineage import Use
from gqlregistry.schema.artifact import Artifact
from gqlregistry.schema.code import CodeInput, code_of
from gqlregistry.schema.context import Context
from gqlregistry.schema.enums import RunState
from gqlregistry.schema.payload import Payload, given, key, mutation, or_none, perform
from gqlregistry.schema.refs import ArtifactRef, ProjectRef, RunRef, ref
from gqlregistry.schema.run import Run
from gqlregistry.schema.scalars import Json

_DISPLAY_NAME = "What people call it; made up, like rural-feather-20, if not given."
_LATER = "Left as it is if not given."


@strawberry.input(description="A run that begins.")
class CreateRunInput(CodeInput):
    """Values of a new run."""

    project: ProjectRef = strawberry.field(description="The project; made if its owner exists and it does not.")
    name: str | None = strawberry.field(
        default=None, description="The slug, unique in the project; made up if not given."
    )
    display_name: str | None = strawberry.field(default=None, description=_DISPLAY_NAME)
    job_type: str | None = strawberry.field(default=None, description="What kind of job it is, such as `train`.")
    group: str | None = strawberry.field(default=None, description="The group of runs that it belongs to.")
    notes: str | None = strawberry.field(default=None, description="What its author notes.")
    tags: list[str] = strawberry.field(default_factory=list, description="Its labels.")
    config: Json | None = strawberry.field(default=None, description="What goes into it: an object.")
    started_at: datetime | None = strawberry.field(default=None, description="When it began; now if not given.")


@strawberry.input(description="Changes to a run.")
class UpdateRunInput(CodeInput):
    """New values of a run."""

    run: RunRef = strawberry.field(description="Which run.")
    display_name: str | None = strawberry.field(default=strawberry.UNSET, description=f"What people call it. {_LATER}")
    job_type: str | None = strawberry.field(default=strawberry.UNSET, description=f"What kind of job it is. {_LATER}")
    group: str | None = strawberry.field(default=strawberry.UNSET, description=f"Its group. {_LATER}")
    notes: str | None = strawberry.field(default=strawberry.UNSET, description=f"Its notes. {_LATER}")
    tags: list[str] | None = strawberry.field(default=strawberry.UNSET, description=f"All its labels. {_LATER}")
    config: Json | None = strawberry.field(default=strawberry.UNSET, description=f"Its whole config. {_LATER}")
    summary: Json | None = strawberry.field(default=strawberry.UNSET, description=f"Its whole summary. {_LATER}")


@strawberry.input(description="A run that ends.")
class FinishRunInput:
    """How a run ended."""

    run: RunRef = strawberry.field(description="Which run.")
    state: RunState = strawberry.field(default=RunState.FINISHED, description="How it ended.")
    summary: Json | None = strawberry.field(
        default=strawberry.UNSET, description="Its whole summary; left as it is if not given."
    )


@strawberry.input(description="A run to delete.")
class DeleteRunInput:
    """Which run, and why."""

    run: RunRef = strawberry.field(description="Which run.")
    reason: str | None = strawberry.field(default=None, description="Why, for the action history.")


@strawberry.type(description="The run that was changed.")
class RunPayload(Payload):
    """Answers the mutations on a run."""

    run: Run | None = reads(One("value", Run), "The run.")


@strawberry.input(description="An artifact that a run uses as an input.")
class UseArtifactInput:
    """A use."""

    run: RunRef = strawberry.field(description="The run that uses it; it may have ended.")
    artifact: ArtifactRef = strawberry.field(
        description="What it uses; a name without a slash is one of the run's project, such as `split_zoo_dataset:v4`."
    )


@strawberry.input(description="Artifacts that a run uses as inputs.")
class UseArtifactsInput:
    """Several uses."""

    run: RunRef = strawberry.field(description="The run that uses them; it may have ended.")
    artifacts: list[ArtifactRef] = strawberry.field(description="What it uses; all of them, or none if one fails.")


@strawberry.type(description="What a run uses.")
class UseArtifactPayload(Payload):
    """Answers `useArtifact`."""

    run: Run | None = reads(One("value.run_id", Run), "The run.")
    artifact: Artifact | None = reads(Refs("value.artifact"), "The artifact version that was found.")


@strawberry.type(description="What a run uses.")
class UseArtifactsPayload(Payload):
    """Answers `useArtifacts`."""

    run: Run | None = reads(One("value.run_id", Run), "The run.")
    artifacts: list[Artifact] | None = reads(
        Refs("value.artifacts", many=True), "The artifact versions, in the order asked; null if there are errors."
    )


@dataclass(frozen=True, slots=True)
class Used:
    """What the payloads of uses read from."""

    run_id: int
    artifacts: list[NodeRef]

    @property
    def artifact(self) -> NodeRef:
        """The first."""
        return self.artifacts[0]


def _used(uses: Sequence[Use]) -> Used:
    return Used(uses[0].run.id, [NodeRef(Artifact, use.artifact.id) for use in uses])


@strawberry.type
class RunMutations:
    """On runs, and what they use."""

    @mutation(description="Begin a run. Its project is made if it is new.")
    async def create_run(self, info: strawberry.Info[Context], input: CreateRunInput) -> RunPayload:
        """Begin a run."""
        return await perform(
            info,
            RunPayload,
            key,
            runs.create_run,
            ref(input.project, "project"),
            name=input.name,
            display_name=input.display_name,
            job_type=input.job_type,
            group=input.group,
            notes=input.notes,
            tags=input.tags,
            config=or_none(input.config),
            started_at=input.started_at,
            client=code_of(input),
        )

    @mutation(description="Change what is known of a run.")
    async def update_run(self, info: strawberry.Info[Context], input: UpdateRunInput) -> RunPayload:
        """Change a run."""
        return await perform(
            info,
            RunPayload,
            key,
            runs.update_run,
            ref(input.run, "run"),
            display_name=given(input.display_name),
            job_type=given(input.job_type),
            group=given(input.group),
            notes=given(input.notes),
            tags=given(input.tags),
            config=given(input.config),
            summary=given(input.summary),
            client=code_of(input),
        )

    @mutation(description="Say that a run has ended, and how. Saying it again corrects the state.")
    async def finish_run(self, info: strawberry.Info[Context], input: FinishRunInput) -> RunPayload:
        """End a run."""
        return await perform(
            info, RunPayload, key, runs.finish_run, ref(input.run, "run"), input.state, given(input.summary)
        )

    @mutation(description="Delete a run. It stays in every lineage as a tombstone.")
    async def delete_run(self, info: strawberry.Info[Context], input: DeleteRunInput) -> RunPayload:
        """Delete a run."""
        return await perform(info, RunPayload, key, runs.delete_run, ref(input.run, "run"), input.reason)

    @mutation(description="Record that a run used an artifact as an input. Doing it again changes nothing.")
    async def use_artifact(self, info: strawberry.Info[Context], input: UseArtifactInput) -> UseArtifactPayload:
        """Record a use."""
        return await perform(
            info,
            UseArtifactPayload,
            lambda use: _used([use]),
            lineage.use_artifact,
            ref(input.run, "run"),
            ref(input.artifact, "artifact"),
        )

    @mutation(description="Record that a run used several artifacts: all of them, or none if one fails.")
    async def use_artifacts(self, info: strawberry.Info[Context], input: UseArtifactsInput) -> UseArtifactsPayload:
        """Record several uses."""
        if not input.artifacts:
            raise BadInput("name at least one artifact", "artifacts")
        return await perform(
            info,
            UseArtifactsPayload,
            _used,
            lineage.use_artifacts,
            ref(input.run, "run"),
            [ref(artifact, "artifacts") for artifact in input.artifacts],
        )
