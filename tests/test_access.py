"""Who may use the server is asked again now and then, and as a rule nobody waits for that."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlmodel import Session

from gqlregistry.access import Access
from gqlregistry.auth import Principal
from gqlregistry.errors import Unauthenticated
from gqlregistry.registry import keys
from gqlregistry.registry.change import apply
from gqlregistry.services import Services, open_services
from gqlregistry.store.tables import ApiKey
from tests.conftest import on_sqlite

pytestmark = on_sqlite
SECRET = "local-" + "0123456789" * 4


class Clock:
    """A time that passes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("gqlregistry.access.monotonic", clock)
    return clock


@pytest.fixture
def access(services: Services, clock: Clock) -> Access:
    return services.access


@pytest_asyncio.fixture
async def elsewhere(services: Services) -> AsyncIterator[Services]:
    """Another process with the same database: what it changes isn't heard of here."""
    async with open_services(services.settings) as other:
        yield other


async def make_key(services: Services) -> int:
    key, _ = (await apply(services.database, services.local, keys.create_key, "local", "test", SECRET)).result
    return key.id


async def asked_again(access: Access) -> None:
    """Until what is asked aside is answered."""
    for task in list(access._asking.values()):
        await task


async def test_what_was_found_a_moment_ago_is_not_asked_again(
    access: Access, services: Services, elsewhere: Services, clock: Clock
) -> None:
    assert await access.local_user(services.local) == services.local
    await make_key(elsewhere)
    clock.now += Access.SECONDS
    assert await access.local_user(services.local) == services.local
    assert not access._asking


async def test_many_at_once_wait_for_one_answer(
    access: Access, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_key(services)
    asked: list[str] = []
    identify = keys.identify

    def counted(session: Session, secret: str) -> tuple[Principal, ApiKey]:
        asked.append(secret)
        return identify(session, secret)

    monkeypatch.setattr(keys, "identify", counted)
    found = await asyncio.gather(*(access.holder(SECRET) for _ in range(16)))
    assert (len(asked), {each.username for each in found}) == (1, {"local"})
    wrong = await asyncio.gather(*(access.holder("0" * 40) for _ in range(16)), return_exceptions=True)
    assert (len(asked), {type(each) for each in wrong}) == (2, {Unauthenticated})
    assert not access._finding


async def test_one_who_goes_takes_the_answer_from_nobody(access: Access, services: Services) -> None:
    await make_key(services)
    first, second = (asyncio.create_task(access.holder(SECRET)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).username == "local"


async def test_after_a_second_it_is_asked_again_while_nobody_waits(
    access: Access, services: Services, elsewhere: Services, clock: Clock
) -> None:
    assert await access.local_user(services.local) == services.local
    await make_key(elsewhere)
    clock.now += Access.SECONDS + 0.1
    for _ in range(2):
        assert await access.local_user(services.local) == services.local
    assert len(access._asking) == 1
    await asked_again(access)
    assert await access.local_user(services.local) is None


async def test_what_was_found_long_ago_is_asked_before_it_is_answered(
    access: Access, services: Services, elsewhere: Services, clock: Clock
) -> None:
    assert await access.local_user(services.local) == services.local
    await make_key(elsewhere)
    clock.now += Access.LAST_SECONDS + 0.1
    assert await access.local_user(services.local) is None


async def test_a_key_that_another_process_revoked_is_refused_soon(
    access: Access, services: Services, elsewhere: Services, clock: Clock
) -> None:
    key_id = await make_key(services)
    found = await access.holder(SECRET)
    await apply(elsewhere.database, elsewhere.local, keys.revoke_key, key_id)
    clock.now += Access.SECONDS + 0.1
    assert await access.holder(SECRET) == found
    await asked_again(access)
    with pytest.raises(Unauthenticated):
        await access.holder(SECRET)


async def test_who_is_looked_up_while_access_changes_is_not_remembered(access: Access, services: Services) -> None:
    key_id = await make_key(services)

    async def find() -> Principal:
        await apply(services.database, services.local, keys.revoke_key, key_id)
        return services.local

    assert await access._remembered("name", find) == services.local

    async def nobody() -> None:
        return None

    assert await access._remembered("name", nobody) is None


async def test_what_is_asked_aside_ends_with_it(access: Access, services: Services, clock: Clock) -> None:
    await access.local_user(services.local)
    clock.now += Access.SECONDS + 0.1
    await access.local_user(services.local)
    (task,) = access._asking.values()
    await access.close()
    assert task.done()
    assert not access._asking
