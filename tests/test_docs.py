"""The docs say what the program does."""

import re
from pathlib import Path

import pytest
import typer
from graphql import build_schema, parse, validate
from typer.core import TyperGroup

from gqlregistry.cli import main
from gqlregistry.cli.opening import ExitCode
from gqlregistry.schema.schema import public_schema

ROOT = Path(__file__).parent.parent
PAGES = [f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))]


def commands() -> list[str]:
    """All commands as they are typed, `key create` for one."""
    top = typer.main.get_command(main)
    assert isinstance(top, TyperGroup)
    found = []
    for name, command in top.commands.items():
        found += [f"{name} {each}" for each in command.commands] if isinstance(command, TyperGroup) else [name]
    return found


def test_each_command_stands_in_the_readme_and_no_other() -> None:
    written = re.findall(r"^gqlregistry ((?:key|db|audit|blobs|move) \w+|\w+)", (ROOT / "README.md").read_text(), re.M)
    assert sorted(written) == sorted(commands())


def test_each_exit_code_is_explained() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    codes = re.findall(r"^\| (\d+) \|", page.partition("## Exit codes")[2], re.M)
    assert [int(code) for code in codes] == sorted({*ExitCode, 1})


@pytest.mark.parametrize("page", sorted(path.name for path in ROOT.glob("*.md")) + PAGES)
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", (ROOT / page).read_text())
    assert [target for target in targets if not ((ROOT / page).parent / target).exists()] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120


def test_the_readme_asks_what_the_schema_answers() -> None:
    queries = re.findall(r"```graphql\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    assert queries
    for query in queries:
        assert validate(build_schema(public_schema().as_str()), parse(query)) == []


def test_the_test_command_of_the_readme_is_what_ci_runs() -> None:
    (command,) = re.findall(r"^.*&& \.venv/bin/pytest.*$", (ROOT / "README.md").read_text(), re.M)
    assert command in (ROOT / "CONTRIBUTING.md").read_text()
