"""A server in this process, asked over HTTP."""

import pytest_asyncio
from httpx import AsyncClient

from gqlregistry.services import Services
from tests.schema.api import API


@pytest_asyncio.fixture
async def api(client: AsyncClient, services: Services) -> API:
    """The public schema of a fresh server, with the project local/zoo."""
    api = API(client, services)
    await api.project()
    return api
