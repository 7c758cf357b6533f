"""Where the client gets the list of a version's files, and their bytes, on both databases."""

import base64
import hashlib
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from gqlregistry.plan.relay import encode_id
from gqlregistry.registry.artifacts import log_artifact
from gqlregistry.registry.change import apply
from gqlregistry.registry.files import File, record_blob
from gqlregistry.registry.keys import create_key
from gqlregistry.services import Services

DATA = b"some bytes"
SHA256 = f"sha256:{hashlib.sha256(DATA).hexdigest()}"
MD5 = hashlib.md5(DATA)
MANIFEST = """query ($id: ID!) { artifact(id: $id) { currentManifest { file { directUrl } }
    files { totalCount edges { node { name directUrl digest storagePath } } } } }"""


async def logged(services: Services) -> str:
    """The id of a version with a file whose bytes are known by SHA-256, and a reference."""

    async def stream() -> AsyncIterator[bytes]:
        yield DATA

    await services.blobs.put(SHA256, stream())
    await apply(services.database, services.local, record_blob, SHA256, len(DATA))
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
