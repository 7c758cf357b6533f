"""A server with its defaults, and a shorthand to run rules on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest_asyncio
from sqlmodel import Session

from gqlregistry.auth import Principal
from gqlregistry.registry import artifacts, blobs, people, projects, registries, runs
from gqlregistry.registry.change import apply
from gqlregistry.registry.files import File
from gqlregistry.store import Database
from gqlregistry.store.tables import ActionEvent

T = TypeVar("T")


@dataclass
class House:
    """A database and somebody who changes it. `said` is what the last change appended, as `KIND alias/tag vN`."""

    database: Database
    actor: Principal
    events: list[ActionEvent] = field(default_factory=list)

    async def do(self, rule: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        outcome = await apply(self.database, self.actor, rule, *args, **kwargs)
        self.events = outcome.events
        return outcome.result

    async def look(self, work: Callable[[Session], T]) -> T:
        return await self.database.write(work)

    async def log(self, collection: str = "data", content: str = "a", run: int | None = None, **more: Any) -> Any:
        """Commit a version whose content is one reference."""
        files = [File("file", content, 1, "s3://bucket/key")]
        name = collection if "/" in collection or run is not None else f"local/zoo/{collection}"
        logged = await self.do(artifacts.log_artifact, run, name, "dataset", files=files, commit=True, **more)
        return logged.artifact

    async def receive(self, digest: str, size: int) -> None:
        """Bytes arrive."""
        await self.do(blobs.expect, digest)
        await self.do(blobs.record, digest, size)

    async def project(self, name: str = "zoo") -> Any:
        return await self.do(projects.ensure_project, "local", name)

    async def run(self, name: str | None = None) -> Any:
        return await self.do(runs.create_run, (await self.project()).id, name)

    async def registry(self, name: str = "model", **more: Any) -> Any:
        return await self.do(registries.create_registry, name, **more)

    async def user(self, name: str, **more: Any) -> "House":
        """Somebody else in the same house."""
        user = await self.do(people.create_user, name, **more)
        return House(self.database, Principal(user.id, user.name, user.is_admin))

    @property
    def said(self) -> list[str]:
        return [describe(event) for event in self.events]


def describe(event: ActionEvent) -> str:
    version = None if event.version_index is None else f"v{event.version_index}"
    return " ".join(filter(None, (event.kind.value, event.alias or event.tag, version)))


@pytest_asyncio.fixture
async def house(database: Database) -> House:
    """A fresh server with the project local/zoo, and its local user."""
    defaults = await database.write(people.ensure_defaults)
    house = House(database, defaults.local)
    await house.project()
    return house
