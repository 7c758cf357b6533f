"""An MLflow server of its own, from its own release: `MLFLOW_VERSION=3 pytest tests/movers/test_mlflow.py`.

`.ci/run` asks for it. What it does not need to serve, which is most of it, is not installed.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.movers.seed_mlflow import PARAMETERS
from tests.serving import command, process

SECONDS = 120
NEEDED = ("aiohttp", "flask", "flask-cors", "graphene", "huey", "numpy", "pandas")
"""Besides what MLflow's client has."""

STORY = """{
  run(ref: {name: "local/animals - zoo/%(train)s"}) {
    displayName state notes config summary commit program createdBy { username }
    inputs { edges { requestedAs node { name metadata } } }
    outputs { nodes { name version createdBy { username } files(first: 5) { nodes { path size } } } }
  }
  judged: run(ref: {name: "local/animals - zoo/%(judge)s"}) {
    state createdBy { username } inputs { edges { requestedAs node { name } } }
  }
  collection(ref: {name: "model/Zoo Model"}) {
    description
    versions { nodes { version aliases { name } artifact { name } } }
  }
}"""


def moved(url: str, data: Path) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0"}
    return command("move", "mlflow", url, "--data", str(data), env=env)


def asked(url: str, text: str) -> Any:
    answer = httpx.post(f"{url}/graphql", json={"query": text}, timeout=30).json()
    assert "errors" not in answer, answer
    return answer["data"]


real = pytest.mark.skipif("MLFLOW_VERSION" not in os.environ, reason="installs it: set MLFLOW_VERSION")


@pytest.fixture(scope="module")
def mlflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server."""
    folder = tmp_path_factory.mktemp("mlflow")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile"]
    into = [*pip, "--target", str(folder / "lib")]
    wanted = f"mlflow=={version('mlflow-skinny')}"
    for what in ([wanted, "--no-deps"], [*NEEDED]):
        done = subprocess.run([*into, *what], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"MLflow can't be installed: {done.stderr}"
    with httpx.Client() as http, (folder / "log").open("w") as log:
        port = free_port()
        serving = subprocess.Popen(
            [
                *(sys.executable, "-W", "ignore", "-m", "mlflow", "server"),
                *("--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--serve-artifacts"),
                *("--artifacts-destination", str(folder / "kept"), "--workers", "1", "--port", str(port)),
            ],
            env={**os.environ, "PYTHONPATH": str(folder / "lib"), "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
        )
        try:
            yield until_it_answers(http, f"http://127.0.0.1:{port}", serving, folder / "log")
        finally:
            os.killpg(serving.pid, 9)
            serving.wait()


@pytest.fixture(scope="module")
def told(mlflow: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a team has done with it: the ids of its runs and models."""
    script = Path(__file__).with_name("seed_mlflow.py")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(script), mlflow],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path_factory.mktemp("seed"),
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(("train", "judge", "m0", "m1"), done.stdout.splitlines()[-1].split(), strict=True))


@real
def test_all_of_it_comes_with_its_lineage(mlflow: str, told: dict[str, str], tmp_path: Path) -> None:
    first = moved(mlflow, tmp_path)
    assert first.returncode == 0, first.stderr + first.stdout
    assert first.stdout.splitlines()[:3] == [
        "runs: 2 moved, 0 were there",
        "versions: 4 moved, 0 were there",
        "files: 10 moved, 0 were there",
    ]
    with process("--data", str(tmp_path)) as server:
        found = asked(server.url, STORY % told)
    train, judge, home = found["run"], found["judged"], found["collection"]
    assert (train["displayName"], train["state"], train["notes"]) == ("train", "FINISHED", "a note")
    assert train["config"] | PARAMETERS == train["config"]
    assert train["summary"] == {"acc": 0.9, "bad": "nan"}
    assert (train["commit"], train["program"], train["createdBy"]["username"]) == ("abc123", "t.py", "alice-x.com")
    (used,) = train["inputs"]["edges"]
    assert (used["requestedAs"], used["node"]["name"]) == ("d1ge57", "local/animals - zoo/animals:v0")
    assert [each["version"] for each in train["outputs"]["nodes"]] == ["v0", "v1", "v0"]
    assert [file["path"] for file in train["outputs"]["nodes"][0]["files"]["nodes"]] == ["MLmodel", "weights.bin"]
    (tried,) = judge["inputs"]["edges"]
    assert (judge["state"], judge["createdBy"]["username"]) == ("FAILED", "bob")
    assert (tried["requestedAs"], tried["node"]["name"]) == (told["m1"], "local/animals - zoo/zoo:v1")
    assert home["description"] == "Which animal is it?"
    places = {each["version"]: each for each in home["versions"]["nodes"]}
    assert places["v0"]["artifact"]["name"] == "local/animals - zoo/zoo:v0"
    names = {version: {alias["name"] for alias in each["aliases"]} for version, each in places.items()}
    assert names == {"v0": {"mlflow-1"}, "v1": {"mlflow-2", "champion"}, "v2": {"mlflow-3", "latest"}}


@real
def test_again_nothing_comes(mlflow: str, told: dict[str, str], tmp_path: Path) -> None:
    moved(mlflow, tmp_path)
    again = moved(mlflow, tmp_path)
    assert again.stdout.splitlines()[:2] == ["runs: 0 moved, 2 were there", "versions: 0 moved, 4 were there"]
    assert command("audit", "verify", "--data", str(tmp_path)).returncode == 0


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = moved(f"http://127.0.0.1:{free_port()}", tmp_path)
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
    assert "refused" in done.stderr


def test_a_server_that_is_not_mlflow_is_named(tmp_path: Path) -> None:
    with process("--data", str(tmp_path / "other")) as other:
        done = moved(other.url, tmp_path)
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
    assert other.url in done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until_it_answers(http: httpx.Client, url: str, serving: "subprocess.Popen[bytes]", log: Path) -> str:
    ends = time.monotonic() + SECONDS
    while True:
        with suppress(httpx.HTTPError):
            if http.get(f"{url}/health").status_code == 200:
                return url
        assert serving.poll() is None, log.read_text()
        assert time.monotonic() < ends, log.read_text()
        time.sleep(0.2)
