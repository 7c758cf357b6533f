"""Tags: labels on versions and on collections. Adding what is there, or removing what is not, does nothing."""

from collections.abc import Iterable

from sqlmodel import col, delete

from gqlregistry.errors import BadInput
from gqlregistry.registry import collections, events, find, permissions
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import ProjectName, check_tag
from gqlregistry.registry.rows import Row, insert_new
from gqlregistry.store.tables import Artifact, ArtifactTag, Collection, CollectionTag, EventKind, Role

MAX_TAGS = 100


def tag_artifact(change: Change, artifact: Ref, tag: str, within: ProjectName | None = None) -> Artifact:
    """Put a tag on a version; it is seen wherever the version is linked."""
    check_tag(tag)
    found, home = _with_home(change, artifact, within)
    if insert_new(change.session, ArtifactTag(artifact_id=found.id, name=tag)):
        record_tag(change, EventKind.TAG_ADDED, home, tag, found)
    return found


def untag_artifact(change: Change, artifact: Ref, tag: str, within: ProjectName | None = None) -> Artifact:
    """Take a tag from a version."""
    check_tag(tag)
    found, home = _with_home(change, artifact, within)
    gone = delete(ArtifactTag).where(col(ArtifactTag.artifact_id) == found.id, col(ArtifactTag.name) == tag)
    if change.session.exec(gone).rowcount:
        record_tag(change, EventKind.TAG_REMOVED, home, tag, found)
    return found


def tag_collection(change: Change, collection: Ref, tag: str, within: ProjectName | None = None) -> Collection:
    """Put a tag on a collection."""
    check_tag(tag)
    home = _collection(change, collection, within)
    if insert_new(change.session, CollectionTag(collection_id=home.id, name=tag)):
        record_tag(change, EventKind.TAG_ADDED, home, tag)
    return home


def untag_collection(change: Change, collection: Ref, tag: str, within: ProjectName | None = None) -> Collection:
    """Take a tag from a collection."""
    check_tag(tag)
    home = _collection(change, collection, within)
    gone = delete(CollectionTag).where(col(CollectionTag.collection_id) == home.id, col(CollectionTag.name) == tag)
    if change.session.exec(gone).rowcount:
        record_tag(change, EventKind.TAG_REMOVED, home, tag)
    return home


def record_tag(
    change: Change, kind: EventKind, home: Collection | Row, tag: str, artifact: Artifact | Row | None = None
) -> None:
    """Log a tag of a version, in its own collection, or of a collection. The caller holds the lock."""
    events.record(
        change,
        kind,
        **events.of_collection(home),
        artifact_id=artifact and artifact.id,
        version_index=artifact and artifact.version_index,
        tag=tag,
    )


def check_tags(tags: Iterable[str], field: str = "tags") -> list[str]:
    """The tags that a client asks for."""
    asked = [check_tag(tag, field) for tag in dict.fromkeys(tags)]
    if len(asked) > MAX_TAGS:
        raise BadInput(f"at most {MAX_TAGS} tags at once, not {len(asked)}", field)
    return asked


def _with_home(change: Change, artifact: Ref, within: ProjectName | None) -> tuple[Artifact, Collection]:
    found = find.artifact(change.session, artifact, within)
    permissions.require_of_artifact(change.session, found.id, Role.MEMBER)
    return found, collections.lock(change, found.collection_id)


def _collection(change: Change, collection: Ref, within: ProjectName | None) -> Collection:
    found = find.collection(change.session, collection, within)
    permissions.require(change.session, found, Role.MEMBER, "collection")
    return collections.lock(change, found.id)
