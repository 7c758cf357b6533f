"""What may not be seen is shown neither by a plan nor by the ordinary executor."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.plan.hidden import QUERIES


@pytest.mark.parametrize("kind", ["half", "published"])
@pytest.mark.parametrize("seed", [1, 2])
def test_hidden_rows_are_not_shown(tmp_path: Path, seed: int, kind: str) -> None:
    command = [sys.executable, "-m", "tests.plan.hidden", str(tmp_path), str(seed), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    planned, asked = map(int, done.stdout.splitlines()[-1].split())
    assert planned > (0.4 if kind == "half" else 0.2) * QUERIES
    assert asked > 0.04 * QUERIES
