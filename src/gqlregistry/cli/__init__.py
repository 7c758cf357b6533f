"""The command line. A failure that a person can mend ends in one line that says how, and in its own exit code."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from gqlregistry import __version__, logs
from gqlregistry.app.workers import run
from gqlregistry.cli.keys import key_commands
from gqlregistry.cli.log import audit_commands
from gqlregistry.cli.movers import move_commands
from gqlregistry.cli.opening import BlobsUrl, Data, DatabaseUrl, ReadDatabaseUrl, settings_of, telling_failures
from gqlregistry.cli.stores import backup_commands, blob_commands, database_commands
from gqlregistry.demo import inside, over_http, zoo
from gqlregistry.schema.schema import public_schema
from gqlregistry.schema.trusted import read_documents
from gqlregistry.services import Services

main = typer.Typer(
    name="gqlregistry",
    help="The open, self-hosted artifact registry for machine learning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
main.add_typer(key_commands, name="key")
main.add_typer(database_commands, name="db")
main.add_typer(audit_commands, name="audit")
main.add_typer(blob_commands, name="blobs")
main.add_typer(backup_commands)
main.add_typer(move_commands, name="move")


@main.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="8000")] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    read_database: ReadDatabaseUrl = None,
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

    with telling_failures():
        settings = settings_of(
            host=host,
            port=port,
            data=data,
            database=database,
            read_database=read_database,
            blobs=blobs,
            workers=workers,
        )
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
    with telling_failures():
        made = asyncio.run(over_http.play(url, key))
    typer.echo("The demo is made." if made else "The demo is there already, or was: nothing is changed.")


@main.command()
def schema() -> None:
    """Print the GraphQL schema."""
    typer.echo(public_schema().as_str())


@main.command()
def documents(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of `*.graphql` files.")],
) -> None:
    """Check trusted documents, and print their ids and names: what a server started with them would take."""
    with telling_failures():
        settings = settings_of(documents=folder)
        found = read_documents(folder, public_schema()._schema, settings.max_query_tokens)
    for document in found:
        typer.echo(f"{document.id}\t{document.name}")
