"""The process that serves: it listens, opens the stores, answers until it is told to stop, and closes in order."""

import asyncio
import gc
import signal
import socket
from collections.abc import Awaitable, Callable

import uvicorn

from gqlregistry.app import create_app
from gqlregistry.registry import keys
from gqlregistry.services import Services, is_loopback, read
from gqlregistry.settings import Settings

COLLECT_AFTER = (20_000, 20, 20)


class AddressUnusable(Exception):
    """The server can't listen where it is told to."""


class KeyNeeded(Exception):
    """The server would be open to everybody who can reach its address."""


def run(
    settings: Settings,
    announce: Callable[[str, Services], None],
    prepare: Callable[[Services], Awaitable[None]] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT. `announce` is told the URL once requests are taken, after `prepare` is done.

    Raises `AddressUnusable`, `KeyNeeded`, and what `open_services` raises.
    """
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        ws_max_size=settings.max_body_bytes,
    )

    async def serve() -> None:
        async with app.router.lifespan_context(app):
            services: Services = app.state.services
            is_closed = is_loopback(settings.host) or settings.oidc_issuer is not None
            if not is_closed and not await read(services.database, keys.any_key_exists):
                raise KeyNeeded(
                    f"{settings.host} can be reached by others, and no API key has been made: make one with "
                    "`gqlregistry key create NAME --admin`, or listen on 127.0.0.1"
                )
            if prepare is not None:
                await prepare(services)
            collect_seldom()
            server = uvicorn.Server(config)
            _leave_stopping_to(server)
            announce(_url(settings.host, listener.getsockname()[1]), services)
            await server.serve(sockets=[listener])

    with (
        _listen(settings.host, settings.port) as listener,
        asyncio.Runner(loop_factory=config.get_loop_factory()) as loop,
    ):
        loop.run(serve())


def collect_seldom() -> None:
    """Look less often for garbage that reference counts do not find: answers make many objects and hardly a cycle.

    What lives from here to the end of the process is not looked at any more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise AddressUnusable(
            f"can't listen on {host} port {port} ({error.strerror}): stop what uses it, or choose another with "
            "--host and --port"
        ) from error


def _leave_stopping_to(server: uvicorn.Server) -> None:
    # uvicorn stops in order and then raises the signal again, which by default would kill the process before the
    # stores are closed. A signal that comes before uvicorn listens to them is not lost.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: setattr(server, "should_exit", True))


def _url(host: str, port: int) -> str:
    if host in ("0.0.0.0", "::", ""):
        host = socket.gethostname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
