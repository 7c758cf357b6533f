"""What can be done on the pages: what is seen at once, what stands in the history, what the server says against it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.asking import ask, last_events, set_alias

ZOO = "/registry/default/model/zoo"
SOURCE = "/projects/zoo-team/zoo/artifacts"


@pytest.fixture
def url(own_demo_url: str) -> str:
    """A server of the test's own."""
    return own_demo_url


def choose(page: Page, menu: str, item: str) -> Locator:
    """Choose an item of a menu; answer the dialog that it opens."""
    page.get_by_role("button", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=item).click()
    return page.get_by_role("dialog")


def test_a_version_is_linked_to_a_collection_that_is_there(url: str, page: Page) -> None:
    page.goto(f"{url}{SOURCE}/zoo-ah4p6q2m/v0/overview")
    page.get_by_role("button", name="Link to a registry").click()
    dialog = page.get_by_role("dialog")
    page.keyboard.type("zoo")
    expect(dialog.get_by_role("option", name="default/model/zoo", exact=True)).to_be_visible()
    expect(dialog.get_by_role("option").first).to_contain_text("default/model/zoo")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("combobox")).to_have_value("default/model/zoo")
    dialog.get_by_label("Aliases").fill("candidate, production")
    expect(dialog).to_contain_text("production: protected, only admins of the registry may move it")
    dialog.get_by_label("Reason").fill("better on penguins")
    dialog.get_by_role("button", name="Link version").click()
    said = page.get_by_role("status").filter(has_text="Linked as default/model/zoo:v4")
    expect(page.get_by_role("region", name="Also in")).to_contain_text("default/model/zoo:v4")
    said.get_by_role("link", name="Show").click()
    expect(page).to_have_url(re.compile(f"{ZOO}/v4/overview$"))
    facts = page.get_by_role("complementary", name="About v4")
    for alias in ("candidate", "production", "latest"):
        expect(facts).to_contain_text(alias)
    assert {"VERSION_ADDED"} < {event["kind"] for event in last_events(url, "model/zoo", 6)}
    assert {event["reason"] for event in last_events(url, "model/zoo", 6)} == {"better on penguins"}


def test_a_link_makes_a_collection(url: str, page: Page) -> None:
    page.goto(f"{url}{SOURCE}/zoo-ah4p6q2m")
    dialog = choose(page, "Actions on v0", "Link v0 to a registry")
    page.keyboard.type("penguins")
    dialog.get_by_role("option", name="default/model/penguins").click()
    dialog.get_by_role("button", name="Link version").click()
    page.get_by_role("status").get_by_role("link", name="Show").click()
    expect(page).to_have_url(re.compile("/registry/default/model/penguins/v0/overview$"))


def test_an_alias_is_moved_and_says_from_where(url: str, page: Page) -> None:
    page.goto(f"{url}{ZOO}")
    dialog = choose(page, "Actions on v2", "Set an alias on v2")
    dialog.get_by_role("button", name=re.compile("^staging")).click()
    expect(dialog).to_contain_text("It moves from v3 to v2.")
    dialog.get_by_label("Reason").fill("on trial again")
    dialog.get_by_role("button", name="Move alias").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="staging is v2")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="v2", exact=True))
    expect(row).to_contain_text("staging")
    added, removed = last_events(url, "model/zoo", 2)
    assert (added["kind"], added["alias"], added["version"], added["reason"]) == (
        "ALIAS_ADDED",
        "staging",
        "v2",
        "on trial again",
    )
    assert (removed["kind"], removed["version"]) == ("ALIAS_REMOVED", "v3")


def test_the_new_line_of_the_history_appears_at_once(url: str, page: Page) -> None:
    page.goto(f"{url}{ZOO}/history?version=v2")
    expect(page.get_by_role("main")).to_contain_text("small enough for the cameras")
    dialog = choose(page, "Actions on zoo", "Set an alias on v2")
    dialog.get_by_label("Alias", exact=True).fill("canary")
    dialog.get_by_label("Reason").fill("one visitor in ten")
    dialog.get_by_role("button", name="Set alias").click()
    expect(page.get_by_role("main")).to_contain_text("one visitor in ten")


def test_who_is_too_late_is_told_where_the_alias_is_now(url: str, page: Page) -> None:
    page.goto(f"{url}{ZOO}")
    dialog = choose(page, "Actions on v2", "Set an alias on v2")
    dialog.get_by_label("Alias", exact=True).fill("staging")
    expect(dialog).to_contain_text("It moves from v3 to v2.")
    set_alias(url, "model/zoo", "staging", "v0")
    dialog.get_by_role("button", name="Move alias").click()
    expect(dialog.get_by_role("alert")).to_have_text("zoo:staging is at v0, not v3")
    expect(dialog.get_by_label("Alias", exact=True)).to_have_attribute("aria-invalid", "true")
    # What the page knows is new again: the same move can be meant now.
    expect(dialog).to_contain_text("It moves from v0 to v2.")
    dialog.get_by_role("button", name="Move alias").click()
    expect(page.get_by_role("link", name="staging is v2")).to_be_visible()


def test_what_can_be_no_alias_is_said_beside_the_field(url: str, page: Page) -> None:
    page.goto(f"{url}{ZOO}")
    dialog = choose(page, "Actions on zoo", "Set an alias on v3")
    field = dialog.get_by_label("Alias", exact=True)
    field.fill("v7")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("'v7' is not an alias: it looks like a version")
    described = field.get_attribute("aria-describedby") or ""
    assert dialog.get_by_role("alert").get_attribute("id") in described.split()
    expect(field).to_have_value("v7")


def test_an_alias_is_removed_after_a_question(url: str, page: Page) -> None:
    page.goto(f"{url}{ZOO}/v2/overview")
    facts = page.get_by_role("complementary", name="About v2")
    expect(facts.get_by_text("protected")).to_have_count(1)
    facts.get_by_role("button", name="Remove alias production").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("it points at v2 now")
    dialog.get_by_label("Reason").fill("nothing is served")
    dialog.get_by_role("button", name="Remove alias").click()
    expect(facts.get_by_role("button", name="Remove alias production")).to_have_count(0)
    [event] = last_events(url, "model/zoo", 1)
    assert event == {
        "kind": "ALIAS_REMOVED",
        "version": "v2",
        "alias": "production",
        "tag": None,
        "reason": "nothing is served",
    }
    page.goto(f"{url}{ZOO}/production/overview")
    expect(page.get_by_role("main")).to_contain_text("It pointed at v2 until")


def test_latest_can_not_be_removed(url: str, page: Page) -> None:
    page.goto(f"{url}{ZOO}/v3/overview")
    facts = page.get_by_role("complementary", name="About v3")
    expect(facts.get_by_role("button", name="Remove alias staging")).to_be_visible()
    expect(facts.get_by_role("button", name="Remove alias latest")).to_have_count(0)


def test_tags_come_and_go(url: str, page: Page) -> None:
    page.goto(f"{url}{ZOO}/v2/overview")
    facts = page.get_by_role("complementary", name="About v2")
    facts.get_by_role("button", name="Add tag").click()
    page.keyboard.type("re/viewed")
    page.keyboard.press("Enter")
    expect(facts.get_by_role("alert")).to_contain_text("'re/viewed' is not a tag")
    facts.get_by_label("New tag").fill("reviewed")
    page.keyboard.press("Enter")
    expect(facts.get_by_role("link", name="reviewed")).to_be_visible()
    assert facts.get_by_role("alert").count() == 0
    facts.get_by_role("link", name="reviewed").click()
    expect(page.get_by_role("region", name="Versions").get_by_role("row")).to_have_count(2)
    page.go_back()
    facts.get_by_role("button", name="Remove tag reviewed").click()
    expect(facts.get_by_role("link", name="reviewed")).to_have_count(0)
    events = last_events(url, "zoo-team/zoo/zoo-md24x3pe", 2)
    assert [(event["kind"], event["tag"]) for event in events] == [
        ("TAG_REMOVED", "reviewed"),
        ("TAG_ADDED", "reviewed"),
    ]


@pytest.mark.parametrize(
    ("address", "label"),
    [
        (f"{ZOO}/v2/overview", "About this version"),
        (ZOO, "About this collection"),
        ("/registry/default/model", "About this registry"),
        ("/projects/zoo-team/zoo/-/overview", "About this project"),
        ("/projects/zoo-team/zoo/runs/md24x3pe", "Notes"),
    ],
)
def test_what_is_written_is_markdown_with_a_preview(url: str, page: Page, address: str, label: str) -> None:
    page.goto(f"{url}{address}")
    section = page.get_by_role("region", name=label)
    section.get_by_role("button", name=re.compile("^Edit")).click()
    section.get_by_role("textbox").fill("# For *zebras*\n\n<b>not bold</b>")
    section.get_by_role("button", name="Preview").click()
    expect(section.get_by_role("heading", name="For zebras")).to_be_visible()
    expect(section.locator("b")).to_have_count(0)
    section.get_by_role("button", name="Save").click()
    expect(section.get_by_role("button", name=re.compile("^Edit"))).to_be_visible()
    expect(section.get_by_role("heading", name="For zebras")).to_be_visible()
    page.reload()
    expect(section.get_by_role("heading", name="For zebras")).to_be_visible()


def test_what_is_being_written_about_one_version_is_not_for_another(url: str, page: Page) -> None:
    about = page.get_by_role("region", name="About this version")
    page.goto(f"{url}{ZOO}/v3/overview")
    expect(about).to_be_visible()
    page.get_by_role("navigation", name="Collection").get_by_role("link", name="Versions").click()
    page.get_by_role("link", name="v2", exact=True).click()
    about.get_by_role("button", name=re.compile("^Edit")).click()
    about.get_by_role("textbox").fill("Only of v2")
    # That of the other one is there already: nothing is loaded in between.
    page.get_by_role("button", name="choose another").click()
    page.keyboard.type("v3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/v3/overview$"))
    expect(page.get_by_role("complementary", name="About v3")).to_be_visible()
    expect(about.get_by_role("textbox")).to_have_count(0)


def test_a_version_is_unlinked(url: str, page: Page) -> None:
    page.goto(f"{url}{ZOO}/v2/overview")
    dialog = choose(page, "Actions on zoo", "Unlink v2")
    expect(dialog).to_contain_text("loses the alias production here")
    dialog.get_by_label("Reason").fill("withdrawn")
    dialog.get_by_role("button", name="Unlink version").click()
    expect(page.get_by_role("region", name="Versions").get_by_role("row")).to_have_count(3)
    page.go_back()
    expect(page.get_by_role("note")).to_contain_text("v2 was unlinked by")
    expect(page.get_by_role("note")).to_contain_text("“withdrawn”")


def test_a_version_is_deleted_once_its_name_is_typed(url: str, page: Page) -> None:
    page.goto(f"{url}{SOURCE}/zoo-md24x3pe/v0/overview")
    dialog = choose(page, "Actions on zoo-md24x3pe", "Delete v0")
    expect(dialog).to_contain_text("default/model/zoo:production")
    button = dialog.get_by_role("button", name="Delete version")
    expect(button).to_be_disabled()
    dialog.get_by_label("Type zoo-md24x3pe:v0 to confirm").fill("zoo-md24x3pe:v0")
    button.click()
    expect(page.get_by_role("heading", name="No version yet")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("note")).to_contain_text("v0 was deleted by")


def test_a_collection_is_made_and_deleted(url: str, page: Page) -> None:
    page.goto(f"{url}/registry/default/model")
    page.get_by_role("button", name="New collection").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("zoo")
    dialog.get_by_role("button", name="Create collection").click()
    expect(dialog.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    dialog.get_by_label("Name").fill("otters")
    dialog.get_by_label("Description").fill("For the **river**.")
    dialog.get_by_role("button", name="Create collection").click()
    expect(page).to_have_url(re.compile("/registry/default/model/otters$"))
    expect(page.get_by_role("heading", name="Nothing is linked yet")).to_be_visible()
    dialog = choose(page, "Actions on otters", "Delete the collection")
    dialog.get_by_label("Type otters to confirm").fill("otters")
    dialog.get_by_role("button", name="Delete collection").click()
    expect(page).to_have_url(re.compile("/registry/default/model$"))
    expect(page.get_by_role("link", name="zoo", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="otters")).to_have_count(0)


def test_a_collection_is_renamed(url: str, page: Page) -> None:
    page.goto(f"{url}{ZOO}")
    dialog = choose(page, "Actions on zoo", "Rename the collection")
    dialog.get_by_label("New name").fill("animals")
    dialog.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", name="animals", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile("/registry/default/model/animals$"))


def test_a_registry_is_made_and_changed(url: str, page: Page) -> None:
    page.goto(url)
    page.get_by_role("button", name="New registry").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("a/b")
    dialog.get_by_role("button", name="Create registry").click()
    expect(dialog.get_by_role("alert")).to_contain_text("'a/b' is not a registry's name")
    dialog.get_by_label("Name").fill("data")
    dialog.get_by_label("Allowed types").fill("dataset, table")
    dialog.get_by_role("button", name="Create registry").click()
    expect(page).to_have_url(re.compile("/registry/default/data$"))
    dialog = choose(page, "Actions on data", "Settings")
    expect(dialog.get_by_label("Allowed types")).to_have_value("dataset, table")
    dialog.get_by_label("Protected aliases").fill("gold")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("Protected aliases")
    expect(page.get_by_role("main")).to_contain_text("gold")
    found = ask(url, '{ registry(ref: {name: "data"}) { artifactTypes protectedAliases } }')
    assert found["registry"] == {"artifactTypes": ["dataset", "table"], "protectedAliases": ["gold"]}


def test_somebody_gets_a_role_another_and_none(url: str, page: Page) -> None:
    ask(url, 'mutation { createUser(input: {name: "noor", displayName: "Noor Haddad"}) { errors { message } } }')
    page.goto(f"{url}/registry/default/model/-/members")
    page.get_by_role("button", name="Add member").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("nobody-here")
    dialog.get_by_role("button", name="Add member").click()
    expect(dialog.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    dialog.get_by_label("Name").fill("noor")
    dialog.get_by_label("Role").select_option("Viewer")
    expect(dialog).to_contain_text("May see everything in it.")
    dialog.get_by_role("button", name="Add member").click()
    row = page.get_by_role("row").filter(has_text="Noor Haddad")
    expect(row).to_contain_text("Viewer")

    dialog = choose(page, "Actions on Noor Haddad", "Change the role")
    expect(dialog.get_by_role("button", name="Change role")).to_be_disabled()
    dialog.get_by_label("Role").select_option("Admin")
    dialog.get_by_role("button", name="Change role").click()
    expect(row).to_contain_text("Admin")
    members = '{ registry(ref: {name: "model"}) { members { role entity { name } } } }'
    assert {"role": "ADMIN", "entity": {"name": "noor"}} in ask(url, members)["registry"]["members"]

    dialog = choose(page, "Actions on Noor Haddad", "Remove")
    dialog.get_by_role("button", name="Remove member").click()
    expect(row).to_have_count(0)
    assert "noor" not in {each["entity"]["name"] for each in ask(url, members)["registry"]["members"]}


def test_a_role_by_the_team_of_a_project_is_told_apart_from_one_in_it(url: str, page: Page) -> None:
    page.goto(f"{url}/projects/zoo-team/zoo/-/members")
    page.get_by_role("button", name="Add member").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("maya")
    dialog.get_by_label("Role").select_option("Viewer")
    dialog.get_by_role("button", name="Add member").click()
    rows = page.get_by_role("row").filter(has_text="Maya Okafor")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="itself")).to_contain_text("Viewer")
    by_team = rows.filter(has_text="team zoo-team")
    expect(by_team.get_by_role("button")).to_have_count(0)


def test_a_run_is_deleted(url: str, page: Page) -> None:
    page.goto(f"{url}/projects/zoo-team/zoo/runs/md24x3pe")
    dialog = choose(page, "Actions on magic-dream-24", "Delete the run")
    dialog.get_by_label("Type md24x3pe to confirm").fill("md24x3pe")
    dialog.get_by_role("button", name="Delete run").click()
    expect(page).to_have_url(re.compile("/projects/zoo-team/zoo$"))
    expect(page.get_by_role("link", name="magic-dream-24")).to_have_count(0)
    page.goto(f"{url}{SOURCE}/zoo-md24x3pe/v0/overview")
    expect(page.get_by_role("region", name="Produced by")).to_contain_text("magic-dream-24")


def test_a_page_that_is_left_open_is_new_when_its_reader_comes_back(url: str, page: Page) -> None:
    page.clock.install()
    page.goto(f"{url}{ZOO}")
    expect(page.get_by_role("link", name="staging is v3")).to_be_visible()
    set_alias(url, "model/zoo", "staging", "v0")
    page.clock.fast_forward("00:30")
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("link", name="staging is v0")).to_be_visible()
