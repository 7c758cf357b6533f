"""A map is sent as it is, and again when it has changed."""

import asyncio
from typing import Any

import pytest
from sqlmodel import Session

from gqlregistry.errors import ErrorCode, RegistryError
from gqlregistry.live import lineage
from gqlregistry.live.lineage import Around, MapWatch
from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import collections, deletion, runs
from gqlregistry.registry import lineage as edges
from gqlregistry.registry.change import Change
from tests.live.subscribers import MAP, Server, Subscribe, over_sse, over_websocket
from tests.live.test_events import both

STATES = """subscription ($node: ID!) { lineageChanged(node: $node, depth: 2) {
    nodes { __typename name deletedAt ... on Run { state } }
} }"""


def names(map: Any) -> list[str]:
    return [node["name"].rpartition("/")[2] for node in map["nodes"]]


@both
async def test_it_is_sent_again_with_each_edge(served: Server, follow: Subscribe) -> None:
    house = served.house
    artifact, run = await house.log(), await house.run("train")
    async with follow(served.url, MAP, node=encode_id("Artifact")(artifact.id)) as messages:
        assert names((await messages.take(1))[0]) == ["data:v0"]
        await house.do(edges.use_artifact, run.id, "local/zoo/data:v0")
        assert names((await messages.take(1))[0]) == ["data:v0", "train"]
        await house.log("model", run=run.id)
        assert names((await messages.take(1))[0]) == ["data:v0", "train", "model:v0"]


@pytest.mark.parametrize("kind", ["Run", "Artifact"])
async def test_it_is_sent_again_when_a_node_has_changed(served: Server, kind: str) -> None:
    house = served.house
    artifact, run = await house.log(), await house.run("train")
    await house.do(edges.use_artifact, run.id, "local/zoo/data:v0")
    node = encode_id(kind)(run.id if kind == "Run" else artifact.id)
    async with over_sse(served.url, STATES, node=node) as messages:
        await messages.take(1)
        await house.do(runs.finish_run, run.id)
        assert {"state": "FINISHED"}.items() <= next(
            each for each in (await messages.take(1))[0]["nodes"] if each["__typename"] == "Run"
        ).items()
        await house.do(collections.update_collection, "local/zoo/data", name="photos")
        assert "photos:v0" in names((await messages.take(1))[0])
        await house.do(deletion.delete_artifact, artifact.id)
        assert any(each["deletedAt"] for each in (await messages.take(1))[0]["nodes"])


async def test_what_does_not_change_it_sends_nothing(served: Server) -> None:
    house = served.house
    artifact, run = await house.log(), await house.run("train")
    await house.do(edges.use_artifact, run.id, "local/zoo/data:v0")
    async with over_sse(served.url, MAP, node=encode_id("Artifact")(artifact.id)) as messages:
        await messages.take(1)
        await house.do(edges.use_artifact, run.id, "local/zoo/data:v0")
        await house.do(runs.finish_run, run.id)
        await house.log("other")
        assert await messages.nothing(2 * lineage.PAUSE + 0.5)


async def test_what_another_process_does_is_seen(served: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lineage, "VAGUE_PAUSE", 0.1)
    house = served.house
    artifact, run = await house.log(), await house.run("train")

    def work(session: Session) -> None:
        change = Change(session, house.actor)
        edges.use_artifact(change, run.id, "local/zoo/data:v0")
        change.finish()

    async with over_sse(served.url, MAP, node=encode_id("Artifact")(artifact.id)) as messages:
        await messages.take(1)
        await house.database.write(work)
        # On PostgreSQL it would be told; here it is only known that something has happened.
        house.database.changes.tell(lineage.News(vague=True))
        assert names((await messages.take(1))[0]) == ["data:v0", "train"]


@both
@pytest.mark.parametrize(
    ("node", "more", "code"),
    [
        ("QXJ0aWZhY3Q6OTk5", "", "NOT_FOUND"),
        ("nonsense", "", "BAD_USER_INPUT"),
        ("VXNlcjox", "", "BAD_USER_INPUT"),
        ("QXJ0aWZhY3Q6MQ==", ", depth: 1000", "BAD_USER_INPUT"),
        ("QXJ0aWZhY3Q6MQ==", ", first: 0", "BAD_USER_INPUT"),
    ],
)
async def test_what_cannot_be_followed_ends_at_once(
    served: Server, follow: Subscribe, node: str, more: str, code: str
) -> None:
    await served.house.log()
    query = f'subscription {{ lineageChanged(node: "{node}"{more}) {{ truncated }} }}'
    async with follow(served.url, query) as messages:
        answer = await messages.next()
        assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
        with pytest.raises(StopAsyncIteration):
            await messages.next()


async def test_an_error_of_ours_is_told_to_those_who_follow_and_shows_nothing_of_itself() -> None:
    async def ask(around: Around) -> bytes:
        raise LookupError("a name of a table")

    watch = MapWatch(ask, asyncio.Semaphore(1))
    watch.start()
    async with asyncio.timeout(5):
        with pytest.raises(RegistryError) as told:
            await watch.next(0)
    assert told.value.code is ErrorCode.INTERNAL
    assert "table" not in told.value.message


async def test_all_who_follow_the_same_map_share_its_readings(served: Server) -> None:
    artifact = await served.house.log()
    node = encode_id("Artifact")(artifact.id)
    live = served.services.live
    async with over_sse(served.url, MAP, node=node) as one, over_websocket(served.url, MAP, node=node) as other:
        assert await one.take(1) == await other.take(1)
        assert [watch.subscribers for watch in live._maps.values()] == [2]
    async with asyncio.timeout(5):
        while live._maps:
            await asyncio.sleep(0.01)
