"""OpenLineage: what an event of a run changes here, and its words for what is here.

https://openlineage.io/docs/spec/object-model: a run is told by several events, which add to one another and may come
again, or late. Its data sets become versions: one whose version is told is the same version whoever tells it; one
that a run has written, and whose version nobody tells, is a new version by that run.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from gqlregistry import __version__
from gqlregistry.errors import BadInput, NotFound
from gqlregistry.registry import artifacts, find, lineage, permissions, projects, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.registry.names import MAX_NAME, nameable
from gqlregistry.registry.people import default_entity
from gqlregistry.registry.values import MAX_LINE
from gqlregistry.store.tables import Role, Run, RunState

NAMESPACE = "urn:gqlregistry:"
"""What the namespaces of jobs and data sets of this registry begin with; `entity/project` follows."""

PRODUCER = f"urn:gqlregistry:{__version__}"
"""Who made an event."""

MAX_DATASETS = 1000
TYPE = "dataset"
"""The type of versions that events tell of."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")


class Stage(StrEnum):
    """Where a run was when its event was sent."""

    START = "START"
    RUNNING = "RUNNING"
    COMPLETE = "COMPLETE"
    ABORT = "ABORT"
    FAIL = "FAIL"
    OTHER = "OTHER"


_ENDS = {Stage.COMPLETE: RunState.FINISHED, Stage.ABORT: RunState.KILLED, Stage.FAIL: RunState.FAILED}


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a run read or wrote. `version` is that of its facet, if it has one."""

    namespace: str
    name: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a run. `facets` are those of the run, `parent` the name of the job that started it."""

    stage: Stage
    at: datetime
    run_id: str
    namespace: str
    job: str
    facets: Mapping[str, Any]
    parent: str | None
    inputs: Sequence[Dataset]
    outputs: Sequence[Dataset]


def record(change: Change, event: Event, project: str | None = None) -> Run:
    """Bring the run and its lineage up to what an event tells.

    It is a run of the `project`, which is made if it is new; by default of the one that the job's namespace names.
    What has ended does not begin again. A data set that a run only begins to write, or fails to, is no output yet.
    """
    if len(event.inputs) + len(event.outputs) > MAX_DATASETS:
        raise BadInput(f"an event tells of {MAX_DATASETS} data sets at most", "inputs")
    place = project or project_of(change, event.namespace)
    run = _told(change, event, place)
    for each in event.inputs:
        _use(change, run, each, place)
    if event.stage not in (Stage.START, Stage.ABORT, Stage.FAIL):
        for each in event.outputs:
            _log(change, run, each, place, event.run_id)
    return run


def project_of(change: Change, namespace: str) -> str:
    """The project of a namespace of jobs: the one that it names, else one of the actor's that is called so."""
    if namespace.startswith(NAMESPACE):
        return namespace.removeprefix(NAMESPACE)
    return f"{default_entity(change.session, change.actor)}/{nameable(namespace)}"


def _told(change: Change, event: Event, place: str) -> Run:
    project = projects.named_or_new(change, place)
    title = event.job[:MAX_LINE]
    values: dict[str, Any] = {"job_type": title}
    if event.parent is not None:
        values["group"] = event.parent[:MAX_LINE]
    ensured = runs.ensure_run(change, project.id, event.run_id, title, **values)
    run = ensured.run
    known = run.config.get("openlineage", {}) if not ensured.created else {}
    told = {"namespace": event.namespace, "facets": {**known.get("facets", {}), **event.facets}}
    kept: dict[str, Any] = {"config": {**run.config, "openlineage": told}}
    if event.stage is Stage.START or ensured.created:
        kept["started_at"] = event.at
    run = runs.update_run(change, run.id, **kept)
    end = _ENDS.get(event.stage)
    if end is not None:
        run = runs.finish_run(change, run.id, end)
        run.finished_at = event.at
    return run


def _use(change: Change, run: Run, dataset: Dataset, place: str) -> None:
    if dataset.namespace.startswith(NAMESPACE):
        lineage.use_artifact(change, run.id, _own(dataset))
        return
    key = _newest(change, dataset, place) if dataset.version is None else None
    if key is None:
        key = _version(change, None, dataset, place, dataset.version or "")
    lineage.use_artifact(change, run.id, key, requested_as=dataset.version)


def _log(change: Change, run: Run, dataset: Dataset, place: str, run_id: str) -> None:
    if dataset.namespace.startswith(NAMESPACE):
        member = find.membership(change.session, _own(dataset))
        version = find.version(change.session, member.artifact_id)
        permissions.require_at_home(change.session, version.collection_id, Role.MEMBER)
        lineage.record_output(change, run.id, version.id)
        return
    _version(change, run.id, dataset, place, dataset.version or f"run {run_id}")


def _own(dataset: Dataset) -> str:
    """The name of a version that this registry has."""
    place = dataset.namespace.removeprefix(NAMESPACE)
    return f"{place}/{dataset.name}" + (f":{dataset.version}" if dataset.version else "")


def _newest(change: Change, dataset: Dataset, place: str) -> int | None:
    try:
        member = find.membership(change.session, f"{place}/{collection_name(dataset)}")
    except NotFound:
        return None
    key: int = member.artifact_id
    return key


def _version(change: Change, run: int | None, dataset: Dataset, place: str, version: str) -> int:
    where = dataset.namespace if _URL.match(dataset.namespace) else f"dataset://{quote(dataset.namespace, safe=':.-_')}"
    told = f"{dataset.namespace}\0{dataset.name}\0{version}"
    file = File(
        "dataset",
        f"sha256:{hashlib.sha256(told.encode()).hexdigest()}",
        reference=f"{where.rstrip('/')}/{quote(dataset.name.lstrip('/'), safe='/:.-_=,@+')}",
    )
    logged = artifacts.log_artifact(
        change,
        run,
        f"{place}/{collection_name(dataset)}",
        TYPE,
        files=[file],
        description=f"{dataset.namespace} {dataset.name}",
        metadata={"openlineage": {"namespace": dataset.namespace, "name": dataset.name, "version": dataset.version}},
        commit=True,
    )
    key: int = logged.artifact.id
    return key


def collection_name(dataset: Dataset) -> str:
    """What the collection of a data set is called: two of different namespaces are never the same one."""
    told = hashlib.sha256(f"{dataset.namespace}\0{dataset.name}".encode()).hexdigest()[:8]
    return f"{nameable(dataset.name, MAX_NAME - len(told) - 1)}-{told}"
