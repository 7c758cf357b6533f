"""How long a quiet client waits while another one attacks, and what memory the server holds before, during and after.

    python -m benchmarks.generate 10k
    python -m benchmarks.attack 10k
    python -m benchmarks.generate 10k --postgresql
    python -m benchmarks.attack 10k --postgresql

Each has a key of its own, and a process. The quiet one asks a small question every 20 ms, alone before each attack and
again during it: the ratio of the two is what counts. The attacker keeps 16 connections busy with one kind of request,
as fast as it is answered. The server is the product as it is, on a copy of the data.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlsplit

from benchmarks.queries import questions
from benchmarks.report import resident, say
from benchmarks.stores import (
    SIZES,
    Facts,
    database_file,
    database_name,
    in_database,
    load_facts,
    postgresql,
    recreate_database,
)

KEYS = {"quiet": "quiet-" + "0123456789" * 4, "attacker": "attack-" + "0123456789" * 4}
CONNECTIONS = 16
SECONDS = 15.0
PAUSE = 0.02
UPKEEP = 75.0
"""Seconds after which the process for long queries has ended, and memory was given back."""
SMALL = (
    "query Small($id: ID!) { artifact(ref: {id: $id}) { id version digest inputs(first: 5) { nodes { id name } } } }"
)

Request = Callable[[int], bytes]


def post(path: str, body: bytes, key: str) -> bytes:
    """A request, ready to be sent."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def asked(text: str, variables: Any = None, path: str = "/graphql", key: str = KEYS["attacker"]) -> bytes:
    """A GraphQL request."""
    return post(path, json.dumps({"query": text, "variables": variables}).encode(), key)


def attacks(facts: Facts) -> dict[str, Request]:
    """Each kind, as the request of a number: those that are never the same are never remembered."""
    known = questions(facts)
    overlap = " ".join("runs(first: 1) { nodes { name id } }" for _ in range(150))
    spread = (
        " ".join(f"fragment F{n} on User {{ ...F{n - 1} ...F{n - 1} }}" for n in range(1, 60))
        + " fragment F0 on User { username }"
    )
    schema = "{ __schema { types { name fields { name type { name } args { name type { name } } } } } }"
    wide = (
        "{ artifacts(first: 100) { nodes { id name version digest size createdAt metadata inputs(first: 10) { nodes { "
        "id name config createdAt } } outputs(first: 10) { nodes { id name createdAt } } } } }"
    )
    team = 'mutation M { createTeam(input: {name: "team-%d"}) { team { id } errors { code } } }'
    map_, deep = known["map10k"], known["n4"]
    return {
        "long documents": lambda n: asked("{" + " ".join(f"a{n}_{i}: viewer {{ username }}" for i in range(300)) + "}"),
        "slow validation": lambda n: asked(f"query Q{n} {{ {overlap} }}"),
        "nested fragments": lambda n: asked(f"query Q{n} {{ viewer {{ ...F59 }} }} {spread}"),
        "introspection": lambda n: asked(schema),
        "wide pages": lambda n: asked(wide),
        "deep lineage": lambda n: asked(deep.text, deep.variables[n % len(deep.variables)]),
        "maps of 10,000 nodes": lambda n: asked(map_.text, map_.variables[n % len(map_.variables)]),
        "mutations": lambda n: asked(team % n),
        "large bodies": lambda n: asked("{ viewer { username } }", {"x": "y" * 900_000}),
        "nonsense": lambda n: post("/graphql", b'{"query": "{{{{", "x": [[[[' * 50, KEYS["attacker"]),
        "wrong keys": lambda n: asked("{ viewer { username } }", key=f"guess-{n:040}"),
        "the wandb door": lambda n: asked(
            "{" + " ".join(f"a{n}_{i}: viewer {{ id username }}" for i in range(300)) + "}", path="/wandb/graphql"
        ),
    }


@contextmanager
def copied(size: str, kind: str, folder: str) -> Iterator[list[str]]:
    """A copy of the data, and the options that name it."""
    if kind == "sqlite":
        shutil.copyfile(database_file(size), Path(folder) / "registry.db")
        yield ["--data", folder]
        return
    with postgresql() as server:
        name = f"{database_name(size)}_attacked"
        recreate_database(server, name, template=database_name(size))
        yield ["--data", folder, "--database", in_database(server, name)]


@contextmanager
def served(size: str, kind: str) -> Iterator[tuple[str, int, int]]:
    """A server on a copy of the data: host, port, process."""
    with tempfile.TemporaryDirectory() as folder, copied(size, kind, folder) as options:
        command = [str(Path(sys.executable).parent / "gqlregistry")]
        for name, key in KEYS.items():
            subprocess.run(
                [*command, "key", "create", name, "--key", key, "--admin", *options],
                check=True,
                stdout=subprocess.DEVNULL,
            )
        process = subprocess.Popen(
            [*command, "serve", "--port", "0", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout is not None
        try:
            url = urlsplit(process.stdout.readline().split()[-1])
            assert url.hostname is not None
            assert url.port is not None
            yield url.hostname, url.port, process.pid
        finally:
            process.terminate()
            process.wait()


async def answer(reader: asyncio.StreamReader) -> None:
    """Read one answer to its end."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = next(int(each.partition(b":")[2]) for each in head.split(b"\r\n") if each.startswith(b"content-length"))
    await reader.readexactly(length)


async def attack(host: str, port: int, request: Request, counted: Synchronized[int]) -> None:
    """Keep one connection busy; what the server closes is opened again."""
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection(host, port, limit=2**22)
            try:
                while True:
                    counted.value += 1
                    writer.write(request(counted.value))
                    await answer(reader)
            finally:
                writer.close()


def attacker(size: str, name: str, host: str, port: int, counted: Synchronized[int]) -> None:
    """The attacker's process, until it is ended."""
    # An attacker is somewhere else: neither the server nor the quiet client is to wait for what it computes.
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    request = attacks(load_facts(size))[name]

    async def run() -> None:
        await asyncio.gather(*(attack(host, port, request, counted) for _ in range(CONNECTIONS)))

    asyncio.run(run())


@contextmanager
def attacking(size: str, name: str, host: str, port: int) -> Iterator[Synchronized[int]]:
    """An attack goes on; how many requests it has sent."""
    spawning = multiprocessing.get_context("spawn")
    counted: Synchronized[int] = spawning.Value("i", 0)
    process = spawning.Process(target=attacker, args=(size, name, host, port, counted))
    process.start()
    try:
        while counted.value < CONNECTIONS:
            sleep(0.05)
        yield counted
    finally:
        process.kill()
        process.join()


async def quiet(host: str, port: int, facts: Facts) -> list[float]:
    """How many milliseconds each small question took."""
    ids = questions(facts)["n2"].variables
    requests = [asked(SMALL, variables, key=KEYS["quiet"]) for variables in ids]
    reader, writer = await asyncio.open_connection(host, port)
    taken: list[float] = []
    began = perf_counter()
    while perf_counter() - began < SECONDS:
        sent = perf_counter()
        writer.write(requests[len(taken) % len(requests)])
        await answer(reader)
        taken.append((perf_counter() - sent) * 1000)
        await asyncio.sleep(PAUSE)
    writer.close()
    return taken


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memory(pid: int) -> str:
    """What is a server's own, without the pages of files, and what is of the process for its long queries, if any."""
    return " + ".join(f"{resident(each, 'RssAnon') // 2**20} MB" for each in (pid, *children(pid)))


def p99(taken: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(taken, n=100)[98] if len(taken) > 1 else taken[0]


def measure(size: str, kind: str, only: str | None) -> None:
    """Print a line for each kind of attack."""
    facts = load_facts(size)
    quiet_times: list[float] = []
    attacked: dict[str, float] = {}
    with served(size, kind) as (host, port, pid):
        asyncio.run(quiet(host, port, facts))
        say(f"at the start: {memory(pid)}")
        for name in attacks(facts):
            if only and only not in name:
                continue
            alone = asyncio.run(quiet(host, port, facts))
            quiet_times += alone
            calm = p99(alone)
            with attacking(size, name, host, port) as counted:
                found, during = p99(asyncio.run(quiet(host, port, facts))), memory(pid)
            attacked[name] = found
            sleep(1)
            say(
                f"{name}: p99 {calm:.1f} ms alone, {found:.1f} ms during, {found / calm:.1f}x, "
                f"{counted.value} requests, {during}, then {memory(pid)}",
            )
        sleep(UPKEEP)
        say(f"at the end: {memory(pid)}")
    # Of some 700 answers p99 is the seventh: all that were given alone tell better what quiet is.
    calm = p99(quiet_times)
    say(f"p99 of all {len(quiet_times)} alone: {calm:.1f} ms; during, as many times that:")
    say(", ".join(f"{name} {found / calm:.1f}" for name, found in attacked.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--only", help="part of the name of one kind")
    parser.add_argument("--postgresql", action="store_true")
    given = parser.parse_args()
    measure(given.size, "postgresql" if given.postgresql else "sqlite", given.only)


if __name__ == "__main__":
    main()
