import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput, Conflict, Forbidden, NotFound, Unauthenticated
from gqlregistry.registry import keys
from gqlregistry.store.tables import ApiKey, KeyScope
from tests.registry.conftest import House

OWN = "0123456789abcdef" * 3


async def test_a_secret_stands_for_its_user_and_is_not_kept(house: House) -> None:
    ann = await house.user("ann")
    assert not await house.look(keys.any_key_exists)
    key, secret = await house.do(keys.create_key, "ann", "laptop")
    assert house.said == ["API_KEY_CREATED"]
    assert await house.look(keys.any_key_exists)
    assert secret not in repr(key)
    assert secret not in repr(house.events)
    assert keys.check_secret(secret) == secret
    assert await house.look(lambda s: keys.identify(s, secret)[0]) == Principal(ann.actor.user_id, "ann", False, key.id)


async def test_an_admin_key_makes_its_bearer_an_admin(house: House) -> None:
    await house.user("ann")
    _, secret = await house.do(keys.create_key, "ann", "laptop", scope=KeyScope.ADMIN)
    assert (await house.look(lambda s: keys.identify(s, secret)[0])).is_admin


async def test_a_key_does_what_its_owner_may_unless_its_scope_is_less(house: House) -> None:
    root, ann = await house.user("root", is_admin=True), await house.user("ann")

    async def of(house: House, owner: str, scope: KeyScope | None) -> tuple[bool, bool]:
        _, secret = await house.do(keys.create_key, owner, "laptop", scope=scope)
        found = await house.look(lambda s: keys.identify(s, secret)[0])
        return found.is_admin, found.may_write

    assert await of(root, "root", None) == (True, True)
    assert await of(root, "root", KeyScope.WRITE) == (False, True)
    assert await of(root, "root", KeyScope.READ) == (False, False)
    assert await of(ann, "ann", None) == (False, True)
    assert await of(ann, "ann", KeyScope.READ) == (False, False)
    # An admin whose key may not administer makes none that may.
    plain = House(house.database, Principal(root.actor.user_id, "root"))
    assert await of(plain, "root", None) == (False, True)


async def test_a_key_that_reads_changes_nothing(house: House) -> None:
    _, secret = await house.do(keys.create_key, "local", "reader", scope=KeyScope.READ)
    reader = House(house.database, await house.look(lambda s: keys.identify(s, secret)[0]))
    with pytest.raises(Forbidden, match="may only read"):
        await reader.do(keys.create_key, "local", "laptop")


async def test_unknown_expired_and_revoked_say_the_same(house: House) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    _, expired = await house.do(keys.create_key, "local", "expired", expires_at=soon)
    key, revoked = await house.do(keys.create_key, "local", "revoked")
    await house.do(keys.revoke_key, key.id)
    assert house.said == ["API_KEY_REVOKED"]
    await house.do(keys.revoke_key, key.id)
    assert house.said == []
    while datetime.now(UTC) <= soon:
        await asyncio.sleep(0.05)
    for secret in (expired, revoked, OWN, "", "\0", "\ud800"):
        with pytest.raises(Unauthenticated, match="^this API key is not valid$"):
            await house.look(lambda s, secret=secret: keys.identify(s, secret)[0])  # type: ignore[misc]


async def test_the_last_use_is_noted_at_most_once_a_minute(house: House) -> None:
    key, secret = await house.do(keys.create_key, "local", "laptop")

    async def last_use() -> datetime | None:
        await house.look(lambda s: keys.touch(s, keys.identify(s, secret)[1]))
        kept = await house.look(lambda s: s.get(ApiKey, key.id))
        assert kept is not None
        return kept.last_used_at

    first = await last_use()
    assert first is not None
    assert await last_use() == first


@pytest.mark.parametrize(
    "secret",
    [
        "0" * 40,
        "local-" + "a" * 40,
        "wandb_v1_" + "b" * 40,
        "my-prefix-" + "c" * 40,
        "a" * 86,
        "a-" + "_-" * 20,
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
    ],
)
async def test_what_the_wandb_client_takes_is_taken(house: House, secret: str) -> None:
    _, taken = await house.do(keys.create_key, "local", "mine", secret)
    assert taken == secret
    assert (await house.look(lambda s: keys.identify(s, secret)[0])).username == "local"


@pytest.mark.parametrize(
    "secret",
    ["", "a" * 39, "local-" + "a" * 39, "a" * 39 + "!", "a b-" + "a" * 40, "a" * 513, "x.y.z", "ä" * 40],
)
async def test_what_the_wandb_client_refuses_is_refused(house: House, secret: str) -> None:
    with pytest.raises(BadInput) as caught:
        await house.do(keys.create_key, "local", "mine", secret)
    assert caught.value.field == ("secret",)


async def test_a_secret_given_twice_is_one_key(house: House) -> None:
    await house.user("ann")
    first, _ = await house.do(keys.create_key, "local", "mine", OWN)
    again, _ = await house.do(keys.create_key, "local", "mine", OWN)
    assert again.id == first.id
    assert house.said == []
    with pytest.raises(Conflict, match="choose a new one"):
        await house.do(keys.create_key, "ann", "mine", OWN)
    await house.do(keys.revoke_key, first.id)
    with pytest.raises(Conflict):
        await house.do(keys.create_key, "local", "mine", OWN)


async def test_others_keys_are_an_admins_business(house: House) -> None:
    ann, bob = await house.user("ann"), await house.user("bob")
    key, _ = await ann.do(keys.create_key, "ann", "laptop")
    with pytest.raises(Forbidden):
        await bob.do(keys.create_key, "ann", "laptop")
    with pytest.raises(Forbidden):
        await ann.do(keys.create_key, "ann", "laptop", scope=KeyScope.ADMIN)
    with pytest.raises(NotFound):
        await bob.do(keys.revoke_key, key.id)
    await ann.do(keys.revoke_key, key.id)


async def test_labels_and_times_are_checked(house: House) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    for label, expires, field in (
        (" ", None, "label"),
        ("x" * 129, None, "label"),
        ("a", past, "expiresAt"),
        ("a", datetime(2099, 1, 1), "expiresAt"),
    ):
        with pytest.raises(BadInput) as caught:
            await house.do(keys.create_key, "local", label, expires_at=expires)
        assert caught.value.field == (field,)
    with pytest.raises(NotFound):
        await house.do(keys.create_key, "nobody", "a")
