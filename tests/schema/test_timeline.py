"""Aliases through time: the schema tells what the rules' own fold of the log tells."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any
from uuid import uuid4

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from gqlregistry.errors import RegistryError
from gqlregistry.registry import aliases, artifacts, links
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.registry.fold import fold, intervals, log
from gqlregistry.store.tables import ActionEvent, EventKind, instant_text
from tests.registry.conftest import House
from tests.schema.api import API

EXAMPLES = {"sqlite": 12, "postgresql": 5}
NAMES = ["production", "staging", "latest"]
MOVES = (EventKind.ALIAS_ADDED, EventKind.ALIAS_REMOVED)
LINE = """query ($home: String!, $name: String!) { collection(ref: {name: $home}) { alias(name: $name) {
    name current { version } history(first: 1000) {
        version artifact { name } from until actor { username } reason endedBy { username } } } } }"""
AT = """query ($home: String!, $name: String!) { collection(ref: {name: $home}) { alias(name: $name) { %s } } }"""


def prepare(change: Change, home: str) -> None:
    """Four versions, linked into a registry's collection."""
    for number in range(4):
        content = [File("f", f"etag{number}", 1, "s3://bucket/key")]
        logged = artifacts.log_artifact(change, None, "local/zoo/data", "data", files=content, commit=True)
        links.link_artifact(change, logged.artifact.id, home)


async def live(home: str, houses: list[House], pick: Random) -> None:
    """Aliases are set, moved, removed, set again; versions go and come back. Not every step is possible."""
    for _ in range(pick.randint(3, 20)):
        who, name, version = pick.choice(houses), pick.choice(NAMES[:2]), pick.randrange(8)
        reason = pick.choice([None, "good", "bad"])
        with suppress(RegistryError):
            match pick.randrange(6):
                case 0:
                    await who.do(aliases.remove_alias, home, name, reason=reason)
                case 1:
                    await who.do(links.unlink_artifact, f"v{version}", home)
                case 2:
                    await who.do(links.link_artifact, f"local/zoo/data:v{version % 4}", home, [name])
                case _:
                    await who.do(aliases.set_alias, home, f"v{version}", name, reason=reason)


async def test_a_timeline_is_the_fold_of_the_log(api: API) -> None:
    house = api.house
    await house.registry()
    houses = [house, await house.user("ann", is_admin=True)]
    usernames = {each.actor.user_id: each.actor.username for each in houses}
    loop = asyncio.get_running_loop()

    async def compare(seed: int) -> None:
        home = f"model/{uuid4().hex}"
        await house.do(prepare, home)
        await live(home, houses, Random(seed))
        events = await house.look(lambda session: lines(session, home))
        for name in NAMES:
            await compare_alias(api, home, name, events, usernames)

    @settings(max_examples=EXAMPLES[api.services.driver.dialect], deadline=None, database=None, phases=[Phase.generate])
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        asyncio.run_coroutine_threadsafe(compare(seed), loop).result()

    await asyncio.to_thread(check)


def lines(session: Session, home: str) -> list[ActionEvent]:
    """The log of one collection."""
    created = [event for event in log(session) if event.detail.get("name") == home.removeprefix("model/")]
    return [event for event in log(session) if event.collection_id == created[0].collection_id]


async def compare_alias(api: API, home: str, name: str, events: list[ActionEvent], usernames: dict[int, str]) -> None:
    mine = [event for event in events if event.alias == name and event.kind in MOVES]
    found = (await api.ask(LINE, home=home, name=name))["collection"]["alias"]
    if not mine:
        assert found is None
        return
    assert found["name"] == name
    lived = intervals(mine)
    assert [shown(each) for each in reversed(found["history"])] == [
        (
            f"v{each.version_index}",
            instant_text(each.since),
            each.until and instant_text(each.until),
            usernames[each.actor_id],
            each.reason,
        )
        for each in lived
    ]
    assert [each["endedBy"] is None for each in found["history"]] == [each.until is None for each in reversed(lived)]
    stands = held(events, name)
    assert (found["current"] or {}).get("version") == stands
    moments = {
        moment + timedelta(microseconds=step) for event in mine for moment in [event.created_at] for step in (-1, 0)
    }
    times = sorted(moments)[-20:]
    asked = " ".join(f'a{n}: at(time: "{instant_text(time)}") {{ version }}' for n, time in enumerate(times))
    answered = (await api.ask(AT % asked, home=home, name=name))["collection"]["alias"]
    for number, time in enumerate(times):
        expected = held([event for event in events if event.created_at <= time], name)
        assert (answered[f"a{number}"] or {}).get("version") == expected, time


def shown(interval: dict[str, Any]) -> tuple[Any, ...]:
    return (
        interval["version"],
        interval["from"],
        interval["until"],
        interval["actor"]["username"],
        interval["reason"],
    )


def held(events: list[ActionEvent], name: str) -> str | None:
    """The version that an alias has in the state which the events fold to."""
    for home in fold(events).collections.values():
        return f"v{home.aliases[name]}" if name in home.aliases else None
    return None


async def test_the_story_of_an_alias(api: API) -> None:
    house = api.house
    await house.registry()
    ann = await house.user("ann", is_admin=True)
    await house.do(prepare, "model/zoo")
    await house.do(aliases.set_alias, "model/zoo", "v0", "production", reason="first")
    await ann.do(aliases.set_alias, "model/zoo", "v2", "production", reason="better")
    await house.do(aliases.remove_alias, "model/zoo", "production", reason="broken")
    query = """{ collection(ref: {name: "model/zoo"}) { never: alias(name: "never") { name } alias(name: "production") {
        current { version } history { version actor { username } reason endedBy { username } endedReason from until }
        newest: history(first: 1) { version } at(time: "2000-01-01T00:00:00Z") { version } } } }"""
    story = (await api.ask(query))["collection"]
    assert story["never"] is None
    line = story["alias"]
    second, first = line["history"]
    assert second == {
        "version": "v2",
        "actor": {"username": "ann"},
        "reason": "better",
        "endedBy": {"username": "local"},
        "endedReason": "broken",
        "from": first["until"],
        "until": second["until"],
    }
    assert (first["endedBy"], first["endedReason"]) == ({"username": "ann"}, "better")
    assert (line["newest"], line["current"], line["at"]) == ([{"version": "v2"}], None, None)
    for time, version in ((first["from"], "v0"), (second["from"], "v2"), (second["until"], None)):
        data = await api.ask(AT % f'at(time: "{time}") {{ version }}', home="model/zoo", name="production")
        assert (data["collection"]["alias"]["at"] or {}).get("version") == version
    # The same moment, as another zone writes it.
    elsewhere = datetime.fromisoformat(first["from"]).astimezone(timezone(timedelta(hours=5, minutes=30))).isoformat()
    data = await api.ask(AT % f'at(time: "{elsewhere}") {{ version }}', home="model/zoo", name="production")
    assert data["collection"]["alias"]["at"] == {"version": "v0"}
