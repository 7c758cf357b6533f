"""Somebody who tells webhooks on a fresh server, step by step."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlmodel import col, select, update

from gqlregistry.hooks import Dispatcher, Patience, Sender
from gqlregistry.live.log import Log
from gqlregistry.plan.driver import driver_for
from gqlregistry.registry import webhooks
from gqlregistry.registry.reach import Reach
from gqlregistry.store import Database
from gqlregistry.store.tables import Webhook, WebhookAttempt, WebhookDelivery
from tests.registry.conftest import House, house

__all__ = ["house"]

ANYWHERE = Reach(private_addresses=True, plain_http=True)


@dataclass
class Post:
    """A server that is told of events, and one process that tells webhooks."""

    house: House
    dispatcher: Dispatcher

    async def hook(self, url: str, who: House | None = None, **more: Any) -> Webhook:
        made, _ = await (who or self.house).do(webhooks.create_webhook, url, ANYWHERE, **more)
        assert isinstance(made, Webhook)
        return made

    async def tell(self) -> None:
        """Send all that is due, and what becomes due meanwhile."""
        for _ in range(20):
            await self.dispatcher.step()
            if not self.dispatcher.on_their_way:
                return
            await self.dispatcher.finish()
        raise AssertionError("it does not end")

    async def wait_over(self) -> None:
        """Let the time pass until all that is pending is due."""
        past = datetime.now(UTC) - timedelta(seconds=1)
        await self.house.look(lambda session: session.exec(update(WebhookDelivery).values(next_at=past)))

    async def webhook(self, key: int) -> Webhook:
        return await self.house.look(lambda session: session.get_one(Webhook, key))

    async def deliveries(self) -> list[WebhookDelivery]:
        rows = select(WebhookDelivery).order_by(col(WebhookDelivery.id))
        return await self.house.look(lambda session: list(session.exec(rows)))

    async def attempts(self) -> list[WebhookAttempt]:
        rows = select(WebhookAttempt).order_by(col(WebhookAttempt.delivery_id), col(WebhookAttempt.number))
        return await self.house.look(lambda session: list(session.exec(rows)))


@asynccontextmanager
async def dispatching(database: Database, house: House, sender: Sender, **more: Any) -> AsyncIterator[Dispatcher]:
    """One process that tells webhooks, when it is told to."""
    async with AsyncExitStack() as stack:
        driver = driver_for(database)
        stack.push_async_callback(driver.close)
        log = Log(database, driver)
        stack.push_async_callback(log.close)
        dispatcher = Dispatcher(database, log, house.actor, sender, close_seconds=0.1, **more)
        stack.push_async_callback(dispatcher.close)
        yield dispatcher


@pytest_asyncio.fixture
async def post(house: House) -> AsyncIterator[Post]:
    async with dispatching(house.database, house, Sender(ANYWHERE), patience=Patience()) as dispatcher:
        yield Post(house, dispatcher)


@pytest.fixture
def tell(post: Post) -> Callable[[], Awaitable[None]]:
    return post.tell
