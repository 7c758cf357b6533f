"""Bytes stay while something holds them, and go when nothing does, whoever comes in between."""

import asyncio
import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from gqlregistry.errors import BadInput, Conflict, Unavailable
from gqlregistry.registry import artifacts, blobs, deletion, drafts, run_files, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.store.database import waiting
from gqlregistry.store.tables import Blob, ManifestKind, Transit
from tests.registry.conftest import House

A, B = (f"sha256:{digit * 64}" for digit in "ab")
LATER = timedelta(days=2)


def later() -> datetime:
    """A time before which all that is now has been loose for long."""
    return datetime.now(UTC) + LATER


async def discard(house: House) -> None:
    await house.do(blobs.discard, later())


async def collected(house: House) -> list[str]:
    """What is taken away when all is looked at now."""
    gone: list[str] = []

    def take_away(digests: Sequence[str]) -> None:
        gone.extend(digests)

    await discard(house)
    await house.do(blobs.remove, later(), take_away)
    return sorted(gone)


async def kept(house: House) -> list[str]:
    return await house.look(lambda s: sorted(s.exec(select(Blob.digest)).all()))


async def log(house: House, *digests: str, commit: bool = True, **more: Any) -> Any:
    files = [File(f"file{n}", digest, 1) for n, digest in enumerate(digests)]
    logged = await house.do(
        artifacts.log_artifact, None, "local/zoo/data", "dataset", files=files, commit=commit, **more
    )
    return logged.artifact.id


async def test_bytes_that_nothing_holds_go(house: House) -> None:
    await house.receive(A, 1)
    await house.receive(B, 1)
    await log(house, B)
    assert await collected(house) == [A]
    assert await kept(house) == [B]
    assert await collected(house) == []


async def test_they_have_the_grace_time(house: House) -> None:
    await house.receive(A, 1)
    assert await house.do(blobs.discard, datetime.now(UTC) - timedelta(hours=1)) == 0
    assert await kept(house) == [A]


async def test_what_is_held_is_looked_at_once(house: House) -> None:
    await house.receive(A, 1)
    await log(house, A)
    assert await house.do(blobs.discard, later()) == 1
    assert await house.do(blobs.discard, later()) == 0


async def test_a_deleted_version_holds_its_bytes_no_more(house: House) -> None:
    await house.receive(A, 1)
    await house.receive(B, 1)
    first = await log(house, A)
    await log(house, A, B)
    await discard(house)
    await house.do(deletion.delete_artifact, first, delete_aliases=True)
    assert await collected(house) == []
    await house.do(deletion.delete_collection, "local/zoo/data")
    assert await collected(house) == [A, B]


async def test_a_draft_holds_its_bytes_until_it_is_forgotten(house: House) -> None:
    await house.receive(A, 1)
    draft = await log(house, A, B, commit=False)
    assert await collected(house) == []
    await house.do(artifacts.discard_pending, later())
    assert await collected(house) == [A]
    with pytest.raises(Exception, match="no such artifact"):
        await house.do(artifacts.commit_artifact, draft)


async def test_a_manifest_is_held_as_long_as_its_draft(house: House) -> None:
    md5 = f"md5:{hashlib.md5(b'manifest').hexdigest()}"
    await house.receive(md5, 1)
    await house.receive(A, 1)
    draft = await log(house, A, commit=False)
    await house.do(drafts.declare_manifest, draft, ManifestKind.FULL, "manifest.json", md5)
    assert await collected(house) == []
    await house.do(artifacts.commit_artifact, draft)
    assert await collected(house) == [md5]


@pytest.mark.parametrize("end", ["replaced", "forgotten", "run deleted", "project deleted"])
async def test_a_file_of_a_run_is_held_until_it_or_the_run_goes(house: House, end: str) -> None:
    run = (await house.run()).id
    await house.do(blobs.expect, A)
    await house.do(run_files.record_file, run, "log.txt", A, 1)
    assert await collected(house) == []
    if end == "replaced":
        await house.do(blobs.expect, B)
        await house.do(run_files.record_file, run, "log.txt", B, 1)
    elif end == "forgotten":
        await house.do(run_files.delete_files, run, ["log.txt"])
    elif end == "run deleted":
        await house.do(runs.delete_run, run)
    else:
        await house.do(deletion.delete_project, (await house.project()).id)
    assert await collected(house) == [A]
    assert await kept(house) == ([B] if end == "replaced" else [])


async def test_bytes_that_never_came_under_their_name_are_removed_too(house: House) -> None:
    await house.do(blobs.expect, A)
    assert await collected(house) == [A]
    assert await house.look(lambda s: s.exec(select(Transit)).all()) == []


async def test_bytes_that_are_expected_again_are_not_removed_while_they_are_kept(house: House) -> None:
    await house.receive(A, 1)
    await log(house, A)
    await house.do(blobs.expect, A)
    assert await collected(house) == []
    assert await kept(house) == [A]
    assert await house.look(lambda s: s.exec(select(Transit)).all()) == []


async def test_what_could_not_be_removed_is_removed_the_next_time(house: House) -> None:
    def fail(digests: Sequence[str]) -> None:
        raise Unavailable("the blob store can't serve this now")

    await house.receive(A, 1)
    await discard(house)
    with pytest.raises(Unavailable):
        await house.do(blobs.remove, later(), fail)
    assert await kept(house) == []
    assert await collected(house) == [A]


async def test_bytes_that_were_too_long_on_their_way_are_refused(house: House) -> None:
    await house.do(blobs.expect, A)
    assert await collected(house) == [A]
    with pytest.raises(Unavailable, match="send them again"):
        await house.do(blobs.record, A, 1)
    await house.receive(A, 1)
    assert await kept(house) == [A]


async def test_the_same_bytes_may_come_twice_at_once(house: House) -> None:
    for _ in range(2):
        await house.do(blobs.expect, A)
    for _ in range(2):
        await house.do(blobs.record, A, 1)
    assert await kept(house) == [A]


async def test_what_somebody_counts_on_is_kept_longer(house: House) -> None:
    await house.receive(A, 1)
    soon = datetime.now(UTC)
    assert await house.look(lambda s: blobs.lapsing(s, [A, B], soon)) == [A]
    assert await house.do(blobs.renew, [A, B]) == 1
    assert await house.look(lambda s: blobs.lapsing(s, [A, B], soon)) == []


@pytest.mark.parametrize("digest", ["sha256:A", f"sha1:{'0' * 40}", ""])
async def test_bytes_are_known_by_a_digest(house: House, digest: str) -> None:
    with pytest.raises(BadInput):
        await house.do(blobs.expect, digest)


async def test_an_upload_waits_until_the_same_bytes_are_removed(house: House) -> None:
    await house.receive(A, 1)
    await discard(house)
    wait, uploads = waiting(), []

    async def upload_meanwhile() -> None:
        uploads.append(asyncio.create_task(house.look(lambda s: blobs.expect(Change(s, house.actor), A))))
        await asyncio.sleep(0.2)
        assert not uploads[0].done()

    await house.do(blobs.remove, later(), lambda digests: wait(upload_meanwhile()))
    await uploads[0]
    # Its bytes come under their name only now, and are noted.
    assert await house.do(blobs.remove, datetime.now(UTC) - timedelta(hours=1), lambda digests: None) == 0
    await house.do(blobs.record, A, 1)
    assert await kept(house) == [A]


async def test_bytes_that_a_commit_is_counting_on_are_not_discarded(house: House) -> None:
    await house.receive(A, 1)
    draft, wait, discards = await log(house, A, commit=False), waiting(), []

    async def discard_meanwhile() -> None:
        discards.append(asyncio.create_task(house.look(lambda s: blobs.discard(Change(s, house.actor), later()))))
        await asyncio.sleep(0.2)

    def commit(change: Change) -> None:
        artifacts.commit_artifact(change, draft)
        wait(discard_meanwhile())

    await house.do(commit)
    await discards[0]
    assert await collected(house) == []
    assert await kept(house) == [A]


async def test_a_commit_waits_for_who_discards_its_bytes_and_is_refused(house: House) -> None:
    await house.receive(A, 1)
    wait, logs = waiting(), []

    async def log_meanwhile() -> None:
        logs.append(asyncio.create_task(log(House(house.database, house.actor), A)))
        await asyncio.sleep(0.2)
        assert not logs[0].done()

    def discard_slowly(change: Change) -> None:
        blobs.discard(change, later())
        wait(log_meanwhile())

    await house.do(discard_slowly)
    pending = await logs[0]
    with pytest.raises(Conflict, match="have not arrived"):
        await house.do(artifacts.commit_artifact, pending)


async def test_what_is_collected_is_found_by_indexes(house: House) -> None:
    """No statement of it looks through a table."""
    await house.receive(A, 1)
    if "sqlite" not in await house.look(lambda s: s.get_bind().dialect.name):
        return
    seen: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await collected(house)
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    def scans(session: Session) -> list[str]:
        found = []
        for statement, parameters in seen:
            if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE")):
                plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                # An empty IN is a subquery without rows.
                found += [row[3] for row in plan if re.match("SCAN (?!CONSTANT ROW|.subquery)", row[3])]
        return found

    assert await house.look(scans) == []
    assert any("loose_since" in statement for statement, _ in seen)
