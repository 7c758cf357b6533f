"""A log that was written anew is in order, and is not the one that a checkpoint tells of."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import orjson
import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from gqlregistry.errors import BadInput
from gqlregistry.registry import aliases, audit, people
from gqlregistry.registry.checkpoints import Checkpoint, read_checkpoints, server_key, take
from gqlregistry.registry.events import FIRST_HASH, chained_hash
from gqlregistry.registry.fold import log
from gqlregistry.store.tables import COMMON_CHAIN, EventChain
from tests.registry.conftest import House
from tests.registry.tampering import tampered

SECRET = secrets.token_bytes(32)
NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


async def taken(house: House) -> Checkpoint:
    line = await house.look(lambda session: take(session, SECRET, NOW))
    (found,) = read_checkpoints([line], server_key(SECRET))
    return found


def rewrite(session: Session) -> None:
    """Compute all hashes anew, as who knows how can."""
    heads: dict[int, tuple[int, str, datetime]] = {}
    session.expire_all()
    for event in list(log(session)):
        chain = event.collection_id or COMMON_CHAIN
        count, head, _ = heads.get(chain, (0, FIRST_HASH, event.created_at))
        event.hash = chained_hash(head, event)
        heads[chain] = count + 1, event.hash, event.created_at
    for known in session.exec(select(EventChain)).all():
        if known.chain not in heads:
            session.delete(known)
            continue
        known.count, known.head, known.head_at = heads[known.chain]
    session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE action_event SET reason = 'other' WHERE reason = 'first'",
        "DELETE FROM action_event WHERE reason = 'first'",
        "DELETE FROM action_event WHERE reason = 'second'",
        "DELETE FROM action_event WHERE collection_id IS NOT NULL",
        "UPDATE action_event SET actor_id = actor_id + 1 WHERE reason = 'second' AND kind = 'ALIAS_ADDED'",
    ],
)
async def test_a_log_that_was_written_anew_is_not_what_a_checkpoint_tells(house: House, statement: str) -> None:
    await house.log(content="a")
    await house.log(content="b")
    await house.do(aliases.set_alias, "local/zoo/data", "v0", "production", reason="first")
    await house.do(aliases.set_alias, "local/zoo/data", "v1", "production", reason="second")
    checkpoint = await taken(house)
    await house.log(content="c")
    await house.do(people.create_user, "ann")
    assert await house.look(lambda session: audit.verify(session, [checkpoint])) == []

    def tamper(session: Session) -> None:
        session.connection().execute(text(statement))
        rewrite(session)

    assert await tampered(house.database, tamper, audit.verify) == []
    (found,) = await tampered(house.database, tamper, lambda session: audit.verify(session, [checkpoint]))
    assert found.collection_id is not None
    assert "2026-03-03T09:30:00.000000Z" in str(found)


async def test_what_came_after_a_checkpoint_is_not_its_business(house: House) -> None:
    checkpoint = await taken(house)
    await house.log(content="a")
    await house.do(people.create_user, "ann")

    def tamper(session: Session) -> None:
        session.connection().execute(text("DELETE FROM action_event WHERE kind = 'VERSION_ADDED'"))
        rewrite(session)

    assert await tampered(house.database, tamper, lambda session: audit.verify(session, [checkpoint])) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda told: told["chains"].update({"0": [1, "f" * 64]}), "the signature of line 1"),
        (lambda told: told.update(at="2026-03-04T09:30:00.000000Z"), "the signature of line 1"),
        (lambda told: told.update(signature="00" * 64), "the signature of line 1"),
        (lambda told: told.update(server=server_key(bytes(32))), "line 1 is signed by"),
        (lambda told: told.pop("signature"), "line 1 is not a checkpoint"),
        (lambda told: told.update(chains=[]), "line 1 is not a checkpoint"),
    ],
)
async def test_a_checkpoint_is_taken_only_as_it_was_signed(
    house: House, change: Callable[[dict[str, object]], object], told: str
) -> None:
    line = await house.look(lambda session: take(session, SECRET, NOW))
    changed = orjson.loads(line)
    change(changed)
    with pytest.raises(BadInput, match=told):
        read_checkpoints([orjson.dumps(changed)], server_key(SECRET))
