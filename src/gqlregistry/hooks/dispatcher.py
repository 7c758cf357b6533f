"""The task of a process that tells webhooks: woken by what happens, and looking from time to time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from tenacity import RetryCallState, Retrying
from tenacity.wait import wait_base, wait_chain, wait_fixed, wait_random

from gqlregistry import metrics
from gqlregistry.auth import Principal
from gqlregistry.errors import Unavailable
from gqlregistry.hooks import outbox
from gqlregistry.hooks.outbox import Claim, Outcome
from gqlregistry.hooks.payload import message_of
from gqlregistry.hooks.sending import GONE, Sender
from gqlregistry.live.log import Log
from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import webhooks
from gqlregistry.registry.change import apply
from gqlregistry.store.changes import News
from gqlregistry.store.database import Database

log = structlog.get_logger(__name__)
MOST = 32
"""How many deliveries a process has on their way at once."""

MOST_EACH = 4
"""How many of them to one webhook: one that hangs holds up only itself."""

MOST_FAILING = 16
"""How many of all to webhooks whose latest attempt has failed, one to each: many that hang leave others their room."""

LEASE = timedelta(seconds=60)
"""How long nobody else tries what was claimed: longer than an attempt takes, the writing included."""

LOOK_SECONDS = 1.0
"""How often to look for what is due again, or was queued by another process."""

IDLE_SECONDS = 5.0
"""The same while no webhook listens."""

CLOSE_SECONDS = 3.0
"""How long attempts may go on when the server stops. What is not finished then is tried again after its lease."""

PAUSES = (5, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""Seconds from a failure to the next attempt, three days in all, as Standard Webhooks recommend."""


@dataclass(frozen=True)
class Patience:
    """How long to go on with a receiver that fails: the pauses, each with up to a tenth more by chance, and how long
    all may fail before it is turned off."""

    pauses: tuple[float, ...] = PAUSES
    failing: timedelta = timedelta(days=5)

    def pause(self, failures: int) -> timedelta | None:
        """How long to wait after so many failures; None when that was the last attempt."""
        if failures > len(self.pauses):
            return None
        waits: list[wait_base] = [wait_fixed(pause) + wait_random(0, pause / 10) for pause in self.pauses]
        state = RetryCallState(Retrying(), None, (), {})
        state.attempt_number = failures
        return timedelta(seconds=wait_chain(*waits)(state))


@dataclass(eq=False)
class Dispatcher:
    """Tells webhooks of what happens. `actor` is who turns them off."""

    database: Database
    log: Log
    actor: Principal
    sender: Sender
    patience: Patience = field(default_factory=Patience)
    look_seconds: float = LOOK_SECONDS
    close_seconds: float = CLOSE_SECONDS
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _failing: set[asyncio.Task[None]] = field(default_factory=set)
    _busy: Counter[int] = field(default_factory=Counter)

    _stopping: bool = False

    def __post_init__(self) -> None:
        self.database.changes.listen(self._hear)

    async def run(self) -> None:
        """Go on until stopped."""
        while not self._stopping:
            wait = IDLE_SECONDS
            try:
                wait = self.look_seconds if await self.step() else IDLE_SECONDS
            except Unavailable as error:
                log.warning("webhooks can't be told now", reason=error.message)
            except Exception:
                log.exception("webhooks can't be told now")
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._woken.wait()
            self._woken.clear()

    async def step(self) -> bool:
        """Queue what has happened, begin to send what is due. Whether there are webhooks at all."""
        behind = await self.database.read(outbox.listening)
        if behind is None:
            return False
        await self.log.start()
        await self.log.catch_up()
        while behind < self.log.settled:
            settled = self.log.settled
            done = await self.database.write(lambda session, to=settled: outbox.spread(session, to, _now()))  # type: ignore[misc]
            for webhook in done.orphans:
                await self._turn_off(webhook, outbox.GONE)
            if not done.more:
                break
        metrics.webhook_backlog.set(await self.database.read(outbox.backlog))
        for webhook, failing in await self.database.read(lambda session: outbox.due(session, _now())):
            await self._begin(webhook, failing)
        return True

    def stop(self) -> None:
        """Begin nothing more. What is being read or written is not given up in its middle."""
        self._stopping = True
        self._woken.set()

    @property
    def on_their_way(self) -> int:
        """How many deliveries are being sent."""
        return len(self._tasks)

    async def finish(self) -> None:
        """Wait for what is on its way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Give up what is still on its way after a moment."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self.close_seconds)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.sender.close()

    async def _begin(self, webhook: int, failing: bool) -> None:
        free = min(MOST - len(self._tasks), (1 if failing else MOST_EACH) - self._busy[webhook])
        if failing:
            free = min(free, MOST_FAILING - len(self._failing))
        if free <= 0:
            return
        for claim in await self.database.write(lambda session: outbox.claim(session, webhook, free, _now(), LEASE)):
            self._busy[webhook] += 1
            task = asyncio.create_task(self._deliver(claim))
            self._tasks.add(task)
            if failing:
                self._failing.add(task)
            task.add_done_callback(lambda done: self._end(webhook, done))

    def _end(self, webhook: int, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        self._failing.discard(task)
        self._busy[webhook] -= 1
        if not self._busy[webhook]:
            del self._busy[webhook]
        self._woken.set()

    async def _deliver(self, claim: Claim) -> None:
        try:
            message = await self.database.read(lambda session: message_of(session, claim))
            if message is None:
                outcome, last = Outcome(None, "it may not be seen any more by whom it is told for", sent=False), True
            else:
                name = encode_id("WebhookDelivery")(claim.delivery)
                outcome = await self.sender.send(claim.url, claim.secret, name, message)
                last = claim.event is None
            await self._note(claim, outcome, last)
        except Unavailable as error:
            log.warning("what came of a webhook's delivery can't be written now", reason=error.message)
        except Exception:
            log.exception("a webhook's delivery failed")

    async def _note(self, claim: Claim, outcome: Outcome, last: bool) -> None:
        wait = None if last else self.patience.pause(claim.failures + 1)
        since = await self.database.write(lambda session: outbox.finish(session, claim, outcome, _now(), wait))
        _count(outcome, wait is None)
        if outcome.error is None:
            return
        log.info("a webhook's delivery failed", webhook=claim.webhook, delivery=claim.delivery, reason=outcome.error)
        if outcome.status == GONE and claim.event is not None:
            await self._turn_off(claim.webhook, "it answered 410 Gone")
        elif since is not None and _now() - since > self.patience.failing:
            await self._turn_off(claim.webhook, f"all attempts have failed since {since:%Y-%m-%d %H:%M} UTC")

    async def _turn_off(self, webhook: int, reason: str) -> None:
        log.warning("a webhook is turned off", webhook=webhook, reason=reason)
        await apply(self.database, self.actor, webhooks.turn_off, webhook, reason)

    def _hear(self, news: News) -> None:
        if news.kinds or news.vague:
            self._woken.set()


@asynccontextmanager
async def deliveries(dispatcher: Dispatcher) -> AsyncIterator[None]:
    """Tell webhooks until the end of the block."""
    task = asyncio.create_task(dispatcher.run())
    try:
        yield
    finally:
        dispatcher.stop()
        await asyncio.wait([task], timeout=dispatcher.close_seconds)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await dispatcher.close()


def _count(outcome: Outcome, last: bool) -> None:
    if not outcome.sent:
        metrics.webhook_attempts.labels("unseen").inc()
        return
    failed = "gave_up" if last else "failed"
    metrics.webhook_attempts.labels("ok" if outcome.error is None else failed).inc()
    metrics.webhook_seconds.observe(outcome.milliseconds / 1000)


def _now() -> datetime:
    return datetime.now(UTC)
