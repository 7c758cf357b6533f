"""Answers that say no.

The client retries most 5xx, 409 and 429 for minutes. So what will not be better next time is answered with another 4xx,
with the reason alone, which it shows.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeAlias

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from gqlregistry.errors import INTERNAL, ErrorCode, RegistryError, Unavailable
from gqlregistry.responses import headers_of, status_of

log = structlog.get_logger(__name__)

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

NOT_LOGGED_IN = "user is not logged in"
_STATUS = {ErrorCode.CONFLICT: 400, ErrorCode.INTERNAL: 422, ErrorCode.DEADLINE_EXCEEDED: 422}


def refusal(messages: list[str], error: RegistryError) -> Response:
    """The answer to what an error came of."""
    if error.code is ErrorCode.UNAUTHENTICATED:
        messages = [f"{NOT_LOGGED_IN}: {message}" for message in messages]
    body = {"errors": [{"message": message} for message in messages]}
    return JSONResponse(body, _STATUS.get(error.code) or status_of(error), headers_of(error))


def answering(endpoint: Endpoint) -> Endpoint:
    """An endpoint that answers its errors; those of the server itself as well, so that they are not tried again."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except RegistryError as error:
            if isinstance(error, Unavailable):
                log.error("unavailable", reason=error.message, exc_info=error.__cause__)
            return refusal([error.message], error)
        except ClientDisconnect:
            raise
        except Exception as error:
            log.exception("failed to answer", exc_info=error)
            return refusal([INTERNAL], RegistryError(INTERNAL))

    return answer
