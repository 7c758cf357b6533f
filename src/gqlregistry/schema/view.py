"""GraphQL over HTTP for the public schema (https://graphql.github.io/graphql-over-http/draft/).

With `Accept: application/graphql-response+json` a request that could not be executed is answered 400; with
`application/json` an answer that is GraphQL is 200 whatever it says, as older clients expect.
"""

from typing import Any, Literal

import orjson
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request as HTTPRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from gqlregistry.errors import BadInput, ErrorCode
from gqlregistry.plan.batch import LoaderBatch
from gqlregistry.plan.documents import Documents
from gqlregistry.plan.patience import ClientGone, Patience
from gqlregistry.plan.reader import Request
from gqlregistry.responses import plain_error
from gqlregistry.schema.context import Context, Links
from gqlregistry.schema.errors import formatted
from gqlregistry.schema.schema import public_schema
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

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._schema = public_schema(settings.max_query_tokens)
        self._documents = Documents()

    async def answer(self, request: HTTPRequest) -> Response:
        """Answer a GET or a POST. Raises what can't be understood as a request; errors within GraphQL are answered."""
        media_type = _media_type(request.headers.get("accept"))
        asked = (
            _from_url(request) if request.method in _METHODS and request.method != "POST" else await _from_body(request)
        )
        services = services_of(request)
        context = await self._context(request, services)
        context.operation_name = asked.get("operationName")
        try:
            with self._patience(request, context):
                result = await self._schema.execute(
                    # Strawberry takes no text for no request; to the parser it is a document that ends too early.
                    asked["query"] or " ",
                    variable_values=asked.get("variables"),
                    operation_name=asked.get("operationName"),
                    operation_extensions=asked.get("extensions"),
                    context_value=context,
                    allowed_operation_types=OperationType.from_http(_METHODS[request.method]),
                )
        except ClientGone:
            return Response(status_code=499)
        except CannotGetOperationTypeError as error:
            raise BadInput(error.as_http_error_reason(), "operationName") from None
        except InvalidOperationTypeError as error:
            message = error.as_http_error_reason(request.method)
            return plain_error(message, ErrorCode.BAD_USER_INPUT, 405, {"Allow": "POST"})
        return _response(result, media_type)

    async def _context(self, request: HTTPRequest, services: Services) -> Context:
        links = Links(
            lambda digest, size: services.links.upload_url(services.base_url(request), digest, size),
            lambda digest, filename: services.links.download_url(services.base_url(request), digest, filename),
        )
        principal = await services.principal(request)
        reading = Request(
            services.driver.dialect,
            principal,
            max_page_size=self._settings.max_page_size,
            max_query_cost=self._settings.max_query_cost,
            services={"download_url": links.download_url},
        )
        batch = LoaderBatch(services.driver, reading)
        return Context(services.database, services.driver, self._documents, principal, reading, batch, links)

    def _patience(self, request: HTTPRequest, context: Context) -> Patience:
        context.patience = Patience(self._settings.query_seconds, request.receive, context.batch.close)
        return context.patience


def graphql_routes(settings: Settings) -> list[BaseRoute]:
    """Where the public schema is served."""
    door = GraphQLDoor(settings)

    class GraphQL(HTTPEndpoint):
        async def get(self, request: HTTPRequest) -> Response:
            return await door.answer(request)

        async def post(self, request: HTTPRequest) -> Response:
            return await door.answer(request)

    return [Route("/graphql", GraphQL)]


def _media_type(accept: str | None) -> str:
    """Which of the two media types the client prefers; the legacy one if it does not say."""
    best, chosen = 0.0, None
    for item in (accept or "*/*").split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
        offered = _OFFERED.get(name)
        if offered is not None and quality > best:
            best, chosen = quality, offered
    if chosen is None:
        raise NotTaken(f"answers are {RESPONSE_TYPE} or {LEGACY_TYPE}", 406)
    return chosen


def _from_url(request: HTTPRequest) -> dict[str, Any]:
    asked: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if asked.get(name):
            asked[name] = _parsed(asked[name], name)
        else:
            asked.pop(name, None)
    return _checked(asked)


async def _from_body(request: HTTPRequest) -> dict[str, Any]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != LEGACY_TYPE:
        raise NotTaken(f"a request's body is {LEGACY_TYPE}", 415)
    return _checked(_parsed(await request.body(), "the body"))


def _parsed(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{what} is not JSON: {error}") from None


def _checked(asked: Any) -> dict[str, Any]:
    """A request's parameters, each of its type. Raises `BadInput`."""
    if not isinstance(asked, dict):
        raise BadInput("the body must be one JSON object with the query; batches are not taken")
    if not isinstance(asked.get("query"), str):
        raise BadInput("`query` must be given, as a string", "query")
    wanted = {"operationName": (str, "a string"), "variables": (dict, "an object"), "extensions": (dict, "an object")}
    for name, (type_, words) in wanted.items():
        if not isinstance(asked.get(name), (type_, type(None))):
            raise BadInput(f"`{name}` must be {words} or null", name)
    return asked


def _response(result: ExecutionResult, media_type: str) -> Response:
    valid = executed = not isinstance(result, PreExecutionError)
    if result.data is None and all(error.path is None for error in result.errors or ()):
        # Refused before a field was asked: its variables, its cost, no telling which operation.
        executed = executed and not result.errors
    answer: dict[str, Any] = {}
    if result.errors:
        answer["errors"] = [formatted(error, valid) for error in result.errors]
    if executed:
        answer["data"] = result.data
    if result.extensions:
        answer["extensions"] = result.extensions
    status = 400 if media_type == RESPONSE_TYPE and not executed else 200
    return Response(orjson.dumps(answer), status, media_type=media_type)
