"""Processes of a release go on while one of the next upgrades the schema beneath them."""

import ast
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from gqlregistry.services import Services
from gqlregistry.store import migrations

VERSIONS = sorted((Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))
ADDS = {"create_table", "create_index", "add_column", "execute", "get_bind"}
BEFORE_THE_FIRST_RELEASE = {"0005_key_scopes"}

NEXT_RELEASE = [
    "CREATE TABLE next_release (id BIGINT PRIMARY KEY, artifact_id BIGINT REFERENCES artifact (id))",
    "CREATE INDEX ix_run_next ON run (name, created_at)",
    *[
        f"ALTER TABLE {table} ADD COLUMN next_release VARCHAR"
        for table in ("artifact", "run", "collection", "membership", "alias", "action_event", "event_chain", "entity")
    ],
    "UPDATE alembic_version SET version_num = '9999'",
]
RUN = """mutation ($name: String!) {
  createRun(input: {project: {name: "local/zoo"}, name: $name}) { run { id } errors { message } } }"""
LOG = """mutation ($run: RunRef!, $digest: String!) { logArtifact(input: {
    run: $run, collection: {name: "local/zoo/data"}, type: "dataset", digest: $digest, aliases: ["best"]
  }) { artifact { id version } errors { message } events { kind } } }"""
USE = """mutation ($run: RunRef!, $artifact: ID!) {
  useArtifact(input: {run: $run, artifact: {id: $artifact}}) { run { id } errors { message } } }"""
LINEAGE = """query ($id: ID!) { artifact(ref: {id: $id}) { version digest collection { name } aliases { name }
  inputs(first: 5) { nodes { name createdBy { username } } } outputs(first: 5) { nodes { name } } } }"""


@pytest.mark.parametrize("path", [path for path in VERSIONS[1:] if path.stem not in BEFORE_THE_FIRST_RELEASE])
def test_a_migration_only_adds(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    asked = {
        call.func.attr: call
        for call in calls
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "op"
    }
    assert asked.keys() <= ADDS
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "add_column":
            column = call.args[1]
            assert isinstance(column, ast.Call)
            given = {keyword.arg: ast.unparse(keyword.value) for keyword in column.keywords}
            # Who does not know the column writes rows without it.
            assert given.get("nullable") == "True" or "server_default" in given, ast.unparse(call)


async def test_a_server_serves_on_while_the_next_release_upgrades(client: AsyncClient, services: Services) -> None:
    # Twice: statements are prepared at the first, and remembered.
    assert [await work(client, number) for number in (0, 1)] == ["v0", "v1"]
    statements = [text(statement) for statement in NEXT_RELEASE]
    await services.database.write(lambda session: [session.connection().execute(each) for each in statements])
    assert [await work(client, number) for number in (2, 3)] == ["v2", "v3"]


async def work(client: AsyncClient, number: int) -> str:
    """Log a version by a run, use it by another, and look at both."""

    async def ask(query: str, **variables: Any) -> Any:
        answer = (await client.post("/graphql", json={"query": query, "variables": variables})).json()
        assert "errors" not in answer, answer
        (found,) = answer["data"].values()
        assert not found.get("errors"), found
        return found

    maker, user = f"maker-{number}", f"user-{number}"
    made = await ask(LOG, run={"id": (await ask(RUN, name=maker))["run"]["id"]}, digest=f"sha256:{number:064x}")
    artifact = made["artifact"]["id"]
    await ask(USE, run={"id": (await ask(RUN, name=user))["run"]["id"]}, artifact=artifact)
    seen = await ask(LINEAGE, id=artifact)
    assert [each["name"] for each in seen["inputs"]["nodes"] + seen["outputs"]["nodes"]] == [maker, user]
    assert {alias["name"] for alias in seen["aliases"]} == {"latest", "best"}
    return str(seen["version"])
