"""What the benchmarks print: plain lines and Markdown tables, headed by date, versions, machine and load."""

import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("strawberry-graphql", "graphql-core", "SQLAlchemy", "orjson", "asyncpg", "uvicorn")


def resident(process: int, name: str) -> int:
    """A line of the process's memory, in bytes."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def headed(what: str) -> None:
    """Say what is measured, when, where and with what."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    say(f"{what}")
    say(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; load {load()}; {os.cpu_count()} cores, {_processor()}")
    say(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}")
    say()


def load() -> str:
    """The load average of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table, its columns aligned."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        aligned = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        return "| " + " | ".join(aligned) + " |"

    say(line(head))
    say("| " + " | ".join("-" * widths[0] if at == 0 else "-" * (w - 1) + ":" for at, w in enumerate(widths)) + " |")
    for row in rows:
        say(line(row))
    say()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
