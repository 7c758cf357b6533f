"""What is particular to a server that several processes share."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from gqlregistry.errors import Unavailable
from gqlregistry.store.postgresql import PostgreSQLDatabase
from gqlregistry.store.tables import Blob

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
NOW = datetime(2026, 3, 3, tzinfo=UTC)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[PostgreSQLDatabase]:
    database = PostgreSQLDatabase(make_url(database_url))
    yield database
    await database.close()


async def test_works_that_deadlock_are_run_again(database: PostgreSQLDatabase) -> None:
    await database.write(lambda session: session.add_all([Blob(digest=d, size=0, created_at=NOW) for d in "ab"]))
    runs = 0

    def bump(first: str, second: str) -> Callable[[Session], None]:
        def work(session: Session) -> None:
            nonlocal runs
            runs += 1
            for digest in (first, second):
                session.connection().execute(text("UPDATE blob SET size = size + 1 WHERE digest = :d"), {"d": digest})
                session.connection().execute(text("SELECT pg_sleep(0.2)"))

        return work

    await asyncio.gather(database.write(bump("a", "b")), database.write(bump("b", "a")))
    assert runs > 2
    assert await database.write(lambda session: [blob.size for blob in session.exec(select(Blob))]) == [2, 2]


async def test_two_who_make_the_same_row_both_get_it(database: PostgreSQLDatabase) -> None:
    def get_or_create(session: Session) -> str:
        if session.get(Blob, "same") is None:
            session.connection().execute(text("SELECT pg_sleep(0.1)"))
            session.add(Blob(digest="same", size=1, created_at=NOW))
            session.flush()
        return "same"

    assert await asyncio.gather(*(database.write(get_or_create) for _ in range(4))) == ["same"] * 4


async def test_a_row_that_stays_in_the_way_is_an_error(database: PostgreSQLDatabase) -> None:
    runs = 0

    def work(session: Session) -> None:
        nonlocal runs
        runs += 1
        session.add(Blob(digest="same", size=1, created_at=NOW))

    await database.write(work)
    with pytest.raises(IntegrityError):
        await database.write(work)
    assert runs == 1 + 4


async def test_a_server_that_is_not_there_is_told(database_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    database = PostgreSQLDatabase(make_url(f"postgresql://me:secret@127.0.0.1:{port}/registry"))
    for call in (database.upgrade, database.check):
        with pytest.raises(Unavailable, match="can't be reached") as told:
            await call()
        assert "secret" not in told.value.message
    with pytest.raises(Unavailable):
        await database.write(lambda session: None)
    await database.close()


async def test_a_database_that_is_not_there_is_told(database_url: str) -> None:
    database = PostgreSQLDatabase(make_url(database_url).set(database="nowhere"))
    with pytest.raises(Unavailable, match="refuses the connection"):
        await database.check()
    await database.close()


async def test_a_connection_that_breaks_is_told_and_replaced(database: PostgreSQLDatabase) -> None:
    def cut(session: Session) -> None:
        session.connection().execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(Unavailable):
        await database.write(cut)
    await database.check()


async def test_a_reader_plans_a_long_statement_once(database: PostgreSQLDatabase) -> None:
    long = f"SELECT 1 WHERE 'a' <> '{'b' * 30_000}'"
    async with database.reader() as connection:
        for _ in range(3):
            assert await connection.fetchval(long) == 1
        known = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement = $1"
        assert await connection.fetchval(known, long) == 3
