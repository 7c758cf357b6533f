"""The action history: what is said, its filters and their address, the aliases through time, what is exported."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.web.asking import add_tag, ask, set_alias
from tests.web.conftest import Watch
from tests.web.looking import PHONE, THEMES, WIDTHS, Theme, at_width, in_theme, serious_findings, sticks_out

COLLECTION = "/registry/default/model/zoo"
HISTORY = f"{COLLECTION}/history"


def lines(page: Page) -> Locator:
    """The lines that are shown."""
    return page.locator("main li").filter(has=page.get_by_role("button", name=re.compile("^Details: ")))


def opened(page: Page, address: str) -> Locator:
    """The lines of a history, once the first of them are there."""
    page.goto(address)
    expect(lines(page).first).to_be_visible()
    return lines(page)


def test_a_move_is_one_line_that_says_who_what_from_where_to_where_and_why(page: Page) -> None:
    line = opened(page, HISTORY).filter(has_text="third release")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Tomas Novak moved production from v0 to v2")
    expect(line.get_by_role("time").first).to_have_attribute("title", re.compile(r"Wednesday.* 11 March 2026.* 09:00"))
    expect(page.get_by_role("heading", name="Wednesday, 11 March 2026")).to_be_visible()
    line.get_by_role("button", name=re.compile("^Details")).click()
    expect(line.locator("code").filter(has_text=re.compile(r"^[0-9a-f]{64}$"))).to_have_count(2)
    line.get_by_role("link", name="v2").first.click()
    expect(page).to_have_url(re.compile(f"{COLLECTION}/v2/overview$"))


def test_the_lines_are_those_of_the_log_a_move_being_one(page: Page, demo_url: str) -> None:
    log = ask(
        demo_url,
        """{ collection(ref: {name: "model/zoo"}) { actionHistory(first: 100) {
          nodes { kind previousVersion } pageInfo { hasNextPage } } } }""",
    )["collection"]["actionHistory"]
    assert not log["pageInfo"]["hasNextPage"]
    moves = sum(event["previousVersion"] is not None for event in log["nodes"])
    assert moves > 0
    expect(opened(page, HISTORY)).to_have_count(len(log["nodes"]) - moves)


def test_filters_stand_in_the_address_and_the_back_button_takes_them_away(page: Page) -> None:
    shown = opened(page, HISTORY)
    everything = shown.count()
    page.get_by_role("button", name="Alias", exact=True).click()
    page.get_by_role("listbox").get_by_role("option", name="production").click()
    expect(page).to_have_url(re.compile(r"\?alias=production$"))
    expect(shown).to_have_count(4)
    page.get_by_role("button", name="Person", exact=True).click()
    page.get_by_role("combobox", name="Person").fill("priya")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"by=priya"))
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("rollback")
    page.reload()
    expect(shown).to_have_count(1)
    page.go_back()
    expect(shown).to_have_count(4)
    page.go_back()
    expect(shown).to_have_count(everything)
    page.go_forward()
    expect(shown).to_have_count(4)
    page.get_by_role("button", name="Clear filter: Alias").click()
    expect(shown).to_have_count(everything)


def test_kinds_can_be_chosen_one_by_one_and_by_group_in_one_step_of_the_back_button(page: Page) -> None:
    shown = opened(page, HISTORY)
    everything = shown.count()
    page.get_by_role("button", name="Kind", exact=True).click()
    page.get_by_role("checkbox", name="Versions").check()
    page.get_by_role("checkbox", name="Version edited").uncheck()
    expect(page).to_have_url(re.compile("kind=VERSION_ADDED%2CVERSION_REMOVED%2CARTIFACT_DELETED"))
    page.keyboard.press("Escape")
    expect(shown).to_have_count(5)
    expect(shown.filter(has_text="unlinked")).to_contain_text("withdrawn: had seen the test images")
    page.go_back()
    expect(shown).to_have_count(everything)


def test_days_of_the_reader_bound_what_is_shown(page: Page) -> None:
    shown = opened(page, HISTORY)
    page.get_by_role("button", name="Time", exact=True).click()
    page.get_by_label("From", exact=True).fill("2026-03-03")
    page.get_by_label("Until", exact=True).fill("2026-03-04")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile("from=2026-03-03&until=2026-03-04"))
    expect(shown).to_have_count(2)
    expect(page.get_by_role("button", name="Time: 3 Mar 2026 to 4 Mar 2026")).to_be_visible()


def test_a_version_may_be_typed_as_a_number_and_what_matches_nothing_says_so(page: Page) -> None:
    opened(page, HISTORY)
    page.get_by_role("button", name="Version", exact=True).click()
    page.get_by_role("combobox", name="Version").fill("99")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("of=v99"))
    expect(page.get_by_role("heading", name="Nothing matches these filters")).to_be_visible()
    page.get_by_role("button", name="Clear all filters").click()
    expect(lines(page).first).to_be_visible()


def test_a_name_leads_to_what_its_bearer_did(page: Page) -> None:
    shown = opened(page, HISTORY)
    shown.first.get_by_role("link", name="Priya Raman").click()
    expect(page).to_have_url(re.compile(r"\?by=priya$"))
    expect(shown.filter(has_not_text="Priya Raman")).to_have_count(0)


def test_the_history_of_a_server_is_read_to_its_end_without_a_jump(page: Page, demo_url: str) -> None:
    total = ask(demo_url, "{ actionEvents(first: 1) { totalCount } }")["actionEvents"]["totalCount"]
    moves = 0
    after = None
    while True:
        events = ask(
            demo_url,
            """query ($after: String) { actionEvents(first: 100, after: $after) {
              nodes { previousVersion } pageInfo { hasNextPage endCursor } } }""",
            after=after,
        )["actionEvents"]
        moves += sum(event["previousVersion"] is not None for event in events["nodes"])
        after = events["pageInfo"]["endCursor"]
        if not events["pageInfo"]["hasNextPage"]:
            break
    shown = opened(page, "/history")
    first = shown.first.text_content()
    for _ in range(total // 50 + 2):
        before = shown.count()
        marked = shown.nth(before - 2)
        marked.scroll_into_view_if_needed()
        place, text = marked.bounding_box(), marked.text_content()
        if page.get_by_text("This is where it began.").is_visible():
            break
        expect(shown.nth(before)).to_be_attached()
        assert marked.text_content() == text
        assert marked.bounding_box() == place
    expect(shown).to_have_count(total - moves)
    assert shown.first.text_content() == first


def test_what_is_new_waits_above_until_it_is_asked_for(page: Page, own_demo_url: str) -> None:
    # No socket: then the history is asked for every 15 seconds.
    page.route_web_socket("**/graphql", lambda socket: socket.close())
    page.clock.install()
    shown = opened(page, f"{own_demo_url}{HISTORY}")
    # What is above the lines has come, too.
    above = page.get_by_role("region", name="Aliases over time")
    expect(above.get_by_text("production is v2 now")).to_be_visible()
    expect(above.get_by_label("Loading")).to_have_count(0)
    first = shown.first
    place, text = first.bounding_box(), first.text_content()
    set_alias(own_demo_url, "model/zoo", "staging", "v2", "an earlier one, to compare")
    page.clock.run_for(16_000)
    new = page.get_by_role("button", name="1 new line")
    expect(new).to_be_visible()
    assert (first.bounding_box(), first.text_content()) == (place, text)
    new.click()
    expect(first).to_contain_text("moved staging from v3 to v2")
    expect(new).to_be_hidden()


@pytest.mark.parametrize("address", [HISTORY, "/registry/default/model/-/history", "/history"])
def test_what_others_do_is_told_and_not_asked_for(page: Page, own_demo_url: str, address: str) -> None:
    with page.expect_websocket() as opening:
        opened(page, f"{own_demo_url}{address}")
    new = page.get_by_role("button", name=re.compile("new lines?$"))
    with opening.value.expect_event("framereceived", lambda frame: '"next"' in str(frame)):
        # Until the server has begun to follow, what happens is not told.
        for attempt in range(20):
            add_tag(own_demo_url, "model/zoo", f"followed-{attempt}")
            page.wait_for_timeout(250)
            if new.is_visible():
                break
    # It would be asked for after a minute, which is longer than anything is waited for here.
    expect(new).to_be_visible()
    new.click()
    expect(lines(page).first).to_contain_text("added the tag followed-")


def test_a_socket_that_breaks_is_opened_again_and_what_was_missed_is_read(page: Page, own_demo_url: str) -> None:
    page.clock.install()
    sockets: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server()

    page.route_web_socket("**/graphql", through)
    opened(page, f"{own_demo_url}{HISTORY}")
    while not sockets:
        page.wait_for_timeout(50)
    sockets[0].close()
    add_tag(own_demo_url, "model/zoo", "missed")
    page.clock.run_for(5_000)
    expect(page.get_by_role("button", name="1 new line")).to_be_visible()
    assert len(sockets) == 2


def test_what_the_reader_does_is_a_line_at_once(page: Page, own_demo_url: str) -> None:
    shown = opened(page, f"{own_demo_url}{HISTORY}")
    page.get_by_role("button", name="Add tag").click()
    page.keyboard.type("reviewed")
    page.keyboard.press("Enter")
    expect(shown.first).to_contain_text("added the tag reviewed to model/zoo")


def test_what_an_alias_was_on_a_day_is_answered_and_stands_in_the_address(page: Page) -> None:
    opened(page, HISTORY)
    page.get_by_label("Day", exact=True).fill("2026-03-03")
    answer = page.locator(".alias-at").get_by_role("status")
    expect(answer).to_contain_text("production was v1 at the end of 3 Mar 2026")
    expect(answer).to_contain_text("v0 until 09:30, then v1")
    expect(answer).to_contain_text("Set by Tomas Novak")
    page.get_by_label("Time, if not the whole day").fill("08:00")
    expect(answer).to_contain_text("production was v0 on 3 Mar 2026, 08:00")
    expect(page).to_have_url(re.compile(r"lane=production&on=2026-03-03T08%3A00"))
    page.get_by_role("combobox", name="Alias").select_option("staging")
    expect(answer).to_contain_text("staging was v1")
    page.reload()
    expect(answer).to_contain_text("staging was v1")
    page.get_by_label("Day", exact=True).fill("2026-03-15")
    expect(answer).to_contain_text("staging was not set on 15 Mar 2026")
    page.get_by_role("button", name="Now", exact=True).click()
    expect(answer).to_contain_text("staging is v3 now")


def test_a_timeline_is_walked_by_the_keyboard_and_tells_who_and_why(page: Page) -> None:
    opened(page, HISTORY)
    bars = page.get_by_role("group", name="production over time").get_by_role("button")
    expect(bars).to_have_count(4)
    bars.last.focus()
    page.keyboard.press("ArrowLeft")
    expect(bars.nth(2)).to_be_focused()
    expect(bars.nth(2)).to_have_attribute("aria-label", re.compile("production was v0 .* Priya Raman: rollback.*"))
    card = page.locator(".timeline-card")
    expect(card).to_contain_text("rollback: takes every umbrella for a flamingo")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"on=2026-03-04T07%3A45"))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    bars.first.hover()
    expect(card).to_contain_text("first release")
    page.get_by_role("button", name="Table", exact=True).click()
    expect(page.get_by_role("group", name="What production was, and when").get_by_role("row")).to_have_count(5)


def exported(page: Page, tmp_path: Path, form: str) -> str:
    """What is saved in a format, as it is."""
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog", name="Export the action history")
    dialog.get_by_label(form).check()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Export").click()
    expect(dialog.get_by_text(re.compile(r"events? saved\."))).to_be_visible()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    dialog.get_by_role("button", name="Close").last.click()
    return file.read_bytes().decode()


def test_all_that_the_filters_select_is_exported(page: Page, demo_url: str, tmp_path: Path) -> None:
    opened(page, "/history?kind=VERSION_ADDED")
    total = ask(demo_url, "{ actionEvents(filter: {kinds: [VERSION_ADDED]}, first: 1) { totalCount } }")["actionEvents"]
    assert total["totalCount"] > 200
    rows = list(csv.DictReader(io.StringIO(exported(page, tmp_path, "CSV").removeprefix("\ufeff"), newline="")))
    objects = [json.loads(line) for line in exported(page, tmp_path, "NDJSON").splitlines()]
    assert len(rows) == len(objects) == total["totalCount"]
    assert [row["id"] for row in rows] == [each["id"] for each in objects]
    assert {row["kind"] for row in rows} == {"VERSION_ADDED"}
    assert json.loads(rows[-1]["detail"]) == objects[-1]["detail"]


def test_no_cell_of_an_export_is_a_formula(page: Page, own_demo_url: str, tmp_path: Path) -> None:
    set_alias(own_demo_url, "model/zoo", "staging", "v2", '=HYPERLINK("http://elsewhere","look")')
    opened(page, f"{own_demo_url}{HISTORY}")
    (row, *_) = csv.DictReader(io.StringIO(exported(page, tmp_path, "CSV").removeprefix("\ufeff"), newline=""))
    assert row["reason"] == '\'=HYPERLINK("http://elsewhere","look")'


def test_an_export_that_fails_says_why_and_goes_on(page: Page, watch: Watch, tmp_path: Path) -> None:
    watch.allow("Failed to load resource")
    opened(page, "/history?kind=VERSION_ADDED")
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile(r"\d+ events"))).to_be_visible()
    pages = 0

    def fail_once(route: Any) -> None:
        nonlocal pages
        pages += "HistoryEvents(" in (route.request.post_data or "")
        if pages == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/graphql", fail_once)
    dialog.get_by_role("button", name="Export").click()
    expect(dialog.get_by_role("alert")).to_contain_text("can’t be reached")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Try again").click()
    download.value.save_as(tmp_path / "file.csv")
    ids = [row["id"] for row in csv.DictReader(io.StringIO((tmp_path / "file.csv").read_text("utf-8-sig"), newline=""))]
    assert len(ids) == len(set(ids)) > 200


def test_a_place_where_nothing_happened_says_what_will_stand_there(page: Page, empty_url: str) -> None:
    page.goto(f"{empty_url}/history?alias=production")
    expect(page.get_by_role("heading", name="Nothing matches these filters")).to_be_visible()


def test_a_server_that_refuses_is_quoted(page: Page, watch: Watch) -> None:
    watch.allow("status of 400")
    page.goto(f"{HISTORY}?of=three")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("a version is written like v4")


def open_kinds(page: Page) -> None:
    """The kinds are being chosen."""
    page.get_by_role("button", name="Kind", exact=True).click()


def open_details(page: Page) -> None:
    """The details of the first line are shown."""
    lines(page).first.get_by_role("button", name=re.compile("^Details")).click()


def open_export(page: Page) -> None:
    """The question for the format is shown."""
    page.get_by_role("button", name="Export").click()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("act", [open_kinds, open_details, open_export])
def test_everybody_can_use_it(page: Page, theme: Theme, act: Callable[[Page], None]) -> None:
    in_theme(page, theme)
    opened(page, f"{HISTORY}?on=2026-03-03&by=priya")
    act(page)
    assert serious_findings(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", [f"{HISTORY}?on=2026-03-03", "/history"])
def test_it_fits_any_window(page: Page, width: int, address: str) -> None:
    at_width(page, width)
    opened(page, address)
    if width == PHONE:
        open_details(page)
    assert sticks_out(page) == 0
