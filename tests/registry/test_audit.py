from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from gqlregistry.registry import aliases, audit, people
from tests.registry.conftest import House


async def story(house: House) -> int:
    """A collection with some history; its key."""
    await house.log(content="a")
    artifact = await house.log(content="b")
    await house.do(aliases.set_alias, "local/zoo/data", "v0", "production", reason="first")
    await house.do(aliases.set_alias, "local/zoo/data", "v1", "production", reason="second")
    await house.do(people.create_user, "ann")
    key: int = artifact.collection_id
    return key


@pytest.mark.parametrize(
    ("tampering", "at"),
    [
        ("UPDATE action_event SET reason = 'x' WHERE reason = 'first'", "x"),
        ("UPDATE action_event SET actor_id = 1 WHERE reason = 'first'", "first"),
        ("UPDATE action_event SET hash = 'x' WHERE reason = 'first'", "first"),
        ("DELETE FROM action_event WHERE reason = 'first'", "second"),
    ],
)
async def test_the_first_line_that_was_tampered_with_is_found(house: House, tampering: str, at: str) -> None:
    collection = await story(house)
    assert await house.look(audit.verify) == []

    def tamper(session: Session) -> list[Any]:
        session.connection().execute(text(tampering))
        lines = text("SELECT id FROM action_event WHERE reason = :at ORDER BY id")
        return list(session.connection().execute(lines, {"at": at}))

    lines = await house.look(tamper)
    (found,) = await house.look(audit.verify)
    assert (found.collection_id, found.event_id) == (collection, lines[0][0])


async def test_a_break_of_the_common_chain_is_found(house: House) -> None:
    await story(house)
    tampering = text("UPDATE action_event SET subject_id = 1 WHERE kind = 'USER_CREATED'")
    await house.look(lambda s: s.connection().execute(tampering) and None)
    (found,) = await house.look(audit.verify)
    assert found.collection_id is None


async def test_a_line_dropped_from_the_end_shows_in_the_state(house: House) -> None:
    collection = await story(house)
    assert await house.look(audit.differences) == []
    tampering = text("DELETE FROM action_event WHERE reason = 'second'")
    await house.look(lambda s: s.connection().execute(tampering) and None)
    assert await house.look(audit.verify) == []
    assert await house.look(audit.differences) == [f"collections {collection}"]


async def test_a_log_that_contradicts_itself_is_said_to(house: House) -> None:
    await story(house)
    tampering = text("DELETE FROM action_event WHERE kind = 'COLLECTION_CREATED'")
    await house.look(lambda s: s.connection().execute(tampering) and None)
    (found,) = await house.look(audit.differences)
    assert "contradicts itself" in found
