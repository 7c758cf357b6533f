"""The tables of docs/permissions.md."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"


def lines(*header: str) -> dict[str, list[str]]:
    """The lines of all tables with this header: the first cell, and the others."""
    found: dict[str, list[str]] = {}
    for table in PAGE.read_text().split(f"| {' | '.join(header)} |\n")[1:]:
        for line in table.partition("\n\n")[0].splitlines()[1:]:
            first, *others = [re.sub("`", "", cell).strip() for cell in line.strip("|").split("|")]
            assert first not in found, first
            found[first] = others
    assert found, header
    return found
