"""A server that listens, in this process."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from gqlregistry.services import Services
from gqlregistry.settings import Settings
from tests.live.subscribers import Server
from tests.registry.conftest import house
from tests.serving import listening

__all__ = ["house"]

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def more_settings() -> dict[str, object]:
    """Settings of the server that are not its defaults."""
    return {}


@pytest_asyncio.fixture
async def served(settings: Settings, more_settings: dict[str, object]) -> AsyncIterator[Server]:
    """A server, with the project local/zoo."""
    async with listening(settings.model_copy(update=more_settings)) as (url, services):
        server = Server(url, services)
        await server.house.project()
        yield server


@pytest.fixture
def services(served: Server) -> Services:
    """What the server works with."""
    return served.services
