import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
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
)
from gqlregistry.registry.change import apply
from gqlregistry.registry.files import File
from gqlregistry.registry.fold import fold, intervals, log
from gqlregistry.registry.state import state_of
from gqlregistry.store import Database
from gqlregistry.store.tables import ActionEvent, EventKind, Membership, Role
from tests.registry.conftest import House

SOURCES = ["local/zoo/a", "local/zoo/b", "local/zoo/c"]
TARGETS = ["default/model/x", "default/model/y", "default/other/x"]

source, target = st.sampled_from(SOURCES), st.sampled_from(TARGETS)
home = source | target
version = st.integers(0, 3).map(lambda n: f"v{n}") | st.sampled_from(["latest", "p", "q"])
alias = st.sampled_from(["p", "q", "latest"])
name = st.sampled_from("abcxyz")
content = st.sampled_from("12345")
named = st.builds("{}:{}".format, home, version)
few_aliases = st.lists(st.sampled_from("pq"), max_size=2)
person = st.sampled_from(["ann", "bob", "crew", "local"])

operations = st.one_of(
    st.tuples(st.just("log"), source, content, few_aliases),
    st.tuples(st.just("log"), source, content, few_aliases),
    st.tuples(st.just(links.link_artifact), named, target, few_aliases),
    st.tuples(st.just(links.unlink_artifact), version | named, target),
    st.tuples(st.just(aliases.set_alias), home, version, alias),
    st.tuples(st.just(aliases.remove_alias), home, alias),
    st.tuples(st.just(collections.update_collection), home, name, st.none() | content),
    st.tuples(st.just(deletion.delete_artifact), named, st.booleans()),
    st.tuples(st.just(deletion.delete_collection), home),
    st.tuples(st.just(deletion.delete_project), st.just("local/zoo")),
    st.tuples(st.just(deletion.delete_registry), st.sampled_from(["model", "other"])),
    st.tuples(st.just(registries.create_registry), st.sampled_from(["model", "other"])),
    st.tuples(st.just(registries.update_registry), st.sampled_from(["model", "other"]), name, content),
    st.tuples(st.just(projects.create_project), person, st.just("zoo")),
    st.tuples(st.just(projects.update_project), st.just("local/zoo"), content),
    st.tuples(st.just(collections.create_collection), name, st.just("dataset"), st.just("local/zoo")),
    st.tuples(st.just(tags.tag_artifact), named, name),
    st.tuples(st.just(tags.untag_artifact), named, name),
    st.tuples(st.just(tags.tag_collection), home, name),
    st.tuples(st.just(tags.untag_collection), home, name),
    st.tuples(st.just(artifacts.update_artifact), named, content, st.dictionaries(name, content, max_size=2)),
    st.tuples(st.just(people.create_user), st.sampled_from(["ann", "bob"])),
    st.tuples(st.just(people.create_team), st.just("crew")),
    st.tuples(st.just(people.delete_user), person),
    st.tuples(st.just(people.delete_team), st.just("crew")),
    st.tuples(
        st.just(people.set_member),
        st.builds(people.Scope, team=st.just("crew")) | st.builds(people.Scope, registry=st.just("model")),
        person,
        st.sampled_from(Role),
    ),
    st.tuples(st.just(people.remove_member), st.builds(people.Scope, registry=st.just("model")), person),
    st.tuples(st.just(keys.create_key), person, name),
    st.tuples(st.just(keys.revoke_key), st.integers(1, 3)),
)


async def test_the_state_is_the_fold_of_the_log(database: Database) -> None:
    """Random changes, all on one database: each example goes on from the state that the one before left."""
    actor = (await database.write(people.ensure_defaults)).local
    loop = asyncio.get_running_loop()

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(operations, min_size=5, max_size=25))
    def check(steps: list[tuple[Any, ...]]) -> None:
        asyncio.run_coroutine_threadsafe(_apply_all(database, actor, steps), loop).result()

    await asyncio.to_thread(check)
    assert await database.write(audit.verify) == []
    await database.write(_check_numbers)


async def _apply_all(database: Database, actor: Principal, steps: list[tuple[Any, ...]]) -> None:
    for rule, *inputs in steps:
        try:
            if rule == "log":
                where, what, asked = inputs
                files = [File("file", what, 1, "s3://bucket/key")]
                rule, inputs = artifacts.log_artifact, [None, where, "dataset"]
                await apply(database, actor, rule, *inputs, files=files, aliases=asked, tags=asked, commit=True)
            else:
                await apply(database, actor, rule, *inputs)
        except RegistryError:
            continue
    await database.write(_check_fold)


def _check_fold(session: Session) -> None:
    assert fold(log(session)) == state_of(session)
    for place in state_of(session).collections.values():
        assert place.aliases.get("latest") == max(place.members, default=None)
        assert not (place.deleted and (place.members or place.aliases))


def _check_numbers(session: Session) -> None:
    """No number of a collection ever meant two versions, also by the log."""
    meant: dict[tuple[int, int], int] = {}
    for event in session.exec(select(ActionEvent).where(ActionEvent.kind == EventKind.VERSION_ADDED)):
        assert event.collection_id is not None
        assert event.version_index is not None
        assert (
            meant.setdefault((event.collection_id, event.version_index), event.artifact_id or 0) == event.artifact_id
        )
    for member in session.exec(select(Membership)):
        assert meant[member.collection_id, member.version_index] == member.artifact_id


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
