"""What is around every page."""

import re
import signal
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.serving import process
from tests.web.conftest import QUIET, Watch
from tests.web.looking import THEMES, WIDTHS, Theme, at_width, content, in_theme, serious_findings, sticks_out


def test_the_start_opens_and_is_named(page: Page) -> None:
    page.goto("/")
    expect(content(page)).to_be_visible()
    expect(page).to_have_title(re.compile("gqlregistry"))
    page.get_by_role("link", name="gqlregistry").click()
    expect(page).to_have_url(re.compile(r"/$"))


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/")
    expect(content(page)).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_slash_goes_to_the_search_and_enter_searches(page: Page) -> None:
    page.goto("/")
    expect(content(page)).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    page.keyboard.type("zoo/x")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=zoo%2Fx$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/$"))


def test_a_theme_that_was_chosen_stays(page: Page) -> None:
    html = page.locator("html")
    page.goto("/")
    expect(html).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Account and theme").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(html).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(html).to_have_attribute("data-theme", "dark")


def test_the_theme_follows_the_system_until_then(page: Page) -> None:
    page.goto("/")
    for theme in THEMES:
        in_theme(page, theme)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)


def test_an_address_that_is_none_says_so_and_is_404(page: Page, watch: Watch) -> None:
    watch.allow(r"status of 404")
    answer = page.goto("/no/such/page")
    assert answer is not None
    assert answer.status == 404
    expect(content(page)).to_be_visible()
    page.locator("main").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/$"))


def test_a_server_that_goes_is_told_of_and_its_return_mends_the_page(page: Page, watch: Watch, tmp_path: Path) -> None:
    watch.allow("ERR_CONNECTION_REFUSED")
    data = str(tmp_path / "data")
    with process("--data", data, env=QUIET) as server:
        page.clock.install()
        page.goto(server.url)
        expect(content(page)).to_be_visible()
        port = server.url.rpartition(":")[2]
        server.stop(signal.SIGTERM)
    # What was read is asked again when it is old and its reader comes back to it.
    page.clock.fast_forward("00:30")
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
    gone = page.get_by_role("alert").filter(has_text="can’t be reached")
    expect(gone).to_be_visible()
    with process("--data", data, "--port", port, env=QUIET):
        expect(gone).to_be_hidden()
        expect(content(page)).to_be_visible()


def test_a_page_that_cannot_be_loaded_says_so_and_is_loaded_again(page: Page, watch: Watch) -> None:
    watch.allow("ERR_FAILED|dynamically imported module")
    page.goto("/")
    expect(content(page)).to_be_visible()
    page.route("**/HistoryPage-*", lambda route: route.abort())
    page.get_by_role("navigation", name="Main").get_by_role("link", name="History").click()
    failed = page.get_by_role("alert").filter(has_text="This page can’t be shown")
    expect(failed).to_be_visible()
    page.get_by_role("link", name="gqlregistry").click()
    expect(failed).to_be_hidden()
    page.go_back()
    expect(failed).to_be_visible()
    page.unroute("**/HistoryPage-*")
    page.get_by_role("button", name="Load it again").click()
    expect(failed).to_be_hidden()
    expect(page).to_have_url(re.compile("/history$"))


@pytest.mark.parametrize("theme", THEMES)
def test_everybody_can_use_it(page: Page, theme: Theme, watch: Watch) -> None:
    watch.allow(r"status of 404")
    in_theme(page, theme)
    for address in ("/", "/no/such/page", "/authorize"):
        page.goto(address)
        expect(content(page)).to_be_visible()
        assert serious_findings(page) == [], address


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_any_window(page: Page, width: int) -> None:
    at_width(page, width)
    page.goto("/")
    expect(content(page)).to_be_visible()
    assert sticks_out(page) == 0


def test_a_script_from_elsewhere_or_within_the_page_is_not_run(page: Page, watch: Watch) -> None:
    watch.allow("Content Security Policy")
    page.goto("/")
    expect(content(page)).to_be_visible()
    page.evaluate("""() => {
        const script = document.createElement('script')
        script.textContent = 'document.title = "run"'
        document.head.append(script)
        document.body.insertAdjacentHTML('beforeend', '<img src="/ui/icon.svg" onload="document.title = `run`">')
    }""")
    page.wait_for_function("() => document.querySelector('body > img').complete")
    expect(page).not_to_have_title("run")
    assert len([problem for problem in watch.problems if "script-src" in problem]) == 2


def test_every_file_of_the_page_is_from_the_build_and_kept(page: Page, demo_url: str) -> None:
    page.goto("/")
    sources = page.locator("script[src], link[rel=stylesheet]").all()
    assert sources
    for source in sources:
        path = source.get_attribute("src") or source.get_attribute("href") or ""
        url = urljoin(page.url, path)
        assert url.startswith(f"{demo_url}/ui/assets/")
        assert "immutable" in httpx.get(url).headers["cache-control"]
