"""What the ordinary executor has in place of a plan: equal readings of one moment are joined into one."""

import asyncio
from collections.abc import Awaitable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

from strawberry.dataloader import DataLoader

from gqlregistry.plan.driver import Driver
from gqlregistry.plan.reader import Reader, Request


def _seen(future: asyncio.Future[Any]) -> None:
    """Take note of the error of a value that the executor may have given up."""
    if not future.cancelled():
        future.exception()


@dataclass(frozen=True, slots=True)
class Shared:
    """A value that several fields wait for. If one is given up, as a sibling failed, the others are not."""

    loaded: Awaitable[Any]

    def __await__(self) -> Generator[Any, Any, Any]:
        return asyncio.shield(self.loaded).__await__()


class LoaderBatch:
    """A DataLoader for each reader and arguments, for the length of one operation."""

    def __init__(self, driver: Driver, request: Request) -> None:
        self._driver = driver
        self._request = request
        self._loaders: dict[Any, DataLoader[Any, Any]] = {}
        self._running: set[asyncio.Future[Any]] = set()

    def load(self, reader: Reader, arguments: Mapping[str, Any], key: Any) -> Any:
        """An awaitable of what the reader answers for this key."""
        which = (reader, repr(sorted(arguments.items())))
        loader = self._loaders.get(which)
        if loader is None:

            async def load_keys(keys: list[Any]) -> list[Any]:
                prepared = reader.prepare(self._request, arguments)
                running = asyncio.ensure_future(self._driver.run(reader.read(self._request, keys, prepared, None)))
                self._running.add(running)
                running.add_done_callback(self._running.discard)
                found = await running
                return [found.get(key) for key in keys]

            loader = self._loaders[which] = DataLoader(load_fn=load_keys)
        loaded = asyncio.ensure_future(loader.load(key))
        loaded.add_done_callback(_seen)
        return Shared(loaded)

    def close(self) -> None:
        """Give up what is being read: nobody waits for it any more. And let go of loaders, which know this batch."""
        for running in list(self._running):
            running.cancel()
        self._loaders.clear()

    def forget(self) -> None:
        """Forget what was read: a mutation has changed it."""
        self._loaders.clear()
