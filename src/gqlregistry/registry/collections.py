"""Collections: named series of versions of one type. A name, once used in a place, means one collection for ever.

A collection's row is its lock. Rules that need several locks take them in this order, so that none waits in a
circle: project, source collections, artifacts, registry, registry collections, the common chain of events; among
equals, in order of id.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import events, find, permissions, projects, registries, resolve
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import (
    CollectionName,
    ProjectName,
    check_name,
    check_type,
    parse_collection_name,
    quoted,
)
from gqlregistry.registry.rows import Row, columns, parameter, run
from gqlregistry.registry.values import UNSET, Unset, check_optional_text
from gqlregistry.store.tables import (
    Collection,
    CollectionKind,
    EventKind,
    FormerName,
    Membership,
    Project,
    Registry,
    Role,
)

_COLLECTION = select(*columns(Collection))
_BY_KEY = _COLLECTION.where(Collection.id == parameter("id"))
_BY_KEY_LOCKED = _BY_KEY.with_for_update(key_share=True)


def create_collection(
    change: Change,
    name: str,
    type: str,
    project: Ref | None = None,
    registry: Ref | None = None,
    description: str | None = None,
) -> Collection:
    """Add a collection to a project or to a registry. A deleted one of that name comes back and goes on numbering.

    Raises `Conflict` when the name is taken, or was that of another collection.
    """
    check_optional_text(description, "a description", "description")
    if (project is None) == (registry is None):
        raise BadInput("name a project or a registry, one of them", "project")
    place: Project | Registry
    if project is not None:
        place = find.project(change.session, project)
        permissions.require_in_project(change.session, place.id, Role.MEMBER)
    else:
        assert registry is not None, "one of them is named"
        place = find.registry(change.session, registry)
        permissions.require_in_registry(change.session, place.id, Role.MEMBER)
    made, created = _ensure(change, place, name, type, description, take_former=False)
    if not created:
        raise Conflict(f"{place.name} has a collection {name} already", "name")
    return made


def ensure_source(
    change: Change,
    ref: Ref,
    type: str,
    within: ProjectName | None = None,
    field: str = "collection",
    locked: bool = False,
) -> Row:
    """The project's collection to log into, `locked` or not; made, with its project, if the name is new.

    Raises `BadInput` for a registry's collection, `Conflict` for one of another type.
    """
    if isinstance(ref, int):
        found = by_key(change, ref, locked, field)
    else:
        name = parse_collection_name(find.checked(ref, field), within, field)
        found = _by_name(change, name, locked) or by_key(change, _new_source(change, name, type, field).id, locked)
    if found.kind is not CollectionKind.SOURCE:
        raise BadInput(f"{found.name} is a registry's collection: log into a project, then link", field)
    permissions.require(change.session, found, Role.MEMBER, field)
    require_type(found, type)
    return found


def ensure_target(change: Change, ref: Ref, type: str, field: str = "collection") -> Row:
    """The registry's collection to link into, locked; made if the name is new in a registry that is there.

    Raises `BadInput` for a project's collection, `Conflict` for another type or one that the registry does not take.
    """
    if isinstance(ref, int):
        found = by_key(change, ref, locked=True, field=field)
    else:
        name = parse_collection_name(find.checked(ref, field), field=field)
        found = _by_name(change, name, locked=True) or by_key(change, _new_target(change, name, type, field).id, True)
    if found.kind is not CollectionKind.REGISTRY:
        raise BadInput(f"{found.name} is a project's collection: link into a registry's", field)
    permissions.require(change.session, found, Role.MEMBER, field)
    require_type(found, type)
    return found


def update_collection(
    change: Change,
    collection: Ref,
    name: str | Unset = UNSET,
    description: str | None | Unset = UNSET,
    type: str | Unset = UNSET,
    within: ProjectName | None = None,
) -> Collection:
    """Change what is given. The name before goes on meaning this collection; the type is that of all its versions.

    Raises `Conflict` when another collection of the place has the new name, or had it, and when a version is in
    another collection too, which holds the type before.
    """
    session = change.session
    found = find.collection(session, collection, within)
    permissions.require(session, found, Role.MEMBER, "collection")
    place = _place(change, found)
    if name is not UNSET and name != found.name:
        _lock_place(change, place)
    found = lock(change, found.id)
    detail: dict[str, Any] = {}
    if name is not UNSET and name != found.name:
        _rename(change, place, found, name)
        detail["name"] = name
    if description is not UNSET and description != found.description:
        detail["description"] = found.description = check_optional_text(description, "a description", "description")
    if type is not UNSET and type != found.type:
        _require_no_links(change, found)
        if isinstance(place, Registry):
            registries.require_type(place, type)
        detail["type"] = found.type = check_type(type)
    if detail:
        found.updated_at = change.now
        events.record(change, EventKind.COLLECTION_UPDATED, **events.of_collection(found), detail=detail)
    return found


def by_key(change: Change, id: int, locked: bool, field: str = "collection") -> Row:
    """A live collection, `locked` until the transaction ends or not, to be read only."""
    found = run(change.session, _BY_KEY_LOCKED if locked else _BY_KEY, id=id).first()
    if found is None or found.deleted_at is not None or not permissions.sees(change.session, found):
        raise NotFound("no collection of that id", field)
    return found


def locked(change: Change, ref: Ref, within: ProjectName | None = None, field: str = "collection") -> Row:
    """As `find.collection`, locked until the transaction ends, to be read only."""
    if isinstance(ref, int):
        return by_key(change, ref, locked=True, field=field)
    found = _by_name(change, parse_collection_name(find.checked(ref, field), within, field), locked=True)
    if found is None:
        raise NotFound(f"no collection {quoted(ref)}", field)
    return found


def lock(change: Change, id: int) -> Collection:
    """A live collection that nobody else changes until the transaction ends."""
    found = next(iter(lock_all(change, [id])), None)
    if found is None or found.deleted_at is not None:
        raise NotFound("the collection is not there any more", "collection")
    return found


def lock_all(change: Change, ids: list[int]) -> list[Collection]:
    """Several of one kind, locked in order of id."""
    rows = select(Collection).where(col(Collection.id).in_(ids)).order_by(col(Collection.id))
    locked = rows.with_for_update(key_share=True).execution_options(populate_existing=True)
    return list(change.session.exec(locked))


def require_type(collection: Collection | Row, type: str, field: str = "type") -> None:
    """Raise `Conflict` unless a collection is of this type."""
    if collection.type != type:
        raise Conflict(f"collection {collection.name} holds type {collection.type}, not {type}", field)


@cache
def _named_statement(owned: bool, locked: bool) -> Any:
    named = _COLLECTION.where(Collection.id == resolve.collection_id(resolve.any_collection(owned)).scalar_subquery())
    return named.with_for_update(key_share=True) if locked else named


def _by_name(change: Change, name: CollectionName, locked: bool) -> Row | None:
    statement = _named_statement(name.owner is not None, locked)
    found = run(change.session, statement, **resolve.collection_values(name)).first()
    # While this waited for the lock, the collection may have been deleted: then its name brings it back.
    if found is None or found.deleted_at is not None or not permissions.sees(change.session, found):
        return None
    return found


def _new_source(change: Change, name: CollectionName, type: str, field: str) -> Collection:
    if name.owner is None:
        raise NotFound(f"no project {name.place}: write entity/project/{name.name}", field)
    registry = change.session.exec(resolve.registry_id(name.owner, name.place)).first()
    if registry is not None and permissions.sees_registry(change.session, registry):
        raise BadInput(f"{name.place} is a registry: log into a project, then link", field)
    project = projects.ensure_project(change, name.owner, name.place, field)
    return _ensure(change, project, name.name, type, None, take_former=True)[0]


def _new_target(change: Change, name: CollectionName, type: str, field: str) -> Collection:
    registry_id = change.session.exec(resolve.registry_id(name.owner, name.place)).first()
    if registry_id is None:
        named = None if name.owner is None else resolve.project_id(ProjectName(name.owner, name.place))
        project_id = None if named is None else change.session.exec(named).first()
        if project_id is not None and permissions.sees_project(change.session, project_id):
            raise BadInput(f"{name.owner}/{name.place} is a project: link into a registry", field)
        raise NotFound(f"no registry {name.place}", field)
    if not permissions.sees_registry(change.session, registry_id):
        raise NotFound(f"no registry {name.place}", field)
    permissions.require_in_registry(change.session, registry_id, Role.MEMBER, field)
    registry = find.registry(change.session, registry_id, field)
    return _ensure(change, registry, name.name, type, None, take_former=True)[0]


def _ensure(
    change: Change, place: Project | Registry, name: str, type: str, description: str | None, take_former: bool
) -> tuple[Collection, bool]:
    """The collection of that name, and whether it is new or was brought back."""
    check_name(name, "a collection's name")
    check_type(type)
    if isinstance(place, Registry):
        registries.require_type(place, type)
    _lock_place(change, place)
    found = _named(change, place, name)
    if found is None:
        found = _formerly_named(change, place, name)
        if found is not None and not take_former:
            raise Conflict(f"{name} was the name of collection {found.name}", "name")
    if found is None:
        is_source = isinstance(place, Project)
        found = Collection(
            kind=CollectionKind.SOURCE if is_source else CollectionKind.REGISTRY,
            **_columns(place),
            name=name,
            type=type,
            description=description,
            created_at=change.now,
            created_by_id=change.actor.user_id,
            updated_at=change.now,
        )
        change.session.add(found)
        change.session.flush()
    elif lock_all(change, [found.id])[0].deleted_at is None:
        return found, False
    else:
        _revive(change, found, type, description)
    detail = {"name": found.name, "kind": found.kind.value, "type": type, "description": description}
    events.record(change, EventKind.COLLECTION_CREATED, **events.of_collection(found), detail=detail)
    return found, True


def _revive(change: Change, collection: Collection, type: str, description: str | None) -> None:
    if collection.next_index > 0:
        # Its tombstones keep the numbers that they had, and are of the type that it had.
        require_type(collection, type)
    collection.deleted_at = collection.deleted_by_id = None
    collection.type, collection.description, collection.updated_at = type, description, change.now


def _require_no_links(change: Change, collection: Collection) -> None:
    """Raise `Conflict` if a version of the collection is in another one, which holds its type as it is."""
    here, there = aliased(Membership), aliased(Membership)
    elsewhere = (
        select(Collection.name, here.version_index)
        .join(there, col(there.collection_id) == Collection.id)
        .join(here, col(here.artifact_id) == there.artifact_id)
        .where(
            here.collection_id == collection.id,
            there.collection_id != collection.id,
            col(here.removed_at).is_(None),
            col(there.removed_at).is_(None),
        )
    )
    found = change.session.exec(elsewhere.limit(1)).first()
    if found is not None:
        raise Conflict(f"v{found[1]} is in collection {found[0]}, which holds {collection.type}: unlink it", "type")


def _rename(change: Change, place: Project | Registry, collection: Collection, name: str) -> None:
    check_name(name, "a collection's name")
    former = _formerly_named(change, place, name)
    if _named(change, place, name) is not None or (former is not None and former.id != collection.id):
        raise Conflict(f"{name} is or was the name of another collection of {place.name}", "name")
    before, collection.name = collection.name, name
    own = select(FormerName).where(FormerName.name == name, FormerName.collection_id == collection.id)
    taken_back = change.session.exec(own).first()
    if taken_back is not None:
        taken_back.name = before
    else:
        change.session.add(FormerName(**_columns(place), name=before, collection_id=collection.id))


def _named(change: Change, place: Project | Registry, name: str) -> Collection | None:
    return change.session.exec(select(Collection).where(_within(place, Collection), Collection.name == name)).first()


def _formerly_named(change: Change, place: Project | Registry, name: str) -> Collection | None:
    former = select(Collection).join(FormerName, col(FormerName.collection_id) == Collection.id)
    return change.session.exec(former.where(_within(place, FormerName), FormerName.name == name)).first()


def _place(change: Change, collection: Collection) -> Project | Registry:
    if collection.project_id is not None:
        return find.project(change.session, collection.project_id)
    assert collection.registry_id is not None, "a collection is in one place"
    return find.registry(change.session, collection.registry_id)


def _lock_place(change: Change, place: Project | Registry) -> None:
    change.session.refresh(place, with_for_update={"key_share": True})
    if place.deleted_at is not None:
        raise NotFound(f"{place.name} was just deleted", "collection")


def _within(place: Project | Registry, table: type[Collection] | type[FormerName]) -> ColumnElement[bool]:
    if isinstance(place, Project):
        return col(table.project_id) == place.id
    return col(table.registry_id) == place.id


def _columns(place: Project | Registry) -> dict[str, Any]:
    return {"project_id" if isinstance(place, Project) else "registry_id": place.id}
