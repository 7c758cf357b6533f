"""From what a client wrote to the row it means, or `NotFound` that names the input at fault.

What the actor may not see is refused in the words of what is not there.

A reference is an `int`, the key of a row that a door has decoded from a global id, or a `str`, a name.
"""

from functools import cache
from typing import Any, TypeAlias, TypeVar

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from gqlregistry.errors import Conflict, NotFound
from gqlregistry.registry import names, permissions, resolve
from gqlregistry.registry.names import Pointer, ProjectName, quoted, version_index
from gqlregistry.registry.rows import Row, columns, parameter
from gqlregistry.registry.rows import run as execute
from gqlregistry.registry.values import check_text
from gqlregistry.store.tables import (
    Artifact,
    ArtifactState,
    Collection,
    Entity,
    EntityKind,
    Membership,
    Organization,
    Project,
    Registry,
    Run,
    Table,
)

Ref: TypeAlias = int | str
T = TypeVar("T", bound=Table)
R = TypeVar("R", Run, Row)

MAX_REF = 1024

_RUN = (
    select(*columns(Run, col(Entity.name).label("entity"), col(Project.name).label("project")))
    .join(Project, col(Project.id) == Run.project_id)
    .join(Entity, col(Entity.id) == Project.entity_id)
)
_RUN_BY_ID = _RUN.where(Run.id == parameter("id"))
_RUN_BY_NAME = _RUN.where(
    Entity.name == parameter("entity"),
    Project.name == parameter("project"),
    col(Project.deleted_at).is_(None),
    Run.name == parameter("name"),
)
_ARTIFACT = select(*columns(Artifact)).where(Artifact.id == parameter("id"))
_MEMBER = select(*columns(Membership)).where(col(Membership.removed_at).is_(None))
_MEMBER_BY_ID = _MEMBER.where(Membership.id == parameter("id"))
_MEMBER_BY_ARTIFACT = _MEMBER.where(
    Membership.collection_id == parameter("collection"), Membership.artifact_id == parameter("artifact")
)


def entity(
    session: Session,
    ref: Ref,
    field: str = "entity",
    kinds: tuple[EntityKind, ...] = (EntityKind.USER, EntityKind.TEAM),
) -> Entity:
    """A living user or team (or what else `kinds` says), by name."""
    if isinstance(ref, int):
        found = session.get(Entity, ref)
    else:
        found = session.exec(select(Entity).where(Entity.name == checked(ref, field))).first()
    if found is None or found.kind not in kinds:
        raise NotFound(f"no {' or '.join(kinds).lower()} {_shown(ref)}", field)
    if found.deleted_at is not None:
        raise NotFound(f"{found.name} was deleted on {found.deleted_at:%Y-%m-%d}", field)
    return found


def organization(session: Session, ref: Ref | None = None, field: str = "organization") -> Organization:
    """An organization by name; without a reference, the server's first one."""
    if isinstance(ref, int):
        found = session.get(Organization, ref)
    elif ref is None:
        found = session.exec(select(Organization).order_by(col(Organization.id)).limit(1)).first()
    else:
        named = select(Organization).join(Entity, col(Entity.id) == Organization.entity_id)
        found = session.exec(named.where(Entity.name == checked(ref, field))).first()
    if found is None:
        raise NotFound(f"no organization {_shown(ref)}", field)
    return found


def project(session: Session, ref: Ref, field: str = "project") -> Project:
    """A project by `entity/project`."""
    if isinstance(ref, int):
        found = session.get(Project, ref)
    else:
        found = _named(session, Project, resolve.project_id(names.parse_project_name(checked(ref, field), field)))
    if found is None or found.deleted_at is not None or not permissions.sees_project(session, found.id):
        raise NotFound(f"no project {_shown(ref)}", field)
    return found


def registry(session: Session, ref: Ref, field: str = "registry") -> Registry:
    """A registry by `registry` or `organization/registry`."""
    if isinstance(ref, int):
        found = session.get(Registry, ref)
    else:
        owner, slash, name = checked(ref, field).rpartition("/")
        name = name.removeprefix(names.REGISTRY_PREFIX)
        found = _named(session, Registry, resolve.registry_id(owner if slash else None, name))
    if found is None or found.deleted_at is not None or not permissions.sees_registry(session, found.id):
        raise NotFound(f"no registry {_shown(ref)}", field)
    return found


def collection(session: Session, ref: Ref, within: ProjectName | None = None, field: str = "collection") -> Collection:
    """A collection by `entity/project/name`, `registry/name` or, within a project, `name`."""
    if isinstance(ref, int):
        found = session.get(Collection, ref)
    else:
        name = names.parse_collection_name(checked(ref, field), within, field)
        found = _named(session, Collection, resolve.collection_id(name))
    if found is None or found.deleted_at is not None or not permissions.sees(session, found):
        raise NotFound(f"no collection {_shown(ref)}", field)
    return found


def run(session: Session, ref: Ref, within: ProjectName | None = None, field: str = "run") -> Run:
    """A run by `entity/project/run` or, within a project, `run`."""
    if isinstance(ref, int):
        found = session.get(Run, ref)
    else:
        found = _named(session, Run, resolve.run_id(*names.parse_run_name(checked(ref, field), within, field)))
    return _living_run(session, found, ref, field)


def run_in_project(session: Session, ref: Ref, within: ProjectName | None = None, field: str = "run") -> Row:
    """As `run`, to be read only, with the names of its `project` and its `entity`."""
    if isinstance(ref, int):
        found = execute(session, _RUN_BY_ID, id=ref).first()
    else:
        place, name = names.parse_run_name(checked(ref, field), within, field)
        found = execute(session, _RUN_BY_NAME, entity=place.entity, project=place.project, name=name).first()
    return _living_run(session, found, ref, field)


def membership(session: Session, ref: Ref, within: ProjectName | None = None, field: str = "artifact") -> Row:
    """A version's live place in a collection, by the name of the version."""
    if isinstance(ref, int):
        found = execute(session, _MEMBER_BY_ID, id=ref).first()
    else:
        name = names.parse_version_name(checked(ref, field), within, field)
        pointer = names.pointer(name.ref)
        statement = _membership_by_name(name.collection.owner is not None, _shape(pointer))
        values = resolve.collection_values(name.collection) | resolve.pointer_values(pointer)
        found = execute(session, statement, **values).first()
        if found is None or not permissions.sees_collection(session, found.collection_id):
            home = session.exec(resolve.collection_id(name.collection)).first()
            if home is None or not permissions.sees_collection(session, home):
                raise NotFound(f"no collection {quoted(name.collection.name)} for {_shown(ref)}", field)
            _explain_absence(session, home, name.ref, _shown(ref), field)
    if found is None or not permissions.sees_collection(session, found.collection_id):
        raise NotFound(f"no version {_shown(ref)}", field)
    return found


def member(session: Session, home: Collection | Row, ref: Ref, field: str = "version") -> Row:
    """A live member of a collection: an artifact's key, `v3`, an alias, a digest, or a version's whole name."""
    if isinstance(ref, int):
        found = member_of(session, home, ref)
    elif "/" in checked(ref, field):
        found = membership(session, ref, field=field)
        if found.collection_id != home.id:
            found = member_of(session, home, found.artifact_id)
    else:
        pointer = names.pointer(ref)
        statement = _member_by_pointer(_shape(pointer))
        found = execute(session, statement, collection=home.id, **resolve.pointer_values(pointer)).first()
    if found is None:
        if isinstance(ref, str):
            _explain_absence(session, home.id, ref, f"{home.name}:{ref}", field)
        raise NotFound(f"{home.name} has no version {_shown(ref)}", field)
    return found


def artifact(session: Session, ref: Ref, within: ProjectName | None = None, field: str = "artifact") -> Artifact:
    """A committed version, by its name. Raises `Conflict` for one that is not committed yet."""
    id = ref if isinstance(ref, int) else membership(session, ref, within, field).artifact_id
    found = session.get(Artifact, id)
    if found is None or not permissions.sees_artifact(session, id):
        raise NotFound("no such artifact", field)
    require_committed(session, found, field=field)
    return found


def version(session: Session, id: int, field: str = "artifact") -> Row:
    """As `artifact`, by key and to be read only."""
    found = execute(session, _ARTIFACT, id=id).first()
    if found is None or not permissions.sees_artifact(session, id):
        raise NotFound("no such artifact", field)
    require_committed(session, found, field=field)
    return found


def member_of(session: Session, home: Collection | Row, artifact_id: int) -> Row | None:
    """An artifact's place in a collection, if it has one now."""
    return execute(session, _MEMBER_BY_ARTIFACT, collection=home.id, artifact=artifact_id).first()


def require_committed(
    session: Session, artifact: Artifact | Row, shown: str | None = None, field: str = "artifact"
) -> None:
    """Raise `Conflict` if a version is not committed yet, `NotFound` with who and when if it was deleted."""
    if artifact.state is ArtifactState.COMMITTED:
        return
    if shown is None:
        shown = session.exec(select(Collection.name).where(Collection.id == artifact.collection_id)).one()
        shown = shown if artifact.version_index is None else f"{shown}:v{artifact.version_index}"
    if artifact.state is ArtifactState.PENDING:
        raise Conflict(f"this version of {shown} is not committed yet", field)
    by = session.exec(select(Entity.name).where(Entity.id == artifact.deleted_by_id)).first()
    raise NotFound(f"{shown} was deleted by {by} on {artifact.deleted_at:%Y-%m-%d %H:%M} UTC", field)


def _explain_absence(session: Session, collection_id: int, ref: str, shown: str, field: str) -> None:
    """Raise the reason why a collection has no such version, when there was one or will be."""
    index = version_index(ref)
    if index is None:
        lost = select(Artifact).where(
            Artifact.collection_id == collection_id, col(Artifact.digest).in_(names.pointer(ref).digests)
        )
    else:
        lost = (
            select(Artifact)
            .join(Membership, col(Membership.artifact_id) == Artifact.id)
            .where(Membership.collection_id == collection_id, Membership.version_index == index)
        )
    artifact = session.exec(lost.order_by(col(Artifact.id).desc()).limit(1)).first()
    if artifact is not None:
        require_committed(session, artifact, shown, field)
        raise NotFound(f"{shown} was removed from its collection", field)


def _living_run(session: Session, found: R | None, ref: Ref, field: str) -> R:
    if found is None or not permissions.sees_project(session, found.project_id):
        raise NotFound(f"no run {_shown(ref)}", field)
    if found.deleted_at is not None:
        raise NotFound(f"run {found.name} was deleted on {found.deleted_at:%Y-%m-%d}", field)
    return found


def _shape(pointer: Pointer) -> tuple[bool, bool, int]:
    """What of a pointer is a statement's form, and not a value in it."""
    return pointer.index is not None, pointer.alias is not None, len(pointer.digests)


@cache
def _membership_by_name(owned: bool, shape: tuple[bool, bool, int]) -> Any:
    home = resolve.collection_id(resolve.any_collection(owned)).scalar_subquery()
    return _MEMBER.where(Membership.id == resolve.member_id(home, resolve.any_pointer(*shape)).scalar_subquery())


@cache
def _member_by_pointer(shape: tuple[bool, bool, int]) -> Any:
    key = resolve.member_id(parameter("collection"), resolve.any_pointer(*shape))
    return _MEMBER.where(Membership.id == key.scalar_subquery())


def _named(session: Session, table: type[T], key: SelectOfScalar[int]) -> T | None:
    return session.exec(select(table).where(table.id == key.scalar_subquery())).first()  # type: ignore[attr-defined]


def users(session: Session, text: str, field: str = "user") -> list[Entity]:
    """The living users of a name; or of an e-mail address, if who asks is told addresses."""
    named = or_(col(Entity.name) == checked(text, field), col(Entity.email) == text)
    living = select(Entity).where(Entity.kind == EntityKind.USER, col(Entity.deleted_at).is_(None), named)
    found = session.exec(living.order_by(col(Entity.id))).all()
    return [user for user in found if user.name == text or permissions.sees_address(session, user.id)]


def checked(ref: str, field: str) -> str:
    """A name that may be looked up: no NUL, not endless."""
    return check_text(ref, "a name", field, MAX_REF)


def _shown(ref: Ref | None) -> str:
    return quoted(ref) if isinstance(ref, str) else "of that id"
