from typing import Any

import pytest

from gqlregistry.errors import BadInput, Conflict, Forbidden, NotFound
from gqlregistry.registry import aliases, links, people
from gqlregistry.store.tables import Role
from tests.registry.conftest import House

DATA = "local/zoo/data"


async def versions(house: House, count: int = 3) -> list[Any]:
    return [await house.log(content=str(n)) for n in range(count)]


async def test_an_alias_moves_with_two_events_that_name_who_and_why(house: House) -> None:
    first, second, _ = await versions(house)
    await house.do(aliases.set_alias, DATA, "v0", "production", reason="ship it")
    assert house.said == ["ALIAS_ADDED production v0"]
    member = await house.do(aliases.set_alias, DATA, "v1", "production", reason="better")
    assert member.artifact_id == second.id
    assert house.said == ["ALIAS_REMOVED production v0", "ALIAS_ADDED production v1"]
    added = house.events[1]
    assert (added.previous_id, added.previous_version_index) == (first.id, 0)
    assert (added.reason, added.actor_id) == ("better", house.actor.user_id)


async def test_setting_what_stands_says_nothing(house: House) -> None:
    await versions(house)
    await house.do(aliases.set_alias, DATA, "v0", "production")
    await house.do(aliases.set_alias, DATA, "production", "production")
    assert house.said == []


@pytest.mark.parametrize("ref", ["v1", "best", "local/zoo/data:v1", "local/zoo/data:best"])
async def test_a_version_is_named_by_number_alias_or_whole_name(house: House, ref: str) -> None:
    _, second, _ = await versions(house)
    await house.do(aliases.set_alias, DATA, second.id, "best")
    assert (await house.do(aliases.set_alias, DATA, ref, "again")).artifact_id == second.id


async def test_a_version_is_named_by_its_digest(house: House) -> None:
    _, second, _ = await versions(house)
    for ref in (second.digest, second.digest.removeprefix("sha256:")):
        assert (await house.do(aliases.set_alias, DATA, ref, "again")).artifact_id == second.id


async def test_an_alias_moves_only_from_where_it_is_expected(house: House) -> None:
    await versions(house)
    await house.do(aliases.set_alias, DATA, "v0", "production", expected_version=None)
    with pytest.raises(Conflict, match="data:production is at v0, not unset") as caught:
        await house.do(aliases.set_alias, DATA, "v1", "production", expected_version=None)
    assert caught.value.field == ("expectedVersion",)
    with pytest.raises(Conflict, match="is at v0, not v2"):
        await house.do(aliases.set_alias, DATA, "v1", "production", expected_version="v2")
    with pytest.raises(Conflict, match="other is not set, not v0"):
        await house.do(aliases.set_alias, DATA, "v1", "other", expected_version="v0")
    await house.do(aliases.set_alias, DATA, "v1", "production", expected_version="v0")
    with pytest.raises(Conflict):
        await house.do(aliases.remove_alias, DATA, "production", expected_version="v0")
    await house.do(aliases.remove_alias, DATA, "production", expected_version="v1")
    assert house.said == ["ALIAS_REMOVED production v1"]


async def test_an_expected_version_is_a_version(house: House) -> None:
    await versions(house)
    with pytest.raises(BadInput, match="not a version like v3"):
        await house.do(aliases.set_alias, DATA, "v1", "production", expected_version="best")


async def test_removing_twice_is_removing_once(house: House) -> None:
    first, *_ = await versions(house)
    await house.do(aliases.set_alias, DATA, "v0", "production")
    assert (await house.do(aliases.remove_alias, DATA, "production")).artifact_id == first.id
    assert await house.do(aliases.remove_alias, DATA, "production") is None
    assert house.said == []
    with pytest.raises(NotFound, match="no alias 'productoin'"):
        await house.do(aliases.remove_alias, DATA, "productoin")


async def test_latest_is_not_moved_by_hand(house: House) -> None:
    await versions(house)
    for rule, *more in ((aliases.set_alias, "v0"), (aliases.remove_alias,)):
        with pytest.raises(BadInput, match="newest version"):
            await house.do(rule, DATA, *more, "latest")


@pytest.mark.parametrize("alias", ["", "a/b", "a:b", "v7", " a", "a\0", "a\n", "x" * 129])
async def test_what_is_not_an_alias_is_refused(house: House, alias: str) -> None:
    await versions(house, 1)
    with pytest.raises(BadInput) as caught:
        await house.do(aliases.set_alias, DATA, "v0", alias)
    assert caught.value.field == ("alias",)


async def test_unknown_collections_and_versions_are_named(house: House) -> None:
    await versions(house, 1)
    with pytest.raises(NotFound, match="no collection 'local/zoo/nothing'"):
        await house.do(aliases.set_alias, "local/zoo/nothing", "v0", "production")
    with pytest.raises(NotFound, match="data has no version 'v9'"):
        await house.do(aliases.set_alias, DATA, "v9", "production")


async def test_a_protected_alias_is_moved_by_admins_of_the_registry_only(house: House) -> None:
    await house.registry(protected_aliases=["production"])
    await versions(house, 2)
    ann = await house.user("ann")
    await ann.do(links.link_artifact, f"{DATA}:v0", "model/prod", ["staging"])
    with pytest.raises(Forbidden, match="production is protected"):
        await ann.do(links.link_artifact, f"{DATA}:v1", "model/prod", ["production"])
    with pytest.raises(Forbidden):
        await ann.do(aliases.set_alias, "model/prod", "v0", "production")
    await house.do(aliases.set_alias, "model/prod", "v0", "production")
    with pytest.raises(Forbidden):
        await ann.do(aliases.remove_alias, "model/prod", "production")
    with pytest.raises(Forbidden):
        await ann.do(links.unlink_artifact, "v0", "model/prod")
    await house.do(people.set_member, people.Scope(registry="model"), "ann", Role.ADMIN)
    await ann.do(aliases.remove_alias, "model/prod", "production")
    assert ann.said == ["ALIAS_REMOVED production v0"]
