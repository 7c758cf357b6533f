"""Signing in to a browser by a key, and out again."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serving import command, process
from tests.web.conftest import QUIET, Watch
from tests.web.looking import THEMES, Theme, in_theme, serious_findings

ADMIN = "admin-secret-" + "0" * 40
READER = "reader-secret-" + "0" * 40
ZOO = "/registry/default/model/zoo"


@pytest.fixture
def url(demo_folder: Path, tmp_path: Path) -> Iterator[str]:
    """A server with the demo that asks everybody for a key."""
    data = str(shutil.copytree(demo_folder, tmp_path / "data"))
    for name, key, scope in (("tomas", ADMIN, "write"), ("maya", READER, "read")):
        made = command("key", "create", name, "--key", key, "--scope", scope, "--data", data, env=QUIET)
        assert made.returncode == 0, made.stderr
    with process("--data", data, env=QUIET) as server:
        yield server.url


def sign_in(page: Page, key: str) -> None:
    """Type a key and send it."""
    page.get_by_label("API key").fill(key)
    page.keyboard.press("Enter")


def test_who_is_nobody_is_asked_for_a_key_and_gets_where_they_were_going(url: str, page: Page, watch: Watch) -> None:
    watch.allow("status of 401")
    page.goto(f"{url}{ZOO}/v2/overview")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_role("combobox", name="Search")).to_have_count(0)
    sign_in(page, "wrong" + "0" * 40)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("API key")).to_have_attribute("aria-invalid", "true")
    sign_in(page, ADMIN)
    expect(page.get_by_role("heading", name="zoo", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(f"{ZOO}/v2/overview$"))
    page.reload()
    expect(page.get_by_role("heading", name="zoo", level=1)).to_be_visible()


def test_the_menu_says_who_is_signed_in_and_signs_out(url: str, page: Page, watch: Watch) -> None:
    watch.allow("status of 401")
    page.goto(url)
    sign_in(page, ADMIN)
    page.get_by_role("button", name="Account and theme").click()
    expect(page.get_by_text("Signed in as tomas")).to_be_visible()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.go_back()
    page.goto(url)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_key_that_ends_ends_what_it_let_in(url: str, page: Page, watch: Watch) -> None:
    watch.allow("status of 401")
    page.goto(url)
    sign_in(page, ADMIN)
    page.get_by_role("link", name=re.compile("wildlife-models")).click()
    expect(page.get_by_role("heading", name="wildlife-models")).to_be_visible()
    page.context.clear_cookies()
    page.get_by_role("link", name="Artifacts").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_who_may_not_do_something_is_told_so_beside_it(url: str, page: Page, watch: Watch) -> None:
    watch.allow("status of 401")
    page.goto(f"{url}{ZOO}/v2/overview")
    sign_in(page, READER)
    page.get_by_role("button", name="Remove alias production").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Remove alias").click()
    expect(dialog.get_by_role("alert")).to_contain_text("read")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Remove alias production")).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_everybody_can_sign_in(url: str, page: Page, watch: Watch, theme: Theme) -> None:
    watch.allow("status of 401")
    in_theme(page, theme)
    page.goto(url)
    expect(page.get_by_label("API key")).to_be_focused()
    assert serious_findings(page) == []


def test_graphiql_asks_with_the_session_and_says_where_to_get_one(url: str, page: Page, watch: Watch) -> None:
    watch.allow("status of 401")
    operation = "/graphql#query=query%20Who%20%7B%20viewer%20%7B%20username%20%7D%20%7D"
    answer = page.locator(".graphiql-response .view-lines")
    page.goto(f"{url}{operation}")
    expect(page.get_by_text("You are not signed in.")).to_be_visible()
    page.get_by_role("button", name="Execute query").click()
    expect(answer).to_contain_text("UNAUTHENTICATED")
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, ADMIN)
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    page.goto(f"{url}{operation}")
    expect(page.get_by_role("tab", selected=True)).to_contain_text("Who")
    page.get_by_role("button", name="Execute query").click()
    expect(answer).to_contain_text('"username": "tomas"')
    expect(page.get_by_text("You are not signed in.")).to_be_hidden()
