"""Servers in processes of their own, on free ports of the loopback interface."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.contenders.dataloader import Server
from benchmarks.queries import RAISED, Question
from benchmarks.stores import Store, load_facts
from gqlregistry.app.server import collect_seldom

SERVE = "from gqlregistry.cli import main; main()"
ONE_BY_ONE = f"import gqlregistry.store.sqlite as store; store.GROUP = 1; {SERVE}"
"""`gqlregistry serve` with a transaction, and its fsync, for each write."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server of our schema: how it is asked a question, and when its answer is the right one."""

    name: str
    url: str

    def knows(self, question: Question) -> bool:
        """Whether it can be asked."""
        return True

    def asks(self, question: Question) -> str:
        """The document."""
        return question.text

    def variables(self, question: Question) -> Sequence[dict[str, Any]]:
        """The variables of each request in rotation."""
        return question.variables

    def agrees(self, answer: Any, expected: Any) -> bool:
        """Whether its data say the same as ours."""
        return bool(answer == expected)


@contextmanager
def announced(command: list[str], **env: str) -> Iterator[str]:
    """`running`, where only the URL matters."""
    with running(command, **env) as (url, _):
        yield url


@contextmanager
def running(command: list[str], **env: str) -> Iterator[tuple[str, int]]:
    """Start a server; yield the URL that its first line of output ends with, and its process; stop it."""
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ | env
    )
    assert started.stdout is not None
    try:
        line = started.stdout.readline()
        url = next((word for word in line.split() if word.startswith("http://")), None)
        if url is None:
            raise SystemExit(f"{command} did not start: {line!r}")
        yield url, started.pid
    finally:
        started.terminate()
        started.communicate(timeout=30)


@contextmanager
def ours(database: str, program: str = SERVE) -> Iterator[str]:
    """`gqlregistry serve`, with the limits raised and its log thrown away."""
    with tempfile.TemporaryDirectory() as data:
        options = ["serve", "--port", "0", "--data", data, "--database", database]
        limits = {"GQLREGISTRY_MAX_QUERY_COST": str(RAISED["max_query_cost"])}
        with announced([sys.executable, "-c", program, *options], **limits) as url:
            yield url


@contextmanager
def dataloader(store: Store) -> Iterator[str]:
    """The tuned DataLoader server, under the same uvicorn."""
    command = [sys.executable, "-m", "benchmarks.contenders.serving", store.kind, store.size, store.url]
    with announced(command) as url:
        yield url


async def _serve(store: Store, listener: socket.socket, config: uvicorn.Config, server: Server) -> None:
    collect_seldom()
    sys.stdout.write(f"serves http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    await uvicorn.Server(config).serve(sockets=[listener])
    await server.close()


def main() -> None:
    """Serve the DataLoader contender: kind, size and URL of the store are the arguments."""
    kind, size, url = sys.argv[1:]
    store = Store(kind, size, url, load_facts(size))
    server = Server(store)

    async def graphql(request: Request) -> Response:
        asked = orjson.loads(await request.body())
        return Response(await server.answer(asked["query"], asked["variables"]), media_type="application/json")

    app = Starlette(routes=[Route("/graphql", graphql, methods=["POST"])])
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
    with (
        socket.create_server(("127.0.0.1", 0), backlog=2048) as listener,
        asyncio.Runner(loop_factory=config.get_loop_factory()) as loop,
    ):
        loop.run(_serve(store, listener, config, server))


if __name__ == "__main__":
    main()
