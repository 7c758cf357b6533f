"""Who may use the server, remembered from one request to the next."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeAlias

from sqlmodel import Session

from gqlregistry.auth import Principal
from gqlregistry.errors import RegistryError, Unauthenticated
from gqlregistry.registry import keys
from gqlregistry.sessions import KeyMark
from gqlregistry.store import Database
from gqlregistry.store.changes import News
from gqlregistry.store.tables import ApiKey, EventKind

Memory: TypeAlias = dict[str, tuple[float, Principal | None]]
"""When it was asked who that is, and who it was."""

Find: TypeAlias = Callable[[], Awaitable[Principal | None]]


class Access:
    """Who an API key stands for, and whether one is needed: remembered for a moment, since every request asks.

    What this process changes is seen at once; what another does (`gqlregistry key create`), and that a key expires,
    within `LAST_SECONDS`, as a rule within `SECONDS`: from then on it is asked again, while nobody waits for that.
    """

    SECONDS = 1.0
    LAST_SECONDS = 3.0
    MOST = 4096

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: Memory = {}
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._finding: dict[str, asyncio.Task[Principal | None]] = {}
        database.changes.listen(self._forget)

    async def local_user(self, local: Principal) -> Principal | None:
        """The local user, as long as no key was ever made."""

        async def find() -> Principal | None:
            return None if await self._database.read(keys.any_key_exists) else local

        return await self._remembered("", find)

    async def holder(self, secret: str) -> Principal:
        """Who holds this secret. Raises `Unauthenticated`."""
        return await self._holder(keys.secret_digest(secret), lambda session: keys.identify(session, secret))

    async def holder_in_session(self, key: KeyMark) -> Principal:
        """Who signed in with this key. Raises `Unauthenticated`."""

        def work(session: Session) -> tuple[Principal, ApiKey]:
            principal, row = keys.identify_by_id(session, key.key_id)
            if KeyMark.of(row.id, row.digest) != key:
                raise Unauthenticated(keys.INVALID)
            return principal, row

        return await self._holder(f"{key.key_id} {key.mark}", work)

    async def close(self) -> None:
        """Give up what nobody waits for."""
        tasks = [*self._asking.values(), *self._finding.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _holder(self, name: str, work: Callable[[Session], tuple[Principal, ApiKey]]) -> Principal:
        async def find() -> Principal:
            principal, key = await self._database.read(work)
            if keys.is_stale(key):
                await self._database.write(lambda session: keys.touch(session, key))
            return principal

        found = await self._remembered(name, find)
        assert found is not None
        return found

    async def _remembered(self, name: str, find: Find) -> Principal | None:
        # Access may change while it is asked for: then there is another memory, and this one is not read again.
        memory = self._known
        asked_at, found = memory.get(name, (-math.inf, None))
        age = monotonic() - asked_at
        if age > self.LAST_SECONDS:
            return await self._find(memory, name, find)
        if age > self.SECONDS and name not in self._asking:
            task = self._asking[name] = asyncio.create_task(self._find_again(memory, name, find))
            task.add_done_callback(lambda _: self._asking.pop(name))
        return found

    async def _find(self, memory: Memory, name: str, find: Find) -> Principal | None:
        """Many connections may ask at once who one key is: they wait for one answer."""
        finding = self._finding
        task = finding.get(name)
        if task is None:
            task = finding[name] = asyncio.create_task(self._ask(memory, name, find))
            task.add_done_callback(lambda done: _done(finding, name, done))
        return await asyncio.shield(task)

    async def _ask(self, memory: Memory, name: str, find: Find) -> Principal | None:
        now = monotonic()
        found = await find()
        if len(memory) >= self.MOST:
            memory.clear()
        memory[name] = now, found
        return found

    async def _find_again(self, memory: Memory, name: str, find: Find) -> None:
        try:
            await self._find(memory, name, find)
        except RegistryError:
            # Whoever asks next waits for the answer, and is told.
            memory.pop(name, None)

    def _forget(self, news: News) -> None:
        if news.vague or is_about_access(news):
            # A new one: who is being looked up at this moment must not be remembered as they were.
            self._known, self._finding = {}, {}


def _done(finding: dict[str, asyncio.Task[Principal | None]], name: str, task: asyncio.Task[Principal | None]) -> None:
    del finding[name]
    if not task.cancelled():
        # Who waited was told; if they have all gone, nobody else needs to be.
        task.exception()


_ABOUT_ACCESS = {EventKind.API_KEY_CREATED, EventKind.API_KEY_REVOKED, EventKind.USER_DELETED, EventKind.USER_CREATED}


def is_about_access(news: News) -> bool:
    """Whether some may be known now who were not, or the other way round."""
    return not _ABOUT_ACCESS.isdisjoint(news.kinds)
