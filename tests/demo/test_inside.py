"""The demo made in the server's process."""

import pytest
from sqlmodel import Session, func, select

from gqlregistry.demo import inside
from gqlregistry.errors import BadInput
from gqlregistry.registry import audit, people
from gqlregistry.registry.change import apply
from gqlregistry.services import Services, open_services
from gqlregistry.settings import Settings
from gqlregistry.store.tables import ActionEvent, Entity, Membership, Run, RunInput


def counts(session: Session) -> list[int]:
    tables = (ActionEvent, Membership, Run, RunInput, Entity)
    return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


async def test_making_it_twice_changes_nothing(services: Services) -> None:
    before = await services.database.read(counts)
    assert await inside.play(services) is False
    assert await services.database.read(counts) == before


async def test_its_log_is_whole_and_tells_what_the_tables_hold(services: Services) -> None:
    assert await services.database.read(lambda session: list(audit.verify(session))) == []
    assert await services.database.read(audit.differences) == []


async def test_its_bytes_are_there(services: Services) -> None:
    for step in inside.steps():
        for digest, content in step.contents.items():
            assert await services.blobs.size(digest) == len(content)


async def test_it_makes_do_with_people_who_are_there(empty_settings: Settings) -> None:
    async with open_services(empty_settings) as services:
        await apply(services.database, services.local, people.create_user, "maya", display_name="Another Maya")
        assert await inside.play(services) is True
        assert (await services.database.read(counts))[2] > 200


async def test_what_stands_in_its_way_leaves_nothing_half_made(empty_settings: Settings) -> None:
    async with open_services(empty_settings) as services:
        # What is to be a person of the demo can't be a team.
        await apply(services.database, services.local, people.create_team, "maya")
        before = await services.database.read(counts)
        with pytest.raises(BadInput, match="only users can be members of a team"):
            await inside.play(services)
        assert await services.database.read(counts) == before
