"""Older clients, each installed for itself: `WANDB_VERSIONS="0.19 0.25" pytest tests/wandb/test_versions.py`.

`.ci/run` asks for all that are named here.
"""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.wandb.client import Client

OLDER = ("0.19", "0.22", "0.25", "0.28")
ASKED = os.environ.get("WANDB_VERSIONS", "").split()
SECONDS = 180

SCRIPT = """
import pathlib, wandb
assert wandb.__version__.startswith(f"{VERSION}.")
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


@pytest.fixture
def python(version: str, tmp_path: Path) -> Iterator[str]:
    """The interpreter of a venv with that client. It is large, so that it does not outlive its test."""
    folder = tmp_path / "venv"
    venv.create(folder)
    interpreter = str(folder / "bin" / "python")
    # A pip of its own, and bytecode of what is imported once, take longer than all the rest.
    pip = [sys.executable, "-m", "pip", "--python", interpreter, "install", "-q", "--disable-pip-version-check"]
    pip += ["--no-compile", "--only-binary=wandb"]
    try:
        done = subprocess.run([*pip, f"wandb=={version}.*"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"wandb {version} can't be installed: {done.stderr}"
        yield interpreter
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "version",
    [
        pytest.param(each, marks=pytest.mark.skipif(each not in ASKED, reason="installs it: name it in WANDB_VERSIONS"))
        for each in sorted({*OLDER, *ASKED})
    ],
)
def test_an_older_client_logs_links_and_uses(wandb: Client, tmp_path: Path, python: str, version: str) -> None:
    client = replace(wandb, project=f"older-{version}")
    create = "mutation ($name: String!) { createRegistry(input: {name: $name}) { errors { message } } }"
    client.ask(create, name=client.project)
    done = subprocess.run(
        [python, "-c", f"PROJECT = {client.project!r}\nVERSION = {version!r}\n{SCRIPT}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=client.env,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    query = """query ($name: String!) { artifact(ref: {name: $name}) {
        outputs { edges { requestedAs } } aliases { name } } }"""
    artifact = client.ask(query, name=f"local/{client.project}/zoo:v0")["artifact"]
    assert {"latest", "production"} <= {alias["name"] for alias in artifact["aliases"]}
    assert [edge["requestedAs"] for edge in artifact["outputs"]["edges"]] == ["v0"]
