"""A document that takes long to validate is refused, or keeps nobody else waiting, by whatever transport it comes."""

import asyncio
import json
from typing import Any

import pytest
from httpx import AsyncClient

from gqlregistry.plan.validating import MAX_ALIKE, Invalid, valid_document
from gqlregistry.schema.schema import public_schema
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.live.subscribers import introduced
from tests.serving import listening

LONG = "{ " + "viewer { id } " * (MAX_ALIKE + 1) + "}"
ALLOWED = "{ " + "viewer { id } " * MAX_ALIKE + "}"
CODE = "QUERY_TOO_COMPLEX"


async def validated(text: str) -> Any:
    return await valid_document(public_schema(), text, 2000)


async def test_one_field_may_be_asked_for_so_often() -> None:
    assert (await validated(ALLOWED)).definitions
    with pytest.raises(Invalid, match="31 times"):
        await validated(LONG)
    with pytest.raises(Invalid, match="`a`"):
        await validated("{ " + "a: viewer { id } " * (MAX_ALIKE + 1) + "}")


@pytest.mark.parametrize("text", ["{", "{ nothing }", "query ($a: Int!) { viewer { id(a: $a) } }"])
async def test_what_is_not_valid_says_why(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        await validated(text)
    assert all(error.message for error in refused.value.errors)


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
        answer = await client.post("/wandb/graphql", json={"query": LONG})
        assert (answer.status_code, "31 times" in answer.text) == (400, True)
        async with introduced(url) as socket, asyncio.timeout(20):
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": LONG}}))
            refused = json.loads(await socket.recv())
        assert (refused["type"], refused["payload"][0]["extensions"]["code"]) == ("error", CODE)
