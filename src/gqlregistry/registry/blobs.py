"""Which bytes are kept: they are noted when they arrive, and let go when nothing holds them any more.

No bytes stay that nothing holds, and none go that something holds, however many servers there are:

- **Arriving.** `expect` notes the digest in `Transit`, durably, before the bytes come under their name; `record`
  turns that note into a `Blob`. So whatever is in the blob store has one of the two rows, also after a `kill -9`.
- **Letting go.** `loose_since` of a blob is null while something is known to hold it. It is set when bytes arrive and
  by whatever lets go of them (`loosen`), so that `discard` looks only at those few, a grace time later. Of those that
  nothing holds it turns the `Blob` back into a `Transit`, in one transaction: from then on no client is told that
  they are there, and no commit counts on them. `remove` then takes the bytes away while it has their `Transit`
  locked, and deletes that with the same transaction. Should it die between the two, the row stays and so its work.
- **An upload of the same bytes meanwhile** has its `expect` before its bytes come. Either that waits until `remove`
  is done, and its bytes come after; or it makes the `Transit` young, and `remove` leaves it alone. One that took
  longer than the grace time finds in `record` neither row, and is refused: its client puts the bytes again.
- **A commit meanwhile** locks the blobs that it needs (`files.missing`) before it looks whether they are there.
  `discard` locks a blob before it looks who holds it, and leaves alone what is locked. So it comes before, and the
  commit is refused for want of bytes; or it comes after, and sees the committed version. On SQLite there is one
  writer at a time, and nothing to lock.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, or_, select, update

from gqlregistry.errors import BadInput, Unavailable
from gqlregistry.registry.change import Change
from gqlregistry.registry.rows import connection, insert_new, insert_one, sql_table
from gqlregistry.registry.values import MAX_INT
from gqlregistry.store.blobs import DIGEST
from gqlregistry.store.tables import Artifact, ArtifactFile, ArtifactState, Blob, Manifest, Run, RunFile, Transit

BATCH = 500
DISCARDED_AT_ONCE = 500
REMOVED_AT_ONCE = 100
LISTED = 100

_HAS_BYTES = col(ArtifactFile.reference).is_(None)
_IN_ARTIFACT = (
    select(ArtifactFile.path)
    .join(Artifact, col(Artifact.id) == ArtifactFile.artifact_id)
    .where(ArtifactFile.digest == Blob.digest, _HAS_BYTES)
)
_IN_RUN = select(RunFile.path).join(Run, col(Run.id) == RunFile.run_id).where(RunFile.digest == Blob.digest)
_IN_MANIFEST = (
    select(Manifest.id)
    .join(Artifact, col(Artifact.id) == Manifest.artifact_id)
    .where(Manifest.digest == Blob.digest, Artifact.state == ArtifactState.PENDING)
)
_HELD = or_(
    _IN_ARTIFACT.where(Artifact.state == ArtifactState.COMMITTED).exists(),
    _IN_RUN.where(col(Run.deleted_at).is_(None)).exists(),
)
_DRAFTED = or_(_IN_ARTIFACT.where(Artifact.state == ArtifactState.PENDING).exists(), _IN_MANIFEST.exists())


def expect(change: Change, digest: str) -> None:
    """Note that bytes are about to come under their name. Waits for whoever is removing them."""
    _check_digest(digest)
    insert = postgresql.insert if connection(change.session).dialect.name == "postgresql" else sqlite.insert
    noted = insert(sql_table(Transit)).values(digest=digest, since=change.now)
    connection(change.session).execute(
        noted.on_conflict_do_update(index_elements=["digest"], set_={"since": noted.excluded.since})
    )


def record(change: Change, digest: str, size: int) -> None:
    """Note that bytes, which were expected, arrived whole, were verified and are on disk.

    Raises `Unavailable` when they were so long on their way that they may have been removed again.
    """
    _check_digest(digest)
    if not 0 <= size <= MAX_INT:
        raise BadInput("bytes have a size", "size")
    session = change.session
    # The blob before its transit, as `discard` has them: else each could wait for the other.
    if renew(change, [digest]):
        _arrived(session, digest)
    elif _arrived(session, digest):
        insert_one(session, Blob, digest=digest, size=size, md5=None, created_at=change.now, loose_since=change.now)
    elif not renew(change, [digest]):
        raise Unavailable("these bytes were too long on their way: send them again")


def renew(change: Change, digests: Iterable[str]) -> int:
    """Keep bytes for another grace time, since somebody counts on them; answer how many of them there are."""
    renewed = 0
    for some in _batches(digests):
        kept = update(Blob).where(col(Blob.digest).in_(some))
        renewed += change.session.exec(kept.values(loose_since=change.now)).rowcount
    return renewed


def lapsing(session: Session, digests: Iterable[str], before: datetime) -> list[str]:
    """Those of some bytes that are loose since before a time."""
    found: list[str] = []
    for some in _batches(digests):
        loose = select(Blob.digest).where(col(Blob.digest).in_(some), col(Blob.loose_since) < before)
        found += session.exec(loose)
    return found


def loosen_versions(change: Change, artifacts: Collection[int]) -> None:
    """Versions hold their bytes no more."""
    _loosen(change, select(ArtifactFile.digest).where(col(ArtifactFile.artifact_id).in_(artifacts), _HAS_BYTES))


def loosen_runs(change: Change, *which: ColumnElement[bool]) -> None:
    """Runs, by a condition on `Run`, hold their files no more."""
    _loosen(change, select(RunFile.digest).join(Run, col(Run.id) == RunFile.run_id).where(*which))


def loosen_run_files(change: Change, run: int, paths: Collection[str]) -> None:
    """A run holds some of its files no more."""
    _loosen(change, select(RunFile.digest).where(RunFile.run_id == run, col(RunFile.path).in_(paths)))


def discard(change: Change, before: datetime) -> int:
    """Look who holds the bytes that are loose since before a time, 500 at most; answer how many were looked at.

    What a version or a run holds is loose no more, what a draft holds is looked at again later, and what nothing
    holds is gone for all but `remove`.
    """
    session = change.session
    loose = select(Blob.digest, Blob.loose_since).where(col(Blob.loose_since) < before).order_by(col(Blob.loose_since))
    found = dict(session.exec(loose.limit(DISCARDED_AT_ONCE).with_for_update(skip_locked=True)).all())
    if not found:
        return 0
    # A statement of its own, behind the lock: what was committed before it is seen.
    among = select(Blob.digest).where(col(Blob.digest).in_(found))
    held = set(session.exec(among.where(_HELD)))
    drafted = set(session.exec(among.where(_DRAFTED))) - held
    free = found.keys() - held - drafted
    for digests, since in ((held, None), (drafted, change.now)):
        session.exec(update(Blob).where(col(Blob.digest).in_(digests)).values(loose_since=since))
    session.exec(delete(Blob).where(col(Blob.digest).in_(free)))
    insert_new(session, *(Transit(digest=digest, since=found[digest] or before) for digest in sorted(free)))
    return len(found)


def remove(change: Change, before: datetime, take_away: Callable[[Sequence[str]], None]) -> int:
    """Take bytes away that are in transit since before a time, 100 at most; answer how many transits are over."""
    session = change.session
    old = select(Transit.digest).where(Transit.since < before).order_by(col(Transit.since)).limit(REMOVED_AT_ONCE)
    over = session.exec(old.with_for_update(skip_locked=True)).all()
    if not over:
        return 0
    kept = set(session.exec(select(Blob.digest).where(col(Blob.digest).in_(over))))
    gone = [digest for digest in over if digest not in kept]
    if gone:
        take_away(gone)
    session.exec(delete(Transit).where(col(Transit.digest).in_(over)))
    return len(over)


def unheld(session: Session) -> Iterator[tuple[str, int]]:
    """The digests and sizes of the bytes that nothing holds, whether or not their grace time is over."""
    loose = select(Blob.digest, Blob.size).where(col(Blob.loose_since).is_not(None), ~_HELD, ~_DRAFTED)
    yield from session.exec(loose.order_by(Blob.digest))


def recorded(session: Session, after: str, limit: int) -> list[tuple[str, int]]:
    """The digests and sizes of bytes that are there for all we know, by digest, behind one."""
    some = select(Blob.digest, Blob.size).where(Blob.digest > after).order_by(Blob.digest).limit(limit)
    return [(digest, size) for digest, size in session.exec(some)]


def holders(session: Session, digest: str) -> list[str] | None:
    """Who misses bytes that are damaged, as `artifact 7: data/a.csv`, 100 at most. None if they were removed by now."""
    if session.get(Blob, digest) is None:
        return None
    in_versions = (
        select(Artifact.id, ArtifactFile.path)
        .join(ArtifactFile, col(ArtifactFile.artifact_id) == Artifact.id)
        .where(ArtifactFile.digest == digest, _HAS_BYTES, Artifact.state == ArtifactState.COMMITTED)
    )
    in_runs = (
        select(Run.name, RunFile.path).join(RunFile, col(RunFile.run_id) == Run.id).where(RunFile.digest == digest)
    )
    found = [f"artifact {number}: {path}" for number, path in session.exec(in_versions.limit(LISTED))]
    found += [f"run {name}: {path}" for name, path in session.exec(in_runs.limit(LISTED))]
    return found[:LISTED]


def _arrived(session: Session, digest: str) -> bool:
    """End the transit of bytes. Waits for whoever else is ending it."""
    return bool(session.exec(delete(Transit).where(col(Transit.digest) == digest)).rowcount)


def _loosen(change: Change, digests: Any) -> None:
    # Also those that are loose: `discard` may be about to say that they are not, and this waits for it.
    change.session.exec(update(Blob).where(col(Blob.digest).in_(digests)).values(loose_since=change.now))


def _batches(digests: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(digests)
    while some := list(islice(rest, BATCH)):
        yield some


def _check_digest(digest: str) -> None:
    if not DIGEST.fullmatch(digest):
        raise BadInput("bytes are known by sha256:<64 hex digits> or md5:<32>", "digest")
