"""In these tests a fresh database has the demo in it. It is made once a session on each kind of database."""

import asyncio
import shutil
from pathlib import Path

import pytest
from sqlalchemy import URL

from gqlregistry.demo import inside
from gqlregistry.services import open_services
from gqlregistry.settings import Settings
from tests.conftest import create_database


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the servers that made the demo: its bytes never change."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, demo_data: Path) -> Path:
    """A SQLite file with the demo, to be copied."""
    path = demo_data / "demo.db"
    shutil.copyfile(sqlite_template, path)
    asyncio.run(_play(Settings(data=demo_data, database=f"sqlite:///{path}")))
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_template: URL, demo_data: Path) -> URL:
    """A PostgreSQL database with the demo, to be copied."""
    url = create_database(postgresql_template, f"TEMPLATE {postgresql_template.database} STRATEGY FILE_COPY")
    asyncio.run(_play(Settings(data=demo_data, database=url.render_as_string(hide_password=False))))
    return url


@pytest.fixture
def settings(database_url: str, demo_data: Path) -> Settings:
    """The settings of a local server with the demo."""
    return Settings(data=demo_data, database=database_url)


@pytest.fixture
def empty_settings(empty_database_url: str, tmp_path: Path) -> Settings:
    """The settings of a local server without it."""
    return Settings(data=tmp_path, database=empty_database_url)


async def _play(settings: Settings) -> None:
    async with open_services(settings) as services:
        assert await inside.play(services)
