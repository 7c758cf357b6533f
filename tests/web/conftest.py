"""A real browser, and real servers for it to look at.

A test takes `page` and opens `page.goto("/history")`: that is `demo_url`, a server with the demo. It fails when the
page logs an error, throws, breaks its Content-Security-Policy or asks another host; what a test provokes it names by
`watch.allow(…)`. `tests.web.looking` has themes, widths and the accessibility check.
"""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, WebError, expect, sync_playwright

from gqlregistry.ui.pages import APP
from tests.needs import unavailable
from tests.serving import process
from tests.web.looking import ARGUMENTS, chromium

MILLISECONDS = 15_000
"""How long something may take to come; the machine may be busy with other tests."""

QUIET = {**os.environ, "GQLREGISTRY_LOG_LEVEL": "error"}
"""Servers log little: nobody reads that until their end, and a pipe that is full would stop them."""

_failed = pytest.StashKey[bool]()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A chromium. It lives as long as a module's tests: in its life no test of another module can use asyncio."""
    program = chromium()
    if program is None:
        unavailable("there is no chromium: `apt-get install chromium`, or name one in the variable CHROMIUM")
    if not APP.is_built():
        unavailable("the web pages are not built: install gqlregistry without GQLREGISTRY_SKIP_UI")
    expect.set_options(timeout=MILLISECONDS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a server with the demo, which has been stopped: to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with process("--demo", "--data", str(folder), env=QUIET) as server:
        assert server.stop(signal.SIGTERM)[0] == 0
    return folder


@pytest.fixture(scope="session")
def demo_url(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the demo, for all tests that change nothing."""
    folder = shutil.copytree(demo_folder, tmp_path_factory.mktemp("shared") / "data")
    with process("--data", str(folder), env=QUIET) as server:
        yield server.url


@pytest.fixture
def own_demo_url(demo_folder: Path, tmp_path: Path) -> Iterator[str]:
    """A server with the demo, for one test: to change things in."""
    with process("--data", str(shutil.copytree(demo_folder, tmp_path / "data")), env=QUIET) as server:
        yield server.url


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """A server with nothing in it."""
    with process("--data", str(tmp_path / "data"), env=QUIET) as server:
        yield server.url


@dataclass
class Watch:
    """What a page should not do."""

    problems: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Take problems that this regular expression is found in for what the test means to bring about."""
        self.allowed.append(pattern)

    def on_console(self, message: ConsoleMessage) -> None:
        """Errors that the page logs, and those that the browser does: a policy that is broken, what can't be loaded."""
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def on_error(self, error: WebError) -> None:
        """What a script threw."""
        self.problems.append(f"thrown: {error.error}")

    def on_request(self, request: Request) -> None:
        """A request to another host."""
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.hostname not in ("127.0.0.1", "localhost"):
            self.problems.append(f"off-host: {request.url}")

    def unexpected(self) -> list[str]:
        """What was not allowed."""
        return [each for each in self.problems if not any(re.search(pattern, each) for pattern in self.allowed)]


@pytest.fixture
def watch() -> Watch:
    """What the test's page has done that it should not."""
    return Watch()


@pytest.fixture
def page(
    browser: Browser, watch: Watch, demo_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page of a fresh profile, watched; if the test fails, a picture of it is kept."""
    # A server that a test has to itself ends after the page: else what the page still loads is cut off.
    for server in {"own_demo_url", "empty_url"}.intersection(request.fixturenames):
        request.getfixturevalue(server)
    context = browser.new_context(
        base_url=demo_url,
        viewport={"width": 1440, "height": 900},
        locale="en-GB",
        timezone_id="UTC",
        color_scheme="light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(MILLISECONDS)
    context.on("console", watch.on_console)
    context.on("weberror", watch.on_error)
    context.on("request", watch.on_request)
    page = context.new_page()
    yield page
    if request.node.stash.get(_failed, False):
        picture = tmp_path / "page.png"
        page.screenshot(path=picture)
        request.node.add_report_section("call", "page", f"{page.url}\npicture: {picture}")
    context.close()
    assert watch.unexpected() == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let `page` know that its test failed."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[_failed] = True
    return report
