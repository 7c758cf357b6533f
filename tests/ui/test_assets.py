"""What the pages load."""

from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.routing import Mount

from gqlregistry.ui.assets import Assets

RAW, BR, GZ = b"console.log(1)", b"as br", b"as gzip"


@pytest.fixture
def files(tmp_path: Path) -> AsyncClient:
    """A client of a folder of assets."""
    (tmp_path / "app-1a2b.js").write_bytes(RAW)
    (tmp_path / "app-1a2b.js.br").write_bytes(BR)
    (tmp_path / "app-1a2b.js.gz").write_bytes(GZ)
    (tmp_path / "inter.woff2").write_bytes(b"font")
    app = Starlette(routes=[Mount("/assets", Assets(directory=tmp_path, check_dir=False))])
    return AsyncClient(transport=ASGITransport(app), base_url="http://localhost")


@pytest.mark.parametrize(
    ("taken", "encoding", "content"),
    [
        ("gzip, deflate, br, zstd", "br", BR),
        ("br;q=0.1, gzip;q=1.0", "br", BR),
        ("GZIP", "gzip", GZ),
        ("gzip, br;q=0", "gzip", GZ),
        ("gzip;q=0.0", None, RAW),
        ("identity", None, RAW),
        ("deflate;q=x, nonsense;;", None, RAW),
        ("", None, RAW),
    ],
)
async def test_the_best_encoding_that_is_taken_is_sent(
    files: AsyncClient, taken: str, encoding: str | None, content: bytes
) -> None:
    async with files.stream("GET", "/assets/app-1a2b.js", headers={"accept-encoding": taken}) as answer:
        sent = b"".join([part async for part in answer.aiter_raw()])
    assert (answer.status_code, answer.headers.get("content-encoding"), sent) == (200, encoding, content)
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"


async def test_a_file_that_is_not_compressed_is_sent_as_it_is(files: AsyncClient) -> None:
    answer = await files.get("/assets/inter.woff2", headers={"accept-encoding": "br, gzip"})
    assert (answer.content, answer.headers["content-type"]) == (b"font", "font/woff2")
    assert "content-encoding" not in answer.headers


async def test_a_file_is_kept_for_good(files: AsyncClient) -> None:
    answer = await files.get("/assets/inter.woff2")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_each_encoding_has_a_mark_of_its_own_and_what_is_known_is_not_sent_again(files: AsyncClient) -> None:
    marks = set()
    for taken in ("br", "gzip", "identity"):
        async with files.stream("GET", "/assets/app-1a2b.js", headers={"accept-encoding": taken}) as answer:
            marks.add(answer.headers["etag"])
        known = {"accept-encoding": taken, "if-none-match": answer.headers["etag"]}
        again = await files.get("/assets/app-1a2b.js", headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"].endswith("immutable")
    assert len(marks) == 3


async def test_head_tells_of_a_file_without_it(files: AsyncClient) -> None:
    answer = await files.head("/assets/app-1a2b.js", headers={"accept-encoding": "br"})
    assert (answer.headers["content-length"], answer.content) == (str(len(BR)), b"")


@pytest.mark.parametrize("path", ["app-9z9z.js", "", "../conftest.py", "%2e%2e/secret", "a%00b", "x" * 5000])
async def test_what_is_not_there_is_404(files: AsyncClient, tmp_path: Path, path: str) -> None:
    (tmp_path.parent / "secret").touch()
    assert (await files.get(f"/assets/{path}")).status_code == 404


async def test_without_a_build_nothing_is_there(tmp_path: Path) -> None:
    app = Starlette(routes=[Mount("/assets", Assets(directory=tmp_path / "none", check_dir=False))])
    client = AsyncClient(transport=ASGITransport(app), base_url="http://localhost")
    assert (await client.get("/assets/app-1a2b.js")).status_code == 404
