"""News between the processes of one PostgreSQL database, by NOTIFY.

Not in the transaction that makes the change: PostgreSQL lets only one notifying transaction commit at a time, and each
would wait for the others' fsync. It follows at once, for all changes of a moment together. If the process is killed in
between, nobody is woken; nothing else is lost.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any
from uuid import uuid4

import asyncpg
import orjson
import structlog
from tenacity import AsyncRetrying, retry_if_exception_type, wait_random_exponential

from gqlregistry.errors import Unavailable
from gqlregistry.store.background import running
from gqlregistry.store.changes import VAGUE, Announcer, News
from gqlregistry.store.tables import EventKind

log = structlog.get_logger(__name__)

CHANNEL = "gqlregistry"
MAX_PAYLOAD = 7900
"""PostgreSQL takes 8,000 bytes."""
LONGEST_PAUSE = 5
"""How many seconds may pass between two attempts to connect again."""

_LOST = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, Unavailable)


class Notifier(Announcer):
    """An announcer whose news reach the other processes, and who hears theirs.

    `execute` runs a statement with parameters; `connect` opens a connection that nobody else uses.
    """

    def __init__(self, execute: Callable[..., Awaitable[Any]], connect: Callable[[], Awaitable[Any]]) -> None:
        super().__init__()
        self._execute = execute
        self._connect = connect
        self._name = uuid4().hex
        self._unsent = News()
        self._sender: asyncio.Task[None] | None = None

    def announce(self, news: News) -> None:
        super().announce(news)
        self._unsent |= news
        if self._unsent and (self._sender is None or self._sender.done()):
            self._sender = asyncio.create_task(self._send())

    async def _send(self) -> None:
        while self._unsent:
            news, self._unsent = self._unsent, News()
            try:
                await self._execute("SELECT pg_notify($1, $2)", CHANNEL, written(news, self._name))
            except _LOST as error:
                log.warning("other processes were not told of a change", reason=str(error))

    def hearing(self) -> AbstractAsyncContextManager[None]:
        return running(self._hear())

    async def _hear(self) -> None:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(_LOST), wait=wait_random_exponential(multiplier=0.1, max=LONGEST_PAUSE)
        ):
            with attempt:
                connection = await self._connect()
                try:
                    lost = asyncio.Event()
                    connection.add_termination_listener(lambda _, lost=lost: lost.set())
                    await connection.add_listener(CHANNEL, self._heard)
                    # What was said before is not repeated.
                    self.tell(VAGUE)
                    await lost.wait()
                finally:
                    connection.terminate()
                log.warning("the connection that hears of other processes' changes is lost")
                raise ConnectionResetError

    def _heard(self, connection: Any, process: int, channel: str, payload: str) -> None:
        name, news = read(payload)
        if name != self._name:
            self.tell(news)

    async def close(self) -> None:
        if self._sender is not None:
            await self._sender


def written(news: News, name: str) -> str:
    """News as the payload of a notification, and whose they are."""
    facts = {"kinds": sorted(news.kinds), "runs": sorted(news.runs), "artifacts": sorted(news.artifacts)}
    text = orjson.dumps({"name": name, "vague": news.vague, **facts}).decode()
    return text if len(text) <= MAX_PAYLOAD else orjson.dumps({"name": name, "vague": True}).decode()


def read(payload: str) -> tuple[str, News]:
    """Whose news they are, and what. What this program does not understand is vague: a newer one may have said it."""
    try:
        found = orjson.loads(payload)
        news = News(
            frozenset(map(EventKind, found.get("kinds", ()))),
            frozenset(found.get("runs", ())),
            frozenset(found.get("artifacts", ())),
            found["vague"],
        )
        return found["name"], news
    except (ValueError, TypeError, KeyError, AttributeError):
        return "", VAGUE
