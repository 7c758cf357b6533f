"""Durable `logArtifact` on SQLite: group commit against a transaction, and its fsync, for each.

python -m benchmarks.writes
python -m benchmarks.writes --clients 1
python -m benchmarks.writes --fsync-ms 5    # as if the disk took 5 ms longer for each
"""

import argparse
import asyncio
import os
import random
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter

import orjson
import uvloop

from benchmarks.client import Connection, Load, connect, prepared
from benchmarks.contenders import serving
from benchmarks.report import headed, load, say, table
from benchmarks.slow_disk import restart_with_slow_fsync
from benchmarks.stores import DATA
from gqlregistry.registry import artifacts, people, runs
from gqlregistry.registry.change import apply
from gqlregistry.store import sqlite
from gqlregistry.store.sqlite import SQLiteDatabase

GROUPED = sqlite.GROUP
MUTATION = """mutation Log($input: LogArtifactInput!) { logArtifact(input: $input) {
  artifact { id version } created errors { code message }
} }"""

Work = Callable[[int, int], Awaitable[None]]
"""Log one version, by a client's number and the number of its request."""


async def keep_busy(work: Work, clients: int, seconds: float, at: int) -> Load:
    """Let clients log one version after the other for a while."""
    found = Load(0)
    start = perf_counter()

    async def client(number: int) -> None:
        turn = 0
        while perf_counter() - start < seconds:
            sent = perf_counter()
            await work(number, at * 10**6 + turn)
            found.latencies.append(perf_counter() - sent)
            turn += 1

    await asyncio.gather(*[client(number) for number in range(clients)])
    found.seconds = perf_counter() - start
    return found


async def through_rules(folder: Path, clients: int, rounds: int, seconds: float) -> dict[str, list[Load]]:
    """Through `registry.apply`, without HTTP."""
    database = SQLiteDatabase(folder / "rules.db")
    await database.upgrade()
    local = (await database.write(people.ensure_defaults)).local
    run = (await apply(database, local, runs.create_run, "local/bench")).result.id

    async def work(client: int, turn: int) -> None:
        digest = f"sha256:{client * 10**9 + turn:064x}"
        await apply(
            database,
            local,
            artifacts.log_artifact,
            run,
            f"local/bench/c{client}",
            "dataset",
            digest=digest,
            commit=True,
        )

    found: dict[str, list[Load]] = {"group commit": [], "one by one": []}
    choose = random.Random(1)
    try:
        for number in range(rounds):
            order = list(found)
            choose.shuffle(order)
            for name in order:
                sqlite.GROUP = GROUPED if name == "group commit" else 1
                at = 2 * number + (name == "one by one")
                found[name].append(await keep_busy(work, clients, seconds, at))
    finally:
        sqlite.GROUP = GROUPED
        await database.close()
    return found


async def over_http(urls: dict[str, str], clients: int, rounds: int, seconds: float) -> dict[str, list[Load]]:
    """Through the mutation, on servers that run."""
    found: dict[str, list[Load]] = {name: [] for name in urls}
    choose = random.Random(1)
    for number in range(rounds):
        order = list(urls)
        choose.shuffle(order)
        for name in order:
            url = urls[name]
            connections = [await connect(url) for _ in range(clients)]

            async def work(client: int, turn: int, url: str = url, connections: list = connections) -> None:  # type: ignore[type-arg]
                await log_version(connections[client], url, f"local/bench/c{client}", client * 10**9 + turn)

            found[name].append(await keep_busy(work, clients, seconds, number))
            for each in connections:
                each.close()
    return found


async def log_version(connection: Connection, url: str, collection: str, digest: int) -> None:
    """Log a version that is new. Raises `SystemExit` if it is not."""
    asked = {"collection": {"name": collection}, "type": "dataset", "digest": f"sha256:{digest:064x}"}
    answer = orjson.loads(await connection.ask(prepared(url, MUTATION, {"input": asked})))["data"]["logArtifact"]
    if not answer["created"]:
        raise SystemExit(f"a version was not logged: {answer['errors']}")


def fsync_milliseconds(folder: Path) -> float:
    """What an fsync of 4 kB costs on this disk, the middle of 50."""
    taken = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(50):
            file.write(os.urandom(4096))
            file.flush()
            start = perf_counter()
            os.fsync(file.fileno())
            taken.append(perf_counter() - start)
    return median(taken) * 1000


def lines(way: str, found: dict[str, list[Load]]) -> list[list[str]]:
    """The rows of one way in."""
    rows = []
    for name, loads in found.items():
        rates = [each.rate for each in loads]
        ratios = [each.rate / one.rate for each, one in zip(loads, found["one by one"], strict=True)]
        latency = median(value for each in loads for value in each.latencies)
        spread = f"{min(rates):,.0f} to {max(rates):,.0f}"
        rows.append([way, name, f"{median(rates):,.0f}", spread, f"{median(ratios):.1f}", f"{latency * 1000:.1f}"])
    return rows


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure durable writes.")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--fsync-ms", type=float, default=0)
    given = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    if given.fsync_ms:
        restart_with_slow_fsync(given.fsync_ms, DATA)
    headed(f"Durable logArtifact, SQLite, synchronous=FULL, {given.clients} clients, {given.rounds} rounds")
    with tempfile.TemporaryDirectory(dir=DATA) as name, ExitStack() as stack:
        folder = Path(name)
        say(f"an fsync of 4 kB takes {fsync_milliseconds(folder):.2f} ms here")
        rows = lines("registry.apply", uvloop.run(through_rules(folder, given.clients, given.rounds, given.seconds)))
        urls = {
            "group commit": stack.enter_context(serving.ours(f"sqlite:///{folder / 'grouped.db'}")),
            "one by one": stack.enter_context(serving.ours(f"sqlite:///{folder / 'single.db'}", serving.ONE_BY_ONE)),
        }
        rows += lines("HTTP mutation", uvloop.run(over_http(urls, given.clients, given.rounds, given.seconds)))
        say(f"load {load()}")
        say()
        table(["through", "writer", "versions/s", "range", "× one by one", "p50 ms"], rows)


if __name__ == "__main__":
    main()
