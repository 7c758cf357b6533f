from typing import Any

import pytest

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import artifacts, collections, deletion, links, registries
from tests.registry.conftest import House


async def test_a_link_is_a_place_with_a_number_and_aliases_of_its_own(house: House) -> None:
    await house.registry()
    await house.log(content="a")
    second = await house.log(content="b")
    run = await house.run()
    link = await house.do(links.link_artifact, second.id, "model/prod", ["best", "latest"], reason="good", run=run.id)
    assert link.created
    assert (link.membership.version_index, link.artifact.id, link.collection.type) == (0, second.id, "dataset")
    assert house.said == ["COLLECTION_CREATED", "VERSION_ADDED v0", "ALIAS_ADDED latest v0", "ALIAS_ADDED best v0"]
    assert {event.registry_id for event in house.events} == {link.collection.registry_id}
    assert (house.events[1].reason, house.events[1].run_id) == ("good", run.id)


async def test_linking_again_keeps_the_place_and_moves_the_aliases_asked_for(house: House) -> None:
    await house.registry()
    first, second = await house.log(content="a"), await house.log(content="b")
    await house.do(links.link_artifact, first.id, "model/prod", ["best"])
    await house.do(links.link_artifact, second.id, "model/prod")
    assert house.said == ["VERSION_ADDED v1", "ALIAS_REMOVED latest v0", "ALIAS_ADDED latest v1"]
    again = await house.do(links.link_artifact, first.id, "model/prod", ["best"])
    assert (again.created, again.membership.version_index) == (False, 0)
    assert house.said == []
    await house.do(links.link_artifact, second.id, "model/prod", ["best"])
    assert house.said == ["ALIAS_REMOVED best v0", "ALIAS_ADDED best v1"]


@pytest.mark.parametrize("name", ["model/prod", "default/model/prod", "default/wandb-registry-model/prod"])
async def test_a_target_is_named_with_or_without_its_organization(house: House, name: str) -> None:
    registry = await house.registry()
    artifact = await house.log()
    link = await house.do(links.link_artifact, artifact.id, name)
    assert link.collection.registry_id == registry.id


async def test_unlinking_takes_aliases_along_and_leaves_the_number_used(house: House) -> None:
    await house.registry()
    first, second = await house.log(content="a"), await house.log(content="b")
    for artifact in (first, second):
        await house.do(links.link_artifact, artifact.id, "model/prod")
    await house.do(links.unlink_artifact, "latest", "model/prod", reason="bad")
    assert house.said == ["ALIAS_REMOVED latest v1", "VERSION_REMOVED v1", "ALIAS_ADDED latest v0"]
    assert house.events[2].previous_id == second.id
    assert house.events[1].reason == "bad"
    await house.do(links.unlink_artifact, second.id, "model/prod")
    assert house.said == []
    again = await house.do(links.link_artifact, second.id, "model/prod")
    assert again.membership.version_index == 2


async def test_what_was_never_linked_cannot_be_unlinked(house: House) -> None:
    await house.registry()
    first, second = await house.log(content="a"), await house.log(content="b")
    await house.do(links.link_artifact, first.id, "model/prod")
    for ref in (second.id, "local/zoo/data:v1"):
        with pytest.raises(NotFound, match="not linked to prod"):
            await house.do(links.unlink_artifact, ref, "model/prod")
    with pytest.raises(BadInput, match="delete the version"):
        await house.do(links.unlink_artifact, first.id, "local/zoo/data")


async def test_types_must_agree(house: House) -> None:
    await house.registry(artifact_types=["model"])
    artifact = await house.log()
    with pytest.raises(Conflict, match="model takes no artifacts of type dataset, but model"):
        await house.do(links.link_artifact, artifact.id, "model/prod")
    await house.do(registries.update_registry, "model", artifact_types=["model", "dataset"])
    await house.do(collections.create_collection, "prod", "model", registry="model")
    with pytest.raises(Conflict, match="prod holds type model, not dataset"):
        await house.do(links.link_artifact, artifact.id, "model/prod")


@pytest.mark.parametrize(
    ("target", "error", "message"),
    [
        ("local/zoo/data", BadInput, "link into a registry's"),
        ("local/zoo/new", BadInput, "local/zoo is a project"),
        ("nothing/prod", NotFound, "no registry nothing"),
        ("prod", BadInput, "names no project"),
        ("a/b/c/d", BadInput, "is not entity/project/collection"),
        ("model/a\0", BadInput, "NUL"),
        ("model/" + "x" * 129, BadInput, "129 characters"),
        ("model/a*b", BadInput, "is not a collection's name"),
    ],
)
async def test_a_target_must_be_a_registrys_collection(
    house: House, target: str, error: type[Exception], message: str
) -> None:
    await house.registry()
    artifact = await house.log()
    with pytest.raises(error, match=message):
        await house.do(links.link_artifact, artifact.id, target)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"aliases": ["v1"]}, "aliases"), ({"reason": "x" * 2001}, "reason"), ({"run": 99}, "run")],
)
async def test_what_comes_with_a_link_is_checked(house: House, more: dict[str, Any], field: str) -> None:
    await house.registry()
    artifact = await house.log()
    with pytest.raises((BadInput, NotFound)) as caught:
        await house.do(links.link_artifact, artifact.id, "model/prod", **more)
    assert caught.value.field == (field,)


async def test_only_a_committed_version_is_linked(house: House) -> None:
    await house.registry()
    digest = "sha256:" + "0" * 64
    pending = await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", digest=digest)
    with pytest.raises(Conflict, match="this version of data is not committed yet"):
        await house.do(links.link_artifact, pending.artifact.id, "model/prod")
    artifact = await house.log("other")
    await house.do(deletion.delete_artifact, artifact.id)
    for ref in (artifact.id, "local/zoo/other:v0"):
        with pytest.raises(NotFound, match="v0.* was deleted by local on 20"):
            await house.do(links.link_artifact, ref, "model/prod")
