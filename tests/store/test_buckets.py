"""A server that keeps its bytes in a bucket, and what it says when the bucket does not do its part."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch

import httpx
import pytest

from gqlregistry.errors import Unavailable
from gqlregistry.settings import Settings
from gqlregistry.store import blobs
from gqlregistry.store.blobs import open_blobs
from tests.buckets import bucket, bucket_server, environment
from tests.schema.api import API, file, sha256
from tests.schema.conftest import on_sqlite
from tests.serving import local_server

LARGE = os.urandom(12 * 2**20)
"""Sent in several parts."""


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with bucket_server() as url:
        yield url


async def streamed(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 2**20):
        yield data[start : start + 2**20]


async def logged(api: API, content: bytes) -> dict[str, Any]:
    """A version with one file that is about to be uploaded."""
    selection = "artifact { id } uploads { url }"
    collection, files = {"name": "local/zoo/data"}, [file("file.bin", content)]
    return dict(await api.change("logArtifact", selection, collection=collection, type="dataset", files=files))


def path_of(url: str) -> str:
    return httpx.URL(url).raw_path.decode()


@on_sqlite
async def test_a_version_goes_in_and_comes_out(settings: Settings, s3: str) -> None:
    with bucket(s3) as url:
        async with local_server(settings.model_copy(update={"blobs": url})) as (client, services):
            api = API(client, services)
            await api.project()
            version = await logged(api, LARGE)
            assert (await client.put(path_of(version["uploads"][0]["url"]), content=LARGE)).status_code == 201
            await api.change("commitArtifact", "artifact { version }", artifact=version["artifact"]["id"])
            query = "query ($id: ID!) { artifact(ref: {id: $id}) { files { nodes { digest url } } } }"
            [found] = (await api.ask(query, id=version["artifact"]["id"]))["artifact"]["files"]["nodes"]
            whole = await client.get(path_of(found["url"]))
            assert sha256(whole.content) == found["digest"] == sha256(LARGE)
            part = await client.get(path_of(found["url"]), headers={"Range": "bytes=5000000-6000000"})
            assert (part.status_code, part.content) == (206, LARGE[5_000_000:6_000_001])
            assert (await client.get("/readyz")).json() == {"status": "ready"}


@on_sqlite
async def test_a_bucket_that_is_gone_is_told_and_found_again(settings: Settings, s3: str) -> None:
    with bucket(s3) as url:
        address = f"{s3}/{url.split('/')[2]}"
        async with local_server(settings.model_copy(update={"blobs": url})) as (client, services):
            api = API(client, services)
            await api.project()
            version = await logged(api, b"content")
            upload = path_of(version["uploads"][0]["url"])
            httpx.post(f"{s3}/moto-api/reset").raise_for_status()
            refused = await client.put(upload, content=b"content")
            assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (503, "UNAVAILABLE")
            assert url.split("/")[2] not in refused.text
            httpx.put(address).raise_for_status()
            assert (await client.put(upload, content=b"content")).status_code == 201
            await api.change("commitArtifact", "artifact { version }", artifact=version["artifact"]["id"])


class Denying(BaseHTTPRequestHandler):
    """A bucket that lets nobody in."""

    def answer(self) -> None:
        body = b"<Error><Code>AccessDenied</Code><Message>the secret name of a bucket</Message></Error>"
        self.send_response(403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer

    def log_message(self, *_: Any) -> None:
        pass


class Failing(Denying):
    """One that has a fault each time."""

    def answer(self) -> None:
        self.send_response(500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer


@pytest.mark.parametrize("handler", [Denying, Failing])
async def test_a_bucket_that_does_not_serve_is_unavailable_in_time(
    handler: type[BaseHTTPRequestHandler], tmp_path: Path
) -> None:
    digest = f"sha256:{hashlib.sha256(b'content').hexdigest()}"
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with patch.dict(os.environ, environment(f"http://127.0.0.1:{server.server_address[1]}")):
            store = open_blobs("s3://bucket", tmp_path)
            async with asyncio.timeout(30):
                for call in (store.get(digest), store.size(digest), store.put(digest, streamed(b"content"))):
                    with pytest.raises(Unavailable) as refused:
                        await call
                    assert "secret" not in refused.value.message
        server.shutdown()


def test_what_is_not_answered_is_given_up_before_a_client_gives_up() -> None:
    assert blobs.RETRY["retry_timeout"].total_seconds() < Settings().query_seconds
