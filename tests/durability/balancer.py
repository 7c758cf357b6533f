"""One address before several servers, as a load balancer gives: each connection goes to one that answers."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Balancer:
    """`ports` are those of the servers that it knows; one that refuses a connection is passed over."""

    url: str = ""
    ports: list[int] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    """How many connections each has got."""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection, to the end of either side."""
        try:
            for port in random.sample(self.ports, len(self.ports)):
                with suppress(OSError):
                    behind, ahead = await asyncio.open_connection("127.0.0.1", port)
                    break
            else:
                return
            self.taken[port] = self.taken.get(port, 0) + 1
            sides = [asyncio.create_task(_carry(reader, ahead)), asyncio.create_task(_carry(behind, writer))]
            try:
                await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for side in sides:
                    side.cancel()
                await asyncio.gather(*sides, return_exceptions=True)
                ahead.transport.abort()
        finally:
            writer.close()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()


@asynccontextmanager
async def balancing() -> AsyncIterator[Balancer]:
    """A balancer on a free port."""
    balancer = Balancer()
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        with suppress(asyncio.CancelledError):
            await balancer.handle(reader, writer)

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    balancer.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield balancer
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks)
