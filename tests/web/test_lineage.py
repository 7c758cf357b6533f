"""The lineage map: what of it people see, open, search, hide, keep and take away, with the pointer and the keyboard."""

import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.asking import ask
from tests.web.conftest import Watch
from tests.web.looking import PHONE, THEMES, WIDTHS, Theme, at_width, in_theme, serious_findings, sticks_out

ZOO = "/registry/default/model/zoo/v0/lineage"
WILDLIFE = "/registry/default/model/wildlife/v4/lineage"
SPLIT = "split_zoo_dataset:v4"


def opened(page: Page, address: str) -> Page:
    """The page at an address, with its map drawn."""
    page.goto(address)
    expect(lineage_map(page)).to_be_visible()
    return page


def lineage_map(page: Page) -> Locator:
    """The map itself."""
    return page.get_by_role("group", name=re.compile("^Lineage map of"))


def card(page: Page, name: str) -> Locator:
    """The card whose words begin so: `Run rural-feather-20`, `model zoo-ylbchv20`."""
    return lineage_map(page).get_by_role("button", name=re.compile(f"^{re.escape(name)}"))


def around(card: Locator) -> Locator:
    """What has the card's state: lit, dim, selected."""
    return card.locator("xpath=..")


def labels(page: Page) -> list[str]:
    """What all cards on the map are called."""
    names = lineage_map(page).locator("[data-card]").evaluate_all("all => all.map(each => each.ariaLabel)")
    return sorted(names)


def details(page: Page) -> Locator:
    """What is said of the selected card."""
    return page.get_by_role("region", name="Details")


def test_from_the_registry_to_the_details_of_a_run_and_of_an_artifact(page: Page) -> None:
    page.goto("/registry/default/model/zoo/v0/overview")
    page.get_by_role("link", name="Lineage", exact=True).click()
    for name in ("calm-sunset-16", "bold-breeze-17", "quiet-glade-18", "rural-feather-20", "northern-lake-21"):
        expect(card(page, f"Run {name}")).to_be_visible()

    card(page, "Run rural-feather-20").click()
    expect(details(page).get_by_role("heading", name="rural-feather-20")).to_be_visible()
    for words in ("train", "finished", SPLIT, "asked for as v4", "zoo-ylbchv20:v0", "learning_rate", "accuracy"):
        expect(details(page)).to_contain_text(words)

    card(page, "model zoo-ylbchv20 v0").click()
    expect(details(page).get_by_role("heading", name="zoo-ylbchv20")).to_be_visible()
    for words in ("Produced by", "rural-feather-20", "Used by", "northern-lake-21", "sha256:", "default/model/zoo:v0"):
        expect(details(page)).to_contain_text(words)

    details(page).get_by_role("button", name="northern-lake-21").click()
    details(page).get_by_role("link", name="Open the run’s page").click()
    expect(page).to_have_url(re.compile(r"/projects/zoo-team/zoo/runs/"))


def test_the_path_through_a_card_is_lit(page: Page) -> None:
    opened(page, WILDLIFE)
    card(page, "features features_384").click()
    for name in ("model detector_384 v14", "Run eager-totem-78"):
        expect(around(card(page, name))).to_have_class(re.compile("is-lit"))
    expect(around(card(page, "model backbone"))).to_have_class(re.compile("is-dim"))
    assert page.locator(".map-edge.is-lit").count() > 2
    card(page, "features features_384").click()
    expect(page.locator(".is-dim")).to_have_count(0)


def test_what_is_not_shown_is_opened_and_put_away_from_its_neighbour(page: Page) -> None:
    opened(page, ZOO)
    expect(card(page, "Run frosty-gate-19")).to_have_count(0)
    page.get_by_role("button", name=f"Show 4 more outputs of {SPLIT}").click()
    expect(card(page, "Run frosty-gate-19, train · failed")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(f"more outputs? of {SPLIT}"))).to_have_count(0)
    page.reload()
    expect(card(page, "Run frosty-gate-19")).to_be_visible()
    card(page, f"dataset {SPLIT.replace(':', ' ')}").hover()
    page.get_by_role("button", name=f"Put away the outputs of {SPLIT}").click()
    expect(card(page, "Run frosty-gate-19")).to_have_count(0)
    page.go_back()
    expect(card(page, "Run frosty-gate-19")).to_be_visible()


def test_a_card_stays_where_it_is_when_more_is_opened(page: Page) -> None:
    opened(page, ZOO)
    split = card(page, "dataset split_zoo_dataset")
    before = split.bounding_box()
    page.get_by_role("button", name=f"Show 4 more outputs of {SPLIT}").click()
    expect(card(page, "Run frosty-gate-19")).to_be_visible()
    after = split.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["x"] - after["x"]) < 2
    assert abs(before["y"] - after["y"]) < 2


def test_a_group_is_searched_and_members_are_pulled_out_and_put_back(page: Page) -> None:
    opened(page, WILDLIFE)
    group = card(page, "Group of 5 runs")
    expect(group).to_have_count(2)
    group.first.click()
    members = details(page).get_by_role("list", name="Members").get_by_role("listitem")
    expect(members).to_have_count(5)
    name = members.nth(2).get_by_role("button").first.inner_text().split("\n")[0]
    details(page).get_by_role("searchbox").fill(name[3:].upper())
    expect(members).to_have_count(1)
    expect(card(page, f"Run {name}")).to_have_count(0)
    details(page).get_by_role("button", name=f"Pull out {name}").click()
    expect(card(page, f"Run {name}")).to_be_visible()
    expect(card(page, "Group of 4 runs")).to_have_count(1)
    page.reload()
    expect(card(page, "Group of 4 runs")).to_have_count(1)
    card(page, f"Run {name}").click()
    details(page).get_by_role("button", name="Put back into its group").click()
    expect(card(page, "Group of 5 runs")).to_have_count(2)


def test_the_keyboard_walks_selects_and_opens(page: Page) -> None:
    opened(page, ZOO)
    start = card(page, "model zoo-ylbchv20")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.card") is not None:
            break
    expect(start).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(card(page, "Run rural-feather-20")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    run = card(page, "Run bold-breeze-17")
    expect(run).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(card(page, "Run calm-sunset-16")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(run).to_have_attribute("aria-pressed", "true")
    expect(details(page)).to_contain_text("bold-breeze-17")
    page.keyboard.press("Escape")
    expect(details(page)).to_have_count(0)
    page.keyboard.press("Space")
    expect(run).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    expect(card(page, "dataset split_zoo_dataset")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"Put away the inputs of {SPLIT}")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"Show 4 more outputs of {SPLIT}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page, "Run frosty-gate-19")).to_be_visible()


def test_the_list_has_the_same_map(page: Page) -> None:
    opened(page, ZOO)
    page.get_by_role("button", name="List").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name="northern-lake-21"))
    expect(page.get_by_role("row")).to_have_count(1 + 9)
    expect(row).to_contain_text("zoo-ylbchv20:v0 (asked for as v0)")
    expect(row).to_contain_text("zoo_evaluation:v2")
    page.get_by_role("button", name="northern-lake-21").click()
    expect(details(page)).to_contain_text("evaluate")
    page.get_by_role("button", name="Map", exact=True).click()
    expect(card(page, "Run northern-lake-21")).to_have_attribute("aria-pressed", "true")


def test_the_address_restores_what_is_seen(page: Page) -> None:
    opened(page, ZOO)
    page.get_by_role("button", name=f"Show 4 more outputs of {SPLIT}").click()
    card(page, "Run golden-haze-22").click()
    page.get_by_role("button", name="evaluation", exact=True).click()
    page.get_by_placeholder("Find a run").fill("zoo")
    details(page).get_by_role("button", name="Hide on the map").click()
    expect(card(page, "Run golden-haze-22")).to_have_count(0)
    card(page, "Run magic-dream-24").click()
    expect(details(page).get_by_role("heading", name="magic-dream-24")).to_be_visible()
    names = labels(page)
    matches = page.locator(".is-match").count()
    assert matches > 0

    page.goto(page.url)
    expect(details(page).get_by_role("heading", name="magic-dream-24")).to_be_visible()
    expect(card(page, "Run frosty-gate-19")).to_be_visible()
    assert (
        lineage_map(page).locator("[data-card]").evaluate_all("all => all.map(each => each.ariaLabel).sort()") == names
    )
    expect(page.locator(".is-match")).to_have_count(matches)
    expect(page.get_by_placeholder("Find a run")).to_have_value("zoo")

    page.go_back()
    expect(details(page)).to_have_count(0)


def test_types_states_and_text_decide_what_is_shown(page: Page) -> None:
    opened(page, "/projects/zoo-team/zoo/artifacts/split_zoo_dataset/v4/lineage")
    page.get_by_role("button", name="runs", exact=True).click()
    expect(card(page, "Run rural-feather-20")).to_have_count(0)
    expect(page.locator(".map-edge.is-indirect").first).to_be_attached()
    expect(page.get_by_text(re.compile(r"\d+ nodes are hidden"))).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(card(page, "Run rural-feather-20")).to_be_visible()

    page.get_by_role("button", name="Filter").click()
    form = page.get_by_role("dialog", name="Filter")
    form.get_by_label("failed").uncheck()
    expect(card(page, "Run frosty-gate-19")).to_have_count(0)
    form.get_by_label("failed").check()
    form.get_by_label("Until").fill("2020-01-01")
    expect(card(page, "Run rural-feather-20")).to_have_count(0)
    expect(card(page, "dataset split_zoo_dataset")).to_be_visible()
    form.get_by_label("Until").fill("")
    form.get_by_label("Show only what the search finds").check()
    page.get_by_placeholder("Find a run").fill("magic")
    expect(card(page, "Run magic-dream-24")).to_be_visible()
    expect(card(page, "Run rural-feather-20")).to_have_count(0)
    page.get_by_role("button", name="Filter, 1 at work").click()
    form.get_by_role("button", name="Back to the first view").click()
    expect(card(page, "Run rural-feather-20")).to_be_visible()


def test_the_search_goes_from_one_match_to_the_next(page: Page) -> None:
    opened(page, ZOO)
    search = page.get_by_placeholder("Find a run")
    search.fill("split")
    expect(page.get_by_text("4 found")).to_be_visible()
    search.press("Enter")
    first = page.url
    search.press("Enter")
    expect(page).not_to_have_url(first)
    expect(page.locator(".map-card.is-selected.is-match")).to_have_count(1)


def test_a_tombstone_is_shown_as_such(page: Page) -> None:
    opened(page, "/projects/zoo-team/zoo/runs/hf10j9sy/lineage")
    tombstone = card(page, "dataset split_zoo_dataset v2, deleted")
    expect(tombstone).to_contain_text("Deleted")
    tombstone.click()
    expect(details(page).get_by_role("note")).to_contain_text("Deleted")


def test_svg_png_and_mermaid_are_saved(page: Page, tmp_path: Path) -> None:
    opened(page, ZOO)

    def saved(name: str) -> Path:
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=name).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    svg = saved("SVG")
    assert svg.name == "lineage-zoo-ylbchv20-v0.svg"
    words = {text.text for text in ElementTree.parse(svg).iter("{http://www.w3.org/2000/svg}text")}
    assert {"rural-feather-20", "zoo-ylbchv20", "v4", "MODEL"} <= words
    png = saved("PNG").read_bytes()
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert width > 2_000
    assert height > 200
    mermaid = saved("Mermaid").read_text()
    assert mermaid.startswith("flowchart LR\n")
    assert '(["zoo-ylbchv20:v0"])' in mermaid
    assert '-- "v4" -->' in mermaid
    bill = saved("CycloneDX ML-BOM")
    assert bill.name == "lineage-zoo-ylbchv20-v0.cdx.json"
    assert json.loads(bill.read_text())["metadata"]["component"]["name"] == "zoo-ylbchv20"
    assert saved("GraphML").read_text().startswith("<?xml")


@pytest.mark.parametrize("theme", THEMES)
def test_everybody_can_use_the_map(page: Page, theme: Theme) -> None:
    in_theme(page, theme)
    opened(page, WILDLIFE)
    assert serious_findings(page) == []
    card(page, "features features_384").click()
    expect(details(page).get_by_role("heading", name="features_384")).to_be_visible()
    assert serious_findings(page) == []
    page.get_by_role("button", name="Filter").click()
    assert serious_findings(page) == []
    page.get_by_role("button", name="List").click()
    expect(page.get_by_role("row").first).to_be_visible()
    assert serious_findings(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_fits_any_window(page: Page, width: int) -> None:
    at_width(page, width)
    opened(page, ZOO)
    card(page, "model zoo-ylbchv20").click()
    expect(details(page).get_by_role("heading", name="zoo-ylbchv20")).to_be_visible()
    assert sticks_out(page) == 0
    box = details(page).bounding_box()
    assert box is not None
    if width == PHONE:
        assert box["width"] == pytest.approx(width, abs=20)
    expect(card(page, "model zoo-ylbchv20")).to_be_in_viewport()


def test_a_map_that_can_not_be_laid_out_says_so(page: Page, watch: Watch) -> None:
    watch.allow("ERR_FAILED|laid out")
    page.route("**/layout.worker-*", lambda route: route.abort())
    page.goto(ZOO)
    expect(page.get_by_role("alert").filter(has_text="This page can’t be shown")).to_be_visible()


def test_a_run_that_reads_and_writes_one_artifact_is_drawn(page: Page, own_demo_url: str) -> None:
    made = ask(
        own_demo_url,
        """mutation Log($run: CreateRunInput!, $artifact: LogArtifactInput!) {
          createRun(input: $run) { errors { message } }
          logArtifact(input: $artifact) { artifact { id } errors { message } }
        }""",
        run={"project": {"name": "zoo-team/zoo"}, "name": "loop", "displayName": "loop"},
        artifact={
            "run": {"name": "zoo-team/zoo/loop"},
            "collection": {"name": "zoo-team/zoo/looped"},
            "type": "dataset",
            "files": [{"path": "a", "reference": "s3://zoo/a"}],
        },
    )
    artifact = made["logArtifact"]["artifact"]["id"]
    ask(
        own_demo_url,
        """mutation Loop($commit: CommitArtifactInput!, $use: UseArtifactInput!) {
          commitArtifact(input: $commit) { errors { message } }
          useArtifact(input: $use) { errors { message } }
        }""",
        commit={"artifact": artifact},
        use={"run": {"name": "zoo-team/zoo/loop"}, "artifact": {"id": artifact}},
    )
    opened(page, f"{own_demo_url}/projects/zoo-team/zoo/artifacts/looped/v0/lineage")
    expect(card(page, "Run loop")).to_be_visible()
    expect(page.locator(".map-edges .map-edge-line")).to_have_count(2)
    card(page, "dataset looped").click()
    expect(around(card(page, "Run loop"))).to_have_class(re.compile("is-lit"))
    expect(details(page).get_by_role("heading", name="looped")).to_be_visible()


def test_a_big_map_is_a_canvas_from_afar_and_cards_from_near(page: Page, own_demo_url: str) -> None:
    run = (
        'createRun(input: {{project: {{name: "zoo-team/zoo"}}, name: "big-{0}", displayName: "big-{0}", '
        'jobType: "job-{0}"}}) {{ errors {{ message }} }}'
    )
    use = (
        'useArtifact(input: {{run: {{name: "zoo-team/zoo/big-{0}"}}, artifact: {{name: "zoo-ylbchv20:v0"}}}}) '
        "{{ errors {{ message }} }}"
    )
    for first in range(0, 300, 10):
        fields = [f"r{at}: {run.format(at)} u{at}: {use.format(at)}" for at in range(first, first + 10)]
        ask(own_demo_url, f"mutation Big {{ {' '.join(fields)} }}")
    opened(page, own_demo_url + ZOO)
    expect(page.locator(".map-overview")).to_be_visible()
    # Only the one at which the keyboard begins.
    expect(page.locator(".map-card")).to_have_count(1)
    search = page.get_by_placeholder("Find a run")
    search.fill("big-123")
    search.press("Enter")
    expect(details(page).get_by_role("heading", name="big-123")).to_be_visible()
    expect(card(page, "Run big-123")).to_be_in_viewport()
    expect(around(card(page, "Run big-123"))).to_have_class(re.compile("is-selected"))
    page.get_by_role("button", name="Fit the map in").click()
    expect(page.locator(".map-card")).to_have_count(1)
    around(card(page, "Run big-123")).get_by_role("button").first.press("ArrowLeft")
    expect(card(page, "model zoo-ylbchv20")).to_be_focused()
    expect(card(page, "model zoo-ylbchv20")).to_be_in_viewport()


def seen(page: Page) -> list[float]:
    """Where the map is looked at: x and y in pixels, and the zoom."""
    return (
        lineage_map(page)
        .locator(".react-flow__viewport")
        .evaluate("view => { const m = new DOMMatrix(getComputedStyle(view).transform); return [m.e, m.f, m.a] }")
    )


def test_a_map_that_was_moved_opens_where_it_was_left(page: Page) -> None:
    opened(page, ZOO)
    expect(card(page, "Run rural-feather-20")).to_be_visible()
    assert "at=" not in page.url
    page.mouse.move(700, 700)
    page.mouse.down()
    page.mouse.move(560, 640, steps=5)
    page.mouse.up()
    page.mouse.wheel(0, -300)
    page.wait_for_url(re.compile("at="))
    page.wait_for_timeout(500)
    left = seen(page)
    page.reload()
    expect(card(page, "Run rural-feather-20")).to_be_visible()
    page.wait_for_timeout(500)
    assert seen(page) == pytest.approx(left, rel=0.01, abs=2)
    # Choosing a card is a step; going back from it does not lose the place.
    card(page, "Run rural-feather-20").click()
    expect(details(page)).to_be_visible()
    page.go_back()
    expect(details(page)).to_have_count(0)
    assert "at=" in page.url


def test_all_that_is_opened_at_once_comes_with_its_edges(page: Page, own_demo_url: str) -> None:
    used = '[{name: "zoo-team/zoo/zoo-ylbchv20:v0"}, {name: "zoo-team/zoo/split_zoo_dataset:v4"}]'
    made = (
        'm{0}: createRun(input: {{project: {{name: "zoo-team/zoo"}}, name: "many-{0}", displayName: "many-{0}"}}) '
        '{{ errors {{ message }} }} u{0}: useArtifacts(input: {{run: {{name: "zoo-team/zoo/many-{0}"}}, artifacts: '
        f"{used.replace('{', '{{').replace('}', '}}')}}}}}) {{{{ errors {{{{ message }}}} }}}}"
    )
    for first in range(0, 120, 10):
        ask(own_demo_url, f"mutation Many {{ {' '.join(made.format(at) for at in range(first, first + 10))} }}")
    start = '{ artifact(ref: {name: "zoo-team/zoo/zoo-ylbchv20:v0"}) { inputs { nodes { name } } } }'
    run = ask(own_demo_url, start)["artifact"]["inputs"]["nodes"][0]["name"].rpartition("/")[2]
    opened(page, f"{own_demo_url}/projects/zoo-team/zoo/runs/{run}/lineage?depth=1&group=no")
    page.get_by_role("button", name=re.compile("^Show 121 more outputs of zoo-ylbchv20:v0")).click()
    expect(page.locator(".map-overview")).to_be_visible()
    page.get_by_role("button", name="List").click()
    page.get_by_role("button", name="Show more of").click()
    many = page.get_by_role("row").filter(has=page.get_by_role("button", name=re.compile("^many-")))
    expect(many).to_have_count(120)
    expect(many.filter(has_text="split_zoo_dataset:v4")).to_have_count(120)
