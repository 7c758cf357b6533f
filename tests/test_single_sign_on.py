"""Single sign-on with a real OpenID provider, which runs beside the tests."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio
from httpx import AsyncClient, Response
from pydantic import SecretStr
from sqlmodel import select

from gqlregistry.errors import BadInput
from gqlregistry.registry import keys, people
from gqlregistry.registry.change import apply
from gqlregistry.services import Services
from gqlregistry.sessions import COOKIE
from gqlregistry.settings import Settings
from gqlregistry.single_sign_on import AWAY_COOKIE, single_sign_on_routes
from gqlregistry.store.tables import ApiKey, Subject
from tests.conftest import on_sqlite
from tests.serving import local_server

pytestmark = on_sqlite

SIGN_IN = "/session/oidc"
PEOPLE = [
    {"sub": "s-ada", "email": "ada@example.org", "email_verified": True, "preferred_username": "ada"},
    {"sub": "s-eve", "email": "ada@example.org", "email_verified": False, "preferred_username": "eve"},
    {"sub": "s-bob", "email": "bob@example.org", "email_verified": True, "preferred_username": "bob smith"},
    {"sub": "s-root", "email": "root@example.org", "email_verified": True, "preferred_username": "x"},
]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The URL of a provider, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "oidc-provider-mock"), "--port", str(port), "--require-nonce", "true"]
    claims = [option for each in PEOPLE for option in ("--user-claims", json.dumps(each))]
    started = subprocess.Popen([*command, *claims], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with suppress(httpx.ConnectError):
                metadata = httpx.get(f"{url}/.well-known/openid-configuration").json()
                break
            time.sleep(0.1)
        yield metadata["issuer"]
    finally:
        started.terminate()
        started.wait(timeout=30)


@pytest.fixture
def settings(database_url: str, tmp_path: Any, provider: str) -> Settings:
    return Settings(
        data=tmp_path,
        database=database_url,
        oidc_issuer=provider,
        oidc_client_id="gqlregistry",
        oidc_client_secret=SecretStr("shared with the provider"),
    )


@pytest_asyncio.fixture
async def ada(services: Services) -> AsyncIterator[int]:
    """The user ada, whose address the provider knows."""
    made = await apply(services.database, services.local, people.create_user, "ada", "ada@example.org")
    yield made.result.id


async def away(client: AsyncClient) -> str:
    """Where the browser is sent."""
    answer = await client.get(SIGN_IN)
    assert answer.status_code == 302
    return str(answer.headers["location"])


async def vouched(url: str, sub: str, action: str = "authorize") -> str:
    """Sign in at the provider; where the browser is sent back."""
    async with AsyncClient() as browser:
        answer = await browser.post(url, data={"sub": sub, "action": action})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


async def sign_in(client: AsyncClient, sub: str) -> Response:
    return await client.get(await vouched(await away(client), sub))


def code_of(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


async def who(client: AsyncClient) -> Any:
    return (await client.get("/session")).json()


async def test_who_is_vouched_for_has_a_session(client: AsyncClient, services: Services, ada: int) -> None:
    told = await who(client)
    assert (told["user"], told["needsKey"], told["singleSignOn"]) == (None, True, SIGN_IN)
    answer = await sign_in(client, "s-ada")
    assert (answer.status_code, answer.headers["location"]) == (303, "http://localhost/")
    told = await who(client)
    assert (told["user"]["username"], told["isAdmin"]) == ("ada", False)
    asked = await client.post("/graphql", json={"query": "{ viewer { username apiKeys { label expiresAt scope } } }"})
    viewer = asked.json()["data"]["viewer"]
    assert viewer["username"] == "ada"
    assert [(key["label"], key["scope"]) for key in viewer["apiKeys"]] == [("single sign-on", "WRITE")]
    assert viewer["apiKeys"][0]["expiresAt"] is not None


async def test_the_way_there_is_guarded(client: AsyncClient) -> None:
    asked = parse_qs(urlsplit(await away(client)).query)
    assert asked["redirect_uri"] == ["http://localhost/session/oidc/callback"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 16 for name in ("state", "nonce", "code_challenge"))


async def test_an_admin_is_one_after_signing_in(client: AsyncClient, services: Services) -> None:
    await apply(services.database, services.local, people.create_user, "root", "root@example.org", is_admin=True)
    await sign_in(client, "s-root")
    told = await who(client)
    assert (told["user"]["username"], told["isAdmin"]) == ("root", True)


async def test_the_subject_counts_from_the_first_time_on(client: AsyncClient, services: Services, ada: int) -> None:
    await sign_in(client, "s-ada")
    await sign_in(client, "s-ada")
    known = await services.database.read(lambda session: session.exec(select(Subject)).all())
    assert [(each.subject, each.entity_id) for each in known] == [("s-ada", ada)]
    await apply(services.database, services.local, people.delete_user, "ada")
    assert code_of(await sign_in(client, "s-ada")) == (401, "UNAUTHENTICATED")


async def test_revoking_the_key_of_a_session_ends_it(client: AsyncClient, services: Services, ada: int) -> None:
    await sign_in(client, "s-ada")
    key = await services.database.read(lambda session: session.exec(select(ApiKey.id)).one())
    await apply(services.database, services.local, keys.revoke_key, key)
    assert (await who(client))["user"] is None


@pytest.mark.parametrize("sub", ["s-eve", "s-bob", "somebody@else.example"])
async def test_nobody_gets_in_by_an_address_that_is_not_verified_or_not_known(
    client: AsyncClient, ada: int, sub: str
) -> None:
    assert code_of(await sign_in(client, sub)) == (401, "UNAUTHENTICATED")
    assert COOKIE not in client.cookies


async def test_users_are_made_if_that_is_wanted(settings: Settings) -> None:
    async with local_server(settings.model_copy(update={"oidc_create_users": True})) as (client, services):
        await sign_in(client, "s-bob")
        assert (await who(client))["user"]["username"] == "bob-smith"
        await apply(services.database, services.local, people.create_user, "eve")
        client.cookies.clear()
        assert code_of(await sign_in(client, "s-eve")) == (409, "CONFLICT")


async def test_an_answer_to_another_browser_is_not_taken(client: AsyncClient, ada: int) -> None:
    back = await vouched(await away(client), "s-ada")
    client.cookies.clear()
    assert code_of(await client.get(back)) == (401, "UNAUTHENTICATED")
    assert COOKIE not in client.cookies


async def test_an_answer_is_taken_once(client: AsyncClient, ada: int) -> None:
    back = await vouched(await away(client), "s-ada")
    assert (await client.get(back)).status_code == 303
    client.cookies.delete(COOKIE)
    assert code_of(await client.get(back)) == (401, "UNAUTHENTICATED")


async def test_who_refuses_at_the_provider_is_told_so(client: AsyncClient, ada: int) -> None:
    back = await vouched(await away(client), "s-ada", "deny")
    assert code_of(await client.get(back)) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x&code=x", "?error=boom", "?code=%00&state=%00"])
async def test_what_no_provider_sends_is_refused(client: AsyncClient, query: str) -> None:
    assert code_of(await client.get(f"{SIGN_IN}/callback{query}")) == (401, "UNAUTHENTICATED")


async def test_a_provider_that_is_away(settings: Settings) -> None:
    nowhere = settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    async with local_server(nowhere) as (client, _):
        assert code_of(await client.get(SIGN_IN)) == (503, "UNAVAILABLE")


async def test_with_single_sign_on_nobody_is_the_local_user(client: AsyncClient) -> None:
    assert (await client.post("/graphql", json={"query": "{ viewer { username } }"})).status_code == 401


async def test_the_cookie_for_the_way_is_sent_nowhere_else(client: AsyncClient) -> None:
    answer = await client.get(SIGN_IN)
    (cookie,) = [each for each in answer.headers.get_list("set-cookie") if each.startswith(AWAY_COOKIE)]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/session/oidc"} <= parts


@pytest.mark.parametrize("absent", [{"oidc_client_id": None}, {"oidc_client_secret": None}])
def test_an_issuer_without_a_client_or_its_secret_is_told_at_the_start(
    settings: Settings, absent: dict[str, None]
) -> None:
    assert single_sign_on_routes(settings.model_copy(update={"oidc_issuer": None})) == []
    with pytest.raises(BadInput, match="OIDC_CLIENT_ID and GQLREGISTRY_OIDC_CLIENT_SECRET"):
        single_sign_on_routes(settings.model_copy(update=absent))
