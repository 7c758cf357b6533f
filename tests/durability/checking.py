"""Whether a store holds what was acknowledged: each once, whole, and as the log tells."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from gqlregistry.registry import audit
from gqlregistry.registry.fold import log
from gqlregistry.store import open_database
from gqlregistry.store.blobs import BlobStore, open_blobs
from gqlregistry.store.tables import (
    Alias,
    Artifact,
    ArtifactFile,
    ArtifactState,
    Blob,
    Collection,
    EventKind,
    Membership,
    Project,
    Registry,
    Run,
    RunInput,
    RunOutput,
)
from tests.durability.writers import PROJECT, Acknowledged


async def check(database_url: str, data: Path, said: Acknowledged, blobs: str | None = None) -> None:
    """Raise `AssertionError` unless everything is there, once."""
    database = open_database(database_url, data)
    try:
        await database.upgrade()
        files = await database.read(lambda session: _check_rows(session, said))
    finally:
        await database.close()
    await _check_bytes(open_blobs(blobs, data), files)


def _check_rows(session: Session, said: Acknowledged) -> set[str]:
    """Check what the tables hold; answer the digests that committed versions need."""
    assert [str(each) for each in audit.verify(session)] == []
    assert audit.differences(session) == []
    homes = _names(session)
    artifacts = {row.id: row for row in session.exec(select(Artifact))}
    named = {f"{homes[row.collection_id]}:v{row.version_index}": row for row in artifacts.values()}
    files: dict[int, dict[str, str]] = {key: {} for key in artifacts}
    for file in session.exec(select(ArtifactFile)):
        files[file.artifact_id][file.path] = file.digest
    assert all(row.state is ArtifactState.COMMITTED for row in artifacts.values())

    by_key = {row.idempotency_key: row for row in artifacts.values()}
    assert len(by_key) == len(artifacts), "no attempt is two versions"
    assert by_key.keys() == said.versions.keys()
    for key, (name, digests) in said.versions.items():
        assert named[name] is by_key[key]
        assert files[named[name].id] == digests

    runs = {row.id: row.name for row in session.exec(select(Run))}
    assert set(runs.values()) == said.runs
    uses = [(runs[row.run_id], row.artifact_id) for row in session.exec(select(RunInput))]
    assert Counter(uses) == Counter({(run, named[name].id) for run, name in said.uses})
    outputs = Counter(row.artifact_id for row in session.exec(select(RunOutput)))
    assert outputs == Counter(artifacts.keys())

    members = {row.id: row for row in session.exec(select(Membership))}
    links = [(row.artifact_id, homes[row.collection_id]) for row in members.values()]
    origins = [(row.id, homes[row.collection_id]) for row in artifacts.values()]
    assert Counter(links) == Counter([*origins, *((named[name].id, target) for name, target in said.links)])
    numbers: dict[int, list[int]] = {}
    for member in sorted(members.values(), key=lambda row: row.version_index):
        numbers.setdefault(member.collection_id, []).append(member.version_index)
    assert all(found == list(range(len(found))) for found in numbers.values()), "no number is left out"

    aliases = {
        (homes[row.collection_id], row.name): members[row.membership_id].artifact_id
        for row in session.exec(select(Alias).where(col(Alias.name) != "latest"))
    }
    assert aliases == {key: named[name].id for key, name in said.aliases.items()}
    events = [event for event in log(session) if event.collection_id is not None]
    told = Counter(event.artifact_id for event in events if event.kind is EventKind.VERSION_ADDED)
    assert told == Counter(artifact for artifact, _ in links), "each version was added once"
    told = Counter(event.alias for event in events if event.kind is EventKind.ALIAS_ADDED and event.alias != "latest")
    assert told == Counter(name for _, name in aliases), "each alias was set once"
    needed = {digest for each in files.values() for digest in each.values()}
    assert needed <= set(session.exec(select(Blob.digest)))
    return needed


def _names(session: Session) -> dict[int, str]:
    """The full name of each collection. There is one project."""
    assert len(session.exec(select(Project)).all()) == 1
    registries = {row.id: row.name for row in session.exec(select(Registry))}
    places: dict[int, Any] = {
        row.id: PROJECT if row.registry_id is None else registries[row.registry_id]
        for row in session.exec(select(Collection))
    }
    return {row.id: f"{places[row.id]}/{row.name}" for row in session.exec(select(Collection))}


async def _check_bytes(blobs: BlobStore, digests: set[str]) -> None:
    for digest in digests:
        content = await blobs.read(digest, 10**6)
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == digest
