"""Servers to test against: in this process, and as people start them."""

import asyncio
import os
import re
import subprocess
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from httpx import ASGITransport, AsyncClient

from gqlregistry.app import create_app
from gqlregistry.app.server import Server, configuration, listen
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from tests.forking import Forked

SECONDS = 60
"""How long a command may take to end."""


@asynccontextmanager
async def local_server(settings: Settings) -> AsyncIterator[tuple[AsyncClient, Services]]:
    """A client of a server in this process, and what that server works with."""
    app = create_app(settings)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client,
    ):
        yield client, app.state.services


@asynccontextmanager
async def listening(settings: Settings) -> AsyncIterator[tuple[str, Services]]:
    """The URL of a server in this process that listens, and what it works with."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        services: Services = app.state.services
        with listen("127.0.0.1", 0, settings.subscriber_seconds) as listener:
            server = Server(configuration(app, settings), services)
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            try:
                yield f"http://127.0.0.1:{listener.getsockname()[1]}", services
            finally:
                server.should_exit = True
                await serving


@dataclass
class Process:
    """A server that `gqlregistry serve` has begun."""

    url: str
    process: Forked
    announced: str

    def stop(self, number: int) -> tuple[int, str]:
        """Send a signal; answer the exit code and what was logged."""
        os.kill(self.process.pid, number)
        return self.process.wait(SECONDS), self.process.stderr


@contextmanager
def process(*options: str, env: Mapping[str, str] | None = None) -> Iterator[Process]:
    """Run `gqlregistry serve` on a free port, until the end of the block."""
    started = Forked(("serve", "--port", "0", *options), env)
    try:
        while (match := re.search(r"serves (http://\S+)\n", started.stdout)) is None:
            assert started.code is None, started.stderr
            time.sleep(0.01)
        yield Process(match[1], started, started.stdout)
    finally:
        started.kill()


def command(*arguments: str, env: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    started = Forked(arguments, env)
    try:
        return subprocess.CompletedProcess(arguments, started.wait(SECONDS), started.stdout, started.stderr)
    finally:
        started.kill()
