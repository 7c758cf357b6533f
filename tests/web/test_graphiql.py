"""GraphiQL: from this server alone, with the docs' examples, the session's key or one from its headers."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.web.asking import add_tag
from tests.web.looking import PHONE, THEMES, WIDTHS, Theme, at_width, in_theme, serious_findings, sticks_out

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(ROOT.glob("docs/examples/*.graphql"))


def opened(page: Page, address: str = "/graphql") -> Page:
    """GraphiQL, once its editor can be used and it has read the schema."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/graphql")):
        page.goto(address)
    expect(page.locator(".graphiql-query-editor .view-line").first).to_be_visible()
    return page


def operation(page: Page) -> Locator:
    """The text of the operation, as far as it is in sight."""
    return page.locator(".graphiql-query-editor .view-lines")


def answer(page: Page) -> Locator:
    """What the server said."""
    return page.locator(".graphiql-response .view-lines")


def write(page: Page, editor: Locator, text: str) -> None:
    """Replace what is in an editor. It closes brackets by itself; typing over those it made is fine on one line."""
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def run(page: Page) -> None:
    """Ask what is in the editor."""
    page.get_by_role("button", name="Execute query").click()


@pytest.fixture
def requests(page: Page) -> list[Request]:
    """All that the page asks for."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    return asked


def test_the_examples_of_the_docs_are_tabs_and_the_first_is_answered(page: Page) -> None:
    opened(page)
    expect(page.get_by_role("tab")).to_have_count(len(EXAMPLES))
    expect(page).to_have_title(re.compile("GraphiQL"))
    run(page)
    expect(answer(page)).to_contain_text("rural-feather-20")


def test_an_example_comes_with_its_variables(page: Page) -> None:
    opened(page)
    page.get_by_role("region", name="Examples").get_by_role("button", name="Production at").click()
    expect(page.get_by_role("tab", selected=True)).to_contain_text("ProductionAt")
    expect(page.locator(".graphiql-editor-tool .view-lines").first).to_contain_text("2026-03-03T12:00:00Z")
    run(page)
    expect(answer(page)).to_contain_text('"v1"')


def test_an_example_whose_tab_was_closed_opens_again(page: Page) -> None:
    opened(page)
    page.get_by_role("tab", name="Chain").hover()
    page.get_by_role("button", name="Close Tab").first.click()
    expect(page.get_by_role("tab", name="Chain")).to_have_count(0)
    page.get_by_role("region", name="Examples").get_by_role("button", name="Chain").click()
    expect(page.get_by_role("tab", name="Chain")).to_have_attribute("aria-selected", "true")
    run(page)
    expect(answer(page)).to_contain_text("rural-feather-20")
    page.reload()
    expect(page.get_by_role("tab", name="Chain")).to_have_attribute("aria-selected", "true")


def test_an_example_that_is_opened_at_once_after_another_was_closed_leaves_the_names_of_tabs(page: Page) -> None:
    opened(page)
    names = page.locator('[role="tab"] [aria-controls]').all_text_contents()
    page.evaluate("""async () => {
      document.querySelector('[role="tab"] [aria-label="Close Tab"]').click()
      await new Promise(requestAnimationFrame)
      document.querySelector('[aria-label="Examples"] li button').click()
    }""")
    expect(page.locator('[role="tab"] [aria-controls]')).to_have_text([*names[1:], names[0]])


def test_what_is_typed_is_asked_completed_and_kept(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="New tab").click()
    expect(page.get_by_role("tab", selected=True)).to_contain_text("untitled")
    write(page, operation(page), "query Mine { serverInfo { maxPageSize } }")
    run(page)
    expect(answer(page)).to_contain_text('"maxPageSize"')
    # GraphiQL keeps its tabs half a second later than what stands in them. Between, a reload opens one more.
    while not page.evaluate("""() => {
      const kept = JSON.parse(localStorage['graphiql:tabState'])
      const query = localStorage['graphiql:query']
      return query.includes('maxPageSize') && kept.tabs[kept.activeTabIndex].query === query
    }"""):
        page.wait_for_timeout(100)
    page.reload()
    expect(operation(page)).to_contain_text("query Mine")
    page.get_by_role("button", name="Show History").click()
    expect(page.get_by_role("button", name="Mine", exact=True)).to_be_visible()


def test_the_schema_can_be_read_and_walked(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Show Documentation Explorer").click()
    page.get_by_role("link", name="Query", exact=True).click()
    expect(page.get_by_text("The whole log, newest first.")).to_be_visible()
    page.get_by_role("button", name="Show GraphiQL Explorer").click()
    expect(page.locator(".graphiql-explorer-root, .docExplorerWrap").first).to_contain_text("actionEvents")


def test_a_key_from_the_headers_is_sent_and_not_kept(page: Page, requests: list[Request]) -> None:
    opened(page)
    page.get_by_role("button", name="Headers", exact=True).click()
    headers = page.locator(".graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines")
    write(page, headers, '{"Authorization": "Bearer not-a-key"')
    with page.expect_request(lambda asked: asked.method == "POST") as sent:
        run(page)
    assert sent.value.headers["authorization"] == "Bearer not-a-key"
    kept = page.evaluate("() => JSON.stringify(localStorage)")
    assert "tabState" in kept
    assert "not-a-key" not in kept


def test_a_link_opens_an_operation_and_a_link_to_one_can_be_copied(page: Page, requests: list[Request]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, "/graphql#query=" + "query%20Linked%20%7B%20viewer%20%7B%20username%20%7D%20%7D")
    expect(page.get_by_role("tab", selected=True)).to_contain_text("Linked")
    run(page)
    expect(answer(page)).to_contain_text('"username"')
    page.get_by_role("button", name="Copy a link to this operation").click()
    expect(page.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    assert "#query=query+Linked" in page.evaluate("() => navigator.clipboard.readText()")
    # A server and its log don't get what stands behind the #.
    assert all("Linked" not in asked.url for asked in requests)


def test_nothing_is_loaded_from_elsewhere_and_the_way_back_is_there(
    page: Page, requests: list[Request], demo_url: str
) -> None:
    opened(page)
    run(page)
    expect(answer(page)).to_contain_text("rural-feather-20")
    assert len(requests) > 10
    assert [asked.url for asked in requests if not asked.url.startswith((demo_url, "data:", "blob:"))] == []
    page.get_by_role("link", name="gqlregistry").click()
    expect(page).to_have_url(f"{demo_url}/")


def test_the_theme_is_the_one_of_the_app(page: Page) -> None:
    opened(page)
    expect(page.locator("body")).to_have_class(re.compile("graphiql-light"))
    page.get_by_role("button", name="Account and theme").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.locator("body")).to_have_class(re.compile("graphiql-dark"))
    page.get_by_role("link", name="gqlregistry").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    opened(page)
    expect(page.locator("body")).to_have_class(re.compile("graphiql-dark"))


def test_a_subscription_is_followed(page: Page, own_demo_url: str) -> None:
    opened(page, f"{own_demo_url}/graphql")
    page.get_by_role("button", name="New tab").click()
    write(page, operation(page), "subscription Follow { actionEvents { node { kind tag } } }")
    with page.expect_websocket():
        run(page)
    expect(page.get_by_role("button", name="Stop query")).to_be_visible()

    # Until the server has begun to follow, what happens is not told.
    for attempt in range(20):
        add_tag(own_demo_url, "model/zoo", f"followed-{attempt}")
        page.wait_for_timeout(250)
        if "followed-" in (answer(page).text_content() or ""):
            break
    expect(answer(page)).to_contain_text("followed-")
    page.get_by_role("button", name="Stop query").click()
    expect(page.get_by_role("button", name="Execute query")).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_ours_in_it_everybody_can_use(page: Page, theme: Theme) -> None:
    in_theme(page, theme)
    opened(page)
    # The editor and its tabs are GraphiQL's.
    found = [each for each in serious_findings(page) if "monaco" not in each]
    assert [each for each in found if "examples" in each or "shell" in each] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_any_window(page: Page, width: int) -> None:
    at_width(page, width)
    opened(page)
    assert sticks_out(page) == 0
    if width == PHONE:
        run(page)
        expect(answer(page)).to_contain_text("artifact")
        box = page.locator(".graphiql-response").bounding_box()
        assert box is not None
        assert box["width"] > PHONE / 2
