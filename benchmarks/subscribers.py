"""What subscribers cost a server: memory of the process, and how soon all of them have an event.

python -m benchmarks.subscribers
python -m benchmarks.subscribers --subscribers 100,1000 --events 200 --sse
"""

import argparse
import asyncio
import json
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, cast

import httpx
from websockets.asyncio.client import connect

from benchmarks.contenders.serving import SERVE, running
from benchmarks.report import headed, say, table

SUBSCRIPTION = """subscription {
    %s: actionEvents(kinds: [TEAM_CREATED]) { cursor node { kind createdAt actor { username } subject { name } hash } }
}"""
MUTATION = "mutation ($name: String!) { createTeam(input: {name: $name}) { events { id } errors { message } } }"
AT_ONCE = 50
"""How many connect at the same time."""


def memory(process: int) -> int:
    """Bytes that a process holds now."""
    (line,) = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(line) * 1024


async def websocket(stack: AsyncExitStack, url: str, query: str) -> AsyncIterator[Any]:
    """A subscription over a WebSocket."""
    address = f"{url.replace('http', 'ws', 1)}/graphql"
    socket = await stack.enter_async_context(connect(address, subprotocols=cast(Any, ["graphql-transport-ws"])))
    await socket.send('{"type": "connection_init"}')
    await socket.recv()
    await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query}}))

    async def received() -> AsyncIterator[Any]:
        async for message in socket:
            yield message

    return received()


async def event_stream(stack: AsyncExitStack, url: str, query: str) -> AsyncIterator[Any]:
    """A subscription as an event stream. httpx would cost more than the server."""
    host, _, port = url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    stack.callback(writer.close)
    body = json.dumps({"query": query})
    writer.write(
        f"POST /graphql HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    assert b" 200 " in await reader.readline()

    async def received() -> AsyncIterator[Any]:
        async for line in reader:
            if line.startswith(b"data: {"):
                yield line

    return received()


async def measure(count: int, events: int, alike: bool, sse: bool) -> list[str]:
    """One row of the table."""
    with ExitStack() as outer:
        folder = outer.enter_context(tempfile.TemporaryDirectory())
        command = [sys.executable, "-c", SERVE, "serve", "--port", "0", "--data", folder]
        url, process = outer.enter_context(running(command))
        async with AsyncExitStack() as stack, httpx.AsyncClient(timeout=60) as client:

            async def change(name: str) -> None:
                answer = await client.post(f"{url}/graphql", json={"query": MUTATION, "variables": {"name": name}})
                assert answer.json()["data"]["createTeam"]["errors"] == [], answer.text

            await change("warm")
            idle = memory(process)
            gate, subscribers = asyncio.Semaphore(AT_ONCE), list[AsyncIterator[Any]]()

            async def join(number: int) -> None:
                async with gate:
                    query = SUBSCRIPTION % ("same" if alike else f"number{number}")
                    subscribers.append(await (event_stream if sse else websocket)(stack, url, query))

            began = perf_counter()
            await asyncio.gather(*map(join, range(count)))
            connecting = perf_counter() - began
            await asyncio.sleep(1)
            connected = memory(process)
            delays = []
            for number in range(events):
                began = perf_counter()
                await change(f"single-{number}")
                await asyncio.gather(*map(anext, subscribers))
                delays.append(perf_counter() - began)
            began = perf_counter()
            waiting = asyncio.gather(*[_take(subscriber, events) for subscriber in subscribers])
            await asyncio.gather(*[change(f"burst-{number}") for number in range(events)])
            await waiting
            burst = perf_counter() - began
            after = memory(process)
    each = (connected - idle) / count
    return [
        "event stream" if sse else "WebSocket",
        f"{count:,}",
        "the same" if alike else "each its own",
        f"{idle / 1e6:.0f}",
        f"{connected / 1e6:.0f}",
        f"{each / 1e3:.0f}",
        f"{after / 1e6:.0f}",
        f"{connecting:.1f}",
        f"{median(delays) * 1e3:.0f}",
        f"{count * events / burst:,.0f}",
    ]


async def _take(subscriber: AsyncIterator[Any], count: int) -> None:
    for _ in range(count):
        await anext(subscriber)


async def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subscribers", default="100,1000", help="how many at once")
    parser.add_argument("--events", type=int, default=20)
    parser.add_argument("--sse", action="store_true", help="event streams in place of WebSockets")
    given = parser.parse_args()
    headed("Subscribers of one server process on SQLite; the subscribers are in one process beside it")
    rows = []
    for count in map(int, given.subscribers.split(",")):
        for alike in (True, False):
            rows.append(await measure(count, given.events, alike, given.sse))
            say(f"  {' '.join(rows[-1])}")
    table(
        [
            "over",
            "subscribers",
            "they ask",
            "idle MB",
            "connected MB",
            "kB each",
            "after all MB",
            "to connect s",
            "one event, until all have it, ms",
            "events sent a second, in a burst",
        ],
        rows,
    )


if __name__ == "__main__":
    asyncio.run(main())
