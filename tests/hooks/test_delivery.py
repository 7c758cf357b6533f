"""What is sent, when it is sent again, and that nothing is sent twice or lost."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import update
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from gqlregistry import metrics
from gqlregistry.hooks import Patience, Sender, outbox
from gqlregistry.hooks.dispatcher import MOST_EACH, MOST_FAILING
from gqlregistry.hooks.outbox import Outcome
from gqlregistry.hooks.payload import type_of
from gqlregistry.registry import aliases, audit, links, people, projects, tags, webhooks
from gqlregistry.registry.people import Scope
from gqlregistry.store import open_database
from gqlregistry.store.tables import DeliveryState, EventKind, Role, Visibility, Webhook, WebhookDelivery
from tests.conftest import on_sqlite
from tests.hooks.conftest import ANYWHERE, Post, dispatching
from tests.hooks.receiver import endless, hang, receiving, status
from tests.registry.conftest import House

DATA = "local/zoo/data"


async def move(house: House, *versions: str, alias: str = "production") -> None:
    for version in versions:
        await house.do(aliases.set_alias, DATA, version, alias, reason=f"to {version}")


def counted(outcome: str) -> float:
    """How many attempts have ended so, as Prometheus is told."""
    return metrics.webhook_attempts.labels(outcome)._value.get()


async def test_a_moved_and_a_removed_alias_are_told_signed(post: Post) -> None:
    house = post.house
    async with receiving() as receiver:
        await house.log(content="a")
        await house.log(content="b")
        made = await post.hook(receiver.url, collection=DATA, alias_pattern="production")
        await move(house, "v0", "v1")
        await house.do(aliases.remove_alias, DATA, "production", reason="gone")
        await post.tell()
    set_, off, on, gone = sorted(receiver.got, key=lambda message: message.headers["webhook-id"].zfill(40))
    assert [each.type for each in (set_, off, on, gone)] == [
        "alias.added",
        "alias.removed",
        "alias.added",
        "alias.removed",
    ]
    told = [(each.data["oldVersion"], each.data["newVersion"], each.data["moved"]) for each in (set_, off, on, gone)]
    assert told == [(None, "v0", False), ("v0", "v1", True), ("v0", "v1", True), ("v1", None, False)]
    assert on.data["previousVersion"] == "v0"
    assert on.data["actor"] == "local"
    assert on.data["project"] == "local/zoo"
    assert on.data["collection"]["path"] == DATA
    assert on.data["artifact"]["name"] == f"{DATA}:v1"
    assert (on.data["alias"], on.data["reason"], on.data["registry"]) == ("production", "to v1", None)
    for message in receiver.got:
        Verifier(made.secret).verify(message.body, message.headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(made.secret).verify(on.body + b" ", on.headers)
    assert len({message.headers["webhook-id"] for message in receiver.got}) == 4
    assert [each.state for each in await post.deliveries()] == [DeliveryState.DELIVERED] * 4


async def test_only_what_is_asked_for_is_told(post: Post) -> None:
    house = post.house
    await house.registry()
    wishes = {
        "kinds": {"kinds": [EventKind.VERSION_ADDED]},
        "exact": {"alias_pattern": "prod"},
        "pattern": {"alias_pattern": "pro*", "kinds": [EventKind.ALIAS_ADDED]},
        "tag": {"tag_pattern": "best"},
        "either": {"tag_pattern": "b*", "alias_pattern": "prod"},
        "collections": {"collection_pattern": "dat*", "kinds": [EventKind.VERSION_ADDED]},
        "project": {"project": "local/zoo", "kinds": [EventKind.COLLECTION_CREATED]},
        "registry": {"registry": "model", "kinds": [EventKind.COLLECTION_CREATED, EventKind.VERSION_ADDED]},
    }
    async with AsyncExitStack() as stack:
        receivers = {name: await stack.enter_async_context(receiving()) for name in wishes}
        for name, wish in wishes.items():
            await post.hook(receivers[name].url, **wish)
        artifact = await house.log()
        await house.log("other")
        await move(house, "v0", alias="prod")
        await move(house, "v0", alias="pro-2")
        await house.do(tags.tag_artifact, f"{DATA}:v0", "best")
        await house.do(tags.tag_artifact, f"{DATA}:v0", "worst")
        await house.do(links.link_artifact, artifact.id, "model/data")
        await post.tell()
    told = {
        name: sorted(f"{each.data['kind']} {each.data['alias'] or each.data['tag'] or ''}" for each in receiver.got)
        for name, receiver in receivers.items()
    }
    assert told == {
        "kinds": ["VERSION_ADDED "] * 3,
        "exact": ["ALIAS_ADDED prod"],
        "pattern": ["ALIAS_ADDED pro-2", "ALIAS_ADDED prod"],
        "tag": ["TAG_ADDED best"],
        "either": ["ALIAS_ADDED prod", "TAG_ADDED best"],
        "collections": ["VERSION_ADDED "] * 2,
        "project": ["COLLECTION_CREATED "] * 2,
        "registry": ["COLLECTION_CREATED ", "VERSION_ADDED "],
    }
    assert {each.data["registry"] for each in receivers["registry"].got} == {"model"}


async def test_a_failure_is_tried_again_later_and_recorded(post: Post) -> None:
    failed, done = counted("failed"), counted("ok")
    async with receiving(status(500), status(503), status(204)) as receiver:
        await post.house.log()
        made = await post.hook(receiver.url, alias_pattern="p")
        await move(post.house, "v0", alias="p")
        for failures, (least, most) in enumerate([(4, 6), (290, 331)], 1):
            await post.tell()
            (delivery,) = await post.deliveries()
            assert (delivery.state, delivery.attempts, delivery.failures) == ("PENDING", failures, failures)
            assert least < (delivery.next_at - datetime.now(UTC)).total_seconds() < most
            assert (await post.webhook(made.id)).failing_since is not None
            assert len(receiver.got) == failures
            assert metrics.webhook_backlog._value.get() == 1
            await post.wait_over()
        await post.tell()
    (delivery,) = await post.deliveries()
    assert (counted("failed") - failed, counted("ok") - done) == (2, 1)
    assert metrics.webhook_backlog._value.get() == 0
    assert (delivery.state, delivery.status, delivery.error) == ("DELIVERED", 204, None)
    assert (await post.webhook(made.id)).failing_since is None
    assert [(each.number, each.status) for each in await post.attempts()] == [(1, 500), (2, 503), (3, 204)]
    assert all(each.milliseconds is not None for each in await post.attempts())
    assert len({message.headers["webhook-id"] for message in receiver.got}) == 1


def test_the_pauses_grow_over_days_and_end() -> None:
    patience = Patience()
    pauses = [patience.pause(failures) for failures in range(1, 11)]
    assert pauses.pop() is None
    seconds = [pause.total_seconds() for pause in pauses if pause is not None]
    assert seconds == sorted(seconds)
    assert len(seconds) == 9
    assert 3 * 86400 < sum(seconds) < 4 * 86400


@on_sqlite
async def test_what_fails_to_the_end_has_failed(post: Post) -> None:
    given_up = counted("gave_up")
    post.dispatcher.patience = Patience(pauses=(0.0,))
    async with receiving(status(500)) as receiver:
        await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])
        await post.house.user("ann")
        await post.tell()
    (delivery,) = await post.deliveries()
    assert (delivery.state, delivery.attempts, delivery.error) == ("FAILED", 2, "the answer was 500")
    assert counted("gave_up") - given_up == 1
    assert delivery.ended_at is not None


@on_sqlite
async def test_a_bad_receiver_holds_up_no_other(post: Post) -> None:
    taken = [0]
    async with AsyncExitStack() as stack:
        elsewhere = await stack.enter_async_context(receiving())
        answers = {
            "hangs": hang,
            "redirects": status(302, f"location: {elsewhere.url}"),
            "never ends": endless(taken),
            "well": status(200),
        }
        receivers = {name: await stack.enter_async_context(receiving(answer)) for name, answer in answers.items()}
        hooks = {
            name: (await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])).id
            for name, receiver in receivers.items()
        }
        hooks["nobody"] = (await post.hook("http://127.0.0.1:9/", kinds=[EventKind.USER_CREATED])).id
        for number in range(12):
            await post.house.user(f"user-{number}")
        await post.dispatcher.step()
        async with asyncio.timeout(60):
            while len({each.webhook_id for each in await post.deliveries() if each.attempts == 0}) > 1:
                await post.dispatcher.step()
                await asyncio.sleep(0.01)
            while post.dispatcher.on_their_way > MOST_EACH:
                await asyncio.sleep(0.01)
        assert len(receivers["well"].got) == 12
        assert len(receivers["hangs"].got) == MOST_EACH, "only a few wait for it at once"
        await post.dispatcher.close()
    assert elsewhere.got == []
    assert taken[0] < 12 * 50 * 2**20
    said = {delivery.webhook_id: (delivery.status, delivery.error) for delivery in await post.deliveries()}
    assert said[hooks["redirects"]] == (302, "the answer was 302: redirects are not followed")
    assert said[hooks["never ends"]] == (200, None)
    assert said[hooks["nobody"]][0] is None
    assert "ConnectError" in (said[hooks["nobody"]][1] or "")


@on_sqlite
async def test_many_that_hang_leave_room_for_others(post: Post) -> None:
    wish = {"kinds": [EventKind.USER_CREATED]}
    async with receiving(hang) as bad, receiving() as good:
        for _ in range(MOST_FAILING + 4):
            await post.hook(bad.url, **wish)
        now = datetime.now(UTC)
        await post.house.look(lambda session: session.exec(update(Webhook).values(failing_since=now)))
        await post.hook(good.url, **wish)
        for number in range(10):
            await post.house.user(f"user-{number}")
        async with asyncio.timeout(60):
            while len(good.got) < 10 or len(bad.got) < MOST_FAILING:
                await post.dispatcher.step()
                await asyncio.sleep(0.01)
        await post.dispatcher.close()
    assert len(bad.got) == MOST_FAILING


async def test_one_that_hangs_is_given_up() -> None:
    sender = Sender(ANYWHERE, seconds=0.2)
    async with receiving(hang) as receiver:
        outcome = await sender.send(receiver.url, SecretStr("whsec_c2VjcmV0"), "1", {"type": "x"})
    await sender.close()
    assert (outcome.status, outcome.error) == (None, "no answer in time")


async def test_two_processes_send_each_event_once(post: Post, database_url: str, tmp_path: Path) -> None:
    other = open_database(database_url, tmp_path)
    async with (
        receiving() as receiver,
        dispatching(other, post.house, Sender(ANYWHERE)) as second,
    ):
        await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])
        for number in range(40):
            await post.house.user(f"user-{number}")
            if number % 4 == 0:
                await asyncio.gather(post.dispatcher.step(), second.step())
        for _ in range(100):
            await asyncio.gather(post.dispatcher.step(), second.step())
            await asyncio.gather(post.dispatcher.finish(), second.finish())
            if len(receiver.got) >= 40:
                break
        await asyncio.gather(post.dispatcher.step(), second.step())
    await other.close()
    assert len(receiver.got) == 40
    assert len({message.data["id"] for message in receiver.got}) == 40
    assert {each.attempts for each in await post.deliveries()} == {1}


async def test_a_process_that_is_killed_in_the_middle_leaves_its_work_to_others(post: Post) -> None:
    async with receiving() as receiver:
        made = await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])
        await post.house.user("ann")
        settled = (await post.webhook(made.id)).cursor + 50
        now, lease = datetime.now(UTC), timedelta(seconds=60)
        await post.house.look(lambda session: outbox.spread(session, settled, now))
        (lost,) = await post.house.look(lambda session: outbox.claim(session, made.id, 9, now, lease))
        await post.tell()
        assert receiver.got == [], "nobody else sends it before its time is over"
        await post.wait_over()
        await post.tell()
        assert len(receiver.got) == 1
        late = Outcome(None, "late", 5)
        await post.house.look(lambda session: outbox.finish(session, lost, late, now, timedelta(0)))
        await post.tell()
    assert len(receiver.got) == 1
    (delivery,) = await post.deliveries()
    assert (delivery.state, delivery.attempts) == ("DELIVERED", 2)


@on_sqlite
async def test_what_is_asked_for_while_it_is_sent_is_sent_again(post: Post) -> None:
    async with receiving() as receiver:
        await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])
        await post.house.user("ann")
        await post.dispatcher.step()
        (delivery,) = await post.deliveries()
        await post.house.do(webhooks.redeliver, delivery.id)
        await post.dispatcher.finish()
        await post.tell()
    assert len(receiver.got) == 2
    assert [each.state for each in await post.deliveries()] == ["DELIVERED"]


async def test_what_happened_while_nobody_ran_is_told(post: Post) -> None:
    async with receiving() as receiver:
        await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])
        for number in range(3):
            await post.house.user(f"user-{number}")
        async with dispatching(post.house.database, post.house, Sender(ANYWHERE)) as restarted:
            await restarted.step()
            await restarted.finish()
    assert receiver.kinds == ["USER_CREATED"] * 3


async def test_a_webhook_is_sent_back_and_ahead(post: Post) -> None:
    async with receiving() as receiver:
        first = await post.house.user("ann")
        before = post.house.events[0].id
        made = await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])
        for name in ("bob", "cy"):
            await post.house.user(name)
        await post.tell()
        assert sorted(each.data["subject"] for each in receiver.got) == ["bob", "cy"]
        ids = {each.headers["webhook-id"] for each in receiver.got}
        receiver.got.clear()
        await post.house.do(webhooks.replay_webhook, made.id, before - 1)
        assert post.house.said == ["WEBHOOK_REPLAYED"]
        await post.tell()
        assert sorted(each.data["subject"] for each in receiver.got) == ["ann", "bob", "cy"]
        assert ids < {each.headers["webhook-id"] for each in receiver.got}
        receiver.got.clear()
        await post.house.user("dee")
        newest = max(event.id for event in post.house.events)
        await post.house.do(webhooks.replay_webhook, made.id, newest)
        await post.tell()
        assert receiver.got == []
        (again, *_) = await post.deliveries()
        await post.house.do(webhooks.redeliver, again.id)
        await post.tell()
        assert len(receiver.got) == 1
    assert first.actor.username == "ann"


@on_sqlite
async def test_a_ping_is_sent_once_also_to_one_that_is_off(post: Post) -> None:
    async with receiving(status(500)) as receiver:
        made = await post.hook(receiver.url)
        await post.house.do(webhooks.update_webhook, made.id, ANYWHERE, enabled=False)
        await post.house.do(webhooks.ping_webhook, made.id)
        await post.tell()
        assert [message.type for message in receiver.got] == ["webhook.ping"]
        (ping,) = await post.deliveries()
        assert (ping.state, ping.status) == ("FAILED", 500)
        assert (await post.webhook(made.id)).failing_since is None


async def test_gone_turns_it_off_and_it_goes_on_where_it_stood(post: Post) -> None:
    async with receiving(status(410), status(204)) as receiver:
        made = await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])
        await post.house.user("ann")
        await post.tell()
        off = await post.webhook(made.id)
        assert (off.enabled, off.disabled_reason) == (False, "it answered 410 Gone")
        await post.house.user("bob")
        await post.wait_over()
        await post.tell()
        assert len(receiver.got) == 1
        await post.house.do(webhooks.update_webhook, made.id, ANYWHERE, enabled=True)
        await post.tell()
    assert sorted(each.data["subject"] for each in receiver.got) == ["ann", "ann", "bob"]
    assert await post.house.look(audit.verify) == []


@on_sqlite
async def test_one_that_fails_for_days_is_turned_off(post: Post) -> None:
    async with receiving(status(500)) as receiver:
        made = await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])
        await post.house.user("ann")
        await post.tell()
        long_ago = datetime.now(UTC) - timedelta(days=6)
        await post.house.look(lambda session: session.exec(update(Webhook).values(failing_since=long_ago)))
        await post.wait_over()
        await post.tell()
    off = await post.webhook(made.id)
    assert not off.enabled
    assert off.disabled_reason is not None
    assert off.disabled_reason.startswith("all attempts have failed since")


async def test_nothing_is_told_for_who_was_deleted(post: Post) -> None:
    ann = await post.house.user("ann", is_admin=True)
    async with receiving() as receiver:
        made = await post.hook(receiver.url, ann)
        await post.house.do(people.delete_user, "ann")
        await post.tell()
    assert receiver.got == []
    off = await post.webhook(made.id)
    assert (off.enabled, off.disabled_reason) == (False, outbox.GONE)


async def test_what_its_maker_may_not_see_is_not_told(post: Post) -> None:
    house, unseen = post.house, counted("unseen")
    await house.do(people.create_team, "crew")
    await house.registry("vault", visibility=Visibility.RESTRICTED)
    ann = await house.user("ann")
    await house.do(people.set_member, Scope(registry="vault"), "ann", Role.ADMIN)
    await house.do(projects.create_project, "crew", "secret", visibility=Visibility.RESTRICTED)
    async with receiving() as receiver:
        await post.hook(receiver.url, ann, registry="vault")
        hidden = await house.log("crew/secret/plans")
        await house.do(links.link_artifact, hidden.id, "vault/public")
        await post.tell()
        assert b"secret" not in b"".join(message.body for message in receiver.got)
        assert b"plans" not in b"".join(message.body for message in receiver.got)
        assert "VERSION_ADDED" in receiver.kinds
        told = len(receiver.got)
        async with receiving(status(500)) as failing:
            await post.hook(failing.url, ann, registry="vault", alias_pattern="p")
            await house.do(aliases.set_alias, "vault/public", "v0", "p")
            await post.tell()
            assert len(failing.got) == 1
            await house.do(people.remove_member, Scope(registry="vault"), "ann")
            await house.do(aliases.set_alias, "vault/public", "v0", "q")
            await post.wait_over()
            await post.tell()
            assert len(failing.got) == 1
    assert {each.data["alias"] for each in receiver.got[told:]} <= {None, "p"}
    refused = [each for each in await post.deliveries() if each.error and "may not be seen" in each.error]
    assert [each.state for each in refused] == ["FAILED"]
    assert counted("unseen") - unseen == 1


async def test_old_deliveries_are_forgotten(post: Post) -> None:
    async with receiving() as receiver:
        await post.hook(receiver.url, kinds=[EventKind.USER_CREATED])
        await post.house.user("ann")
        await post.tell()
    long_ago = datetime.now(UTC) - timedelta(days=31)
    await post.house.look(lambda session: session.exec(update(WebhookDelivery).values(ended_at=long_ago)))
    await post.house.user("bob")
    await post.dispatcher.step()
    assert await post.house.do(webhooks.prune, datetime.now(UTC) - timedelta(days=30)) == 1
    await post.dispatcher.finish()
    assert len(await post.deliveries()) == 1
    assert {each.delivery_id for each in await post.attempts()} == {each.id for each in await post.deliveries()}


def test_each_kind_has_a_type() -> None:
    assert type_of(EventKind.API_KEY_REVOKED) == "api_key.revoked"
    assert len({type_of(kind) for kind in EventKind}) == len(EventKind)
