"""Versions in the making, as clients make them that name a version first and say later what it holds.

A draft is a pending version; its manifests list its files. Committing it takes the files from the manifests, so that
an attempt which ends before leaves nothing that anybody sees, and nothing that stays.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, select, update

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import artifacts, collections, find, permissions
from gqlregistry.registry.artifacts import Logged, log_artifact
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File, kept_as
from gqlregistry.registry.find import Ref
from gqlregistry.registry.manifests import manifest_digest
from gqlregistry.registry.names import ProjectName
from gqlregistry.registry.rows import Row, columns, insert_new, parameter
from gqlregistry.registry.rows import run as execute
from gqlregistry.registry.values import check_text
from gqlregistry.store.tables import (
    Artifact,
    ArtifactFile,
    ArtifactState,
    Blob,
    Handle,
    Manifest,
    ManifestKind,
    Role,
)

MAX_HANDLE = 256
_SHARED = "distributed/"
"""What the idempotency key of a version begins with that several writers make together."""

_DRAFT = select(*columns(Artifact)).where(Artifact.id == parameter("id"))
_DRAFT_LOCKED = _DRAFT.with_for_update(key_share=True)
_FILES = select(*columns(ArtifactFile)).where(ArtifactFile.artifact_id == parameter("artifact"))


def begin(
    change: Change,
    /,
    run: Ref | None,
    collection: Ref,
    type: str,
    digest: str,
    *,
    handle: str | None = None,
    collection_handle: str | None = None,
    shared_by: str | None = None,
    within: ProjectName | None = None,
    **about: Any,
) -> Logged:
    """A draft for what is logged; or the version that has its digest already. `about` is as of `log_artifact`.

    The same `handle` is the same draft, and later the way to find it. With `shared_by`, all who say the same make
    one draft together until one of them commits it.
    """
    known = None if handle is None else _by_handle(change, handle)
    if known is not None:
        return known
    logged = log_artifact(
        change,
        run,
        collection,
        type,
        digest=digest,
        idempotency_key=None if shared_by is None else f"{_SHARED}{shared_by}",
        partial=shared_by is not None,
        within=within,
        **about,
    )
    if handle is not None:
        insert_new(change.session, Handle(name=handle, artifact_id=logged.artifact.id, created_at=change.now))
    if collection_handle is not None:
        _check_handle(collection_handle)
        named = Handle(name=collection_handle, collection_id=logged.collection.id, created_at=change.now)
        insert_new(change.session, named)
    return logged


def declare_manifest(
    change: Change,
    artifact: int,
    kind: ManifestKind,
    name: str,
    digest: str | None = None,
    base: int | None = None,
) -> Manifest:
    """Say that a draft has a manifest, whose bytes arrive under `digest` (None: not known yet).

    A full one of the same name is the same one; of the others each is one more.
    """
    session = change.session
    _require_draft(change, artifact)
    check_text(name, "a manifest's name", "name", MAX_HANDLE)
    _check_base(change, base)
    if kind is ManifestKind.FULL:
        same = select(Manifest).where(Manifest.artifact_id == artifact, Manifest.name == name)
        found = session.exec(same.where(Manifest.kind == kind)).first()
        if found is not None:
            found.digest, found.base_id = digest or found.digest, base or found.base_id
            return found
    made = Manifest(artifact_id=artifact, kind=kind, name=name, digest=digest, base_id=base, created_at=change.now)
    session.add(made)
    session.flush()
    return made


def settle_manifest(change: Change, manifest: int, digest: str, base: int | None = None) -> Manifest:
    """Say what the bytes of a declared manifest are."""
    found = change.session.get(Manifest, manifest)
    if found is None or not permissions.sees_artifact(change.session, found.artifact_id):
        raise NotFound("no such manifest", "artifactManifestID")
    _require_draft(change, found.artifact_id)
    _check_base(change, base)
    found.digest, found.base_id = digest, base or found.base_id
    return found


def manifests_of(session: Session, artifact: int) -> list[Manifest]:
    """The manifests of a draft, oldest first."""
    return list(session.exec(select(Manifest).where(Manifest.artifact_id == artifact).order_by(col(Manifest.id))))


def commit(change: Change, artifact: int, listed: Mapping[int, Sequence[File]]) -> Row:
    """Commit a draft with the files that its manifests list; `listed` has those whose bytes have arrived, by key.

    Committing twice is committing once. Raises `BadInput` when the files are not what the draft's digest says, and
    `Conflict` when a manifest or the bytes of a file have not arrived.
    """
    session = change.session
    found = execute(session, _DRAFT, id=artifact).first()
    artifacts.require_editor(change.session, found, "artifactID")
    if found is not None:
        collections.by_key(change, found.collection_id, locked=True)
        found = execute(session, _DRAFT_LOCKED, id=artifact).first()
    if found is None or found.state is not ArtifactState.PENDING:
        return artifacts.commit_artifact(change, artifact)
    files, is_all = _merged(session, [each for each in manifests_of(session, artifact) if each.digest], listed)
    digest = manifest_digest(files, _known_md5s(session, files))
    if is_all and digest != found.digest:
        raise BadInput(f"the files of the manifest have the digest {digest}, not {found.digest}", "digest")
    artifacts.replace_files(change, artifact, _as_kept(session, files), digest)
    if _is_shared(found):
        session.exec(update(Artifact).where(col(Artifact.id) == artifact).values(idempotency_key=None))
    committed = artifacts.commit_artifact(change, artifact)
    if committed.id != artifact:
        session.exec(update(Handle).where(col(Handle.artifact_id) == artifact).values(artifact_id=committed.id))
    return committed


def meant_by(session: Session, artifact: int) -> int:
    """The version that a draft has come to: itself, or the one that was committed with the same digest before it."""
    found = session.get(Artifact, artifact)
    if found is None or found.state is not ArtifactState.PENDING or _is_shared(found):
        return artifact
    same = select(Artifact.id).where(
        Artifact.collection_id == found.collection_id,
        Artifact.digest == found.digest,
        Artifact.state == ArtifactState.COMMITTED,
    )
    return session.exec(same).first() or artifact


def files_of(session: Session, artifact: int) -> Iterator[File]:
    """The files of a version, as a client would name them."""
    for file in execute(session, _FILES, artifact=artifact):
        yield File(file.path, file.digest, file.size, file.reference, file.extra)


def by_handle(session: Session, handle: str) -> Handle | None:
    """What a client calls so, if there is such a thing."""
    return session.get(Handle, _check_handle(handle))


def seen_by_handle(session: Session, handle: str) -> Handle | None:
    """As `by_handle`, of what who asks may see."""
    found = by_handle(session, handle)
    if found is None:
        return None
    if found.artifact_id is not None:
        return found if permissions.sees_artifact(session, found.artifact_id) else None
    return found if permissions.sees_collection(session, found.collection_id or 0) else None


def _by_handle(change: Change, handle: str) -> Logged | None:
    known = by_handle(change.session, handle)
    if known is None:
        return None
    found = known.artifact_id and execute(change.session, _DRAFT, id=known.artifact_id).first()
    if not found:
        raise BadInput("this client id is that of a collection", "clientID")
    artifacts.require_editor(change.session, found, "clientID")
    if found.state is ArtifactState.DELETED:
        find.require_committed(change.session, found)
    return Logged(found, collections.by_key(change, found.collection_id, locked=False), [], created=False)


def _check_handle(handle: str) -> str:
    return check_text(handle, "a client id", "clientID", MAX_HANDLE)


def _is_shared(draft: Artifact | Row) -> bool:
    """Whether several writers make it: then its digest says nothing of its content yet."""
    return (draft.idempotency_key or "").startswith(_SHARED)


def _require_draft(change: Change, artifact: int) -> None:
    found = execute(change.session, _DRAFT_LOCKED, id=artifact).first()
    artifacts.require_editor(change.session, found, "artifactID")
    assert found is not None, "it may be edited"
    if found.state is not ArtifactState.PENDING:
        find.require_committed(change.session, found)
        raise Conflict("a committed version never changes its files", "artifactID")


def _check_base(change: Change, base: int | None) -> None:
    """Raise unless the actor may have the files of a base: the draft gets them."""
    if base is not None:
        find.version(change.session, base, "baseArtifactID")
        permissions.require_of_artifact(change.session, base, Role.VIEWER, "baseArtifactID")


def _merged(
    session: Session, declared: Sequence[Manifest], listed: Mapping[int, Sequence[File]]
) -> tuple[list[File], bool]:
    """The files of a draft, and whether one manifest lists them all.

    A writer of several whose list has not arrived by now is left out: it may have been killed.
    """
    declared = [each for each in declared if each.kind is not ManifestKind.PATCH or each.id in listed]
    if not declared or any(each.id not in listed for each in declared):
        raise Conflict("the manifest of this version has not arrived", "artifactID")
    full = [each for each in declared if each.kind is ManifestKind.FULL]
    if full:
        return list(listed[full[-1].id]), True
    merged: dict[str, File] = {}
    for each in declared:
        if each.kind is ManifestKind.INCREMENTAL and each.base_id is not None:
            merged |= {file.path: file for file in files_of(session, each.base_id)}
        merged |= {file.path: file for file in listed[each.id]}
    return list(merged.values()), False


def _known_md5s(session: Session, files: Iterable[File]) -> dict[str, str]:
    """The MD5s of bytes that a base has under other digests. A client that read its manifest has had them made."""
    others = [file for file in files if file.reference is None and not (file.digest or "").startswith("md5:")]
    found: dict[str, str] = {}
    for file in others:
        blob = session.get(Blob, file.digest)
        if blob is None or blob.md5 is None:
            raise Conflict(
                "the MD5 of a file of the base version is not known: download its manifest", "baseArtifactID"
            )
        found[blob.digest] = blob.md5
    return found


def _as_kept(session: Session, files: Sequence[File]) -> list[File]:
    """The same files under the digests that their bytes are kept by."""
    kept = kept_as(session, (_md5(file) for file in files if file.reference is None))
    return [
        file if file.reference is not None else replace(file, digest=kept.get(_md5(file), file.digest))
        for file in files
    ]


def _md5(file: File) -> str:
    return (file.digest or "").removeprefix("md5:")
