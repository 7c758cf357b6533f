"""Operations over a WebSocket: graphql-transport-ws.

https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md. Strawberry's handler keeps the protocol: who may say
what when, one operation an id, the time in which a client must introduce itself. Here is who it is, what it is sent,
and the shape of what it says.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from datetime import timedelta
from typing import Any, cast

import orjson
import structlog
from graphql import GraphQLFormattedError
from starlette.websockets import WebSocket, WebSocketDisconnect
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.async_base_view import AsyncWebSocketAdapter
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived, WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import Message, SubscribeMessage
from strawberry.types.unset import UNSET

from gqlregistry.auth import Principal
from gqlregistry.errors import INTERNAL, BadInput, RateLimited, RegistryError, Unauthenticated
from gqlregistry.live.streams import Ending, Stream
from gqlregistry.responses import error_response
from gqlregistry.schema.operations import Operations
from gqlregistry.schema.origin import check_origin
from gqlregistry.schema.subscribing import Refused, answers
from gqlregistry.services import Services, bearer, services_of

log = structlog.get_logger(__name__)

INIT_SECONDS = 10
"""How long a client may take to introduce itself."""

MAX_ID = 255
"""The longest id of an operation."""

MAX_REASON = 123
"""How many bytes of reason a close frame holds (RFC 6455, section 5.5)."""

UNAUTHORIZED = 4401
PROTOCOL_NOT_TAKEN = 4406


class WebSockets:
    """Serves WebSockets at one URL."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._strangers: set[Connection] = set()
        """Those who have not introduced themselves yet."""

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one until it is closed."""
        services = services_of(websocket)
        connection = Connection(self._operations, services, websocket, self._strangers.discard)
        self._strangers.add(connection)
        try:
            # Whoever can connect can wait; half of the places are for those who may subscribe.
            if len(self._strangers) > max(1, self._operations.settings.max_subscribers // 2):
                raise RateLimited("too many connections wait to introduce themselves")
            check_origin(self._operations.settings, websocket)
            if "authorization" in websocket.headers:
                await connection.authenticate({})
            with services.live.streams.opened(connection.check) as stream:
                await connection.serve(stream)
        except RegistryError as error:
            await websocket.send_denial_response(error_response(error))
        finally:
            self._strangers.discard(connection)


class Connection:
    """One WebSocket, and who is at its other end once it is known."""

    def __init__(
        self,
        operations: Operations,
        services: Services,
        websocket: WebSocket,
        introduced: Callable[["Connection"], None],
    ) -> None:
        """`introduced` is called once it is known who it is."""
        self.operations = operations
        self.services = services
        self.base_url = services.base_url(websocket)
        self.principal: Principal | None = None
        self.connection_params: Mapping[str, Any] = {}
        """Strawberry puts here what the client introduces itself with."""
        self._websocket = websocket
        self._introduced = introduced
        self._socket = Socket(websocket, operations.settings.subscriber_seconds)

    async def serve(self, stream: Stream) -> None:
        """Speak the protocol until either side has closed, or the server ends the stream."""
        if GRAPHQL_TRANSPORT_WS_PROTOCOL not in self._websocket.scope["subprotocols"]:
            await self._websocket.accept()
            await self._socket.close(PROTOCOL_NOT_TAKEN, f"only {GRAPHQL_TRANSPORT_WS_PROTOCOL} is spoken here")
            return
        await self._websocket.accept(GRAPHQL_TRANSPORT_WS_PROTOCOL)
        self._socket.too_slow = lambda: stream.end(Ending.SLOW)
        handling = asyncio.create_task(Handler(self, self._socket).handle())
        try:
            await asyncio.wait([handling, stream.ended], return_when=asyncio.FIRST_COMPLETED)
            if stream.ended.done():
                ending = stream.ended.result()
                log.info("a subscriber's WebSocket is closed", code=ending.code, reason=ending.reason)
                await self._socket.close(ending.code, ending.reason)
        finally:
            handling.cancel()
            with suppress(asyncio.CancelledError):
                await handling

    async def authenticate(self, params: Mapping[str, Any]) -> Principal:
        """Who it is, by what it introduces itself with, or by the handshake. Raises `Unauthenticated`."""
        given = params.get("Authorization", params.get("authorization"))
        if given is not None and not isinstance(given, str):
            raise Unauthenticated("`Authorization` is a text: `Bearer KEY`")
        secret = bearer(given or self._websocket.headers.get("authorization", ""))
        self.principal = await self.services.principal_of_key(self._websocket, secret)
        return self.principal

    async def check(self) -> None:
        """Raise `Unauthenticated` when whoever it is may no longer do what it may."""
        known = self.principal
        if known is not None and await self.authenticate(self.connection_params) != known:
            raise Unauthenticated("the API key has other rights now")

    async def on_ws_connect(self, context: "Connection") -> Any:
        """Strawberry asks whether the client may go on."""
        try:
            await self.authenticate(self.connection_params)
        except RegistryError as error:
            await self._socket.close(UNAUTHORIZED, error.message)
            raise ConnectionRejectionError from None
        self._introduced(self)
        return UNSET


class Socket(AsyncWebSocketAdapter):
    """What is said over a WebSocket, both ways. Closing it again does nothing."""

    def __init__(self, websocket: WebSocket, patience: float) -> None:
        self._websocket = websocket
        self._patience = patience
        self._closed = False
        self.too_slow: Any = lambda: None
        """Is called when the client takes nothing for too long."""

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        while not self._closed:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                self._closed = True
                return
            if message.get("text") is None:
                raise NonTextMessageReceived
            try:
                value = orjson.loads(message["text"])
            except orjson.JSONDecodeError:
                raise NonJsonMessageReceived from None
            yield value

    async def send_json(self, message: Mapping[str, object]) -> None:
        await self.send(orjson.dumps(message))

    async def send(self, message: bytes) -> None:
        """Send a message that is JSON already."""
        if self._closed:
            raise WebSocketDisconnected
        try:
            async with asyncio.timeout(self._patience):
                await self._websocket.send_text(message.decode())
        except TimeoutError:
            self.too_slow()
            raise WebSocketDisconnected from None
        except (WebSocketDisconnect, RuntimeError):
            raise WebSocketDisconnected from None

    async def close(self, code: int, reason: str) -> None:
        if not self._closed:
            self._closed = True
            with suppress(WebSocketDisconnect, RuntimeError):
                await self._websocket.close(code, reason.encode()[:MAX_REASON].decode(errors="ignore"))


class Handler(BaseGraphQLTransportWSHandler[Connection, None]):
    """The protocol, with our operations."""

    def __init__(self, connection: Connection, socket: Socket) -> None:
        super().__init__(
            view=cast(Any, connection),
            websocket=socket,
            context=connection,
            root_value=None,
            schema=connection.operations.schema,
            connection_init_wait_timeout=timedelta(seconds=INIT_SECONDS),
        )
        self._socket = socket

    async def handle_message(self, message: Message) -> None:
        try:
            checked_message(message)
        except BadInput as error:
            await self.handle_invalid_message(error.message)
        else:
            await super().handle_message(message)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        most = self.context.operations.settings.max_subscriptions
        try:
            if self.connection_acknowledged:
                self.context.operations.checked(message.get("payload"))
            if len(self.operations) >= most and message["id"] not in self.operations:
                raise RateLimited(f"at most {most} operations run at once over one connection")
        except BadInput as error:
            await self.handle_invalid_message(error.message)
        except RegistryError as error:
            await self.send_message({"id": message["id"], "type": "error", "payload": _plain(Refused.by(error).errors)})
        else:
            await super().handle_subscribe(message)

    async def run_operation(self, operation: Operation[Connection, None]) -> None:
        asked = {"query": operation.query, "variables": operation.variables, "operationName": operation.operation_name}
        try:
            await self._answer(operation, asked)
            await operation.send_operation_message({"id": operation.id, "type": "complete"})
        except WebSocketDisconnected:
            self.operations.pop(operation.id, None)
        except Refused as refused:
            await self._fail(operation, refused)
        except RegistryError as error:
            await self._fail(operation, Refused.by(error))
        except Exception:
            log.exception("a subscription failed")
            await self._fail(operation, Refused.by(RegistryError(INTERNAL)))

    async def _answer(self, operation: Operation[Connection, None], asked: dict[str, Any]) -> None:
        connection = self.context
        assert connection.principal is not None
        connection.services.allowances.spend(connection.principal)
        source = await answers(
            connection.operations, connection.services, connection.base_url, connection.principal, asked
        )
        async with aclosing(source):
            start = b'{"id":%b,"type":"next","payload":' % orjson.dumps(operation.id)
            async for update in source:
                await self._socket.send(b"%b%b}" % (start, update.body))

    async def _fail(self, operation: Operation[Connection, None], refused: Refused) -> None:
        with suppress(WebSocketDisconnected):
            await operation.send_operation_message(
                {"id": operation.id, "type": "error", "payload": _plain(refused.errors)}
            )


def checked_message(message: object) -> None:
    """Raise `BadInput` for what is no message of the protocol, in its shape."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise BadInput("a message is a JSON object with a `type`")
    kind = message["type"]
    if kind in ("subscribe", "complete") and not (
        isinstance(message.get("id"), str) and 0 < len(message["id"]) <= MAX_ID
    ):
        raise BadInput(f"`id` is a text of 1 to {MAX_ID} characters")
    if kind == "connection_init" and message.get("payload") is None:
        message.pop("payload", None)


def _plain(errors: Sequence[GraphQLFormattedError]) -> Any:
    return list(errors)
