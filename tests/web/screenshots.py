"""Makes the pictures of the docs from the demo: `python -m tests.web.screenshots docs/images`. Look at each of them."""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx
from playwright.sync_api import Page, expect, sync_playwright

from tests.serving import process
from tests.web.looking import ARGUMENTS, LAPTOP, Theme, at_width, chromium, content, in_theme

COLLECTION = "/registry/default/model/zoo"
SHARPNESS = 2
"""Pixels of the picture for one of the page."""

SECONDS = 30
LARGE = "zoo-team/large"
"""The project of a lineage that is too large for the demo."""


def nothing(page: Page) -> None:
    """The page is shown as it opens."""


def ask(page: Page) -> None:
    """In GraphiQL the first of the examples is asked, and answered."""
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window").get_by_text("rural-feather-20").first).to_be_visible()


def select(page: Page) -> None:
    """On the map the run that trained the model is selected."""
    page.get_by_role("button", name=re.compile("^Run rural-feather-20")).first.click()
    expect(page.get_by_role("region", name="Details").get_by_role("heading", name="rural-feather-20")).to_be_visible()


def log_many(url: str) -> None:
    """Log 500 runs, each with an output of its own, and inputs that earlier ones logged: a map of 1,000 nodes."""
    choose, logged = Random(1), list[str]()
    with httpx.Client(base_url=url, timeout=SECONDS) as client:

        def change(mutation: str, selection: str, **input: object) -> dict[str, Any]:
            type_ = f"{mutation[0].upper()}{mutation[1:]}Input"
            query = (
                f"mutation ($input: {type_}!) {{ it: {mutation}(input: $input) {{ {selection} errors {{ code }} }} }}"
            )
            answer = client.post("/graphql", json={"query": query, "variables": {"input": input}}).json()
            found: dict[str, Any] = answer["data"]["it"]
            if found["errors"]:
                raise SystemExit(f"{mutation}: {found}")
            return found

        change("createProject", "project { id }", owner={"name": "zoo-team"}, name="large")
        for number in range(500):
            run = {"id": change("createRun", "run { id }", project={"name": LARGE}, jobType="step")["run"]["id"]}
            inputs = choose.sample(logged[-40:], min(len(logged), 2))
            if inputs:
                change("useArtifacts", "run { id }", run=run, artifacts=[{"id": id} for id in inputs])
            artifact = change(
                "logArtifact",
                "artifact { id }",
                run=run,
                collection={"name": f"{LARGE}/part-{number % 9}"},
                type=("dataset", "model", "evaluation")[number % 3],
                files=[{"path": "a", "digest": f"sha256:{number:064x}", "size": 1, "reference": "s3://bucket/a"}],
            )
            logged.append(artifact["artifact"]["id"])


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
    Shot("lineage-light", f"{COLLECTION}/v0/lineage", act=select),
    Shot("lineage-dark", f"{COLLECTION}/v0/lineage", "dark", select),
    Shot("lineage-1000", f"/projects/{LARGE}/artifacts/part-4/latest/lineage?depth=100&limit=1000&group=no"),
    Shot("history", f"{COLLECTION}/history"),
    Shot("compare", f"{COLLECTION}/v0/compare?to=default%2Fmodel%2Fzoo%3Av2"),
    Shot("graphiql", "/graphql", act=ask),
)


def main(folder: Path, *names: str) -> None:
    """Make the pictures of these names, or all."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        process("--demo", "--data", data, env=os.environ | {"GQLREGISTRY_LOG_LEVEL": "error"}) as server,
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS) as browser,
    ):
        log_many(server.url)
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
