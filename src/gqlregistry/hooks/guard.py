"""Connections to where webhooks may go. A name is looked up once, and what was found is what is connected to.

So a name that means another address a moment later (DNS rebinding) leads nowhere else. TLS still asks for the name.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import httpcore

from gqlregistry.registry.reach import Reach

LOOKUPS = 16
"""How many names are looked up at once: a name server that hangs holds up nobody else's work."""

Resolve: TypeAlias = Callable[[str, int], Awaitable[list[str]]]
"""The IP addresses of a host."""


class NotAllowed(Exception):
    """A host has no address that may be connected to."""


class Resolver:
    """Looks names up by the system, in threads of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS, "webhook-names")

    async def __call__(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, self._look_up, host, port)
        return list(dict.fromkeys(found))

    @staticmethod
    def _look_up(host: str, port: int) -> list[str]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [str(address[0]).partition("%")[0] for *_, address in found]

    def close(self) -> None:
        """Look up no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Guarded(httpcore.AsyncNetworkBackend):
    """A network in which there are only the addresses that are allowed. Raises `NotAllowed` for others."""

    def __init__(self, reach: Reach, resolve: Resolve) -> None:
        self._reach = reach
        self._resolve = resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"{host} could not be looked up in time") from None
        except OSError as error:
            raise httpcore.ConnectError(f"{host} is not known: {error}") from error
        allowed = [address for address in addresses if self._reach.allows(address)]
        if not allowed:
            raise NotAllowed(f"{host} has no address that webhooks may be sent to")
        for address in allowed[:-1]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(allowed[-1], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        raise NotAllowed("webhooks are sent over TCP only")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
