"""What `wandb verify`, the client's own test of a server, finds; and runs on a server that keeps them in PostgreSQL."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.serving import process
from tests.wandb.client import Client

GOOD = [
    "Checking if logged in",
    "Checking signed URL upload",
    "Checking ability to send large payloads through proxy",
    "Checking wandb package version is up to date",
    "Checking logged metrics, saving and downloading a file",
    "Checking artifact save and download workflows",
]


def test_the_client_finds_the_server_well(wandb: Client) -> None:
    """But for https, which is the business of a proxy, the bucket's CORS, and sweeps."""
    done = subprocess.run(
        [sys.executable, "-m", "wandb", "verify", "--host", f"{wandb.url}/wandb"],
        capture_output=True,
        text=True,
        cwd=wandb.folder,
        env=wandb.env,
        timeout=120,
        check=False,
    )
    lines = [line.rstrip("✅").rstrip(".") for line in done.stdout.splitlines() if line.endswith("✅")]
    assert lines == GOOD, done.stdout + done.stderr


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_run_in_postgresql_is_told_resumed_and_found(wandb: Client, database_url: str, tmp_path: Path) -> None:
    with process("--data", str(tmp_path / "data"), "--database", database_url) as server:
        replace(wandb, url=server.url).run("""
            for _ in range(2):
                with begin(id="it", config={"lr": 0.1}, tags=["x"], resume="allow") as run:
                    for step in range(3): run.log({"val/loss": step, "odd": float("nan")})
                    print("hello")
            path = f"local/{PROJECT}"
            run = api.run(f"{path}/it")
            assert [row["val/loss"] for row in run.scan_history()] == [0, 1, 2, 0, 1, 2]
            assert (run.state, run.config, run.summary["odd"]) == ("finished", {"lr": 0.1}, "NaN")
            assert run.file("output.log").download(root="got").read().count("hello") >= 1
            for filters in ({"config.lr": 0.1}, {"tags": {"$in": ["x"]}}, {"summary_metrics.val/loss": {"$gt": 1}}):
                assert [run.id for run in api.runs(path, filters=filters)] == ["it"], filters
            assert [run.id for run in api.runs(path, filters={"config.lr": {"$gt": 1}})] == []
            assert [run.id for run in api.runs(path, order="-summary_metrics.val/loss")] == ["it"]
        """)
