"""Every error that a client can cause, and the closed set of its codes.

RegistryError
├── BadInput           BAD_USER_INPUT      the request is not well formed; sending it again will not help
├── Unauthenticated    UNAUTHENTICATED     no principal: a key is missing, unknown, expired or revoked
├── Forbidden          FORBIDDEN           the principal is known and may not do this
├── NotFound           NOT_FOUND           nothing of that name, or nothing that the principal may see
├── Conflict           CONFLICT            the store stands otherwise than the request expects
├── TooComplex         QUERY_TOO_COMPLEX   the query asks for more than one request may
├── RateLimited        RATE_LIMITED        too many requests; `Retry-After` says when to come back
├── DeadlineExceeded   DEADLINE_EXCEEDED   the request ran out of its time
└── Unavailable        UNAVAILABLE         the database or the blob store cannot be reached now

Doors translate these into their own words: a payload's `errors`, `extensions.code`, an HTTP status.
"""

from enum import StrEnum
from traceback import clear_frames

INTERNAL = "an error of the server; its log says more"
"""What a client is told of an error that it has not caused."""


class ErrorCode(StrEnum):
    """What kind of error this is. New codes may be added; none is ever renamed."""

    BAD_USER_INPUT = "BAD_USER_INPUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
    RATE_LIMITED = "RATE_LIMITED"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"


class RegistryError(Exception):
    """Base of all errors whose message is meant for the client.

    `field` names the input at fault, outermost first, in the words of the API: `("alias",)`.
    """

    code: ErrorCode = ErrorCode.INTERNAL

    def __init__(self, message: str, *field: str) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class BadInput(RegistryError):
    code = ErrorCode.BAD_USER_INPUT


class Unauthenticated(RegistryError):
    code = ErrorCode.UNAUTHENTICATED


class Forbidden(RegistryError):
    code = ErrorCode.FORBIDDEN


class NotFound(RegistryError):
    code = ErrorCode.NOT_FOUND


class Conflict(RegistryError):
    code = ErrorCode.CONFLICT


class TooComplex(RegistryError):
    code = ErrorCode.QUERY_TOO_COMPLEX


class RateLimited(RegistryError):
    """`retry_after` is in how many seconds to come back."""

    code = ErrorCode.RATE_LIMITED

    def __init__(self, message: str, *field: str, retry_after: int = 1) -> None:
        super().__init__(message, *field)
        self.retry_after = retry_after


class DeadlineExceeded(RegistryError):
    code = ErrorCode.DEADLINE_EXCEEDED


class Unavailable(RegistryError):
    code = ErrorCode.UNAVAILABLE


def let_go(error: BaseException | None) -> None:
    """Let go of what was at work where an error came through: that knows the error, and would wait for a collection.

    Not where several may have come upon one error, as that of a database: some of them are still at work.
    """
    while isinstance(error, RegistryError) and not isinstance(error, Unavailable):
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
