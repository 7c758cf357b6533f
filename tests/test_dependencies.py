"""What an install without any extra brings is all that the program needs, but for what an extra is for."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
OF_EXTRAS = {
    "authlib": "oidc",
    "httpx2": "oidc",
    "joserfc": "oidc",
    "mlflow": "mlflow",
    "opentelemetry": "otel",
    "wandb": "wandb",
}
"""Modules that are imported only where somebody has asked for what they do."""


def imported() -> set[str]:
    """The modules of others that the sources import, by their first names."""
    found = set()
    for path in (ROOT / "src" / "gqlregistry").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module)
    return {name.partition(".")[0] for name in found} - {*sys.stdlib_module_names, "gqlregistry"}


def brought(requirements: list[str], known: set[str]) -> Iterator[str]:
    """The distributions that some requirements bring, with those that they bring."""
    for text in requirements:
        requirement = Requirement(text)
        name = canonicalize_name(requirement.name)
        if name not in known and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            known.add(name)
            yield name
            yield from brought(requires(name) or [], known)


def test_an_install_without_extras_brings_what_the_sources_import() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    there = set(brought(project["dependencies"], set()))
    of_module = packages_distributions()
    missing = {
        module
        for module in imported() - OF_EXTRAS.keys()
        if there.isdisjoint(canonicalize_name(name) for name in of_module[module])
    }
    assert missing == set()


def test_every_dependency_has_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [text for texts in project["optional-dependencies"].values() for text in texts]
    unbounded = [
        text
        for text in [*project["dependencies"], *extras]
        if not any(each.operator in ("<", "<=", "==", "~=") for each in Requirement(text).specifier)
    ]
    assert unbounded == []
