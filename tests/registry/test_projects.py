import pytest

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import people, projects
from gqlregistry.store.tables import Visibility
from tests.registry.conftest import House


async def test_a_project_is_made_for_a_user_or_a_team(house: House) -> None:
    await house.do(people.create_team, "crew")
    made = await house.do(projects.create_project, "crew", "zoo", "d", Visibility.RESTRICTED)
    assert house.said == ["PROJECT_CREATED"]
    assert (await house.do(projects.ensure_project, "crew", "zoo")).id == made.id
    assert house.said == []
    with pytest.raises(Conflict, match="crew has a project zoo already"):
        await house.do(projects.create_project, "crew", "zoo")


@pytest.mark.parametrize("entity", ["nobody", "default", 99])
async def test_a_project_has_an_owner(house: House, entity: str | int) -> None:
    for rule, field in ((projects.create_project, "owner"), (projects.ensure_project, "project")):
        with pytest.raises(NotFound) as caught:
            await house.do(rule, entity, "zoo")
        assert caught.value.field == (field,)


@pytest.mark.parametrize("name", ["", "a/b", "a:b", "x" * 129, " a"])
async def test_what_cannot_be_a_projects_name_is_refused(house: House, name: str) -> None:
    for rule in (projects.create_project, projects.ensure_project):
        with pytest.raises(BadInput):
            await house.do(rule, "local", name)


async def test_an_update_says_what_changed_and_once(house: House) -> None:
    for said in (["PROJECT_UPDATED"], []):
        await house.do(projects.update_project, "local/zoo", description="d", visibility=Visibility.RESTRICTED)
        assert house.said == said
