"""How two versions differ: their files and their metadata."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import strawberry
from sqlalchemy import select

from gqlregistry.errors import Forbidden
from gqlregistry.plan.columns import col
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, Embedded, One
from gqlregistry.plan.relay import reads
from gqlregistry.plan.shape import Record
from gqlregistry.plan.statement import KeysFirst, Reading, compiled, keys_table
from gqlregistry.plan.visibility import CONTENT
from gqlregistry.schema.changes import ValueChange, value_changes
from gqlregistry.schema.expressions import content_key
from gqlregistry.schema.lookups import existing
from gqlregistry.schema.refs import ArtifactRef
from gqlregistry.schema.scalars import Int64, Json
from gqlregistry.store import tables

if TYPE_CHECKING:
    from gqlregistry.schema.artifact import Artifact
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.schema.artifact")]

ARTIFACT = "gqlregistry.schema.artifact:Artifact"
MAX_FILES = 10_000
CONTENT_KEY = content_key()


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that is not the same in both versions."""

    path: str
    before: str | None
    after: str | None
    size_before: int | None
    size_after: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two versions."""

    from_id: int
    to_id: int
    identical: bool
    added: list[FileChange]
    removed: list[FileChange]
    changed: list[FileChange]
    metadata: list[ValueChange]
    truncated: bool


@strawberry.type(name="FileChange", description="A file that is not the same in both versions.")
class FileChangeType(Record):
    """A changed file."""

    path: str = reads(Column("path"), "Where it stands in the artifact.")
    digest_before: str | None = reads(Column("before"), "Its digest before; null if it was not there.")
    digest_after: str | None = reads(Column("after"), "Its digest after; null if it is no longer there.")
    size_before: Int64 | None = reads(Column("size_before"), "Its bytes before.")
    size_after: Int64 | None = reads(Column("size_after"), "Its bytes after.")


@strawberry.type(description="A key of the metadata that is not the same in both versions.")
class MetadataChange(Record):
    """A changed key."""

    key: str = reads(Column("key"), "The key, of the outermost level.")
    before: Json | None = reads(Column("before"), "Its value before; null if it was not there.")
    after: Json | None = reads(Column("after"), "Its value after; null if it is no longer there.")


@strawberry.type(description="How another version differs from one.")
class ArtifactDiff(Record):
    """The difference of two versions."""

    from_: Artifact = reads(One("from_id", ARTIFACT), "The version compared from.", name="from")
    to: Artifact = reads(One("to_id", ARTIFACT), "The version compared with.")
    identical: bool = reads(Column("identical"), "Whether their content has the same digest.")
    added: list[FileChangeType] = reads(Embedded("added", FileChangeType, many=True), "Files only in `to`, by path.")
    removed: list[FileChangeType] = reads(
        Embedded("removed", FileChangeType, many=True), "Files only in `from`, by path."
    )
    changed: list[FileChangeType] = reads(
        Embedded("changed", FileChangeType, many=True), "Files with another digest, by path."
    )
    metadata: list[MetadataChange] = reads(
        Embedded("metadata", MetadataChange, many=True), "Keys of the metadata that differ, by key."
    )
    truncated: bool = reads(
        Column("truncated"), f"Whether only the first {MAX_FILES:,} files of each version were compared."
    )


def no_content() -> Forbidden:
    """Why a restricted viewer does not get what is in a version."""
    return Forbidden(f"the files of this version need the role {CONTENT} where it is")


def diff_to(request: Request, keys: Sequence[int], to: ArtifactRef) -> Reading[Mapping[int, Difference]]:
    """How another version differs from each of these, by their `content_key`."""
    other = yield from existing(request, tables.Artifact, to, "to", CONTENT_KEY)
    if min(other, *keys) < 0:
        raise no_content()
    artifact, file = tables.Artifact, tables.ArtifactFile
    table = keys_table(request.dialect)
    about = compiled(
        select(table.c.value, col(artifact.digest), col(artifact.metadata_)).select_from(
            KeysFirst(table, artifact.__table__, col(artifact.id) == table.c.value)  # type: ignore[attr-defined]
        ),
        request.dialect,
    )
    facts = {row[0]: row for row in (yield about.query(keys=[*keys, other]))}
    listed = compiled(
        select(col(file.path), col(file.digest), col(file.size))
        .where(col(file.artifact_id) == table.c.value)
        .select_from(KeysFirst(table, file.__table__, col(file.artifact_id) == table.c.value))  # type: ignore[attr-defined]
        .order_by(col(file.path))
        .limit(MAX_FILES),
        request.dialect,
    )
    files: dict[int, dict[str, Any]] = {}
    for key in {*keys, other}:
        rows = yield listed.query(keys=[key])
        request.count(rows)
        files[key] = {row[0]: row for row in rows}
    return {key: _difference(facts[key], facts[other], files[key], files[other]) for key in keys}


def _difference(one: Any, two: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    changes = [_file_change(path, before.get(path), after.get(path)) for path in sorted({*before, *after})]
    old, new = orjson.loads(one[2]), orjson.loads(two[2])
    return Difference(
        one[0],
        two[0],
        one[1] == two[1],
        [change for change in changes if change.before is None],
        [change for change in changes if change.after is None],
        [change for change in changes if None not in (change.before, change.after) and change.before != change.after],
        value_changes(old, new),
        max(len(before), len(after)) == MAX_FILES,
    )


def _file_change(path: str, before: Any, after: Any) -> FileChange:
    return FileChange(
        path,
        before and before[1],
        after and after[1],
        before and before[2],
        after and after[2],
    )
