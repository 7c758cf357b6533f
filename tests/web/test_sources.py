"""The front end's own checks, so that one command runs all tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.needs import unavailable

WEB = Path(__file__).parents[2] / "web"


def npx(*command: str) -> "subprocess.CompletedProcess[str]":
    """Run a program of node_modules."""
    program = shutil.which("npx")
    if program is None:
        unavailable("there is no npx: install node 20.19 or newer")
    if not (WEB / "node_modules" / "vitest").exists():
        unavailable("what tests the web front end is not installed: `npm ci` in web/")
    return subprocess.run(
        [program, "--no-install", *command], cwd=WEB, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("vitest", "run"), id="tests"),
        pytest.param(("tsc", "-p", "."), id="types"),
        pytest.param(("prettier", "--check", "src", "tests", "*.ts"), id="format"),
        pytest.param(("graphql-codegen", "--config", "codegen.ts", "--check"), id="generated"),
    ],
)
def test_the_front_ends_own_checks_pass(command: tuple[str, ...]) -> None:
    done = npx(*command)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
