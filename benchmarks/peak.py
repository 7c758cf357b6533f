"""Peak memory of one request in a fresh process: `python -m benchmarks.peak sqlite 100k ours n8` measures one."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.contenders import Contender
from benchmarks.contenders.dataloader import Server
from benchmarks.contenders.ours import InProcess, raised_limits
from benchmarks.queries import questions
from benchmarks.report import table
from benchmarks.stores import Store, load_facts

WHO = ("ours", "DataLoader", "ordinary")


def peaks(store: Store, names: list[str]) -> None:
    """Measure each contender and query in a process of its own; print the table."""
    rows = []
    for name in names:
        for who in WHO:
            if who == "ordinary" and name.startswith("map"):
                continue
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.peak", store.kind, store.size, store.url, who, name],
                stdout=subprocess.PIPE,
                check=True,
            )
            found = json.loads(done.stdout)
            size, growth = found["bytes"] / 1e6, found["growth"] / 1e6
            rows.append(
                [name, who, f"{size:.1f}", f"{growth:.1f}", f"{growth / size:.1f}", f"{found['idle'] / 1e6:.0f}"]
            )
    table(["query", "who", "answer MB", "growth MB", "growth / answer", "idle MB"], rows)


async def grow(store: Store, who: str, name: str) -> dict[str, int]:
    """Warm up with the smallest query, then ask once; bytes of the answer, growth of the peak over idle.

    Pages of the database file that are mapped do not count: how many there are is for the system's page cache to say.
    """
    known = questions(store.facts)
    contender: Contender = Server(store) if who == "DataLoader" else InProcess(store, planned=who == "ours")
    for given in known["n2"].variables[:20]:
        await contender.answer(known["n2"].text, given)
    idle, mapped = _status("VmRSS"), _status("RssFile")
    Path("/proc/self/clear_refs").write_text("5")
    body = await contender.answer(known[name].text, known[name].variables[0])
    growth = _status("VmHWM") - idle - (_status("RssFile") - mapped)
    await contender.close()
    return {"bytes": len(body), "growth": growth, "idle": idle}


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


def main() -> None:
    """The command of one process."""
    kind, size, url, who, name = sys.argv[1:]
    with raised_limits():
        found = asyncio.run(grow(Store(kind, size, url, load_facts(size)), who, name))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
