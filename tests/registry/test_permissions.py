"""How a role comes about: the table of docs/permissions.md, line by line."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from gqlregistry.auth import Principal
from gqlregistry.errors import Forbidden, NotFound
from gqlregistry.registry import artifacts, links, people, permissions, projects, registries
from gqlregistry.registry.files import File
from gqlregistry.registry.people import Scope
from gqlregistry.store.tables import Registry, Role, Visibility
from tests.access.page import lines
from tests.registry.conftest import House

PLACES = (
    "a project for the organization",
    "a restricted project",
    "a registry for the organization",
    "a restricted registry",
)
TABLE = lines("who", *PLACES)
ORGANIZATION, TEAM = Scope(organization="default"), Scope(team="crew")
VISIBILITIES = (Visibility.ORGANIZATION, Visibility.RESTRICTED)


async def places(house: House, owner: str = "crew") -> list[Any]:
    """The four places, in the order of the table."""
    found = []
    for number, visibility in enumerate(VISIBILITIES):
        found.append(await house.do(projects.create_project, owner, f"{owner}{number}", None, visibility))
    for number, visibility in enumerate(VISIBILITIES):
        found.append(await house.do(registries.create_registry, f"r{number}", visibility=visibility))
    return found


def scope_of(place: Any) -> Scope:
    return Scope(registry=place.id) if isinstance(place, Registry) else Scope(project=place.id)


async def give(house: House, role: Role, scope: Scope, who: str = "ann") -> None:
    await house.do(people.set_member, scope, who, role)


def only(scope: Scope, role: Role) -> Callable[[House, list[Any]], Awaitable[None]]:
    """Ann has this role there, and no other."""

    async def arrange(house: House, found: list[Any]) -> None:
        await house.do(people.remove_member, ORGANIZATION, "ann")
        await give(house, role, scope)

    return arrange


async def nobody(house: House, found: list[Any]) -> None:
    await house.do(people.remove_member, ORGANIZATION, "ann")


async def itself(house: House, found: list[Any]) -> None:
    await nobody(house, found)
    for place in found:
        await give(house, Role.MEMBER, scope_of(place))


async def by_team(house: House, found: list[Any]) -> None:
    await nobody(house, found)
    await house.do(people.create_team, "others")
    await give(house, Role.VIEWER, Scope(team="others"))
    for place in found:
        await give(house, Role.MEMBER, scope_of(place), "others")


async def member_and_viewer(house: House, found: list[Any]) -> None:
    for place in found:
        await give(house, Role.VIEWER, scope_of(place))


ARRANGE = {
    "nobody in the organization": nobody,
    "RESTRICTED_VIEWER of the organization": only(ORGANIZATION, Role.RESTRICTED_VIEWER),
    "VIEWER of the organization": only(ORGANIZATION, Role.VIEWER),
    "MEMBER of the organization": only(ORGANIZATION, Role.MEMBER),
    "ADMIN of the organization": only(ORGANIZATION, Role.ADMIN),
    "the user who owns the project": nobody,
    "VIEWER in the team that owns it": only(TEAM, Role.VIEWER),
    "MEMBER in the team that owns it": only(TEAM, Role.MEMBER),
    "ADMIN in the team that owns it": only(TEAM, Role.ADMIN),
    "MEMBER there itself": itself,
    "VIEWER in a team that is MEMBER there itself": by_team,
    "MEMBER of the organization and VIEWER there itself": member_and_viewer,
    "server admin": nobody,
}


async def roles(house: House, who: Principal, found: list[Any]) -> list[str]:
    """The role of somebody in each place."""

    def work(session: Any) -> list[str]:
        permissions.act_as(session, who)
        known = []
        for place in found:
            what = "registry" if isinstance(place, Registry) else "project"
            role = permissions._role(session, what, place.id)
            known.append("none" if role is None else role.value)
            sees = permissions.sees_registry if what == "registry" else permissions.sees_project
            assert sees(session, place.id) is (role is not None)
        return known

    return await house.look(work)


@pytest.mark.parametrize("who", TABLE)
async def test_the_highest_role_counts(house: House, who: str) -> None:
    ann = await house.user("ann", is_admin=who == "server admin")
    await house.do(people.create_team, "crew")
    found = await places(house, "ann" if who == "the user who owns the project" else "crew")
    await ARRANGE[who](house, found)
    assert await roles(house, ann.actor, found) == TABLE[who]


def test_each_way_to_a_role_is_in_the_table() -> None:
    assert TABLE.keys() == ARRANGE.keys()


async def test_a_key_that_reads_has_no_role_that_writes_and_sees_what_its_owner_sees(house: House) -> None:
    root, ann = await house.user("root", is_admin=True), await house.user("ann")
    await house.do(people.remove_member, ORGANIZATION, "root")
    await house.do(people.create_team, "crew")
    found = await places(house)
    await give(house, Role.ADMIN, scope_of(found[3]))
    reader = Principal(ann.actor.user_id, "ann", may_write=False)
    assert await roles(house, reader, found) == ["VIEWER", "none", "VIEWER", "VIEWER"]
    reader = Principal(root.actor.user_id, "root", may_write=False, is_owner_admin=True)
    assert await roles(house, reader, found) == ["VIEWER"] * 4


async def test_a_role_that_is_given_counts_at_once_also_in_the_change_that_gives_it(house: House) -> None:
    ann = await house.user("ann")
    await house.registry("vault", visibility=Visibility.RESTRICTED)

    def rule(change: Any) -> None:
        with pytest.raises(NotFound):
            registries.update_registry(change, "vault", description="mine")
        permissions.act_as(change.session, house.actor)
        people.set_member(change, Scope(registry="vault"), "ann", Role.ADMIN)
        permissions.act_as(change.session, ann.actor)
        registries.update_registry(change, "vault", description="mine")

    await ann.do(rule)


async def test_a_hidden_project_is_refused_in_the_words_of_one_that_is_not_there(house: House) -> None:
    ann = await house.user("ann")
    await house.do(people.create_team, "crew")
    await house.do(projects.create_project, "crew", "secret", None, Visibility.RESTRICTED)
    await house.log("crew/secret/data")
    files = [File("f", "x", 1, "s3://b/k")]

    async def refused(rule: Any, *args: Any, **kwargs: Any) -> tuple[str, str]:
        with pytest.raises((NotFound, Forbidden)) as caught:
            await ann.do(rule, *args, **kwargs)
        return type(caught.value).__name__, caught.value.message

    for rule, args in (
        (projects.update_project, ("crew/{}",)),
        (artifacts.update_artifact, ("crew/{}/data:v0",)),
        (artifacts.log_artifact, (None, "crew/{}/data", "dataset")),
        (links.link_artifact, ("crew/{}/data:v9", "model/x")),
    ):
        said = []
        for name in ("secret", "absent"):
            given = [arg.format(name) if isinstance(arg, str) else arg for arg in args]
            code, message = await refused(rule, *given, **({"files": files} if rule is artifacts.log_artifact else {}))
            said.append((code, message.replace(name, "…")))
        assert said[0] == said[1]


async def test_ids_of_what_is_hidden_are_refused_as_those_of_nothing(house: House) -> None:
    ann = await house.user("ann")
    await house.do(people.create_team, "crew")
    project = await house.do(projects.create_project, "crew", "secret", None, Visibility.RESTRICTED)
    version = await house.log("crew/secret/data")
    for rule, hidden in (
        (projects.update_project, project.id),
        (artifacts.commit_artifact, version.id),
        (artifacts.update_artifact, version.id),
        (artifacts.replace_files, version.id),
    ):
        more = [[]] if rule is artifacts.replace_files else []
        said = []
        for id in (hidden, 10**6):
            with pytest.raises(NotFound) as caught:
                await ann.do(rule, id, *more)
            said.append(caught.value.message)
        assert said[0] == said[1]


async def test_what_was_published_stays_known_and_its_content_does_not(house: House) -> None:
    ann = await house.user("ann")
    await house.do(people.create_team, "crew")
    await house.do(projects.create_project, "crew", "secret", None, Visibility.RESTRICTED)
    version = await house.log("crew/secret/data")
    await house.registry("model")
    await house.do(links.link_artifact, version.id, "model/zoo")

    async def may(least: Role) -> bool:
        def work(session: Any) -> bool:
            permissions.act_as(session, ann.actor)
            try:
                permissions.require_of_artifact(session, version.id, least)
            except Forbidden:
                return False
            return True

        return await house.look(work)

    assert (await may(Role.RESTRICTED_VIEWER), await may(Role.VIEWER), await may(Role.MEMBER)) == (True, True, True)
    await house.do(links.unlink_artifact, version.id, "model/zoo")
    assert (await may(Role.RESTRICTED_VIEWER), await may(Role.VIEWER)) == (True, False)
