"""Servers to test against: in this process, and as people start them."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from httpx import ASGITransport, AsyncClient

from gqlregistry.app import create_app
from gqlregistry.app.server import Server, configuration, listen
from gqlregistry.services import Services
from gqlregistry.settings import Settings

COMMAND = str(Path(sys.executable).parent / "gqlregistry")


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
    """A server that was started by `gqlregistry serve`."""

    url: str
    process: "subprocess.Popen[str]"
    announced: list[str]

    def stop(self, number: int) -> tuple[int, str]:
        """Send a signal; answer the exit code and what was logged."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors


@contextmanager
def process(*options: str, env: dict[str, str] | None = None) -> Iterator[Process]:
    """Run `gqlregistry serve` on a free port, until the end of the block."""
    started = subprocess.Popen(
        [COMMAND, "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
    )
    assert started.stdout is not None
    try:
        announced = [started.stdout.readline()]
        match = re.search(r"serves (http://\S+)", announced[0])
        assert match is not None, started.communicate()[1]
        yield Process(match[1], started, announced)
    finally:
        if started.poll() is None:
            started.kill()
        started.communicate()


def command(*arguments: str, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, env=env, timeout=60, check=False)
