"""What a running server works with, and who may use it. The doors ask here for both."""

import ipaddress
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from gqlregistry.access import Access, is_about_access
from gqlregistry.allowance import Allowances
from gqlregistry.apart import Apart
from gqlregistry.auth import Principal
from gqlregistry.capabilities import FileLinks
from gqlregistry.errors import Forbidden, Unauthenticated, Unavailable
from gqlregistry.hooks import Dispatcher, Patience, Sender
from gqlregistry.live import Live
from gqlregistry.plan.driver import Driver, PostgreSQLDriver, driver_for
from gqlregistry.registry.people import ensure_defaults
from gqlregistry.registry.reach import Reach
from gqlregistry.sessions import Sessions, is_from_elsewhere
from gqlregistry.settings import Settings
from gqlregistry.store import Database, Replica, open_database, open_replica
from gqlregistry.store.blobs import BlobStore, open_blobs
from gqlregistry.turns import Turns

T = TypeVar("T")

LONG_QUERIES = "gqlregistry.schema.apart"
"""The module that the process for long queries runs: it knows the schema, which is none of this room's business."""


class DataFolderUnusable(Unavailable):
    """The data folder can't be made or written."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that lives as long as the server does."""

    settings: Settings
    database: Database
    driver: Driver
    queries: Driver
    """Reads for queries: where there is a replica, from that. Whoever goes on to write reads by `driver`."""
    replica: Replica | None
    blobs: BlobStore
    links: FileLinks
    sessions: Sessions
    local: Principal
    """The local user: whoever asks while there are no keys, and who acts for links."""
    access: Access
    live: Live
    reach: Reach
    """Where webhooks may go."""
    hooks: Dispatcher
    """Tells webhooks, once it is set going."""
    allowances: Allowances
    turns: Turns
    apart: Apart | None
    """Answers long queries while several users ask, unless that is turned off."""

    def base_url(self, connection: HTTPConnection) -> str:
        """The server's URL as the client sees it, without a slash at its end."""
        # A WebSocket's is `ws://…`, or `wss://…`.
        called = str(connection.base_url.replace(scheme=connection.base_url.scheme.replace("ws", "http")))
        return (self.settings.public_url or called).rstrip("/")

    def is_https(self, connection: HTTPConnection) -> bool:
        """Whether the client came by https."""
        return self.base_url(connection).startswith("https:")

    async def principal(self, connection: HTTPConnection) -> Principal:
        """Who asks with a bearer's token, or in a session. Raises as `principal_of_key`."""
        return await self.principal_of_key(connection, bearer(connection.headers.get("authorization", "")))

    async def principal_of_key(self, connection: HTTPConnection, secret: str) -> Principal:
        """Who asks: the local user, the holder of an API key, or who signed in with one, in this order.

        Raises `Unauthenticated` for nobody of these, after a moment, and `Forbidden` for what a page of another origin
        would change by a browser that is let in without a key.
        """
        try:
            return await self._principal(connection, secret)
        except Unauthenticated:
            await self.turns.hold_back(connection.client.host if connection.client else "")
            raise

    async def _principal(self, connection: HTTPConnection, secret: str) -> Principal:
        local = await self.local_user(connection)
        if local is not None:
            self.require_own_origin(connection)
            return local
        if secret:
            return await self.access.holder(secret)
        key = self.sessions.key_of(connection)
        if key is None:
            raise Unauthenticated("an API key is needed: send it as `Authorization: Bearer KEY`, or sign in")
        self.require_own_origin(connection)
        return await self.access.holder_in_session(key)

    async def local_user(self, connection: HTTPConnection) -> Principal | None:
        """The local user, if the request is let in without a key.

        No key is needed while none was ever made, there is no single sign-on, the server listens on a loopback address
        and has no public URL but such a one, and the request calls it by a loopback name: one from a web page that had
        its name resolved to us does not, and one through a proxy may, but often says that it was passed on.
        """
        settings = self.settings
        if settings.oidc_issuer is not None or not is_loopback(settings.host):
            return None
        names = connection.url.hostname, urlsplit(settings.public_url or "//localhost").hostname
        if not all(is_loopback(name or "") for name in names) or not _PASSED_ON.isdisjoint(connection.headers):
            return None
        return await self.access.local_user(self.local)

    def require_own_origin(self, connection: HTTPConnection) -> None:
        """Raise `Forbidden` for what a page of another origin sends that may change something."""
        if is_from_elsewhere(connection, self.base_url(connection)):
            raise Forbidden("a web page of another origin may not do this: ask with an API key")


_PASSED_ON = {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"}
"""What proxies add to a request."""


def bearer(authorization: str) -> str:
    """The API key in an `Authorization`; empty if there is none."""
    scheme, _, secret = authorization.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def services_of(connection: HTTPConnection) -> Services:
    """The services of the server that handles this request."""
    services: Services = connection.app.state.services
    return services


@dataclass(frozen=True, slots=True)
class Stores:
    """A database, and the ways to read it that `Services` tells of."""

    database: Database
    driver: Driver
    queries: Driver
    replica: Replica | None


@asynccontextmanager
async def open_stores(settings: Settings) -> AsyncIterator[Stores]:
    """The database that settings name, as it is. Closes it at the end. Raises `BadInput` for what is no URL of one."""
    async with AsyncExitStack() as stack:
        database = open_database(settings.database, settings.data)
        stack.push_async_callback(database.close)
        replica = open_replica(settings.read_database, database)
        if replica is not None:
            stack.push_async_callback(replica.close)
        driver = driver_for(database)
        stack.push_async_callback(driver.close)
        yield Stores(database, driver, driver if replica is None else PostgreSQLDriver(replica), replica)


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Open the stores, upgrade the schema, make what every server has. Closes all of it at the end.

    Raises `BadInput` for a URL that can't be used, `Unavailable` and its kinds for what can't be reached.
    """
    if not (settings.database and settings.blobs):
        make_data_folder(settings.data)
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(settings))
        database, driver = stores.database, stores.driver
        await database.upgrade()
        blobs = open_blobs(settings.blobs, settings.data, settings.bucket_links)
        links = FileLinks(await blobs.secret("file-links"), settings.file_url_seconds)
        defaults = await database.write(ensure_defaults)
        sessions = Sessions(await blobs.secret("sessions"), settings.session_seconds)
        access = Access(database)
        stack.push_async_callback(access.close)
        live = Live(database, driver, settings.max_subscribers, is_about_access)
        stack.push_async_callback(live.close)
        reach = Reach(settings.webhook_private_addresses, settings.webhook_plain_http)
        patience = Patience(failing=timedelta(seconds=settings.webhook_failing_seconds))
        apart = Apart(LONG_QUERIES, (settings, links)) if settings.long_queries_apart else None
        if apart is not None:
            stack.push_async_callback(apart.close)
        hooks = Dispatcher(database, live.log, defaults.local, Sender(reach), patience)
        yield Services(
            settings,
            database,
            driver,
            stores.queries,
            stores.replica,
            blobs,
            links,
            sessions,
            defaults.local,
            access,
            live,
            reach,
            hooks,
            Allowances(settings.rate_limit),
            Turns(),
            apart,
        )


def make_data_folder(folder: Path) -> None:
    """Make the data folder, for its owner only, unless it is there. Raises `DataFolderUnusable`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink(missing_ok=True)
    except OSError as error:
        raise DataFolderUnusable(
            f"the data folder {folder.absolute()} can't be written ({error.strerror}): "
            "choose another with --data, or give it to the user who runs gqlregistry"
        ) from error


@lru_cache(maxsize=1024)
def is_loopback(host: str) -> bool:
    """Whether only this machine can reach, or mean, an address."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
