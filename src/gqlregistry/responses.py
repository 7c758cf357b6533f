"""How HTTP answers say that something went wrong, in one JSON body for all doors; and whether a page is wanted."""

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse

from gqlregistry.errors import BadInput, ErrorCode, RateLimited, RegistryError
from gqlregistry.logs import current_request_id

_STATUS = {
    ErrorCode.BAD_USER_INPUT: 400,
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.CONFLICT: 409,
    ErrorCode.GRAPHQL_PARSE_FAILED: 400,
    ErrorCode.GRAPHQL_VALIDATION_FAILED: 400,
    ErrorCode.QUERY_TOO_COMPLEX: 400,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.DEADLINE_EXCEEDED: 504,
    ErrorCode.UNAVAILABLE: 503,
    ErrorCode.INTERNAL: 500,
}
_HEADERS = {
    ErrorCode.UNAUTHENTICATED: {"WWW-Authenticate": 'Bearer realm="gqlregistry"'},
    ErrorCode.UNAVAILABLE: {"Retry-After": "1"},
}


class BodyTooLong(BadInput):
    """The request's body is longer than `max_body_bytes`."""

    status = 413


class BodyTooSlow(BadInput):
    """The request's body did not arrive in time."""

    status = 408


class NotAllowed(BadInput):
    """The method is none that is taken there, or not for this. `allow` lists those that are."""

    status = 405

    def __init__(self, message: str, allow: str) -> None:
        super().__init__(message)
        self.headers = {"Allow": allow}


class EncodingNotTaken(BadInput):
    """The request's body is compressed."""

    status = 415


def takes_html(connection: HTTPConnection) -> bool:
    """Whether a person's browser asks: programs take anything, or JSON."""
    return "text/html" in connection.headers.get("accept", "")


def status_of(error: RegistryError) -> int:
    """The HTTP status of an error."""
    status: int = getattr(error, "status", _STATUS[error.code])
    return status


def status_of_code(code: ErrorCode) -> int:
    """The HTTP status of an error with this code."""
    return _STATUS[code]


def headers_of(error: RegistryError) -> dict[str, str] | None:
    """What the headers of an answer say of an error."""
    if isinstance(error, RateLimited):
        return {"Retry-After": str(error.retry_after)}
    headers: dict[str, str] | None = getattr(error, "headers", None)
    return headers or _HEADERS.get(error.code)


def error_body(message: str, code: ErrorCode) -> dict[str, object]:
    """The body of an answer that is nothing but an error."""
    return {"errors": [{"message": message, "extensions": {"code": code, "requestId": current_request_id()}}]}


def error_response(error: RegistryError, media_type: str | None = None) -> JSONResponse:
    """The whole answer to a request that failed. `media_type` is what the client takes, if that is known."""
    answer = JSONResponse(error_body(error.message, error.code), status_of(error), headers_of(error))
    if media_type is not None:
        answer.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    return answer


def plain_error(message: str, code: ErrorCode, status: int, headers: dict[str, str] | None = None) -> JSONResponse:
    """The answer where HTTP itself says no: no such path, method not allowed, an error of our own."""
    return JSONResponse(error_body(message, code), status, headers)
