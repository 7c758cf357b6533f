"""The URLs of the client's door, and its GraphQL over HTTP.

The client retries most 5xx, 409 and 429 for minutes. So what will not be better next time is answered with another 4xx,
with the reason alone, which it shows.
"""

from typing import Any

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from strawberry.schema.exceptions import CannotGetOperationTypeError

from gqlregistry.errors import BadInput, ErrorCode, RegistryError
from gqlregistry.registry.change import apply
from gqlregistry.registry.runs import finish_run
from gqlregistry.responses import status_of
from gqlregistry.store.tables import RunState
from gqlregistry.wandb.artifact_files import artifact_file_routes
from gqlregistry.wandb.context import context_of
from gqlregistry.wandb.schema import client_schema, is_unexpected

_STATUS = {ErrorCode.CONFLICT: 400, ErrorCode.INTERNAL: 422, ErrorCode.DEADLINE_EXCEEDED: 422}


def wandb_routes() -> list[BaseRoute]:
    """Everything below `/wandb`."""
    return [
        Mount(
            "/wandb",
            routes=[
                Route("/graphql", graphql, methods=["POST"]),
                Route("/files/{entity}/{project}/{run}/file_stream", file_stream, methods=["POST"]),
                *artifact_file_routes(),
            ],
        )
    ]


async def graphql(request: Request) -> Response:
    """Answer one operation."""
    try:
        context = await context_of(request)
        asked = _asked(await request.body())
        result = await client_schema().execute(
            asked["query"],
            variable_values=asked.get("variables"),
            context_value=context,
            operation_name=asked.get("operationName") or None,
        )
    except RegistryError as error:
        return _refusal([error.message], error)
    except CannotGetOperationTypeError as error:
        return _refusal([error.as_http_error_reason()], BadInput("which operation is meant can't be told"))
    if result.errors:
        return _failed(result.errors)
    return Response(orjson.dumps({"data": result.data}), media_type="application/json")


async def file_stream(request: Request) -> Response:
    """Take what a run says of itself."""
    context = await context_of(request)
    said = orjson.loads(await request.body())
    if said.get("complete"):
        ended = RunState.FAILED if said.get("exitcode") else RunState.FINISHED
        await apply(
            context.services.database,
            context.principal,
            finish_run,
            "{entity}/{project}/{run}".format(**request.path_params),
            ended,
        )
    return JSONResponse({})


def _asked(body: bytes) -> dict[str, Any]:
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"the body is not JSON: {error}") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        raise BadInput("the body must be a JSON object with a query")
    return asked


def _failed(errors: list[GraphQLError]) -> Response:
    messages = [
        "an error of the server; its log says more" if is_unexpected(error) else error.message for error in errors
    ]
    cause = next((each.original_error for each in errors if isinstance(each.original_error, RegistryError)), None)
    if cause is None and any(is_unexpected(error) for error in errors):
        cause = RegistryError(messages[0])
    return _refusal(messages, cause or BadInput(messages[0]))


def _refusal(messages: list[str], error: RegistryError) -> Response:
    body = {"errors": [{"message": message} for message in messages]}
    return JSONResponse(body, _STATUS.get(error.code) or status_of(error))
