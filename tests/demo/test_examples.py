"""Each operation of docs/examples is answered, with data, by a server with the demo."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from gqlregistry.services import Services
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.demo.asking import ask
from tests.live.subscribers import over_sse, over_websocket
from tests.serving import listening

pytestmark = on_sqlite

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = sorted((DOCS / "examples").glob("*.graphql"))


def lists(value: Any) -> list[list[Any]]:
    """All lists under `nodes` in an answer, and the errors of its mutations."""
    found: list[list[Any]] = []
    if isinstance(value, dict):
        found += [items for name, items in value.items() if name == "nodes"]
        found += [each for item in value.values() for each in lists(item)]
    elif isinstance(value, list):
        found += [each for item in value for each in lists(item)]
    return found


FOLLOWING = [path for path in EXAMPLES if "\nsubscription" in path.read_text()]
ASKING = [path for path in EXAMPLES if path not in FOLLOWING]


@pytest.mark.parametrize("path", ASKING, ids=lambda path: path.stem)
async def test_an_example_is_answered(client: AsyncClient, services: Services, path: Path) -> None:
    text, variables = path.read_text(), path.with_suffix(".json")
    given = json.loads(variables.read_text()) if variables.exists() else {}
    data = await ask(client, text, **given)
    assert all(value is not None for value in data.values())
    outer = lists(data)[0] if lists(data) else [data]
    assert outer, "the example finds nothing in the demo"
    for payload in data.values() if "mutation" in text else ():
        assert payload["errors"] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_says_first_what_it_answers(path: Path) -> None:
    assert path.read_text().startswith("# ")


@pytest.mark.parametrize("path", FOLLOWING, ids=lambda path: path.stem)
async def test_an_example_that_follows_is_sent_something(settings: Settings, path: Path) -> None:
    async with listening(settings) as (url, _):
        for follow in (over_sse, over_websocket):
            async with follow(url, path.read_text()) as messages:
                assert all((await messages.take(1))[0].values())


async def test_what_the_page_on_subscriptions_asks_is_sent(settings: Settings) -> None:
    (query,) = re.findall(r"```graphql\n(.*?)```", (DOCS / "subscriptions.md").read_text(), re.S)
    async with listening(settings) as (url, _), over_sse(url, query, after="") as messages:
        assert (await messages.take(1))[0]["node"]["alias"]


@pytest.mark.parametrize("page", ["lineage.md", "history.md"])
async def test_what_a_page_asks_is_answered(client: AsyncClient, page: str) -> None:
    asked = re.findall(r"```graphql\n(.*?)```", (DOCS / page).read_text(), re.S)
    assert asked
    for query in asked:
        data = await ask(client, query)
        assert all(data.values())


async def test_the_table_of_the_history_is_what_the_demo_answers(client: AsyncClient) -> None:
    query = re.findall(r"```graphql\n(.*?)```", (DOCS / "history.md").read_text(), re.S)[0]
    history = (await ask(client, query))["collection"]["alias"]["history"]
    told = [
        f"| {each['version']} | {minute(each['from'])} | {minute(each['until'])} | {each['actor']['username']} "
        f"| {each['reason']} |".replace("|  |", "| |")
        for each in history
    ]
    assert re.findall(r"^\| v\d.*$", (DOCS / "history.md").read_text(), re.M) == told


def minute(time: str | None) -> str:
    return time[:16].replace("T", " ") if time else ""
