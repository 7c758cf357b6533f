"""A lineage map as text that other programs draw: Mermaid and DOT."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from gqlregistry.plan.columns import col
from gqlregistry.plan.lineage import Kind, Map, Node
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import KeysFirst, Memory, Reading, compiled, keys_table
from gqlregistry.schema.expressions import version_name
from gqlregistry.store import tables

_statements = Memory()


def labels(request: Request, found: Map) -> Reading[dict[Node, str]]:
    """What to write on the nodes of a map: runs' display names, artifacts' `collection:version`."""
    artifact, collection = tables.Artifact, tables.Collection
    of_artifact = (
        select(col(collection.name) + ":" + func.coalesce(version_name(col(artifact.version_index)), "pending"))
        .where(col(collection.id) == artifact.collection_id)
        .correlate(artifact)
        .scalar_subquery()
    )
    known: dict[Kind, tuple[Any, ColumnElement[Any]]] = {
        Kind.RUN: (tables.Run, col(tables.Run.display_name)),
        Kind.ARTIFACT: (artifact, of_artifact),
    }
    texts: dict[Node, str] = {}
    for kind, (table, text) in known.items():
        statement = _statements.get((request.dialect, kind))
        if statement is None:
            keys = keys_table(request.dialect)
            joined = KeysFirst(keys, table.__table__, col(table.id) == keys.c.value)
            statement = compiled(select(keys.c.value, text).select_from(joined), request.dialect)
            _statements[request.dialect, kind] = statement
        rows = yield statement.query(keys=[node.key for node in found.nodes if node.kind is kind])
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
