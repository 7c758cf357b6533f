"""How resolvers read and write: through the rules, one transaction each."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

import strawberry
from sqlmodel import Session

from gqlregistry.registry.change import Change, apply
from gqlregistry.registry.names import ProjectName
from gqlregistry.registry.people import default_entity
from gqlregistry.wandb.context import Context
from gqlregistry.wandb.reads import reporting_bad_values

P = ParamSpec("P")
T = TypeVar("T")

Info: TypeAlias = strawberry.Info[Context, None]


async def read(info: Info, work: Callable[[Session], T]) -> T:
    """What some work finds in the database."""
    return await info.context.reads.read(work)


async def place_of(info: Info, entity: str | None, project: str) -> ProjectName:
    """A project as the rules name it. A run that began offline knows no entity: it is in the caller's default one."""
    if entity:
        return ProjectName(entity, project)
    return ProjectName(await read(info, lambda session: default_entity(session, info.context.principal)), project)


async def run_of(info: Info, entity: str | None, project: str, run: str) -> str:
    """A run as the rules name it."""
    place = await place_of(info, entity, project)
    return f"{place.entity}/{place.project}/{run}"


async def change(info: Info, rule: Callable[Concatenate[Change, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Apply a rule as who asks; answer its result."""
    with reporting_bad_values():
        outcome = await apply(info.context.services.database, info.context.principal, rule, *args, **kwargs)
    return outcome.result
