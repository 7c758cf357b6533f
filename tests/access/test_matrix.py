"""docs/permissions.md is true: its table is read, and each of its lines is tried by everybody."""

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import URL

from gqlregistry.schema.schema import public_schema
from gqlregistry.settings import Settings
from gqlregistry.wandb.schema import client_schema
from tests.access import client_operations  # noqa: F401
from tests.access.operations import OPERATIONS
from tests.access.page import lines
from tests.access.world import ROLES, World, world
from tests.conftest import KINDS, create_database, on_sqlite

TABLE = lines("what is asked", *ROLES)


def is_change(name: str) -> bool:
    """Whether a rule decides who may, by the same statements on any database; what is read has a text for each."""
    return name.startswith("mutation ") or name.removeprefix("wandb ") in client_schema()._schema.mutation_type.fields


@pytest.fixture(scope="module", params=KINDS)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Where the world is."""
    folder = tmp_path_factory.mktemp("world")
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "registry.db")
        return Settings(data=folder)
    template: URL = request.getfixturevalue("postgresql_template")
    made = create_database(template, f"TEMPLATE {template.database} STRATEGY FILE_COPY")
    return Settings(data=folder, database=made.render_as_string(hide_password=False))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def secret(kept: Settings) -> AsyncIterator[World]:
    """One world for all lines: each makes what it needs."""
    async with world(kept) as found:
        yield found


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=on_sqlite if is_change(name) else ()) for name in OPERATIONS]
)
async def test_each_line_of_the_table_is_true(secret: World, name: str) -> None:
    found = {role: await OPERATIONS[name](secret, role) for role in ROLES}
    assert found == dict(zip(ROLES, TABLE[name], strict=True))


def test_the_table_has_everything_that_can_be_asked() -> None:
    public, client = public_schema()._schema, client_schema()._schema
    wanted = {
        *[f"query {name}" for name in public.query_type.fields],
        *[f"mutation {name}" for name in public.mutation_type.fields],
        *[f"subscription {name}" for name in (public.subscription_type.fields if public.subscription_type else ())],
        *[f"wandb query {name}" for name in client.query_type.fields],
        *[f"wandb {name}" for name in client.mutation_type.fields],
    }
    assert wanted - TABLE.keys() == {"wandb completeMultipartUploadArtifact"}
    assert TABLE.keys() == OPERATIONS.keys()
