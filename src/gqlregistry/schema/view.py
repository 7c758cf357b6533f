"""GraphQL over HTTP for the public schema (https://graphql.github.io/graphql-over-http/draft/).

With `Accept: application/graphql-response+json` a request that could not be executed is answered 400; with
`application/json` an answer that is GraphQL is 200 whatever it says, as older clients expect.
"""

from collections.abc import Collection
from contextlib import ExitStack
from typing import Any, Literal

from graphql import GraphQLError
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request as HTTPRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput, Unauthenticated
from gqlregistry.plan.patience import ClientGone
from gqlregistry.responses import NotAllowed, status_of_code
from gqlregistry.schema.answer import Answer
from gqlregistry.schema.event_stream import MEDIA_TYPE, EventStream, refusing
from gqlregistry.schema.operations import QUERY_OR_MUTATION, Operations
from gqlregistry.schema.origin import allowed_origins, check_origin
from gqlregistry.schema.over_http import (
    ANSWERS,
    LEGACY_TYPE,
    RESPONSE_TYPE,
    Accepted,
    NotTaken,
    parameters_of,
    received,
)
from gqlregistry.schema.subscribing import Refused, answers, operation_of
from gqlregistry.schema.websocket import WebSockets
from gqlregistry.services import Services, services_of
from gqlregistry.settings import Settings
from gqlregistry.turns import LONG_OBJECTS, SHORT, Turn

METHODS = "GET, HEAD, POST, OPTIONS"
_HTTP: dict[str, Literal["GET", "POST"]] = {"GET": "GET", "HEAD": "GET", "POST": "POST"}


class GraphQLDoor:
    """Answers at one URL."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    async def answer(self, request: HTTPRequest) -> Response:
        """Answer a GET or a POST. Raises what can't be understood as a request; errors within GraphQL are answered."""
        accepted = Accepted(request.headers.getlist("accept"))
        # Refusals have the type that the client takes, too.
        request.state.media_type = _media_type(accepted)
        services = services_of(request)
        principal = await services.principal(request)
        services.allowances.spend(principal)
        # A slow one must not keep a turn.
        await received(request)
        async with services.turns.of(principal.user_id, SHORT) as turn:
            return await self._answer(request, accepted, services, principal, turn)

    async def _answer(
        self, request: HTTPRequest, accepted: Accepted, services: Services, principal: Principal, turn: Turn
    ) -> Response:
        streams = accepted.named(MEDIA_TYPE)
        asked = self._operations.checked(await parameters_of(request))
        allowed = OperationType.from_http(_HTTP[request.method])
        follows = streams > 0 and await self._is_subscription(asked)
        is_long = False
        try:
            if follows or streams > max(map(accepted.quality, ANSWERS)):
                turn.release()
                return await self._stream(request, services, principal, asked, allowed, follows)
            context = self._operations.context(services, services.base_url(request), principal, turn)
            allowed = allowed & set(QUERY_OR_MUTATION)
            answer = await self._operations.execute(asked, context, request.receive, allowed)
            is_long = context.request.nodes_read >= LONG_OBJECTS
        except ClientGone:
            return Response(status_code=499)
        except CannotGetOperationTypeError as error:
            refusal = BadInput(error.as_http_error_reason(), "operationName")
            failed = GraphQLError(refusal.message, original_error=refusal)
            answer = Answer.of(PreExecutionError(data=None, errors=[failed]))
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.SUBSCRIPTION:
                raise NotTaken(f"a subscription is answered as {MEDIA_TYPE}, or over a WebSocket", 406) from None
            message = error.as_http_error_reason(request.method)
            raise NotAllowed(message, "POST") from None
        return _response(answer, await answer.body(is_long), request.state.media_type)

    async def _is_subscription(self, asked: dict[str, Any]) -> bool:
        try:
            _, operation = await operation_of(self._operations, asked)
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

        async def options(self, request: HTTPRequest) -> Response:
            return Response(status_code=204, headers={"Allow": METHODS, "Accept-Post": LEGACY_TYPE})

        async def method_not_allowed(self, request: HTTPRequest) -> Response:
            raise NotAllowed("ask by GET or POST", METHODS)

    return [Route("/graphql", GraphQL), WebSocketRoute("/graphql", sockets.serve)]


def _media_type(accepted: Accepted) -> str:
    """The type of an answer that is no event stream."""
    try:
        return accepted.answer_type()
    except NotTaken:
        if not accepted.named(MEDIA_TYPE):
            raise
        # Only a refusal is not a stream then.
        return LEGACY_TYPE


def _response(answer: Answer, body: bytes, media_type: str) -> Response:
    status = 200
    if media_type == RESPONSE_TYPE and not answer.executed and answer.code is not None:
        status = status_of_code(answer.code)
    headers = {"Content-Type": f"{media_type}; charset=utf-8", "Vary": "Accept"}
    return Response(body, status, headers)
