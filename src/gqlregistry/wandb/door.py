"""The URLs of the client's door, and its GraphQL over HTTP."""

from typing import Any

import orjson
from graphql import DocumentNode, GraphQLError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Scope
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from gqlregistry.errors import INTERNAL, BadInput, Forbidden, RegistryError, let_go
from gqlregistry.plan.documents import Document, Documents
from gqlregistry.plan.patience import ClientGone
from gqlregistry.plan.validating import Invalid, valid_document
from gqlregistry.turns import LONG, SHORT
from gqlregistry.wandb.answers import answering, refusal
from gqlregistry.wandb.artifact_files import artifact_file_routes
from gqlregistry.wandb.context import Context, context_of
from gqlregistry.wandb.lenient import read_body
from gqlregistry.wandb.limits import MAX_TOKENS, check_root
from gqlregistry.wandb.not_done import told_instead
from gqlregistry.wandb.page_links import page_routes
from gqlregistry.wandb.run_files import run_file_routes
from gqlregistry.wandb.schema import client_schema, is_unexpected
from gqlregistry.wandb.stream import stream_routes

PUBLIC_CLIENT = "W&B Public Client"
"""How the client's public API begins to name itself."""


_DOCUMENTS = Documents()


class AtRoot(Route):
    """The client's GraphQL at the server's root: references between artifacts make it forget the path of its URL."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match what comes from the client alone."""
        if scope["type"] != "http" or not Headers(scope=scope).get("user-agent", "").startswith(PUBLIC_CLIENT):
            return Match.NONE, {}
        return super().matches(scope)


def wandb_routes() -> list[BaseRoute]:
    """Everything below `/wandb`, and what the client sends past it. To come before the public schema's routes."""
    return [
        AtRoot("/graphql", graphql, methods=["POST"]),
        Mount(
            "/wandb",
            routes=[
                Route("/graphql", graphql, methods=["POST"]),
                *stream_routes(),
                *run_file_routes(),
                *artifact_file_routes(),
                *page_routes(),
            ],
        ),
    ]


@answering
async def graphql(request: Request) -> Response:
    """Answer one operation."""
    context = await context_of(request)
    asked = _asked(await read_body(request))
    try:
        with context.patience:
            text = asked["query"] or " "
            known = _DOCUMENTS.find(text)
            async with context.services.turns.of(context.principal.user_id, SHORT if known else LONG) as context.turn:
                context.document = known.node if known else await _valid(text)
                result = await client_schema().execute(
                    asked["query"],
                    variable_values=asked.get("variables"),
                    context_value=context,
                    operation_name=asked.get("operationName") or None,
                    allowed_operation_types=_allowed(context),
                )
    except Invalid as invalid:
        return _failed(told_instead(invalid.errors))
    except ClientGone:
        return Response(status_code=499)
    except CannotGetOperationTypeError as error:
        return refusal([error.as_http_error_reason()], BadInput("which operation is meant can't be told"))
    except InvalidOperationTypeError:
        raise Forbidden("this API key may only read") from None
    if result.errors:
        return _failed(result.errors)
    return Response(orjson.dumps({"data": result.data}), media_type="application/json")


async def _valid(text: str) -> DocumentNode:
    node = await valid_document(client_schema(), text, MAX_TOKENS, check_root)
    return _DOCUMENTS.add(text, Document(client_schema(), node)).node


def _allowed(context: Context) -> set[OperationType]:
    return OperationType.from_http("POST") if context.principal.may_write else {OperationType.QUERY}


def _asked(asked: Any) -> dict[str, Any]:
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        raise BadInput("the body must be a JSON object with a query")
    if not isinstance(asked.get("variables"), dict | None):
        raise BadInput("variables must be an object or null", "variables")
    if not isinstance(asked.get("operationName"), str | None):
        raise BadInput("operationName must be a string or null", "operationName")
    return asked


def _failed(errors: list[GraphQLError]) -> Response:
    messages = [INTERNAL if is_unexpected(error) else error.message for error in errors]
    cause = next((each.original_error for each in errors if isinstance(each.original_error, RegistryError)), None)
    if cause is None and any(is_unexpected(error) for error in errors):
        cause = RegistryError(messages[0])
    for error in errors:
        let_go(error.original_error)
    return refusal(messages, cause or BadInput(messages[0]))
