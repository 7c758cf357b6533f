"""Older clients, each installed for itself: `WANDB_VERSIONS="0.19 0.25" pytest tests/wandb/test_versions.py`."""

import os
import subprocess
import venv
from pathlib import Path

import pytest

from tests.wandb.client import Client

VERSIONS = os.environ.get("WANDB_VERSIONS", "").split()

SCRIPT = """
import pathlib, wandb
api = wandb.Api()
pathlib.Path("model.txt").write_text("weights")
with wandb.init(entity="local", project=PROJECT) as run:
    artifact = wandb.Artifact(name="zoo", type="dataset")
    artifact.add_file(local_path="model.txt", name="w.txt")
    run.log_artifact(artifact_or_path=artifact)
    artifact.wait()
    run.link_artifact(artifact, f"wandb-registry-{PROJECT}/zoo", aliases=["production"])
with wandb.init(entity="local", project=PROJECT) as run:
    for name in ("zoo:v0", "zoo:latest", f"wandb-registry-{PROJECT}/zoo:production"):
        folder = run.use_artifact(artifact_or_name=name).download()
        assert pathlib.Path(folder, "w.txt").read_text() == "weights"
"""


@pytest.mark.skipif(not VERSIONS, reason="it installs clients: name them in WANDB_VERSIONS")
@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_client_logs_links_and_uses(wandb: Client, tmp_path: Path, version: str) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", f"wandb=={version}.*"], check=True)
    client = Client(wandb.url, tmp_path, f"older-{version}")
    create = "mutation ($name: String!) { createRegistry(input: {name: $name}) { errors { message } } }"
    client.ask(create, name=client.project)
    done = subprocess.run(
        [python, "-c", f"PROJECT = {client.project!r}\n{SCRIPT}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=client.env,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    query = """query ($name: String!) { artifact(ref: {name: $name}) {
        outputs { edges { requestedAs } } aliases { name } } }"""
    artifact = client.ask(query, name=f"local/{client.project}/zoo:v0")["artifact"]
    assert {"latest", "production"} <= {alias["name"] for alias in artifact["aliases"]}
    assert [edge["requestedAs"] for edge in artifact["outputs"]["edges"]] == ["v0"]
