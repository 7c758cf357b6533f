"""Several servers of one PostgreSQL and one bucket, one of which is killed again and again under a mixed load.

Clients write, read what is there and follow the events, and a webhook is told of them, all at one address.
"""

import asyncio
import os
import random
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

import httpx
from sqlmodel import Session, col, select, update
from websockets.exceptions import WebSocketException

from gqlregistry.plan.relay import encode_id
from gqlregistry.store import open_database
from gqlregistry.store.tables import ActionEvent, DeliveryState, EventKind, WebhookDelivery
from tests.durability.balancer import Balancer, balancing
from tests.durability.checking import check
from tests.durability.killing import finish, start
from tests.durability.writers import Acknowledged, Refused, Writers
from tests.hooks.receiver import Receiver, receiving
from tests.live.subscribers import over_sse

READ = """query ($name: String!) { artifact(ref: {name: $name}) { name
  aliases { name } files { nodes { path url digest } }
  lineage(depth: 2) { nodes { __typename } edges { createdAt } }
  collection { actionHistory(first: 20) { nodes { kind createdAt } } } } }"""
FOLLOW = """subscription ($after: String) { actionEvents(after: $after, kinds: [VERSION_ADDED]) {
  cursor node { id } } }"""
HOOK = """mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) {
  webhook { id } errors { code message } } }"""
SETTINGS = {"GQLREGISTRY_WEBHOOK_PRIVATE_ADDRESSES": "true", "GQLREGISTRY_WEBHOOK_PLAIN_HTTP": "true"}
SETTLING = 60
"""Seconds in which the last event has reached everybody."""

_event_id = encode_id("ActionEvent")


@dataclass
class Found:
    """What came of a load."""

    written: Acknowledged
    kills: int = 0
    reads: int = 0
    read_again: int = 0
    followed: list[str] = field(default_factory=list)
    """The ids of the events, as they came."""
    connected_again: int = 0
    told: Counter[str] = field(default_factory=Counter)
    """How often the webhook was told of an event, by its id."""
    seconds: float = 0
    latencies: list[float] = field(default_factory=list)
    """Of the reads that were answered, in seconds."""


@dataclass
class Fleet:
    """Servers, each with a folder of its own that it leaves empty."""

    folder: Path
    database: str
    blobs: str
    balancer: Balancer
    processes: dict[int, "subprocess.Popen[str]"] = field(default_factory=dict)
    """By port."""

    async def add(self) -> None:
        """One more server."""
        process, url = await start(self.folder / "server", self.database, 0, self.blobs)
        port = int(url.rpartition(":")[2])
        self.processes[port] = process
        self.balancer.ports.append(port)

    async def kill_one(self, pick: random.Random) -> None:
        """Kill one of them, and start another in its place."""
        port, process = pick.choice([*self.processes.items()])
        process.kill()
        await asyncio.to_thread(finish, process)
        del self.processes[port]
        # Meanwhile connections to this one are refused.
        await self.add()
        self.balancer.ports.remove(port)

    async def stop(self) -> None:
        """Let all end in order."""
        for process in self.processes.values():
            process.terminate()
        codes = [await asyncio.to_thread(process.wait, 30) for process in self.processes.values()]
        assert codes == [0] * len(codes)

    def kill(self) -> None:
        """End what is left."""
        for process in self.processes.values():
            process.kill()
            finish(process)


@asynccontextmanager
async def fleet(folder: Path, database: str, blobs: str, count: int) -> AsyncIterator[Fleet]:
    """Some servers behind a balancer."""
    with patch.dict(os.environ, SETTINGS):
        async with balancing() as balancer:
            servers = Fleet(folder, database, blobs, balancer)
            try:
                await servers.add()
                await asyncio.gather(*[servers.add() for _ in range(count - 1)])
                yield servers
            finally:
                servers.kill()


async def kill_one_after_another(
    folder: Path, database: str, blobs: str, kills: int, every: float, servers: int = 3, writers: int = 6, seed: int = 1
) -> Found:
    """Kill a server each so many seconds. Raises `AssertionError` if anything is lost, doubled or refused for good."""
    pick = random.Random(seed)
    async with fleet(folder, database, blobs, servers) as them, receiving() as receiver:
        clients = Writers(them.balancer.url, writers, seed)
        clients.up.set()
        found, stopping = Found(clients.found), asyncio.Event()
        await _hook(them.balancer.url, receiver)
        working = asyncio.create_task(clients.work())
        others = [
            asyncio.create_task(_read(found, them.balancer.url, pick, stopping)),
            asyncio.create_task(_follow(found, them.balancer.url)),
        ]
        began = perf_counter()
        try:
            for _ in range(kills):
                done, _ = await asyncio.wait([working, *others], timeout=every, return_when=asyncio.FIRST_COMPLETED)
                assert not done, [task.result() for task in done]
                await them.kill_one(pick)
                found.kills += 1
            await asyncio.sleep(every)
            clients.stopping = True
            await working
            found.seconds = perf_counter() - began
            stopping.set()
            await others[0]
            await _settled(database, found, receiver, others[1])
            await them.stop()
        finally:
            for task in (working, *others):
                task.cancel()
            await asyncio.gather(working, *others, return_exceptions=True)
        ids = [message.headers["webhook-id"] for message in receiver.got]
        assert len(set(ids)) == len(found.told), "an event has one id for its receiver, however often it is told"
    assert len(them.balancer.taken) > servers, "clients went to the servers that were started in between, too"
    await check(database, folder, clients.found, blobs)
    return found


async def _hook(url: str, receiver: Receiver) -> None:
    async with httpx.AsyncClient() as client:
        asked = {"query": HOOK, "variables": {"input": {"url": receiver.url, "kinds": ["VERSION_ADDED"]}}}
        answer = (await client.post(f"{url}/graphql", json=asked)).json()
    assert answer["data"]["createWebhook"]["errors"] == [], answer


async def _read(found: Found, url: str, pick: random.Random, stopping: asyncio.Event) -> None:
    """Ask for what was acknowledged: whichever server is asked must know it."""
    while not stopping.is_set():
        if not found.written.versions:
            await asyncio.sleep(0.05)
            continue
        name, digests = pick.choice([*found.written.versions.values()][-20:])
        try:
            # A connection each, so that each server is asked.
            async with httpx.AsyncClient(timeout=20) as client:
                began = perf_counter()
                answer = await client.post(f"{url}/graphql", json={"query": READ, "variables": {"name": name}})
                seen = answer.json()
                if {error["extensions"]["code"] for error in seen.get("errors", [])} == {"UNAVAILABLE"}:
                    raise Refused
                found.latencies.append(perf_counter() - began)
                artifact = seen["data"]["artifact"]
                assert artifact["name"] == name, seen
                files = artifact["files"]["nodes"]
                assert {file["path"]: file["digest"] for file in files} == digests
                content = await client.get(files[0]["url"], follow_redirects=True)
                if content.status_code == 503:
                    raise Refused
                assert content.status_code == 200, content.text
        except (httpx.TransportError, Refused):
            found.read_again += 1
            continue
        found.reads += 1


async def _follow(found: Found, url: str) -> None:
    """Follow the events, and go on after the last that came whenever the server is gone."""
    cursor = ""
    while True:
        try:
            async with over_sse(url, FOLLOW, after=cursor) as messages:
                while True:
                    # A fleet that is at rest tells of nothing.
                    async with asyncio.timeout(None):
                        (event,) = await messages.take(1)
                    found.followed.append(event["node"]["id"])
                    cursor = event["cursor"]
        except* (httpx.HTTPError, WebSocketException, OSError, StopAsyncIteration, TimeoutError):
            found.connected_again += 1
        await asyncio.sleep(0.05)


async def _settled(database_url: str, found: Found, receiver: Receiver, following: "asyncio.Task[None]") -> None:
    """Wait until all have been told of all; what a killed server had on its way is due at once."""
    database = open_database(database_url, Path())

    def pending(session: Session) -> tuple[list[Any], bool]:
        past = datetime.now(UTC) - timedelta(seconds=1)
        waits = WebhookDelivery.state == DeliveryState.PENDING
        session.exec(update(WebhookDelivery).where(waits, col(WebhookDelivery.attempts) > 0).values(next_at=past))
        kind = ActionEvent.kind == EventKind.VERSION_ADDED
        events = list(session.exec(select(ActionEvent.id).where(kind).order_by(col(ActionEvent.id))))
        queued = select(WebhookDelivery.event_id, WebhookDelivery.state)
        states = dict(session.exec(queued).all())
        return events, [states.get(event) for event in events] == [DeliveryState.DELIVERED] * len(events)

    try:
        async with asyncio.timeout(SETTLING):
            events, is_told = await database.write(pending)
            while not is_told or len(found.followed) < len(events):
                assert not following.done(), following.result()
                await asyncio.sleep(0.5)
                events, is_told = await database.write(pending)
    finally:
        await database.close()
    expected = list(map(_event_id, events))
    assert found.followed == expected, "each event came once, in order"
    found.told = Counter(message.data["id"] for message in receiver.got)
    assert found.told.keys() == set(expected), "the webhook was told of each event, and of no other"
