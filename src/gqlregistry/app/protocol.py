"""HTTP and WebSockets on the wire: uvicorn's protocols, with bounds on what one may send before it has asked anything.

A head has a length, a number of fields and a time in which it must arrive; an answer that comes before the request's
end ends the connection; connections are counted. What is refused here is refused in JSON with a code, as elsewhere.
"""

import asyncio
import ipaddress
from collections import Counter
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Response
from websockets.server import ServerProtocol

from gqlregistry.errors import ErrorCode
from gqlregistry.responses import error_body
from gqlregistry.settings import Settings

MAX_HEAD = 64 * 1024
"""Bytes of a request's line and fields."""

MAX_FIELDS = 100
MAX_PIPELINED = 32
"""How many requests may be sent before the first of them is answered."""

LINGER_SECONDS = 2.0
"""How long a client may go on sending a body that was refused. If it were cut off at once, it might not see why."""

REFUSAL_SECONDS = 1.0
"""How long a connection too many waits for a request that it can refuse."""


class Doorkeeper:
    """Counts the connections of a process, all of them and by address."""

    def __init__(self, settings: Settings) -> None:
        self._most = settings.max_connections
        # Where a proxy stands before the server, all come from its address.
        self._most_each = settings.max_connections_per_address if settings.public_url is None else self._most
        self.head_seconds = settings.header_seconds
        self._here: Counter[str] = Counter()

    def __len__(self) -> int:
        return self._here.total()

    def enter(self, address: str) -> tuple[int, ErrorCode, str] | None:
        """Count one; answer how it is to be refused if it is one too many. It must leave in either case."""
        group = _group(address)
        self._here[group] += 1
        if self._here[group] > self._most_each:
            return 429, ErrorCode.RATE_LIMITED, "your address has too many connections open"
        if len(self) > self._most:
            return 503, ErrorCode.UNAVAILABLE, "the server has too many connections open"
        return None

    def leave(self, address: str) -> None:
        """Count one less."""
        group = _group(address)
        self._here[group] -= 1
        if self._here[group] <= 0:
            del self._here[group]


@lru_cache(maxsize=4096)
def _group(address: str) -> str:
    """Who is counted together: an address, or of IPv6 the network that one customer has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


class HttpProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *args: Any, doorkeeper: Doorkeeper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._doorkeeper = doorkeeper
        self._refusal: tuple[int, ErrorCode, str] | None = None
        self._address = ""
        self._in_head = True
        self._begun = False
        self._untold = 0
        """Bytes since the parser has told of anything: it keeps them until it does."""
        self._head_bytes = 0
        self._timer: asyncio.TimerHandle | None = None
        ended: Any = partial(WebSocketProtocol, left=self._leave)
        self.ws_protocol_class = ended

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._address = self.client[0] if self.client else ""
        self._refusal = self._doorkeeper.enter(self._address)
        seconds = REFUSAL_SECONDS if self._refusal else self._doorkeeper.head_seconds
        self._timer = self.loop.call_later(seconds, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._leave()

    def _leave(self) -> None:
        self._stop_timer()
        self._doorkeeper.leave(self._address)

    def data_received(self, data: bytes) -> None:
        if self._refusal is not None:
            self._refuse(*self._refusal)
            return
        if self.transport.is_closing():
            return
        self._untold += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._untold > MAX_HEAD or self._head_bytes > MAX_HEAD:
            self._refuse(431, ErrorCode.BAD_USER_INPUT, f"the head of a request has at most {MAX_HEAD} bytes")
        elif self._in_head and self._timer is None:
            # Also for bytes that begin nothing, such as empty lines: uvicorn waits for ever after them.
            self._timer = self.loop.call_later(self._doorkeeper.head_seconds, self._too_slow)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._begun, self._untold, self._head_bytes = True, True, 0, 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._untold = 0
        self._head_bytes += len(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._untold = 0
        self._head_bytes += len(name) + len(value)
        # Behind a body stand trailers, which nobody reads.
        if self._in_head and len(self.headers) <= MAX_FIELDS:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head, self._untold = False, 0
        self._stop_timer()
        if len(self.headers) > MAX_FIELDS or self._head_bytes > MAX_HEAD:
            self._refuse(
                431,
                ErrorCode.BAD_USER_INPUT,
                f"the head of a request has at most {MAX_FIELDS} fields and {MAX_HEAD} bytes",
            )
        elif len(self.pipeline) >= MAX_PIPELINED:
            self.transport.close()
        elif not self.transport.is_closing():
            super().on_headers_complete()

    def on_chunk_header(self) -> None:
        """The parser has read how long the next chunk is."""
        self._untold = 0

    def on_body(self, body: bytes) -> None:
        self._untold = 0
        if self.cycle is not None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_head, self._begun, self._untold = True, False, 0
        self._stop_timer()
        if self.cycle is not None:
            super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._begun and not self.transport.is_closing() and not self.pipeline:
            self._stop_timer()
            self._timer = self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def send_400_response(self, msg: str) -> None:
        self._refuse(400, ErrorCode.BAD_USER_INPUT, "this is no HTTP request")

    def _too_slow(self) -> None:
        self._timer = None
        if self._refusal is not None:
            self._refuse(*self._refusal)
        elif self.cycle is not None and not self.cycle.response_complete:
            # What comes behind a request that is worked on is not read meanwhile.
            self._timer = self.loop.call_later(self._doorkeeper.head_seconds, self._too_slow)
        elif self._begun:
            seconds = self._doorkeeper.head_seconds
            self._refuse(408, ErrorCode.BAD_USER_INPUT, f"the head did not arrive within {seconds:g} seconds")
        else:
            self.transport.close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: int, code: ErrorCode, message: str) -> None:
        """Answer, unless an answer is under way, and close."""
        if self.transport.is_closing():
            return
        self._stop_timer()
        cycle = self.cycle
        if cycle is None or cycle.response_complete or not (cycle.response_started or self.pipeline):
            body = orjson.dumps(error_body(message, code))
            fields = [b"content-type: application/json", b"content-length: %d" % len(body), b"connection: close"]
            if status in (429, 503):
                fields.append(b"retry-after: 1")
            # A status line ends its line itself.
            self.transport.write(STATUS_LINE[status] + b"\r\n".join([*fields, b"", body]))
        self.transport.close()


class JsonRejecting(ServerProtocol):
    """The handshake of a WebSocket, which says in JSON why it can't be made."""

    def reject(self, status: Any, text: str) -> Response:
        """Answer a handshake that is none."""
        response = super().reject(status, text)
        body = orjson.dumps(error_body("this is no WebSocket handshake", ErrorCode.BAD_USER_INPUT))
        for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(body)))):
            del response.headers[name]
            response.headers[name] = value
        response.body = body
        return response


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's, but that a client which reads nothing can be told so: it finds it when it reads again.

    `left` is called when the connection has ended.
    """

    def __init__(self, *args: Any, left: Callable[[], None] = lambda: None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._left = left
        self.conn = JsonRejecting(max_size=self.config.ws_max_size, logger=self.logger)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._left()

    async def send(self, message: Any) -> None:
        """Send; closing does not wait until the client has taken what was sent before."""
        if message["type"] == "websocket.close":
            self.writable.set()
        await super().send(message)
