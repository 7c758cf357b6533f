"""From what went wrong to what a client is told: a message that is meant for it, a code, the request's id."""

from typing import Any

import structlog
from graphql import GraphQLError, GraphQLFormattedError, GraphQLSyntaxError

from gqlregistry.errors import INTERNAL, ErrorCode, RegistryError
from gqlregistry.logs import current_request_id

log = structlog.get_logger(__name__)


def code_of(error: GraphQLError, executed: bool) -> ErrorCode:
    """The code of an error. `executed` says whether the document had been found valid."""
    cause = error.original_error
    if isinstance(cause, RegistryError):
        return cause.code
    if isinstance(error, GraphQLSyntaxError):
        return ErrorCode.GRAPHQL_PARSE_FAILED
    # Without a path, but with a place in the document, it is a value there that could not be read.
    if cause is not None and not isinstance(cause, GraphQLError) and (error.path or not error.nodes):
        return ErrorCode.INTERNAL
    return ErrorCode.BAD_USER_INPUT if executed else ErrorCode.GRAPHQL_VALIDATION_FAILED


def formatted(error: GraphQLError, executed: bool) -> GraphQLFormattedError:
    """An error as it is sent. What is not meant for clients is masked; the log has it under the request's id."""
    code = code_of(error, executed)
    answer: Any = dict(error.formatted)
    if code is ErrorCode.INTERNAL:
        answer["message"] = f"{INTERNAL} under this request's id"
    extensions: dict[str, Any] = {"code": code}
    field = getattr(error.original_error, "field", None)
    if field:
        extensions["field"] = list(field)
    request_id = current_request_id()
    if request_id is not None:
        extensions["requestId"] = request_id
    answer["extensions"] = extensions
    found: GraphQLFormattedError = answer
    return found


def log_unexpected(errors: list[GraphQLError]) -> None:
    """Log the errors that are the server's own fault, with their tracebacks."""
    for error in errors:
        if code_of(error, executed=True) is ErrorCode.INTERNAL:
            log.error("failed to answer", path=error.path, exc_info=error.original_error)
