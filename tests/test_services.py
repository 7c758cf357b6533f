"""Who may use a server."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select, update
from starlette.requests import Request

from gqlregistry.auth import Principal
from gqlregistry.errors import Unauthenticated
from gqlregistry.registry import keys
from gqlregistry.registry.change import apply
from gqlregistry.services import DataFolderUnusable, Services, is_loopback, make_data_folder, open_services
from gqlregistry.settings import Settings
from gqlregistry.store.tables import ApiKey
from tests.conftest import on_sqlite

pytestmark = on_sqlite

SECRET = "local-" + "0123456789" * 4


def request(
    secret: str | None = None, host: str = "localhost:8000", scheme: str = "Bearer", passed_on: str | None = None
) -> Request:
    headers = [(b"host", host.encode())]
    if passed_on is not None:
        headers.append((passed_on.encode(), b"192.0.2.7"))
    if secret is not None:
        headers.append((b"authorization", f"{scheme} {secret}".encode()))
    return Request(
        {"type": "http", "scheme": "http", "path": "/", "root_path": "", "query_string": b"", "headers": headers}
    )


async def make_key(services: Services, **more: object) -> int:
    key, _ = (await apply(services.database, services.local, keys.create_key, "local", "test", SECRET, **more)).result
    return key.id


async def test_without_keys_whoever_is_on_this_machine_is_the_local_admin(services: Services) -> None:
    for asking in (request(), request("whatever"), request(host="127.0.0.1"), request(host="[::1]:8000")):
        principal = await services.principal(asking)
        assert (principal, principal.is_admin) == (services.local, True)


@pytest.mark.parametrize("host", ["registry.example.com", "attacker.test:8000", "192.0.2.7", ""])
async def test_a_request_under_another_name_needs_a_key(services: Services, host: str) -> None:
    with pytest.raises(Unauthenticated):
        await services.principal(request(host=host))


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip", "x-forwarded-host"])
async def test_a_request_that_a_proxy_passed_on_needs_a_key_whatever_it_calls_us(
    services: Services, header: str
) -> None:
    with pytest.raises(Unauthenticated):
        await services.principal(request(passed_on=header))


@pytest.mark.parametrize(("url", "is_local"), [("https://r.example", False), ("http://127.0.0.1:9/x", True)])
async def test_a_public_url_says_that_others_come_too(settings: Settings, url: str, is_local: bool) -> None:
    async with open_services(settings.model_copy(update={"public_url": url})) as services:
        if is_local:
            assert await services.principal(request()) == services.local
        else:
            with pytest.raises(Unauthenticated):
                await services.principal(request())


async def test_a_public_address_needs_a_key_even_if_there_is_none(settings: Settings) -> None:
    async with open_services(settings.model_copy(update={"host": "0.0.0.0"})) as services:
        with pytest.raises(Unauthenticated):
            await services.principal(request())


async def test_from_the_first_key_on_a_key_is_needed(services: Services) -> None:
    key_id = await make_key(services)
    with pytest.raises(Unauthenticated, match="Authorization: Bearer KEY"):
        await services.principal(request())
    for scheme in ("Bearer", "bearer"):
        principal = await services.principal(request(SECRET, scheme=scheme))
        assert principal == Principal(
            services.local.user_id, "local", is_admin=True, api_key_id=key_id, is_owner_admin=True
        )


@pytest.mark.parametrize(("secret", "scheme"), [("x" * 40, "Bearer"), (SECRET, "Basic"), ("", "Bearer")])
async def test_a_wrong_key_is_refused(services: Services, secret: str, scheme: str) -> None:
    await make_key(services)
    with pytest.raises(Unauthenticated):
        await services.principal(request(secret, scheme=scheme))


async def test_a_revoked_key_is_refused_and_does_not_open_the_server_again(services: Services) -> None:
    key_id = await make_key(services)
    await apply(services.database, services.local, keys.revoke_key, key_id)
    for asking in (request(SECRET), request()):
        with pytest.raises(Unauthenticated):
            await services.principal(asking)


async def test_what_this_process_changes_is_seen_at_once(services: Services) -> None:
    assert await services.principal(request()) == services.local
    key_id = await make_key(services)
    with pytest.raises(Unauthenticated):
        await services.principal(request())
    await services.principal(request(SECRET))
    await apply(services.database, services.local, keys.revoke_key, key_id)
    with pytest.raises(Unauthenticated):
        await services.principal(request(SECRET))


async def test_an_expired_key_is_refused(services: Services) -> None:
    key_id = await make_key(services)
    past = datetime.now(UTC) - timedelta(seconds=1)
    await services.database.write(
        lambda session: session.exec(update(ApiKey).where(ApiKey.id == key_id).values(expires_at=past))  # type: ignore[arg-type]
    )
    with pytest.raises(Unauthenticated):
        await services.principal(request(SECRET))


async def test_the_use_of_a_key_is_noted(services: Services) -> None:
    await make_key(services)
    await services.principal(request(SECRET))
    used = await services.database.read(lambda session: session.exec(select(ApiKey.last_used_at)).one())
    assert used is not None
    assert datetime.now(UTC) - used < timedelta(seconds=30)


async def test_opening_again_finds_the_same_local_user(settings: Settings) -> None:
    async with open_services(settings) as first:
        local = first.local
    async with open_services(settings) as second:
        assert second.local == local


async def test_the_public_url_wins_over_what_the_request_names(settings: Settings) -> None:
    async with open_services(settings) as services:
        assert services.base_url(request(host="localhost:9")) == "http://localhost:9"
    async with open_services(settings.model_copy(update={"public_url": "https://r.example/x/"})) as services:
        assert services.base_url(request(host="localhost:9")) == "https://r.example/x"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderUnusable, match="--data"):
        make_data_folder(tmp_path / "file" / "data")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("LocalHost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.0.1", False),
        ("localhost.example.com", False),
        ("", False),
    ],
)
def test_what_is_a_loopback_address(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
