"""The browser's way in: a key is shown once, a cookie goes on from there, and no other page may use it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response
from sqlmodel import update
from starlette.requests import HTTPConnection

from gqlregistry import signing_in
from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import keys, people
from gqlregistry.registry.change import apply
from gqlregistry.services import Services, open_services
from gqlregistry.sessions import COOKIE, KeyMark, is_from_elsewhere
from gqlregistry.settings import Settings
from gqlregistry.store.tables import ApiKey
from tests.conftest import on_sqlite
from tests.serving import local_server

pytestmark = on_sqlite

SECRET = "gqlr-" + "0123456789" * 4
VIEWER = {"query": "{ viewer { username } }"}
NOBODY = {"user": None, "isAdmin": False, "local": False, "needsKey": True, "singleSignOn": None}


@pytest.fixture(autouse=True)
def failing_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "FAILED_SECONDS", 0.05)


@pytest_asyncio.fixture
async def key_id(services: Services) -> int:
    """A key of the user ada."""
    await apply(services.database, services.local, people.create_user, "ada")
    key, _ = (await apply(services.database, services.local, keys.create_key, "ada", "browser", SECRET)).result
    return key.id


@pytest_asyncio.fixture
async def browser(client: AsyncClient, key_id: int) -> AsyncIterator[AsyncClient]:
    """A browser in which ada has signed in."""
    answer = await client.post("/session", json={"key": SECRET})
    assert answer.status_code == 200, answer.text
    yield client


def code_of(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


async def asked(client: AsyncClient, **headers: str) -> Any:
    answer = await client.post("/graphql", json=VIEWER, headers=headers)
    return answer.json()["data"]["viewer"]["username"] if answer.status_code == 200 else code_of(answer)


async def test_without_keys_one_is_the_local_admin_and_needs_none(client: AsyncClient, services: Services) -> None:
    answer = await client.get("/session")
    local = {"id": encode_id("User")(services.local.user_id), "username": "local"}
    assert answer.json() == {"user": local, "isAdmin": True, "local": True, "needsKey": False, "singleSignOn": None}
    assert answer.headers["cache-control"] == "no-store"


async def test_nobody_is_told_that_a_key_is_needed(client: AsyncClient, key_id: int) -> None:
    assert (await client.get("/session")).json() == NOBODY
    client.cookies.set(COOKIE, "nonsense")
    assert (await client.get("/session")).json() == NOBODY
    assert await asked(client) == (401, "UNAUTHENTICATED")


async def test_who_signs_in_is_told_who_they_are_and_goes_on_without_the_key(browser: AsyncClient) -> None:
    told = (await browser.get("/session")).json()
    assert (told["user"]["username"], told["isAdmin"], told["local"], told["needsKey"]) == ("ada", False, False, True)
    assert await asked(browser) == "ada"


async def test_the_cookie_is_not_for_scripts_nor_for_other_sites_and_says_nothing_of_the_secret(
    client: AsyncClient, key_id: int
) -> None:
    cookie = (await client.post("/session", json={"key": SECRET})).headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", "max-age=604800"} == parts
    assert SECRET not in cookie
    assert keys.secret_digest(SECRET) not in cookie


async def test_behind_https_the_cookie_is_sent_by_https_alone(settings: Settings) -> None:
    async with local_server(settings.model_copy(update={"public_url": "https://r.example"})) as (client, services):
        await apply(services.database, services.local, keys.create_key, "local", "browser", SECRET)
        cookie = (await client.post("/session", json={"key": SECRET})).headers["set-cookie"]
    assert "secure" in {part.strip().lower() for part in cookie.split(";")}


async def test_the_cookie_also_opens_the_clients_door(browser: AsyncClient) -> None:
    answer = await browser.post("/wandb/graphql", json=VIEWER)
    assert answer.json()["data"]["viewer"]["username"] == "ada"


async def test_a_key_in_the_request_comes_before_the_cookie(browser: AsyncClient, services: Services) -> None:
    other = "gqlr-" + "x" * 40
    await apply(services.database, services.local, keys.create_key, "local", "other", other)
    assert await asked(browser, authorization=f"Bearer {other}") == "local"
    assert await asked(browser, authorization=f"Bearer {'y' * 40}") == (401, "UNAUTHENTICATED")


async def test_signing_out_forgets_the_cookie_and_leaves_the_key(browser: AsyncClient) -> None:
    answer = await browser.delete("/session")
    assert (answer.status_code, answer.json()) == (200, NOBODY)
    assert browser.cookies.get(COOKIE) is None
    assert await asked(browser) == (401, "UNAUTHENTICATED")
    assert await asked(browser, authorization=f"Bearer {SECRET}") == "ada"


async def test_revoking_the_key_ends_the_session(browser: AsyncClient, services: Services, key_id: int) -> None:
    assert await asked(browser) == "ada"
    await apply(services.database, services.local, keys.revoke_key, key_id)
    assert await asked(browser) == (401, "UNAUTHENTICATED")
    assert (await browser.get("/session")).json() == NOBODY


async def test_the_end_of_the_key_is_the_end_of_the_session(
    browser: AsyncClient, services: Services, key_id: int
) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    await services.database.write(
        lambda session: session.exec(update(ApiKey).where(ApiKey.id == key_id).values(expires_at=past))  # type: ignore[arg-type]
    )
    assert await asked(browser) == (401, "UNAUTHENTICATED")


async def test_deleting_the_user_ends_the_session(browser: AsyncClient, services: Services) -> None:
    await apply(services.database, services.local, people.delete_user, "ada")
    assert await asked(browser) == (401, "UNAUTHENTICATED")


async def test_a_session_ends_after_its_time(settings: Settings) -> None:
    async with local_server(settings.model_copy(update={"session_seconds": -1})) as (client, services):
        await apply(services.database, services.local, keys.create_key, "local", "browser", SECRET)
        cookie = (await client.post("/session", json={"key": SECRET})).headers["set-cookie"]
        client.cookies.set(COOKIE, cookie.partition("=")[2].partition(";")[0])
        assert await asked(client) == (401, "UNAUTHENTICATED")


async def test_a_cookie_of_a_key_with_the_same_number_in_another_database_is_not_taken(
    browser: AsyncClient, services: Services, key_id: int
) -> None:
    other = KeyMark.of(key_id, keys.secret_digest("another secret"))
    assert other.key_id == key_id
    value = services.sessions._serializer.dumps([other.key_id, other.mark])
    browser.cookies.clear()
    browser.cookies.set(COOKIE, str(value))
    assert await asked(browser) == (401, "UNAUTHENTICATED")


async def test_a_server_started_again_takes_the_cookies_it_gave(browser: AsyncClient, settings: Settings) -> None:
    async with open_services(settings) as again:
        cookie = f"{COOKIE}={browser.cookies[COOKIE]}".encode()
        scope = {"type": "http", "scheme": "http", "path": "/", "headers": [(b"host", b"h"), (b"cookie", cookie)]}
        assert (await again.principal(HTTPConnection(scope))).username == "ada"


@pytest.mark.parametrize("key", ["gqlr-" + "9" * 40, "short", "\0", "x" * 5000])
async def test_a_wrong_key_begins_nothing(client: AsyncClient, key_id: int, key: str) -> None:
    answer = await client.post("/session", json={"key": key})
    assert code_of(answer) == (401, "UNAUTHENTICATED")
    assert "set-cookie" not in answer.headers


async def test_a_revoked_key_is_refused_in_the_words_of_an_unknown_one(
    client: AsyncClient, services: Services, key_id: int
) -> None:
    await apply(services.database, services.local, keys.revoke_key, key_id)
    answers = [await client.post("/session", json={"key": key}) for key in (SECRET, "gqlr-" + "9" * 40)]
    assert answers[0].json()["errors"][0]["message"] == answers[1].json()["errors"][0]["message"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"key": 1}', b'{"key": " "}', b"\xff", b'{"key":'])
async def test_a_body_without_a_key_is_refused(client: AsyncClient, key_id: int, body: bytes) -> None:
    answer = await client.post("/session", content=body, headers={"content-type": "application/json"})
    assert code_of(answer) == (400, "BAD_USER_INPUT")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_a_form_of_another_page_can_sign_nobody_in(client: AsyncClient, key_id: int, kind: str) -> None:
    answer = await client.post(
        "/session", content=b'{"key": "' + SECRET.encode() + b'"}', headers={"content-type": kind}
    )
    assert code_of(answer) == (415, "BAD_USER_INPUT")


async def test_guesses_take_their_time_and_only_some_are_made_at_once(
    client: AsyncClient, key_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def guess(number: int) -> Response:
        return await client.post("/session", json={"key": f"gqlr-{number:040}"})

    monkeypatch.setattr(signing_in, "FAILED_SECONDS", 0.5)
    answers = await asyncio.gather(*[guess(number) for number in range(20)])
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [401] * signing_in.AT_ONCE + [429] * (20 - signing_in.AT_ONCE)
    assert {answer.headers["retry-after"] for answer in answers if answer.status_code == 429} == {"1"}
    assert (await client.post("/session", json={"key": SECRET})).status_code == 200


ELSEWHERE = [
    {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    {"sec-fetch-site": "same-site", "origin": "http://localhost:9999"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://["},
    {"origin": "http://localhost:9999"},
]
HERE = [{}, {"sec-fetch-site": "same-origin", "origin": "http://localhost"}, {"origin": "http://localhost"}]


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_another_page_can_do_nothing_by_the_cookie(browser: AsyncClient, headers: dict[str, str]) -> None:
    for path in ("/graphql", "/wandb/graphql"):
        answer = await browser.post(path, json=VIEWER, headers=headers)
        assert answer.status_code == 403
    assert code_of(await browser.post("/graphql", json=VIEWER, headers=headers)) == (403, "FORBIDDEN")
    assert code_of(await browser.post("/session", json={"key": SECRET}, headers=headers)) == (403, "FORBIDDEN")
    assert code_of(await browser.delete("/session", headers=headers)) == (403, "FORBIDDEN")
    stream = await browser.post("/wandb/files/ada/p/r/file_stream", json={}, headers=headers)
    assert stream.status_code == 403
    assert await asked(browser) == "ada"


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_another_page_with_a_key_of_its_own_may_ask(browser: AsyncClient, headers: dict[str, str]) -> None:
    assert await asked(browser, authorization=f"Bearer {SECRET}", **headers) == "ada"


@pytest.mark.parametrize("headers", HERE)
async def test_our_own_page_may_do_everything(browser: AsyncClient, headers: dict[str, str]) -> None:
    assert await asked(browser, **headers) == "ada"
    assert (await browser.delete("/session", headers=headers)).status_code == 200


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_another_page_cannot_use_that_the_local_user_needs_no_key(
    client: AsyncClient, headers: dict[str, str]
) -> None:
    assert await asked(client) == "local"
    answer = await client.post("/wandb/graphql", content=b'{"query": "{ viewer { id } }"}', headers=headers)
    assert answer.status_code == 403
    assert await asked(client, **headers) == (403, "FORBIDDEN")


async def test_a_page_that_is_followed_to_may_be_read(browser: AsyncClient) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    answer = await browser.get("/graphql", params=VIEWER, headers=headers)
    assert answer.json()["data"]["viewer"]["username"] == "ada"


async def test_a_mutation_does_not_go_by_get(browser: AsyncClient) -> None:
    query = 'mutation { createTeam(input: {name: "t"}) { errors { code } } }'
    assert (await browser.get("/graphql", params={"query": query})).status_code == 405


@pytest.mark.parametrize(("origin", "elsewhere"), [("http://h:1", False), ("http://evil", True), (None, False)])
def test_a_socket_is_from_elsewhere_by_its_origin(origin: str | None, elsewhere: bool) -> None:
    headers = [(b"host", b"h:1"), *([(b"origin", origin.encode())] if origin else [])]
    connection = HTTPConnection({"type": "websocket", "path": "/", "headers": headers})
    assert is_from_elsewhere(connection, "http://h:1") is elsewhere


async def test_the_public_url_is_our_own_origin(settings: Settings) -> None:
    async with local_server(settings.model_copy(update={"public_url": "https://r.example"})) as (client, services):
        await apply(services.database, services.local, keys.create_key, "local", "browser", SECRET)
        headers = {"origin": "https://r.example"}
        assert (await client.post("/session", json={"key": SECRET}, headers=headers)).status_code == 200
