"""The process that serves: it listens, opens the stores, answers until it is told to stop, and closes in order."""

import asyncio
import gc
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette

from gqlregistry.app import create_app
from gqlregistry.app.protocol import Doorkeeper, HttpProtocol, WebSocketProtocol
from gqlregistry.registry import keys
from gqlregistry.services import Services, is_loopback
from gqlregistry.settings import Settings

COLLECT_AFTER = (400, 5, 4_000)
"""All wait for a collection: after 400 objects it takes a tenth of a millisecond, after 20,000 up to 20."""
SWITCH_SECONDS = 0.0001
"""How long a thread waits for one that computes. A small question waits at each of its steps: beside long documents its
p99 was 2.6 to 3.2 times that of quiet with this, 2.9 to 3.8 times with 0.0002 (`benchmarks.attack`)."""


class AddressUnusable(Exception):
    """The server can't listen where it is told to."""


class KeyNeeded(Exception):
    """The server would be open to everybody who can reach its address."""


Prepare = Callable[[Services], Awaitable[None]]


def serve_on(
    settings: Settings, listener: socket.socket, ready: Callable[[], object], prepare: Prepare | None = None
) -> None:
    """Serve in this process until SIGTERM or SIGINT. `ready` is called once requests are taken.

    Raises `KeyNeeded`, and what `open_services` raises.
    """
    app = create_app(settings)
    config = configuration(app, settings)

    async def serve() -> None:
        async with prepared(app, settings, prepare) as services:
            collect_seldom()
            sys.setswitchinterval(SWITCH_SECONDS)
            server = Server(config, services)
            _leave_stopping_to(server)
            ready()
            await server.serve(sockets=[listener])

    with asyncio.Runner(loop_factory=config.get_loop_factory()) as loop:
        loop.run(serve())


@asynccontextmanager
async def prepared(app: Starlette, settings: Settings, prepare: Prepare | None) -> AsyncIterator[Services]:
    """The stores are open until the end of the block, and have what they need. Raises as `serve_on`."""
    async with app.router.lifespan_context(app):
        services: Services = app.state.services
        is_closed = is_loopback(settings.host) or settings.oidc_issuer is not None
        if not is_closed and not await services.database.read(keys.any_key_exists):
            raise KeyNeeded(
                f"{settings.host} can be reached by others, and no API key has been made: make one with "
                "`gqlregistry key create NAME --admin`, or listen on 127.0.0.1"
            )
        if prepare is not None:
            await prepare(services)
        yield services


def configuration(app: Starlette, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves the application."""
    http: Any = partial(HttpProtocol, doorkeeper=Doorkeeper(settings))
    return uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        http=http,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        ws=WebSocketProtocol,
        ws_max_size=settings.max_body_bytes,
        ws_ping_interval=settings.ping_seconds,
        ws_ping_timeout=settings.subscriber_seconds,
        # An event is short, and compressing it for each subscriber takes longer than sending it.
        ws_per_message_deflate=False,
    )


class Server(uvicorn.Server):
    """Ends the streams before it closes their connections, so that each is told why."""

    def __init__(self, config: uvicorn.Config, services: Services) -> None:
        super().__init__(config)
        self._services = services

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop in order. Streams have half of the time that the configuration gives, requests what is left of it."""
        for server in self.servers:
            server.close()
        seconds, began = self.config.timeout_graceful_shutdown or 0, time.monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds / 2):
                await self._services.live.streams.close()
        self.config.timeout_graceful_shutdown = max(1, round(seconds - (time.monotonic() - began)))
        await super().shutdown(sockets)


def collect_seldom() -> None:
    """Look less often for garbage that reference counts do not find: answers make many objects and hardly a cycle.

    What lives from here to the end of the process is not looked at any more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def listen(host: str, port: int, patience: float) -> socket.socket:
    """A socket that takes connections; those end which take nothing for twice `patience`. Raises `AddressUnusable`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=2048)
        # Connections inherit it: no part of an answer waits until the one before was received. asyncio sees to that
        # only for sockets that say which protocol they have.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            # Connections inherit it. Who takes nothing for so long is gone, with all that waits to be sent to it.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(2000 * patience))
        return listener
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


def url_of(settings: Settings, listener: socket.socket) -> str:
    """Where people reach it."""
    host, port = settings.host, listener.getsockname()[1]
    if host in ("0.0.0.0", "::", ""):
        host = socket.gethostname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
