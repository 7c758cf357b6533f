"""What documents tell of the nodes of a map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from gqlregistry.plan.columns import col
from gqlregistry.plan.lineage import Kind, Link, Map, Node
from gqlregistry.plan.reader import Need, Request
from gqlregistry.plan.readers import Column, printed_needs
from gqlregistry.plan.shape import shape_of
from gqlregistry.plan.statement import KeysFirst, Memory, Reading, compiled, keys_table
from gqlregistry.schema.drawing import VERSION_LABEL
from gqlregistry.schema.expressions import entity_name
from gqlregistry.store import tables

Facts = Mapping[str, Any]
"""Of one node, as the fields of its type print them. Times are text."""

_TABLES: dict[Kind, Any] = {Kind.RUN: tables.Run, Kind.ARTIFACT: tables.Artifact}
_FIELDS = {
    Kind.RUN: (
        *("name", "path", "state", "job_type", "config", "created_at", "started_at", "finished_at", "deleted_at"),
        *("display_name",),
    ),
    Kind.ARTIFACT: (
        *("name", "version", "type", "digest", "size", "description", "metadata", "created_at", "deleted_at"),
    ),
}
"""The fields of the schema's types that documents tell."""

_JSON = ("config", "metadata")
_statements = Memory()


@dataclass(frozen=True, slots=True)
class Told:
    """A map, and the facts of its nodes. The first node is the one that was asked of."""

    map: Map
    facts: Mapping[Node, Facts]

    def of(self, kind: Kind) -> list[tuple[Node, Facts]]:
        """The nodes of a kind, closest first."""
        return [(node, self.facts[node]) for node in self.map.nodes if node.kind is kind and node in self.facts]

    def links(self) -> list[Link]:
        """The edges between nodes that something is known of."""
        return [link for link in self.map.links if link.source in self.facts and link.target in self.facts]


def facts(request: Request, found: Map) -> Reading[dict[Node, Facts]]:
    """The facts of a map's nodes: a statement a kind."""
    told: dict[Node, Facts] = {}
    for kind, fields in _FIELDS.items():
        table, names = _TABLES[kind], (*fields, "label", "by")
        statement = _statements.get((request.form, kind))
        if statement is None:
            keys = keys_table(request.dialect)
            joined = KeysFirst(keys, table.__table__, col(table.id) == keys.c.value)
            columns = printed_needs([*_needs(kind, fields), entity_name(col(table.created_by_id))], request.form)
            statement = compiled(select(keys.c.value, *columns).select_from(joined), request.dialect)
            _statements[request.form, kind] = statement
        rows = yield statement.query(keys=[node.key for node in found.nodes if node.kind is kind], **request.seeing)
        for key, *values in rows:
            told[Node(kind, key)] = {
                name: orjson.loads(value) if name in _JSON and value is not None else value
                for name, value in zip(names, values, strict=True)
            }
    return told


def _needs(kind: Kind, fields: tuple[str, ...]) -> list[Need]:
    readers = shape_of(f"gqlregistry.schema.{kind.value.lower()}:{kind.value}").readers
    found: list[Need] = []
    for name in fields:
        reader = readers[name]
        assert isinstance(reader, Column), name
        found.append(reader.need)
    return [*found, VERSION_LABEL if kind is Kind.ARTIFACT else col(tables.Run.display_name)]


def identifier(node: Node) -> str:
    """What a node is called inside a document."""
    return f"{node.kind.value.lower()}{node.key}"


def collection_of(facts: Facts) -> tuple[str, str]:
    """Of a version: where its collection is, and the collection's name."""
    place, _, name = str(facts["name"]).rpartition(":")[0].rpartition("/")
    return place, name


def project_of(facts: Facts) -> str:
    """Of a run: its project."""
    return str(facts["path"]).rpartition("/")[0]


def document(value: Any) -> str:
    """A value as JSON for people and programs."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
