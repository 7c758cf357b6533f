"""The pages: what they show, how one walks through them, what they do when there is nothing to show."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.web.asking import ask, log_versions
from tests.web.conftest import Watch
from tests.web.looking import PHONE, THEMES, WIDTHS, Theme, at_width, content, in_theme, serious_findings, sticks_out

PAGES = (
    "/",
    "/search?q=zoo",
    "/registry/default/model",
    "/registry/default/model/-/members",
    "/registry/default/model/zoo",
    "/registry/default/model/zoo/v2/overview",
    "/registry/default/model/zoo/v2/files",
    "/registry/default/model/zoo/v2/metadata",
    "/registry/default/model/zoo/v1/overview",
    "/registry/default/model/zoo/nothing/overview",
    "/projects/zoo-team/wildlife-models",
    "/projects/zoo-team/wildlife-models/-/artifacts",
    "/projects/zoo-team/wildlife-models/-/members",
    "/projects/zoo-team/zoo/-/overview",
    "/projects/zoo-team/zoo/artifacts/split_zoo_dataset",
    "/projects/zoo-team/zoo/artifacts/split_zoo_dataset/v4/overview",
    "/projects/zoo-team/zoo/runs/md24x3pe",
)


def open_page(page: Page, address: str) -> None:
    """Open an address, and wait for what it shows."""
    page.goto(address)
    expect(content(page)).to_be_visible()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)


def choose_version(page: Page, typed: str) -> None:
    """Take a version from the dropdown beside the collection's name, by the keyboard."""
    page.get_by_role("button", name="choose another").click()
    page.keyboard.type(typed)
    expect(page.get_by_role("option").first).to_contain_text(typed)
    page.keyboard.press("Enter")


def test_from_the_registry_to_the_lineage_of_a_version(page: Page) -> None:
    open_page(page, "/")
    page.get_by_role("main").get_by_role("link", name=re.compile("^model")).click()
    page.get_by_role("link", name="zoo", exact=True).click()
    expect(page.get_by_role("heading", name="zoo", level=1)).to_be_visible()
    choose_version(page, "v2")
    expect(page).to_have_url(re.compile("/registry/default/model/zoo/v2/overview$"))
    page.get_by_role("navigation", name="Collection").get_by_role("link", name="Lineage").click()
    expect(page).to_have_url(re.compile("/registry/default/model/zoo/v2/lineage$"))
    expect(page).to_have_title("Lineage · zoo:v2 · gqlregistry")
    page.get_by_role("button", name=re.compile("^Run magic-dream-24")).click()
    expect(page.get_by_role("region", name="Details").get_by_role("heading", name="magic-dream-24")).to_be_visible()
    choose_version(page, "v3")
    expect(page).to_have_url(re.compile("/registry/default/model/zoo/v3/lineage$"))


def test_from_the_menu_beside_the_name_to_the_action_history(page: Page) -> None:
    open_page(page, "/registry/default/model/zoo")
    page.get_by_role("button", name="Actions on zoo").click()
    page.get_by_role("menuitem", name="Action history").click()
    expect(page).to_have_url(re.compile(r"/registry/default/model/zoo/history(\?version=v3)?$"))
    expect(page.get_by_role("link", name="Action history")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("main")).to_contain_text("withdrawn: had seen the test images")
    page.go_back()
    expect(page.get_by_role("region", name="Versions").get_by_role("row")).to_have_count(4)


def test_the_chosen_version_stays_chosen_beside_the_versions(page: Page) -> None:
    open_page(page, "/registry/default/model/zoo/v2/files")
    page.get_by_role("navigation", name="Collection").get_by_role("link", name="Versions").click()
    expect(page.get_by_role("button", name="Version v2, choose another")).to_be_visible()
    page.get_by_role("navigation", name="Collection").get_by_role("link", name="Metadata").click()
    expect(page).to_have_url(re.compile("/v2/metadata$"))


def test_a_version_that_is_not_among_the_first_is_found(own_demo_url: str, page: Page) -> None:
    log_versions(own_demo_url, "zoo-team/zoo/many", 112)
    open_page(page, f"{own_demo_url}/projects/zoo-team/zoo/artifacts/many")
    page.get_by_role("button", name="choose another").click()
    expect(page.get_by_role("option").first).to_contain_text("v111")
    expect(page.get_by_role("option", name=re.compile(r"^v3\b"))).to_have_count(0)
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/many/v3/overview$"))
    # By scrolling, too.
    page.get_by_role("button", name="choose another").click()
    for oldest in ("v62", "v12", "v0"):
        option = page.get_by_role("option", name=re.compile(rf"^{oldest}\b"))
        expect(option).to_have_count(1)
        option.scroll_into_view_if_needed()
    option.click()
    expect(page).to_have_url(re.compile("/many/v0/overview$"))


def test_an_alias_is_an_address(page: Page) -> None:
    open_page(page, "/registry/default/model/zoo/production/overview")
    expect(page.get_by_role("button", name="Version v2, choose another")).to_be_visible()


def test_a_collection_has_one_address(own_demo_url: str, page: Page) -> None:
    ask(
        own_demo_url,
        """mutation {
          updateCollection(input: {collection: {name: "model/zoo"}, name: "animals"}) { errors { message } }
        }""",
    )
    page.goto(f"{own_demo_url}/registry/default/model/zoo/v2/files?path=config")
    expect(page).to_have_url(re.compile(r"/registry/default/model/animals/v2/files\?path=config$"))
    page.goto(f"{own_demo_url}/registry/default/model/zoo/history?version=v2&alias=production")
    expect(page).to_have_url(re.compile(r"/animals/history\?version=v2&alias=production$"))


def test_a_version_says_what_it_is(page: Page) -> None:
    open_page(page, "/registry/default/model/zoo/v2/overview")
    facts = page.get_by_role("complementary", name="About v2")
    for said in ("production", "Maya Okafor", "zoo-md24x3pe:v0", "1.4 KB in 2 files", "sha256:8e1a161d5b5a…"):
        expect(facts).to_contain_text(said)
    expect(page.get_by_role("region", name="Produced by")).to_contain_text("magic-dream-24")
    expect(page.get_by_role("region", name="Used by")).to_contain_text("lunar-harvest-25")
    expect(page.get_by_role("region", name="Also in")).to_contain_text("zoo-team/zoo/zoo-md24x3pe:v0")
    page.get_by_role("link", name="zoo-md24x3pe:v0", exact=True).click()
    expect(page).to_have_url(re.compile("/projects/zoo-team/zoo/artifacts/zoo-md24x3pe/v0/overview$"))


def test_a_digest_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, "/registry/default/model/zoo/v2/overview")
    page.get_by_role("button", name="Copy digest").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    assert page.evaluate("() => navigator.clipboard.readText()").startswith("sha256:8e1a161d5b5ab9b35150d681a4d82736")


def test_files_are_filtered_and_downloaded(page: Page, tmp_path: Path) -> None:
    open_page(page, "/registry/default/model/zoo/v2/files")
    page.get_by_role("searchbox", name="Filter by path").fill("CONFIG")
    expect(page.get_by_text("1 file", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?path=CONFIG$"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download config.json").click()
    download.value.save_as(tmp_path / "config.json")
    assert json.loads((tmp_path / "config.json").read_text())["architecture"] == "convnext-tiny"


def test_metadata_are_a_tree_that_is_filtered(own_demo_url: str, page: Page) -> None:
    metadata = {
        "optimizer": {"name": "adamw", "betas": [0.9, 0.999]},
        "seeds": [f"seed-{index}" for index in range(250)],
        "note": "x" * 900,
    }
    ask(
        own_demo_url,
        """mutation ($metadata: JSON!) {
          updateArtifact(input: {artifact: {name: "zoo-team/zoo/zoo-md24x3pe:v0"}, metadata: $metadata}) {
            errors { message }
          }
        }""",
        metadata=metadata,
    )
    open_page(page, f"{own_demo_url}/projects/zoo-team/zoo/artifacts/zoo-md24x3pe/v0/metadata")
    tree = page.get_by_role("region", name="Metadata")
    expect(tree.get_by_text("adamw")).to_be_visible()
    expect(tree.get_by_text("seed-99")).to_be_visible()
    expect(tree.get_by_text("seed-249")).to_have_count(0)
    assert serious_findings(page) == []
    tree.get_by_role("button", name="Show 150 more").click()
    expect(tree.get_by_text("seed-249")).to_be_visible()
    tree.get_by_role("button", name="seeds").click()
    expect(tree.get_by_text("seed-249")).to_have_count(0)
    tree.get_by_role("searchbox").fill("beta")
    expect(tree.get_by_text("0.999")).to_be_visible()
    expect(tree.get_by_text("adamw")).to_have_count(0)


def test_a_run_says_what_went_in_and_what_came_out(page: Page) -> None:
    open_page(page, "/projects/zoo-team/zoo/runs/md24x3pe")
    expect(page).to_have_title("magic-dream-24 · gqlregistry")
    expect(
        page.get_by_role("region", name="Inputs").get_by_role("row", name=re.compile("split_zoo_dataset:v4 v4"))
    ).to_have_count(1)
    expect(page.get_by_role("region", name="Outputs")).to_contain_text("zoo-md24x3pe:v0")
    expect(page.get_by_role("region", name="Summary")).to_contain_text("0.87")
    expect(page.get_by_role("region", name="Config")).to_contain_text("convnext-tiny")
    expect(page.get_by_role("complementary", name="About this run")).to_contain_text("3 h 30 min")
    page.get_by_role("navigation", name="Run").get_by_role("link", name="Lineage").click()
    expect(page).to_have_url(re.compile("/runs/md24x3pe/lineage$"))


def test_a_run_says_by_which_name_it_found_its_input(page: Page) -> None:
    # happy-haze-28 asked the registry for what is in production.
    open_page(page, "/registry/default/model/zoo/v2/overview")
    page.get_by_role("link", name="happy-haze-28").click()
    row = page.get_by_role("region", name="Inputs").get_by_role("row").filter(has_text="zoo-md24x3pe:v0")
    expect(row).to_contain_text("production")
    expect(row.get_by_role("link", name="default/model/zoo")).to_have_attribute("href", "/registry/default/model/zoo")


def test_runs_are_filtered_and_all_of_them_come(page: Page) -> None:
    open_page(page, "/projects/zoo-team/wildlife-models")
    runs = page.get_by_role("region", name="Runs").get_by_role("row")
    expect(runs).to_have_count(51)
    page.get_by_role("button", name="Load more").scroll_into_view_if_needed()
    expect(runs).to_have_count(101)
    page.get_by_role("button", name="Load more").scroll_into_view_if_needed()
    expect(runs).to_have_count(113)
    page.get_by_label("State").select_option("failed")
    expect(page.get_by_role("cell", name="finished")).to_have_count(0)
    expect(page.get_by_role("cell", name="failed").first).to_be_visible()
    page.get_by_role("searchbox", name="Filter by name").fill("quiet-plant")
    expect(runs).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?state=FAILED&q=quiet-plant$"))
    page.reload()
    expect(runs).to_have_count(2)


def test_a_page_of_a_list_that_is_refused_is_asked_for_when_the_reader_says_so(page: Page, watch: Watch) -> None:
    watch.allow("status of 503")
    refused: list[Request] = []

    def refuse(route: Route) -> None:
        if json.loads(route.request.post_data or "{}")["variables"].get("after"):
            refused.append(route.request)
            route.fulfill(status=503, json={"errors": [{"message": "too busy", "extensions": {"code": "UNAVAILABLE"}}]})
        else:
            route.continue_()

    page.route("**/graphql", refuse)
    open_page(page, "/projects/zoo-team/wildlife-models")
    page.get_by_role("region", name="Runs").get_by_role("row").last.scroll_into_view_if_needed()
    expect(page.get_by_role("alert")).to_contain_text("too busy")
    page.wait_for_load_state("networkidle")
    assert len(refused) == 1
    page.unroute("**/graphql")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("region", name="Runs").get_by_role("row").nth(60)).to_be_attached()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_somebody_wrote_is_shown_whatever_it_links_to(own_demo_url: str, page: Page) -> None:
    ask(
        own_demo_url,
        """mutation ($text: String!) {
          updateCollection(input: {collection: {name: "model/zoo"}, description: $text}) { errors { message } }
        }""",
        text="See [nowhere](http://[) and ![a picture](http://[/x.png), or [the paper](https://example.org/paper).",
    )
    open_page(page, f"{own_demo_url}/registry/default/model/zoo")
    about = page.get_by_role("region", name="About this collection")
    expect(about).to_contain_text("See nowhere and a picture, or the paper.")
    expect(about.get_by_role("link", name="the paper")).to_have_attribute("target", "_blank")


def test_the_search_is_walked_by_the_keyboard(page: Page) -> None:
    open_page(page, "/")
    page.keyboard.press("/")
    page.keyboard.type("zoo")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Search for “zoo”")).to_be_visible()
    expect(page.get_by_role("region", name="Registry collections")).to_contain_text("default/model/zoo")
    expect(page.get_by_role("region", name="Projects")).to_contain_text("zoo-team/zoo")
    page.get_by_role("combobox", name="Search").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("region", name="Registry collections").get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("region", name="Projects").get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/registry/default/model/zoo$"))


def test_a_search_is_narrowed_to_a_kind_which_stands_in_the_address(page: Page) -> None:
    open_page(page, "/search?q=zoo")
    expect(page.get_by_role("region", name="Projects")).to_be_visible()
    kinds = page.get_by_role("navigation", name="Kinds")
    kinds.get_by_role("link", name="Collections").click()
    expect(page).to_have_url(re.compile(r"/search\?q=zoo&kind=COLLECTION$"))
    expect(page.get_by_role("region", name="Registry collections")).to_contain_text("default/model/zoo")
    expect(page.get_by_role("region", name="Projects")).to_have_count(0)
    page.reload()
    expect(kinds.get_by_role("link", name="Collections")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("region", name="Projects")).to_have_count(0)
    # Another text is searched for among the same kind.
    page.get_by_role("combobox", name="Search").fill("magic-dream")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    kinds.get_by_role("link", name="Everything").click()
    expect(page.get_by_role("region", name="Runs")).to_contain_text("magic-dream-24")
    page.go_back()
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()


def test_a_suggestion_is_taken_without_the_page_of_results(page: Page) -> None:
    open_page(page, "/")
    page.keyboard.press("/")
    page.keyboard.type("magic-dream")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/projects/zoo-team/zoo/runs/md24x3pe$"))


def test_a_version_that_was_unlinked_says_so(page: Page) -> None:
    open_page(page, "/registry/default/model/zoo/v1/overview")
    notice = page.get_by_role("note")
    expect(notice).to_contain_text("v1 was unlinked by")
    expect(notice).to_contain_text("“withdrawn: had seen the test images”")
    notice.get_by_role("link", name="Show zoo-gh22k7rt:v0").click()
    expect(page).to_have_url(re.compile("/artifacts/zoo-gh22k7rt/v0/overview$"))


def test_a_version_that_was_deleted_says_so_and_has_its_lineage(page: Page) -> None:
    open_page(page, "/projects/zoo-team/zoo/artifacts/split_zoo_dataset/v2/overview")
    notice = page.get_by_role("note")
    expect(notice).to_contain_text("v2 was deleted by")
    expect(notice).to_contain_text("“photos of visitors who did not consent”")
    notice.get_by_role("link", name="Show its lineage").click()
    expect(page).to_have_url(re.compile("/split_zoo_dataset/v2/lineage$"))


@pytest.mark.parametrize(
    "address",
    [
        "/registry/default/nothing",
        "/registry/default/model/nothing",
        "/projects/zoo-team/nothing",
        "/projects/zoo-team/zoo/artifacts/nothing/v0/overview",
        "/projects/zoo-team/zoo/runs/nothing",
        "/registry/default/model/zoo/v2/nothing",
        "/registry/default/model/-/nothing",
    ],
)
def test_what_is_not_there_has_one_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name=re.compile("^There is no such "))).to_be_visible()
    expect(page).to_have_title("Not found · gqlregistry")


def test_an_empty_server_says_how_to_begin(empty_url: str, page: Page) -> None:
    open_page(page, empty_url)
    expect(page.get_by_role("heading", name="Log the first run")).to_be_visible()
    expect(page.get_by_text(f"export WANDB_BASE_URL={empty_url}/wandb")).to_be_visible()
    page.get_by_role("button", name="GraphQL").click()
    # What it shows to be run is run.
    ask(empty_url, page.locator("pre", has_text="mutation FirstRun").inner_text())
    page.reload()
    expect(page.get_by_role("heading", name="Log the first run")).to_have_count(0)
    page.get_by_role("link", name=re.compile("first-steps")).click()
    expect(page.get_by_role("region", name="Runs").get_by_role("row")).to_have_count(2)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_takes_two_round_trips_at_most(page: Page, address: str) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/graphql") else None)
    open_page(page, address)
    page.wait_for_load_state("networkidle")
    assert 1 <= len(asked) <= 2, [request.post_data for request in asked]


def test_what_the_server_refuses_is_shown_with_a_retry(page: Page, watch: Watch) -> None:
    watch.allow("status of 503")
    refusal = {"errors": [{"message": "the database can't be reached", "extensions": {"code": "UNAVAILABLE"}}]}
    page.route("**/graphql", lambda route: route.fulfill(status=503, json=refusal))
    page.goto("/registry/default/model")
    expect(page.get_by_role("alert")).to_contain_text("the database can't be reached")
    page.unroute("**/graphql")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="model", level=1)).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("address", PAGES)
def test_everybody_can_use_every_page(page: Page, address: str, theme: Theme) -> None:
    in_theme(page, theme)
    open_page(page, address)
    assert serious_findings(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_any_window(page: Page, width: int) -> None:
    at_width(page, width)
    for address in PAGES:
        open_page(page, address)
        assert sticks_out(page) == 0, address


def test_menus_and_dialogs_can_be_used_by_everybody(page: Page) -> None:
    open_page(page, "/registry/default/model/zoo/v2/overview")
    page.get_by_role("button", name="choose another").click()
    expect(page.get_by_role("option")).to_have_count(3)
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Actions on zoo").click()
    expect(page.get_by_role("menuitem").first).to_be_focused()
    assert serious_findings(page) == []
    page.get_by_role("menuitem", name="Link v2 to a registry").click()
    expect(page.get_by_role("combobox", name="Collection")).to_be_focused()
    expect(page.get_by_role("option").first).to_be_visible()
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Actions on zoo")).to_be_focused()


def test_long_names_fit_a_phone(own_demo_url: str, page: Page) -> None:
    name = "w" * 60 + "_" + "x" * 60
    ask(
        own_demo_url,
        """mutation ($name: String!, $run: String!, $file: String!, $alias: String!) {
          createRun(input: {project: {name: "zoo-team/zoo"}, name: "long", displayName: $name, group: $name}) {
            errors { message }
          }
          logArtifact(input: {
            run: {name: $run}, collection: {name: $name}, type: "a type of quite some words", aliases: [$alias]
            files: [{path: $file, reference: "s3://bucket/long"}], description: $file, metadata: {long: $file}
          }) { errors { message } }
        }""",
        name=name,
        run="zoo-team/zoo/long",
        file="d" * 200,
        alias="a" * 128,
    )
    at_width(page, PHONE)
    collection = f"/projects/zoo-team/zoo/artifacts/{name}"
    for address in (
        collection,
        *(f"{collection}/v0/{tab}" for tab in ("overview", "files", "metadata")),
        "/projects/zoo-team/zoo",
        "/projects/zoo-team/zoo/-/artifacts",
        "/projects/zoo-team/zoo/runs/long",
        "/search?q=www",
    ):
        open_page(page, f"{own_demo_url}{address}")
        assert sticks_out(page) == 0, address


def test_all_runs_that_used_a_version_are_shown_when_they_are_asked_for(page: Page) -> None:
    open_page(page, "/projects/zoo-team/wildlife-data/artifacts/species_list/v0/overview")
    used_by = page.get_by_role("region", name="Used by")
    expect(used_by.get_by_role("row")).to_have_count(26)
    used_by.get_by_role("button", name=re.compile(r"^Show all \d+ runs$")).click()
    expect(used_by.get_by_role("row").nth(60)).to_be_visible()


def test_another_page_is_read_from_its_top_and_the_former_from_where_it_was(page: Page) -> None:
    open_page(page, "/projects/zoo-team/wildlife-models")
    run = page.get_by_role("region", name="Runs").get_by_role("link").nth(45)
    run.scroll_into_view_if_needed()
    expect(page.get_by_role("banner")).to_be_in_viewport()
    left_at = page.evaluate("scrollY")
    assert left_at > 500
    run.click()
    expect(page.get_by_role("region", name="Inputs")).to_be_visible()
    assert page.evaluate("scrollY") == 0
    page.go_back()
    expect(run).to_be_in_viewport()


def test_a_page_whose_thing_is_deleted_meanwhile_says_so(own_demo_url: str, page: Page) -> None:
    page.clock.install()
    open_page(page, f"{own_demo_url}/registry/default/model/zoo")
    ask(own_demo_url, 'mutation { deleteCollection(input: {collection: {name: "model/zoo"}}) { errors { message } } }')
    page.clock.fast_forward("00:30")
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("heading", name="There is no such collection")).to_be_visible()
