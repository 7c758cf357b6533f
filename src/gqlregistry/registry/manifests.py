"""Manifests: the files of a version as the wandb client writes them down, in JSON, and the digest of that list."""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from gqlregistry.errors import BadInput
from gqlregistry.registry.files import File
from gqlregistry.registry.names import quoted
from gqlregistry.registry.rows import Row
from gqlregistry.store.tables import ArtifactFile

FIELD = "manifest"
_HEADER = b"wandb-artifact-manifest-v1\n"
_POLICY = {"storagePolicy": "wandb-storage-policy-v1", "storagePolicyConfig": {"storageLayout": "V2"}}


def read_manifest(text: bytes) -> list[File]:
    """The files that a manifest lists. Raises `BadInput` when it is none, or names bytes by anything but MD5."""
    try:
        listed = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"the manifest is not JSON: {error}", FIELD) from None
    if not isinstance(listed, dict) or not isinstance(listed.get("contents"), dict):
        raise BadInput("the manifest lists no contents", FIELD)
    if listed.get("version") != 1:
        raise BadInput("only manifests of version 1 are read", FIELD)
    return [_file(path, entry) for path, entry in listed["contents"].items()]


def write_manifest(files: Iterable[File | ArtifactFile | Row], md5s: Mapping[str, str], birth_id: str) -> bytes:
    """The manifest of a version's files. `md5s` has, by digest, the MD5 in hex of bytes that are kept under others.

    `birth_id` is what its client calls the version that the bytes came with.
    """
    contents: dict[str, dict[str, Any]] = {}
    for file in files:
        entry: dict[str, Any] = {"digest": told_digest(file, md5s), "size": file.size}
        if file.reference is None:
            entry["birthArtifactID"] = birth_id
        else:
            entry["ref"] = file.reference
        if file.extra:
            entry["extra"] = file.extra
        contents[file.path] = entry
    return orjson.dumps({"version": 1, **_POLICY, "contents": contents})


def manifest_digest(files: Iterable[File | ArtifactFile | Row], md5s: Mapping[str, str]) -> str:
    """The digest of a version by its list of files, as the client computes it before it logs one."""
    digest = hashlib.md5(_HEADER, usedforsecurity=False)
    for file in sorted(files, key=lambda file: file.path.encode()):
        digest.update(f"{file.path}:{told_digest(file, md5s)}\n".encode())
    return f"md5:{digest.hexdigest()}"


def told_digest(file: File | ArtifactFile | Row, md5s: Mapping[str, str]) -> str:
    """What a client knows a file by: of bytes their MD5 in base64, of a reference what it was given."""
    digest: str = file.digest or ""
    if file.reference is not None:
        return digest
    algorithm, _, number = digest.partition(":")
    return base64.b64encode(bytes.fromhex(number if algorithm == "md5" else md5s[digest])).decode()


def md5_digest(text: str | None, field: str = "digest") -> str:
    """`md5:<hex>` for an MD5 in base64. Raises `BadInput`."""
    try:
        number = base64.b64decode(text or "", validate=True)
    except binascii.Error:
        number = b""
    if len(number) != hashlib.md5(usedforsecurity=False).digest_size:
        raise BadInput(f"{quoted(text or '')} is not an MD5 in base64", field)
    return f"md5:{number.hex()}"


def _file(path: str, entry: Any) -> File:
    if not isinstance(entry, dict) or not isinstance(entry.get("digest"), str):
        raise BadInput(f"{quoted(path)} has no digest in the manifest", FIELD)
    size, extra, reference = entry.get("size") or 0, entry.get("extra") or None, entry.get("ref")
    if not isinstance(size, int) or not isinstance(reference, str | None):
        raise BadInput(f"{quoted(path)} is not described well in the manifest", FIELD)
    if reference is None:
        return File(path, md5_digest(entry["digest"], FIELD), size, None, extra)
    return File(path, entry["digest"] or None, size, reference, extra)
