"""Where the client gets the list of a version's files, and their bytes, on both databases."""

import base64
import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from httpx import AsyncClient
from sqlmodel import col, update

from gqlregistry import uploads
from gqlregistry.app.upkeep import collect_bytes
from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry.artifacts import log_artifact
from gqlregistry.registry.change import apply
from gqlregistry.registry.deletion import delete_artifact
from gqlregistry.registry.files import File
from gqlregistry.registry.keys import create_key
from gqlregistry.services import Services
from gqlregistry.store.tables import Blob

DATA = b"some bytes"
SHA256 = f"sha256:{hashlib.sha256(DATA).hexdigest()}"
MD5 = hashlib.md5(DATA)
MANIFEST = """query ($id: ID!) { artifact(id: $id) { currentManifest { file { directUrl } }
    files { totalCount edges { node { name directUrl digest storagePath } } } } }"""


async def logged(services: Services) -> str:
    """The id of a version with a file whose bytes are known by SHA-256, and a reference."""

    async def stream() -> AsyncIterator[bytes]:
        yield DATA

    await uploads.put(services, SHA256, stream())
    files = [File("sub/f.bin", SHA256, len(DATA)), File("there", "etag", 1, "s3://bucket/key", {"versionID": "7"})]
    done = await apply(
        services.database, services.local, log_artifact, None, "local/zoo/data", "dataset", files=files, commit=True
    )
    return encode_id("Artifact")(done.result.artifact.id)


async def test_a_version_of_the_public_api_has_a_manifest_with_md5s(client: AsyncClient, services: Services) -> None:
    id = await logged(services)
    answer = (await client.post("/wandb/graphql", json={"query": MANIFEST, "variables": {"id": id}})).json()
    artifact = answer["data"]["artifact"]
    for _ in range(2):
        manifest = (await client.get(artifact["currentManifest"]["file"]["directUrl"])).json()
    assert manifest["storagePolicyConfig"] == {"storageLayout": "V2"}
    assert manifest["contents"] == {
        "sub/f.bin": {
            "digest": base64.b64encode(MD5.digest()).decode(),
            "size": len(DATA),
            "birthArtifactID": id,
        },
        "there": {"digest": "etag", "size": 1, "ref": "s3://bucket/key", "extra": {"versionID": "7"}},
    }
    first, second = (edge["node"] for edge in artifact["files"]["edges"])
    assert (first["name"], second["name"], second["directUrl"]) == ("sub/f.bin", "there", "s3://bucket/key")
    assert first["storagePath"].startswith("wandb_artifacts/")
    part = await client.get(first["directUrl"], headers={"Range": "bytes=5-"})
    assert (part.status_code, part.content) == (206, DATA[5:])


@pytest.mark.parametrize("ids", ["{id}", "{id}/{id}"])
async def test_a_file_is_got_by_its_md5_with_a_key(client: AsyncClient, services: Services, ids: str) -> None:
    id = await logged(services)
    answer = (await client.post("/wandb/graphql", json={"query": MANIFEST, "variables": {"id": id}})).json()
    await client.get(answer["data"]["artifact"]["currentManifest"]["file"]["directUrl"])
    path = f"/wandb/artifactsV2/default/local/zoo/data/{ids.format(id=id)}"
    got = await client.get(f"{path}/{MD5.hexdigest()}/f.bin", follow_redirects=True)
    assert got.content == DATA
    assert (await client.get(f"{path}/{'0' * 32}/f.bin")).status_code == 404
    assert (await client.get(f"{path}/nonsense/f.bin")).status_code == 400
    await apply(services.database, services.local, create_key, "local", "laptop")
    assert (await client.get(f"{path}/{MD5.hexdigest()}/f.bin")).status_code == 401


async def test_a_manifest_is_not_got_by_a_made_up_link(client: AsyncClient) -> None:
    assert (await client.get("/wandb/manifests/nonsense/wandb_manifest.json")).status_code == 403


FILES_TO_PUT = """mutation ($files: [CreateArtifactFileSpecInput!]!) {
    createArtifactFiles(input: {artifactFiles: $files, storageLayout: V2}) {
        files { edges { node { name uploadUrl } } } } }"""


async def collect(services: Services, age: timedelta) -> None:
    """Take away what nothing holds, as if that had been so for a time."""
    loose = update(Blob).where(col(Blob.loose_since).is_not(None)).values(loose_since=datetime.now(UTC) - age)
    await services.database.write(lambda session: session.exec(loose))
    await collect_bytes(services)


async def test_a_deleted_version_has_no_manifest_when_its_bytes_are_gone(
    client: AsyncClient, services: Services
) -> None:
    id = await logged(services)
    answer = (await client.post("/wandb/graphql", json={"query": MANIFEST, "variables": {"id": id}})).json()
    key = decode_id(id, "Artifact")[1]
    await apply(services.database, services.local, delete_artifact, key, delete_aliases=True)
    await collect(services, timedelta(days=2))
    got = await client.get(answer["data"]["artifact"]["currentManifest"]["file"]["directUrl"])
    assert (got.status_code, got.json()["errors"][0]["message"]) == (
        404,
        "the bytes of this version are gone: it was deleted",
    )


async def test_bytes_that_need_not_be_put_again_stay_for_the_commit(client: AsyncClient, services: Services) -> None:
    async def stream() -> AsyncIterator[bytes]:
        yield DATA

    md5 = base64.b64encode(MD5.digest()).decode()
    await uploads.put(services, f"md5:{MD5.hexdigest()}", stream())
    id = await logged(services)
    files = [{"artifactID": id, "name": "f.bin", "md5": md5}]
    await collect(services, timedelta(hours=20))
    answer = (await client.post("/wandb/graphql", json={"query": FILES_TO_PUT, "variables": {"files": files}})).json()
    assert answer["data"]["createArtifactFiles"]["files"]["edges"][0]["node"]["uploadUrl"] is None
    await collect_bytes(services)
    blob = await services.database.write(lambda session: session.get_one(Blob, f"md5:{MD5.hexdigest()}"))
    assert blob.loose_since is not None
    assert datetime.now(UTC) - blob.loose_since < timedelta(minutes=1)
