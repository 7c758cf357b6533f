import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import asyncpg
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from gqlregistry.errors import RegistryError
from gqlregistry.registry import aliases, audit, people
from gqlregistry.registry.audit import Break
from gqlregistry.registry.change import apply
from gqlregistry.registry.events import chained_hash
from gqlregistry.registry.fold import log
from gqlregistry.store import open_database
from tests.registry.conftest import House
from tests.registry.tampering import tampered
from tests.registry.test_fold import random_step, restore

STEPS = 60
TAMPERINGS = 25
APART = 10

Tamper = Callable[[Session], Any]
Chains = dict[int | None, list[int]]


async def story(house: House) -> int:
    """A collection with some history; its key."""
    await house.log(content="a")
    artifact = await house.log(content="b")
    await house.do(aliases.set_alias, "local/zoo/data", "v0", "production", reason="first")
    await house.do(aliases.set_alias, "local/zoo/data", "v1", "production", reason="second")
    await house.do(people.create_user, "ann")
    key: int = artifact.collection_id
    return key


def sql(statement: str, **values: Any) -> Tamper:
    return lambda session: session.connection().execute(text(statement), values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE action_event SET reason = 'x' WHERE id = 1",
        "DELETE FROM action_event WHERE id = 1",
        "DELETE FROM action_event",
        "INSERT OR REPLACE INTO action_event SELECT * FROM action_event WHERE id = 1",
        "TRUNCATE action_event CASCADE",
    ],
)
async def test_the_database_refuses_to_change_the_log(house: House, statement: str) -> None:
    before = await house.look(lambda session: [event.model_dump() for event in log(session)])
    with pytest.raises((DBAPIError, RegistryError)) as refused:
        await house.look(sql(statement))
    words = {"INSERT OR": "sqlite", "TRUNCATE": "postgresql"}
    only = next((kind for word, kind in words.items() if statement.startswith(word)), None)
    if only is None or only in type(house.database).__name__.lower():
        assert "append-only" in str(refused.value)
    assert await house.look(lambda session: [event.model_dump() for event in log(session)]) == before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_server_without_rights_on_the_log_can_do_its_work(house: House, database_url: str) -> None:
    """The grants are those of docs/durability.md."""
    url = make_url(database_url)
    role = f"serving_{url.database}"
    owner = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    await owner.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'secret'")
    try:
        await owner.execute(f"""
            GRANT USAGE ON SCHEMA public TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};
            REVOKE UPDATE, DELETE, TRUNCATE ON action_event FROM {role};
            REVOKE DELETE, TRUNCATE ON event_chain FROM {role};
        """)
        served = open_database(url.set(username=role, password="secret").render_as_string(hide_password=False), Path())
        await served.upgrade()
        await served.check()
        await House(served, house.actor).log(content="c")
        for statement in ("DELETE FROM action_event", "ALTER TABLE action_event DISABLE TRIGGER ALL"):
            with pytest.raises(DBAPIError, match="permission denied|must be owner"):
                await served.write(sql(statement))
        assert await served.write(audit.verify) == []
        await served.close()
    finally:
        await owner.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")
        await owner.close()


@pytest.mark.parametrize(
    ("tampering", "reason", "which"),
    [
        ("UPDATE action_event SET reason = 'x' WHERE reason = 'first'", "x", 0),
        ("UPDATE action_event SET actor_id = 1 WHERE reason = 'first'", "first", 0),
        ("UPDATE action_event SET hash = 'x' WHERE reason = 'first'", "first", 0),
        ("DELETE FROM action_event WHERE reason = 'first'", "second", 0),
        ("UPDATE event_chain SET head = 'x' WHERE chain <> 0", "second", -1),
        ("DELETE FROM event_chain WHERE chain <> 0", None, 0),
    ],
)
async def test_the_first_line_that_was_tampered_with_is_found(
    house: House, tampering: str, reason: str | None, which: int
) -> None:
    collection = await story(house)
    assert await house.look(audit.verify) == []

    def look(session: Session) -> tuple[list[Break], list[int]]:
        lines = [event for event in log(session) if event.collection_id == collection]
        return audit.verify(session), [event.id for event in lines if event.reason == reason]

    (found,), lines = await tampered(house.database, sql(tampering), look)
    assert (found.collection_id, found.event_id) == (collection, lines[which])


async def test_lines_dropped_from_the_end_are_missed(house: House) -> None:
    collection = await story(house)

    def look(session: Session) -> tuple[list[Break], int]:
        return audit.verify(session), [event.id for event in log(session) if event.collection_id == collection][-1]

    dropping = sql("DELETE FROM action_event WHERE reason = 'second'")
    (found,), last = await tampered(house.database, dropping, look)
    assert (found.collection_id, found.event_id) == (collection, last)
    assert "the last 2 are gone, in the log of collection" in str(found)
    assert await tampered(house.database, dropping, audit.differences) == [f"collections {collection}"]
    dropping = sql("DELETE FROM action_event WHERE collection_id IS NULL")
    (found,) = await tampered(house.database, dropping, audit.verify)
    assert (found.collection_id, found.event_id) == (None, None)
    assert "in the log of the server" in str(found)


async def test_a_log_that_contradicts_itself_is_said_to(house: House) -> None:
    await story(house)
    tampering = sql("DELETE FROM action_event WHERE kind = 'COLLECTION_CREATED'")
    (found,) = await tampered(house.database, tampering, audit.differences)
    assert "contradicts itself" in found


async def test_verify_names_the_first_broken_row_after_any_tampering(house: House) -> None:
    """One random history, and many tamperings with it, each undone."""
    pick, loop = Random(1), asyncio.get_running_loop()
    for rule, inputs, more in restore(pick) + [random_step(pick) for _ in range(STEPS)]:
        with suppress(RegistryError):
            await apply(house.database, house.actor, rule, *inputs, **more)
    chains: Chains = defaultdict(list)
    for event in await house.look(lambda session: list(log(session))):
        chains[event.collection_id].append(event.id * APART)
    assert len(chains) > 3

    @settings(max_examples=TAMPERINGS, deadline=None, database=None, phases=[Phase.generate])
    @given(st.sampled_from(KINDS), st.integers(0, 2**32))
    def check(kind: Callable[[Chains, Random], tuple[Tamper, int | None, int | None]], seed: int) -> None:
        tamper, chain, row = kind(chains, Random(seed))

        def with_room(session: Session) -> None:
            # Two steps: keys may not meet on the way.
            sql("UPDATE action_event SET id = -id")(session)
            sql(f"UPDATE action_event SET id = -id * {APART}")(session)
            tamper(session)

        work = tampered(house.database, with_room, audit.verify)
        found = asyncio.run_coroutine_threadsafe(work, loop).result()
        assert [(each.collection_id, each.event_id) for each in found] == [(chain, row)], kind

    await asyncio.to_thread(check)
    assert await house.look(audit.verify) == []


def edit(chains: Chains, pick: Random) -> tuple[Tamper, int | None, int | None]:
    chain = pick.choice(list(chains))
    row = pick.choice(chains[chain])
    change = pick.choice(
        [
            "reason = coalesce(reason, '') || '!'",
            "actor_id = actor_id + 1",
            "alias = coalesce(alias, '') || 'x'",
            "detail = '{\"a\": 1}'",
            "created_at = '2026-01-01T00:00:00.000000Z'",
            "hash = 'f' || substr(hash, 2) || '0'",
            "version_index = coalesce(version_index, 0) + 1",
        ]
    )
    return _without_keys(f"UPDATE action_event SET {change} WHERE id = {row}"), chain, row


def delete(chains: Chains, pick: Random) -> tuple[Tamper, int | None, int | None]:
    chain = pick.choice(list(chains))
    rows = chains[chain]
    at = pick.randrange(len(rows))
    named = rows[at + 1] if at + 1 < len(rows) else (rows[at - 1] if at else None)
    return sql(f"DELETE FROM action_event WHERE id = {rows[at]}"), chain, named


def truncate(chains: Chains, pick: Random) -> tuple[Tamper, int | None, int | None]:
    chain = pick.choice(list(chains))
    rows = chains[chain]
    kept = pick.randrange(len(rows))
    gone = ", ".join(map(str, rows[kept:]))
    return sql(f"DELETE FROM action_event WHERE id IN ({gone})"), chain, rows[kept - 1] if kept else None


def insert(chains: Chains, pick: Random) -> tuple[Tamper, int | None, int | None]:
    """A copy of a line at another place of its chain, by half of the times with the hash that fits there."""
    chain = pick.choice(list(chains))
    rows = chains[chain]
    at = pick.randrange(len(rows))
    source, fitting, row = pick.choice(rows), pick.random() < 0.5, rows[at] + 1

    def tamper(session: Session) -> None:
        lines = {event.id: event for event in log(session)}
        copy = lines[source].model_copy(update={"id": row})
        if fitting:
            copy.hash = chained_hash(lines[rows[at]].hash, copy)
        session.add(type(copy)(**copy.model_dump()))
        session.flush()

    after = rows[at + 1] if at + 1 < len(rows) else None
    return tamper, chain, after if after is not None and (fitting or source == after) else row


def reorder(chains: Chains, pick: Random) -> tuple[Tamper, int | None, int | None]:
    chain = pick.choice([chain for chain, rows in chains.items() if len(rows) > 1])
    one, other = sorted(pick.sample(chains[chain], 2))
    swap = (
        f"UPDATE action_event SET id = CASE id WHEN -{one} THEN {other} ELSE {one} END WHERE id IN (-{one}, -{other})"
    )

    def tamper(session: Session) -> None:
        sql(f"UPDATE action_event SET id = -id WHERE id IN ({one}, {other})")(session)
        sql(swap)(session)

    return tamper, chain, one


KINDS = [edit, delete, truncate, insert, reorder]


def _without_keys(statement: str) -> Tamper:
    """Run it without foreign keys being checked: an administrator can turn that off."""

    def tamper(session: Session) -> None:
        if session.connection().dialect.name == "postgresql":
            sql("SET LOCAL session_replication_role = replica")(session)
        sql(statement)(session)

    return tamper
