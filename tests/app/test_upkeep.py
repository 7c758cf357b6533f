"""What time does on a server."""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session, col, update

from gqlregistry import uploads
from gqlregistry.app.upkeep import collect_bytes, do_upkeep
from gqlregistry.errors import Unavailable
from gqlregistry.registry import artifacts, blobs, deletion, runs
from gqlregistry.registry.change import apply
from gqlregistry.registry.files import File
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from gqlregistry.store.tables import ArtifactState, Blob, Run, RunState, Transit
from tests.conftest import on_sqlite
from tests.registry.conftest import House
from tests.serving import local_server

pytestmark = on_sqlite

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


async def silent_run(services: Services) -> tuple[House, int]:
    """A run that was last heard of long ago."""
    house = House(services.database, services.local)
    run = (await house.run()).id
    await house.do(runs.beat, run)
    await house.look(lambda s: s.exec(update(Run).where(Run.id == run).values(heartbeat_at=LONG_AGO)))
    return house, run


async def state(house: House, run: int) -> RunState:
    return await house.look(lambda s: s.get_one(Run, run).state)


async def test_a_silent_run_has_crashed(services: Services) -> None:
    house, run = await silent_run(services)
    await do_upkeep(services)
    assert await state(house, run) is RunState.CRASHED


async def test_a_server_does_it_by_itself(settings: Settings) -> None:
    async with local_server(settings.model_copy(update={"upkeep_seconds": 0.05})) as (_, services):
        house, run = await silent_run(services)
        async with asyncio.timeout(10):
            while await state(house, run) is RunState.RUNNING:
                await asyncio.sleep(0.05)
        assert await state(house, run) is RunState.CRASHED


async def streamed(content: bytes) -> AsyncIterator[bytes]:
    yield content


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


async def age(services: Services) -> None:
    """What is loose or in transit has been so for long."""

    def work(session: Session) -> None:
        session.exec(update(Blob).where(col(Blob.loose_since).is_not(None)).values(loose_since=LONG_AGO))
        session.exec(update(Transit).values(since=LONG_AGO))

    await services.database.write(work)


async def test_bytes_of_a_client_that_was_killed_go_after_the_grace_time(services: Services) -> None:
    await uploads.put(services, digest_of(b"left"), streamed(b"left"))
    await do_upkeep(services)
    assert await services.blobs.exists(digest_of(b"left"))
    await age(services)
    await do_upkeep(services)
    assert not await services.blobs.exists(digest_of(b"left"))


async def test_bytes_of_a_version_stay(services: Services) -> None:
    house = House(services.database, services.local)
    await house.project()
    await uploads.put(services, digest_of(b"kept"), streamed(b"kept"))
    files = [File("file", digest_of(b"kept"), 4)]
    await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", files=files, commit=True)
    for _ in range(2):
        await age(services)
        await do_upkeep(services)
    assert await services.blobs.exists(digest_of(b"kept"))


async def test_bytes_that_a_killed_server_did_not_note_go(services: Services) -> None:
    async def expect(digest: str) -> None:
        await apply(services.database, services.local, blobs.expect, digest)

    await services.blobs.put(digest_of(b"lost"), streamed(b"lost"), None, expect)
    await age(services)
    await do_upkeep(services)
    assert not await services.blobs.exists(digest_of(b"lost"))


async def test_no_committed_version_loses_bytes_to_collectors_without_patience(settings: Settings) -> None:
    """Two servers of one store collect all the time, without grace, while clients upload, log and delete."""
    async with local_server(settings) as (_, one), local_server(settings) as (_, other):
        hurried = [
            replace(server, settings=settings.model_copy(update={"blob_grace_seconds": 0})) for server in (one, other)
        ]
        project = await House(one.database, one.local).project()
        committed: dict[int, str] = {}
        busy, refused, chance = True, 0, random.Random(1)

        async def collect(server: Services) -> None:
            # Without a pause now and then no client would ever be quick enough.
            while busy:
                await collect_bytes(server)
                await asyncio.sleep(chance.choice((0, 0, 0.02, 0.2)))

        async def client(number: int) -> None:
            nonlocal refused
            server = (one, other)[number % 2]
            house = House(server.database, server.local)
            for turn in range(12):
                content = f"content {(number + turn) % 4}".encode()
                files = [File("file", digest_of(content), len(content))]
                try:
                    await uploads.put(server, digest_of(content), streamed(content))
                    logged = await house.do(
                        artifacts.log_artifact,
                        None,
                        f"local/zoo/data{number}",
                        "dataset",
                        files=files,
                        commit=True,
                        idempotency_key=f"{turn}",
                    )
                except Unavailable:
                    refused += 1
                    continue
                id = logged.artifact.id
                if logged.artifact.state is not ArtifactState.COMMITTED:
                    refused += 1
                elif turn % 3:
                    committed[id] = digest_of(content)
                else:
                    committed.pop(id, None)
                    await house.do(deletion.delete_artifact, id, delete_aliases=True)

        collecting = [asyncio.create_task(collect(server)) for server in hurried]
        try:
            await asyncio.gather(*(client(number) for number in range(6)))
        finally:
            busy = False
            await asyncio.gather(*collecting)
        assert project is not None
        assert committed
        lost = [id for id, digest in committed.items() if not await one.blobs.exists(digest)]
        assert lost == [], (refused, len(committed))
