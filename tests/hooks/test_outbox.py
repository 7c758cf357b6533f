"""The queue of deliveries."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event
from sqlmodel import Session, col, func, select

from gqlregistry.hooks import outbox
from gqlregistry.registry import links, webhooks
from gqlregistry.registry.reach import Reach
from gqlregistry.store.tables import ActionEvent, EventKind, Webhook, WebhookDelivery
from tests.registry.conftest import House


async def hook(house: House, **place: Any) -> None:
    """Set up a webhook that is told of new versions in a place."""
    wanted = [EventKind.VERSION_ADDED]
    await house.do(webhooks.create_webhook, "https://example.com", Reach(), kinds=wanted, **place)


async def spread(house: House) -> list[str]:
    """Queue what has happened; the statements that it took."""

    def work(session: Session) -> list[str]:
        executed: list[str] = []

        def note(_: Any, __: Any, statement: str, *___: Any) -> None:
            executed.append(statement)

        newest = session.exec(select(func.max(ActionEvent.id))).one()
        event.listen(session.connection(), "before_cursor_execute", note)
        assert not outbox.spread(session, newest, datetime.now(UTC)).more
        session.flush()
        return executed

    return await house.look(work)


async def test_webhooks_of_places_where_nothing_happens_take_no_statement_each(house: House) -> None:
    await house.log()
    taken = []
    for name in ("one", "two", "three"):
        await house.registry(name)
        await hook(house, registry=name)
        await spread(house)
        await house.log(content=name)
        taken.append(len(await spread(house)))
    assert taken == [taken[0]] * 3


async def test_each_place_hears_what_happens_in_it_and_all_come_to_the_end(house: House) -> None:
    await house.log()
    await house.registry("model")
    await house.do(links.link_artifact, "local/zoo/data:v0", "model/zoo")
    places: list[dict[str, Any]] = [
        {"collection": "model/zoo"},
        {"registry": "model"},
        {"collection": "local/zoo/data"},
        {"project": "local/zoo"},
        {},
    ]
    for place in places:
        await hook(house, **place)
    await house.log("data", content="b")
    await house.log("other", content="c")
    await spread(house)

    def told(session: Session) -> tuple[list[int], set[int]]:
        number = select(func.count()).where(WebhookDelivery.webhook_id == Webhook.id).scalar_subquery()
        rows = session.exec(select(number, Webhook.cursor).order_by(col(Webhook.id))).all()
        return [count for count, _ in rows], {cursor for _, cursor in rows}

    newest = await house.look(lambda session: session.exec(select(func.max(ActionEvent.id))).one())
    assert await house.look(told) == ([0, 0, 1, 2, 2], {newest})
