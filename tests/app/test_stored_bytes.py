"""Bytes that are not what they were are found, and who misses them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest_asyncio
from httpx import AsyncClient

from gqlregistry.app.stored_bytes import damaged
from gqlregistry.registry import blobs
from gqlregistry.services import Services
from tests.schema.api import API, file, sha256
from tests.serving import command

WHOLE, MISSING, SWAPPED, SHORT = b"whole", b"missing", b"swapped", b"too short"


@pytest_asyncio.fixture
async def api(client: AsyncClient, services: Services) -> API:
    """The public schema of a fresh server, with the project local/zoo."""
    api = API(client, services)
    await api.project()
    return api


async def log_files(api: API) -> str:
    """A version with four files, committed; its id in the log."""
    data = {each.decode(): each for each in (WHOLE, MISSING, SWAPPED, SHORT)}
    files = [file(path, content) for path, content in data.items()]
    selection = "artifact { id } uploads { digest url }"
    logged = await api.change(
        "logArtifact", selection, collection={"name": "local/zoo/data"}, type="dataset", files=files
    )
    by_digest = {sha256(content): content for content in data.values()}
    for upload in logged["uploads"]:
        await api.client.put(httpx.URL(upload["url"]).raw_path.decode(), content=by_digest[upload["digest"]])
    await api.change("commitArtifact", "artifact { version }", artifact=logged["artifact"]["id"])
    return str(logged["artifact"]["id"])


def path_of(folder: Path, content: bytes) -> Path:
    number = sha256(content).partition(":")[2]
    return folder / "blobs" / "sha256" / number[:2] / number


async def found(services: Services, quick: bool) -> list[str]:
    return sorted([line async for line in damaged(services, quick)])


async def test_each_damage_is_told_with_the_version_that_misses_the_bytes(api: API, tmp_path: Path) -> None:
    await log_files(api)
    assert await found(api.services, quick=False) == await found(api.services, quick=True) == []
    path_of(tmp_path, MISSING).unlink()
    path_of(tmp_path, SWAPPED).write_bytes(SWAPPED[::-1])
    path_of(tmp_path, SHORT).write_bytes(SHORT[:-1])
    told = {
        MISSING: f"{sha256(MISSING)} is missing\n  artifact 1: missing",
        SWAPPED: f"{sha256(SWAPPED)} has other bytes than it had\n  artifact 1: swapped",
        SHORT: f"{sha256(SHORT)} has other bytes than it had\n  artifact 1: too short",
    }
    assert await found(api.services, quick=False) == sorted(told.values())
    told[SHORT] = f"{sha256(SHORT)} has 8 bytes, not 9\n  artifact 1: too short"
    del told[SWAPPED]
    assert await found(api.services, quick=True) == sorted(told.values())


async def test_bytes_that_nothing_holds_are_listed_until_they_are_collected(api: API) -> None:
    artifact = await log_files(api)
    assert await api.house.look(lambda session: list(blobs.unheld(session))) == []
    await api.change("deleteArtifact", artifact={"id": artifact})
    unheld = await api.house.look(lambda session: list(blobs.unheld(session)))
    assert sorted(unheld) == sorted((sha256(each), len(each)) for each in (WHOLE, MISSING, SWAPPED, SHORT))
    await api.house.do(blobs.discard, datetime.now(UTC))
    assert await api.house.look(lambda session: list(blobs.unheld(session))) == []


def test_the_commands_say_it_in_words_and_by_their_exit_code(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    done: Any = command("blobs", "verify", *data)
    assert (done.returncode, done.stdout) == (0, "All bytes are there.\n")
    done = command("blobs", "collect", "--dry-run", *data)
    assert (done.returncode, done.stdout) == (0, "")
    assert "0 files, 0 bytes" in done.stderr
