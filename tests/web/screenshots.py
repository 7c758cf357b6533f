"""Makes the pictures of the docs from the demo: `python -m tests.web.screenshots docs/images`. Look at each of them."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.serving import process
from tests.web.looking import ARGUMENTS, LAPTOP, Theme, at_width, chromium, content, in_theme

COLLECTION = "/registry/default/model/zoo"
SHARPNESS = 2
"""Pixels of the picture for one of the page."""

SECONDS = 30
QUERY = '{ artifact(ref: {name: "zoo-team/zoo/zoo-ylbchv20:v0"}) { inputs { nodes { displayName } } } }'


def nothing(page: Page) -> None:
    """The page is shown as it opens."""


def ask(page: Page) -> None:
    """In GraphiQL a query is asked, and answered."""
    page.locator(".graphiql-editor").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(QUERY)
    page.get_by_role("button", name="Prettify").click()
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window").get_by_text("rural-feather-20").first).to_be_visible()


@dataclass(frozen=True)
class Shot:
    """A picture: its file's name, what it shows, and what is done there before it is taken."""

    name: str
    address: str
    theme: Theme = "light"
    act: Callable[[Page], None] = nothing


SHOTS = (
    Shot("home", "/"),
    Shot("collection", COLLECTION),
    Shot("lineage-light", f"{COLLECTION}/v0/lineage"),
    Shot("lineage-dark", f"{COLLECTION}/v0/lineage", "dark"),
    Shot("history", f"{COLLECTION}/history"),
    Shot("graphiql", "/graphql", act=ask),
)


def main(folder: Path, *names: str) -> None:
    """Make the pictures of these names, or all."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        process("--demo", "--data", data) as server,
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS) as browser,
    ):
        for shot in SHOTS:
            if names and shot.name not in names:
                continue
            with browser.new_page(device_scale_factor=SHARPNESS, locale="en-GB", timezone_id="UTC") as page:
                expect.set_options(timeout=SECONDS * 1000)
                at_width(page, LAPTOP)
                in_theme(page, shot.theme)
                page.goto(f"{server.url}{shot.address}")
                if shot.address != "/graphql":
                    expect(content(page)).to_be_visible()
                page.wait_for_load_state("networkidle")
                shot.act(page)
                page.screenshot(path=folder / f"{shot.name}.png", animations="disabled")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
