"""What is on another kind of server, brought here."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer

from gqlregistry.cli.opening import BlobsUrl, Data, DatabaseUrl, ExitCode, fail, in_services
from gqlregistry.movers import Moved, Told, Unreadable, move
from gqlregistry.movers.mlflow import MLflow
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


def _move(source: Callable[[str], Iterator[Told]], entity: str | None, **given: Any) -> None:
    async def work(services: Services) -> Moved:
        local = services.local
        own = await services.database.read(lambda session: default_entity(session, local))
        return await move(services, source(entity or own))

    try:
        moved = in_services(work, **given)
    except Unreadable as error:
        fail(ExitCode.UNAVAILABLE, str(error))
    typer.echo(str(moved))
    if moved.left_out:
        raise typer.Exit(ExitCode.LEFT_OUT)
