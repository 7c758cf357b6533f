"""How soon the web pages show a lineage map, and how smoothly it is dragged, in a real browser.

python -m benchmarks.web_map 10k
python -m benchmarks.web_map 10k --nodes 100,1000,5000
"""

import argparse
import sys
from typing import Any

import httpx
from playwright.sync_api import Page, sync_playwright

from benchmarks.contenders.serving import SERVE, announced
from benchmarks.queries import questions
from benchmarks.report import headed, say, table
from benchmarks.stores import SIZES, opened
from tests.web.looking import ARGUMENTS, chromium

SECONDS = 3
NEAR = 0.6
"""The zoom at which cards can be read."""

NOTE_FIRST_MAP = """
addEventListener('DOMContentLoaded', () => new MutationObserver((_, observer) => {
  if (!document.querySelector('.map-card, .map-overview')) return
  observer.disconnect()
  requestAnimationFrame(() => requestAnimationFrame(() => { window.firstMap = performance.now() }))
}).observe(document.body, { childList: true, subtree: true }))
"""
"""Milliseconds from navigation until the frame that shows the map is done."""

SERVERS_SHARE = """() => Math.max(0, ...performance.getEntriesByType('resource')
  .filter(entry => entry.name.endsWith('/graphql')).map(entry => entry.responseEnd - entry.requestStart))"""
"""Milliseconds of the longest answer: that is the map."""

DRAG = """seconds => new Promise(done => {
  const pane = document.querySelector('.react-flow__pane'), view = document.querySelector('.react-flow__viewport')
  const send = (type, target, x, y) => target.dispatchEvent(new MouseEvent(type, {
    bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, button: 0, buttons: 1 }))
  send('mousedown', pane, 700, 500)
  const start = performance.now()
  let moved = 0, before = ''
  const frame = now => {
    const at = (now - start) / 400
    send('mousemove', window, 700 + 300 * Math.sin(at), 500 + 180 * Math.sin(at * 1.4))
    if (view.style.transform !== before) { moved++; before = view.style.transform }
    if (now - start < seconds * 1000) return requestAnimationFrame(frame)
    send('mouseup', window, 700, 500)
    done(moved / seconds)
  }
  requestAnimationFrame(frame)
})"""
"""Frames a second in which the map stood elsewhere than in the one before."""

ZOOM = "() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a"


def main() -> None:
    """Measure maps of each size; print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--nodes", default="100,1000,5000", help="sizes of maps, separated by commas")
    given = parser.parse_args()
    headed(f"Lineage maps in Chromium with software rendering, {given.size} versions, sqlite")
    rows = []
    with opened("sqlite", given.size) as store, sync_playwright() as driver:
        newest = questions(store.facts)["map1k"].variables[0]
        command = [sys.executable, "-c", SERVE, "serve", "--port", "0", "--database", store.url]
        with (
            announced(command, GQLREGISTRY_LOG_LEVEL="error") as url,
            driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS) as browser,
        ):
            address = f"{url}{_page_of(url, newest)}/lineage?depth=100&group=no"
            for nodes in map(int, given.nodes.split(",")):
                with browser.new_page(viewport={"width": 1440, "height": 900}) as page:
                    rows.append([f"{nodes:,}", *_measured(page, f"{address}&limit={nodes}")])
                say(" ".join(rows[-1]))
    say()
    table(["nodes", "first map s", "of it the answer s", "moved frames/s, whole", "near"], rows)


def _page_of(url: str, variables: dict[str, Any]) -> str:
    asked = {"query": "query ($id: ID!) { node(id: $id) { ... on Artifact { name } } }", "variables": variables}
    name: str = httpx.post(f"{url}/graphql", json=asked).json()["data"]["node"]["name"]
    place, _, version = name.rpartition(":")
    entity, project, collection = place.split("/")
    return f"/projects/{entity}/{project}/artifacts/{collection}/{version}"


def _measured(page: Page, address: str) -> list[str]:
    page.set_default_timeout(60_000)
    page.add_init_script(NOTE_FIRST_MAP)
    page.goto(address)
    # The pages' policy allows no `wait_for_function`.
    while not page.evaluate("window.firstMap"):
        page.wait_for_timeout(50)
    first, share = page.evaluate("window.firstMap") / 1000, page.evaluate(SERVERS_SHARE) / 1000
    page.wait_for_timeout(1500)
    whole = page.evaluate(DRAG, SECONDS)
    page.mouse.move(640, 500)
    while page.evaluate(ZOOM) < NEAR:
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(50)
    page.wait_for_timeout(1000)
    near = page.evaluate(DRAG, SECONDS)
    return [f"{first:.2f}", f"{share:.2f}", f"{whole:.0f}", f"{near:.0f}"]


if __name__ == "__main__":
    main()
