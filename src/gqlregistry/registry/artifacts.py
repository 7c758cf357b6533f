"""Logging a version: it is pending while its bytes arrive, and committed with all of them or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, insert, or_, select, update

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import collections, events, find, lineage, memberships, permissions
from gqlregistry.registry.aliases import check_aliases, point
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File, add_files, check_content_digest, check_files, content_digest, missing
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import ProjectName, check_type, quoted
from gqlregistry.registry.rows import Row, columns, insert_new, parameter, sql_table
from gqlregistry.registry.rows import run as execute
from gqlregistry.registry.tags import check_tags, record_tag
from gqlregistry.registry.values import UNSET, Unset, check_object, check_optional_text
from gqlregistry.store.tables import (
    Artifact,
    ArtifactFile,
    ArtifactState,
    ArtifactTag,
    EventKind,
    Handle,
    Manifest,
    Role,
)

MAX_IDEMPOTENCY_KEY = 256
MAX_TTL = 100 * 366 * 24 * 60 * 60
SHOWN_MISSING = 5
DISCARDED_AT_ONCE = 1000

_ARTIFACT = select(*columns(Artifact))
_BY_ID = _ARTIFACT.where(Artifact.id == parameter("id"))
_BY_ID_LOCKED = _BY_ID.with_for_update(key_share=True)
_IN_COLLECTION = _ARTIFACT.where(Artifact.collection_id == parameter("collection"))
_COMMITTED = (col(Artifact.digest) == parameter("digest")) & (col(Artifact.state) == ArtifactState.COMMITTED)
_SAME_DIGEST = _IN_COLLECTION.where(_COMMITTED)
_SAME_KEY = _IN_COLLECTION.where(Artifact.idempotency_key == parameter("key"))
_SAME_DIGEST_OR_KEY = _IN_COLLECTION.where(or_(_COMMITTED, col(Artifact.idempotency_key) == parameter("key")))
_TAGS = select(ArtifactTag.name).where(ArtifactTag.artifact_id == parameter("artifact")).order_by(col(ArtifactTag.name))
_INSERT = insert(sql_table(Artifact)).returning(*columns(Artifact))
_UNCOMMITTED = {"version_index": None, "committed_at": None}
_COMMIT = update(sql_table(Artifact)).where(col(Artifact.id) == parameter("pending")).returning(*columns(Artifact))


@dataclass(frozen=True, slots=True)
class Logged:
    """A version that was logged: committed, or pending until the bytes of `missing` have arrived.

    `created` is false when the version was there before: the same digest, or the same idempotency key.
    """

    artifact: Row
    collection: Row
    missing: list[Row]
    created: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What comes to a version when it is committed."""

    aliases: list[str]
    tags: list[str]
    run_id: int | None


def log_artifact(
    change: Change,
    run: Ref | None,
    collection: Ref,
    type: str,
    *,
    digest: str | None = None,
    files: Iterable[File] = (),
    aliases: Iterable[str] = (),
    tags: Iterable[str] = (),
    description: str | None = None,
    metadata: dict[str, Any] | None = None,
    history_step: int | None = None,
    ttl_seconds: int | None = None,
    idempotency_key: str | None = None,
    within: ProjectName | None = None,
    commit: bool = False,
    partial: bool = False,
) -> Logged:
    """Log a version into a project's collection, which is made if it is new.

    A digest that the collection has committed already is that version: the run is one more of its producers and the
    aliases and tags asked for come to it. Otherwise a pending version is made; `commit` commits it in the same
    transaction if no bytes are missing. A `digest` that is given is the client's own name for the content; of a
    `partial` version it names one of the parts that come with the same idempotency key, and identifies nothing yet.
    """
    session = change.session
    by = None if run is None else find.run_in_project(session, run)
    if by is not None:
        permissions.require_in_project(session, by.project_id, Role.MEMBER, "run")
    if within is None and by is not None:
        within = ProjectName(by.entity, by.project)
    asked = _Asked(check_aliases(aliases), check_tags(tags), None if by is None else by.id)
    entries = check_files(files)
    digest = content_digest(entries) if digest is None else check_content_digest(digest)
    check_optional_text(description, "a description", "description")
    check_object(metadata or {}, "metadata", "metadata")
    check_optional_text(idempotency_key, "an idempotency key", "idempotencyKey", MAX_IDEMPOTENCY_KEY)
    check_ttl(ttl_seconds)
    home = collections.ensure_source(change, collection, check_type(type), within, locked=commit)

    known = _known(change, home, None if partial else digest, idempotency_key)
    if known is not None and known.state is ArtifactState.COMMITTED:
        if idempotency_key is None or known.idempotency_key != idempotency_key:
            _add_producer(change, home, known, asked)
        return Logged(known, home, [], created=False)
    holds_bytes = any(file.reference is None for file in entries)
    if known is not None:
        absent = missing(session, known.id) if holds_bytes else []
        artifact = commit_artifact(change, known.id) if commit and not absent else known
        return Logged(artifact, home, absent, created=False)
    values = {
        "collection_id": home.id,
        "state": ArtifactState.PENDING,
        "digest": digest,
        **_extent(entries),
        "description": description,
        "metadata": metadata or {},
        "history_step": history_step,
        "ttl_seconds": ttl_seconds,
        "expires_at": _expiry(change.now, ttl_seconds),
        "idempotency_key": idempotency_key,
        "pending_aliases": asked.aliases,
        "run_id": asked.run_id,
        "created_at": change.now,
        "created_by_id": change.actor.user_id,
        "updated_at": change.now,
    }
    complete = commit and not holds_bytes
    artifact = execute(
        session, _INSERT, **_UNCOMMITTED | values | (_as_committed(change, home) if complete else {})
    ).one()
    add_files(session, artifact.id, entries)
    insert_new(session, *(ArtifactTag(artifact_id=artifact.id, name=tag) for tag in asked.tags))
    absent = missing(session, artifact.id) if holds_bytes else []
    if complete:
        _add_to_collection(change, home, artifact, asked)
    elif commit and not absent:
        artifact = _commit(change, home, artifact.id, asked)
    return Logged(artifact, home, absent, created=True)


def commit_artifact(change: Change, artifact: int) -> Row:
    """Make a pending version visible, with the next number of its collection. Committing twice is committing once.

    When another version with its digest was committed meanwhile, that one is the answer. Raises `Conflict` when
    bytes are missing, naming the first few files.
    """
    session = change.session
    found = execute(session, _BY_ID, id=artifact).first()
    require_editor(change.session, found)
    assert found is not None, "it may be edited"
    if found.state is ArtifactState.COMMITTED:
        return found
    home = collections.by_key(change, found.collection_id, locked=True)
    found = execute(session, _BY_ID_LOCKED, id=artifact).first()
    if found is None:
        raise NotFound("no such artifact", "artifact")
    if found.state is not ArtifactState.PENDING:
        find.require_committed(session, found)
        return found
    asked = _Asked(found.pending_aliases, list(execute(session, _TAGS, artifact=found.id).scalars()), found.run_id)
    same = _known(change, home, found.digest, None)
    if same is not None:
        _add_producer(change, home, same, asked)
        return same
    _require_all_bytes(change, found)
    return _commit(change, home, found.id, asked)


def wanted(change: Change, artifact: int) -> dict[str, int]:
    """The digests, with their sizes, of the bytes that a version which is to be committed still lacks."""
    found = execute(change.session, _BY_ID, id=artifact).first()
    require_editor(change.session, found)
    assert found is not None, "it may be edited"
    if found.state is not ArtifactState.PENDING:
        return {}
    return {file.digest: file.size for file in missing(change.session, artifact)}


def replace_files(change: Change, artifact: int, files: Iterable[File], digest: str | None = None) -> list[Row]:
    """Give a pending version other files than it was logged with; answer those whose bytes are missing.

    Its digest stays what its client said, unless another is given. Raises `Conflict` once it is committed.
    """
    entries = check_files(files)
    session = change.session
    found = execute(session, _BY_ID_LOCKED, id=artifact).first()
    require_editor(change.session, found)
    assert found is not None, "it may be edited"
    if found.state is not ArtifactState.PENDING:
        find.require_committed(session, found)
        raise Conflict("a committed version never changes its files", "artifact")
    session.exec(delete(ArtifactFile).where(col(ArtifactFile.artifact_id) == artifact))
    said = {"digest": found.digest if digest is None else check_content_digest(digest)}
    session.exec(update(Artifact).where(col(Artifact.id) == artifact).values(**_extent(entries), **said))
    add_files(session, artifact, entries)
    return missing(session, artifact)


def update_artifact(
    change: Change,
    artifact: Ref,
    description: str | None | Unset = UNSET,
    metadata: dict[str, Any] | Unset = UNSET,
    ttl_seconds: int | None | Unset = UNSET,
    within: ProjectName | None = None,
) -> Artifact:
    """Change what is said about a version; what it is made of never changes.

    The members of a registry that has it may describe it; its metadata and how long it is kept are its project's.
    """
    found = find.artifact(change.session, artifact, within)
    if metadata is UNSET and ttl_seconds is UNSET:
        permissions.require_of_artifact(change.session, found.id, Role.MEMBER)
    else:
        require_editor(change.session, found)
    home = collections.lock(change, found.collection_id)
    change.session.refresh(found)
    detail: dict[str, Any] = {}
    if description is not UNSET and description != found.description:
        detail["description"] = found.description = check_optional_text(description, "a description", "description")
    if metadata is not UNSET and metadata != found.metadata_:
        detail["metadata"] = found.metadata_ = check_object(metadata, "metadata", "metadata")
    if ttl_seconds is not UNSET and ttl_seconds != found.ttl_seconds:
        detail["ttl_seconds"] = found.ttl_seconds = check_ttl(ttl_seconds)
        found.expires_at = _expiry(found.created_at, ttl_seconds)
    if detail:
        found.updated_at = change.now
        events.record(
            change,
            EventKind.ARTIFACT_UPDATED,
            **events.of_collection(home),
            artifact_id=found.id,
            version_index=found.version_index,
            detail=detail,
        )
    return found


def require_editor(session: Session, artifact: Artifact | Row | None, field: str = "artifact") -> None:
    """Raise `Forbidden` unless the actor is a member of a version's project, `NotFound` unless it sees the version."""
    if artifact is None or not permissions.sees_artifact(session, artifact.id):
        raise NotFound("no such artifact", field)
    permissions.require_at_home(session, artifact.collection_id, Role.MEMBER, field)


def discard_pending(change: Change, before: datetime) -> int:
    """Forget versions that were logged before a time and never committed; answer how many, at most 1000 a call."""
    session = change.session
    stale = select(Artifact.id).where(Artifact.state == ArtifactState.PENDING, Artifact.created_at < before)
    ids = session.exec(stale.limit(DISCARDED_AT_ONCE).with_for_update(skip_locked=True)).all()
    forget(change, ids)
    return len(ids)


def forget(change: Change, ids: Sequence[int]) -> None:
    """Delete pending versions, of which nothing else knows yet."""
    for table in (ArtifactTag, ArtifactFile, Manifest, Handle):
        change.session.exec(delete(table).where(col(table.artifact_id).in_(ids)))
    change.session.exec(delete(Artifact).where(col(Artifact.id).in_(ids)))


def check_ttl(seconds: int | None) -> int | None:
    """How long to keep a version, in seconds; for ever, if that is None (nobody said) or 0 (somebody did)."""
    if seconds is not None and not 0 <= seconds <= MAX_TTL:
        raise BadInput(f"a time to live is 0 to {MAX_TTL} seconds, not {seconds}", "ttlSeconds")
    return seconds


def _expiry(created_at: datetime, seconds: int | None) -> datetime | None:
    return created_at + timedelta(seconds=seconds) if seconds else None


def _extent(files: Sequence[File]) -> dict[str, int]:
    return {"file_count": len(files), "size": sum(file.size for file in files)}


def _known(change: Change, home: Row, digest: str | None, idempotency_key: str | None) -> Row | None:
    """The committed version of that digest, else the attempt of that key; without a digest, that attempt."""
    asked = {"collection": home.id, "digest": digest}
    if digest is None:
        return execute(change.session, _SAME_KEY, collection=home.id, key=idempotency_key).first()
    if idempotency_key is None:
        return execute(change.session, _SAME_DIGEST, **asked).first()
    found = execute(change.session, _SAME_DIGEST_OR_KEY, **asked, key=idempotency_key).all()
    for artifact in found:
        if artifact.idempotency_key == idempotency_key:
            if artifact.digest != digest:
                raise Conflict("this idempotency key was used for another digest", "idempotencyKey")
            if artifact.state is ArtifactState.DELETED:
                raise Conflict("the version that was logged with this idempotency key is deleted", "idempotencyKey")
    return min(found, key=lambda artifact: artifact.state is not ArtifactState.COMMITTED, default=None)


def _commit(change: Change, home: Row, id: int, asked: _Asked) -> Row:
    """Commit a pending version whose bytes are all there. The caller holds the lock and found no other like it."""
    artifact = execute(change.session, _COMMIT, pending=id, **_as_committed(change, home)).one()
    _add_to_collection(change, home, artifact, asked)
    return artifact


def _as_committed(change: Change, home: Row) -> dict[str, Any]:
    """What committing says about a version."""
    return {
        "state": ArtifactState.COMMITTED,
        "version_index": home.next_index,
        "committed_at": change.now,
        "updated_at": change.now,
        "pending_aliases": [],
    }


def _add_to_collection(change: Change, home: Row, artifact: Row, asked: _Asked) -> None:
    detail = {"digest": artifact.digest, "size": artifact.size, "file_count": artifact.file_count}
    if artifact.description is not None:
        detail["description"] = artifact.description
    if artifact.metadata_:
        detail["metadata"] = artifact.metadata_
    if artifact.ttl_seconds is not None:
        detail["ttl_seconds"] = artifact.ttl_seconds
    memberships.add(change, home, artifact, asked.aliases, run_id=asked.run_id, detail=detail)
    for tag in asked.tags:
        record_tag(change, EventKind.TAG_ADDED, home, tag, artifact)
    if asked.run_id is not None:
        lineage.record_output(change, asked.run_id, artifact.id)


def _add_producer(change: Change, home: Row, artifact: Row, asked: _Asked) -> None:
    if asked.run_id is not None:
        lineage.record_output(change, asked.run_id, artifact.id)
    if not (asked.aliases or asked.tags):
        return
    home = collections.by_key(change, home.id, locked=True)
    member = find.member_of(change.session, home, artifact.id)
    if member is None:
        raise Conflict("this version was deleted at this moment: log it again", "digest")
    point(change, home, member, asked.aliases, run_id=asked.run_id)
    for tag in asked.tags:
        if insert_new(change.session, ArtifactTag(artifact_id=artifact.id, name=tag)):
            record_tag(change, EventKind.TAG_ADDED, home, tag, artifact)


def _require_all_bytes(change: Change, artifact: Row) -> None:
    absent = missing(change.session, artifact.id)
    if absent:
        shown = ", ".join(quoted(file.path) for file in absent[:SHOWN_MISSING])
        more = f" and {len(absent) - SHOWN_MISSING} more" if len(absent) > SHOWN_MISSING else ""
        raise Conflict(f"the bytes of {shown}{more} have not arrived", "artifact")
