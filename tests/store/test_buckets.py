"""A server that keeps its bytes in a bucket, and what it says when the bucket does not do its part."""

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch

import httpx
import obstore
import pytest
from httpx import AsyncClient
from itsdangerous import TimestampSigner
from obstore.exceptions import BaseError

from gqlregistry.auth import Principal
from gqlregistry.errors import Forbidden, NotFound, Unavailable
from gqlregistry.plan.relay import decode_id
from gqlregistry.settings import Settings
from gqlregistry.store import blobs
from gqlregistry.store.blobs import open_blobs
from gqlregistry.uploads import collect_draft
from tests.buckets import bucket, bucket_server, environment
from tests.conftest import on_sqlite
from tests.schema.api import API, file, sha256
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


@asynccontextmanager
async def serving(settings: Settings, s3: str, **more: Any) -> AsyncIterator[tuple[AsyncClient, API, str]]:
    """A server with a bucket: a client of it, its API, and where the bucket is."""
    with bucket(s3) as url:
        async with local_server(settings.model_copy(update={"blobs": url, **more})) as (client, services):
            api = API(client, services)
            await api.project()
            yield client, api, f"{s3}/{url.split('/')[2]}"


async def found(api: API, version: dict[str, Any]) -> dict[str, Any]:
    """The file of a version."""
    query = "query ($id: ID!) { artifact(ref: {id: $id}) { files { nodes { digest url } } } }"
    (file,) = (await api.ask(query, id=version["artifact"]["id"]))["artifact"]["files"]["nodes"]
    return dict(file)


@on_sqlite
async def test_a_version_goes_in_and_comes_out_through_the_server(settings: Settings, s3: str) -> None:
    async with serving(settings, s3, bucket_links=False) as (client, api, _):
        version = await logged(api, LARGE)
        assert (await client.put(path_of(version["uploads"][0]["url"]), content=LARGE)).status_code == 201
        await api.change("commitArtifact", "artifact { version }", artifact=version["artifact"]["id"])
        file = await found(api, version)
        whole = await client.get(path_of(file["url"]))
        assert sha256(whole.content) == file["digest"] == sha256(LARGE)
        part = await client.get(path_of(file["url"]), headers={"Range": "bytes=5000000-6000000"})
        assert (part.status_code, part.content) == (206, LARGE[5_000_000:6_000_001])
        assert (await client.get("/readyz")).json() == {"status": "ready"}


@on_sqlite
async def test_a_version_goes_into_the_bucket_and_comes_from_it(settings: Settings, s3: str) -> None:
    async with serving(settings, s3) as (client, api, address), AsyncClient() as anybody:
        version = await logged(api, LARGE)
        upload = version["uploads"][0]["url"]
        assert upload.startswith(address)
        assert (await anybody.put(upload, content=LARGE)).status_code == 200
        await api.change("commitArtifact", "artifact { version }", artifact=version["artifact"]["id"])
        link = path_of((await found(api, version))["url"])
        sent_on = await client.get(link)
        assert (sent_on.status_code, sent_on.headers["cache-control"]) == (307, "no-store")
        assert sent_on.headers["location"].startswith(address)
        assert (await anybody.get(sent_on.headers["location"])).content == LARGE
        part = await anybody.get(sent_on.headers["location"], headers={"Range": "bytes=5000000-6000000"})
        assert (part.status_code, part.content) == (206, LARGE[5_000_000:6_000_001])
        # A browser gets the file under its name, and from where its page may read it.
        shown = await client.get(link, headers={"Sec-Fetch-Mode": "navigate"})
        assert shown.status_code == 200
        assert "file.bin" in shown.headers["content-disposition"]
        assert await names(api) == {f"sha256/{sha256(LARGE)[7:9]}/{sha256(LARGE)[7:]}"}
        assert (await logged(api, LARGE))["uploads"] == [], "it is there already"


async def names(api: API) -> set[str]:
    """What there is in the bucket, keys apart."""
    listed = await obstore.list(api.services.blobs._store).collect_async()
    return {each["path"] for each in listed if not each["path"].startswith("keys/")}


@on_sqlite
@pytest.mark.parametrize("wrong", [b"other", b"much more than was announced", b""])
async def test_other_bytes_than_announced_are_never_committed(settings: Settings, s3: str, wrong: bytes) -> None:
    async with serving(settings, s3) as (client, api, _), AsyncClient() as anybody:
        version = await logged(api, b"right")
        asked = {"artifact": version["artifact"]["id"]}
        assert (await api.refusal("commitArtifact", **asked))[0] == "CONFLICT", "nothing has come yet"
        upload = version["uploads"][0]["url"]
        (await anybody.put(upload, content=wrong)).raise_for_status()
        assert (await api.refusal("commitArtifact", **asked))[0] == "BAD_USER_INPUT"
        assert await names(api) == set()
        (await anybody.put(upload, content=b"right")).raise_for_status()
        await api.change("commitArtifact", **asked)
        # Whoever still has the link changes nothing that anybody sees.
        (await anybody.put(upload, content=wrong)).raise_for_status()
        link = await client.get(path_of((await found(api, version))["url"]))
        assert (await anybody.get(link.headers["location"])).content == b"right"
        await api.change("commitArtifact", **asked)


@on_sqlite
async def test_links_into_the_bucket_end_with_those_to_the_server(settings: Settings, s3: str) -> None:
    async with serving(settings, s3, file_url_seconds=100) as (client, api, _), AsyncClient() as anybody:
        version = await logged(api, b"content")
        upload = version["uploads"][0]["url"]
        (await anybody.put(upload, content=b"content")).raise_for_status()
        await api.change("commitArtifact", "artifact { version }", artifact=version["artifact"]["id"])
        assert httpx.URL(upload).params["X-Amz-Expires"] == "100"
        links = api.services.links
        with patch.object(TimestampSigner, "get_timestamp", lambda _: int(time.time()) - 90):
            old = links.download_url("http://localhost", sha256(b"content"), "x")
        location = httpx.URL((await client.get(path_of(old))).headers["location"])
        assert 1 <= int(location.params["X-Amz-Expires"]) <= 10


@on_sqlite
async def test_who_may_not_edit_a_draft_takes_nothing_in_for_it(settings: Settings, s3: str) -> None:
    async with serving(settings, s3) as (_, api, _), AsyncClient() as anybody:
        version = await logged(api, b"content")
        (await anybody.put(version["uploads"][0]["url"], content=b"content")).raise_for_status()
        key = decode_id(version["artifact"]["id"], "Artifact")[1]
        with pytest.raises((Forbidden, NotFound)):
            await collect_draft(api.services, Principal(10**6, "stranger", is_admin=False), key)
        assert len(await names(api)) == 1, "it is still where it was put"


@on_sqlite
async def test_credentials_that_cannot_sign_let_bytes_pass_through_the_server(settings: Settings, s3: str) -> None:
    async with serving(settings, s3) as (client, api, _):
        with patch.object(obstore, "sign_async", side_effect=BaseError("no")):
            version = await logged(api, b"content")
            assert (await client.put(path_of(version["uploads"][0]["url"]), content=b"content")).status_code == 201
            await api.change("commitArtifact", "artifact { version }", artifact=version["artifact"]["id"])
            link = path_of((await found(api, version))["url"])
            assert (await client.get(link)).content == b"content"


@on_sqlite
async def test_a_bucket_that_is_gone_is_told_and_found_again(settings: Settings, s3: str) -> None:
    async with serving(settings, s3, bucket_links=False) as (client, api, address):
        version = await logged(api, b"content")
        upload = path_of(version["uploads"][0]["url"])
        httpx.post(f"{s3}/moto-api/reset").raise_for_status()
        refused = await client.put(upload, content=b"content")
        assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (503, "UNAVAILABLE")
        assert address.rpartition("/")[2] not in refused.text
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
