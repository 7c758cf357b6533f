"""A backup: all rows of the database from one snapshot, and the bytes that they tell of, in a folder.

    FOLDER/database.ndjson.gz    the rows (see `store.dump`)
    FOLDER/blobs/sha256/…        the bytes; those that are there from the last time are not copied again

It is taken while servers write, and restores into either kind of database and any blob store. The keys that servers
sign links and sessions with are not in it: links end, and people sign in again.
"""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from gqlregistry.errors import Conflict, NotFound, Unavailable
from gqlregistry.registry import audit
from gqlregistry.registry.rows import connection
from gqlregistry.store.blobs import BlobStore, open_blobs
from gqlregistry.store.database import Database
from gqlregistry.store.dump import dump, lines, load, require_same_schema
from gqlregistry.store.tables import Artifact, ArtifactFile, ArtifactState, Blob, Run, RunFile

ROWS = "database.ndjson.gz"
AT_ONCE = 8
"""How many files are copied at the same time."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How much a backup or a restore has done."""

    rows: int
    files: int
    already_there: int
    gone: Collection[str] = ()
    """The digests that there were no bytes of."""

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.files} files copied, {self.already_there} were there"


async def back_up(database: Database, blobs: BlobStore, folder: Path) -> Copied:
    """Take a backup into a folder, which may hold an older one: until the new one is whole, that is the one there is.

    Raises `Unavailable` when the folder can't be written, or a store can't be read.
    """
    arriving = folder / f"{ROWS}.arriving"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = open_blobs(f"file://{folder.absolute()}/blobs", folder)
        rows = await dump(database, arriving)
        copied = await _copy(blobs, kept, await asyncio.to_thread(_digests, arriving))
        await _require_removed(database, copied.gone)
        arriving.replace(folder / ROWS)
    except OSError as error:
        raise Unavailable(f"the folder {folder} can't be written: {error.strerror}") from error
    return Copied(rows, copied.files, copied.already_there, copied.gone)


async def _require_removed(database: Database, digests: Collection[str]) -> None:
    """Raise `Conflict` unless bytes that are not there were let go of while the backup was taken."""
    async with database.snapshot() as reading:
        known = await reading.scalar(select(Blob.digest).where(col(Blob.digest).in_(digests)).limit(1))
    if known is not None:
        raise Conflict(f"the blob store has lost the bytes of {known}: no whole backup can be taken", "blobs")


async def export_rows(database: Database, path: Path) -> Copied:
    """Write all rows to a file, compressed if it is called `*.gz`; it takes an older one's place when it is whole.

    Raises `Unavailable` when it can't be written.
    """
    arriving = path.with_name(f"{path.name}.arriving")
    try:
        rows = await dump(database, arriving, compressed=path.suffix == ".gz")
        arriving.replace(path)
    except OSError as error:
        raise Unavailable(f"{path} can't be written: {error.strerror}") from error
    return Copied(rows, 0, 0)


async def import_rows(database: Database, blobs: BlobStore, path: Path) -> Copied:
    """Fill an empty database from such a file, and prove it as `restore` does; the bytes must be in the blob store.

    Raises as `restore`.
    """
    await _require_same_schema(database, path)
    needed = [digest for digest, _ in await asyncio.to_thread(_digests, path)]
    missing = frozenset([digest for digest in needed if not await blobs.exists(digest)])
    rows = await database.write(lambda session: _filled(session, path, missing))
    return Copied(rows, 0, len(needed) - len(missing), missing)


async def restore(database: Database, blobs: BlobStore, folder: Path) -> Copied:
    """Fill an empty store from a backup, and prove what came of it before it is there to be seen.

    The bytes come first, each verified; then all rows in one transaction, which is undone unless the log is whole, says
    the same as the tables, and every file of a committed version or a run has its bytes. Raises `Conflict` when the
    database is not empty, `BadInput` when the folder holds no whole backup.
    """
    await _require_same_schema(database, folder / ROWS)
    needed = dict(await asyncio.to_thread(_digests, folder / ROWS))
    copied = await _copy(open_blobs(f"file://{folder.absolute()}/blobs", folder), blobs, needed.items(), trusting=False)
    missing = frozenset([digest for digest in needed if not await blobs.exists(digest)])
    rows = await database.write(lambda session: _filled(session, folder / ROWS, missing))
    return Copied(rows, copied.files, copied.already_there, copied.gone)


async def _require_same_schema(database: Database, path: Path) -> None:
    await database.read(lambda session: require_same_schema(connection(session), path))


def _filled(session: Session, path: Path, missing: frozenset[str]) -> int:
    rows = load(connection(session), path, missing)
    _require_whole(session)
    return rows


def _require_whole(session: Session) -> None:
    problems = [str(each) for each in audit.verify(session)] + audit.differences(session)
    if problems:
        raise Conflict(f"the backup's log can't be believed: {problems[0]}", "folder")
    of_versions = (
        select(ArtifactFile.digest)
        .join(Artifact, col(Artifact.id) == ArtifactFile.artifact_id)
        .where(Artifact.state == ArtifactState.COMMITTED, col(ArtifactFile.reference).is_(None))
        .where(~select(Blob.digest).where(Blob.digest == ArtifactFile.digest).exists())
    )
    of_runs = (
        select(RunFile.digest)
        .join(Run, col(Run.id) == RunFile.run_id)
        .where(col(Run.deleted_at).is_(None), ~select(Blob.digest).where(Blob.digest == RunFile.digest).exists())
    )
    for without_bytes in (of_versions, of_runs):
        lost = session.exec(without_bytes.limit(1)).first()
        if lost is not None:
            raise Conflict(f"the backup lacks the bytes of {lost}, which a version or a run has", "folder")


def _digests(path: Path) -> Iterable[tuple[str, int]]:
    """The bytes that a dump tells of: digest and size. Reads all of it, so that it is known to be whole."""
    return [(row["digest"], row["size"]) for table, row in lines(path) if table.name == "blob"]


async def _copy(
    source: BlobStore, target: BlobStore, digests: Iterable[tuple[str, int]], trusting: bool = True
) -> Copied:
    """Copy the bytes that are not there yet, and verify each; unless trusting, also those that are."""
    copied = already = 0
    gone: list[str] = []
    waiting = iter(digests)

    async def work() -> None:
        nonlocal copied, already
        for digest, size in waiting:
            try:
                if await (target.exists(digest) if trusting else target.is_intact(digest, size)):
                    already += 1
                    continue
                await target.put(digest, (await source.get(digest)).stream, size)
                copied += 1
            except NotFound:
                gone.append(digest)

    await asyncio.gather(*[work() for _ in range(AT_ONCE)])
    return Copied(0, copied, already, gone)
