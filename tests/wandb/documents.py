"""The GraphQL documents of the installed client: of its Python package, and of its core, a binary."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import wandb

PACKAGE = Path(wandb.__file__).parent
CORE = PACKAGE / "bin" / "wandb-core"
_OPERATION = re.compile(r"^(?:query|mutation) (\w+) ?(?:\([^{}]*\))? ?\{$", re.MULTILINE)
_FRAGMENT = re.compile(r"\s*fragment \w+ on \w+ \{")
_BEGINS = re.compile(r"(?:#graphql)?\s*(?:query|mutation)\s+(\w+)\s*[({]")
LONGEST = 20_000


def generated() -> dict[str, str]:
    """The documents of the package's generated modules, by name."""
    found = {}
    for path in PACKAGE.rglob("_generated/operations.py"):
        for node in ast.parse(path.read_text()).body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                found[_name(node.value.value)] = node.value.value
    return found


def written() -> dict[str, str]:
    """The documents that stand whole in other modules of the package, by module and name."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        if "_generated" in path.parts or "vendor" in path.parts:
            continue
        for text in _strings(ast.parse(path.read_text())):
            if _BEGINS.match(text.strip()):
                found[f"{path.stem}.{_name(text)}"] = text.strip().removeprefix("#graphql")
    return found


def core() -> dict[str, str]:
    """The documents in the client's core, by name."""
    text = CORE.read_bytes().decode("latin-1")
    found = {}
    for match in _OPERATION.finditer(text):
        end = _closed(text, match.end() - 1)
        document = text[match.start() : end]
        while (fragment := _FRAGMENT.match(text, end)) is not None:
            start, end = end, _closed(text, fragment.end() - 1)
            document += text[start:end]
        found[match[1]] = document
    return found


def _strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _name(document: str) -> str:
    found = re.search(r"\b(?:query|mutation|subscription)\s+(\w+)", document)
    assert found is not None, document
    return found[1]


def _closed(text: str, start: int) -> int:
    """Where the brace that opens at `start` is closed."""
    depth = 0
    for position in range(start, start + LONGEST):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return position + 1
    raise AssertionError(text[start : start + 100])
