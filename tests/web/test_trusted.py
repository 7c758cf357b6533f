"""The pages of a server that executes trusted documents alone."""

import shutil
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from tests.serving import process
from tests.web.conftest import QUIET

ADDRESSES = (
    "/",
    "/search?q=zoo",
    "/history",
    "/registry/default/model/zoo",
    "/registry/default/model/zoo/history",
    "/registry/default/model/zoo/v2/lineage",
    "/registry/default/model/zoo/v2/files",
    "/projects/zoo-team/zoo/runs/md24x3pe",
)


def test_they_work_where_nothing_else_is_executed(page: Page, demo_folder: Path, tmp_path: Path) -> None:
    data = shutil.copytree(demo_folder, tmp_path / "data")
    with process("--data", str(data), env={**QUIET, "GQLREGISTRY_TRUSTED_DOCUMENTS": "only"}) as server:
        assert httpx.post(f"{server.url}/graphql", json={"query": "{ __typename }"}).status_code == 403
        for address in ADDRESSES:
            page.goto(f"{server.url}{address}")
            expect(page.get_by_role("main")).to_contain_text("zoo")
            expect(page.get_by_role("status", name="Loading")).to_have_count(0)
            expect(page.get_by_role("alert")).to_have_count(0)
        page.goto("about:blank")
