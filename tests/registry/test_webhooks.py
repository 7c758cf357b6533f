import orjson
import pytest
from sqlmodel import select

from gqlregistry.errors import BadInput, Conflict, Forbidden, NotFound
from gqlregistry.registry import audit, people, webhooks
from gqlregistry.registry.people import Scope
from gqlregistry.registry.reach import Reach
from gqlregistry.store.tables import ActionEvent, EventKind, Role, Webhook
from tests.registry.conftest import House

URL = "https://hooks.example.com/services/T0/very-secret"
REACH = Reach()


async def test_the_log_tells_of_each_change_and_not_the_url(house: House) -> None:
    await house.log()
    made, secret = await house.do(webhooks.create_webhook, URL, REACH, "local/zoo/data", alias_pattern="prod-*")
    assert secret.startswith("whsec_")
    assert house.said == ["WEBHOOK_CREATED"]
    _, none = await house.do(webhooks.update_webhook, made.id, REACH, url=f"{URL}-2", kinds=[EventKind.ALIAS_ADDED])
    assert none is None
    assert house.said == ["WEBHOOK_UPDATED"]
    assert set(house.events[0].detail) == {"webhook_id", "url_digest", "kinds"}
    await house.do(webhooks.update_webhook, made.id, REACH, enabled=True)
    assert house.said == [], "it was enabled"
    _, another = await house.do(webhooks.update_webhook, made.id, REACH, rotate_secret=True)
    assert another not in (None, secret)
    await house.do(webhooks.delete_webhook, made.id)
    assert house.said == ["WEBHOOK_DELETED"]
    with pytest.raises(NotFound):
        await house.do(webhooks.delete_webhook, made.id)
    lines = await house.look(lambda session: [orjson.dumps(each.detail) for each in session.exec(select(ActionEvent))])
    assert not any(b"very-secret" in line or secret.encode() in line for line in lines)
    assert await house.look(audit.verify) == []
    assert await house.look(audit.differences) == []
    assert (await house.look(lambda session: session.get_one(Webhook, made.id))).secret == ""


async def test_admins_of_a_place_listen_there(house: House) -> None:
    await house.registry("model")
    await house.log()
    ann, bob = await house.user("ann"), await house.user("bob")
    with pytest.raises(Forbidden):
        await ann.do(webhooks.create_webhook, URL, REACH, registry="model")
    with pytest.raises(Forbidden):
        await ann.do(webhooks.create_webhook, URL, REACH, collection="local/zoo/data")
    with pytest.raises(Forbidden):
        await ann.do(webhooks.create_webhook, URL, REACH, project="local/zoo")
    with pytest.raises(Forbidden):
        await ann.do(webhooks.create_webhook, URL, REACH)
    await house.do(people.set_member, Scope(registry="model"), "ann", Role.ADMIN)
    made, _ = await ann.do(webhooks.create_webhook, URL, REACH, registry="model")
    delivery = await ann.do(webhooks.ping_webhook, made.id)
    for rule, inputs in (
        (webhooks.update_webhook, [made.id, REACH]),
        (webhooks.delete_webhook, [made.id]),
        (webhooks.replay_webhook, [made.id, 0]),
        (webhooks.ping_webhook, [made.id]),
        (webhooks.redeliver, [delivery.id]),
    ):
        with pytest.raises(NotFound):
            await bob.do(rule, *inputs)
    assert made.viewer_id == ann.actor.user_id
    changed, _ = await house.do(webhooks.update_webhook, made.id, REACH, tag_pattern="x")
    assert (changed.viewer_id, changed.created_by_id) == (house.actor.user_id, ann.actor.user_id)


async def test_what_makes_no_webhook(house: House) -> None:
    for wrong in (
        {"kinds": []},
        {"alias_pattern": ""},
        {"tag_pattern": "x" * 129},
        {"project": "local/zoo", "registry": "model"},
    ):
        with pytest.raises(BadInput):
            await house.do(webhooks.create_webhook, URL, REACH, **wrong)
    made, _ = await house.do(webhooks.create_webhook, URL, REACH)
    with pytest.raises(BadInput, match="the log does not reach"):
        await house.do(webhooks.replay_webhook, made.id, 10**6)


async def test_there_are_no_more_than_some(house: House) -> None:
    for _ in range(webhooks.MOST):
        made, _ = await house.do(webhooks.create_webhook, URL, REACH)
    with pytest.raises(Conflict, match="50 webhooks"):
        await house.do(webhooks.create_webhook, URL, REACH)
    for _ in range(webhooks.MAX_WAITING_PINGS):
        await house.do(webhooks.ping_webhook, made.id)
    with pytest.raises(Conflict, match="pings"):
        await house.do(webhooks.ping_webhook, made.id)
