"""Web pages of other origins: which ones may ask, what their browsers are told, and what they bring."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import AsyncClient

from gqlregistry.app.cross_origin import CrossOrigin
from gqlregistry.errors import BadInput
from gqlregistry.registry import keys
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.registry.conftest import House
from tests.serving import local_server

APP = "https://app.example.com"
KEY = "local-" + "0123456789" * 4
WHO = {"query": "{ viewer { username } }"}


@pytest_asyncio.fixture
async def keyed(settings: Settings) -> AsyncIterator[AsyncClient]:
    """A server that needs a key, and lets the pages of one other origin ask."""
    async with local_server(settings.model_copy(update={"allowed_origins": f" {APP}:443 ,"})) as (client, services):
        await House(services.database, services.local).do(keys.create_key, "local", "app", KEY)
        yield client


def preflight(origin: str) -> dict[str, str]:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    return {"Origin": origin, **asked}


@on_sqlite
async def test_a_page_of_an_allowed_origin_asks_with_a_key(keyed: AsyncClient) -> None:
    before = await keyed.options("/graphql", headers=preflight(APP))
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, APP)
    assert "access-control-allow-credentials" not in before.headers
    answer = await keyed.post("/graphql", json=WHO, headers={"Origin": APP, "Authorization": f"Bearer {KEY}"})
    assert answer.json()["data"] == {"viewer": {"username": "local"}}
    assert answer.headers["access-control-allow-origin"] == APP
    assert "X-Request-ID" in answer.headers["access-control-expose-headers"]
    assert "Origin" in answer.headers["vary"]


@on_sqlite
async def test_its_browser_may_read_why_it_was_refused(keyed: AsyncClient) -> None:
    answer = await keyed.post("/graphql", json=WHO, headers={"Origin": APP})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (401, APP)


@on_sqlite
async def test_it_may_not_come_by_a_session(keyed: AsyncClient) -> None:
    assert (await keyed.post("/session", json={"key": KEY})).status_code == 200
    assert (await keyed.post("/graphql", json=WHO)).status_code == 200
    for headers in ({"Origin": APP}, {"Origin": APP, "Sec-Fetch-Site": "cross-site"}):
        assert (await keyed.post("/graphql", json=WHO, headers=headers)).status_code == 403


@on_sqlite
@pytest.mark.parametrize("origin", ["https://evil.example.com", "http://app.example.com", f"{APP}:8443", "null", "é"])
async def test_other_origins_are_told_nothing(keyed: AsyncClient, origin: str) -> None:
    headers = {name: value.encode() for name, value in preflight(origin).items()}
    before = await keyed.options("/graphql", headers=headers)
    answer = await keyed.post(
        "/graphql", json=WHO, headers={"Origin": origin.encode(), "Authorization": f"Bearer {KEY}"}
    )
    assert before.status_code == 204
    for each in (before, answer):
        assert not [name for name in each.headers if name.startswith("access-control")]


@on_sqlite
async def test_a_server_that_names_none_allows_none(client: AsyncClient) -> None:
    answer = await client.options("/graphql", headers=preflight(APP))
    assert (answer.status_code, "access-control-allow-origin" in answer.headers) == (204, False)


@pytest.mark.parametrize("named", ["*", "app.example.com", "https://app.example.com/path"])
def test_what_is_no_origin_keeps_the_server_from_starting(named: str) -> None:
    async def app(*_: object) -> None:
        raise AssertionError

    with pytest.raises(BadInput, match="GQLREGISTRY_ALLOWED_ORIGINS"):
        CrossOrigin(app, Settings(allowed_origins=named))
