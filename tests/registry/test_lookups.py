from typing import Any

import pytest

from gqlregistry.registry import find, links, lookups
from gqlregistry.registry.change import Change
from gqlregistry.registry.names import ProjectName
from tests.registry.conftest import House


async def asked(house: House, name: str, caller: str = "me") -> Any:
    member = await house.look(lambda s: find.membership(s, name))
    await house.do(lookups.note, caller, member.id, name.rpartition(":")[2])
    return member


async def use(house: House, artifact: Any, run: str = "r", **more: Any) -> tuple[str | None, bool, int | None]:
    made = await house.run(run)
    edge = (await house.do(lookups.use_artifact, "me", made.id, artifact.id, **more)).edge
    return edge.requested_as, edge.requested_as_inferred, edge.via_collection_id


async def test_a_run_asked_by_the_name_that_its_caller_has_just_looked_up(house: House) -> None:
    artifact = await house.log(aliases=["best"])
    member = await asked(house, "local/zoo/data:best")
    assert await use(house, artifact) == ("best", True, member.collection_id)


async def test_a_look_up_is_spent_by_a_use(house: House) -> None:
    artifact = await house.log(aliases=["best"])
    await asked(house, "local/zoo/data:best")
    await use(house, artifact, "one")
    await asked(house, "local/zoo/data:v0")
    assert (await use(house, artifact, "two"))[0] == "v0"
    assert await use(house, artifact, "three") == (None, False, None)


async def test_nothing_is_told_where_two_names_are_possible(house: House) -> None:
    artifact = await house.log(aliases=["best"])
    member = await asked(house, "local/zoo/data:best")
    await asked(house, "local/zoo/data:v0")
    assert await use(house, artifact) == (None, False, member.collection_id)


async def test_what_somebody_else_or_oneself_long_ago_looked_up_tells_nothing(house: House) -> None:
    artifact = await house.log()
    await asked(house, "local/zoo/data:v0", caller="other")

    def long_ago(change: Change, member: int) -> None:
        change.now -= 2 * lookups.KEPT
        lookups.note(change, "me", member, "latest")

    member = await house.look(lambda s: find.membership(s, "local/zoo/data"))
    await house.do(long_ago, member.id)
    assert await use(house, artifact) == (None, False, None)


@pytest.mark.parametrize(
    ("place", "name"),
    [(ProjectName("local", "zoo"), "v0"), (ProjectName("default", "wandb-registry-model"), "prod")],
)
async def test_a_place_that_is_told_decides_between_look_ups(house: House, place: ProjectName, name: str) -> None:
    await house.registry()
    artifact = await house.log()
    link = await house.do(links.link_artifact, artifact.id, "model/zoo", ["prod"])
    await asked(house, "local/zoo/data:v0")
    await asked(house, "model/zoo:prod")
    home = artifact.collection_id if name == "v0" else link.collection.id
    assert await use(house, artifact, place=place) == (name, True, home)
    assert await use(house, artifact, "two", place=place) == (None, False, home)


async def test_what_the_client_says_is_no_guess(house: House) -> None:
    artifact = await house.log()
    await asked(house, "local/zoo/data:v0")
    assert (await use(house, artifact, requested_as="latest"))[:2] == ("latest", False)
