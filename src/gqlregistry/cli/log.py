"""The log of all actions."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from gqlregistry.cli.opening import BlobsUrl, Data, DatabaseUrl, ExitCode, fail, with_database, with_stores
from gqlregistry.registry import audit, checkpoints
from gqlregistry.store import Database
from gqlregistry.store.blobs import BlobStore

audit_commands = typer.Typer(help="The log of all actions.", no_args_is_help=True)


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
        return await opened.read(lambda session: work(session, told))

    # In one snapshot, and without keeping others from writing meanwhile.
    if checkpoint is None:
        found = with_database(
            lambda opened: opened.read(lambda session: work(session, [])), data=data, database=database
        )
    else:
        if not checkpoint.is_file():
            fail(ExitCode.USAGE, f"there is no file {checkpoint}")
        found = with_stores(verify, data=data, database=database, blobs=blobs)
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
                fail(ExitCode.AUDIT_FAILED, "the log is not whole: `gqlregistry audit verify` says where")
            return checkpoints.take(session, secret, datetime.now(UTC)).decode()

        return await opened.read(work)

    typer.echo(with_stores(take, data=data, database=database, blobs=blobs))
