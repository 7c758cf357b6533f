"""Files of artifacts: what the client is told of each, and where it gets their bytes and the list of them."""

import mimetypes
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry
from sqlmodel import Session, col, func, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from gqlregistry.errors import BadInput, NotFound
from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import drafts, permissions
from gqlregistry.registry import files as file_rules
from gqlregistry.registry.change import apply
from gqlregistry.registry.files import File as ListedFile
from gqlregistry.registry.manifests import told_digest, write_manifest
from gqlregistry.services import Services, services_of
from gqlregistry.store import tables
from gqlregistry.store.tables import ArtifactFile, Role
from gqlregistry.wandb.context import context_of
from gqlregistry.wandb.ids import read_text_id, text_id
from gqlregistry.wandb.paging import MAX_FIRST, PageInfo
from gqlregistry.wandb.scalars import Int64
from gqlregistry.wandb.work import Info, read

if TYPE_CHECKING:
    from gqlregistry.wandb.objects import Artifact
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.wandb.objects")]

MANIFEST = "wandb_manifest.json"
STORED_AT = "wandb_artifacts"
"""What the storage path of an artifact's file begins with: the client knows it by that."""

_manifest_id = encode_id("ArtifactManifest")
_artifact_id = encode_id("Artifact")


@strawberry.type
class UploadUrlPart:
    """Where a part of a file is put."""

    part_number: Int64
    upload_url: str


@strawberry.type
class UploadMultipartUrls:
    """Where the parts of a file are put. Never answered: a file of any size is put in one stream."""

    upload_id: str = strawberry.field(name="uploadID")
    upload_url_parts: list[UploadUrlPart]


@strawberry.input(name="ArtifactManifestEntryInput")
class ManifestEntryInput:
    """A file as a manifest lists it."""

    name: str
    digest: str
    birth_artifact_id: str | None = strawberry.field(name="birthArtifactID", default=None)
    size: Int64 | None = None


@strawberry.type
class File:
    """A file, to be uploaded or downloaded."""

    id: strawberry.ID
    name: str
    direct_url: str
    size_bytes: Int64 = Int64(0)
    storage_path: str | None = None
    updated_at: datetime | None = None
    digest: str | None = None
    upload_url: str | None = None
    upload_headers: list[str] | None = None
    upload_multipart_urls: UploadMultipartUrls | None = None
    artifact: Artifact | None = None

    @strawberry.field
    def display_name(self) -> str:
        """Its whole path."""
        return self.name

    @strawberry.field
    def url(self, upload: bool | None = None) -> str | None:
        """Where it is got, or put."""
        return self.upload_url if upload else self.direct_url

    @strawberry.field
    def mimetype(self) -> str | None:
        """What its name says of its content."""
        return mimetypes.guess_type(self.name)[0]

    @strawberry.field
    def md5(self) -> str | None:
        """The MD5 of its bytes, in base64."""
        return self.digest

    @classmethod
    def of(cls, file: ArtifactFile, url: str, md5s: Mapping[str, str]) -> Self:
        """A file of a version, and where it is got."""
        is_told = file.reference is not None or file.digest.startswith("md5:") or file.digest in md5s
        return cls(
            id=text_id("File", f"{file.artifact_id}:{file.path}"),
            name=file.path,
            direct_url=url,
            size_bytes=Int64(file.size),
            storage_path=None if file.reference is not None else f"{STORED_AT}/{file.digest}",
            digest=told_digest(file, md5s) if is_told else None,
        )


@strawberry.type
class FileEdge:
    """A file in a list."""

    node: File | None
    cursor: str | None = None


@strawberry.type
class FileConnection:
    """A page of files."""

    total_count: int
    page_info: PageInfo
    edges: list[FileEdge]

    @staticmethod
    async def of(
        info: Info, artifact: tables.Artifact, names: list[str] | None, after: str | None, first: int | None
    ) -> "FileConnection":
        """A version's files by path, references among them; only those of some names, if there are any."""
        links, base = info.context.services.links, info.context.base_url
        size = MAX_FIRST if first is None else min(max(first, 0), MAX_FIRST)

        def work(session: Session) -> FileConnection:
            permissions.require_of_artifact(session, artifact.id, Role.VIEWER)
            here = [col(ArtifactFile.artifact_id) == artifact.id]
            if names:
                here.append(col(ArtifactFile.path).in_(names))
            total = session.exec(select(func.count()).select_from(ArtifactFile).where(*here)).one()
            behind = [col(ArtifactFile.path) > read_text_id("Cursor", after)] if after else []
            found = select(ArtifactFile).where(*here, *behind).order_by(col(ArtifactFile.path)).limit(size + 1)
            rows = session.exec(found).all()
            known = {digest: md5 for digest, md5 in file_rules.md5s(session, artifact.id).items() if md5}
            edges = [
                FileEdge(node=File.of(row, row.reference or links.download_url(base, row.digest, row.path), known))
                for row in rows[:size]
            ]
            end = text_id("Cursor", rows[:size][-1].path) if edges else None
            return FileConnection(
                total_count=total, page_info=PageInfo(end_cursor=end, has_next_page=len(rows) > size), edges=edges
            )

        return await read(info, work)


@strawberry.type
class ArtifactManifest:
    """The list of a version's files."""

    id: strawberry.ID
    file: File

    @classmethod
    def of(cls, key: int, direct_url: str, upload_url: str | None = None) -> Self:
        """A manifest, and where it is got and put."""
        file = File(
            id=text_id("File", f"manifest:{key}"),
            name=MANIFEST,
            direct_url=direct_url,
            upload_url=upload_url,
            upload_headers=[],
        )
        return cls(id=strawberry.ID(_manifest_id(key)), file=file)

    @classmethod
    async def current(cls, info: Info, artifact: tables.Artifact) -> Self:
        """The manifest of a version, written when it is got, from what the registry has of its files."""
        await read(info, lambda session: permissions.require_of_artifact(session, artifact.id, Role.VIEWER))
        token = info.context.services.links.token("manifest", artifact.id)
        return cls.of(artifact.id, f"{info.context.base_url}/wandb/manifests/{token}/{MANIFEST}")


def artifact_file_routes() -> list[Route]:
    """Where manifests and files are got, below `/wandb`."""
    behind = "{region}/{entity}/{project}/{collection}"
    return [
        Route("/manifests/{token}/{filename}", get_manifest),
        Route(f"/artifactsV2/{behind}/{{artifact}}/{{birth}}/{{digest}}/{{filename}}", get_file),
        Route(f"/artifactsV2/{behind}/{{artifact}}/{{digest}}/{{filename}}", get_file),
    ]


async def get_manifest(request: Request) -> Response:
    """The list of a version's files."""
    services = services_of(request)
    artifact: int = services.links.read_token("manifest", request.path_params["token"])
    listed, known = await services.database.read(
        lambda session: (list(drafts.files_of(session, artifact)), file_rules.md5s(session, artifact)),
    )
    if any(file.reference is None and not _is_told(file, known) for file in listed):
        raise NotFound("the bytes of this version are gone: it was deleted", "artifact")
    md5s = {digest: md5 or await _make_md5(services, digest) for digest, md5 in known.items()}
    text = write_manifest(listed, md5s, _artifact_id(artifact))
    return Response(text, media_type="application/json", headers={"X-Content-Type-Options": "nosniff"})


async def get_file(request: Request) -> Response:
    """Send on to the bytes of a file of a version, that are named by their MD5 in hex."""
    services = services_of(request)
    context = await context_of(request)
    number = request.path_params["digest"]
    artifact = decode_id(request.path_params["artifact"], "Artifact", field="artifact")[1]
    if len(number) != 32:
        raise BadInput("files are got by an MD5 in hex", "digest")

    def work(session: Session) -> str | None:
        if not permissions.sees_artifact(session, artifact):
            return None
        permissions.require_of_artifact(session, artifact, Role.VIEWER)
        kept = file_rules.kept_as(session, [number]).get(number)
        has = select(ArtifactFile.digest).where(ArtifactFile.artifact_id == artifact, ArtifactFile.digest == kept)
        return None if kept is None else session.exec(has.limit(1)).first()

    digest = await context.reads.read(work)
    if digest is None:
        raise NotFound("the version has no file of that digest", "digest")
    url = services.links.download_url(services.base_url(request), digest, request.path_params["filename"])
    return RedirectResponse(url, status_code=307)


def _is_told(file: ListedFile, md5s: Mapping[str, object]) -> bool:
    """Whether the client can be told of a file by its MD5."""
    digest = file.digest or ""
    return digest.startswith("md5:") or digest in md5s


async def _make_md5(services: Services, digest: str) -> str:
    """The MD5 of bytes that came under another digest, made when first asked for, and kept."""
    md5 = await services.blobs.md5(digest)
    await apply(services.database, services.local, file_rules.record_md5, digest, md5)
    return md5
