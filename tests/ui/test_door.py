"""Which address shows which page, and what its reader's browser is told."""

import re
from pathlib import Path

import pytest
from httpx import AsyncClient, Response

from gqlregistry.ui.pages import APP
from tests.conftest import on_sqlite
from tests.ui.conftest import EDITOR, INDEX

pytestmark = on_sqlite

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
APP_SOURCE = Path(__file__).parents[2] / "web" / "src" / "app" / "App.tsx"


def addresses_in_the_browser() -> list[str]:
    """One address for each route of the app: what may be left out is left out, what is open is filled in."""
    routes = re.findall(r'path="(/[^"]*)"', APP_SOURCE.read_text())
    return [re.sub(r":\w+", "x y", re.sub(r"/:\w+\?", "", route)) for route in routes]


def policy(answer: Response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["content-security-policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_there_are_addresses() -> None:
    assert len(addresses_in_the_browser()) > 8


@pytest.mark.parametrize("address", [*addresses_in_the_browser(), "/authorize", "/registry/a/b/c/v1/lineage"])
async def test_each_address_of_the_app_is_its_page(client: AsyncClient, dist: Path, address: str) -> None:
    answer = await client.get(address, headers=BROWSER)
    assert (answer.status_code, answer.content) == (200, INDEX)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


async def test_another_address_is_the_page_that_says_so_to_people_and_json_to_programs(
    client: AsyncClient, dist: Path
) -> None:
    for address in ("/nowhere", "/wandb/nowhere", "/ui/nowhere", "/files"):
        page = await client.get(address, headers=BROWSER)
        assert (page.status_code, page.content) == (404, INDEX)
        answer = await client.get(address)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")
    posted = await client.post("/nowhere", headers=BROWSER)
    assert (posted.status_code, posted.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


async def test_a_file_of_the_page_that_is_not_there_is_never_a_page(client: AsyncClient, dist: Path) -> None:
    answer = await client.get("/ui/assets/app-old.js", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")


async def test_graphiql_is_where_programs_have_the_api(client: AsyncClient, dist: Path) -> None:
    page = await client.get("/graphql", headers=BROWSER)
    assert (page.status_code, page.content, page.headers["vary"]) == (200, EDITOR, "Accept")
    answer = await client.get("/graphql", params={"query": "{ __typename }"}, headers=BROWSER)
    assert answer.json()["data"] == {"__typename": "Query"}
    posted = await client.post("/graphql", json={"query": "{ __typename }"}, headers=BROWSER)
    assert posted.json()["data"] == {"__typename": "Query"}
    assert (await client.get("/graphql")).status_code == 400


async def test_a_page_is_asked_for_again_each_time_and_sent_when_it_has_changed(
    client: AsyncClient, dist: Path
) -> None:
    first = await client.get("/", headers=BROWSER)
    assert first.headers["cache-control"] == "no-cache"
    known = {**BROWSER, "if-none-match": first.headers["etag"]}
    same = await client.get("/history", headers=known)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    (dist / "index.html").write_bytes(INDEX + b"<p>built again")
    changed = await client.get("/", headers=known)
    assert (changed.status_code, changed.content) == (200, INDEX + b"<p>built again")
    head = await client.head("/", headers=BROWSER)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", changed.headers["etag"])


async def test_a_page_may_load_from_this_server_alone(client: AsyncClient, dist: Path) -> None:
    for address in ("/", "/nowhere", "/graphql"):
        told = policy(await client.get(address, headers=BROWSER))
        assert (told["default-src"], told["script-src"], told["connect-src"]) == ("'none'", "'self'", "'self'")
        assert (told["frame-ancestors"], told["base-uri"], told["form-action"]) == ("'none'", "'none'", "'none'")
        assert "unsafe-inline" not in told["style-src"] or address == "/graphql"
    page = await client.get("/", headers=BROWSER)
    assert page.headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in page.headers["permissions-policy"]


@pytest.mark.parametrize("address", ["/", "/graphql", "/nowhere", "/healthz", "/graphql?query={__typename}"])
async def test_every_answer_says_what_it_is_not(client: AsyncClient, dist: Path, address: str) -> None:
    for headers in (BROWSER, {}):
        answer = await client.get(address, headers=headers)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert policy(answer)["default-src"] == "'none'"
        assert policy(answer)["frame-ancestors"] == "'none'"


async def test_without_a_build_a_page_says_so_and_the_api_works(client: AsyncClient, dist: Path) -> None:
    for page in dist.iterdir():
        page.unlink()
    for address in ("/", "/history", "/graphql"):
        answer = await client.get(address, headers=BROWSER)
        assert (answer.status_code, "GQLREGISTRY_SKIP_UI" in answer.text) == (503, True)
        assert answer.headers["content-type"].startswith("text/plain")
    assert (await client.get("/nowhere", headers=BROWSER)).headers["content-type"] == "application/json"
    posted = await client.post("/graphql", json={"query": "{ __typename }"})
    assert posted.json()["data"] == {"__typename": "Query"}
    assert not APP.is_built()
