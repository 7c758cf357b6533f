"""What a running server works with, and who may use it. The doors ask here for both."""

import ipaddress
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session
from starlette.requests import HTTPConnection

from gqlregistry.auth import Principal
from gqlregistry.capabilities import FileLinks
from gqlregistry.errors import Unauthenticated, Unavailable
from gqlregistry.plan.driver import Driver, driver_for
from gqlregistry.registry import keys
from gqlregistry.registry.people import ensure_defaults
from gqlregistry.settings import Settings
from gqlregistry.store import Database, open_database
from gqlregistry.store.blobs import BlobStore, open_blobs

T = TypeVar("T")


class DataFolderUnusable(Unavailable):
    """The data folder can't be made or written."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that lives as long as the server does."""

    settings: Settings
    database: Database
    driver: Driver
    blobs: BlobStore
    links: FileLinks
    local: Principal
    """The local user: whoever asks while there are no keys, and who acts for links."""

    def base_url(self, connection: HTTPConnection) -> str:
        """The server's URL as the client sees it, without a slash at its end."""
        return (self.settings.public_url or str(connection.base_url)).rstrip("/")

    async def principal(self, connection: HTTPConnection) -> Principal:
        """Who asks with a bearer's token. Raises `Unauthenticated` as `principal_of_key`."""
        scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
        return await self.principal_of_key(connection, secret.strip() if scheme.lower() == "bearer" else "")

    async def principal_of_key(self, connection: HTTPConnection, secret: str) -> Principal:
        """Who asks with an API key. Raises `Unauthenticated` unless a key that is needed is there and good.

        No key is needed while none was ever made, the server listens on a loopback address, and the request calls
        it by a loopback name: one through a proxy, or from a web page that had its name resolved to us, does not.
        """
        local = is_loopback(self.settings.host) and is_loopback(connection.url.hostname or "")
        if local and not await read(self.database, keys.any_key_exists):
            return self.local
        if not secret:
            raise Unauthenticated("an API key is needed: send it as `Authorization: Bearer KEY`")
        principal, key = await read(self.database, lambda session: keys.identify(session, secret))
        if keys.is_stale(key):
            await self.database.write(lambda session: keys.touch(session, key))
        return principal


def services_of(connection: HTTPConnection) -> Services:
    """The services of the server that handles this request."""
    services: Services = connection.app.state.services
    return services


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Open the stores, upgrade the schema, make what every server has. Closes all of it at the end.

    Raises `BadInput` for a URL that can't be used, `Unavailable` and its kinds for what can't be reached.
    """
    if not (settings.database and settings.blobs):
        make_data_folder(settings.data)
    async with AsyncExitStack() as stack:
        database = open_database(settings.database, settings.data)
        stack.push_async_callback(database.close)
        await database.upgrade()
        driver = driver_for(database)
        stack.push_async_callback(driver.close)
        blobs = open_blobs(settings.blobs, settings.data)
        await blobs.sweep()
        links = FileLinks(await blobs.secret("file-links"), settings.file_url_seconds)
        defaults = await database.write(ensure_defaults)
        yield Services(settings, database, driver, blobs, links, defaults.local)


async def read(database: Database, work: Callable[[Session], T]) -> T:
    """Run a rule that only reads."""
    async with database.read() as connection:
        return await connection.run_sync(lambda bound: work(Session(bound)))


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


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach, or mean, an address."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
