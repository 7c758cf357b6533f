"""How a version came to be, in the public schema: the runs in order, and documents of it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import strawberry

from gqlregistry.plan.lineage import Kind, Node
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Computed, Embedded, One, Ref, Refs
from gqlregistry.plan.relay import reads
from gqlregistry.plan.shape import Record
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.code import CODE
from gqlregistry.schema.lineage import MAX_NODES, check_range, node_ref
from gqlregistry.schema.scalars import Json
from gqlregistry.schema.steps import Origin, Step, origin
from gqlregistry.schema.telling import plain, table, told_of

if TYPE_CHECKING:
    from gqlregistry.schema.artifact import Artifact
    from gqlregistry.schema.run import Run
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.schema.artifact")]
    Run = Annotated["Run", strawberry.lazy("gqlregistry.schema.run")]

ARTIFACT, RUN = "gqlregistry.schema.artifact:Artifact", "gqlregistry.schema.run:Run"


def provenances(request: Request, keys: Sequence[int], most: int) -> Reading[Mapping[int, Origin]]:
    """How versions came to be."""
    check_range("most", most, 1, MAX_NODES)
    found = {}
    for key in keys:
        found[key] = yield from origin(request, key, most)
        request.count(found[key].steps)
    return found


def _version(key: int) -> Node:
    return Node(Kind.ARTIFACT, key)


def _artifact_ref(key: int) -> Ref:
    return node_ref(_version(key))


def _documents(request: Request, keys: Sequence[Origin]) -> Reading[Mapping[Origin, dict[str, Any]]]:
    found = {}
    for each in keys:
        runs = [Node(Kind.RUN, step.run_id) for step in each.steps]
        versions = {_version(key): None for step in each.steps for key in step.outputs}
        versions |= {_version(used.artifact_id): None for step in each.steps for used in step.inputs}
        told = yield from told_of(request, [*runs, *versions, _version(each.artifact_id)])
        found[each] = {
            "artifact": _of_version(told, each.artifact_id),
            "steps": [_of_step(told, step) for step in each.steps],
            "sources": [_of_version(told, key) for key in each.sources],
            "cyclic": each.cyclic,
            "truncated": each.truncated,
        }
    return found


def _of_step(told: Mapping[Node, Mapping[str, Any]], step: Step) -> dict[str, Any]:
    run = told[Node(Kind.RUN, step.run_id)]
    return {
        "number": step.number,
        "run": run["path"],
        "displayName": run["display_name"],
        "jobType": run["job_type"],
        "state": run["state"],
        "startedAt": run["started_at"],
        "finishedAt": run["finished_at"],
        "code": {name: run[name] for name in CODE},
        "config": run["config"],
        "inputs": [
            {**_of_version(told, each.artifact_id), "requestedAs": each.requested_as, "madeBy": each.made_by}
            for each in step.inputs
        ],
        "outputs": [_of_version(told, key) for key in step.outputs],
    }


def _of_version(told: Mapping[Node, Mapping[str, Any]], key: int) -> dict[str, Any]:
    version = told[_version(key)]
    return {"name": version["name"], "type": version["type"], "digest": version["digest"]}


def _markdown(request: Request, keys: Sequence[Origin]) -> Reading[Mapping[Origin, str]]:
    documents = yield from _documents(request, keys)
    return {key: "\n".join(_lines(document)) for key, document in documents.items()}


def _lines(document: Mapping[str, Any]) -> list[str]:
    artifact = document["artifact"]
    lines = [f"# How {plain(artifact['name'])} came to be", "", f"Digest `{artifact['digest']}`.", ""]
    if document["cyclic"]:
        lines += ["There are cycles: some runs used what later ones made.", ""]
    if document["truncated"]:
        lines += ["There is more: only the closest runs are here.", ""]
    for step in document["steps"]:
        lines += [f"## {step['number']}. {plain(step['displayName'])}", ""]
        about = {"run": step["run"], "job type": step["jobType"], "state": step["state"], "started": step["startedAt"]}
        about |= {name: value for name, value in step["code"].items() if value is not None}
        lines += [*table(["", ""], list(about.items())), ""]
        if step["config"]:
            config = orjson.dumps(step["config"], option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()
            lines += ["```json", config, "```", ""]
        rows: list[Sequence[Any]] = [("in", *_used(each)) for each in step["inputs"]]
        rows += [("out", each["name"], each["digest"], None, None) for each in step["outputs"]]
        lines += [*table(["", "version", "digest", "asked for", "made by step"], rows), ""]
    return lines


def _used(used: Mapping[str, Any]) -> Sequence[Any]:
    return used["name"], used["digest"], used["requestedAs"], ", ".join(map(str, used["madeBy"]))


@strawberry.type(description="A version that a step used.")
class ProvenanceInput(Record):
    """An input."""

    artifact: Artifact = reads(One("artifact_id", ARTIFACT), "The version.")
    requested_as: str | None = reads(
        Column("requested_as"), "The version, alias or digest that the run asked by; null when it is not known."
    )
    made_by: list[int] = reads(Column("made_by"), "The steps that made it; none for what was not made by a run.")


@strawberry.type(description="A run that leads to a version.")
class ProvenanceStep(Record):
    """A run in its place."""

    number: int = reads(Column("number"), "Its place in the order, from 1.")
    run: Run = reads(One("run_id", RUN), "The run, with its config and code.")
    inputs: list[ProvenanceInput] = reads(
        Embedded("inputs", ProvenanceInput, many=True), "The exact versions that it used."
    )
    outputs: list[Artifact] = reads(
        Refs("outputs", many=True, parse=_artifact_ref), "Of what it made, what leads to the version."
    )


@strawberry.type(
    description="How a version came to be: the runs that lead to it, each behind those that made its inputs. Runs of a "
    "cycle come once, behind some of each other."
)
class Provenance(Record):
    """The origin of a version."""

    artifact: Artifact = reads(One("artifact_id", ARTIFACT), "The version.")
    steps: list[ProvenanceStep] = reads(Embedded("steps", ProvenanceStep, many=True), "The runs, in order.")
    sources: list[Artifact] = reads(
        Refs("sources", many=True, parse=_artifact_ref), "The versions that it begins with, which no run made."
    )
    cyclic: bool = reads(Column("cyclic"), "Whether some step uses what a later one makes, or what it makes itself.")
    truncated: bool = reads(Column("truncated"), "Whether there is more, and only the closest nodes are here.")
    document: Json = reads(Computed(_documents, needs=("itself",)), "All of it as one JSON document.")
    markdown: str = reads(Computed(_markdown, needs=("itself",)), "All of it as one document in Markdown.")
