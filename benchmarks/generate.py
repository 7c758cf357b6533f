"""Makes data to measure on, the same for the same size and seed, in SQLite and in PostgreSQL.

    python -m benchmarks.generate 100k
    python -m benchmarks.generate 100k --postgresql
    python -m benchmarks.generate 10k --verify
    python -m benchmarks.generate dense --postgresql    # 10⁶ versions, 10⁷ edges

Runs use 1 to 5 versions and log 1 to 5: most from the 400 newest, 5% from anywhere, 5% one of five hubs by Zipf's
law. One run in fifty logs again what another had logged. Behind the woven part stands a chain, and one hub has many
users that log nothing. Memberships, aliases, links into a registry and the log with its hash chains are what the
rules would have written; `--verify` has the product check that.
"""

import argparse
import asyncio
import hashlib
import json
import random
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import asyncpg

from benchmarks.report import say
from benchmarks.stores import (
    SIZES,
    USES,
    Facts,
    database_file,
    database_name,
    folder,
    in_database,
    postgresql,
    recreate_database,
    save_facts,
)
from gqlregistry.auth import Principal
from gqlregistry.registry import audit, people, projects, registries
from gqlregistry.registry.change import Change, apply
from gqlregistry.registry.events import FIRST_HASH
from gqlregistry.store import Database, open_database, tables
from gqlregistry.store.tables import Table
from gqlregistry.store.tables.base import Instant

START = datetime(2025, 1, 1, tzinfo=UTC)
WINDOW = 400
HUBS = 5
HUB_SHARE = FAR_SHARE = 0.05
AGAIN_SHARE = 0.02
PRODUCTION_SHARE = 0.05
LINKED_SHARE = 0.02
VERSIONS_PER_COLLECTION = 40
COLLECTIONS_PER_PROJECT = 50
USERS = 20
BATCH = 20_000
TYPES = ("dataset", "model", "metrics", "code")
JOBS = ("preprocess", "train", "evaluate", "tune")

TABLES: dict[str, type[Table]] = {
    "collection": tables.Collection,
    "run": tables.Run,
    "artifact": tables.Artifact,
    "artifact_file": tables.ArtifactFile,
    "membership": tables.Membership,
    "alias": tables.Alias,
    "run_input": tables.RunInput,
    "run_output": tables.RunOutput,
    "action_event": tables.ActionEvent,
    "event_chain": tables.EventChain,
}
COLUMNS = {name: [column.name for column in table.__table__.columns] for name, table in TABLES.items()}

Row = tuple[Any, ...]


@dataclass(slots=True)
class Home:
    """A collection while it fills."""

    id: int
    project_id: int | None
    registry_id: int | None
    name: str
    type: str
    user: int
    created_at: str
    updated_at: str
    hash: str = FIRST_HASH
    hashed_at: str = ""
    events: int = 0
    next_index: int = 0
    aliases: dict[str, tuple[int, int, int, str]] = field(default_factory=dict)
    """By name: membership, version number, artifact, since when."""


@dataclass(slots=True)
class World:
    """What is made through the rules before the generator writes by itself."""

    users: list[int]
    projects: list[int]
    registry: int
    first_event: int


class Generator:
    """Yields rows, table by table as they come about."""

    def __init__(self, versions: int, seed: int, world: World, uses: int = 5) -> None:
        self._random = random.Random(seed)
        self._world = world
        self._versions = versions
        self._uses = uses
        self._event = world.first_event
        self._members = 0
        self._runs = 0
        self._ticks = 0
        self._home_of: list[Home] = []
        self._index_of: list[int] = []
        self.chain = min(2000, versions // 10)
        self.hub_users = min(versions, 100_000)
        self._homes: list[Home] = []
        self._linked: list[Home] = []

    @property
    def collections(self) -> list[int]:
        """The source collections, without the chain's."""
        return [home.id for home in self._homes[:-1]]

    def rows(self) -> Iterator[tuple[str, Row]]:
        """All rows, each with its table."""
        yield from self._make_homes()
        while len(self._home_of) < self._versions - self.chain:
            yield from self._run()
        yield from self._chain()
        for _ in range(self.hub_users):
            yield from self._start_run("evaluate", self._random.choice(self._world.projects), [1])
        alias_id = 0
        for home in [*self._homes, *self._linked]:
            yield "collection", _collection(home)
            yield "event_chain", (home.id, home.events, home.hash, home.hashed_at)
            for name, (member, _, _, since) in home.aliases.items():
                alias_id += 1
                yield "alias", (alias_id, home.id, name, member, since)

    def _make_homes(self) -> Iterator[tuple[str, Row]]:
        wanted = max(1, self._versions // VERSIONS_PER_COLLECTION)
        for number in range(wanted + 1):
            project = self._world.projects[number % len(self._world.projects)]
            name = f"{TYPES[number % 4]}-{number:05}" if number < wanted else "chain"
            yield from self._make_home(self._homes, project, None, name, TYPES[number % 4])
        for number in range(max(1, wanted // 50)):
            yield from self._make_home(self._linked, None, self._world.registry, f"approved-{number:04}", "model")

    def _make_home(
        self, homes: list[Home], project: int | None, registry: int | None, name: str, type_: str
    ) -> Iterator[tuple[str, Row]]:
        now = self._now()
        number = len(self._homes) + len(self._linked) + 1
        home = Home(number, project, registry, name, type_, self._random.choice(self._world.users), now, now)
        homes.append(home)
        kind = "SOURCE" if registry is None else "REGISTRY"
        yield self._log(
            home,
            now,
            home.user,
            kind="COLLECTION_CREATED",
            detail={"name": name, "kind": kind, "type": type_, "description": None},
        )

    def _run(self) -> Iterator[tuple[str, Row]]:
        choose = self._random
        known = len(self._home_of)
        inputs: set[int] = set()
        if known:
            for _ in range(choose.randint(1, self._uses)):
                share = choose.random()
                if share < HUB_SHARE:
                    inputs.add(min(known, choose.choices(range(1, HUBS + 1), [1 / n for n in range(1, HUBS + 1)])[0]))
                elif share < HUB_SHARE + FAR_SHARE:
                    inputs.add(choose.randint(1, known))
                else:
                    inputs.add(choose.randint(max(1, known - WINDOW), known))
        project = choose.randrange(len(self._world.projects))
        yield from self._start_run(choose.choice(JOBS), self._world.projects[project], sorted(inputs))
        user, run = self._user, self._runs
        if known > 10 and choose.random() < AGAIN_SHARE:
            yield "run_output", (run, choose.randint(max(1, known - WINDOW), known), self._now())
        for _ in range(choose.randint(1, 5)):
            if len(self._home_of) >= self._versions - self.chain:
                return
            own = range(project, len(self._homes) - 1, len(self._world.projects))
            home = self._homes[choose.choice(own) if own else 0]
            yield from self._version(home, run, user)

    def _chain(self) -> Iterator[tuple[str, Row]]:
        before: list[int] = []
        home = self._homes[-1]
        assert home.project_id is not None
        for _ in range(self.chain):
            yield from self._start_run("train", home.project_id, before)
            yield from self._version(home, self._runs, self._user)
            before = [len(self._home_of)]

    def _start_run(self, job: str, project: int, inputs: Iterable[int]) -> Iterator[tuple[str, Row]]:
        self._runs += 1
        self._user = self._random.choice(self._world.users)
        now = self._now()
        run = self._runs
        config = json.dumps({"lr": round(self._random.random(), 5), "epochs": self._random.randint(1, 90)})
        values = {
            "id": run,
            "project_id": project,
            "name": f"r{run:07x}",
            "display_name": f"{job}-{run}",
            "state": "FINISHED",
            "job_type": job,
            "tags": "[]",
            "config": config,
            "summary": "{}",
            "created_by_id": self._user,
            "created_at": now,
            "started_at": now,
            "finished_at": now,
        }
        yield "run", tuple(values.get(name) for name in COLUMNS["run"])
        for artifact in inputs:
            home = self._home_of[artifact - 1]
            asked = "latest" if self._random.random() < 0.3 else f"v{self._index_of[artifact - 1]}"
            yield "run_input", (run, artifact, now, asked, False, home.id)

    def _version(self, home: Home, run: int, user: int) -> Iterator[tuple[str, Row]]:
        self._home_of.append(home)
        self._index_of.append(home.next_index)
        artifact, index, now = len(self._home_of), home.next_index, self._now()
        digest = "sha256:" + hashlib.sha256(f"content {artifact}".encode()).hexdigest()
        size = self._random.randint(1, 10**9)
        values = {
            "id": artifact,
            "collection_id": home.id,
            "version_index": index,
            "state": "COMMITTED",
            "digest": digest,
            "size": size,
            "file_count": 1,
            "metadata": f'{{"rows":{size // 100}}}',
            "pending_aliases": "[]",
            "run_id": run,
            "created_at": now,
            "created_by_id": user,
            "committed_at": now,
            "updated_at": now,
        }
        yield "artifact", tuple(values.get(name) for name in COLUMNS["artifact"])
        yield "artifact_file", (artifact, "data.parquet", digest, size, f"s3://bucket/{artifact}", None)
        yield "run_output", (run, artifact, now)
        detail = {"digest": digest, "size": size, "file_count": 1, "metadata": {"rows": size // 100}}
        names = ["latest", "production"] if self._random.random() < PRODUCTION_SHARE else ["latest"]
        yield from self._join(home, artifact, user, now, names, detail, run_id=run)
        if self._random.random() < LINKED_SHARE:
            linked = self._random.choice(self._linked)
            yield from self._join(linked, artifact, user, now, ["latest"], {})

    def _join(
        self, home: Home, artifact: int, user: int, now: str, names: list[str], detail: dict[str, Any], **facts: Any
    ) -> Iterator[tuple[str, Row]]:
        self._members += 1
        member, index = self._members, home.next_index
        home.next_index, home.updated_at = index + 1, now
        yield "membership", (member, home.id, artifact, index, now, user, None)
        about = {"artifact_id": artifact, "version_index": index, **facts}
        yield self._log(home, now, user, kind="VERSION_ADDED", detail=detail, **about)
        for name in names:
            held = home.aliases.get(name)
            before = {}
            if held is not None:
                before = {"previous_id": held[2], "previous_version_index": held[1]}
                lost = {"artifact_id": held[2], "version_index": held[1], **facts}
                yield self._log(home, now, user, kind="ALIAS_REMOVED", alias=name, **lost)
            home.aliases[name] = (member, index, artifact, now)
            yield self._log(home, now, user, kind="ALIAS_ADDED", alias=name, **about, **before)

    def _log(self, home: Home, now: str, user: int, **facts: Any) -> tuple[str, Row]:
        facts = {"detail": {}, "created_at": now, "actor_id": user, "collection_id": home.id} | facts
        if home.project_id is not None:
            facts["project_id"] = home.project_id
        if home.registry_id is not None:
            facts["registry_id"] = home.registry_id
        text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        home.hash = hashlib.sha256(f"{home.hash}{text}".encode()).hexdigest()
        home.hashed_at, home.events = now, home.events + 1
        facts["detail"] = json.dumps(facts["detail"], ensure_ascii=False, separators=(",", ":"))
        facts |= {"id": self._event, "hash": home.hash}
        self._event += 1
        return "action_event", tuple(facts.get(name) for name in COLUMNS["action_event"])

    def _now(self) -> str:
        self._ticks += 1
        return (START + timedelta(seconds=20 * self._ticks)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")


def _collection(home: Home) -> Row:
    values = {
        "id": home.id,
        "kind": "SOURCE" if home.registry_id is None else "REGISTRY",
        "project_id": home.project_id,
        "registry_id": home.registry_id,
        "name": home.name,
        "type": home.type,
        "next_index": home.next_index,
        "created_at": home.created_at,
        "created_by_id": home.user,
        "updated_at": home.updated_at,
    }
    return tuple(values.get(name) for name in COLUMNS["collection"])


async def make_world(database: Database, versions: int) -> World:
    """People, projects and a registry, by the rules of the product."""
    await database.upgrade()
    defaults = await database.write(people.ensure_defaults)
    admin: Principal = defaults.local

    def work(change: Change) -> World:
        users = [people.create_user(change, f"user{number:02}") for number in range(USERS)]
        team = people.create_team(change, "zoo")
        count = max(1, versions // VERSIONS_PER_COLLECTION // COLLECTIONS_PER_PROJECT)
        places = [projects.create_project(change, team.id, f"project-{number:04}") for number in range(count)]
        registry = registries.create_registry(change, "models")
        newest = max(event.id for event in change.finish())
        return World([user.id for user in users], [place.id for place in places], registry.id, newest + 1)

    return (await apply(database, admin, work)).result


def batches(generator: Generator, counted: dict[str, int], digest: Any) -> Iterator[tuple[str, list[Row]]]:
    """The rows in batches of one table; counts and digests them on the way."""
    waiting: dict[str, list[Row]] = {name: [] for name in TABLES}
    for name, row in generator.rows():
        digest.update(repr((name, row)).encode())
        waiting[name].append(row)
        if len(waiting[name]) >= BATCH:
            counted[name] += len(waiting[name])
            yield name, waiting[name]
            waiting[name] = []
    for name, rows in waiting.items():
        counted[name] += len(rows)
        yield name, rows


def fill_sqlite(path: str, parts: Iterable[tuple[str, list[Row]]]) -> None:
    """Insert quickly: without a journal, its indexes made at the end."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
        connection.execute(f"PRAGMA {pragma}")
    names = ", ".join(f"'{name}'" for name in TABLES)
    indexes = connection.execute(
        f"SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})"
    ).fetchall()
    connection.execute("BEGIN")
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    for name, rows in parts:
        marks = ", ".join("?" * len(COLUMNS[name]))
        columns = ", ".join(f'"{column}"' for column in COLUMNS[name])
        connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


async def fill_postgresql(url: str, parts: Iterable[tuple[str, list[Row]]]) -> None:
    """COPY, then what autovacuum would do in time."""
    connection = await asyncpg.connect(url)
    await connection.execute("SET session_replication_role = replica")
    instants = {
        name: [at for at, column in enumerate(table.__table__.columns) if isinstance(column.type, Instant)]
        for name, table in TABLES.items()
    }
    for name, rows in parts:
        typed = [_with_times(row, instants[name]) for row in rows]
        await connection.copy_records_to_table(name, records=typed, columns=COLUMNS[name])
    for name, table in TABLES.items():
        if "id" in table.__table__.columns:
            await connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
            )
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _with_times(row: Row, at: list[int]) -> Row:
    values = list(row)
    for place in at:
        if values[place] is not None:
            values[place] = datetime.fromisoformat(values[place])
    return tuple(values)


def generate(size: str, seed: int, url: str) -> Facts:
    """Fill a database that is not there, or is empty."""
    versions = SIZES[size]

    async def prepare() -> World:
        database = open_database(url, folder(size))
        try:
            return await make_world(database, versions)
        finally:
            await database.close()

    world = asyncio.run(prepare())
    generator = Generator(versions, seed, world, USES.get(size, 5))
    counted, digest = dict.fromkeys(TABLES, 0), hashlib.sha256()
    parts = batches(generator, counted, digest)
    if url.startswith("sqlite"):
        fill_sqlite(str(database_file(size)), parts)
    else:
        asyncio.run(fill_postgresql(url, parts))
    return Facts(
        versions,
        seed,
        versions - generator.chain,
        1,
        generator.hub_users,
        generator.chain,
        versions,
        world.projects,
        generator.collections,
        digest.hexdigest(),
        counted,
    )


def verify(url: str) -> None:
    """Have the product check chains and state. Raises `SystemExit` when something is wrong."""

    async def check() -> tuple[list[Any], list[str]]:
        database = open_database(url, folder("."))
        try:
            return await database.read(audit.verify), await database.read(audit.differences)
        finally:
            await database.close()

    breaks, differences = asyncio.run(check())
    if breaks or differences:
        raise SystemExit(f"the data are not what the rules would have written: {breaks[:3]} {differences[:3]}")
    say("verified: every chain holds, and the state is the fold of the log")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Make data to measure on.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--postgresql", action="store_true", help="into PostgreSQL instead of SQLite")
    parser.add_argument("--verify", action="store_true", help="have the product check what was made")
    given = parser.parse_args()
    folder(given.size).mkdir(parents=True, exist_ok=True)
    if not given.postgresql:
        for path in folder(given.size).glob("registry.db*"):
            path.unlink()
        _make(given, f"sqlite:///{database_file(given.size)}")
        return
    with postgresql() as server:
        recreate_database(server, database_name(given.size))
        _make(given, in_database(server, database_name(given.size)))


def _make(given: argparse.Namespace, url: str) -> None:
    start = perf_counter()
    facts = generate(given.size, given.seed, url)
    save_facts(given.size, facts)
    for name, count in facts.counts.items():
        say(f"{name:15}{count:>12,}")
    say(f"hub: artifact {facts.hub} has {facts.hub_users:,} users of its own; chain: {facts.chain:,} versions")
    say(f"digest {facts.digest}")
    say(f"made in {perf_counter() - start:.0f} s")
    if given.verify:
        verify(url)


if __name__ == "__main__":
    main()
