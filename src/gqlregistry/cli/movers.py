"""What is on another kind of server, brought here."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer

from gqlregistry.cli.opening import BlobsUrl, Data, DatabaseUrl, ExitCode, fail, in_services
from gqlregistry.movers import Moved, Told, Unreadable, move
from gqlregistry.movers.mlflow import MLflow
from gqlregistry.movers.wandb import WandB
from gqlregistry.registry.people import default_entity
from gqlregistry.services import Services

move_commands = typer.Typer(help="Bring here what is on another kind of server.", no_args_is_help=True)

Url = Annotated[str, typer.Argument(metavar="URL", help="Where it is: http://…, https://….")]
OfEntity = Annotated[
    str | None, typer.Option(help="The user or team whose projects they become.", show_default="the local user")
]


@move_commands.command("mlflow")
def move_mlflow(
    url: Url,
    entity: OfEntity = None,
    registry: Annotated[str, typer.Option(help="The registry of the registered models; made if it is new.")] = "model",
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
) -> None:
    """Bring an MLflow server's experiments, runs, data sets and models here; again, what came to it since."""
    given = {"data": data, "database": database, "blobs": blobs}
    _move(lambda owner: MLflow(url, owner, registry).told(), entity, **given)


@move_commands.command("wandb")
def move_wandb(
    url: Url,
    of: Annotated[str | None, typer.Option("--of", help="The entity there.", show_default="your own there")] = None,
    entity: Annotated[
        str | None, typer.Option(help="The user or team whose projects they become.", show_default="one of that name")
    ] = None,
    organization: Annotated[
        str | None, typer.Option(help="Whose registries come, there.", show_default="that of your entity")
    ] = None,
    key: Annotated[
        str | None, typer.Option(envvar="WANDB_API_KEY", help="An API key there; without one, that of wandb login.")
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    blobs: BlobsUrl = None,
) -> None:
    """Bring an entity's projects, runs, versions and an organization's registries here from a W&B server; again, what
    came to it since. URL is what WANDB_BASE_URL is for the client.
    """
    given = {"data": data, "database": database, "blobs": blobs}
    _move(lambda _: WandB(url, of, entity, organization, key).told(), entity, **given)


def _move(source: Callable[[str], Iterator[Told]], entity: str | None, **given: Any) -> None:
    async def work(services: Services) -> Moved:
        local = services.local
        own = await services.database.read(lambda session: default_entity(session, local))
        told = await asyncio.to_thread(source, entity or own)
        return await move(services, told)

    try:
        moved = in_services(work, **given)
    except Unreadable as error:
        fail(ExitCode.UNAVAILABLE, str(error))
    typer.echo(str(moved))
    if moved.left_out:
        raise typer.Exit(ExitCode.LEFT_OUT)
