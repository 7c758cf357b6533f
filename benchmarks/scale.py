"""A large registry on PostgreSQL, over HTTP: how long queries take, what is logged, one and two processes.

python -m benchmarks.generate dense --postgresql    # once: 10⁶ versions, 10⁷ edges, 3·10⁶ events
python -m benchmarks.scale dense
python -m benchmarks.scale dense --only n2,act --processes 1,2,4 --rounds 5

Writers log into a project of their own in the same database.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import uvloop

from benchmarks.client import Load, connect, load, prepared
from benchmarks.contenders.serving import SERVE, running
from benchmarks.queries import RAISED, Question, questions
from benchmarks.report import headed, say, table
from benchmarks.report import load as load_average
from benchmarks.stores import DATA, SIZES, Store, opened
from benchmarks.subscribers import memory
from benchmarks.writes import keep_busy, log_version

DEFAULT = "n2,n4,n6,down3,coll,act,hub,map1k"


@dataclass(slots=True)
class Found:
    """What loads of one kind found: each load, and the seconds of processor time that they took."""

    loads: list[Load] = field(default_factory=list)
    servers: float = 0
    database: float = 0


@dataclass(frozen=True, slots=True)
class Fleet:
    """Servers that share an address, and what was found of them, by query and number of clients."""

    processes: int
    url: str
    parent: int
    found: dict[tuple[str, int], Found] = field(default_factory=lambda: defaultdict(Found))

    def serving(self) -> list[int]:
        """The processes that serve. Of those that are started, Python adds one, which only tidies up."""
        if self.processes == 1:
            return [self.parent]
        started = children(self.parent)
        return [each for each in started if b"resource_tracker" not in Path(f"/proc/{each}/cmdline").read_bytes()]

    def megabytes(self) -> str:
        """What each process that serves holds."""
        return ", ".join(f"{memory(process) / 2**20:.0f}" for process in self.serving())

    async def measure(self, what: tuple[str, int], work: Awaitable[Load]) -> None:
        """Keep what a load finds, and what it takes."""
        database = int((DATA / "postgresql" / "postmaster.pid").read_text().split()[0])
        servers, before = seconds(*self.serving()), seconds(database, *children(database))
        found = self.found[what]
        found.loads.append(await work)
        found.servers += seconds(*self.serving()) - servers
        found.database += seconds(database, *children(database)) - before


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def seconds(*processes: int) -> float:
    """Processor time of processes, and of those of their own that have ended."""
    fields = []
    for process in processes:
        # One that tidies the database up may have ended.
        with suppress(FileNotFoundError, ProcessLookupError):
            fields.append(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:15])
    return sum(int(ticks) for each in fields for ticks in each) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(store: Store, processes: int) -> Iterator[Fleet]:
    """`gqlregistry serve --workers`, with the limits raised."""
    with tempfile.TemporaryDirectory() as data:
        options = ["--port", "0", "--data", data, "--database", store.url, "--workers", str(processes)]
        limits = {"GQLREGISTRY_MAX_QUERY_COST": str(RAISED["max_query_cost"])}
        with running([sys.executable, "-c", SERVE, "serve", *options], **limits) as (url, parent):
            yield Fleet(processes, url, parent)


async def read(fleets: Sequence[Fleet], asked: Sequence[Question], clients: int, rounds: int, duration: float) -> None:
    """Ask one fleet after the other, in random order: one client, then many."""
    choose = random.Random(1)
    for question in asked:
        for number in range(rounds):
            for fleet in choose.sample(fleets, len(fleets)):
                sent = [prepared(fleet.url, question.text, given) for given in question.variables]
                for count in (1, clients):
                    await load(fleet.url, sent, count, 0.3, number)
                    await fleet.measure((question.name, count), load(fleet.url, sent, count, duration, number))
        say(f"{question.name} done, load {load_average()}")


async def write(fleets: Sequence[Fleet], clients: int, rounds: int, duration: float) -> None:
    """Log versions into one fleet after the other: each client into a collection of its own."""
    choose = random.Random(2)
    for number in range(rounds):
        for fleet in choose.sample(fleets, len(fleets)):
            connections = [await connect(fleet.url) for _ in range(clients)]
            new = time.time_ns()

            async def work(
                client: int, turn: int, new: int = new, fleet: Fleet = fleet, to: list = connections
            ) -> None:  # type: ignore[type-arg]
                await log_version(to[client], fleet.url, f"local/scale/c{client}", new * 10**9 + turn)

            await fleet.measure(("logArtifact", clients), keep_busy(work, clients, duration, number))
            for each in connections:
                each.close()
    say(f"logArtifact done, load {load_average()}")


def rows(fleets: Sequence[Fleet]) -> list[list[str]]:
    """A row for each query, number of clients and number of processes."""
    lines = []
    for name, clients in fleets[0].found:
        for fleet in fleets:
            found = fleet.found[name, clients]
            rates = [each.rate for each in found.loads]
            latencies = [1000 * value for each in found.loads for value in each.latencies]
            cuts = quantiles(latencies, n=100)
            lines.append(
                [
                    name,
                    *map(str, (clients, fleet.processes)),
                    f"{median(rates):,.0f}",
                    f"{min(rates):,.0f} to {max(rates):,.0f}",
                    *(f"{cuts[at - 1]:.1f}" for at in (50, 95, 99)),
                    *(f"{1000 * taken / len(latencies):.2f}" for taken in (found.servers, found.database)),
                ]
            )
    return lines


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure a large registry on PostgreSQL.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--only", default=DEFAULT, help="names of queries, with commas")
    parser.add_argument("--processes", default="1,2", help="with commas")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2)
    given = parser.parse_args()
    with opened("postgresql", given.size) as store, ExitStack() as stack:
        headed(f"{given.size} on PostgreSQL, {given.rounds} rounds of {given.seconds:g} s; clients on the same machine")
        counts = ", ".join(f"{name} {count:,}" for name, count in store.facts.counts.items() if count >= 10**5)
        say(f"{counts}\n")
        fleets = [stack.enter_context(served(store, int(count))) for count in given.processes.split(",")]
        idle = [fleet.megabytes() for fleet in fleets]
        known = questions(store.facts)
        asked = [known[name] for name in given.only.split(",")]
        uvloop.run(read(fleets, asked, given.clients, given.rounds, given.seconds))
        uvloop.run(write(fleets, 2 * given.clients, given.rounds, given.seconds))
        say()
        head = ["what", "clients", "processes", "requests/s", "range", "p50 ms", "p95 ms", "p99 ms"]
        head += ["server CPU ms each", "PostgreSQL CPU ms each"]
        table(head, rows(fleets))
        held = zip(fleets, idle, strict=True)
        table(
            ["processes", "MB each, at the start", "MB each, at the end"],
            [[str(fleet.processes), before, fleet.megabytes()] for fleet, before in held],
        )


if __name__ == "__main__":
    main()
