"""Runs as the client knows them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import orjson
import strawberry

from gqlregistry.plan.relay import encode_id
from gqlregistry.store import tables
from gqlregistry.wandb import listings, loading
from gqlregistry.wandb.connections import ArtifactConnection
from gqlregistry.wandb.history import RunHistory
from gqlregistry.wandb.paging import PageInfo
from gqlregistry.wandb.run_config import own_values, wrap
from gqlregistry.wandb.run_files import RunFiles
from gqlregistry.wandb.scalars import JSONString
from gqlregistry.wandb.work import Info, read

if TYPE_CHECKING:
    from gqlregistry.wandb.people import User
    from gqlregistry.wandb.project import Project
else:
    User = Annotated["User", strawberry.lazy("gqlregistry.wandb.people")]
    Project = Annotated["Project", strawberry.lazy("gqlregistry.wandb.project")]

run_id = encode_id("Run")


@strawberry.type
class RunArtifacts:
    """What a run used and logged."""

    row: strawberry.Private[tables.Run]

    @strawberry.field
    async def input_artifacts(
        self, info: Info, after: str | None = None, first: int | None = None
    ) -> ArtifactConnection | None:
        """What it used, in order."""
        listing = listings.used_by(self.row.id)
        return await read(info, lambda session: loading.artifact_page(session, listing, first, after))

    @strawberry.field
    async def output_artifacts(
        self, info: Info, after: str | None = None, first: int | None = None
    ) -> ArtifactConnection | None:
        """What it logged, in order."""
        listing = listings.logged_by(self.row.id)
        return await read(info, lambda session: loading.artifact_page(session, listing, first, after))


@strawberry.type
class Run(RunArtifacts, RunHistory, RunFiles):
    """One execution."""

    id: strawberry.ID
    name: str
    project: Project | None

    @classmethod
    def of(cls, row: tables.Run, project: Project) -> Self:
        """A run by row, in its project."""
        return cls(id=strawberry.ID(run_id(row.id)), name=row.name, project=project, row=row)

    @strawberry.field
    def display_name(self) -> str | None:
        """What people call it."""
        return self.row.display_name

    @strawberry.field
    def project_id(self) -> int | None:
        """The number in its project's id."""
        return None if self.project is None else self.project.place.number

    @strawberry.field
    def state(self) -> str:
        """Where it stands."""
        return self.row.state.value.lower()

    @strawberry.field
    def config(self) -> JSONString | None:
        """What it was started with."""
        return wrap(self.row)

    @strawberry.field
    def wandb_config(self, keys: list[str] | None = None) -> JSONString | None:
        """What the client keeps of itself."""
        return own_values(self.row, keys or [])

    @strawberry.field
    def summary_metrics(self) -> JSONString | None:
        """What came out."""
        return JSONString(orjson.dumps(self.row.summary).decode())

    @strawberry.field
    def created_at(self) -> datetime:
        """When it began."""
        return self.row.created_at

    @strawberry.field
    def heartbeat_at(self) -> datetime | None:
        """When it was last heard of."""
        return self.row.heartbeat_at

    @strawberry.field
    def description(self) -> str | None:
        """None: what is said of it are its notes."""
        return None

    @strawberry.field
    def notes(self) -> str | None:
        """What is said of it."""
        return self.row.notes

    @strawberry.field
    def group(self) -> str | None:
        """What it belongs to."""
        return self.row.group

    @strawberry.field
    def job_type(self) -> str | None:
        """What kind of step it is."""
        return self.row.job_type

    @strawberry.field
    def tags(self) -> list[str] | None:
        """Its labels."""
        return self.row.tags

    @strawberry.field
    def read_only(self) -> bool | None:
        """Whether the caller may not edit it."""
        return False

    @strawberry.field
    async def user(self, info: Info) -> User | None:
        """Who started it."""
        return await read(info, lambda session: loading.user(session, self.row.created_by_id))

    @strawberry.field
    def sweep_name(self) -> str | None:
        """None: there are no sweeps here."""
        return None

    @strawberry.field
    def commit(self) -> str | None:
        """The commit of its code."""
        return self._of_client("commit")

    @strawberry.field
    def host(self) -> str | None:
        """The machine that it is on."""
        return self._of_client("host")

    @strawberry.field
    def stopped(self) -> bool | None:
        """Whether it was asked to stop."""
        return self.row.stopping_at is not None

    def _of_client(self, key: str) -> str | None:
        value = (self.row.client or {}).get(key)
        return value if isinstance(value, str) else None


@strawberry.type
class RunEdge:
    """A run in a list."""

    node: Run | None
    cursor: str | None = None


@strawberry.type
class RunConnection:
    """A page of runs."""

    page_info: PageInfo
    edges: list[RunEdge]
