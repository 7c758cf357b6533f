"""Writing what a source tells, in its order: each run, version, use and place in a transaction of its own.

What can't be kept is left out, and said; the rest goes on. Told again, what is there stays: so a move that was cut is
begun anew, and one that is repeated brings what came since.
"""

import asyncio
import hashlib
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from gqlregistry.auth import Principal
from gqlregistry.errors import RegistryError
from gqlregistry.registry import moving
from gqlregistry.registry.change import apply, apply_at
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
from gqlregistry.services import Services
from gqlregistry.uploads import put, put_run_file

CHUNK = 2**20
LINES_AT_ONCE = 1000

Fetch: TypeAlias = Callable[[Path], Sequence[File]]
"""Puts files into an empty folder, under their paths; answers those that stay elsewhere. Raises `Unreadable`."""


History: TypeAlias = Callable[[int], Iterator[str]]
"""The lines of a run's history, JSON objects, from a number on. Raises `Unreadable`."""


class Unreadable(Exception):
    """The other server does not give something, and says why."""


@dataclass(frozen=True, slots=True)
class ToldRun:
    """A run with the files that it has left, and its history."""

    run: MovedRun
    fetch: Fetch | None = None
    history: History | None = None


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """A version with its files."""

    version: MovedVersion
    fetch: Fetch | None = None


Told: TypeAlias = MovedOwner | ToldRun | ToldVersion | MovedOutput | MovedAliases | MovedUse | MovedPlace

_RULES: dict[type, tuple[str, Callable[..., bool]]] = {
    MovedUse: ("uses", moving.record_use),
    MovedOutput: ("outputs", moving.record_output),
    MovedAliases: ("aliases", moving.record_aliases),
    MovedPlace: ("places", moving.record_place),
}
"""Of what is told by itself: what it counts as, and the rule that writes it."""


@dataclass(slots=True)
class Moved:
    """How many of each kind came, were there, and what was left out and why."""

    came: Counter[str] = field(default_factory=Counter)
    were_there: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = {"runs": 0, "versions": 0, "files": 0, "uses": 0, "places": 0, **self.came, **self.were_there}
        lines = [f"{kind}: {self.came[kind]} moved, {self.were_there[kind]} were there" for kind in kinds]
        return "\n".join([*lines, *(f"left out: {each}" for each in self.left_out)])


async def move(services: Services, told: Iterator[Told], at_each: Callable[[], None] = lambda: None) -> Moved:
    """Write all that a source tells. `at_each` is called before each.

    Raises `Unreadable` when the source can't go on; all that came before stays.
    """
    mover = _Mover(services)
    while (each := await asyncio.to_thread(next, told, None)) is not None:
        at_each()
        try:
            await mover.take(each)
        except (RegistryError, Unreadable) as error:
            mover.moved.left_out.append(f"{_named(each)}: {error}")
    return mover.moved


def _named(told: Told) -> str:
    match told:
        case ToldRun(run):
            return f"run {run.path}"
        case ToldVersion(version):
            return f"version {version.key} of {version.collection}"
        case MovedOwner():
            return f"{told.name}"
        case MovedUse():
            return f"that {told.run} used {told.key} of {told.collection}"
        case MovedOutput():
            return f"that {told.run} logged {told.key} of {told.collection}"
        case MovedAliases():
            return f"the aliases of {told.key} of {told.collection}"
        case MovedPlace():
            return f"the place of {told.key} in {told.registry}/{told.name}"


class _Mover:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._people: dict[str, Principal] = {}
        self.moved = Moved()

    async def take(self, told: Told) -> None:
        match told:
            case MovedOwner():
                await apply(self._services.database, self._services.local, moving.ensure_owner, told)
            case ToldRun():
                await self._run(told)
            case ToldVersion(version):
                await self._version(version, told)
            case _:
                kind, rule = _RULES[type(told)]
                self._count(kind, await self._do(told, rule))

    def _count(self, kind: str, came: bool, many: int = 1) -> None:
        (self.moved.came if came else self.moved.were_there)[kind] += many

    async def _person(self, name: str | None) -> Principal:
        local = self._services.local
        if not name:
            return local
        if name not in self._people:
            made = await apply(self._services.database, local, moving.ensure_person, name)
            self._people[name] = made.result
        return self._people[name]

    async def _do(
        self, told: MovedRun | MovedUse | MovedOutput | MovedAliases | MovedPlace, rule: Callable[..., bool]
    ) -> bool:
        actor = await self._person(told.by)
        return (await apply_at(self._services.database, told.at, actor, rule, told)).result

    async def _run(self, told: ToldRun) -> None:
        self._count("runs", await self._do(told.run, moving.record_run))
        id = await self._services.database.read(lambda session: moving.run_id(session, told.run))
        if told.history is not None:
            await self._history(told.run, id, told.history)
        if told.fetch is None:
            return
        with tempfile.TemporaryDirectory() as folder:
            await asyncio.to_thread(told.fetch, Path(folder))
            for path in _files(Path(folder)):
                await put_run_file(self._services, id, path.relative_to(folder).as_posix(), _read(path))
                self._count("files", True)

    async def _history(self, run: MovedRun, id: int, history: History) -> None:
        database = self._services.database
        number = await database.read(lambda session: moving.history_length(session, id))
        lines = history(number)
        while some := await asyncio.to_thread(lambda: list(islice(lines, LINES_AT_ONCE))):
            actor = await self._person(run.by)
            await apply_at(database, run.at, actor, moving.record_history, id, number, some)
            number += len(some)

    async def _version(self, version: MovedVersion, told: ToldVersion) -> None:
        database = self._services.database
        known = await database.read(lambda session: moving.standing(session, version.collection, version.key))
        files: list[File] = []
        with tempfile.TemporaryDirectory() as folder:
            if known is None and told.fetch is not None:
                files += await asyncio.to_thread(told.fetch, Path(folder))
                files += [await self._kept(path, path.relative_to(folder).as_posix()) for path in _files(Path(folder))]
        self._count("versions", known is None)
        if known is None:
            self._count("files", True, len(files))
            actor = await self._person(version.by)
            await apply_at(database, version.at, actor, moving.record_version, version, files)

    async def _kept(self, path: Path, name: str) -> File:
        digest = await asyncio.to_thread(_digest, path)
        size = path.stat().st_size
        await put(self._services, digest, _read(path), size)
        return File(name, digest, size)


def digest_of_key(key: str) -> str:
    """The digest of a version that is another than all others of its collection there, whatever is in it."""
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


async def _read(path: Path) -> AsyncIterator[bytes]:
    with closing(path.open("rb")) as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk
