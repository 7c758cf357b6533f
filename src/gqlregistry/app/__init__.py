"""Which URL goes to which door."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gqlregistry import __version__, metrics
from gqlregistry.app.cross_origin import CrossOrigin
from gqlregistry.app.middleware import BodyLimits, RequestLog, SafeAnswers
from gqlregistry.app.readiness import Readiness
from gqlregistry.app.upkeep import upkeep
from gqlregistry.errors import ErrorCode, Forbidden, RegistryError, Unavailable
from gqlregistry.files import file_routes
from gqlregistry.hooks import deliveries
from gqlregistry.openlineage import openlineage_routes
from gqlregistry.responses import error_response, plain_error
from gqlregistry.schema.view import graphql_routes
from gqlregistry.services import open_services, services_of
from gqlregistry.settings import Settings
from gqlregistry.signing_in import session_routes
from gqlregistry.single_sign_on import single_sign_on_routes
from gqlregistry.tracing import TRACING
from gqlregistry.ui.door import not_found_page, ui_routes
from gqlregistry.ui.pages import own_documents
from gqlregistry.wandb.door import wandb_routes

log = structlog.get_logger(__name__)


def create_app(settings: Settings | None = None) -> Starlette:
    """The server as an ASGI application. Its lifespan opens the stores, so that it must be run with one."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if settings.traces is not None:
            TRACING.turn_on(settings.traces, __version__)
        async with open_services(settings) as services, upkeep(services), deliveries(services.hooks):
            app.state.services = services
            app.state.readiness = Readiness(services)
            try:
                yield
            finally:
                await asyncio.to_thread(TRACING.turn_off)

    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", exposed_metrics),
            *ui_routes(),
            *wandb_routes(),
            *graphql_routes(settings, own_documents()),
            *file_routes(),
            *openlineage_routes(),
            *session_routes(),
            *single_sign_on_routes(settings),
        ],
        middleware=[
            Middleware(SafeAnswers),
            Middleware(RequestLog),
            Middleware(CrossOrigin, settings=settings),
            Middleware(
                BodyLimits,
                max_bytes=settings.max_body_bytes,
                max_client_bytes=max(settings.max_body_bytes, settings.max_wandb_body_bytes),
                seconds=settings.body_seconds,
            ),
        ],
        exception_handlers={RegistryError: answer_error, HTTPException: answer_http_error},
        lifespan=lifespan,
    )


async def healthz(request: Request) -> Response:
    """The server serves requests."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """The server can do its work: its database and its blob store can be read and written."""
    failed = await request.app.state.readiness.failed()
    if failed:
        return JSONResponse({"status": "unavailable", "failed": failed}, 503)
    replica = services_of(request).replica
    if replica is None:
        return JSONResponse({"status": "ready"})
    # Without it, the server does all its work.
    return JSONResponse({"status": "ready", "replica": "not read" if await replica.check() else "read"})


async def exposed_metrics(request: Request) -> Response:
    """What is counted, for who administers the server."""
    if not (await services_of(request).principal(request)).sees_all:
        raise Forbidden("only a server admin may see metrics")
    return Response(metrics.exposed(), media_type=metrics.MEDIA_TYPE)


async def answer_error(request: Request, error: Exception) -> Response:
    """Answer what the client caused, or what it should try again."""
    assert isinstance(error, RegistryError)
    if isinstance(error, Unavailable):
        log.error("unavailable", reason=error.message, exc_info=error.__cause__)
    return error_response(error, getattr(request.state, "media_type", None))


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Answer what the router refuses: an unknown path, a method that is not allowed."""
    assert isinstance(error, HTTPException)
    page = not_found_page(request) if error.status_code == 404 else None
    if page is not None:
        return page
    code = ErrorCode.NOT_FOUND if error.status_code == 404 else ErrorCode.BAD_USER_INPUT
    return plain_error(error.detail, code, error.status_code, dict(error.headers or {}))
