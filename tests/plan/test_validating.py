"""A document that takes long to validate is refused, or keeps nobody else waiting, by whatever transport it comes."""

import asyncio
import gc
import json
from collections import defaultdict
from random import Random
from typing import Any

import pytest
from graphql import GraphQLError, parse, validate
from httpx import AsyncClient

from gqlregistry.plan.validating import MAX_ALIKE, Invalid, valid_document
from gqlregistry.schema.schema import public_schema
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.live.subscribers import introduced
from tests.plan.operations import Pool, Writer
from tests.serving import listening

LONG = "{ " + "viewer { id } " * (MAX_ALIKE + 1) + "}"
ALLOWED = "{ " + "viewer { id } " * MAX_ALIKE + "}"
CODE = "QUERY_TOO_COMPLEX"


async def validated(text: str) -> Any:
    return await valid_document(public_schema(), text, 10_000)


async def test_one_field_may_be_asked_for_so_often() -> None:
    assert (await validated(ALLOWED)).definitions
    with pytest.raises(Invalid, match="31 times"):
        await validated(LONG)
    with pytest.raises(Invalid, match="`a`"):
        await validated("{ " + "a: viewer { id } " * (MAX_ALIKE + 1) + "}")


DEEP = "{ viewer " * 1900 + "}" * 1900


@pytest.mark.parametrize("text", ["{", "{ nothing }", "query ($a: Int!) { viewer { id(a: $a) } }", DEEP])
async def test_what_is_not_valid_says_why(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        await validated(text)
    assert all(error.message for error in refused.value.errors)


@pytest.mark.parametrize("number", range(40))
async def test_what_is_found_is_what_graphql_finds(number: int) -> None:
    schema, pick = public_schema(), Random(number)
    some: dict[str, list[str]] = defaultdict(lambda: ["x"])
    pool = Pool(some, some, ["x"], ["2026-01-01T00:00:00Z"])
    text = Writer(schema._schema, pool, pick).operation().text
    for _ in range(pick.randrange(4)):
        at = pick.randrange(len(text))
        text = text[:at] + pick.choice(["x", "", "$a ", "...F ", "id "]) + text[at + pick.randrange(3) :]
    try:
        expected = validate(schema._schema, parse(text))
    except GraphQLError as error:
        expected = [error]
    try:
        await validated(text)
        found = []
    except Invalid as invalid:
        found = invalid.errors
    # Suggestions of other names are taken away.
    assert [each.message.partition(" Did you")[0] for each in expected] == [each.message for each in found]
    assert [each.locations for each in expected] == [each.locations for each in found]


async def test_what_is_dropped_needs_no_collection_of_garbage() -> None:
    text = "{ " + " ".join(f"a{number}: viewer {{ id }}" for number in range(250)) + " }"
    await validated(text)
    gc.collect()
    gc.disable()
    try:
        await validated(text)
        assert gc.collect() < 250
    finally:
        gc.enable()


async def test_others_go_on_meanwhile() -> None:
    text = "{ " + " ".join(f"a{number}: viewer {{ id }}" for number in range(250)) + " }"
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    going = asyncio.create_task(others())
    await validated(text)
    going.cancel()
    assert turns > 10


@on_sqlite
async def test_the_bound_holds_by_every_transport(settings: Settings) -> None:
    async with listening(settings) as (url, _), AsyncClient(base_url=url) as client:
        for headers in ({}, {"Accept": "text/event-stream"}):
            answer = await client.post("/graphql", json={"query": LONG}, headers=headers)
            assert CODE in answer.text
        # At the client's root there may be no more fields than that, alike or not.
        deeper = "{ viewer { " + "id " * (MAX_ALIKE + 1) + "} }"
        answer = await client.post("/wandb/graphql", json={"query": deeper})
        assert (answer.status_code, "31 times" in answer.text) == (400, True)
        async with introduced(url) as socket, asyncio.timeout(20):
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": LONG}}))
            refused = json.loads(await socket.recv())
        assert (refused["type"], refused["payload"][0]["extensions"]["code"]) == ("error", CODE)
