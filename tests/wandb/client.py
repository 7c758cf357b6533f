"""The unmodified wandb client, run as people run it: a script in a process of its own."""

import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

KEY = "0123456789abcdef0123456789abcdef01234567"
SECONDS = 240
HEAD = """
import os, pathlib, sys, time
import wandb
api = wandb.Api()

def begin(**more):
    return wandb.init(entity="local", project=PROJECT, settings=wandb.Settings(silent=True), **more)

def made(name="data", type="dataset", **files):
    artifact = wandb.Artifact(name, type=type)
    for path, text in files.items():
        with artifact.new_file(path.replace("_", ".")) as file:
            file.write(text)
    return artifact
"""


@dataclass(frozen=True)
class Client:
    """A place to run scripts in against a server. `project` is the script's `PROJECT`, in the entity `local`."""

    url: str
    folder: Path
    project: str
    key: str = KEY

    def run(
        self, script: str, *, check: bool = True, head: bool = True, alone: bool = False, **env: str
    ) -> "subprocess.CompletedProcess[str]":
        """Run a script to its end; with `check`, it must go well. `head` puts helpers before it.

        `alone` is in a group of processes of its own, so that it can kill itself with all that it has started. A
        variable of the environment that is empty in `env` is left out.
        """
        text = textwrap.dedent(script)
        if head:
            text = f"PROJECT = {self.project!r}\n{HEAD}\n{text}"
        done = subprocess.run(
            [sys.executable, "-c", text],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={name: value for name, value in (self.env | env).items() if value},
            timeout=SECONDS,
            check=False,
            start_new_session=alone,
        )
        assert not check or done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done

    @property
    def env(self) -> dict[str, str]:
        """What the client is told of the server, and of where it may write."""
        folders = {name: str(self.folder / name) for name in ("WANDB_CACHE_DIR", "WANDB_CONFIG_DIR", "WANDB_DATA_DIR")}
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("WANDB_")},
            **folders,
            "HOME": str(self.folder),
            "WANDB_DIR": str(self.folder),
            "WANDB_BASE_URL": f"{self.url}/wandb",
            "WANDB_API_KEY": self.key,
        }

    def ask(self, query: str, **variables: Any) -> Any:
        """What the public schema answers."""
        asked = {"query": query, "variables": variables}
        answer = httpx.post(f"{self.url}/graphql", json=asked, headers={"Authorization": f"Bearer {self.key}"}).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]
