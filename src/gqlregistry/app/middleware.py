"""What holds for every request, whichever door it is for."""

import asyncio
import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gqlregistry import metrics
from gqlregistry.errors import ErrorCode
from gqlregistry.logs import request_context
from gqlregistry.responses import BodyTooLong, BodyTooSlow, EncodingNotTaken, error_response, plain_error
from gqlregistry.tracing import TRACING

log = structlog.get_logger(__name__)

REQUEST_ID = "X-Request-ID"
_SANE_ID = re.compile(r"[A-Za-z0-9._:\-]{1,128}")
UPLOADS = ("/files/", "/wandb/run-files/")
"""Where bodies may have any length."""
TOKENS = re.compile(r"(/files/|/wandb/run-files/|/wandb/manifests/).*")
"""Where what follows is a key."""
CLIENT = "/wandb/"
DOORS = {"/graphql": "graphql", "/files/": "files", CLIENT: "wandb", "/session": "session"}
METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}


SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""What an answer tells browsers unless it says otherwise: that it is no page, and no part of one."""


class SafeAnswers:
    """Tells browsers with each answer what they may not make of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_safe if scope["type"] == "http" else send)


class RequestLog:
    """Names each request, logs one line when it is answered, and keeps our own errors from the client."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get(REQUEST_ID, "")
        request_id = given if _SANE_ID.fullmatch(given) else uuid4().hex
        started, status = time.perf_counter(), 0
        method = scope.get("method", "GET")

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "websocket.accept":
                status = 101
            elif message["type"] == "websocket.close" and not status:
                status = 403
            elif message["type"] in ("http.response.start", "websocket.http.response.start"):
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        with request_context(request_id), TRACING.request(f"{method} {_shown(scope['path'])}", headers) as span:
            try:
                await self._app(scope, receive, send_named)
            except ClientDisconnect:
                # It hung up before its request had ended: nobody is there to be answered.
                status = status or 499
            except Exception:
                log.exception("unexpected error", method=method, path=_shown(scope["path"]))
                if status or scope["type"] == "websocket":
                    raise
                answer = plain_error("an unexpected error: the server's log has it", ErrorCode.INTERNAL, 500)
                await answer(scope, receive, send_named)
            finally:
                seconds = time.perf_counter() - started
                _count(scope, method, status, seconds)
                if span is not None:
                    span.set_attributes({"http.request.method": method, "http.response.status_code": status})
                log.info(
                    "request",
                    method=method,
                    path=_shown(scope["path"]),
                    status=status,
                    milliseconds=round(seconds * 1000, 1),
                )


class BodyLimits:
    """Refuses bodies that are compressed, too long or too slow, before a door reads them.

    The bytes of an upload may be as many as its link says; they must only keep coming. The wandb client has a limit of
    its own: it sends the metrics of many steps at once, and gives a run up that is refused.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, max_client_bytes: int, seconds: float) -> None:
        self._app = app
        self._max_bytes, self._max_client_bytes = max_bytes, max_client_bytes
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_upload = scope["path"].startswith(UPLOADS)
        if headers.get("content-encoding", "identity").lower() != "identity":
            await error_response(EncodingNotTaken("send the body as it is, without Content-Encoding"))(
                scope, receive, send
            )
            return
        announced = headers.get("content-length", "0")
        max_bytes = self._max_client_bytes if scope["path"].startswith(CLIENT) else self._max_bytes
        too_long = BodyTooLong(f"the body is longer than {max_bytes} bytes")
        if not is_upload and int(announced) > max_bytes:
            await error_response(too_long)(scope, receive, send)
            return
        deadline = asyncio.get_running_loop().time() + self._seconds
        received, complete = 0, False

        async def receive_limited() -> Message:
            nonlocal received, complete
            if complete:
                return await receive()
            try:
                async with asyncio.timeout(self._seconds) as timeout:
                    if not is_upload:
                        timeout.reschedule(deadline)
                    message = await receive()
            except TimeoutError:
                raise BodyTooSlow(f"the body did not arrive within {self._seconds:g} seconds") from None
            received += len(message.get("body", b""))
            complete = not message.get("more_body", False)
            if received > max_bytes and not is_upload:
                raise too_long
            return message

        await self._app(scope, receive_limited, send)


def _count(scope: Scope, method: str, status: int, seconds: float) -> None:
    # What a client chooses must not make a series of its own.
    door = next((door for start, door in DOORS.items() if scope["path"].startswith(start)), "pages")
    metrics.requests.labels(door, method if method in METHODS else "other", status).inc()
    if scope["type"] == "http":
        metrics.request_seconds.labels(door).observe(seconds)


def _shown(path: str) -> str:
    """A path as it may be logged: a link's token is a key."""
    return TOKENS.sub(r"\1…", path) if TOKENS.match(path) else path
