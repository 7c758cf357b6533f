"""A server in this process, asked over HTTP."""

import pytest
import pytest_asyncio
from httpx import AsyncClient

from gqlregistry.services import Services
from tests.schema.api import API

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what never reaches the database."""


@pytest_asyncio.fixture
async def api(client: AsyncClient, services: Services) -> API:
    """The public schema of a fresh server, with the project local/zoo."""
    api = API(client, services)
    await api.project()
    return api
