"""A server that is killed while clients write, and started again."""

import asyncio
import random
import re
import subprocess
import sys
from pathlib import Path

from gqlregistry.store import DATABASE_FILE
from tests.durability.checking import check
from tests.durability.writers import Acknowledged, Writers

SERVE = "from gqlregistry.cli import main; main()"


async def start(
    data: Path, database: str | None, port: int = 0, blobs: str | None = None
) -> tuple["subprocess.Popen[str]", str]:
    """Start `gqlregistry serve`; answer it and its URL once it takes requests."""
    options = ["serve", "--port", str(port), "--data", str(data), *(["--database", database] if database else [])]
    options += ["--blobs", blobs] if blobs else []
    with (data.parent / f"{data.name}.log").open("a") as logged:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, *options], stdout=subprocess.PIPE, stderr=logged, text=True
        )
    assert process.stdout is not None
    line = await asyncio.to_thread(process.stdout.readline)
    found = re.search(r"serves (http://\S+)", line)
    assert found is not None, f"the server did not start: {line!r}, {(data.parent / f'{data.name}.log').read_text()}"
    return process, found[1]


async def kill_again_and_again(
    data: Path, database: str | None, kills: int, seconds: tuple[float, float], seed: int = 1, least: int = 0
) -> Acknowledged:
    """Let clients write, kill -9 the server at random moments, start it again; check what there is at the end.

    `seconds` are the shortest and the longest time that a server lives; it acknowledges `least` writes before it dies.
    """
    pick = random.Random(seed)
    process, url = await start(data, database)
    port = int(url.rpartition(":")[2])
    clients = Writers(url, seed=seed)
    clients.up.set()
    working = asyncio.create_task(clients.work())
    try:
        for _ in range(kills):
            wanted, pause = len(clients.found) + least, pick.uniform(*seconds)
            while pause or len(clients.found) < wanted:
                done, _ = await asyncio.wait([working], timeout=pause or 0.02)
                assert not done, working.result()
                pause = 0
            clients.up.clear()
            process.kill()
            finish(process)
            process, _ = await start(data, database, port)
            clients.up.set()
        clients.stopping = True
        await working
        process.terminate()
        assert await asyncio.to_thread(process.wait, 30) == 0
    finally:
        working.cancel()
        process.kill()
        finish(process)
    await check(database or f"sqlite:///{data / DATABASE_FILE}", data, clients.found)
    return clients.found


def finish(process: "subprocess.Popen[str]") -> None:
    """Wait for its end."""
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
