"""The command line. A failure that a person can mend ends in one line that says how, and in its own exit code."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from sqlmodel import Session

from gqlregistry import __version__, backup, logs
from gqlregistry.app.server import AddressUnusable, KeyNeeded
from gqlregistry.app.stored_bytes import damaged
from gqlregistry.app.upkeep import collect_bytes
from gqlregistry.app.workers import WorkersFailed, run
from gqlregistry.demo import inside, over_http, zoo
from gqlregistry.errors import NotFound, RegistryError, Unavailable
from gqlregistry.registry import audit, checkpoints, find, keys, people
from gqlregistry.registry.blobs import unheld
from gqlregistry.registry.change import Change
from gqlregistry.schema.schema import public_schema
from gqlregistry.schema.trusted import read_documents
from gqlregistry.services import DataFolderUnusable, Services, make_data_folder, open_services, read
from gqlregistry.settings import PREFIX, Settings
from gqlregistry.store import Database, open_database
from gqlregistry.store.blobs import BlobStore, open_blobs
from gqlregistry.store.migrations import NewerSchema
from gqlregistry.store.tables import ApiKey, Entity, EntityKind, KeyScope

T = TypeVar("T")


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


main = typer.Typer(
    name="gqlregistry",
    help="The open, self-hosted artifact registry for machine learning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
key_commands = typer.Typer(help="API keys.", no_args_is_help=True)
database_commands = typer.Typer(help="The database.", no_args_is_help=True)
blob_commands = typer.Typer(help="The bytes of all files.", no_args_is_help=True)
audit_commands = typer.Typer(help="The log of all actions.", no_args_is_help=True)
main.add_typer(key_commands, name="key")
main.add_typer(database_commands, name="db")
main.add_typer(audit_commands, name="audit")
main.add_typer(blob_commands, name="blobs")

Data = Annotated[Path | None, typer.Option(help="Folder for the SQLite file and the blobs.")]
BlobsUrl = Annotated[str | None, typer.Option(metavar="URL", help="file:///FOLDER, s3://…, gs://…, az://…")]
DatabaseUrl = Annotated[str | None, typer.Option(metavar="URL", help="sqlite:///PATH or postgresql://…")]


@main.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="8000")] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
    workers: Annotated[int | None, typer.Option(help="How many processes serve.", show_default="1")] = None,
    with_demo: Annotated[bool, typer.Option("--demo", help="Make the demo first, unless it is there.")] = False,
) -> None:
    """Serve the registry until told to stop."""

    async def make_demo(services: Services) -> None:
        typer.echo("gqlregistry makes the demo unless it is there; that takes some seconds", err=True)
        await inside.play(services)

    def announce(url: str) -> None:
        typer.echo(f"gqlregistry {__version__} serves {url}")
        typer.echo(f"  GraphiQL  {url}/graphql")
        typer.echo(f"  health    {url}/healthz  {url}/readyz")
        if with_demo:
            typer.echo(f"  demo      artifact {zoo.MODEL}, collection {zoo.REGISTERED}; see docs/quickstart.md")

    with _telling_failures():
        settings = _settings(host=host, port=port, data=data, database=database, blobs=blobs, workers=workers)
        logs.configure(settings.log_level, settings.log_format)
        run(settings, announce, make_demo if with_demo else None)


@main.command()
def demo(
    url: Annotated[str, typer.Argument(metavar="URL", help="A running server.")],
    key: Annotated[
        str | None, typer.Option(envvar="WANDB_API_KEY", help="An admin's key, if the server asks for keys.")
    ] = None,
) -> None:
    """Make the demo on a running server, through its public API."""
    with _telling_failures():
        made = asyncio.run(over_http.play(url, key))
    typer.echo("The demo is made." if made else "The demo is there already, or was: nothing is changed.")


@key_commands.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="The user that the key stands for. Made unless there.")],
    key: Annotated[str | None, typer.Option(help="A secret of your own, 40 characters or more.")] = None,
    scope: Annotated[
        KeyScope | None,
        typer.Option(case_sensitive=False, help="How much it may do. [default: all that NAME may]", show_default=False),
    ] = None,
    admin: Annotated[bool, typer.Option("--admin", help="The same as --scope admin.")] = False,
    label: Annotated[str, typer.Option(help="What to call it.")] = "made by gqlregistry key create",
    days: Annotated[float | None, typer.Option(help="After how many days it stops working.")] = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Make an API key and print it: it can't be read again. From the first one on, everybody needs a key."""
    if admin and scope not in (None, KeyScope.ADMIN):
        _fail(ExitCode.USAGE, "--admin is --scope admin, and another scope is given")

    def work(session: Session) -> str:
        change = Change(session, people.ensure_defaults(session).local)
        try:
            find.entity(session, name, kinds=(EntityKind.USER,))
        except NotFound:
            people.create_user(change, name)
        expires_at = None if days is None else change.now + timedelta(days=days)
        _, secret = keys.create_key(change, name, label, key, KeyScope.ADMIN if admin else scope, expires_at)
        change.finish()
        return secret

    typer.echo(_in_database(work, data=data, database=database))


@key_commands.command("list")
def list_keys(data: Data = None, database: DatabaseUrl = None) -> None:
    """Print all API keys that are good, a line each: number, owner, scope, last use, expiry, label."""

    def work(session: Session) -> list[str]:
        return ["\t".join(_told_of_key(key, owner)) for key, owner in keys.good_keys(session)]

    for line in _in_database(work, data=data, database=database):
        typer.echo(line)


@key_commands.command("revoke")
def revoke_key(
    number: Annotated[int, typer.Argument(help="The key's number, as `key list` prints it.")],
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Revoke an API key: within a second it is taken nowhere, and the sessions begun with it are over."""

    def work(session: Session) -> None:
        change = Change(session, people.ensure_defaults(session).local)
        keys.revoke_key(change, number)
        change.finish()

    _in_database(work, data=data, database=database)


def _told_of_key(key: ApiKey, owner: Entity) -> tuple[str, ...]:
    used = "never used" if key.last_used_at is None else f"used {key.last_used_at:%Y-%m-%d %H:%M}"
    expires = "" if key.expires_at is None else f"until {key.expires_at:%Y-%m-%d %H:%M}"
    return str(key.id), owner.name, key.scope.lower(), used, expires, key.label


@database_commands.command("upgrade")
def upgrade_database(data: Data = None, database: DatabaseUrl = None) -> None:
    """Bring the database's schema to this program's. `serve` does it by itself."""
    _in_database(lambda session: None, data=data, database=database)
    typer.echo("The database has this program's schema.")


@audit_commands.command("verify")
def verify_audit(
    checkpoint: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Checkpoints, a line each: the log must still hold what they tell."),
    ] = None,
    signed_by: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="The server that signed them. [default: this one]", show_default=False),
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
) -> None:
    """Check that no line of the log was edited, dropped or inserted afterwards."""

    def work(session: Session, told: list[checkpoints.Checkpoint]) -> list[str]:
        return [str(broken) for broken in audit.verify(session, told)] + [
            f"the log tells otherwise than the tables: {what}" for what in audit.differences(session)
        ]

    async def verify(opened: Database, files: BlobStore) -> list[str]:
        assert checkpoint is not None, "there are some"
        server = signed_by or checkpoints.server_key(await files.secret(checkpoints.SECRET))
        told = checkpoints.read_checkpoints(checkpoint.read_bytes().splitlines(), server)
        return await read(opened, lambda session: work(session, told))

    # In one snapshot, and without keeping others from writing meanwhile.
    if checkpoint is None:
        found = _with_database(
            lambda opened: read(opened, lambda session: work(session, [])), data=data, database=database
        )
    else:
        if not checkpoint.is_file():
            _fail(ExitCode.USAGE, f"there is no file {checkpoint}")
        found = _with_stores(verify, data=data, database=database, blobs=blobs)
    for line in found:
        typer.echo(line)
    if found:
        raise typer.Exit(ExitCode.AUDIT_FAILED)
    typer.echo("The log is whole.")


@audit_commands.command("checkpoint")
def take_checkpoint(data: Data = None, database: DatabaseUrl = None, blobs: BlobsUrl = None) -> None:
    """Print a signed line that tells how far the log has come, once it is verified. Keep it elsewhere."""

    async def take(opened: Database, files: BlobStore) -> str:
        secret = await files.secret(checkpoints.SECRET)

        def work(session: Session) -> str:
            if audit.verify(session):
                _fail(ExitCode.AUDIT_FAILED, "the log is not whole: `gqlregistry audit verify` says where")
            return checkpoints.take(session, secret, datetime.now(UTC)).decode()

        return await read(opened, work)

    typer.echo(_with_stores(take, data=data, database=database, blobs=blobs))


@blob_commands.command("verify")
def verify_blobs(
    quick: Annotated[bool, typer.Option("--quick", help="Only look whether they are there, with their sizes.")] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
) -> None:
    """Check that the bytes of all files are there and are what they were. May run beside a server."""

    async def verify(services: Services) -> int:
        found = 0
        async for line in damaged(services, quick):
            typer.echo(line)
            found += 1
        return found

    if _in_services(verify, data=data, database=database, blobs=blobs):
        raise typer.Exit(ExitCode.BLOBS_DAMAGED)
    typer.echo("All bytes are there.")


@blob_commands.command("collect")
def collect_blobs(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which bytes nothing holds.")] = False,
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
) -> None:
    """Remove the bytes that nothing has held for the grace time, as `serve` does by itself."""

    async def collect(services: Services) -> list[tuple[str, int]]:
        if not dry_run:
            await collect_bytes(services)
        return await read(services.database, lambda session: list(unheld(session)))

    rest = _in_services(collect, data=data, database=database, blobs=blobs)
    if dry_run:
        for digest, size in rest:
            typer.echo(f"{digest}\t{size}")
    typer.echo(f"{len(rest)} files, {sum(size for _, size in rest)} bytes, are held by nothing.", err=True)


@main.command("backup")
def take_backup(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where to; an older one there is brought up to date.")
    ],
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
) -> None:
    """Copy the database and the bytes into a folder, also while servers write."""
    given = {"data": data, "database": database, "blobs": blobs}
    copied = _with_stores(lambda rows, files: backup.back_up(rows, files, folder), **given)
    typer.echo(f"The backup is whole: {copied}.")


@main.command("restore")
def restore_backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `gqlregistry backup` has made.")],
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
) -> None:
    """Fill an empty database, and a blob store, from a backup; either kind from either. Verifies all of it."""
    given = {"data": data, "database": database, "blobs": blobs}
    copied = _with_stores(lambda rows, files: backup.restore(rows, files, folder), **given)
    typer.echo(f"All is restored and verified: {copied}.")


@main.command()
def schema() -> None:
    """Print the GraphQL schema."""
    typer.echo(public_schema().as_str())


@main.command()
def documents(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of `*.graphql` files.")],
) -> None:
    """Check trusted documents, and print their ids and names: what a server started with them would take."""
    with _telling_failures():
        settings = _settings(documents=folder)
        found = read_documents(folder, public_schema()._schema, settings.max_query_tokens)
    for document in found:
        typer.echo(f"{document.id}\t{document.name}")


def _in_services(use: Callable[[Services], Awaitable[T]], **given: Any) -> T:
    """Use the stores that the options name, as a server would."""

    async def scenario(settings: Settings) -> T:
        async with open_services(settings) as services:
            return await use(services)

    with _telling_failures():
        return asyncio.run(scenario(_settings(**given)))


def _in_database(work: Callable[[Session], T], **given: Any) -> T:
    """Run a rule in a transaction of the database that the options name, once its schema is this program's."""
    return _with_database(lambda database: database.write(work), **given)


def _with_stores(use: Callable[[Database, BlobStore], Awaitable[T]], **given: Any) -> T:
    """Use the database and the blob store that the options name, without making what every server has."""

    def opened(database: Database) -> Awaitable[T]:
        settings = _settings(**given)
        return use(database, open_blobs(settings.blobs, settings.data))

    return _with_database(opened, **given)


def _with_database(use: Callable[[Database], Awaitable[T]], **given: Any) -> T:
    """Use the database that the options name, once its schema is this program's."""

    async def scenario(database: Database) -> T:
        try:
            await database.upgrade()
            return await use(database)
        finally:
            await database.close()

    with _telling_failures():
        settings = _settings(**given)
        if not settings.database:
            make_data_folder(settings.data)
        return asyncio.run(scenario(open_database(settings.database, settings.data)))


def _settings(**given: Any) -> Settings:
    return Settings(**{name: value for name, value in given.items() if value is not None})


@contextmanager
def _telling_failures() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        _fail(ExitCode.USAGE, f"--{name.replace('_', '-')} or {PREFIX}{name.upper()}: {first['msg']}")
    except AddressUnusable as error:
        _fail(ExitCode.ADDRESS, str(error))
    except WorkersFailed as error:
        _fail(ExitCode.WORKERS, str(error))
    except KeyNeeded as error:
        _fail(ExitCode.KEY_NEEDED, str(error))
    except NewerSchema as error:
        _fail(ExitCode.NEWER_SCHEMA, error.message)
    except DataFolderUnusable as error:
        _fail(ExitCode.DATA_FOLDER, error.message)
    except Unavailable as error:
        _fail(ExitCode.UNAVAILABLE, error.message)
    except RegistryError as error:
        _fail(ExitCode.USAGE, error.message)


def _fail(code: ExitCode, message: str) -> NoReturn:
    typer.echo(f"gqlregistry: {message}", err=True)
    raise typer.Exit(code)
