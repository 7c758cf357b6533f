"""Several processes behind one address."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from gqlregistry.app.workers import Workers, WorkersFailed
from gqlregistry.settings import Settings
from tests.serving import Process, process

PATIENCE = 30
LOG = """mutation ($content: String!) { logArtifact(input: {
    collection: {name: "local/zoo/data"}, type: "dataset"
    files: [{path: "file", digest: $content, size: 1, reference: "s3://bucket/key"}]
}) { artifact { version } errors { code message } } }"""


def workers_of(server: Process) -> list[int]:
    """The processes that serve. The other child is the one in which multiprocessing keeps count of what it shares."""
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in children if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


def until(*, gone: list[int]) -> None:
    """Wait until processes are no more."""
    ends = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in gone):
        assert time.monotonic() < ends
        time.sleep(0.05)


@contextmanager
def two_workers(data: Path) -> Iterator[Process]:
    with process("--workers", "2", "--data", str(data)) as server:
        yield server


async def log_versions(url: str, contents: range) -> list[str]:
    """Log as many versions at once, each over a connection of its own; what does not come through is sent again."""

    async def log(content: int) -> str:
        while True:
            try:
                async with httpx.AsyncClient() as client:
                    body = {"query": LOG, "variables": {"content": f"content-{content}"}}
                    answer = (await client.post(f"{url}/graphql", json=body, timeout=PATIENCE)).json()
                assert answer["data"]["logArtifact"]["errors"] == []
                version: str = answer["data"]["logArtifact"]["artifact"]["version"]
                return version
            except httpx.TransportError:
                await asyncio.sleep(0.05)

    return await asyncio.gather(*map(log, contents))


def test_they_number_versions_as_one_and_one_that_is_killed_is_replaced(tmp_path: Path) -> None:
    with two_workers(tmp_path) as server:
        first, second = workers_of(server)
        versions = asyncio.run(log_versions(server.url, range(20)))
        os.kill(first, signal.SIGKILL)
        versions += asyncio.run(log_versions(server.url, range(20, 60)))
        assert sorted(versions) == sorted(f"v{number}" for number in range(60))
        ends = time.monotonic() + PATIENCE
        while len(now := set(workers_of(server)) - {first}) < 2:
            assert time.monotonic() < ends
            time.sleep(0.05)
        assert second in now
        code, errors = server.stop(signal.SIGTERM)
        assert (code, "Traceback" in errors) == (0, False)
        assert "a worker has ended" in errors
        until(gone=list(now))


def test_they_end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    with two_workers(tmp_path) as server:
        workers = workers_of(server)
        server.process.kill()
        until(gone=workers)


def test_what_can_not_serve_is_not_started_again_and_again(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(WorkersFailed, match="exit code 1"):
            Workers(Settings(data=tmp_path / "data", workers=2, log_level="error"), listener).run(lambda: None)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
