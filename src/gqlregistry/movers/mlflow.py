"""An MLflow server, read by its own client: its experiments, runs, data sets, models and registered models.

https://mlflow.org/docs/latest/api_reference/python_api/mlflow.client.html. Runs and models keep their ids as names.
"""

import hashlib
import json
import math
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gqlregistry.errors import BadInput
from gqlregistry.movers.moving import Fetch, Told, ToldRun, ToldVersion, Unreadable, digest_of_key
from gqlregistry.registry.files import File
from gqlregistry.registry.moving import MovedPlace, MovedRun, MovedUse, MovedVersion
from gqlregistry.registry.names import nameable
from gqlregistry.registry.values import MAX_LINE
from gqlregistry.store.tables import RunState

PAGE = 100
_STATES = {
    "RUNNING": RunState.RUNNING,
    "SCHEDULED": RunState.PENDING,
    "FINISHED": RunState.FINISHED,
    "FAILED": RunState.FAILED,
    "KILLED": RunState.KILLED,
}
_NO_STAGE = (None, "None", "Archived")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://\S+")
_NOTE = "registered_model_meta"
_PATIENCE = {"MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2", "MLFLOW_HTTP_REQUEST_TIMEOUT": "60"}
"""The client's own would try a server that is not there for minutes."""


class MLflow:
    """What an MLflow server at a URL tells. `entity` is whose projects its experiments become.

    Raises `BadInput` where MLflow's client is not installed.
    """

    def __init__(self, url: str, entity: str, registry: str) -> None:
        for name, value in _PATIENCE.items():
            os.environ.setdefault(name, value)
        try:
            import mlflow
            from mlflow.exceptions import MlflowException
        except ImportError as error:
            raise BadInput(
                "reading from MLflow needs its client: pip install 'gqlregistry[mlflow]'", "mlflow"
            ) from error
        # What it downloads models by takes no address.
        mlflow.set_tracking_uri(url)
        mlflow.set_registry_uri(url)
        self._client = mlflow.MlflowClient(url, url)
        self._download = mlflow.artifacts.download_artifacts
        self._error = MlflowException
        self._url, self._entity, self._registry = url, entity, registry
        self._projects: dict[str, str] = {}
        self._homes: dict[str, str] = {}
        self._used: list[tuple[MovedRun, str]] = []

    def told(self) -> Iterator[Told]:
        """Everything, in an order in which it can be written: what is used before its use. Raises `Unreadable`."""
        try:
            for experiment in self._pages(self._client.search_experiments):
                project = f"{self._entity}/{nameable(experiment.name)}"
                self._projects[experiment.experiment_id] = project
            for id in self._projects:
                yield from self._runs(id)
            for id in self._projects:
                yield from self._models(id)
            yield from self._uses()
            for model in self._pages(self._client.search_registered_models):
                yield from self._registered(model)
        except self._error as error:
            raise Unreadable(f"{self._url}: {_first_line(error)}") from error

    def _pages(self, search: Callable[..., Any], **asked: Any) -> Iterator[Any]:
        token = None
        while True:
            page = search(max_results=PAGE, page_token=token, **asked)
            yield from page
            token = page.token
            if not token:
                return

    def _runs(self, experiment: str) -> Iterator[Told]:
        order = ["attributes.start_time ASC"]
        for found in self._pages(self._client.search_runs, experiment_ids=[experiment], order_by=order):
            # What the search answers has no models that a run used.
            run = self._client.get_run(found.info.run_id)
            info, tags, project = run.info, run.data.tags, self._projects[experiment]
            told = MovedRun(
                project,
                info.run_id,
                _time(info.start_time),
                tags.get("mlflow.user") or info.user_id,
                None if info.end_time is None else _time(info.end_time),
                _STATES[info.status],
                {
                    "display_name": (info.run_name or info.run_id)[:MAX_LINE],
                    "job_type": _line(tags.get("mlflow.source.type")),
                    "group": _line(tags.get("mlflow.parentRunId")),
                    "notes": tags.get("mlflow.note.content"),
                    "config": {**run.data.params, "mlflow": {"server": self._url, "tags": _kept(tags)}},
                    "summary": {name: _number(value) for name, value in run.data.metrics.items()},
                    "client": {
                        "commit": tags.get("mlflow.source.git.commit"),
                        "repository": tags.get("mlflow.source.git.repoURL"),
                        "program": tags.get("mlflow.source.name"),
                    },
                },
            )
            yield ToldRun(told, self._files_of(info.run_id))
            for each in run.inputs.dataset_inputs if run.inputs else ():
                yield from self._dataset(each, told)
            self._used += [(told, each.model_id) for each in run.inputs.model_inputs] if run.inputs else []

    def _files_of(self, run_id: str) -> Fetch | None:
        if not self._client.list_artifacts(run_id):
            return None
        return self._fetching(run_id=run_id, artifact_path="")

    def _fetching(self, **what: Any) -> Fetch:
        def fetch(folder: Path) -> Sequence[File]:
            try:
                self._download(dst_path=str(folder), **what)
            except (self._error, OSError) as error:
                raise Unreadable(_first_line(error)) from error
            # The client adds a note of where it has a model from.
            (folder / _NOTE).unlink(missing_ok=True)
            return ()

        return fetch

    def _dataset(self, used: Any, run: MovedRun) -> Iterator[Told]:
        data = used.dataset
        collection = f"{run.project}/{nameable(data.name)}"
        source = _source(data)
        told = MovedVersion(
            collection,
            f"mlflow dataset {data.digest}",
            "dataset",
            run.at,
            run.by,
            metadata={"mlflow": {"name": data.name, "digest": data.digest, **source.metadata}},
        )
        reference = File("dataset", data.digest, reference=source.url)
        yield ToldVersion(told, lambda _: (reference,))
        yield MovedUse(run.path, collection, told.key, run.at, run.by, data.digest)

    def _models(self, experiment: str) -> Iterator[Told]:
        order = [{"field_name": "creation_timestamp", "ascending": True}]
        for model in self._pages(self._client.search_logged_models, experiment_ids=[experiment], order_by=order):
            if str(model.status) != "READY":
                continue
            project = self._projects[experiment]
            collection = f"{project}/{nameable(model.name)}"
            self._homes[model.model_id] = collection
            told = MovedVersion(
                collection,
                _model_key(model.model_id),
                "model",
                _time(model.creation_timestamp),
                model.tags.get("mlflow.user"),
                f"{project}/{model.source_run_id}" if model.source_run_id else None,
                digest_of_key(_model_key(model.model_id)),
                metadata={
                    **{name: _number(value) for name, value in (model.params or {}).items()},
                    "mlflow": {"model_id": model.model_id, "type": model.model_type, "tags": _kept(model.tags)},
                },
            )
            yield ToldVersion(told, self._fetching(artifact_uri=f"models:/{model.model_id}"))

    def _uses(self) -> Iterator[Told]:
        for run, model in self._used:
            home = self._homes.get(model)
            if home is not None:
                yield MovedUse(run.path, home, _model_key(model), run.at, run.by, model)

    def _registered(self, model: Any) -> Iterator[Told]:
        # The server quotes nothing in its filters but by a quote, so that such a name can't be asked for.
        name = model.name.replace("'", "\\'")
        found = self._pages(self._client.search_model_versions, filter_string=f"name='{name}'")
        for version in sorted(found, key=lambda each: int(each.version)):
            # What the search answers has no aliases.
            version = self._client.get_model_version(version.name, version.version)
            at = _time(version.creation_timestamp)
            logged = version.model_id or (version.source or "").removeprefix("models:/")
            home, key = self._homes.get(logged), _model_key(logged)
            if home is None:
                told = self._unlogged(version)
                home, key = told.collection, told.key
                yield ToldVersion(told, self._fetching(artifact_uri=f"models:/{version.name}/{version.version}"))
            yield MovedPlace(
                self._registry, nameable(model.name), home, key, at, version.user_id,
                [f"mlflow-{version.version}"], f"version {version.version} in MLflow", model.description,
            )  # fmt: skip
            aliases = [*version.aliases, *_stage(version.current_stage)]
            if aliases:
                # Nobody knows since when, or by whom: it is known to stand now.
                yield MovedPlace(
                    self._registry, nameable(model.name), home, key, datetime.now(UTC),
                    aliases=[nameable(each) for each in aliases], reason="as it stands in MLflow",
                )  # fmt: skip

    def _unlogged(self, version: Any) -> MovedVersion:
        """A registered version that is no logged model: of a run's files, or of a folder that somebody named."""
        run = self._run_path(version.run_id)
        project = f"{self._entity}/mlflow" if run is None else run.rpartition("/")[0]
        key = f"mlflow {version.name} {version.version}"
        return MovedVersion(
            f"{project}/{nameable(version.name)}",
            key,
            "model",
            _time(version.creation_timestamp),
            version.user_id,
            run,
            digest_of_key(key),
            description=version.description,
            metadata={
                "mlflow": {"source": version.source, "version": int(version.version), "tags": _kept(version.tags)}
            },
        )

    def _run_path(self, run_id: str | None) -> str | None:
        if not run_id:
            return None
        project = self._projects.get(self._client.get_run(run_id).info.experiment_id)
        return None if project is None else f"{project}/{run_id}"


class _source:
    """Where a data set is: a URL if it tells one, and what else it tells."""

    def __init__(self, data: Any) -> None:
        told = _json(data.source)
        urls = [value for value in told.values() if isinstance(value, str) and _URL.fullmatch(value)]
        plain = hashlib.sha256(f"{data.name}\0{data.digest}".encode()).hexdigest()
        self.url = urls[0] if urls else f"mlflow-dataset://{plain}"
        self.metadata: Mapping[str, Any] = {
            "source_type": data.source_type,
            "source": told,
            "profile": _json(data.profile),
        }


def _json(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {"text": text}
    return value if isinstance(value, dict) else {"value": value}


def _kept(tags: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in tags.items() if name != "mlflow.note.content"}


def _stage(stage: str | None) -> Sequence[str]:
    return () if stage in _NO_STAGE or stage is None else (stage.lower(),)


def _model_key(id: str) -> str:
    return f"mlflow {id}"


def _number(value: Any) -> Any:
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _line(text: str | None) -> str | None:
    return None if text is None else text[:MAX_LINE]


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:500]
