"""A tuned Strawberry server of the usual kind: its own types, DataLoaders, SQLAlchemy Core rows, caches, orjson.

It reads the same tables through the same snapshot, answers the same documents, loads each relation of a level with
one statement (edges joined with their nodes), and has the same LIMIT for each owner. It prices and checks nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import strawberry
from sqlalchemy import Select, Text, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

from benchmarks.stores import Store
from gqlregistry.plan.columns import col
from gqlregistry.plan.connection import limited
from gqlregistry.plan.cursor import encode_cursor
from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.plan.statement import KeysFirst, keys_table, printed
from gqlregistry.schema.expressions import collection_path, version_name
from gqlregistry.schema.scalars import SCALARS, Int64
from gqlregistry.store import open_database, tables
from gqlregistry.store.tables import RunInput, RunOutput

artifact_id, run_id, user_id = encode_id("Artifact"), encode_id("Run"), encode_id("User")
collection_id, membership_id, event_id = encode_id("Collection"), encode_id("Membership"), encode_id("ActionEvent")
project_id = encode_id("Project")


@dataclass(slots=True)
class Loading:
    """One request: its connection, one statement at a time, and its loaders."""

    dialect: str
    connection: AsyncConnection
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    loaders: dict[Any, DataLoader[Any, Any]] = field(default_factory=dict)
    statements: int = 0

    def load(self, how: Callable[..., Awaitable[list[Any]]], key: int, *arguments: int) -> Awaitable[Any]:
        """What a loader function finds for a key."""
        loader = self.loaders.get((how, arguments))
        if loader is None:

            async def load_keys(keys: list[int]) -> list[Any]:
                return await how(self, keys, *arguments)

            loader = self.loaders[how, arguments] = DataLoader(load_fn=load_keys)
        return loader.load(key)

    async def rows(self, statement: Select[Any], keys: Sequence[int], **parameters: Any) -> Sequence[Any]:
        """The rows of a statement over keys."""
        given = orjson.dumps(keys).decode() if self.dialect == "sqlite" else keys
        async with self.lock:
            self.statements += 1
            return (await self.connection.execute(statement, {"keys": given, **parameters})).fetchall()

    async def grouped(self, statement: Select[Any], keys: Sequence[int], **parameters: Any) -> list[list[Any]]:
        """The rows of each key; a row ends with its key."""
        found: dict[int, list[Any]] = {key: [] for key in keys}
        for row in await self.rows(statement, keys, **parameters):
            found[row[-1]].append(row)
        return list(found.values())


Info = strawberry.Info[Loading, None]


@strawberry.enum
class Direction(Enum):
    UPSTREAM = "UPSTREAM"


@strawberry.interface
class Node:
    id: strawberry.ID


@strawberry.interface
class LineageNode:
    name: str
    created_at: str


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class RunEdge:
    cursor: str
    created_at: str
    requested_as: str | None
    node: Run


@strawberry.type
class RunConnection:
    rows: strawberry.Private[Sequence[Any]]
    first: strawberry.Private[int]

    @strawberry.field
    def nodes(self) -> list[Run]:
        return [Run.of(row) for row in self.rows[: self.first]]

    @strawberry.field
    def edges(self) -> list[RunEdge]:
        rows = self.rows[: self.first]
        return [
            RunEdge(cursor=_cursor("RUN", row[0]), created_at=row[5], requested_as=row[6], node=Run.of(row))
            for row in rows
        ]

    @strawberry.field
    def page_info(self) -> PageInfo:
        rows = self.rows[: self.first]
        return PageInfo(
            has_next_page=len(self.rows) > self.first, end_cursor=_cursor("RUN", rows[-1][0]) if rows else None
        )


@strawberry.type
class ArtifactConnection:
    nodes: list[Artifact]


@strawberry.type
class Run(Node, LineageNode):
    key: strawberry.Private[int]
    id: strawberry.ID
    name: str
    display_name: str
    state: str
    created_at: str

    @classmethod
    def of(cls, row: Any) -> Run:
        key = row[0]
        return cls(key=key, id=run_id(key), name=row[1], display_name=row[2], state=row[3], created_at=row[4])

    @strawberry.field
    async def inputs(self, info: Info, first: int = 50) -> ArtifactConnection:
        rows = await info.context.load(run_inputs, self.key, first)
        return ArtifactConnection(nodes=[Artifact.of(row) for row in rows[:first]])

    @strawberry.field
    async def outputs(self, info: Info, first: int = 50) -> ArtifactConnection:
        rows = await info.context.load(run_outputs, self.key, first)
        return ArtifactConnection(nodes=[Artifact.of(row) for row in rows[:first]])


@strawberry.type
class Artifact(Node, LineageNode):
    key: strawberry.Private[int]
    id: strawberry.ID
    version: str
    digest: str
    size: Int64
    created_at: str
    name: str = ""

    @classmethod
    def of(cls, row: Any) -> Artifact:
        key = row[0]
        return cls(key=key, id=artifact_id(key), version=row[1], digest=row[2], size=row[3], created_at=row[4])

    @strawberry.field
    async def inputs(self, info: Info, first: int = 50) -> RunConnection:
        return RunConnection(rows=await info.context.load(artifact_inputs, self.key, first), first=first)

    @strawberry.field
    async def outputs(self, info: Info, first: int = 50) -> RunConnection:
        return RunConnection(rows=await info.context.load(artifact_outputs, self.key, first), first=first)

    @strawberry.field
    async def lineage(self, info: Info, direction: Direction, depth: int, first: int) -> LineageMap:
        return await upstream(info.context, self.key, depth, first)


@strawberry.type
class LineageEdge:
    source: LineageNode
    target: LineageNode
    created_at: str
    requested_as: str | None


@strawberry.type
class LineageMap:
    nodes: list[LineageNode]
    edges: list[LineageEdge]
    depth_reached: int
    truncated: bool


@strawberry.type
class Alias:
    name: str


@strawberry.type
class Membership:
    key: strawberry.Private[int]
    artifact_key: strawberry.Private[int]
    id: strawberry.ID
    version: str
    created_at: str

    @strawberry.field
    async def artifact(self, info: Info) -> Artifact | None:
        return await info.context.load(artifact_by_key, self.artifact_key)

    @strawberry.field
    async def aliases(self, info: Info) -> list[Alias]:
        return await info.context.load(member_aliases, self.key)


@strawberry.type
class MembershipConnection:
    nodes: list[Membership]


@strawberry.type
class User:
    id: strawberry.ID
    username: str


@strawberry.type
class ActionEvent:
    actor_key: strawberry.Private[int]
    artifact_key: strawberry.Private[int | None]
    id: strawberry.ID
    kind: str
    created_at: str
    version: str | None
    alias: str | None
    reason: str | None

    @strawberry.field
    async def actor(self, info: Info) -> User:
        found: User = await info.context.load(user_by_key, self.actor_key)
        return found

    @strawberry.field
    async def artifact(self, info: Info) -> Artifact | None:
        return None if self.artifact_key is None else await info.context.load(artifact_by_key, self.artifact_key)


@strawberry.type
class ActionEventConnection:
    nodes: list[ActionEvent]
    page_info: PageInfo


@strawberry.type
class Collection:
    key: strawberry.Private[int]
    id: strawberry.ID
    name: str
    type: str
    updated_at: str

    @strawberry.field
    async def versions(self, info: Info, first: int = 50) -> MembershipConnection:
        rows = await info.context.load(versions, self.key, first)
        return MembershipConnection(
            nodes=[
                Membership(key=row[0], artifact_key=row[1], id=membership_id(row[0]), version=row[2], created_at=row[3])
                for row in rows[:first]
            ]
        )

    @strawberry.field
    async def action_history(self, info: Info, first: int = 50) -> ActionEventConnection:
        rows = await info.context.load(history, self.key, first)
        shown = rows[:first]
        return ActionEventConnection(
            nodes=[
                ActionEvent(
                    id=event_id(row[0]),
                    kind=row[1],
                    created_at=row[2],
                    version=row[3],
                    alias=row[4],
                    reason=row[5],
                    actor_key=row[6],
                    artifact_key=row[7],
                )
                for row in shown
            ],
            page_info=PageInfo(
                has_next_page=len(rows) > first, end_cursor=_cursor("CREATED_AT", shown[-1][0]) if shown else None
            ),
        )


@strawberry.type
class CollectionConnection:
    nodes: list[Collection]


@strawberry.type
class Project:
    key: strawberry.Private[int]
    id: strawberry.ID

    @strawberry.field
    async def collections(self, info: Info, first: int = 50) -> CollectionConnection:
        rows = await info.context.load(collections, self.key, first)
        return CollectionConnection(
            nodes=[
                Collection(key=row[0], id=collection_id(row[0]), name=row[1], type=row[2], updated_at=row[3])
                for row in rows[:first]
            ]
        )


@strawberry.input(one_of=True)
class Ref:
    id: strawberry.ID | None = strawberry.UNSET
    name: str | None = strawberry.UNSET


@strawberry.type
class Query:
    @strawberry.field
    async def artifact(self, info: Info, ref: Ref) -> Artifact | None:
        return await info.context.load(artifact_by_key, decode_id(ref.id or "")[1])

    @strawberry.field
    async def collection(self, info: Info, ref: Ref) -> Collection | None:
        return await info.context.load(collection_by_key, decode_id(ref.id or "")[1])

    @strawberry.field
    async def project(self, ref: Ref) -> Project | None:
        key = decode_id(ref.id or "")[1]
        return Project(key=key, id=project_id(key))


def _cursor(order: str, *values: Any) -> str:
    return encode_cursor(order, values)


def _texts(dialect: str, *expressions: Any) -> list[Any]:
    """The expressions as the API prints them, without SQLAlchemy converting values."""
    return [type_coerce(printed(each, dialect), Text()) for each in expressions]


def _artifact_columns(dialect: str) -> list[Any]:
    table = tables.Artifact
    return [
        col(table.id),
        *_texts(dialect, version_name(col(table.version_index)), col(table.digest)),
        col(table.size),
        *_texts(dialect, col(table.created_at)),
    ]


def _run_columns(dialect: str) -> list[Any]:
    table = tables.Run
    texts = _texts(dialect, col(table.name), col(table.display_name), col(table.state), col(table.created_at))
    return [col(table.id), *texts]


def _joined(dialect: str, edges: Any, here: Any, there: Any, node: Any, columns: list[Any], extra: Any = ()) -> Any:
    """A page of edges for each owner, joined with their nodes."""
    page = limited(dialect, [there, *_texts(dialect, *extra)], here, [], [there.asc()], there).subquery("page")
    more = [page.c[at + 1] for at in range(len(extra))]
    statement = select(*columns, *more, page.c.value).join_from(page, node, col(node.id) == page.c[0])
    return statement.order_by(page.c.value, page.c[0])


@cache
def statement_of(name: str, dialect: str) -> Any:
    """The statement of a loader: built once, compiled once by SQLAlchemy's cache."""
    keys = keys_table(dialect)
    artifact, run = _artifact_columns(dialect), _run_columns(dialect)
    match name:
        case "run_inputs" | "run_outputs":
            edges: Any = RunInput if name == "run_inputs" else RunOutput
            return _joined(dialect, edges, col(edges.run_id), col(edges.artifact_id), tables.Artifact, artifact)
        case "artifact_inputs" | "artifact_outputs":
            edges = RunOutput if name == "artifact_inputs" else RunInput
            extra = [edges.created_at] if edges is RunOutput else [edges.created_at, edges.requested_as]
            return _joined(
                dialect, edges, col(edges.artifact_id), col(edges.run_id), tables.Run, run, [col(e) for e in extra]
            )
        case "artifact":
            return _keyed(keys, tables.Artifact, artifact)
        case "named_artifact":
            path = collection_path(col(tables.Artifact.collection_id)) + ":"
            named = path + version_name(col(tables.Artifact.version_index))
            return _keyed(keys, tables.Artifact, [*artifact, named])
        case "run":
            return _keyed(keys, tables.Run, run)
        case "collection":
            return _keyed(keys, tables.Collection, _collection_columns(dialect))
        case "user":
            return _keyed(keys, tables.Entity, [col(tables.Entity.id), col(tables.Entity.name)])
        case "versions":
            member = tables.Membership
            columns = [
                col(member.id),
                col(member.artifact_id),
                *_texts(dialect, version_name(col(member.version_index)), col(member.created_at)),
            ]
            parent, live = col(member.collection_id), col(member.removed_at).is_(None)
            return limited(dialect, columns, parent, [live], [col(member.version_index).desc()], col(member.id))
        case "collections":
            home = tables.Collection
            live, order = col(home.deleted_at).is_(None), [col(home.name), col(home.id)]
            return limited(dialect, _collection_columns(dialect), col(home.project_id), [live], order, col(home.id))
        case "aliases":
            alias = tables.Alias
            joined = KeysFirst(keys, alias.__table__, col(alias.membership_id) == keys.c.value)
            return select(col(alias.name), keys.c.value).select_from(joined).order_by(keys.c.value, col(alias.name))
        case "history":
            event = tables.ActionEvent
            columns = [
                col(event.id),
                *_texts(dialect, col(event.kind), col(event.created_at), version_name(col(event.version_index))),
                *_texts(dialect, col(event.alias), col(event.reason)),
                col(event.actor_id),
                col(event.artifact_id),
            ]
            return limited(dialect, columns, col(event.collection_id), [], [col(event.id).desc()], col(event.id))
        case "uses" | "makes":
            edges = RunInput if name == "uses" else RunOutput
            columns = [col(edges.run_id), col(edges.artifact_id), *_texts(dialect, col(edges.created_at))]
            columns += _texts(dialect, col(edges.requested_as)) if edges is RunInput else []
            joined = KeysFirst(keys, edges.__table__, col(edges.run_id) == keys.c.value)
            return select(*columns).select_from(joined).order_by(col(edges.run_id), col(edges.artifact_id))
        case "neighbour_artifacts":
            return limited(
                dialect,
                [col(RunInput.artifact_id)],
                col(RunInput.run_id),
                [],
                [col(RunInput.artifact_id)],
                col(RunInput.artifact_id),
            )
        case "neighbour_runs":
            return limited(
                dialect,
                [col(RunOutput.run_id)],
                col(RunOutput.artifact_id),
                [],
                [col(RunOutput.run_id)],
                col(RunOutput.run_id),
            )
    raise KeyError(name)


def _collection_columns(dialect: str) -> list[Any]:
    home = tables.Collection
    return [col(home.id), *_texts(dialect, col(home.name), col(home.type), col(home.updated_at))]


def _keyed(keys: Any, table: Any, columns: list[Any]) -> Any:
    return select(*columns, keys.c.value).select_from(KeysFirst(keys, table.__table__, col(table.id) == keys.c.value))


def _pages(name: str) -> Callable[..., Awaitable[list[Any]]]:
    async def load(loading: Loading, keys: list[int], first: int) -> list[Any]:
        return await loading.grouped(statement_of(name, loading.dialect), keys, limit=first + 1)

    return load


def _objects(name: str, build: Callable[[Any], Any]) -> Callable[..., Awaitable[list[Any]]]:
    async def load(loading: Loading, keys: list[int]) -> list[Any]:
        rows = await loading.rows(statement_of(name, loading.dialect), keys)
        found = {row[-1]: build(row) for row in rows}
        return [found.get(key) for key in keys]

    return load


run_inputs, run_outputs = _pages("run_inputs"), _pages("run_outputs")
artifact_inputs, artifact_outputs = _pages("artifact_inputs"), _pages("artifact_outputs")
versions, collections, history = _pages("versions"), _pages("collections"), _pages("history")
artifact_by_key = _objects("artifact", Artifact.of)
user_by_key = _objects("user", lambda row: User(id=user_id(row[0]), username=row[1]))
collection_by_key = _objects(
    "collection",
    lambda row: Collection(key=row[0], id=collection_id(row[0]), name=row[1], type=row[2], updated_at=row[3]),
)


async def member_aliases(loading: Loading, keys: list[int]) -> list[Any]:
    """The aliases of memberships."""
    groups = await loading.grouped(statement_of("aliases", loading.dialect), keys)
    return [[Alias(name=row[0]) for row in group] for group in groups]


async def upstream(loading: Loading, start: int, depth: int, first: int) -> LineageMap:
    """The map upstream: breadth first, the closest first, within a distance by key."""
    seen: dict[tuple[str, int], None] = {("Artifact", start): None}
    frontier, kind, reached, truncated = [start], "Artifact", 0, False
    for hop in range(1, depth + 1):
        name = "neighbour_runs" if kind == "Artifact" else "neighbour_artifacts"
        kind = "Run" if kind == "Artifact" else "Artifact"
        rows = await loading.rows(statement_of(name, loading.dialect), frontier, limit=first + 1)
        found = sorted({row[0] for row in rows if (kind, row[0]) not in seen})
        room = first - len(seen)
        truncated = len(found) > room
        frontier = found[:room]
        seen.update(dict.fromkeys((kind, key) for key in frontier))
        reached = hop if frontier else reached
        if truncated or not frontier:
            break
    runs = [key for kind, key in seen if kind == "Run"]
    artifacts = [key for kind, key in seen if kind == "Artifact"]
    nodes: dict[tuple[str, int], Any] = {}
    for row in await loading.rows(statement_of("run", loading.dialect), runs):
        nodes["Run", row[0]] = Run.of(row)
    for row in await loading.rows(statement_of("named_artifact", loading.dialect), artifacts):
        nodes["Artifact", row[0]] = node = Artifact.of(row)
        node.name = row[5]
    edges = []
    for name in ("uses", "makes"):
        for row in await loading.rows(statement_of(name, loading.dialect), runs):
            artifact, run = nodes.get(("Artifact", row[1])), nodes["Run", row[0]]
            if artifact is not None:
                source, target = (artifact, run) if name == "uses" else (run, artifact)
                asked = row[3] if name == "uses" else None
                edges.append(LineageEdge(source=source, target=target, created_at=row[2], requested_as=asked))
    return LineageMap(nodes=[nodes[key] for key in seen], edges=edges, depth_reached=reached, truncated=truncated)


class Server:
    """The schema, its caches, its connections."""

    name = "DataLoader"

    def __init__(self, store: Store) -> None:
        self._database = open_database(store.url, Path())
        self._dialect = store.kind
        self._schema = strawberry.Schema(
            Query,
            types=[Run, Artifact],
            extensions=[lambda: ParserCache(maxsize=256), lambda: ValidationCache(maxsize=256)],
            config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
        )
        self.statements = 0

    async def answer(self, text: str, variables: dict[str, Any]) -> bytes:
        """The JSON of the answer."""
        async with self._database.snapshot() as connection:
            loading = Loading(self._dialect, connection)
            result = await self._schema.execute(text, variable_values=variables, context_value=loading)
        if result.errors:
            raise result.errors[0]
        self.statements = loading.statements
        return orjson.dumps({"data": result.data})

    async def close(self) -> None:
        """Release the connections."""
        await self._database.close()
