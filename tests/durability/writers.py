"""Clients that write whatever happens to the server: each goes on until what it wants is acknowledged, and notes it."""

import asyncio
import hashlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

PROJECT, REGISTRY = "local/kills", "kills"
COLLECTIONS = ("a", "b", "c")

LOG = """mutation ($input: LogArtifactInput!) { logArtifact(input: $input) {
  artifact { id } uploads { digest url } errors { code message } } }"""
COMMIT = """mutation ($input: CommitArtifactInput!) { commitArtifact(input: $input) {
  artifact { id name } errors { code message } } }"""
NAME = "query ($id: ID!) { node(id: $id) { ... on Artifact { name state } } }"
RUN = "mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } errors { code message } } }"
USE = "mutation ($input: UseArtifactInput!) { useArtifact(input: $input) { run { id } errors { code message } } }"
LINK = """mutation ($input: LinkArtifactInput!) { linkArtifact(input: $input) {
  membership { version } errors { code message } } }"""
ALIAS = """mutation ($input: SetAliasInput!) { setAlias(input: $input) {
  membership { version } errors { code message } } }"""
NEW_REGISTRY = """mutation ($input: CreateRegistryInput!) { createRegistry(input: $input) {
  registry { id } errors { code message } } }"""

PASSING = {"UNAVAILABLE", "DEADLINE_EXCEEDED"}


class Refused(Exception):
    """The server answered that it can't now, or did not answer."""


@dataclass
class Acknowledged:
    """What the server said it has done, each line once."""

    versions: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    """By idempotency key: the version's full name, and the digests of its files."""
    aliases: dict[tuple[str, str], str] = field(default_factory=dict)
    """By collection and alias: the version's full name. Each alias is set once."""
    links: set[tuple[str, str]] = field(default_factory=set)
    """The version's full name, and the collection of the registry."""
    uses: set[tuple[str, str]] = field(default_factory=set)
    """The run, and the version's full name."""
    runs: set[str] = field(default_factory=set)
    retried: int = 0
    """How many requests were sent again, since nobody knew what had become of them."""

    def __len__(self) -> int:
        return sum(map(len, (self.versions, self.aliases, self.links, self.uses, self.runs)))


@dataclass
class Writers:
    """Some clients of one server. `up` is set while it may be asked; `url` is where."""

    url: str
    count: int = 8
    seed: int = 1
    found: Acknowledged = field(default_factory=Acknowledged)
    up: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: bool = False
    refusals: set[str] = field(default_factory=set)
    """How requests failed that were sent again."""

    async def work(self) -> None:
        """Write until told to stop; what was begun is ended."""
        async with httpx.AsyncClient(timeout=20) as client:
            await self._until_done(
                lambda: self._ask(client, NEW_REGISTRY, input={"name": REGISTRY}, taken_is_fine=True)
            )
            await asyncio.gather(*[self._write(client, number) for number in range(self.count)])

    async def _write(self, client: httpx.AsyncClient, number: int) -> None:
        turn, run = 0, f"run-{self.seed}-{number}"
        creating = {"project": {"name": PROJECT}, "name": run}
        await self._until_done(lambda: self._ask(client, RUN, input=creating, taken_is_fine=True))
        self.found.runs.add(run)
        while not self.stopping:
            turn += 1
            key = f"{self.seed}-{number}-{turn}"
            version = await self._until_done(lambda key=key: self._log(client, run, key))  # type: ignore[misc]
            home = version.partition(":")[0]
            for step in (self._alias(client, home, version, key), self._use(client, run, version)):
                await self._until_done(step)
            if turn % 2:
                await self._until_done(self._link(client, version, f"{REGISTRY}/{home.rpartition('/')[2]}"))

    async def _until_done(self, step: Callable[[], Awaitable[Any]]) -> Any:
        while True:
            await self.up.wait()
            try:
                return await step()
            except (httpx.TransportError, Refused) as error:
                self.refusals.add(f"{type(error).__name__}: {error}"[:200])
                self.found.retried += 1
                await asyncio.sleep(0.05)

    async def _log(self, client: httpx.AsyncClient, run: str, key: str) -> str:
        """Log a version with two files, upload them, commit. With the same key it is the same version."""
        contents = {f"file-{n}": random.Random(f"{key} {n}").randbytes(10 + 2000 * n) for n in range(2)}
        digests = {path: f"sha256:{hashlib.sha256(content).hexdigest()}" for path, content in contents.items()}
        home = f"{PROJECT}/{random.Random(key).choice(COLLECTIONS)}"
        files = [{"path": path, "digest": digests[path], "size": len(contents[path])} for path in contents]
        asked = {"collection": {"name": home}, "type": "dataset", "files": files, "idempotencyKey": key}
        logged = await self._ask(client, LOG, input=asked | {"run": {"name": f"{PROJECT}/{run}"}})
        by_digest = {digests[path]: content for path, content in contents.items()}
        for upload in logged["uploads"]:
            answer = await client.put(upload["url"], content=by_digest[upload["digest"]])
            if answer.status_code not in (200, 201):
                assert answer.json()["errors"][0]["extensions"]["code"] in PASSING, answer.text
                raise Refused(answer.json()["errors"][0]["message"])
        committed = await self._ask(client, COMMIT, input={"artifact": logged["artifact"]["id"]})
        self.found.versions[key] = committed["artifact"]["name"], digests
        name: str = committed["artifact"]["name"]
        return name

    def _alias(self, client: httpx.AsyncClient, home: str, version: str, key: str) -> Callable[[], Awaitable[None]]:
        async def step() -> None:
            asked = {"collection": {"name": home}, "version": version.rpartition(":")[2], "alias": f"of-{key}"}
            await self._ask(client, ALIAS, input=asked)
            self.found.aliases[home, f"of-{key}"] = version

        return step

    def _use(self, client: httpx.AsyncClient, run: str, version: str) -> Callable[[], Awaitable[None]]:
        async def step() -> None:
            asked = {"run": {"name": f"{PROJECT}/{run}"}, "artifact": {"name": version}}
            await self._ask(client, USE, input=asked)
            self.found.uses.add((run, version))

        return step

    def _link(self, client: httpx.AsyncClient, version: str, target: str) -> Callable[[], Awaitable[None]]:
        async def step() -> None:
            await self._ask(client, LINK, input={"artifact": {"name": version}, "collection": {"name": target}})
            self.found.links.add((version, target))

        return step

    async def _ask(self, client: httpx.AsyncClient, text: str, taken_is_fine: bool = False, **variables: Any) -> Any:
        """The payload of a mutation. Raises `Refused` when it may be sent again, `AssertionError` otherwise."""
        answer = await client.post(f"{self.url}/graphql", json={"query": text, "variables": variables})
        try:
            body = answer.json()
        except ValueError as error:
            raise AssertionError(f"not JSON: {answer.status_code} {answer.text[:200]}") from error
        errors = body.get("errors") or []
        codes = {error["extensions"]["code"] for error in errors}
        if body.get("data"):
            (payload,) = body["data"].values()
            errors += (payload or {}).get("errors", [])
            codes |= {error["code"] for error in (payload or {}).get("errors", [])}
        if codes and codes <= PASSING:
            raise Refused(errors[0]["message"])
        if codes == {"CONFLICT"} and taken_is_fine:
            return None
        assert not errors, errors
        return payload
