"""What time does on a server."""

import asyncio
from datetime import UTC, datetime

from sqlmodel import update

from gqlregistry.app.upkeep import do_upkeep
from gqlregistry.registry import runs
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from gqlregistry.store.tables import Run, RunState
from tests.registry.conftest import House
from tests.serving import local_server

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
