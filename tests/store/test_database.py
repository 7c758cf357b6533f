"""What both databases promise: see `store.database.Database`."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, func

from gqlregistry.errors import Conflict, Unavailable
from gqlregistry.store import Database
from gqlregistry.store.tables import Blob

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def add_blob(digest: str) -> Blob:
    return Blob(digest=digest, size=3, created_at=NOW)


def adding(digest: str):
    def work(session: Session) -> str:
        session.add(add_blob(digest))
        return digest

    return work


async def digests(database: Database) -> set[str]:
    async with database.snapshot() as connection:
        return set((await connection.execute(select(Blob.digest))).scalars())


async def test_a_write_answers_what_the_work_returns_and_can_be_read(database: Database) -> None:
    assert await database.write(adding("sha256:a")) == "sha256:a"
    assert await digests(database) == {"sha256:a"}


async def test_rows_stay_usable_after_the_write(database: Database) -> None:
    def work(session: Session) -> Blob:
        blob = add_blob("sha256:a")
        session.add(blob)
        session.flush()
        return blob

    blob = await database.write(work)
    assert (blob.digest, blob.created_at) == ("sha256:a", NOW)


async def test_a_work_that_raises_undoes_itself_alone(database: Database) -> None:
    def failing(session: Session) -> None:
        session.add(add_blob("sha256:bad"))
        session.flush()
        raise Conflict("no")

    works = [adding("sha256:a"), failing, adding("sha256:b"), failing, adding("sha256:c")]
    answers = await asyncio.gather(*(database.write(work) for work in works), return_exceptions=True)
    assert [type(answer) for answer in answers] == [str, Conflict, str, Conflict, str]
    assert await digests(database) == {"sha256:a", "sha256:b", "sha256:c"}


async def test_a_work_that_breaks_a_constraint_raises_and_others_are_kept(database: Database) -> None:
    works = [adding("sha256:a"), adding("sha256:a"), adding("sha256:b")]
    answers = await asyncio.gather(*(database.write(work) for work in works), return_exceptions=True)
    assert sum(isinstance(answer, DBAPIError) for answer in answers) == 1
    assert await digests(database) == {"sha256:a", "sha256:b"}


async def test_a_hundred_writes_at_once_are_all_kept(database: Database) -> None:
    await asyncio.gather(*(database.write(adding(f"sha256:{n}")) for n in range(100)))
    assert len(await digests(database)) == 100


async def test_a_read_sees_one_moment(database: Database) -> None:
    count = select(func.count()).select_from(Blob)
    await database.write(adding("sha256:a"))
    async with database.snapshot() as connection:
        assert await connection.scalar(count) == 1
        await database.write(adding("sha256:b"))
        assert await connection.scalar(count) == 1
    async with database.snapshot() as connection:
        assert await connection.scalar(count) == 2


async def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, Unavailable)):
        async with database.snapshot() as connection:
            await connection.execute(text("DELETE FROM blob"))
    async with database.snapshot() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1


async def test_a_cancelled_waiter_does_no_harm(database: Database) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        session.add(add_blob("sha256:slow"))
        started.set()
        go_on.wait(0.2)

    waiting = [asyncio.create_task(database.write(slow)), asyncio.create_task(database.write(adding("sha256:a")))]
    await asyncio.sleep(0.05)
    for task in waiting:
        task.cancel()
    go_on.set()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await database.write(adding("sha256:b")) == "sha256:b"
    assert "sha256:b" in await digests(database)


async def test_check_answers(database: Database) -> None:
    await database.check()


async def test_close_finishes_what_was_accepted(database: Database) -> None:
    writes = [asyncio.create_task(database.write(adding(f"sha256:{n}"))) for n in range(5)]
    await asyncio.gather(*writes)
    await database.close()
