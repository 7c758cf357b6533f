"""What commands share: their options for the stores, opening those, and how a command ends."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from sqlmodel import Session

from gqlregistry.app.server import AddressUnusable, KeyNeeded
from gqlregistry.app.workers import WorkersFailed
from gqlregistry.errors import RegistryError, Unavailable
from gqlregistry.services import DataFolderUnusable, Services, make_data_folder, open_services
from gqlregistry.settings import PREFIX, Settings
from gqlregistry.store import Database, open_database
from gqlregistry.store.blobs import BlobStore, open_blobs
from gqlregistry.store.migrations import NewerSchema

T = TypeVar("T")

Data = Annotated[Path | None, typer.Option(help="Folder for the SQLite file and the blobs.")]
BlobsUrl = Annotated[str | None, typer.Option(metavar="URL", help="file:///FOLDER, s3://…, gs://…, az://…")]
ReadDatabaseUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="postgresql://… that follows the database, to answer queries.")
]
DatabaseUrl = Annotated[str | None, typer.Option(metavar="URL", help="sqlite:///PATH or postgresql://…")]


class ExitCode(IntEnum):
    """How a command ended, for scripts. 1 is an error of ours, with a traceback."""

    DONE = 0
    USAGE = 2
    ADDRESS = 3
    DATA_FOLDER = 4
    UNAVAILABLE = 5
    NEWER_SCHEMA = 6
    KEY_NEEDED = 7
    AUDIT_FAILED = 8
    WORKERS = 9
    BLOBS_DAMAGED = 10
    LEFT_OUT = 11


def in_services(use: Callable[[Services], Awaitable[T]], **given: Any) -> T:
    """Use the stores that the options name, as a server would."""

    async def scenario(settings: Settings) -> T:
        async with open_services(settings) as services:
            return await use(services)

    with telling_failures():
        return asyncio.run(scenario(settings_of(**given)))


def in_database(work: Callable[[Session], T], **given: Any) -> T:
    """Run a rule in a transaction of the database that the options name, once its schema is this program's."""
    return with_database(lambda database: database.write(work), **given)


def with_stores(use: Callable[[Database, BlobStore], Awaitable[T]], **given: Any) -> T:
    """Use the database and the blob store that the options name, without making what every server has."""

    def opened(database: Database) -> Awaitable[T]:
        settings = settings_of(**given)
        return use(database, open_blobs(settings.blobs, settings.data))

    return with_database(opened, **given)


def with_database(use: Callable[[Database], Awaitable[T]], **given: Any) -> T:
    """Use the database that the options name, once its schema is this program's."""

    async def scenario(database: Database) -> T:
        try:
            await database.upgrade()
            return await use(database)
        finally:
            await database.close()

    with telling_failures():
        settings = settings_of(**given)
        if not settings.database:
            make_data_folder(settings.data)
        return asyncio.run(scenario(open_database(settings.database, settings.data)))


def settings_of(**given: Any) -> Settings:
    """The settings, with the options that were given. Raises `ValidationError`."""
    return Settings(**{name: value for name, value in given.items() if value is not None})


@contextmanager
def telling_failures() -> Iterator[None]:
    """End the command by its exit code, and in one line, for what a person can mend."""
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        fail(ExitCode.USAGE, f"--{name.replace('_', '-')} or {PREFIX}{name.upper()}: {first['msg']}")
    except AddressUnusable as error:
        fail(ExitCode.ADDRESS, str(error))
    except WorkersFailed as error:
        fail(ExitCode.WORKERS, str(error))
    except KeyNeeded as error:
        fail(ExitCode.KEY_NEEDED, str(error))
    except NewerSchema as error:
        fail(ExitCode.NEWER_SCHEMA, error.message)
    except DataFolderUnusable as error:
        fail(ExitCode.DATA_FOLDER, error.message)
    except Unavailable as error:
        fail(ExitCode.UNAVAILABLE, error.message)
    except RegistryError as error:
        fail(ExitCode.USAGE, error.message)


def fail(code: ExitCode, message: str) -> NoReturn:
    """End the command so."""
    typer.echo(f"gqlregistry: {message}", err=True)
    raise typer.Exit(code)
