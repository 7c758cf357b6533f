"""Saved questions in the browser: listed, told what they want, answered, and a link to the answer."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.serving import process
from tests.web.conftest import QUIET
from tests.web.looking import PHONE, THEMES, at_width, in_theme, serious_findings, sticks_out

RUNS = """# Which runs are there?
query Runs($project: String!, $first: Int! = 5) {
  project(ref: {name: $project}) { runs(first: $first) { nodes { displayName state createdBy { username } } } }
}
"""


def test_a_question_is_asked_and_its_answer_is_a_link(page: Page, demo_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "runs.graphql").write_text(RUNS)
    (tmp_path / "who.graphql").write_text("query Who { viewer { username } }")
    env = {**QUIET, "GQLREGISTRY_TRUSTED_DOCUMENTS": "only", "GQLREGISTRY_DOCUMENTS": str(tmp_path)}
    with process("--data", str(demo_folder), env=env) as server:
        page.goto(f"{server.url}/questions")
        page.get_by_role("link", name="team/runs Which runs are there?").click()
        page.get_by_role("button", name="Ask").click()
        expect(page.get_by_role("alert")).to_contain_text("This is needed.")
        page.get_by_label("project").fill("zoo-team/zoo")
        page.get_by_label("first").fill("3")
        page.get_by_role("button", name="Ask").click()
        table = page.get_by_role("group", name="nodes")
        expect(table.get_by_role("row")).to_have_count(4)
        expect(table.get_by_role("columnheader", name="createdBy.username")).to_be_visible()
        link = page.url
        page.goto("about:blank")
        page.goto(link)
        expect(page.get_by_label("first")).to_have_value("3")
        expect(table.get_by_role("row")).to_have_count(4)
        for theme in THEMES:
            in_theme(page, theme)
            assert serious_findings(page) == []
        at_width(page, PHONE)
        assert sticks_out(page) == 0
        page.goto(f"{server.url}/questions/who")
        expect(page.get_by_role("region", name="Answer")).to_contain_text("local")
        page.goto("about:blank")
