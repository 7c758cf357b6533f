from datetime import timedelta

from sqlmodel import col, select

from gqlregistry.registry import events, people
from gqlregistry.registry.change import Change
from gqlregistry.store.tables import ActionEvent, EventKind
from tests.registry.conftest import House


async def test_a_clock_that_steps_back_keeps_the_order(house: House) -> None:
    def twice(change: Change) -> None:
        events.record(change, EventKind.RUN_DELETED)
        change.now -= timedelta(hours=1)
        events.record(change, EventKind.RUN_DELETED)

    await house.do(twice)
    assert house.events[0].created_at == house.events[1].created_at


async def test_a_chain_goes_on_from_one_change_to_the_next(house: House) -> None:
    await house.do(people.create_user, "ann")
    await house.do(people.create_user, "bob")
    common = select(ActionEvent).where(col(ActionEvent.collection_id).is_(None)).order_by(col(ActionEvent.id))
    before = events.FIRST_HASH
    for event in await house.look(lambda s: s.exec(common).all()):
        assert event.hash == events.chained_hash(before, event)
        before = event.hash


async def test_events_of_a_change_are_numbered_in_the_order_that_they_happened(house: House) -> None:
    await house.log(aliases=["a", "b", "c"], tags=["x", "y"])
    ids = [event.id for event in house.events]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
