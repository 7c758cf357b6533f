"""A server with one secret project and one secret registry, and somebody in each role who tries to get at them."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from httpx import AsyncClient, Response
from sqlmodel import select

from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import artifacts, drafts, keys, lineage, links, people, projects, registries, runs
from gqlregistry.registry.files import File
from gqlregistry.registry.people import Scope
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from gqlregistry.store.tables import Entity, KeyScope, Manifest, ManifestKind, Registry, Role, Visibility
from gqlregistry.wandb.places import Place
from tests.registry.conftest import House
from tests.serving import local_server

YES, NO, HIDDEN = "yes", "no", "—"
"""It is done or shown; it is refused with FORBIDDEN; it is not there."""

ROLES = ("outsider", "restricted viewer", "viewer", "member", "admin", "server admin", "read key")
TEAM, PROJECT, REGISTRY = "crew", "crew/zoo", "vault"
BYTES = b"what nobody else may have"
MD5 = hashlib.md5(BYTES).hexdigest()


def gid(type_: str, key: int) -> str:
    """A global id."""
    return encode_id(type_)(key)


@dataclass
class World:
    """The server by its rules (`house`), and a client's key for each role."""

    client: AsyncClient
    services: Services
    secrets: dict[str, str] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))
    registry_id: int = 0

    @property
    def house(self) -> House:
        """The same server, by its rules, as its own admin."""
        return House(self.services.database, self.services.local)

    def name(self, what: str = "n") -> str:
        """A new name."""
        return f"{what}{next(self.numbers)}"

    async def version(self, collection: str | None = None) -> Any:
        """A new version in a collection of its own, with one file."""
        path = f"{PROJECT}/{collection or self.name('c')}"
        files = [File("secret.txt", f"md5:{MD5}", len(BYTES)), File("n", self.name(), 1, "s3://bucket/key")]
        logged = await self.house.do(artifacts.log_artifact, None, path, "model", files=files, commit=True)
        return logged.artifact

    async def draft(self) -> tuple[int, str]:
        """A version in the making, and its digest."""
        digest = f"md5:{hashlib.md5(self.name().encode()).hexdigest()}"
        logged = await self.house.do(
            drafts.begin, None, f"{PROJECT}/{self.name('c')}", "model", digest, handle=self.name("handle")
        )
        return logged.artifact.id, digest

    async def manifest(self) -> int:
        """A manifest that a version in the making will have."""
        artifact, _ = await self.draft()
        made: Manifest = await self.house.do(drafts.declare_manifest, artifact, ManifestKind.PATCH, "m")
        return made.id

    async def linked(self, collection: str | None = None) -> Any:
        """A new version's place in the registry."""
        version = await self.version()
        return await self.house.do(links.link_artifact, version.id, f"{REGISTRY}/{collection or self.name('r')}")

    async def run(self) -> Any:
        """A new run."""
        return await self.house.do(runs.create_run, PROJECT, self.name("run"))

    async def user(self) -> str:
        """A new user."""
        name = self.name("user")
        await self.house.do(people.create_user, name)
        return name

    async def registry(self) -> str:
        """Another registry, in which all have their roles."""
        name = self.name("registry")
        await self.house.do(registries.create_registry, name, visibility=Visibility.RESTRICTED)
        await self.give_roles(Scope(registry=name))
        return name

    async def give_roles(self, scope: Scope) -> None:
        """Give each their role somewhere."""
        for role in ("restricted viewer", "viewer", "member", "admin"):
            await self.house.do(people.set_member, scope, self.users[role], Role(role.replace(" ", "_").upper()))

    # --- What somebody does -------------------------------------------------------------------------------------------

    def headers(self, role: str) -> dict[str, str]:
        """How somebody says who they are."""
        return {"authorization": f"Bearer {self.secrets[role]}"}

    async def ask(self, role: str, query: str, found: Callable[[Any], Any], **variables: Any) -> str:
        """A question at the public schema; `found` tells from the data whether the secret is in the answer."""
        body = {"query": query, "variables": variables}
        answer = (await self.client.post("/graphql", json=body, headers=self.headers(role))).json()
        codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
        if codes:
            assert codes <= {"FORBIDDEN", "NOT_FOUND"}, answer
            return NO if "FORBIDDEN" in codes else HIDDEN
        return YES if found(answer["data"]) else HIDDEN

    async def change(self, by: str, mutation: str, /, **input: Any) -> str:
        """A mutation of the public schema."""
        type_ = "TagInput" if mutation.endswith("Tag") else f"{mutation[0].upper()}{mutation[1:]}Input"
        query = f"mutation ($input: {type_}!) {{ done: {mutation}(input: $input) {{ errors {{ code message }} }} }}"
        body = {"query": query, "variables": {"input": input}}
        answer = (await self.client.post("/graphql", json=body, headers=self.headers(by))).json()
        assert "errors" not in answer, answer
        codes = {error["code"] for error in answer["data"]["done"]["errors"]}
        assert codes <= {"FORBIDDEN", "NOT_FOUND"}, answer
        return YES if not codes else NO if "FORBIDDEN" in codes else HIDDEN

    async def client_asks(self, role: str, document: str, found: Callable[[Any], Any], **variables: Any) -> str:
        """A question or a mutation of the wandb client."""
        body = {"query": document, "variables": variables}
        answer = await self.client.post("/wandb/graphql", json=body, headers=self.headers(role))
        if answer.status_code == 200:
            return YES if found(answer.json()["data"]) else HIDDEN
        return outcome(answer)

    async def client_changes(self, by: str, mutation: str, selection: str, /, **input: Any) -> str:
        """A mutation of the wandb client."""
        type_ = f"{mutation[0].upper()}{mutation[1:]}Input"
        query = f"mutation ($input: {type_}!) {{ done: {mutation}(input: $input) {{ {selection} }} }}"
        return await self.client_asks(by, query, lambda data: data["done"], input=input)

    async def get(self, role: str, path: str) -> str:
        """A file, or the way to it."""
        return outcome(await self.client.get(path, headers=self.headers(role)))


def outcome(answer: Response) -> str:
    """What an HTTP status says."""
    known = {200: YES, 201: YES, 307: YES, 403: NO, 404: HIDDEN}
    assert answer.status_code in known, (answer.status_code, answer.text)
    return known[answer.status_code]


@asynccontextmanager
async def world(settings: Settings) -> AsyncIterator[World]:
    """The world, as each test finds it."""
    async with local_server(settings) as (client, services):
        made = World(client, services)
        house = made.house
        await house.do(people.create_team, TEAM)
        await house.do(projects.create_project, TEAM, "zoo", visibility=Visibility.RESTRICTED)
        made.registry_id = (
            await house.do(
                registries.create_registry,
                REGISTRY,
                visibility=Visibility.RESTRICTED,
                protected_aliases=["production"],
            )
        ).id
        for role in ROLES:
            await _arrive(made, role)
        for scope in (Scope(team=TEAM), Scope(registry=REGISTRY)):
            await made.give_roles(scope)
        stored = await client.put(
            services.links.upload_url("http://localhost", f"md5:{MD5}", len(BYTES)), content=BYTES
        )
        assert stored.status_code == 201
        await _the_secret(made)
        yield made


async def _arrive(made: World, role: str) -> None:
    """Make the user of a role, and a key. In the organization they are what they are elsewhere, at most members."""
    house, name = made.house, role.replace(" ", "-")
    if role == "read key":
        owner, scope = "admin", KeyScope.READ
    else:
        owner, scope = name, KeyScope.ADMIN if role == "server admin" else KeyScope.WRITE
        user: Entity = await house.do(people.create_user, name, f"{name}@example.org", is_admin=role == "server admin")
        made.users[role] = user.id
    if role == "outsider":
        await house.do(people.remove_member, Scope(organization="default"), name)
    elif role in ("restricted viewer", "viewer"):
        least = Role(role.replace(" ", "_").upper())
        await house.do(people.set_member, Scope(organization="default"), name, least)
    made.users.setdefault(role, made.users.get("admin", 0))
    _, made.secrets[role] = await house.do(keys.create_key, owner, name, scope=scope)


async def _the_secret(made: World) -> None:
    """A run that used a version and logged another, which is linked."""
    used, logged = await made.version("data"), await made.version("zoo")
    run = await made.house.do(runs.create_run, PROJECT, "secret-run", "secret-run")
    await made.house.do(lineage.use_artifact, run.id, used.id)
    await made.house.do(lineage.record_output, run.id, logged.id)
    await made.house.do(links.link_artifact, logged.id, f"{REGISTRY}/zoo")


def registry_id(made: World) -> str:
    """The secret registry's id, as the wandb client knows it."""
    return Place(registry_id=made.registry_id).id


async def registry_place(made: World, name: str) -> str:
    """The id of a registry, as the wandb client knows it."""
    key = await made.house.look(lambda session: session.exec(select(Registry.id).where(Registry.name == name)).one())
    return Place(registry_id=key).id
