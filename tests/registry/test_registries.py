from typing import Any

import pytest

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import find, registries
from gqlregistry.store.tables import Visibility
from tests.registry.conftest import House


async def test_whoever_makes_a_registry_is_its_admin(house: House) -> None:
    ann = await house.user("ann")
    await ann.registry("model", description="d", visibility=Visibility.RESTRICTED, artifact_types=["model"])
    assert ann.said == ["REGISTRY_CREATED", "MEMBER_SET"]
    assert (ann.events[1].subject_id, ann.events[1].role) == (ann.actor.user_id, "ADMIN")


async def test_a_name_is_taken_once(house: House) -> None:
    await house.registry()
    with pytest.raises(Conflict, match="there is a registry model already"):
        await house.registry()


async def test_an_update_says_what_changed_and_once(house: House) -> None:
    await house.registry(description="d")
    changes: dict[str, Any] = {"name": "models", "description": "d", "protected_aliases": ["production"]}
    updated = await house.do(registries.update_registry, "model", **changes)
    assert house.events[0].detail == {"name": "models", "protected_aliases": ["production"]}
    await house.do(registries.update_registry, updated.id, **changes)
    assert house.said == []
    with pytest.raises(NotFound):
        await house.look(lambda s: find.registry(s, "model"))
    assert (await house.look(lambda s: find.registry(s, "default/wandb-registry-models"))).id == updated.id


async def test_a_name_that_was_anothers_is_not_taken(house: House) -> None:
    await house.registry("one")
    await house.registry("two")
    with pytest.raises(Conflict, match="one is or was the name of another registry"):
        await house.do(registries.update_registry, "two", name="one")


@pytest.mark.parametrize(
    "more",
    [
        {"name": ""},
        {"name": "a/b"},
        {"name": "wandb-registry-model"},
        {"name": "m", "description": "\0"},
        {"name": "m", "artifact_types": ["a/b"]},
        {"name": "m", "artifact_types": [f"t{n}" for n in range(101)]},
        {"name": "m", "protected_aliases": ["v1"]},
    ],
)
async def test_what_cannot_be_a_registry_is_refused(house: House, more: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        await house.registry(**more)


async def test_an_unknown_organization_is_named(house: House) -> None:
    with pytest.raises(NotFound, match="no organization 'nowhere'"):
        await house.registry(organization="nowhere")
