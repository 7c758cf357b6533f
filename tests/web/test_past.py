"""What the past is asked in the pages: a collection as of a moment, a recall, two origins compared."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.looking import PHONE, Theme, at_width, in_theme, serious_findings, sticks_out

COLLECTION = "/registry/default/model/zoo"
AS_OF = f"{COLLECTION}/as-of?at=2026-03-03T12:00:00.000Z"
DATA_SET = "/projects/zoo-team/zoo/artifacts/split_zoo_dataset/v4"
COMPARED = f"{COLLECTION}/v0/compare?to=default%2Fmodel%2Fzoo%3Av2"


def test_a_slider_goes_through_the_life_of_a_collection(page: Page) -> None:
    page.goto(AS_OF)
    aliases = page.get_by_role("group", name="Aliases at that moment")
    line = aliases.get_by_role("row", name=re.compile("^production"))
    expect(line).to_contain_text("v1")
    expect(line).to_contain_text("second release: birds are found at last")
    versions = page.get_by_role("group", name="Versions at that moment").locator("tbody tr")
    expect(versions).to_have_count(2)
    page.get_by_role("button", name="Later change").click()
    expect(line).to_contain_text("rollback")
    expect(page).to_have_url(re.compile(r"at=2026-03-04T07%3A45%3A00\.000000Z"))
    page.get_by_role("button", name="Earlier change").click()
    expect(line).to_contain_text("second release")
    slider = page.get_by_role("slider", name="Moment")
    expect(page.locator("datalist option")).to_have_count(15)
    assert slider.get_attribute("list") == page.locator("datalist").get_attribute("id")
    slider.focus()
    page.keyboard.press("Home")
    expect(aliases.get_by_role("row")).to_have_count(2)
    expect(line).to_have_count(0)
    page.get_by_role("button", name="Now", exact=True).click()
    expect(line).to_contain_text("third release")


def test_a_recall_says_what_serves_and_saves_its_report(page: Page) -> None:
    page.goto(f"{DATA_SET}/overview")
    page.get_by_role("link", name="Recall").click()
    serving = page.get_by_role("group", name="Aliases", exact=True)
    production = serving.get_by_role("row", name=re.compile("^production"))
    expect(production).to_contain_text("third release")
    expect(page.get_by_text("14 runs and 13 versions came of it")).to_be_visible()
    page.get_by_label("Served from").fill("2026-03-01")
    page.get_by_label("until").fill("2026-03-08")
    expect(production).to_have_count(3)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the report").click()
    assert saving.value.suggested_filename == "recall-split_zoo_dataset-v4.md"
    report = Path(saving.value.path()).read_text()
    assert report.startswith("# Recall of zoo-team/zoo/split\\_zoo\\_dataset:v4\n")
    assert "Aliases that served from 2026-03-01" in report


def test_two_origins_are_one_map_in_three_colours(page: Page) -> None:
    page.goto(f"{COLLECTION}/v0/compare")
    page.get_by_role("button", name="Choose a version").click()
    page.get_by_role("option", name=re.compile("^v2")).click()
    expect(page).to_have_url(re.compile(r"to=default%2Fmodel%2Fzoo%3Av2"))
    for name, side in (("rural-feather-20", "only before"), ("magic-dream-24", "only after")):
        expect(page.get_by_role("button", name=re.compile(f"^Run {name}.*{side}"))).to_be_visible()
    sides = {side: page.locator(f".map-card[data-side={side}]").count() for side in ("FROM", "TO", "BOTH")}
    assert sides == {"FROM": 2, "TO": 2, "BOTH": 6}
    changed = page.get_by_role("group", name="Changed").get_by_role("row").filter(has_text="rural-feather-20")
    expect(changed).to_contain_text("code commit")
    page.get_by_role("button", name="Actions on zoo").click()
    with page.expect_download() as saving:
        page.get_by_role("menuitem", name="Save how v0 was made").click()
    assert "## 1. calm-meadow-15" in Path(saving.value.path()).read_text()


def test_everybody_can_read_them(page: Page) -> None:
    shown: tuple[tuple[str, str, Theme], ...] = (
        (AS_OF, "Versions 2", "dark"),
        (f"{DATA_SET}/recall", "What runs asked for", "light"),
        (COMPARED, "Changed", "light"),
        (COMPARED, "Changed", "dark"),
    )
    for address, there, theme in shown:
        in_theme(page, theme)
        page.goto(address)
        expect(page.get_by_role("heading", name=there).first).to_be_visible()
        assert serious_findings(page) == []
    at_width(page, PHONE)
    assert sticks_out(page) == 0
