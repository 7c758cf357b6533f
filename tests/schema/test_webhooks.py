"""Webhooks from the API to a receiver and back: made, told, looked at, sent again."""

import asyncio
from typing import Any

import pytest

from gqlregistry.settings import Settings
from tests.hooks.receiver import Receiver, receiving, status
from tests.schema.api import API

HOOK = "webhook { id url enabled cursor viewer { name } collection { path } kinds aliasPattern }"
DELIVERIES = """query ($id: ID!) { node(id: $id) { ... on Webhook { failingSince deliveries { totalCount nodes {
    id state attempts status error endedAt event { kind alias version } log { number status milliseconds error }
} } } } }"""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"webhook_private_addresses": True, "webhook_plain_http": True})


async def received(receiver: Receiver, count: int) -> None:
    async with asyncio.timeout(30):
        while len(receiver.got) < count:
            await asyncio.sleep(0.02)


async def ended(api: API, id: str, count: int) -> Any:
    async with asyncio.timeout(30):
        while True:
            hook = (await api.ask(DELIVERIES, id=id))["node"]
            nodes = hook["deliveries"]["nodes"]
            if len(nodes) == count and all(node["endedAt"] for node in nodes):
                return hook
            await asyncio.sleep(0.02)


async def test_a_webhook_is_made_told_and_replayed(api: API) -> None:
    await api.log(content="a")
    async with receiving(status(204)) as receiver:
        made = await api.change(
            "createWebhook",
            f"{HOOK} secret",
            url=receiver.url,
            collection={"name": "local/zoo/data"},
            kinds=["ALIAS_ADDED", "ALIAS_REMOVED"],
            aliasPattern="prod*",
        )
        hook = made["webhook"]
        assert made["secret"].startswith("whsec_")
        assert hook["viewer"] == {"name": "local"}
        assert hook["collection"] == {"path": "local/zoo/data"}
        assert hook["kinds"] == ["ALIAS_ADDED", "ALIAS_REMOVED"]
        await api.change("setAlias", collection={"name": "local/zoo/data"}, alias="production", version="v0")
        await received(receiver, 1)
        found = await ended(api, hook["id"], 1)
        (delivery,) = found["deliveries"]["nodes"]
        assert (delivery["state"], delivery["status"], delivery["error"]) == ("DELIVERED", 204, None)
        assert delivery["event"] == {"kind": "ALIAS_ADDED", "alias": "production", "version": "v0"}
        assert delivery["log"][0].items() >= {"number": 1, "status": 204, "error": None}.items()
        assert receiver.got[0].headers["webhook-id"] == delivery["id"]
        replayed = await api.change("replayWebhook", "webhook { id }", webhook=hook["id"], after="")
        assert replayed["webhook"]["id"] == hook["id"]
        await received(receiver, 2)
        await api.change("redeliverWebhook", "delivery { state }", delivery=delivery["id"])
        await received(receiver, 3)
        tested = await api.change("testWebhook", "delivery { id state event { kind } }", webhook=hook["id"])
        assert tested["delivery"]["event"] is None
        await received(receiver, 4)
        assert receiver.got[3].type == "webhook.ping"
    changed = await api.change("updateWebhook", f"{HOOK} secret", webhook=hook["id"], enabled=False, kinds=None)
    assert (changed["webhook"]["enabled"], changed["webhook"]["kinds"], changed["secret"]) == (False, None, None)
    query = '{ webhooks { totalCount } collection(ref: {name: "local/zoo/data"}) { webhooks { nodes { id } } } }'
    listed = await api.ask(query)
    assert listed["webhooks"]["totalCount"] == 1
    assert [node["id"] for node in listed["collection"]["webhooks"]["nodes"]] == [hook["id"]]
    await api.change("deleteWebhook", "webhook { deletedAt }", webhook=hook["id"])
    assert (await api.ask("{ webhooks { totalCount } }"))["webhooks"]["totalCount"] == 0


async def test_inputs_at_fault_are_named(api: API) -> None:
    for wrong, field in (
        ({"url": "gopher://example.com/"}, "url"),
        ({"url": "https://example.com/", "kinds": []}, "kinds"),
        ({"url": "https://example.com/", "aliasPattern": ""}, "aliasPattern"),
        ({"url": "https://example.com/", "registry": {"name": "none"}}, "registry"),
    ):
        query = "mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { errors { field } } }"
        answer = await api.ask(query, input=wrong)
        assert answer["createWebhook"]["errors"] == [{"field": [field]}]
