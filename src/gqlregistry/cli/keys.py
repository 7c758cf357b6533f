"""API keys."""

from datetime import timedelta
from typing import Annotated

import typer
from sqlmodel import Session

from gqlregistry.cli.opening import Data, DatabaseUrl, ExitCode, fail, in_database
from gqlregistry.errors import NotFound
from gqlregistry.registry import find, keys, people
from gqlregistry.registry.change import Change
from gqlregistry.store.tables import ApiKey, Entity, EntityKind, KeyScope

key_commands = typer.Typer(help="API keys.", no_args_is_help=True)


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
        fail(ExitCode.USAGE, "--admin is --scope admin, and another scope is given")

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

    typer.echo(in_database(work, data=data, database=database))


@key_commands.command("list")
def list_keys(data: Data = None, database: DatabaseUrl = None) -> None:
    """Print all API keys that are good, a line each: number, owner, scope, last use, expiry, label."""

    def work(session: Session) -> list[str]:
        return ["\t".join(_told_of_key(key, owner)) for key, owner in keys.good_keys(session)]

    for line in in_database(work, data=data, database=database):
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

    in_database(work, data=data, database=database)


def _told_of_key(key: ApiKey, owner: Entity) -> tuple[str, ...]:
    used = "never used" if key.last_used_at is None else f"used {key.last_used_at:%Y-%m-%d %H:%M}"
    expires = "" if key.expires_at is None else f"until {key.expires_at:%Y-%m-%d %H:%M}"
    return str(key.id), owner.name, key.scope.lower(), used, expires, key.label
