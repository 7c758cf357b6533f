"""What a subscriber may not see is never sent."""

import subprocess
import sys
from pathlib import Path


def test_hidden_events_and_nodes_are_not_sent(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.live.hidden", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    sent, there = map(int, done.stdout.splitlines()[-1].split())
    assert sent == there // 2 > 10
