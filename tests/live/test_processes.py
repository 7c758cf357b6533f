"""Several processes on one database, and processes that are killed."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

from httpx import HTTPError
from websockets.exceptions import WebSocketException

from gqlregistry.registry import aliases
from tests.live.conftest import on_postgresql
from tests.live.subscribers import Subscribe, over_sse, over_websocket
from tests.live.test_events import both
from tests.registry.conftest import House
from tests.serving import Process, process

LAST = 150


def lost(error: BaseException) -> bool:
    """Whether it is what a client sees of a server that was killed."""
    if isinstance(error, BaseExceptionGroup):
        return all(map(lost, error.exceptions))
    return isinstance(error, HTTPError | WebSocketException | OSError | StopAsyncIteration | EOFError)


async def write(house: House) -> None:
    """Set one alias after another, past the servers that are killed."""
    for number in range(LAST + 1):
        await house.do(aliases.set_alias, "local/zoo/data", "v0", f"alias-{number}")
        await asyncio.sleep(0.05)


@both
async def test_one_whose_server_is_killed_misses_and_doubles_nothing(
    house: House, database_url: str, tmp_path: Path, follow: Subscribe
) -> None:
    await house.log()
    writing = asyncio.create_task(write(house))
    received: list[Any] = []
    kills = 0

    async def receive(server: Process) -> None:
        after = received[-1]["cursor"] if received else ""
        async with follow(server.url, after=after, kinds=["ALIAS_ADDED"]) as messages:
            while not received or received[-1]["node"]["alias"] != f"alias-{LAST}":
                received.extend(await messages.take(1))

    while not received or received[-1]["node"]["alias"] != f"alias-{LAST}":
        with process("--data", str(tmp_path / "data"), "--database", database_url) as server:
            receiving = asyncio.create_task(receive(server))
            done, _ = await asyncio.wait([receiving], timeout=1.0 if kills < 2 else 60)
            if not done:
                os.kill(server.process.pid, signal.SIGKILL)
                kills += 1
            await asyncio.wait([receiving])
            error = receiving.exception()
            if error is not None and not lost(error):
                raise error
    await writing
    assert kills == 2
    expected = ["latest", *(f"alias-{number}" for number in range(LAST + 1))]
    assert [event["node"]["alias"] for event in received] == expected


@on_postgresql
async def test_servers_of_one_database_tell_of_each_others_changes(database_url: str, tmp_path: Path) -> None:
    options = ("--data", str(tmp_path), "--database", database_url)
    mutation = "mutation ($n: String!) { createTeam(input: {name: $n}) { team { name } errors { code } } }"
    query = "subscription { actionEvents(kinds: [TEAM_CREATED]) { cursor node { subject { name } } } }"
    with process(*options) as one, process(*options) as other:
        async with over_sse(one.url, query) as first, over_websocket(other.url, query) as second:
            for number, server in enumerate((one, other) * 3):
                async with over_sse(server.url, mutation, n=f"team-{number}") as answer:
                    await answer.take(1)
            expected = [f"team-{number}" for number in range(6)]
            for messages in (first, second):
                assert [each["node"]["subject"]["name"] for each in await messages.take(6)] == expected
            assert first.received == second.received


@on_postgresql
async def test_a_key_that_is_revoked_at_another_server_ends_its_subscriptions(
    database_url: str, tmp_path: Path
) -> None:
    options = ("--data", str(tmp_path), "--database", database_url)
    input = '{label: "x", owner: {name: "local"}, isAdmin: true}'
    make = f"mutation {{ createApiKey(input: {input}) {{ apiKey {{ id }} secret errors {{ code message }} }} }}"
    revoke = "mutation ($id: ID!) { revokeApiKey(input: {apiKey: $id}) { errors { code message } } }"
    with process(*options) as one, process(*options) as other:
        async with over_sse(one.url, make) as answer:
            first = (await answer.take(1))[0]
        mine = {"Authorization": f"Bearer {first['secret']}"}
        async with over_sse(other.url, headers=mine, kinds=["TEAM_CREATED"]) as messages:
            async with over_sse(one.url, revoke, headers=mine, id=first["apiKey"]["id"]) as answer:
                assert (await answer.take(1))[0]["errors"] == []
            assert (await messages.next())["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
