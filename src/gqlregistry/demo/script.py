"""What a demo is written in: steps, each a mutation of the API with its input, by somebody, at a time."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

ADMIN = "local"
"""Whoever sets the demo up, whatever the name is on the server at hand."""


MAY_BE_THERE = ("createUser", "createRegistry")
"""What a demo takes as it is where it stands already."""


@dataclass(frozen=True, slots=True)
class Step:
    """One mutation. `contents` are the bytes that a `logArtifact` has to put, by digest."""

    actor: str
    at: datetime
    mutation: str
    input: dict[str, Any]
    contents: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Output:
    """A version that a run logs. A file is bytes to keep, or the URL of where they are."""

    collection: str
    type: str
    files: Mapping[str, bytes | str]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    aliases: Sequence[str] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run: who starts it when, what it uses and logs, and how it ends."""

    actor: str
    at: datetime
    slug: str
    display_name: str
    job_type: str
    uses: Sequence[str] = ()
    logs: Sequence[Output] = ()
    state: str = "FINISHED"
    minutes: float = 30
    group: str | None = None
    config: Mapping[str, Any] = field(default_factory=dict)
    code: Mapping[str, str] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.at + timedelta(minutes=self.minutes)


@dataclass(slots=True)
class Script:
    """Steps, put down in any order; they are played in the order of their times."""

    steps: list[Step] = field(default_factory=list)

    def in_order(self) -> list[Step]:
        """The steps in the order of their times; those of one time as they were put down."""
        return sorted(self.steps, key=lambda step: step.at)

    def do(self, actor: str, at: datetime, mutation: str, **input: Any) -> None:
        """Put down one step."""
        self.steps.append(Step(actor, at, mutation, input))

    def run(self, project: str, run: Run) -> None:
        """Put down the steps of a run."""
        ref = {"name": f"{project}/{run.slug}"}
        self.do(
            run.actor,
            run.at,
            "createRun",
            project={"name": project},
            name=run.slug,
            displayName=run.display_name,
            jobType=run.job_type,
            group=run.group,
            config=dict(run.config),
            **run.code,
        )
        if run.uses:
            artifacts = [{"name": name} for name in run.uses]
            self.do(run.actor, run.at + timedelta(seconds=20), "useArtifacts", run=ref, artifacts=artifacts)
        for output in run.logs:
            self._log(run.actor, run.end - timedelta(seconds=20), ref, output)
        self.do(run.actor, run.end, "finishRun", run=ref, state=run.state, summary=dict(run.summary))

    def _log(self, actor: str, at: datetime, run: dict[str, str], output: Output) -> None:
        contents = {digest(each): each for each in output.files.values() if isinstance(each, bytes)}
        input = {
            "run": run,
            "collection": {"name": output.collection},
            "type": output.type,
            "files": [_file(path, content) for path, content in output.files.items()],
            "metadata": dict(output.metadata),
            "aliases": list(output.aliases),
            "description": output.description,
        }
        self.steps.append(Step(actor, at, "logArtifact", input, contents))


def digest(content: bytes) -> str:
    """What the registry calls some bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _file(path: str, content: bytes | str) -> dict[str, Any]:
    if isinstance(content, bytes):
        return {"path": path, "digest": digest(content), "size": len(content)}
    # No bytes of a reference are at hand: a size that looks like one, always the same.
    size = 1_000_000 + int(digest(content.encode())[-6:], 16)
    return {"path": path, "reference": content, "size": size}
