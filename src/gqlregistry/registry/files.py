"""The files of an artifact: which are allowed, what they are called, and whose bytes have not arrived yet."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, insert, or_, select, update

from gqlregistry.errors import BadInput
from gqlregistry.registry.change import Change
from gqlregistry.registry.names import quoted
from gqlregistry.registry.rows import Row, columns, connection, parameter, run, run_many, sql_table
from gqlregistry.registry.values import MAX_INT, check_object, check_text
from gqlregistry.store.tables import ArtifactFile, Blob

MAX_FILES = 100_000
MAX_PATH = 1024
MAX_DIGEST = 256
MAX_REFERENCE = 4096
BATCH = 500
FIELD = "files"

_BYTES_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|md5:[0-9a-f]{32}")
_CONTENT_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|(md5|xxh128):[0-9a-f]{32}")
_REFERENCE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\x00-\x1f\x7f]*[^\x00-\x20\x7f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_INSERT = insert(sql_table(ArtifactFile))
_ABSENT = (
    select(*columns(ArtifactFile, col(Blob.size).label("kept")))
    .outerjoin(Blob, col(Blob.digest) == ArtifactFile.digest)
    .where(
        ArtifactFile.artifact_id == parameter("artifact"),
        col(ArtifactFile.reference).is_(None),
        or_(col(Blob.digest).is_(None), col(Blob.size) != ArtifactFile.size),
    )
    .order_by(col(ArtifactFile.path))
)
_NEEDED = select(ArtifactFile.digest).where(
    ArtifactFile.artifact_id == parameter("artifact"), col(ArtifactFile.reference).is_(None)
)
_LOCKED = select(Blob.digest).where(col(Blob.digest).in_(_NEEDED)).with_for_update(read=True, key_share=True)
_MD5S = (
    select(col(Blob.digest), col(Blob.md5))
    .join(ArtifactFile, col(ArtifactFile.digest) == Blob.digest)
    .where(
        ArtifactFile.artifact_id == parameter("artifact"),
        col(ArtifactFile.reference).is_(None),
        col(Blob.digest).not_like("md5:%"),
    )
)


@dataclass(frozen=True, slots=True)
class File:
    """A file as a client names it. With a `reference` (`s3://…`) the registry keeps no bytes of it.

    `extra` is whatever else the client keeps with it, an object.
    """

    path: str
    digest: str | None = None
    size: int = 0
    reference: str | None = None
    extra: dict[str, Any] | None = None


def check_files(files: Iterable[File]) -> list[File]:
    """All files in order of path, each with a digest. Raises `BadInput` naming the first that is not allowed."""
    checked = sorted((_check_file(file) for file in files), key=lambda file: file.path.encode())
    if len(checked) > MAX_FILES:
        raise BadInput(f"{len(checked)} files, at most {MAX_FILES} are allowed", FIELD)
    paths = {file.path for file in checked}
    for before, after in pairwise(checked):
        if before.path == after.path:
            raise BadInput(f"{quoted(after.path)} is named twice", FIELD)
    sizes: dict[str, int] = {}
    for file in checked:
        for parent in _parents(file.path):
            if parent in paths:
                raise BadInput(f"{quoted(parent)} is a file and a folder", FIELD)
        if file.reference is None and sizes.setdefault(file.digest or "", file.size) != file.size:
            raise BadInput(f"{quoted(file.path)} has the digest of a file of another size", FIELD)
    if sum(file.size for file in checked) > MAX_INT:
        raise BadInput("the files are too big together", FIELD)
    return checked


def content_digest(files: Sequence[File]) -> str:
    """The digest of an artifact whose client gives none.

    SHA-256 over one line a file, in order of the paths' UTF-8 bytes. A line is the JSON array
    `[path, digest, size, reference]` without spaces and with its characters unescaped, and a newline.
    """
    digest = hashlib.sha256()
    for file in files:
        fields = [file.path, file.digest, file.size, file.reference]
        digest.update(f"{_line(fields)}\n".encode())
    return f"sha256:{digest.hexdigest()}"


def check_content_digest(digest: str, field: str = "digest") -> str:
    """Raise `BadInput` unless this may be an artifact's digest."""
    if not _CONTENT_DIGEST.fullmatch(digest):
        raise BadInput("a digest is sha256:<64 hex digits>, md5:<32> or xxh128:<32>, in lower case", field)
    return digest


def add_files(session: Session, artifact_id: int, files: Sequence[File]) -> None:
    """Give a pending artifact that has no files these (checked) ones."""
    if files:
        rows = [
            {
                "artifact_id": artifact_id,
                "path": file.path,
                "digest": file.digest,
                "size": file.size,
                "reference": file.reference,
                "extra": file.extra,
            }
            for file in files
        ]
        run_many(session, _INSERT, rows)


def missing(session: Session, artifact_id: int) -> list[Row]:
    """The files of an artifact whose bytes the store lacks, in order of path; the others it has until the change ends.

    Raises `BadInput` when a file's bytes are there but have another size than the client said.
    """
    if connection(session).dialect.name == "postgresql":
        # A statement of its own: the next one sees what had to be waited for (see `blobs`).
        run(session, _LOCKED, artifact=artifact_id)
    found = run(session, _ABSENT, artifact=artifact_id).all()
    for file in found:
        if file.kept is not None:
            raise BadInput(f"{quoted(file.path)} has {file.kept} bytes by its digest, not {file.size}", FIELD)
    return list(found)


def record_md5(change: Change, digest: str, md5: str) -> None:
    """Note what bytes are, in hex, to clients that know them by no other digest."""
    change.session.exec(update(Blob).where(col(Blob.digest) == digest).values(md5=md5))


def md5s(session: Session, artifact_id: int) -> dict[str, str | None]:
    """The MD5 in hex, as far as known, of the bytes of an artifact that are kept under other digests."""
    return {found.digest: found.md5 for found in run(session, _MD5S, artifact=artifact_id)}


def kept_as(session: Session, md5s: Iterable[str]) -> dict[str, str]:
    """The digests under which bytes are kept that some MD5s in hex mean, by MD5; nothing for those not kept."""
    kept: dict[str, str] = {}
    wanted = list(dict.fromkeys(md5s))
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        named = select(Blob).where(or_(col(Blob.md5).in_(some), col(Blob.digest).in_([f"md5:{md5}" for md5 in some])))
        for blob in session.exec(named):
            kept[blob.md5 or blob.digest.removeprefix("md5:")] = blob.digest
    return kept


def _check_file(file: File) -> File:
    check_path(file.path)
    if file.extra is not None:
        check_object(file.extra, f"what is kept with {quoted(file.path)}", FIELD)
    if not 0 <= file.size <= MAX_INT:
        raise BadInput(f"{quoted(file.path)} has an impossible size", FIELD)
    if file.reference is None:
        if file.digest is None or not _BYTES_DIGEST.fullmatch(file.digest):
            raise BadInput(f"{quoted(file.path)} needs a digest: sha256:<64 hex digits> or md5:<32>", FIELD)
        return file
    check_text(file.reference, "a reference", FIELD, MAX_REFERENCE)
    if not _REFERENCE.fullmatch(file.reference):
        raise BadInput(f"{quoted(file.path)} refers to something that is not a URL like s3://bucket/key", FIELD)
    if file.digest is None:
        # Without an ETag all that can be told apart is what the reference says.
        told = hashlib.sha256(f"{file.reference}\n{file.size}".encode()).hexdigest()
        return replace(file, digest=f"reference:{told}")
    if not check_text(file.digest, "a digest", FIELD, MAX_DIGEST):
        raise BadInput(f"{quoted(file.path)} has an empty digest", FIELD)
    return file


def check_path(path: str) -> None:
    """Raise `BadInput` unless this may be where a file is: relative, without control characters."""
    check_text(path, "a path", FIELD, MAX_PATH)
    if _CONTROL.search(path) or "\\" in path:
        raise BadInput(f"{quoted(path)} is not a path: no control characters, no backslash", FIELD)
    if any(part in ("", ".", "..") for part in path.split("/")):
        raise BadInput(f"{quoted(path)} is not a path inside the artifact", FIELD)


def _parents(path: str) -> Iterable[str]:
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)
