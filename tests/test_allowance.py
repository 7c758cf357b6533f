"""How much a key may ask for, and what it is told when that is used up."""

import asyncio
import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

import pytest
from httpx import AsyncClient, HTTPStatusError

from gqlregistry import allowance
from gqlregistry.allowance import Allowances
from gqlregistry.auth import Principal
from gqlregistry.errors import RateLimited
from gqlregistry.registry import keys
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.live.subscribers import introduced, over_sse
from tests.registry.conftest import House
from tests.serving import listening, local_server

ANN, BOB = Principal(1, "ann", api_key_id=1), Principal(2, "bob", api_key_id=2)
WHO = "{ viewer { username } }"
LEFT = "{ rateLimit { limit remaining resetAt } }"


@dataclass
class Clock:
    """A clock that stands until it is set."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_minutes_points_may_be_spent_at_once_and_come_back_evenly(clock: Clock) -> None:
    allowances = Allowances(60, clock)
    for _ in range(60):
        allowances.spend(ANN)
    with pytest.raises(RateLimited) as refused:
        allowances.spend(ANN)
    assert refused.value.retry_after == 1
    clock.now = 2.5
    allowances.spend(ANN)
    allowances.spend(ANN)
    with pytest.raises(RateLimited):
        allowances.spend(ANN)
    clock.now = 1000
    for _ in range(60):
        allowances.spend(ANN)
    with pytest.raises(RateLimited):
        allowances.spend(ANN)


def test_another_key_has_its_own(clock: Clock) -> None:
    allowances = Allowances(1, clock)
    allowances.spend(ANN)
    allowances.spend(BOB)
    allowances.spend(Principal(1, "ann", api_key_id=3))
    with pytest.raises(RateLimited):
        allowances.spend(ANN)


def test_what_was_read_is_charged_and_may_be_owed(clock: Clock) -> None:
    mine = Allowances(60, clock).of(ANN)
    assert mine is not None
    mine.spend()
    mine.charge(99)
    assert mine.told().remaining == 59
    mine.charge(20_000)
    assert mine.told().remaining == 0
    with pytest.raises(RateLimited) as refused:
        mine.spend()
    assert refused.value.retry_after == 142
    clock.now = 142
    mine.spend()


def test_a_limit_says_when_all_is_there_again(clock: Clock) -> None:
    mine = Allowances(60, clock).of(ANN)
    assert mine is not None
    for _ in range(30):
        mine.spend()
    assert 25 < (mine.told().reset_at - datetime.now(UTC)).total_seconds() <= 30


def test_no_more_buckets_are_kept_than_that(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "MOST", 10)
    allowances = Allowances(1, clock)
    allowances.spend(ANN)
    for number in range(100, 109):
        allowances.spend(Principal(number, "other"))
    with pytest.raises(RateLimited):
        allowances.spend(ANN)
    for number in range(200, 300):
        allowances.spend(Principal(number, "other"))
    assert len(allowances._buckets) == 10


def test_without_a_limit_there_is_none() -> None:
    allowances = Allowances(None)
    assert allowances.of(ANN) is None
    for _ in range(1000):
        allowances.spend(ANN)


async def make_keys(services: Services) -> list[str]:
    house, numbers = House(services.database, services.local), count()
    return [(await house.do(keys.create_key, "local", f"key {next(numbers)}"))[1] for _ in range(2)]


async def ask(client: AsyncClient, query: str, key: str, path: str = "/graphql") -> tuple[int, object, str | None]:
    """The status, the answer, and when to come back."""
    answer = await client.post(path, json={"query": query}, headers={"Authorization": f"Bearer {key}"})
    return answer.status_code, answer.json(), answer.headers.get("Retry-After")


@on_sqlite
async def test_a_client_is_told_when_to_come_back_and_others_are_not_concerned(settings: Settings) -> None:
    async with local_server(settings.model_copy(update={"rate_limit": 3})) as (client, services):
        mine, other = await make_keys(services)
        left = [(await ask(client, LEFT, mine))[1]["data"]["rateLimit"] for _ in range(3)]  # type: ignore[index]
        assert [(each["limit"], each["remaining"]) for each in left] == [(3, 2), (3, 1), (3, 0)]
        assert datetime.fromisoformat(left[0]["resetAt"]) > datetime.now(UTC)
        status, answer, after = await ask(client, WHO, mine)
        assert (status, answer["errors"][0]["extensions"]["code"]) == (429, "RATE_LIMITED")  # type: ignore[index]
        assert 1 <= int(after or 0) <= 20
        assert (await ask(client, WHO, other))[0] == 200


@on_sqlite
async def test_both_doors_draw_on_one_allowance(settings: Settings) -> None:
    async with local_server(settings.model_copy(update={"rate_limit": 2})) as (client, services):
        mine, _ = await make_keys(services)
        basic = base64.b64encode(f"api:{mine}".encode()).decode()
        body, headers = {"query": "{ viewer { username } }"}, {"Authorization": f"Basic {basic}"}
        assert (await client.post("/wandb/graphql", json=body, headers=headers)).status_code == 200
        assert (await ask(client, WHO, mine))[0] == 200
        refused = await client.post("/wandb/graphql", json=body, headers=headers)
        assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)


@on_sqlite
async def test_nothing_is_told_and_nothing_refused_without_a_limit(client: AsyncClient) -> None:
    for _ in range(20):
        answer = await client.post("/graphql", json={"query": LEFT})
        assert answer.json()["data"] == {"rateLimit": None}


@on_sqlite
async def test_operations_over_a_socket_are_paid_for_each(settings: Settings) -> None:
    async with listening(settings.model_copy(update={"rate_limit": 2})) as (url, _):
        async with introduced(url) as socket, asyncio.timeout(20):
            answers = []
            for number in range(3):
                message = {"id": str(number), "type": "subscribe", "payload": {"query": WHO}}
                await socket.send(json.dumps(message))
                answers.append(json.loads(await socket.recv()))
                if answers[-1]["type"] == "next":
                    assert json.loads(await socket.recv())["type"] == "complete"
        assert [each["type"] for each in answers] == ["next", "next", "error"]
        assert answers[2]["payload"][0]["extensions"]["code"] == "RATE_LIMITED"
        with pytest.raises(HTTPStatusError, match="RATE_LIMITED"):
            async with over_sse(url, WHO):
                pass
