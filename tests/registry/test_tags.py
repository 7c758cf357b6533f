import pytest

from gqlregistry.errors import BadInput, NotFound
from gqlregistry.registry import tags
from tests.registry.conftest import House

DATA = "local/zoo/data"


async def test_a_version_is_tagged_once(house: House) -> None:
    artifact = await house.log()
    for said in (["TAG_ADDED raw data v0"], []):
        await house.do(tags.tag_artifact, f"{DATA}:v0", "raw data")
        assert house.said == said
    for said in (["TAG_REMOVED raw data v0"], []):
        await house.do(tags.untag_artifact, artifact.id, "raw data")
        assert house.said == said


async def test_a_collection_is_tagged_once(house: House) -> None:
    await house.log()
    for said in (["TAG_ADDED gold"], []):
        await house.do(tags.tag_collection, DATA, "gold")
        assert house.said == said
    for said in (["TAG_REMOVED gold"], []):
        await house.do(tags.untag_collection, DATA, "gold")
        assert house.said == said


@pytest.mark.parametrize("tag", ["", "a:b", "a/b", " a", "x" * 129])
async def test_what_is_not_a_tag_is_refused(house: House, tag: str) -> None:
    await house.log()
    for rule, ref in (
        (tags.tag_artifact, f"{DATA}:v0"),
        (tags.untag_artifact, f"{DATA}:v0"),
        (tags.tag_collection, DATA),
        (tags.untag_collection, DATA),
    ):
        with pytest.raises(BadInput) as caught:
            await house.do(rule, ref, tag)
        assert caught.value.field == ("tag",)


async def test_what_is_not_there_cannot_be_tagged(house: House) -> None:
    with pytest.raises(NotFound):
        await house.do(tags.tag_artifact, f"{DATA}:v0", "x")
    with pytest.raises(NotFound):
        await house.do(tags.tag_collection, DATA, "x")
