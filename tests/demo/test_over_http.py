"""The demo made through the public API."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from httpx import ASGITransport

from gqlregistry.app import create_app
from gqlregistry.demo import over_http, zoo
from gqlregistry.demo.script import Script, Step
from gqlregistry.errors import Unauthenticated, Unavailable
from gqlregistry.registry import keys
from gqlregistry.registry.change import apply
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from gqlregistry.store.tables import KeyScope
from tests.demo.asking import ask

HISTORY = """{ collection(ref: {name: "model/zoo"}) { alias(name: "production") {
  history { version artifact { name } reason actor { username } } } } }"""
TOLD = [("v2", "tomas"), ("v0", "priya"), ("v1", "tomas"), ("v0", "tomas")]


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """The zoo's part of the demo alone: the larger lineage uses no mutation of its own."""
    script = Script()
    zoo.tell(script)
    monkeypatch.setattr(over_http, "steps", script.in_order)
    return script.in_order()


@pytest_asyncio.fixture
async def empty(empty_settings: Settings) -> AsyncIterator[tuple[ASGITransport, Services]]:
    """A server without a demo."""
    app = create_app(empty_settings)
    async with app.router.lifespan_context(app):
        yield ASGITransport(app), app.state.services


async def told(transport: ASGITransport, key: str | None = None) -> list[tuple[str, str]]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:
        data = await ask(client, HISTORY)
    history = data["collection"]["alias"]["history"]
    return [(each["version"], each["actor"]["username"]) for each in history]


async def test_without_keys_the_local_user_plays_everybody(
    empty: tuple[ASGITransport, Services], story: list[Step]
) -> None:
    transport, services = empty
    assert await over_http.play("http://localhost", transport=transport) is True
    assert await told(transport) == [(version, "local") for version, _ in TOLD]
    assert await over_http.play("http://localhost/graphql", transport=transport) is False
    assert await told(transport) == [(version, "local") for version, _ in TOLD]
    for step in story:
        for digest, content in step.contents.items():
            assert await services.blobs.size(digest) == len(content)


async def test_with_an_admins_key_each_person_acts_with_a_key_that_ends(
    empty: tuple[ASGITransport, Services], story: list[Step]
) -> None:
    transport, services = empty
    made = await apply(services.database, services.local, keys.create_key, "local", "mine", scope=KeyScope.ADMIN)
    secret = made.result[1]
    assert await over_http.play("http://localhost", secret, transport) is True
    assert await told(transport, secret) == TOLD
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        client.headers["Authorization"] = f"Bearer {secret}"
        data = await ask(client, "{ users { nodes { username apiKeys { revokedAt } } } }")
    live = {
        user["username"]: [key for key in user["apiKeys"] if key["revokedAt"] is None]
        for user in data["users"]["nodes"]
    }
    assert {name for name, keys in live.items() if keys} == {"local"}
    with pytest.raises(Unauthenticated):
        await over_http.play("http://localhost", "0" * 40, transport)


async def test_a_server_that_is_not_there() -> None:
    with pytest.raises(Unavailable, match="can't be reached"):
        await over_http.play("http://127.0.0.1:9")


async def test_a_server_of_another_kind() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, text="<html>hello</html>"))
    with pytest.raises(Unavailable, match="no gqlregistry server"):
        await over_http.play("http://elsewhere.example", transport=transport)
