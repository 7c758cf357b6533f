"""A W&B server, or one that speaks its protocol, read by the wandb client: https://docs.wandb.ai/ref/python/public-api/.

Runs keep their ids, versions their numbers and digests, so that scripts go on where they were.
"""

import atexit
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import httpx

from gqlregistry.errors import BadInput
from gqlregistry.movers.moving import Fetch, History, Told, ToldRun, ToldVersion, Unreadable, digest_of_key
from gqlregistry.registry.files import File
from gqlregistry.registry.moving import (
    MovedAliases,
    MovedOutput,
    MovedOwner,
    MovedPlace,
    MovedRun,
    MovedUse,
    MovedVersion,
)
from gqlregistry.registry.names import LATEST, nameable
from gqlregistry.registry.values import MAX_LINE
from gqlregistry.store.tables import RunState

PAGE = 100
PATIENCE = 10
"""Seconds to wait for a server that may not be there."""

DOWNLOADS = 8
"""Files of a version that are fetched at once."""

_DIGEST = re.compile(r"[0-9a-f]{32}")
_INSIDE = ("wandb-artifact://", "wandb-client-artifact://")
"""References to files of other versions: their bytes come, since what they name has another id here."""

_STANDS = "as it stands in W&B"


class WandB:
    """What the wandb client tells of an entity's projects, and of the registries of an organization.

    `key` is an API key of the other server; without one, the client uses what it has been given by `wandb login`.
    `owner` is whose projects they become. Raises `BadInput` where the client is not installed, `Unreadable` where the
    server does not let it in.
    """

    def __init__(self, url: str, entity: str | None, owner: str | None, organization: str | None, key: str | None):
        # The client makes a folder for each run that it looks at, and keeps what it has downloaded.
        kept = tempfile.TemporaryDirectory()
        atexit.register(kept.cleanup)
        for name in ("WANDB_DIR", "WANDB_CACHE_DIR", "WANDB_DATA_DIR", "WANDB_ARTIFACT_DIR"):
            os.environ.setdefault(name, kept.name)
        os.environ.setdefault("WANDB_SILENT", "true")
        # What follows a reference from one version to another takes no address, and no key.
        os.environ |= {"WANDB_BASE_URL": url} | ({"WANDB_API_KEY": key} if key else {})
        try:
            from wandb.errors import Error

            import wandb
        except ImportError as error:
            raise BadInput("reading from W&B needs its client: pip install 'gqlregistry[wandb]'", "wandb") from error
        self._errors: tuple[type[Exception], ...] = (Error, OSError, ValueError, RuntimeError, httpx.HTTPError)
        self._url = url
        with self._reading():
            # The client would try for a minute, and then not say why.
            httpx.get(url, timeout=PATIENCE, follow_redirects=True)
            self._api = wandb.Api(overrides={"base_url": url}, api_key=key, timeout=60)
            self._entity: str = entity or self._api.default_entity or ""
        self._owner = owner or self._entity
        self._organization = organization
        self._is_named = owner is not None
        self._makers: dict[str, list[MovedRun]] = {}
        self._uses: list[tuple[MovedRun, str, str]] = []

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What the client raises, as what could not be read."""
        try:
            yield
        except self._errors as error:
            first = next(iter(str(error).splitlines()), type(error).__name__)
            raise Unreadable(f"{self._url}: {first[:500]}") from error

    def told(self) -> Iterator[Told]:
        """Everything, in an order in which it can be written: what is used before its use. Raises `Unreadable`."""
        with self._reading():
            if not self._is_named:
                yield self._whose()
            projects = [project.name for project in self._api.projects(self._entity)]
            for project in projects:
                yield from self._runs(project)
            for project in projects:
                yield from self._artifacts(project)
            for run, key, name in self._uses:
                yield MovedUse(run.path, self._home(name), key, run.at, run.by)
            yield from self._registries()

    def _whose(self) -> MovedOwner:
        team = self._entity not in (self._api.viewer.username, self._api.viewer.entity)
        try:
            members = self._api.team(self._entity).members if team else []
        except KeyError as error:
            raise Unreadable(f"{self._url}: there is no {self._entity}") from error
        return MovedOwner(self._entity, [each.username for each in members] if team else None)

    def _runs(self, project: str) -> Iterator[Told]:
        path = f"{self._entity}/{project}"
        for run in self._api.runs(path, order="+created_at", per_page=PAGE, lazy=False):
            told = self._run(project, run)
            has_files = any(True for _ in run.files(per_page=1))
            yield ToldRun(told, self._files_of(run) if has_files else None, self._history_of(run))
            for artifact in run.logged_artifacts(per_page=PAGE):
                self._makers.setdefault(artifact.id, []).append(told)
            for artifact in run.used_artifacts(per_page=PAGE):
                self._uses.append((told, _key(artifact), artifact.source_qualified_name))

    def _run(self, project: str, run: Any) -> MovedRun:
        state = RunState(run.state.upper()) if run.state.upper() in RunState.__members__ else RunState.FINISHED
        ended = None if state in (RunState.RUNNING, RunState.PENDING, RunState.PREEMPTING) else run.heartbeat_at
        seen = run.metadata or {}
        code = seen.get("git") or {}
        client = {
            "_wandb": run.rawconfig.get("_wandb"),
            "commit": run.commit or code.get("commit"),
            "repository": code.get("remote"),
            "program": seen.get("program"),
            "host": seen.get("host"),
        }
        return MovedRun(
            f"{self._owner}/{nameable(project)}",
            run.id,
            _time(run.created_at),
            _username(run),
            _time(ended or run.created_at) if ended or state is RunState.FINISHED else None,
            state,
            {
                "display_name": (run.name or run.id)[:MAX_LINE],
                "job_type": run.job_type,
                "group": run.group,
                "notes": run.notes,
                "tags": run.tags or [],
                "config": run.config,
                "summary": run.summary_metrics,
                "client": {name: value for name, value in client.items() if value is not None},
            },
        )

    def _files_of(self, run: Any) -> Fetch:
        def fetch(folder: Path) -> Sequence[File]:
            with self._reading():
                for file in run.files(per_page=PAGE):
                    file.download(root=str(folder), replace=True)
            return ()

        return fetch

    def _history_of(self, run: Any) -> History:
        def lines(number: int) -> Iterator[str]:
            if number >= (run.historyLineCount or 0):
                return
            with self._reading():
                for row in islice(run.scan_history(), number, None):
                    yield json.dumps(row)

        return lines

    def _artifacts(self, project: str) -> Iterator[Told]:
        for type in self._api.artifact_types(f"{self._entity}/{project}"):
            for collection in type.collections(per_page=PAGE):
                # What is no sequence holds links alone: those into registries come with the registries.
                if collection.is_sequence():
                    yield from self._collection(project, type.name, collection)

    def _collection(self, project: str, type: str, collection: Any) -> Iterator[Told]:
        name = self._home(f"{self._entity}/{project}/{collection.name}:")
        digests: set[str] = set()
        versions = sorted(collection.artifacts(per_page=PAGE), key=lambda each: _number(each.version))
        for artifact in versions:
            makers = self._makers.get(artifact.id, [])
            first = makers[0] if makers else None
            told = MovedVersion(
                name,
                _key(artifact),
                type,
                _time(artifact.created_at),
                None if first is None else first.by,
                None if first is None else first.path,
                _digest(artifact, digests),
                tags=artifact.tags,
                description=artifact.description,
                metadata=artifact.metadata,
                number=_number(artifact.version),
                ttl_seconds=_ttl(artifact),
            )
            yield ToldVersion(told, self._content_of(artifact))
            for run in makers[1:]:
                yield MovedOutput(run.path, name, told.key, run.at, run.by)
        for artifact in versions:
            if aliases := _aliases(artifact):
                yield MovedAliases(name, _key(artifact), datetime.now(UTC), aliases, _STANDS)

    def _content_of(self, artifact: Any) -> Fetch:
        def fetch(folder: Path) -> Sequence[File]:
            with self._reading(), ThreadPoolExecutor(DOWNLOADS) as pool:
                entries = list(artifact.manifest.entries.values())
                elsewhere = [each for each in entries if each.ref is not None and not each.ref.startswith(_INSIDE)]
                kept = [each for each in entries if each not in elsewhere]
                # Only an entry that was asked for by its path knows whose it is.
                bound = [artifact.get_entry(each.path) for each in kept]
                # What is another version's comes by way of the cache, or not at all if that version is at hand.
                list(pool.map(lambda each: each.download(root=str(folder), skip_cache=each.ref is None), bound))
            return [
                File(str(each.path), each.digest, each.size or 0, str(each.ref), each.extra or None)
                for each in elsewhere
            ]

        return fetch

    def _registries(self) -> Iterator[Told]:
        for registry in self._api.registries(self._organization, per_page=PAGE):
            described = {each.name: each.description for each in registry.collections(per_page=PAGE)}
            for artifact in sorted(registry.versions(per_page=PAGE), key=lambda each: _number(each.version)):
                yield self._place(registry.name, described, artifact)

    def _place(self, registry: str, described: Mapping[str, str | None], artifact: Any) -> MovedPlace:
        name = artifact.name.partition(":")[0]
        return MovedPlace(
            nameable(registry),
            nameable(name),
            self._home(artifact.source_qualified_name),
            _key(artifact),
            _time(artifact.linked_at or artifact.created_at),
            aliases=_aliases(artifact),
            reason=_STANDS,
            description=described.get(name),
            number=_number(artifact.version),
        )

    def _home(self, qualified: str) -> str:
        """The collection of a version, by the version's name there."""
        entity, project, name = qualified.rpartition(":")[0].split("/", 2)
        return f"{self._owner if entity == self._entity else entity}/{nameable(project)}/{nameable(name)}"


def _key(artifact: Any) -> str:
    return f"wandb {artifact.source_version} {artifact.id}"


def _digest(artifact: Any, seen: set[str]) -> str:
    """What the client calls the content, so that it is known when it is logged again.

    Not if that is no digest, or another version's: two versions there are two here.
    """
    algorithm = "xxh128" if "xxh128" in str(artifact.digest_algorithm).lower() else "md5"
    found = f"{algorithm}:{artifact.digest}"
    if not _DIGEST.fullmatch(artifact.digest) or found in seen:
        return digest_of_key(_key(artifact))
    seen.add(found)
    return found


def _aliases(artifact: Any) -> Sequence[str]:
    return [alias for alias in artifact.aliases if alias != LATEST]


def _number(version: str) -> int:
    return int(version.removeprefix("v"))


def _ttl(artifact: Any) -> int | None:
    ttl = artifact.ttl
    return None if ttl is None else int(ttl.total_seconds())


def _username(run: Any) -> str | None:
    user: Mapping[str, Any] = getattr(getattr(run, "user", None), "_attrs", {})
    return user.get("username")


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
