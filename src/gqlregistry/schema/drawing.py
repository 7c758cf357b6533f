"""A lineage map as text that other programs draw: Mermaid and DOT."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from gqlregistry.plan.columns import col
from gqlregistry.plan.lineage import Kind, Map, Node
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import KeysFirst, Memory, Reading, compiled, keys_table
from gqlregistry.schema.expressions import of_version, version_name
from gqlregistry.store import tables

_statements = Memory()


def _short_name(collection_id: ColumnElement[Any], version: ColumnElement[Any]) -> ColumnElement[Any]:
    collection = aliased(tables.Collection)
    return (
        select(col(collection.name) + ":" + func.coalesce(version_name(version), "pending"))
        .where(col(collection.id) == collection_id)
        .correlate(collection_id.table)
        .scalar_subquery()
    )


VERSION_LABEL = of_version(
    _short_name(col(tables.Artifact.collection_id), col(tables.Artifact.version_index)),
    lambda member: _short_name(col(member.collection_id), col(member.version_index)),
)
"""A version's `collection:v4`."""


def labels(request: Request, found: Map) -> Reading[dict[Node, str]]:
    """What to write on the nodes of a map: runs' display names, artifacts' `collection:version`."""
    known: dict[Kind, tuple[Any, Any]] = {
        Kind.RUN: (tables.Run, col(tables.Run.display_name)),
        Kind.ARTIFACT: (tables.Artifact, VERSION_LABEL.of(request.form)),
    }
    texts: dict[Node, str] = {}
    for kind, (table, text) in known.items():
        statement = _statements.get((request.form, kind))
        if statement is None:
            keys = keys_table(request.dialect)
            joined = KeysFirst(keys, table.__table__, col(table.id) == keys.c.value)
            statement = compiled(select(keys.c.value, text).select_from(joined), request.dialect)
            _statements[request.form, kind] = statement
        rows = yield statement.query(keys=[node.key for node in found.nodes if node.kind is kind], **request.seeing)
        texts |= {Node(kind, row[0]): row[1] for row in rows}
    return texts


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map and what stands on its nodes."""

    map: Map
    labels: Mapping[Node, str]

    def mermaid(self) -> str:
        """A flowchart, left to right: rounded boxes are artifacts, angular ones runs."""
        lines = ["flowchart LR"]
        for node in self.map.nodes:
            text = _mermaid_text(self.labels.get(node, "?"))
            lines.append(f'  {_name(node)}(["{text}"])' if node.kind is Kind.ARTIFACT else f'  {_name(node)}["{text}"]')
        for link in self.map.links:
            asked = f'-- "{_mermaid_text(link.requested_as)}" ' if link.requested_as else ""
            lines.append(f"  {_name(link.source)} {asked}--> {_name(link.target)}")
        return "\n".join(lines) + "\n"

    def dot(self) -> str:
        """A digraph, left to right: ellipses are artifacts, boxes runs."""
        lines = ["digraph lineage {", "  rankdir=LR;"]
        for node in self.map.nodes:
            shape = "ellipse" if node.kind is Kind.ARTIFACT else "box"
            lines.append(f"  {_name(node)} [label={_dot_text(self.labels.get(node, '?'))}, shape={shape}];")
        for link in self.map.links:
            asked = f" [label={_dot_text(link.requested_as)}]" if link.requested_as else ""
            lines.append(f"  {_name(link.source)} -> {_name(link.target)}{asked};")
        return "\n".join([*lines, "}"]) + "\n"


def _name(node: Node) -> str:
    return f"{node.kind.value.lower()}{node.key}"


def _mermaid_text(text: str) -> str:
    # Mermaid has no escape for a quote within quotes but HTML's.
    return "".join(f"#{ord(c)};" if c in '"#<>&;`' or ord(c) < 32 else c for c in text)


def _dot_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
