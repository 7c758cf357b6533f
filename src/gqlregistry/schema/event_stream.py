"""GraphQL over Server-Sent Events, in distinct connections mode: one request, one stream.

https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md. Events of the log have their cursor as `id`, so that a
browser's EventSource, which sends it back as `Last-Event-ID`, goes on by itself where it was.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

import orjson
import structlog
from graphql import GraphQLError
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.http.streaming import SSETransport

from gqlregistry.errors import RegistryError, Unauthenticated
from gqlregistry.live.cursors import event_cursor
from gqlregistry.live.live import Update
from gqlregistry.live.streams import Ending, Stream
from gqlregistry.schema.errors import formatted
from gqlregistry.schema.subscribing import Refused
from gqlregistry.settings import Settings

log = structlog.get_logger(__name__)

MEDIA_TYPE = "text/event-stream"
COMPLETE = b"event: complete\ndata:\n\n"
PING = b": ping\n\n"


class EventStream(Response):
    """Sends what there is to send until the source ends, the client leaves, or the server ends the stream.

    `leave` is called at the end, whatever it is.
    """

    media_type = MEDIA_TYPE

    def __init__(
        self,
        settings: Settings,
        source: AsyncGenerator[Update],
        stream: Stream,
        leave: Callable[[], object],
    ) -> None:
        super().__init__(headers=SSETransport.headers)
        del self.headers["content-length"]
        self._settings = settings
        self._source = source
        self._stream = stream
        self._leave = leave
        self._following: asyncio.Future[Update] | None = None
        self._over = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            while not gone.done():
                frame = await self._frame(gone)
                async with asyncio.timeout(self._settings.subscriber_seconds):
                    await send({"type": "http.response.body", "body": frame, "more_body": not self._over})
                if self._over:
                    break
        except TimeoutError:
            # It can't be told so: it reads nothing. The server closes the connection when this returns.
            log.info("a subscriber was dropped", reason=Ending.SLOW.reason)
        finally:
            gone.cancel()
            await self._close()

    async def _frame(self, gone: "asyncio.Future[None]") -> bytes:
        """What is to be sent next, once there is something."""
        following = self._following = self._following or asyncio.ensure_future(anext(self._source))
        either: list[asyncio.Future[Any]] = [following, gone, self._stream.ended]
        await asyncio.wait(either, timeout=self._settings.ping_seconds, return_when=asyncio.FIRST_COMPLETED)
        if self._stream.ended.done() or gone.done():
            self._over = True
            refused = not gone.done() and self._stream.ended.result() is Ending.UNAUTHENTICATED
            return framed(failure(Unauthenticated(Ending.UNAUTHENTICATED.reason))) + COMPLETE if refused else COMPLETE
        if not following.done():
            return PING
        self._following = None
        try:
            return framed(following.result())
        except StopAsyncIteration:
            last = b""
        except RegistryError as error:
            last = framed(failure(error))
        self._over = True
        return last + COMPLETE

    async def _close(self) -> None:
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait({self._following})
        await self._source.aclose()
        self._leave()


async def refusing(refused: Refused) -> AsyncGenerator[Update]:
    """The source of a request that was not executed: the protocol wants its errors in an accepted stream."""
    yield Update(orjson.dumps({"errors": refused.errors}))


def failure(error: RegistryError) -> Update:
    """What a subscriber is told when its subscription ends with an error."""
    failed = formatted(GraphQLError(error.message, original_error=error), executed=True)
    return Update(orjson.dumps({"errors": [failed]}))


def framed(update: Update) -> bytes:
    """An update as a `next` event."""
    at = b"" if update.key is None else f"id: {event_cursor(update.key)}\n".encode()
    return b"%bevent: next\ndata: %b\n\n" % (at, update.body)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
