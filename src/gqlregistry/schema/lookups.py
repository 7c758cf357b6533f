"""From what a client wrote to the keys it means: the registry's own look-ups, as readings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Integer, Select, Text, select

from gqlregistry.errors import NotFound
from gqlregistry.plan.columns import col
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import Memory, Reading, compiled, keys_table, parameter
from gqlregistry.plan.visibility import BySight, visible
from gqlregistry.registry import names, resolve
from gqlregistry.registry.find import checked
from gqlregistry.registry.names import CollectionName, Pointer, ProjectName, quoted
from gqlregistry.schema.refs import AnyRef, ArtifactRef, ref
from gqlregistry.store import tables
from gqlregistry.store.tables import instant_text

N = TypeVar("N", CollectionName, ProjectName, Pointer)
_statements = Memory()


def key_of(request: Request, value: AnyRef, field: str = "ref") -> Reading[int]:
    """The key of what a reference means. Raises `NotFound` for a name that means nothing; an id is not looked up."""
    found = ref(value, field)
    if isinstance(found, int):
        return found
    key: int | None = yield from _BY_NAME[type(value).__name__](request, found, field)
    if key is None:
        what = type(value).__name__.removesuffix("Ref").lower()
        raise NotFound(f"no {what} {quoted(found)}", field)
    return key


def artifact_as_of(request: Request, value: ArtifactRef, as_of: datetime) -> Reading[int]:
    """The key of the version that a reference meant at a time. The name of its collection is read as it is now."""
    found = ref(value)
    if isinstance(found, int):
        return found
    name = names.parse_version_name(checked(found, "ref"), field="ref")
    place, values = _parameters(name.collection)
    look_up = _seen(request, tables.Collection, lambda: resolve.collection_id(place))
    home = yield from _first(request, ("collection", *_structure(name.collection)), look_up, values)
    members = {} if home is None else (yield from member_by_ref(request, [home], name.ref, as_of))
    rows = yield _remembered(
        request,
        ("version of",),
        lambda: select(col(tables.Membership.artifact_id)).where(
            col(tables.Membership.id) == _number("key"), *visible(tables.Membership, request.form)
        ),
    ).query(key=members.get(home or 0, 0), **request.seeing)
    if not rows:
        raise NotFound(f"no artifact {quoted(found)} at {instant_text(as_of)}", "ref")
    key: int = rows[0][0]
    return key


def existing(
    request: Request, table: Any, value: AnyRef, field: str = "ref", wanted: BySight | None = None
) -> Reading[int]:
    """Like `key_of`, but an id is looked up too; answers what is `wanted` of the row in place of its key."""
    key = yield from key_of(request, value, field)

    def build() -> Select[Any]:
        answer = col(table.id) if wanted is None else wanted.of(request.form)
        return select(answer).where(col(table.id) == _number("key"), *visible(table, request.form))

    rows = yield _remembered(request, ("exists", table), build).query(key=key, **request.seeing)
    if not rows:
        raise NotFound("there is nothing with this id", field)
    found: int = rows[0][0]
    return found


def _artifact(request: Request, text: str, field: str) -> Reading[int | None]:
    name = names.parse_version_name(checked(text, field), field=field)
    place, values = _parameters(name.collection)
    pointer, more = _parameters(names.pointer(name.ref))
    structure = ("artifact", *_structure(name.collection), *_structure(names.pointer(name.ref)))

    def build() -> Select[Any]:
        member = resolve.member_id(resolve.collection_id(place).scalar_subquery(), pointer)
        named = col(tables.Membership.id) == member.scalar_subquery()
        return select(col(tables.Membership.artifact_id)).where(named, *visible(tables.Membership, request.form))

    return (yield from _first(request, structure, build, values | more))


def _collection(request: Request, text: str, field: str) -> Reading[int | None]:
    name = names.parse_collection_name(checked(text, field), field=field)
    place, values = _parameters(name)
    structure = ("collection", *_structure(name))
    build = _seen(request, tables.Collection, lambda: resolve.collection_id(place))
    return (yield from _first(request, structure, build, values))


def _run(request: Request, text: str, field: str) -> Reading[int | None]:
    project, slug = names.parse_run_name(checked(text, field), field=field)
    place, values = _parameters(project)
    slug_parameter: Any = parameter("slug", Text())
    build = _seen(request, tables.Run, lambda: resolve.run_id(place, slug_parameter))
    return (yield from _first(request, ("run",), build, {**values, "slug": slug}))


def _project(request: Request, text: str, field: str) -> Reading[int | None]:
    name = names.parse_project_name(checked(text, field), field)
    place, values = _parameters(name)
    build = _seen(request, tables.Project, lambda: resolve.project_id(place))
    return (yield from _first(request, ("project",), build, values))


def _registry(request: Request, text: str, field: str) -> Reading[int | None]:
    organization, slash, name = checked(text, field).rpartition("/")
    owner: Any = parameter("owner", Text()) if slash else None
    place: Any = parameter("place", Text())
    values = {"owner": organization, "place": name.removeprefix(names.REGISTRY_PREFIX)}
    build = _seen(request, tables.Registry, lambda: resolve.registry_id(owner, place))
    return (yield from _first(request, ("registry", slash), build, values))


_BY_NAME: dict[str, Callable[[Request, str, str], Reading[int | None]]] = {
    "ArtifactRef": _artifact,
    "CollectionRef": _collection,
    "RunRef": _run,
    "ProjectRef": _project,
    "RegistryRef": _registry,
}


def member_by_ref(
    request: Request, keys: Sequence[int], ref: str, as_of: datetime | None = None
) -> Reading[Mapping[int, int]]:
    """The memberships that `v3`, an alias or a digest means, or meant at a time, in collections."""
    pointer = names.pointer(checked(ref, "ref"))
    by, values = _parameters(pointer)

    def build() -> Select[Any]:
        collections = keys_table(request.dialect)
        home = collections.c.value
        found = resolve.member_id(home, by) if as_of is None else resolve.past_member_id(home, by, collections)
        member = found.correlate(collections).scalar_subquery()
        return select(collections.c.value, member).select_from(collections)

    statement = _remembered(request, ("member", as_of is None, *_structure(pointer)), build)
    rows = yield statement.query(keys=keys, **values, as_of=as_of)
    return {row[0]: row[1] for row in rows if row[1] is not None}


def _seen(request: Request, table: Any, build: Callable[[], Select[Any]]) -> Callable[[], Select[Any]]:
    """A look-up of a name that finds only what may be seen: what may not is refused in the words of what is not."""
    if request.form.sees_all:
        return build
    conditions = visible(table, request.form)
    return lambda: select(col(table.id)).where(col(table.id) == build().scalar_subquery(), *conditions)


def _parameters(name: N) -> tuple[N, dict[str, Any]]:
    """The name with a parameter in place of each text and number, and their values."""
    found: dict[str, Any] = {}
    changed: dict[str, Any] = {}
    for field in fields(name):
        value = getattr(name, field.name)
        if isinstance(value, tuple):
            changed[field.name] = tuple(parameter(f"{field.name}_{i}", Text()) for i in range(len(value)))
            found |= {f"{field.name}_{i}": item for i, item in enumerate(value)}
        elif value is not None:
            changed[field.name] = parameter(field.name, Integer() if isinstance(value, int) else Text())
            found[field.name] = value
    return replace(name, **changed), found


def _structure(name: CollectionName | ProjectName | Pointer) -> tuple[Any, ...]:
    """What of a name changes the statement's text."""
    values = [getattr(name, field.name) for field in fields(name)]
    return tuple(len(value) if isinstance(value, tuple) else value is None for value in values)


def _remembered(request: Request, structure: tuple[Any, ...], build: Callable[[], Any]) -> Any:
    key = (request.form, *structure)
    statement = _statements.get(key)
    if statement is None:
        statement = _statements[key] = compiled(build(), request.dialect)
    return statement


def _first(
    request: Request, structure: tuple[Any, ...], build: Callable[[], Any], values: Mapping[str, Any]
) -> Reading[int | None]:
    rows = yield _remembered(request, structure, build).query(**values, **request.seeing)
    return rows[0][0] if rows else None


def _number(name: str) -> Any:
    return parameter(name, BigInteger())
