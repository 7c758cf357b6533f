"""Bytes in by an upload link, out by a download link."""

import hashlib

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from gqlregistry.capabilities import FileLinks
from gqlregistry.errors import Forbidden
from gqlregistry.services import Services
from gqlregistry.store.tables import Blob
from tests.conftest import on_sqlite

pytestmark = on_sqlite

BASE = "http://localhost"
TEXT = b"0123456789"
DIGEST = f"sha256:{hashlib.sha256(TEXT).hexdigest()}"


def upload_url(services: Services, size: int | None = len(TEXT), digest: str = DIGEST) -> str:
    return services.links.upload_url(BASE, digest, size)


async def stored(client: AsyncClient, services: Services, filename: str = "data/zoo.csv") -> str:
    """The URL at which TEXT can be had."""
    assert (await client.put(upload_url(services), content=TEXT)).status_code == 201
    return services.links.download_url(BASE, DIGEST, filename)


async def blobs(services: Services) -> list[tuple[str, int]]:
    async with services.database.snapshot() as connection:
        return [tuple(row) for row in await connection.execute(select(Blob.digest, Blob.size))]


async def test_what_is_uploaded_is_recorded_and_comes_back(client: AsyncClient, services: Services) -> None:
    answer = await client.put(upload_url(services), content=TEXT)
    assert (answer.status_code, answer.json()) == (201, {"digest": DIGEST, "size": 10})
    assert await blobs(services) == [(DIGEST, 10)]
    assert (await client.get(services.links.download_url(BASE, DIGEST, "a"))).content == TEXT


async def test_the_same_bytes_again_are_welcome(client: AsyncClient, services: Services) -> None:
    await stored(client, services)
    assert (await client.put(upload_url(services, None), content=TEXT)).status_code == 201
    assert await blobs(services) == [(DIGEST, 10)]


async def test_an_empty_file_can_be_kept(client: AsyncClient, services: Services) -> None:
    empty = f"md5:{hashlib.md5(b'').hexdigest()}"
    assert (await client.put(upload_url(services, 0, empty), content=b"")).status_code == 201
    answer = await client.get(services.links.download_url(BASE, empty, "empty"))
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "0")


@pytest.mark.parametrize("content", [b"0123456780", b"012345678", b"01234567899"])
async def test_other_bytes_are_refused_and_not_recorded(
    client: AsyncClient, services: Services, content: bytes
) -> None:
    answer = await client.put(upload_url(services), content=content)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    assert await blobs(services) == []
    assert not await services.blobs.exists(DIGEST)


async def test_a_body_of_unknown_length_is_held_to_the_size(client: AsyncClient, services: Services) -> None:
    async def too_much():
        yield TEXT
        yield b"more"

    assert (await client.put(upload_url(services), content=too_much())).status_code == 400
    assert not await services.blobs.exists(DIGEST)


async def test_a_download_cannot_run_or_be_guessed_at(client: AsyncClient, services: Services) -> None:
    answer = await client.get(await stored(client, services, 'data/<ζώο> \r\n".html'))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (
        answer.headers["content-disposition"]
        == "attachment; filename*=UTF-8''%3C%CE%B6%CF%8E%CE%BF%3E%20%0D%0A%22.html"
    )
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("asked", "status", "content", "answered"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-30", 206, TEXT, "bytes 0-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=4-2", 200, TEXT, None),
        ("bytes=0-1,3-4", 200, TEXT, None),
        ("bytes=-", 200, TEXT, None),
        ("lines=1-2", 200, TEXT, None),
    ],
)
async def test_a_part_can_be_asked_for(
    client: AsyncClient, services: Services, asked: str, status: int, content: bytes, answered: str | None
) -> None:
    answer = await client.get(await stored(client, services), headers={"Range": asked})
    assert (answer.status_code, answer.content, answer.headers.get("content-range")) == (status, content, answered)


async def test_a_part_of_something_else_is_the_whole(client: AsyncClient, services: Services) -> None:
    headers = {"Range": "bytes=2-4", "If-Range": '"md5:other"'}
    answer = await client.get(await stored(client, services), headers=headers)
    assert (answer.status_code, answer.content) == (200, TEXT)


async def test_head_and_what_is_cached(client: AsyncClient, services: Services) -> None:
    url = await stored(client, services)
    head = await client.head(url)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", "10")
    cached = await client.get(url, headers={"If-None-Match": head.headers["etag"]})
    assert (cached.status_code, cached.content) == (304, b"")


async def test_bytes_that_are_not_there(client: AsyncClient, services: Services) -> None:
    answer = await client.get(services.links.download_url(BASE, DIGEST, "a"))
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


async def test_a_link_is_for_one_thing(client: AsyncClient, services: Services) -> None:
    url = await stored(client, services)
    strangers = FileLinks(b"another key", 60)
    refused = [
        await client.put(url.rpartition("/")[0], content=TEXT),
        await client.get(upload_url(services)),
        await client.get(url.replace("/files/", "/files/x")),
        await client.get(strangers.download_url(BASE, DIGEST, "a")),
    ]
    assert [answer.status_code for answer in refused] == [403] * 4


async def test_links_outlive_the_server(services: Services) -> None:
    again = FileLinks(await services.blobs.secret("file-links"), 60)
    token = upload_url(services).rpartition("/")[2]
    assert again.read_upload(token).digest == DIGEST


def test_a_link_expires() -> None:
    late, in_time = FileLinks(b"key", -1), FileLinks(b"key", 60)
    token = late.upload_url(BASE, DIGEST, 10).rpartition("/")[2]
    assert in_time.read_upload(token).size == 10
    with pytest.raises(Forbidden, match="expired"):
        late.read_upload(token)
