import pytest
from sqlmodel import select

from gqlregistry.errors import BadInput, Conflict, Forbidden, NotFound, Unauthenticated
from gqlregistry.registry import find, keys, people
from gqlregistry.registry.people import Scope
from gqlregistry.store.tables import ActionEvent, Entity, EntityKind, Member, Role
from tests.registry.conftest import House, describe


async def test_the_defaults_are_told_once(house: House) -> None:
    again = await house.look(people.ensure_defaults)
    assert again.local == house.actor
    assert again.organization.id == (await house.look(find.organization)).id
    log = await house.look(lambda s: s.exec(select(ActionEvent).order_by(ActionEvent.id)).all())  # type: ignore[arg-type]
    assert [describe(event) for event in log] == [
        "ORGANIZATION_CREATED",
        "USER_CREATED",
        "MEMBER_SET",
        "PROJECT_CREATED",
    ]


async def test_a_user_is_a_member_of_the_organization(house: House) -> None:
    await house.do(people.create_user, "ann", "ann@example.org", "Ann", is_admin=True)
    assert house.said == ["USER_CREATED", "MEMBER_SET"]
    assert house.events[1].role == Role.ADMIN


async def test_users_teams_and_organizations_share_their_names(house: House) -> None:
    await house.do(people.create_user, "ann")
    await house.do(people.create_team, "crew")
    assert house.said == ["TEAM_CREATED", "MEMBER_SET"]
    await house.do(people.create_organization, "acme")
    assert house.said == ["ORGANIZATION_CREATED"]
    for rule in (people.create_user, people.create_team, people.create_organization):
        for name, kind in (("ann", "user"), ("crew", "team"), ("acme", "organization")):
            with pytest.raises(Conflict, match=f"{name} is the name of a {kind}"):
                await house.do(rule, name)


async def test_a_deleted_user_loses_keys_and_roles_but_not_its_name(house: House) -> None:
    ann = await house.user("ann")
    _, secret = await house.do(keys.create_key, "ann", "laptop")
    await ann.do(keys.create_key, "ann", "desk")
    await house.do(people.delete_user, "ann")
    assert house.said == ["API_KEY_REVOKED", "API_KEY_REVOKED", "MEMBER_REMOVED", "USER_DELETED"]
    with pytest.raises(Unauthenticated):
        await house.look(lambda s: keys.identify(s, secret)[0])
    actor = await house.look(lambda s: s.get(Entity, ann.actor.user_id))
    assert actor is not None
    assert actor.name == "ann"
    with pytest.raises(Conflict, match="the name of a deleted user"):
        await house.do(people.create_user, "ann")
    with pytest.raises(NotFound, match="ann was deleted on"):
        await house.do(people.delete_user, "ann")


async def test_the_last_admin_stays(house: House) -> None:
    with pytest.raises(Conflict, match="local is the last admin"):
        await house.do(people.delete_user, "local")
    with pytest.raises(Conflict, match="last admin of the organization"):
        await house.do(people.remove_member, Scope(organization="default"), "local")
    with pytest.raises(Conflict, match="last admin of the organization"):
        await house.do(people.set_member, Scope(organization="default"), "local", Role.VIEWER)
    await house.do(people.create_user, "ann", is_admin=True)
    await house.do(people.delete_user, "local")
    assert house.said[-1] == "USER_DELETED"


async def test_roles_are_set_and_taken_once(house: House) -> None:
    await house.do(people.create_user, "ann")
    await house.do(people.create_team, "crew")
    await house.registry()
    for scope in (
        Scope(team="crew"),
        Scope(registry="model"),
        Scope(project="local/zoo"),
        Scope(organization="default"),
    ):
        await house.do(people.set_member, scope, "ann", Role.VIEWER)
        assert house.said == ["MEMBER_SET"]
        member = await house.do(people.set_member, scope, "ann", Role.VIEWER)
        assert (house.said, member.role) == ([], Role.VIEWER)
        await house.do(people.remove_member, scope, "ann")
        assert house.said == ["MEMBER_REMOVED"]
        await house.do(people.remove_member, scope, "ann")
        assert house.said == []
    await house.do(people.set_member, Scope(registry="model"), "crew", Role.MEMBER)


async def test_a_deleted_team_leaves_its_projects(house: House) -> None:
    await house.do(people.create_team, "crew")
    await house.project()
    await house.log("crew/zoo/data")
    await house.do(people.delete_team, "crew")
    assert house.said == ["MEMBER_REMOVED", "TEAM_DELETED"]
    assert await house.look(lambda s: find.artifact(s, "crew/zoo/data:v0"))
    assert await house.look(lambda s: s.exec(select(Member).where(Member.team_id != None)).all()) == []  # noqa: E711
    with pytest.raises(NotFound):
        await house.log("crew/other/data")


@pytest.mark.parametrize("scope", [Scope(), Scope(team="crew", registry="model")])
async def test_a_role_holds_in_one_place(house: House, scope: Scope) -> None:
    await house.do(people.create_team, "crew")
    await house.registry()
    with pytest.raises(BadInput, match="exactly one"):
        await house.do(people.set_member, scope, "local", Role.ADMIN)


async def test_a_team_has_no_teams(house: House) -> None:
    await house.do(people.create_team, "crew")
    await house.do(people.create_team, "other")
    with pytest.raises(BadInput, match="only users"):
        await house.do(people.set_member, Scope(team="crew"), "other", Role.MEMBER)


async def test_only_admins_change_who_there_is(house: House) -> None:
    ann = await house.user("ann")
    await house.do(people.create_team, "crew")
    for rule, *inputs in (
        (people.create_user, "bob"),
        (people.create_team, "other"),
        (people.create_organization, "acme"),
        (people.delete_user, "local"),
        (people.delete_team, "crew"),
    ):
        with pytest.raises(Forbidden, match="ann is not an admin"):
            await ann.do(rule, *inputs)


async def test_who_is_in_a_team_its_own_admins_say(house: House) -> None:
    ann, bob = await house.user("ann"), await house.user("bob")
    await house.do(people.create_team, "crew")
    await house.do(people.set_member, Scope(team="crew"), "bob", Role.MEMBER)
    for somebody in (ann, bob):
        with pytest.raises(Forbidden, match="needs the role ADMIN in crew"):
            await somebody.do(people.set_member, Scope(team="crew"), "ann", Role.ADMIN)
        with pytest.raises(Forbidden):
            await somebody.do(people.remove_member, Scope(team="crew"), "local")
    await house.do(people.set_member, Scope(team="crew"), "bob", Role.ADMIN)
    await bob.do(people.set_member, Scope(team="crew"), "ann", Role.VIEWER)
    await bob.do(people.remove_member, Scope(team="crew"), "local")


@pytest.mark.parametrize("name", ["", "a b", "a/b", "ü", "x" * 129, ".a", "a\0"])
async def test_what_cannot_be_a_name_is_refused(house: House, name: str) -> None:
    for rule in (people.create_user, people.create_team, people.create_organization):
        with pytest.raises(BadInput) as caught:
            await house.do(rule, name)
        assert caught.value.field == ("name",)


async def test_an_address_has_an_at(house: House) -> None:
    with pytest.raises(BadInput) as caught:
        await house.do(people.create_user, "ann", "ann")
    assert caught.value.field == ("email",)


async def test_a_reference_finds_its_own_kind_only(house: House) -> None:
    await house.do(people.create_team, "crew")
    for rule, wrong in ((people.delete_user, "crew"), (people.delete_team, "local"), (people.delete_user, "default")):
        with pytest.raises(NotFound):
            await house.do(rule, wrong)
    team = await house.look(lambda s: find.entity(s, "crew", kinds=(EntityKind.TEAM,)))
    assert (await house.look(lambda s: find.entity(s, team.id))).name == "crew"


async def test_a_user_chooses_where_runs_go_that_name_no_entity(house: House) -> None:
    ada = await house.user("ada")
    await house.do(people.create_team, "zookeepers")
    assert await house.look(lambda s: people.default_entity(s, ada.actor)) == "ada"
    await ada.do(people.set_default_entity, "zookeepers")
    assert await house.look(lambda s: people.default_entity(s, ada.actor)) == "zookeepers"
    assert await house.look(lambda s: people.default_entity(s, house.actor)) == "local"
    for unfit in ("nobody", "default"):
        with pytest.raises(NotFound):
            await ada.do(people.set_default_entity, unfit)
