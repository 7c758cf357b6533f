"""What the documents that the server writes say of runs and versions: the values of their fields, by name."""

from collections.abc import Sequence
from typing import Any

from gqlregistry.plan.lineage import Node
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Column, read_by_key
from gqlregistry.plan.shape import shape_of
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.lineage import type_of


def told_of(request: Request, nodes: Sequence[Node]) -> Reading[dict[Node, dict[str, Any]]]:
    """The values of the fields that stand in the rows of nodes; what may not be seen is left out."""
    told: dict[Node, dict[str, Any]] = {}
    for kind in {node.kind: None for node in nodes}:
        shape = shape_of(type_of(kind))
        columns = {name: reader for name, reader in shape.readers.items() if isinstance(reader, Column)}
        keys = [node.key for node in nodes if node.kind is kind]
        records = yield from read_by_key(shape, request, keys, None)
        for key, record in records.items():
            values = {name: (reader.convert, record.values(reader)[0]) for name, reader in columns.items()}
            told[Node(kind, key)] = {
                name: value if convert is None else convert(value) for name, (convert, value) in values.items()
            }
    return {node: told[node] for node in nodes if node in told}


def name_of(values: dict[str, Any]) -> str:
    """What a node is called: a version's full name, a run's path and display name."""
    name: str = f"{values['path']} ({values['display_name']})" if "display_name" in values else values["name"]
    return name


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[str]:
    """The lines of a table in Markdown."""
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    return lines + [f"| {' | '.join(plain(value) for value in row)} |" for row in rows]


def plain(value: Any) -> str:
    """A value as text that stays within its line and its cell, and is no markup."""
    text = "" if value is None else str(value)
    return "".join(f"\\{c}" if c in "\\`*_[]<>|" else " " if c in "\r\n" else c for c in text)
