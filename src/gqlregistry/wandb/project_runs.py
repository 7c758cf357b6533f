"""The runs of a project."""

from typing import TYPE_CHECKING, Annotated

import strawberry
from sqlmodel import Session

from gqlregistry.plan.relay import encode_id
from gqlregistry.wandb import loading, run_listing
from gqlregistry.wandb.paging import PageInfo, count, page
from gqlregistry.wandb.places import Place
from gqlregistry.wandb.scalars import JSONString
from gqlregistry.wandb.work import Info, read

if TYPE_CHECKING:
    from gqlregistry.wandb.run import Run, RunConnection
else:
    Run = Annotated["Run", strawberry.lazy("gqlregistry.wandb.run")]
    RunConnection = Annotated["RunConnection", strawberry.lazy("gqlregistry.wandb.run")]

_cursor = encode_id("Cursor")


@strawberry.type
class ProjectRuns:
    """The runs of a project. A registry has none."""

    place: strawberry.Private[Place]

    @strawberry.field
    async def run(self, info: Info, name: str, desc: str | None = None) -> Run | None:
        """Its run of that name."""
        return await read(info, lambda session: loading.run_named(session, self.place, name))

    @strawberry.field
    async def bucket(self, info: Info, name: str, missing_ok: bool | None = None) -> Run | None:
        """Its run of that name."""
        return await read(info, lambda session: loading.run_named(session, self.place, name))

    @strawberry.field
    async def runs(
        self,
        info: Info,
        filters: JSONString | None = None,
        after: str | None = None,
        first: int | None = None,
        order: str | None = None,
    ) -> RunConnection | None:
        """A page of its runs."""

        def work(session: Session) -> RunConnection:
            listing = run_listing.runs(session, self.place.project_id or 0, filters, order)
            found = page(session, listing, first, after, order)
            return loading.run_page(session, found.keys, [_cursor(key) for key in found.keys], PageInfo.of(found))

        return await read(info, work)

    @strawberry.field
    async def run_count(self, info: Info, filters: JSONString | None = None) -> int | None:
        """How many runs there are that a filter lets through."""

        def work(session: Session) -> int:
            return count(session, run_listing.runs(session, self.place.project_id or 0, filters, None))

        return await read(info, work)
