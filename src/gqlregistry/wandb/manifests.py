"""How a version gets its files: their bytes are put one by one, then a list of them, then it is committed."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import Enum

import strawberry
from sqlmodel import Session

from gqlregistry import uploads
from gqlregistry.errors import BadInput, NotFound
from gqlregistry.plan.relay import decode_id
from gqlregistry.registry import artifacts, blobs, drafts
from gqlregistry.registry.files import File as ListedFile
from gqlregistry.registry.files import kept_as
from gqlregistry.registry.manifests import md5_digest, read_manifest
from gqlregistry.registry.values import MAX_INT
from gqlregistry.services import Services
from gqlregistry.store import tables
from gqlregistry.store.tables import Manifest, ManifestKind
from gqlregistry.wandb import loading
from gqlregistry.wandb.artifact_files import MANIFEST, STORED_AT, ArtifactManifest, File, FileConnection, FileEdge
from gqlregistry.wandb.artifact_mutations import ArtifactPayload
from gqlregistry.wandb.ids import text_id
from gqlregistry.wandb.labels import ArtifactDigestAlgorithm
from gqlregistry.wandb.objects import Artifact
from gqlregistry.wandb.paging import PageInfo
from gqlregistry.wandb.scalars import Int64
from gqlregistry.wandb.work import Info, change, read

MAX_MANIFEST_BYTES = 256 * 1024 * 1024


@strawberry.enum
class ArtifactManifestType(Enum):
    """What a manifest lists."""

    FULL = "FULL"
    PATCH = "PATCH"
    INCREMENTAL = "INCREMENTAL"


@strawberry.enum
class ArtifactStorageLayout(Enum):
    """Where the client thinks that bytes are."""

    V1 = "V1"
    V2 = "V2"


@strawberry.enum
class CompleteMultipartAction(Enum):
    """What becomes of the parts."""

    COMPLETE = strawberry.enum_value("Complete")


@strawberry.input
class CreateArtifactManifestInput:
    """A manifest that a version will have."""

    artifact_id: strawberry.ID = strawberry.field(name="artifactID")
    name: str
    digest: str
    entity_name: str
    project_name: str
    run_name: str | None = None
    base_artifact_id: strawberry.ID | None = strawberry.field(name="baseArtifactID", default=None)
    type: ArtifactManifestType | None = None


@strawberry.input
class UpdateArtifactManifestInput:
    """What the bytes of a manifest are."""

    artifact_manifest_id: strawberry.ID = strawberry.field(name="artifactManifestID")
    digest: str | None = None
    base_artifact_id: strawberry.ID | None = strawberry.field(name="baseArtifactID", default=None)


@strawberry.input
class UploadPartsInput:
    """A part of a file."""

    part_number: Int64
    hex_md5: str = strawberry.field(name="hexMD5")


@strawberry.input
class CreateArtifactFileSpecInput:
    """A file to put."""

    artifact_id: strawberry.ID = strawberry.field(name="artifactID")
    name: str
    md5: str | None = None
    digest: str | None = None
    mimetype: str | None = None
    artifact_manifest_id: strawberry.ID | None = strawberry.field(name="artifactManifestID", default=None)
    upload_parts_input: list[UploadPartsInput] | None = None


@strawberry.input
class CreateArtifactFilesInput:
    """Files to put."""

    artifact_files: list[CreateArtifactFileSpecInput]
    storage_layout: ArtifactStorageLayout | None = None
    digest_algorithm: ArtifactDigestAlgorithm | None = None
    cloud_region_id: strawberry.ID | None = strawberry.field(name="cloudRegionID", default=None)
    client_mutation_id: str | None = None


@strawberry.input
class CompleteMultipartUploadArtifactInput:
    """Parts that have been put."""

    complete_multipart_action: CompleteMultipartAction
    completed_parts: list[UploadPartsInput]
    artifact_id: strawberry.ID = strawberry.field(name="artifactID")
    storage_path: str
    upload_id: str = strawberry.field(name="uploadID")


@strawberry.input
class CommitArtifactInput:
    """A version whose files and manifest have been put."""

    artifact_id: strawberry.ID = strawberry.field(name="artifactID")


@strawberry.type
class ArtifactManifestPayload:
    """The manifest, and where to put it."""

    artifact_manifest: ArtifactManifest


@strawberry.type
class CreateArtifactFilesPayload:
    """The files in the order of the input, and where to put those that are not there."""

    files: FileConnection


@strawberry.type
class CompleteMultipartPayload:
    """The digest of the whole file."""

    digest: str | None


@strawberry.type
class ManifestMutation:
    """The part of the mutations that brings files into a version."""

    @strawberry.mutation
    async def create_artifact_manifest(
        self, info: Info, input: CreateArtifactManifestInput
    ) -> ArtifactManifestPayload | None:
        """Say that a version has a manifest; with its digest, be told where to put it."""
        manifest = await change(
            info,
            drafts.declare_manifest,
            decode_id(input.artifact_id, "Artifact", field="artifactID")[1],
            ManifestKind((input.type or ArtifactManifestType.FULL).value),
            input.name,
            md5_digest(input.digest) if input.digest else None,
            _base(input.base_artifact_id),
        )
        return ArtifactManifestPayload(artifact_manifest=_to_put(info, manifest))

    @strawberry.mutation
    async def update_artifact_manifest(
        self, info: Info, input: UpdateArtifactManifestInput
    ) -> ArtifactManifestPayload | None:
        """Say what the bytes of a manifest are, and be told where to put them."""
        key = decode_id(input.artifact_manifest_id, "ArtifactManifest", field="artifactManifestID")[1]
        manifest = await change(
            info, drafts.settle_manifest, key, md5_digest(input.digest), _base(input.base_artifact_id)
        )
        return ArtifactManifestPayload(artifact_manifest=_to_put(info, manifest))

    @strawberry.mutation
    async def create_artifact_files(
        self, info: Info, input: CreateArtifactFilesInput
    ) -> CreateArtifactFilesPayload | None:
        """Be told where to put files; nothing is to be put where the bytes are there."""
        if input.digest_algorithm is ArtifactDigestAlgorithm.MANIFEST_XXH128:
            raise BadInput("files are known by MD5 here, not by XXH128", "digestAlgorithm")
        digests = [md5_digest(file.md5 or file.digest, "md5") for file in input.artifact_files]
        keys = {decode_id(file.artifact_id, "Artifact", field="artifactID")[1] for file in input.artifact_files}
        await read(info, lambda session: _require_drafts(session, keys))
        kept = await _kept(info, [digest.removeprefix("md5:") for digest in digests])
        owners = await read(info, lambda session: loading.artifacts(session, keys))
        edges = []
        for file, digest in zip(input.artifact_files, digests, strict=True):
            owner = owners.get(decode_id(file.artifact_id, "Artifact")[1])
            if owner is None:
                raise NotFound("no such artifact", "artifactID")
            is_kept = digest.removeprefix("md5:") in kept
            edges.append(FileEdge(node=await _file_to_put(info, file, digest, owner, is_kept)))
        whole = PageInfo.whole()
        return CreateArtifactFilesPayload(files=FileConnection(total_count=len(edges), page_info=whole, edges=edges))

    @strawberry.mutation
    async def complete_multipart_upload_artifact(
        self, info: Info, input: CompleteMultipartUploadArtifactInput
    ) -> CompleteMultipartPayload | None:
        """Files are put whole here, so that there are no parts to complete."""
        raise BadInput("no upload in parts was begun: a file is put whole", "uploadID")

    @strawberry.mutation
    async def commit_artifact(self, info: Info, input: CommitArtifactInput) -> ArtifactPayload | None:
        """Make a version of what has been put."""
        key = decode_id(input.artifact_id, "Artifact", field="artifactID")[1]
        await read(info, lambda session: _require_drafts(session, [key]))
        declared = await read(info, lambda session: drafts.manifests_of(session, key))
        listed = {each.id: await _listed(info, each.digest) for each in declared if each.digest is not None}
        arrived = {key: files for key, files in listed.items() if files is not None}
        await _collect(info, key, arrived.values())
        committed = await change(info, drafts.commit, key, arrived)
        return ArtifactPayload(artifact=await read(info, lambda session: loading.artifact(session, committed.id)))


def _require_drafts(session: Session, keys: Iterable[int]) -> None:
    """Raise unless who asks may put files of all these versions."""
    for key in keys:
        artifacts.require_editor(session, session.get(tables.Artifact, key), "artifactID")


async def _listed(info: Info, digest: str) -> list[ListedFile] | None:
    """The files that a manifest lists, if its bytes have arrived."""
    try:
        text = await info.context.services.blobs.read(digest, MAX_MANIFEST_BYTES)
    except NotFound:
        return None
    return await asyncio.to_thread(read_manifest, text)


async def _kept(info: Info, md5s: list[str]) -> dict[str, str]:
    """As `kept_as`, and what is kept stays long enough for the client to commit a version that counts on it."""
    kept = await read(info, lambda session: kept_as(session, md5s))
    digests = list(kept.values())
    soon = datetime.now(UTC) - timedelta(seconds=info.context.services.settings.blob_grace_seconds) / 2
    lapsing = await read(info, lambda session: blobs.lapsing(session, digests, soon))
    if not lapsing:
        return kept
    await change(info, blobs.renew, lapsing)
    return await read(info, lambda session: kept_as(session, md5s))


def _base(id: str | None) -> int | None:
    return None if not id else decode_id(id, "Artifact", field="baseArtifactID")[1]


def _to_put(info: Info, manifest: Manifest) -> ArtifactManifest:
    links, base = info.context.services.links, info.context.base_url
    put = None if manifest.digest is None else links.upload_url(base, manifest.digest, filename=MANIFEST)
    got = "" if manifest.digest is None else links.download_url(base, manifest.digest, MANIFEST)
    return ArtifactManifest.of(manifest.id, got, put)


async def _file_to_put(
    info: Info, file: CreateArtifactFileSpecInput, digest: str, owner: Artifact, is_kept: bool
) -> File:
    services, base = info.context.services, info.context.base_url
    # The client does not say how large a file is, but only those that are too large for one piece have parts.
    size = MAX_INT if file.upload_parts_input else 0
    put = None if is_kept else await _url_to_put(services, base, owner.row.id, digest, size, file.name)
    return File(
        id=text_id("File", f"{owner.row.id}:{file.name}"),
        name=file.name,
        direct_url=services.links.download_url(base, digest, file.name),
        storage_path=f"{STORED_AT}/{digest}",
        upload_url=put,
        upload_headers=[],
        artifact=owner,
    )


async def _url_to_put(services: Services, base: str, draft: int, digest: str, size: int, name: str) -> str:
    direct = await services.blobs.upload_url(draft, digest, size, services.settings.file_url_seconds)
    return direct or services.links.upload_url(base, digest, filename=name)


async def _collect(info: Info, draft: int, listed: Iterable[list[ListedFile]]) -> None:
    """Take in what the client has put into the bucket."""
    services = info.context.services
    if not services.blobs.takes_uploads:
        return
    sizes = {file.digest or "": file.size for files in listed for file in files if file.reference is None}
    kept = await read(info, lambda session: kept_as(session, [digest.removeprefix("md5:") for digest in sizes]))
    wanted = {digest: size for digest, size in sizes.items() if digest.removeprefix("md5:") not in kept}
    await uploads.collect(services, draft, wanted.items())
