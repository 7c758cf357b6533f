"""GraphQL over HTTP for the public schema (https://graphql.github.io/graphql-over-http/draft/).

With `Accept: application/graphql-response+json` a request that could not be executed is answered 400; with
`application/json` an answer that is GraphQL is 200 whatever it says, as older clients expect.
"""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from typing import Any, Literal

import orjson
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request as HTTPRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput, ErrorCode, Unauthenticated
from gqlregistry.plan.patience import ClientGone
from gqlregistry.responses import plain_error
from gqlregistry.schema.event_stream import MEDIA_TYPE, EventStream, refusing
from gqlregistry.schema.operations import QUERY_OR_MUTATION, Operations, answer_of, parsed
from gqlregistry.schema.origin import allowed_origins, check_origin
from gqlregistry.schema.subscribing import Refused, answers, operation_of
from gqlregistry.schema.websocket import WebSockets
from gqlregistry.services import Services, services_of
from gqlregistry.settings import Settings

LEGACY_TYPE = "application/json"
RESPONSE_TYPE = "application/graphql-response+json"
_OFFERED = {
    RESPONSE_TYPE: RESPONSE_TYPE,
    LEGACY_TYPE: LEGACY_TYPE,
    "application/*": LEGACY_TYPE,
    "*/*": LEGACY_TYPE,
    "text/html": LEGACY_TYPE,
}
_METHODS: dict[str, Literal["GET", "POST"]] = {"GET": "GET", "HEAD": "GET", "POST": "POST"}


class NotTaken(BadInput):
    """The request is not of a kind that GraphQL over HTTP knows."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class GraphQLDoor:
    """Answers at one URL."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    async def answer(self, request: HTTPRequest) -> Response:
        """Answer a GET or a POST. Raises what can't be understood as a request; errors within GraphQL are answered."""
        accepted = _accepted(request.headers.get("accept"))
        given = await _from_body(request) if request.method == "POST" else _from_url(request)
        services = services_of(request)
        principal = await services.principal(request)
        asked = self._operations.checked(given)
        allowed = OperationType.from_http(_METHODS[request.method])
        streams = accepted.get(MEDIA_TYPE, 0)
        follows = streams > 0 and self._is_subscription(asked)
        try:
            if follows or streams > max((accepted.get(name, 0) for name in _OFFERED), default=0):
                return await self._stream(request, services, principal, asked, allowed, follows)
            media_type = _media_type(accepted)
            context = self._operations.context(services, services.base_url(request), principal)
            allowed = allowed & set(QUERY_OR_MUTATION)
            result = await self._operations.execute(asked, context, request.receive, allowed)
        except ClientGone:
            return Response(status_code=499)
        except CannotGetOperationTypeError as error:
            raise BadInput(error.as_http_error_reason(), "operationName") from None
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.SUBSCRIPTION:
                raise NotTaken(f"a subscription is answered as {MEDIA_TYPE}, or over a WebSocket", 406) from None
            message = error.as_http_error_reason(request.method)
            return plain_error(message, ErrorCode.BAD_USER_INPUT, 405, {"Allow": "POST"})
        return _response(result, media_type)

    def _is_subscription(self, asked: dict[str, Any]) -> bool:
        try:
            _, operation = operation_of(self._operations, asked)
        except Refused:
            return False
        return operation.node.operation.value == OperationType.SUBSCRIPTION.value

    async def _stream(
        self,
        request: HTTPRequest,
        services: Services,
        principal: Principal,
        asked: dict[str, Any],
        allowed: Collection[OperationType],
        follows: bool,
    ) -> Response:
        settings = self._operations.settings
        check_origin(settings, request)

        async def check() -> None:
            # A mutation that revokes its own key is answered.
            if follows and await services.principal(request) != principal:
                raise Unauthenticated("the API key has other rights now")

        with ExitStack() as stack:
            stream = stack.enter_context(services.live.streams.opened(check))
            resume, base_url = request.headers.get("last-event-id"), services.base_url(request)
            try:
                source = await answers(self._operations, services, base_url, principal, asked, resume, allowed)
            except Refused as refused:
                source = refusing(refused)
            return EventStream(settings, source, stream, stack.pop_all().close)


def graphql_routes(settings: Settings, own_texts: Collection[str] = ()) -> list[BaseRoute]:
    """Where the public schema is served; `own_texts` are the documents of the server's own pages.

    Raises `BadInput` for settings that can't be used.
    """
    allowed_origins(settings)
    operations = Operations(settings, own_texts)
    door, sockets = GraphQLDoor(operations), WebSockets(operations)

    class GraphQL(HTTPEndpoint):
        async def get(self, request: HTTPRequest) -> Response:
            return await door.answer(request)

        async def post(self, request: HTTPRequest) -> Response:
            return await door.answer(request)

    return [Route("/graphql", GraphQL), WebSocketRoute("/graphql", sockets.serve)]


def _accepted(accept: str | None) -> dict[str, float]:
    """The media types that the client takes, in its order, and how much it likes each."""
    found: dict[str, float] = {}
    for item in (accept or "*/*").split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        found[name] = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    found[name] = float(parameter[2:])
                except ValueError:
                    found[name] = 0.0
    return found


def _media_type(accepted: Mapping[str, float]) -> str:
    """Which of the two media types the client prefers; the legacy one if it does not say."""
    best, chosen = 0.0, None
    for name, quality in accepted.items():
        if name in _OFFERED and quality > best:
            best, chosen = quality, _OFFERED[name]
    if chosen is None:
        raise NotTaken(f"answers are {RESPONSE_TYPE} or {LEGACY_TYPE}", 406)
    return chosen


def _from_url(request: HTTPRequest) -> dict[str, Any]:
    asked: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if asked.get(name):
            asked[name] = parsed(asked[name], name)
        else:
            asked.pop(name, None)
    return asked


async def _from_body(request: HTTPRequest) -> Any:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != LEGACY_TYPE:
        raise NotTaken(f"a request's body is {LEGACY_TYPE}", 415)
    return parsed(await request.body(), "the body")


def _response(result: ExecutionResult, media_type: str) -> Response:
    answer, executed = answer_of(result)
    status = 400 if media_type == RESPONSE_TYPE and not executed else 200
    return Response(orjson.dumps(answer), status, media_type=media_type)
