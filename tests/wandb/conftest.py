"""A server that was started by its command, one a module, and a client for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Process, process
from tests.wandb.client import Client


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """The server. It logs little: nobody reads that until its end, and a pipe that is full would stop it."""
    env = {**os.environ, "GQLREGISTRY_LOG_LEVEL": "error"}
    with process("--data", str(tmp_path_factory.mktemp("data")), env=env) as server:
        yield server


@pytest.fixture
def wandb(served: Process, tmp_path: Path, request: pytest.FixtureRequest) -> Client:
    """A client that works in a project of the test's name."""
    return Client(served.url, tmp_path, request.node.originalname.removeprefix("test_")[:100])
