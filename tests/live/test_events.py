"""Following the log, over both transports, on both databases."""

import asyncio
from typing import Any

import pytest

from gqlregistry.registry import aliases
from tests.conftest import on_sqlite
from tests.live.subscribers import EVENTS, Server, Subscribe, introduced, over_sse, over_websocket, subscribe

both = pytest.mark.parametrize("follow", [over_websocket, over_sse], ids=["websocket", "sse"])


async def log_of(server: Server, after: str = "") -> list[Any]:
    """All events that are there behind a cursor, as a subscriber receives them."""
    query = "{ actionEvents(first: 1) { nodes { id } } }"
    async with introduced(server.url) as socket:
        last = await (await subscribe(socket, query, "newest")).take(1)
        newest = last[0]["nodes"][0]["id"]
        messages = await subscribe(socket, EVENTS, "log", after=after)
        return await messages.until(lambda event: event["node"]["id"] == newest)


def kinds(events: list[Any]) -> list[str]:
    return [event["node"]["kind"] for event in events]


@both
async def test_what_is_there_is_replayed_and_what_happens_follows(served: Server, follow: Subscribe) -> None:
    await served.house.log(content="a")
    before = await log_of(served)
    async with follow(served.url, after="") as messages:
        assert await messages.take(len(before)) == before
        await served.house.log(content="b")
        new = await messages.until(lambda event: event["node"]["kind"] == "ALIAS_ADDED")
        assert kinds(new) == ["VERSION_ADDED", "ALIAS_REMOVED", "ALIAS_ADDED"]
    assert await log_of(served) == before + new


@both
async def test_without_a_cursor_it_begins_now(served: Server, follow: Subscribe) -> None:
    await served.house.log(content="a")
    async with follow(served.url) as messages:
        await served.house.log(content="b")
        assert (await messages.take(1))[0]["node"]["kind"] == "VERSION_ADDED"


@both
async def test_one_who_comes_again_with_the_last_cursor_misses_and_doubles_nothing(
    served: Server, follow: Subscribe
) -> None:
    await served.house.log()

    async def write() -> int:
        for number in range(200):
            await served.house.do(aliases.set_alias, "local/zoo/data", "v0", f"alias-{number}")
        return number

    writing = asyncio.create_task(write())
    received: list[Any] = []
    size = 1
    while not received or received[-1]["node"]["alias"] != "alias-199":
        after = received[-1]["cursor"] if received else ""
        async with follow(served.url, after=after) as messages:
            for _ in range(size):
                received += await messages.take(1)
                if received[-1]["node"]["alias"] == "alias-199":
                    break
        size = size % 13 + 1
    assert await writing == 199
    assert received == await log_of(served)


@both
async def test_only_what_was_asked_for_comes(served: Server, follow: Subscribe) -> None:
    await served.house.log("data")
    await served.house.log("other")
    named = {"collection": {"name": "local/zoo/data"}}
    everything = await log_of(served)
    for more, wanted in (
        (named, lambda event: (event["node"]["collection"] or {}).get("name") == "data"),
        ({"kinds": ["ALIAS_ADDED"]}, lambda event: event["node"]["kind"] == "ALIAS_ADDED"),
        ({"kinds": ["PROJECT_CREATED", "TAG_ADDED"]}, lambda event: event["node"]["kind"] == "PROJECT_CREATED"),
    ):
        expected = [event for event in everything if wanted(event)]
        assert expected
        async with follow(served.url, after="", **more) as messages:
            assert await messages.take(len(expected)) == expected
    async with follow(served.url, kinds=["ALIAS_ADDED"], **named) as messages:
        await served.house.log("other", content="b")
        await served.house.do(aliases.set_alias, "local/zoo/data", "v0", "production")
        assert (await messages.take(1))[0]["node"]["alias"] == "production"
    async with follow(served.url, kinds=[]) as messages:
        await served.house.log("data", content="c")
        assert await messages.nothing()


async def test_a_registry_is_followed_with_its_collections(served: Server) -> None:
    await served.house.log()
    await served.house.registry("model")
    async with over_sse(served.url, registry={"name": "model"}, after="") as messages:
        assert kinds(await messages.take(1)) == ["REGISTRY_CREATED"]


@on_sqlite
@both
@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"after": "nonsense"}, "BAD_USER_INPUT"),
        ({"after": "WzEsIkNSRUFURURfQVQiLDFd"}, "BAD_USER_INPUT"),
        ({"after": "WzEsIkxPRyIsLTFd"}, "BAD_USER_INPUT"),
        ({"after": "WzEsIkxPRyIsOTk5OTk5XQ"}, "BAD_USER_INPUT"),
        ({"collection": {"name": "no/such/thing"}}, "NOT_FOUND"),
        ({"collection": {"id": "nonsense"}}, "BAD_USER_INPUT"),
        ({"registry": {"name": "nope"}}, "NOT_FOUND"),
        ({"kinds": ["NOPE"]}, "BAD_USER_INPUT"),
        ({"after": 7}, "BAD_USER_INPUT"),
    ],
)
async def test_what_cannot_be_followed_is_refused(
    served: Server, follow: Subscribe, variables: dict[str, Any], code: str
) -> None:
    async with follow(served.url, **variables) as messages:
        answer = await messages.next()
        assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
        with pytest.raises(StopAsyncIteration):
            await messages.next()


@on_sqlite
@both
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nope }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { actionEvents { cursor } lineageChanged(node: 1) { truncated } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { actionEvents @skip(if: true) { cursor } }", None),
        (
            "subscription { actionEvents { node { collection { versions(first: 100) { nodes { artifact { inputs(first: "
            "100) { nodes { inputs(first: 100) { nodes { id } } } } } } } } } } }",
            "QUERY_TOO_COMPLEX",
        ),
        ("subscription { actionEvents { " + "cursor " * 3000 + "} }", "GRAPHQL_PARSE_FAILED"),
    ],
)
async def test_the_limits_of_queries_hold(served: Server, follow: Subscribe, query: str, code: str | None) -> None:
    async with follow(served.url, query) as messages:
        answer = await messages.next()
        codes = {error["extensions"]["code"] for error in answer["errors"]}
        assert codes <= {code, "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}
        assert code is None or code in codes


@both
async def test_queries_and_mutations_are_answered_too(served: Server, follow: Subscribe) -> None:
    async with follow(served.url, "{ viewer { username } }") as messages:
        assert await messages.take(1) == [{"username": "local"}]
        with pytest.raises(StopAsyncIteration):
            await messages.next()
    async with follow(served.url, 'mutation { createTeam(input: {name: "crew"}) { team { name } } }') as messages:
        assert await messages.take(1) == [{"team": {"name": "crew"}}]


async def test_an_event_stream_goes_on_where_a_browser_says_it_was(served: Server) -> None:
    await served.house.log()
    everything = await log_of(served)
    async with over_sse(served.url, after="", headers={"last-event-id": everything[2]["cursor"]}) as messages:
        assert await messages.take(len(everything) - 3) == everything[3:]
