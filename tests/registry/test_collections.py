from typing import Any

import pytest

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import collections, deletion, find, links
from gqlregistry.registry.names import ProjectName
from tests.registry.conftest import House


async def test_a_collection_is_made_in_a_project_or_a_registry(house: House) -> None:
    await house.registry()
    made = await house.do(collections.create_collection, "data", "dataset", project="local/zoo", description="d")
    assert (made.kind, made.description) == ("SOURCE", "d")
    assert house.said == ["COLLECTION_CREATED"]
    linked = await house.do(collections.create_collection, "data", "dataset", registry="model")
    assert (linked.kind, linked.registry_id, linked.project_id) == ("REGISTRY", house.events[0].registry_id, None)


async def test_a_name_is_taken_once(house: House) -> None:
    await house.log("data")
    with pytest.raises(Conflict, match="zoo has a collection data already"):
        await house.do(collections.create_collection, "data", "dataset", project="local/zoo")


@pytest.mark.parametrize(
    ("inputs", "error"),
    [
        ({"name": "", "type": "t", "project": "local/zoo"}, BadInput),
        ({"name": "a/b", "type": "t", "project": "local/zoo"}, BadInput),
        ({"name": "x" * 129, "type": "t", "project": "local/zoo"}, BadInput),
        ({"name": "a", "type": "", "project": "local/zoo"}, BadInput),
        ({"name": "a", "type": "a:b", "project": "local/zoo"}, BadInput),
        ({"name": "a", "type": "t"}, BadInput),
        ({"name": "a", "type": "t", "project": "local/zoo", "registry": "model"}, BadInput),
        ({"name": "a", "type": "t", "project": "local/nothing"}, NotFound),
        ({"name": "a", "type": "t", "project": "zoo"}, BadInput),
        ({"name": "a", "type": "t", "project": 99}, NotFound),
        ({"name": "a", "type": "t", "registry": "nothing"}, NotFound),
        ({"name": "a", "type": "t", "project": "local/zoo", "description": "x" * 65_537}, BadInput),
    ],
)
async def test_what_cannot_be_a_collection_is_refused(
    house: House, inputs: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await house.do(collections.create_collection, **inputs)


async def test_a_former_name_means_the_renamed_collection_and_no_other(house: House) -> None:
    await house.log("data")
    other = await house.log("other")
    renamed = await house.do(collections.update_collection, "local/zoo/data", name="fresh", description="now")
    assert house.said == ["COLLECTION_UPDATED"]
    assert house.events[0].detail == {"name": "fresh", "description": "now"}
    found = await house.look(lambda s: find.collection(s, "data", ProjectName("local", "zoo")))
    assert found.id == renamed.id
    for taken in ("data", "fresh"):
        with pytest.raises(Conflict):
            await house.do(collections.create_collection, taken, "dataset", project="local/zoo")
        with pytest.raises(Conflict, match="is or was the name of another collection of zoo"):
            await house.do(collections.update_collection, other.collection_id, name=taken)
    await house.do(collections.update_collection, "local/zoo/data", name="data")
    await house.do(collections.update_collection, "local/zoo/fresh", name="data")
    assert house.said == []


async def test_a_deleted_name_comes_back_and_goes_on_numbering(house: House) -> None:
    first = await house.log("data", "a")
    await house.do(deletion.delete_collection, "local/zoo/data")
    with pytest.raises(NotFound):
        await house.look(lambda s: find.collection(s, "local/zoo/data"))
    again = await house.log("data", "a")
    assert house.said == ["COLLECTION_CREATED", "VERSION_ADDED v1", "ALIAS_ADDED latest v1"]
    assert (again.collection_id, again.version_index) == (first.collection_id, 1)
    assert again.id != first.id


async def test_a_deleted_name_comes_back_with_its_type_if_it_ever_had_versions(house: House) -> None:
    await house.log("data")
    await house.do(deletion.delete_collection, "local/zoo/data")
    with pytest.raises(Conflict, match="holds type dataset, not model"):
        await house.do(collections.create_collection, "data", "model", project="local/zoo")
    await house.do(collections.create_collection, "empty", "dataset", project="local/zoo")
    await house.do(deletion.delete_collection, "local/zoo/empty")
    assert (await house.do(collections.create_collection, "empty", "model", project="local/zoo")).type == "model"


async def test_the_name_of_a_deleted_collection_is_not_free_for_another(house: House) -> None:
    await house.log("data")
    other = await house.log("other")
    await house.do(deletion.delete_collection, "local/zoo/data")
    with pytest.raises(Conflict):
        await house.do(collections.update_collection, other.collection_id, name="data")


async def test_a_collection_changes_its_type_unless_a_version_is_linked(house: House) -> None:
    await house.registry()
    artifact = await house.log()
    changed = await house.do(collections.update_collection, "local/zoo/data", type="images")
    assert (changed.type, house.said) == ("images", ["COLLECTION_UPDATED"])
    await house.do(links.link_artifact, artifact.id, "model/prod")
    with pytest.raises(Conflict, match="v0 is in collection prod, which holds images"):
        await house.do(collections.update_collection, "local/zoo/data", type="other")
