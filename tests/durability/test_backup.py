"""A backup that was taken under load restores, into either kind of database, and nothing less than all of it does."""

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from sqlmodel import select

from gqlregistry.backup import ROWS, back_up, restore
from gqlregistry.errors import BadInput, Conflict, Unavailable
from gqlregistry.registry import aliases, artifacts, audit, people
from gqlregistry.registry.files import File
from gqlregistry.registry.fold import log
from gqlregistry.registry.state import state_of
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from gqlregistry.store import Database, open_database
from gqlregistry.store.blobs import BlobStore, open_blobs
from gqlregistry.store.tables import Entity
from gqlregistry.uploads import put
from tests.durability.checking import check
from tests.durability.test_faults import enough, writing
from tests.registry.conftest import House

CONTENT = b"hello"
DIGEST = f"sha256:{hashlib.sha256(CONTENT).hexdigest()}"
OTHER_KIND = [("sqlite", "postgresql"), ("postgresql", "sqlite")]


@pytest.mark.parametrize(("database_url", "empty_database_url"), OTHER_KIND, indirect=True)
async def test_a_backup_under_load_is_a_moment_of_the_store(
    database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path / "served", database=database_url)
    source = open_database(database_url, tmp_path)
    async with writing(settings) as clients:
        first = await back_up(source, open_blobs(None, tmp_path / "served"), tmp_path / "backup")
        await enough(clients)
        second = await back_up(source, open_blobs(None, tmp_path / "served"), tmp_path / "backup")
        assert second.already_there >= first.files > 0
        assert second.files > 0
    # And once more when all is at rest: what comes back is what was acknowledged.
    await back_up(source, open_blobs(None, tmp_path / "served"), tmp_path / "at rest")
    await source.close()
    shutil.rmtree(tmp_path / "served")
    for name, where in (("backup", f"sqlite:///{tmp_path / 'moment.db'}"), ("at rest", empty_database_url)):
        restored = open_database(where, tmp_path)
        await restored.upgrade()
        await restore(restored, open_blobs(None, tmp_path / name / "restored"), tmp_path / name)
        await restored.close()
    await check(empty_database_url, tmp_path / "at rest" / "restored", clients.found)
    restored = open_database(empty_database_url, tmp_path)
    local = (await restored.write(people.ensure_defaults)).local
    await House(restored, local).log(content="new", collection="local/kills/new")
    await restored.close()


@pytest_asyncio.fixture
async def folder(services: Services, tmp_path: Path) -> Path:
    """A backup of a small store."""
    house = House(services.database, services.local)
    await house.project()
    await put(services, DIGEST, streamed(CONTENT))
    files = [File("greeting", DIGEST, len(CONTENT)), File("elsewhere", "etag", 1, "s3://bucket/key")]
    said = {"files": files, "metadata": {"é": 0.5}, "ttl_seconds": 10**9, "commit": True}
    await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", **said)
    await house.do(aliases.set_alias, "local/zoo/data", "v0", "production", reason="first")
    await back_up(services.database, services.blobs, tmp_path / "backup")
    return tmp_path / "backup"


@pytest_asyncio.fixture
async def empty(tmp_path: Path) -> AsyncIterator[tuple[Database, BlobStore]]:
    """A store with nothing in it."""
    (tmp_path / "empty").mkdir()
    database = open_database(None, tmp_path / "empty")
    await database.upgrade()
    yield database, open_blobs(None, tmp_path / "empty")
    await database.close()


async def test_all_that_stood_comes_back_and_goes_on(
    services: Services, folder: Path, empty: tuple[Database, BlobStore]
) -> None:
    done = await restore(*empty, folder)
    assert (done.files, list(done.gone)) == (1, [])
    database, blobs = empty
    for look in (state_of, lambda session: [event.model_dump() for event in log(session)]):
        assert await database.read(look) == await services.database.read(look)
    assert await blobs.read(DIGEST, 100) == CONTENT
    await House(database, services.local).log(content="new")
    assert await database.read(audit.verify) == []


async def test_only_an_empty_database_is_filled(folder: Path, empty: tuple[Database, BlobStore]) -> None:
    await empty[0].write(people.ensure_defaults)
    with pytest.raises(Conflict, match="not empty"):
        await restore(*empty, folder)


def cut(folder: Path) -> None:
    whole = (folder / ROWS).read_bytes()
    (folder / ROWS).write_bytes(whole[: len(whole) // 2])


def without_its_end(folder: Path) -> None:
    rewrite(folder, lambda lines: lines[:-1])


def changed(folder: Path) -> None:
    rewrite(folder, lambda lines: [line.replace(b"production", b"productioN") for line in lines])


def without_its_first_event(folder: Path) -> None:
    def dropped(lines: list[bytes]) -> list[bytes]:
        at = next(n for n, line in enumerate(lines) if line.startswith(b'{"table":"action_event"')) + 1
        return signed([*lines[:at], *lines[at + 1 : -1]])

    rewrite(folder, dropped)


def of_another_schema(folder: Path) -> None:
    rewrite(folder, lambda lines: signed([re.sub(rb'"schema":"\d+"', b'"schema":"9999"', lines[0]), *lines[1:-1]]))


def without_bytes(folder: Path) -> None:
    stored(folder).unlink()


def with_other_bytes(folder: Path) -> None:
    stored(folder).write_bytes(CONTENT[::-1])


def without_anything(folder: Path) -> None:
    (folder / ROWS).unlink()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (cut, "not a whole backup"),
        (without_its_end, "its end is missing"),
        (changed, "its digest is another"),
        (without_its_first_event, "can't be believed"),
        (of_another_schema, "schema 9999"),
        (without_bytes, f"lacks the bytes of {hashlib.sha256(b'hello').hexdigest()}"),
        (with_other_bytes, "the bytes have digest"),
        (without_anything, "no backup here"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_less_than_a_whole_backup_restores_nothing(
    folder: Path, empty: tuple[Database, BlobStore], harm: Callable[[Path], None], told: str
) -> None:
    harm(folder)
    with pytest.raises((BadInput, Conflict), match=told.replace("of ", "of (sha256:)?")):
        await restore(*empty, folder)
    assert await empty[0].read(lambda session: list(session.exec(select(Entity)))) == []


async def test_a_backup_that_fails_leaves_the_one_before(services: Services, folder: Path, tmp_path: Path) -> None:
    before = (folder / ROWS).read_bytes()
    await put(services, f"sha256:{hashlib.sha256(b'lost').hexdigest()}", streamed(b"lost"))
    (lost,) = (tmp_path / "blobs").rglob(hashlib.sha256(b"lost").hexdigest())
    lost.unlink()
    with pytest.raises(Conflict, match="has lost the bytes"):
        await back_up(services.database, services.blobs, folder)
    (tmp_path / "blobs").rename(tmp_path / "away")
    with pytest.raises(Unavailable):
        await back_up(services.database, services.blobs, folder)
    assert (folder / ROWS).read_bytes() == before


def rewrite(folder: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    lines = gzip.decompress((folder / ROWS).read_bytes()).splitlines(keepends=True)
    (folder / ROWS).write_bytes(gzip.compress(b"".join(change(lines))))


def signed(lines: list[bytes]) -> list[bytes]:
    """Lines with the end that fits, as somebody can write who knows how."""
    rows = sum(line.startswith(b"[") for line in lines)
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    return [*lines, json.dumps({"rows": rows, "sha256": digest}).encode() + b"\n"]


def stored(folder: Path) -> Path:
    (path,) = folder.rglob(DIGEST.removeprefix("sha256:"))
    return path


async def streamed(content: bytes) -> AsyncIterator[bytes]:
    yield content
