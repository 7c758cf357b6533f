"""The database and the bytes: their state, their copies."""

from pathlib import Path
from typing import Annotated

import typer

from gqlregistry import backup
from gqlregistry.app.stored_bytes import damaged
from gqlregistry.app.upkeep import collect_bytes
from gqlregistry.cli.opening import (
    BlobsUrl,
    Data,
    DatabaseUrl,
    ExitCode,
    in_database,
    in_services,
    with_database,
    with_stores,
)
from gqlregistry.registry.blobs import unheld
from gqlregistry.services import Services

database_commands = typer.Typer(help="The database.", no_args_is_help=True)
blob_commands = typer.Typer(help="The bytes of all files.", no_args_is_help=True)
backup_commands = typer.Typer()


@database_commands.command("upgrade")
def upgrade_database(data: Data = None, database: DatabaseUrl = None) -> None:
    """Bring the database's schema to this program's. `serve` does it by itself."""
    in_database(lambda session: None, data=data, database=database)
    typer.echo("The database has this program's schema.")


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

    if in_services(verify, data=data, database=database, blobs=blobs):
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
        return await services.database.read(lambda session: list(unheld(session)))

    rest = in_services(collect, data=data, database=database, blobs=blobs)
    if dry_run:
        for digest, size in rest:
            typer.echo(f"{digest}\t{size}")
    typer.echo(f"{len(rest)} files, {sum(size for _, size in rest)} bytes, are held by nothing.", err=True)


@backup_commands.command("backup")
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
    copied = with_stores(lambda rows, files: backup.back_up(rows, files, folder), **given)
    typer.echo(f"The backup is whole: {copied}.")


@backup_commands.command("restore")
def restore_backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `gqlregistry backup` has made.")],
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
) -> None:
    """Fill an empty database, and a blob store, from a backup; either kind from either. Verifies all of it."""
    given = {"data": data, "database": database, "blobs": blobs}
    copied = with_stores(lambda rows, files: backup.restore(rows, files, folder), **given)
    typer.echo(f"All is restored and verified: {copied}.")


@backup_commands.command("export")
def export_all(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to: `*.ndjson`, or `*.ndjson.gz`.")],
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Write all that a server knows, without the bytes of files, as lines of JSON; also while it serves."""
    done = with_database(lambda rows: backup.export_rows(rows, file), data=data, database=database)
    typer.echo(f"The export is whole: {done.rows} rows.")


@backup_commands.command("import")
def import_all(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `gqlregistry export` has written.")],
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
) -> None:
    """Fill an empty database from an export; the bytes of files must be in the blob store. Verifies all of it."""
    given = {"data": data, "database": database, "blobs": blobs}
    done = with_stores(lambda rows, files: backup.import_rows(rows, files, file), **given)
    typer.echo(f"All is imported and verified: {done.rows} rows.")
