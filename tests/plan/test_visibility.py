"""What may not be seen is shown neither by a plan nor by the ordinary executor."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from gqlregistry.plan.columns import col
from gqlregistry.plan.statement import Form, compiled
from gqlregistry.plan.visibility import RULES, visible
from gqlregistry.store.tables import ApiKey
from tests.plan.hidden import QUERIES


@pytest.mark.parametrize("kind", ["half", "published"])
def test_hidden_rows_are_not_shown(tmp_path: Path, kind: str) -> None:
    command = [sys.executable, "-m", "tests.plan.hidden", str(tmp_path), "1", kind]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    planned, asked = map(int, done.stdout.splitlines()[-1].split())
    assert planned > (0.4 if kind == "half" else 0.2) * QUERIES
    assert asked > 0.04 * QUERIES


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_what_somebody_is_a_member_of_is_read_once_a_statement(dialect: str) -> None:
    for table in RULES:
        text = compiled(select(col(table.id)).where(*visible(table, Form(dialect, sees_all=False))), dialect).text
        # Their own memberships, and those of their teams.
        assert text.count("FROM member AS member_") == (0 if table is ApiKey else 2), text
