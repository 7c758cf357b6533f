"""How a test looks at a page: in which theme, how wide, and with whose eyes."""

import os
import shutil
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
PHONE, LAPTOP, WIDE = 360, 1440, 3840
WIDTHS = (PHONE, LAPTOP, WIDE)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def chromium() -> str | None:
    """The program to look with, if there is one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def in_theme(page: Page, theme: Theme) -> None:
    """Let the system be light or dark; a page follows it unless its reader chose."""
    page.emulate_media(color_scheme=theme)


def at_width(page: Page, width: int) -> None:
    """Make the window so wide, and of a height that goes with it."""
    page.set_viewport_size({"width": width, "height": 740 if width < 600 else width * 9 // 16})


def content(page: Page) -> Locator:
    """The first heading of the page's content: once it is seen, the page has come."""
    return page.get_by_role("main").get_by_role("heading").first


def serious_findings(page: Page) -> list[str]:
    """What axe-core finds serious or critical: the rule, and where. Wait for the page's content before."""
    found = Axe().run(page, options={**RULES, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {', '.join(str(node['target'][0]) for node in rule['nodes'][:5])}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def sticks_out(page: Page) -> int:
    """By how many pixels the page is wider than its window: a page is never scrolled sideways."""
    return max(0, int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth")))
