import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from gqlregistry.auth import Principal
from gqlregistry.errors import RegistryError
from gqlregistry.registry import (
    aliases,
    artifacts,
    audit,
    collections,
    deletion,
    keys,
    links,
    people,
    projects,
    registries,
    tags,
    webhooks,
)
from gqlregistry.registry.change import apply
from gqlregistry.registry.files import File
from gqlregistry.registry.fold import fold, intervals, log
from gqlregistry.registry.reach import Reach
from gqlregistry.registry.state import state_of
from gqlregistry.registry.values import UNSET
from gqlregistry.store import Database
from gqlregistry.store.tables import ActionEvent, Collection, EventKind, Membership, Role
from tests.registry.conftest import House

SOURCES = ["local/zoo/a", "local/zoo/b", "local/zoo/c"]
EXAMPLES, STEPS = 12, 40
TARGETS = ["default/model/x", "default/model/y", "default/other/x"]

REGISTRIES, PEOPLE = ["model", "other"], ["ann", "bob", "cy", "dee", "crew", "local"]
NAMES, CONTENTS = "abcxyz", "12345"
VERSIONS = [*(f"v{n}" for n in range(10)), *["latest", "p", "q"] * 5]
TEAM, MODEL = people.Scope(team="crew"), people.Scope(registry="model")

Step = tuple[Callable[..., Any], list[Any], dict[str, Any]]


def restore(pick: Random) -> list[Step]:
    """Make again what may have been deleted, so that what follows has something to change."""
    rules: list[Step] = [(projects.create_project, ["local", "zoo"], {})]
    rules += [(registries.create_registry, [name], {"protected_aliases": ["q"]}) for name in REGISTRIES]
    rules += [(people.create_user, [name], {}) for name in PEOPLE[:4]] + [(people.create_team, ["crew"], {})]
    rules += [log_step(source, pick) for source in SOURCES for _ in range(2)]
    return rules + [(links.link_artifact, [pick.choice(SOURCES), target], {}) for target in TARGETS]


def log_step(source: str, pick: Random) -> Step:
    files = [File("file", pick.choice(CONTENTS), 1, "s3://bucket/key")]
    asked = {"files": files, "aliases": some("pq", pick), "tags": some("pq", pick), "commit": True}
    return artifacts.log_artifact, [None, source, "dataset"], asked


def random_step(pick: Random) -> Step:
    """Any change, the frequent ones more often; many will not be possible."""
    source, target, name = pick.choice(SOURCES), pick.choice(TARGETS), pick.choice(NAMES)
    home, version, content, person = (pick.choice(each) for each in (SOURCES + TARGETS, VERSIONS, CONTENTS, PEOPLE))
    hook = pick.randrange(1, 6)
    named, alias = f"{home}:{version}", pick.choice(["p", "q", "latest"])
    often: list[Step] = [
        log_step(source, pick),
        (links.link_artifact, [f"{source}:{version}", target, some("pq", pick)], {}),
        (links.unlink_artifact, [pick.choice([version, named]), target], {}),
        (aliases.set_alias, [home, version, alias], {"expected_version": pick.choice([UNSET, UNSET, None, "v1"])}),
        (aliases.remove_alias, [home, alias], {}),
        (tags.tag_artifact, [named, name], {}),
        (tags.untag_artifact, [named, pick.choice("pq" + name)], {}),
        (artifacts.update_artifact, [named], {"description": content, "metadata": {name: [content, 0.5]}}),
        (deletion.delete_artifact, [named, pick.random() < 0.7], {}),
    ]
    seldom: list[Step] = [
        (tags.tag_collection, [home, name], {}),
        (tags.untag_collection, [home, name], {}),
        (collections.update_collection, [home], {"name": name, "description": content}),
        (collections.create_collection, [name, "dataset", "local/zoo"], {}),
        (deletion.delete_collection, [home], {}),
        (registries.update_registry, [pick.choice(REGISTRIES)], {"description": content, "artifact_types": None}),
        (projects.update_project, ["local/zoo"], {"description": content}),
        (people.set_member, [pick.choice([TEAM, MODEL]), person, pick.choice(list(Role))], {}),
        (people.remove_member, [pick.choice([TEAM, MODEL]), person], {}),
        (keys.create_key, [person, name], {}),
        (keys.revoke_key, [pick.randrange(1, 9)], {}),
        (webhooks.create_webhook, [f"https://{name}.example/{content}", Reach(), home], {"alias_pattern": alias}),
        (webhooks.update_webhook, [hook, Reach()], {"enabled": pick.random() < 0.5, "tag_pattern": name}),
        (webhooks.replay_webhook, [hook, 1], {}),
    ]
    rarely: list[Step] = [
        (deletion.delete_project, ["local/zoo"], {}),
        (deletion.delete_registry, [pick.choice(REGISTRIES)], {}),
        (people.delete_user, [pick.choice(PEOPLE)], {}),
        (people.delete_team, ["crew"], {}),
        (webhooks.delete_webhook, [hook], {}),
    ]
    kind = pick.choices([often, seldom, rarely], [12, 4, 1])[0]
    return pick.choice(kind)


def some(letters: str, pick: Random) -> list[str]:
    return [letter for letter in letters if pick.random() < 0.3]


async def test_the_state_is_the_fold_of_the_log(database: Database) -> None:
    """Random changes, all on one database: each example goes on from the state that the one before left."""
    actor = (await database.write(people.ensure_defaults)).local
    loop = asyncio.get_running_loop()

    @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate])
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        pick = Random(seed)
        steps = restore(pick) + [random_step(pick) for _ in range(STEPS)]
        asyncio.run_coroutine_threadsafe(_apply_all(database, actor, steps), loop).result()

    await asyncio.to_thread(check)
    assert await database.write(audit.verify) == []
    await database.write(_check_numbers)


async def _apply_all(database: Database, actor: Principal, steps: list[Step]) -> None:
    for rule, inputs, more in steps:
        with suppress(RegistryError):
            await apply(database, actor, rule, *inputs, **more)
    await database.write(_check_fold)


def _check_fold(session: Session) -> None:
    stands = state_of(session)
    assert fold(log(session)) == stands
    for place in stands.collections.values():
        assert place.aliases.get("latest") == max(place.members, default=None)
        assert not (place.deleted and (place.members or place.aliases))


def _check_numbers(session: Session) -> None:
    """No number of a collection ever meant two versions, also by the log; none was left out."""
    meant: dict[tuple[int, int], int] = {}
    for event in session.exec(select(ActionEvent).where(ActionEvent.kind == EventKind.VERSION_ADDED)):
        assert event.collection_id is not None
        assert event.version_index is not None
        assert event.artifact_id is not None
        place = event.collection_id, event.version_index
        assert meant.setdefault(place, event.artifact_id) == event.artifact_id
    members = session.exec(select(Membership)).all()
    assert {(each.collection_id, each.version_index): each.artifact_id for each in members} == meant
    for home in session.exec(select(Collection)):
        numbers = sorted(index for collection, index in meant if collection == home.id)
        assert numbers == list(range(home.next_index))


async def test_intervals_tell_the_life_of_an_alias(house: House) -> None:
    for text in "abc":
        await house.log(content=text)
    ann = await house.user("ann", is_admin=True)
    await house.do(aliases.set_alias, "local/zoo/data", "v0", "production", reason="first")
    await ann.do(aliases.set_alias, "local/zoo/data", "v2", "production")
    await house.do(aliases.remove_alias, "local/zoo/data", "production")
    await ann.do(aliases.set_alias, "local/zoo/data", "v1", "production", reason="again")

    def events(session: Session) -> list[ActionEvent]:
        lines = select(ActionEvent).where(ActionEvent.alias == "production").order_by(col(ActionEvent.id))
        return list(session.exec(lines))

    lived = intervals(await house.look(events))
    assert [(each.version_index, each.actor_id, each.reason) for each in lived] == [
        (0, house.actor.user_id, "first"),
        (2, ann.actor.user_id, None),
        (1, ann.actor.user_id, "again"),
    ]
    assert lived[0].until == lived[1].since
    assert lived[1].until is not None
    assert lived[1].until < lived[2].since
    assert lived[2].until is None
    assert abs(lived[2].since - datetime.now(UTC)) < timedelta(minutes=1)


def test_an_alias_that_never_was_has_no_intervals() -> None:
    assert intervals([]) == []
