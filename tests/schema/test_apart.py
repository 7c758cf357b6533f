"""What is answered apart is what would be answered here, and it is answered here where there is nobody apart."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio
from httpx import AsyncClient

from gqlregistry.auth import Principal
from gqlregistry.registry import artifacts, keys
from gqlregistry.registry.files import File
from gqlregistry.schema.answer import Question, Reply
from gqlregistry.schema.apart import Answers
from gqlregistry.services import Services, Stores
from gqlregistry.settings import Settings
from gqlregistry.turns import CROWD
from tests.app.test_workers import until
from tests.conftest import on_sqlite
from tests.registry.conftest import House
from tests.schema.api import API, sha256
from tests.schema.test_statements import MAP, QUERIES, some
from tests.serving import listening, process

BASE_URL = "http://localhost"
SECONDS = 30
ANSWERED = {
    **QUERIES,
    "map": MAP,
    "introspection": "{ __schema { queryType { fields { name } } } }",
    "an error": '{ viewer { username } nothing: node(id: "x") { id } }',
    "not found": '{ run(ref: {id: "nobody"}) { name } project(ref: {name: "local/zoo"}) { path } }',
    "no document": "{ project(",
    "not valid": "{ nothing }",
    "too much": "{ runs(first: 100) { nodes { inputs(first: 100) { nodes { outputs(first: 99) { edges { node { id } } }"
    "} } } } }",
    "which": "query A { viewer { id } } query B { viewer { id } }",
    "no value": "query ($first: Int!) { runs(first: $first) { totalCount } }",
}
LEFT = {
    "change": 'mutation { createTeam(input: {name: "apes"}) { team { id } } }',
    "stream": "subscription { actionEvents { cursor } }",
    "allowance": "{ rateLimit { limit } viewer { id } }",
    "questions": "{ savedQuestions { name } viewer { id } }",
}


def question(text: str, principal: Principal) -> Question:
    return Question({"query": text, "variables": None}, principal, BASE_URL, "asked", {})


def bearer(who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {who * 40}"}


def told(answer: Any) -> Any:
    """An answer but for the id of its request."""
    for error in answer.get("errors", []):
        assert error["extensions"].pop("requestId")
    return answer


@pytest.fixture
def answers(settings: Settings, services: Services) -> Answers:
    """What the other process asks, in this one."""
    return Answers(
        settings, services.links, Stores(services.database, services.driver, services.queries, services.replica)
    )


@pytest.mark.parametrize("name", ANSWERED)
async def test_it_is_what_would_be_answered_here(api: API, answers: Answers, name: str) -> None:
    await api.house.do(some, 3)
    ann = await api.house.user("ann")
    key, _ = await api.house.do(keys.create_key, "ann", "ann", "a" * 40)
    response = await api.client.post("/graphql", json={"query": ANSWERED[name]}, headers=bearer("a"))
    reply = await answers.answer(question(ANSWERED[name], replace(ann.actor, api_key_id=key.id)))
    assert reply is not None
    assert isinstance(reply.answer.content, bytes)
    assert told(orjson.loads(reply.answer.content)) == told(response.json())
    assert reply.answer.executed is ("data" in response.json())


@pytest.mark.parametrize("name", LEFT)
async def test_what_only_the_server_itself_can_answer_is_left_to_it(api: API, answers: Answers, name: str) -> None:
    assert await answers.answer(question(LEFT[name], api.services.local)) is None


async def test_links_lead_to_the_server_that_was_asked(api: API, answers: Answers) -> None:
    await api.house.receive(sha256(b"bytes"), 5)
    files = [File("file", sha256(b"bytes"), 5)]
    await api.house.do(artifacts.log_artifact, None, "local/zoo/data", "data", files=files, commit=True)
    text = '{ artifact(ref: {name: "local/zoo/data:v0"}) { files { nodes { url } } } }'
    reply = await answers.answer(question(text, api.services.local))
    assert reply is not None
    [node] = orjson.loads(reply.answer.content)["data"]["artifact"]["files"]["nodes"]
    token = node["url"].removeprefix(f"{BASE_URL}/files/").partition("/")[0]
    assert api.services.links.read_download(token).digest == sha256(b"bytes")


async def test_who_may_see_nothing_is_told_nothing(api: API, answers: Answers) -> None:
    await api.house.do(some, 2)
    stranger = Principal(10**6, "stranger")
    for text in [*QUERIES.values(), MAP]:
        reply = await answers.answer(question(text, stranger))
        assert reply is not None
        assert set(orjson.loads(reply.answer.content)["data"].values()) == {None}


@dataclass
class Shared:
    """A server on which two people ask, and what was answered apart."""

    client: AsyncClient
    services: Services
    replies: list[Reply | None] = field(default_factory=list)
    number: int = 0

    async def ask(self, who: str, text: str = "{ viewer { username } }") -> Any:
        """Ask what never came before, and is long."""
        self.number += 1
        body = {"query": f"{text} # {self.number}".ljust(1100)}
        response = await self.client.post("/graphql", json=body, headers=bearer(who))
        return response.json()

    async def until_apart(self) -> None:
        ends = time.monotonic() + SECONDS
        while not any(self.replies):
            assert time.monotonic() < ends
            await asyncio.gather(self.ask("a"), self.ask("b"))


@pytest_asyncio.fixture
async def shared(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shared]:
    async with listening(settings) as (url, services), AsyncClient(base_url=url, timeout=SECONDS) as client:
        house = House(services.database, services.local)
        for name in ("a", "b"):
            await house.user(name)
            await house.do(keys.create_key, name, name, name * 40)
        await house.project()
        found = Shared(client, services)
        assert services.apart is not None
        answer = services.apart.answer

        async def recorded(question: object, wait: bool = False) -> Any:
            reply = await answer(question, wait)
            found.replies.append(reply)
            return reply

        monkeypatch.setattr(services.apart, "answer", recorded)
        yield found


async def test_each_is_told_its_own(shared: Shared) -> None:
    await shared.until_apart()
    for who in ("a", "b"):
        assert (await shared.ask(who))["data"] == {"viewer": {"username": who}}
        assert shared.replies[-1] is not None
    answer = await shared.ask("a", '{ node(id: "nobody") { id } }')
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert answer["errors"][0]["extensions"]["requestId"]


@on_sqlite
async def test_one_alone_is_answered_here_unless_it_sends_a_crowd(shared: Shared) -> None:
    for _ in range(3):
        assert (await shared.ask("a"))["data"]
    assert shared.replies == []
    answers = await asyncio.gather(*(shared.ask("a") for _ in range(3 * CROWD)))
    assert all(answer["data"] == {"viewer": {"username": "a"}} for answer in answers)
    assert any(shared.replies)


@on_sqlite
async def test_nobody_notices_when_it_is_killed(shared: Shared) -> None:
    await shared.until_apart()
    apart = shared.services.apart
    assert apart is not None
    assert apart.pid is not None

    async def kill() -> None:
        await asyncio.sleep(0.05)
        assert apart.pid is not None
        os.kill(apart.pid, signal.SIGKILL)

    *answers, _ = await asyncio.gather(*(shared.ask(who) for who in "ab" * 40), kill())
    assert [answer["data"]["viewer"]["username"] for answer in answers] == list("ab" * 40)
    assert None in shared.replies


@on_sqlite
async def test_it_may_be_turned_off(settings: Settings) -> None:
    async with listening(settings.model_copy(update={"long_queries_apart": False})) as (url, services):
        assert services.apart is None
        async with AsyncClient(base_url=url) as client:
            assert (await client.post("/graphql", json={"query": "{ viewer { id } }".ljust(1100)})).json()["data"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_its_server_however_that_ends(tmp_path: Path, number: int) -> None:
    async def crowd(url: str) -> None:
        async with AsyncClient(base_url=url, timeout=SECONDS) as client:
            bodies = [{"query": f"{{ viewer {{ id }} }} # {each}".ljust(1100)} for each in range(3 * CROWD)]
            answers = await asyncio.gather(*(client.post("/graphql", json=body) for body in bodies))
            assert all(answer.json()["data"] for answer in answers)

    with process("--data", str(tmp_path)) as server:
        asyncio.run(crowd(server.url))
        pid = server.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        [other] = [int(each) for each in children if b"schema.apart" in Path(f"/proc/{each}/cmdline").read_bytes()]
        _, logged = server.stop(number)
        assert "Traceback" not in logged
        until(gone=[other])
