"""What `log_artifact` of the unmodified wandb client takes, against plain copying (and fsync) of the same bytes.

python -m benchmarks.wandb_overhead
python -m benchmarks.wandb_overhead --rounds 5 --only files

Both are timed by turns, in random order, on one disk, each round with bytes that nobody has seen; all of it on one
machine, so that client and server share its cores.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.contenders.serving import SERVE
from benchmarks.report import headed, load, resident, say, table
from benchmarks.stores import DATA

MB = 10**6
CASES = {"files": ("1,000 files of 4 kB", 1000, 4096), "large": ("one file of 1 GB", 1, 1000 * MB)}
COPY, LOG, ALL = "copy and fsync", "log_artifact to wait", "the same with add_dir"


@dataclass
class Found:
    """The seconds of each way, round by round, and the server's resident memory before and at its peak."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {COPY: [], LOG: [], ALL: []})
    idle: list[int] = field(default_factory=list)
    peak: list[int] = field(default_factory=list)


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, int]]:
    """`gqlregistry serve` on SQLite and a folder of blobs: its URL, and its process."""
    command = [sys.executable, "-c", SERVE, "serve", "--port", "0", "--data", str(data)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert started.stdout is not None
    try:
        found = re.search(r"http://[^\s/]+", started.stdout.readline())
        if found is None:
            raise SystemExit("the server did not start")
        yield found[0], started.pid
    finally:
        started.terminate()
        started.communicate(timeout=30)


def client_of(url: str, folder: Path) -> Any:
    """The client, told where the server is and that all it writes goes to the same disk."""
    folders = ("WANDB_DIR", "WANDB_CACHE_DIR", "WANDB_CONFIG_DIR", "WANDB_DATA_DIR")
    os.environ |= {name: str(folder) for name in folders}
    os.environ |= {"WANDB_BASE_URL": f"{url}/wandb", "WANDB_API_KEY": "0" * 40, "WANDB_SILENT": "true"}
    import wandb

    return wandb


def written(folder: Path, count: int, size: int) -> Path:
    """A folder of files with random bytes."""
    folder.mkdir()
    for number in range(count):
        with (folder / f"{number:04}.bin").open("wb") as file:
            for at in range(0, size, MB):
                file.write(os.urandom(min(MB, size - at)))
    return folder


def copied(source: Path, target: Path) -> float:
    """Copy each file; each is on disk before the next. The seconds."""
    start = perf_counter()
    target.mkdir()
    for path in source.iterdir():
        with path.open("rb") as read, (target / path.name).open("wb") as write:
            shutil.copyfileobj(read, write, MB)
            write.flush()
            os.fsync(write.fileno())
    return perf_counter() - start


def logged(wandb: Any, run: Any, name: str, source: Path, version: str) -> tuple[float, float]:
    """Log a version; the seconds from `log_artifact` to the end of `wait`, and with `add_dir`."""
    artifact = wandb.Artifact(name, type="dataset")
    start = perf_counter()
    artifact.add_dir(str(source))
    added = perf_counter()
    run.log_artifact(artifact).wait()
    done = perf_counter()
    if artifact.version != version or len(artifact.manifest.entries) != len(list(source.iterdir())):
        raise SystemExit(f"{name}:{version} was not logged")
    return done - added, done - start


def measure(wandb: Any, run: Any, process: int, scratch: Path, case: str, rounds: int) -> Found:
    """Both ways, round by round. Each begins with nothing left to be written to disk."""
    found = Found()
    choose = random.Random(1)
    _, count, size = CASES[case]
    for number in range(rounds):
        source = written(scratch / "source", count, size)
        target = scratch / "target"
        for way in choose.sample([COPY, LOG], 2):
            os.sync()
            if way == COPY:
                found.seconds[COPY].append(copied(source, target))
                continue
            found.idle.append(resident(process, "VmRSS"))
            Path(f"/proc/{process}/clear_refs").write_text("5")
            log, whole = logged(wandb, run, f"bench-{case}", source, f"v{number}")
            found.peak.append(resident(process, "VmHWM"))
            found.seconds[LOG].append(log)
            found.seconds[ALL].append(whole)
        shutil.rmtree(source)
        shutil.rmtree(target)
        say(f"{case}: round {number + 1} of {rounds} done, load {load()}")
    return found


def lines(case: str, found: Found) -> list[list[str]]:
    """The rows of one case."""
    rows = []
    for way, seconds in found.seconds.items():
        ratios = [mine / plain for mine, plain in zip(seconds, found.seconds[COPY], strict=True)]
        rows.append(
            [
                CASES[case][0],
                way,
                f"{median(seconds):.2f}",
                f"{min(seconds):.2f} to {max(seconds):.2f}",
                f"{median(ratios):.1f}",
                f"{min(ratios):.1f} to {max(ratios):.1f}",
            ]
        )
    return rows


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure what log_artifact costs over copying.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=CASES)
    given = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    headed(f"wandb {version('wandb')}: log_artifact against copying, SQLite, blobs in a folder, {given.rounds} rounds")
    cases = [given.only] if given.only else list(CASES)
    with tempfile.TemporaryDirectory(dir=DATA) as name:
        scratch = Path(name)
        with serving(scratch / "server") as (url, process):
            wandb = client_of(url, scratch / "client")
            with wandb.init(entity="local", project="bench") as run:
                found = {case: measure(wandb, run, process, scratch, case, given.rounds) for case in cases}
    say()
    head = ["what", "way", "s", "range", "× copying", "range"]
    table(head, [line for case in cases for line in lines(case, found[case])])
    table(
        ["what", "server's memory before, MB", "at its peak"],
        [
            [CASES[case][0], f"{median(each.idle) / MB:.0f}", f"{max(each.peak) / MB:.0f}"]
            for case, each in found.items()
        ],
    )


if __name__ == "__main__":
    main()
