"""What another server tells becomes what it was there, however often it is told, and as far as it is told."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from gqlregistry.movers import Told, Unreadable, move
from gqlregistry.movers.moving import ToldRun, ToldVersion
from gqlregistry.registry import audit, find, people, streams
from gqlregistry.registry.files import File
from gqlregistry.registry.fold import log
from gqlregistry.registry.moving import (
    MovedAliases,
    MovedOutput,
    MovedOwner,
    MovedPlace,
    MovedRun,
    MovedUse,
    MovedVersion,
)
from gqlregistry.registry.state import state_of
from gqlregistry.services import Services
from gqlregistry.store.tables import Entity, Member, RunInput, RunOutput, RunState, Stream
from tests.registry.conftest import House

BEGAN = datetime(2024, 2, 29, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PROJECT = "local/zoo"
MODEL = f"{PROJECT}/model"


def fetch(folder: Path) -> Sequence[File]:
    (folder / "deep").mkdir()
    (folder / "deep" / "weights").write_bytes(b"w" * 3_000_000)
    (folder / "about").write_bytes(b"it")
    return ()


def story() -> Iterator[Told]:
    """Alice trains on a data set, Bob registers what came of it; a third run evaluates it."""
    train = MovedRun(PROJECT, "r1", BEGAN, "alice", BEGAN + HOUR, RunState.FINISHED, {"display_name": "train"})
    judge = MovedRun(PROJECT, "r2", BEGAN + HOUR, "bob", values={"display_name": "judge"})
    data = MovedVersion(f"{PROJECT}/data", "a", "dataset", BEGAN, "alice")
    model = MovedVersion(MODEL, "b", "model", BEGAN + HOUR, "alice", train.path, aliases=["best"])
    yield ToldRun(train, fetch)
    yield ToldVersion(data, lambda _: [File("data", "etag", reference="s3://bucket/data")])
    yield ToldVersion(model, fetch)
    yield ToldRun(judge)
    yield MovedUse(train.path, data.collection, "a", BEGAN, "alice", "etag")
    yield MovedUse(judge.path, MODEL, "b", BEGAN + HOUR, "bob", "best")
    yield MovedPlace("vault", "zoo", MODEL, "b", BEGAN + 2 * HOUR, "bob", ["production"], "it is good")


async def told(services: Services) -> list[tuple[str, str | None, str, datetime]]:
    """The history of the registry's collection: what, which alias, by whom, when."""

    def look(session: Session) -> list[tuple[str, str | None, str, datetime]]:
        home = find.collection(session, "vault/zoo").id
        events = [event for event in log(session) if event.collection_id == home]
        return [
            (event.kind.value, event.alias, session.get_one(Entity, event.actor_id).name, event.created_at)
            for event in events
        ]

    return await services.database.read(look)


async def test_who_and_when_and_lineage_and_bytes_are_as_they_were(services: Services) -> None:
    moved = await move(services, story())
    assert moved.left_out == []
    assert moved.came == {"runs": 2, "versions": 2, "files": 5, "uses": 2, "places": 1}
    at = BEGAN + 2 * HOUR
    assert await told(services) == [
        ("COLLECTION_CREATED", None, "bob", at),
        ("VERSION_ADDED", None, "bob", at),
        ("ALIAS_ADDED", "latest", "bob", at),
        ("ALIAS_ADDED", "production", "bob", at),
    ]

    def look(session: Session) -> None:
        train, judge = find.run(session, f"{PROJECT}/r1"), find.run(session, f"{PROJECT}/r2")
        assert (train.state, train.started_at, train.finished_at) == (RunState.FINISHED, BEGAN, BEGAN + HOUR)
        assert judge.state is RunState.RUNNING
        version = find.membership(session, f"{MODEL}:best").artifact_id
        assert find.membership(session, "vault/zoo:production").artifact_id == version
        uses = session.exec(select(RunInput).where(RunInput.artifact_id == version)).all()
        assert [(use.run_id, use.requested_as, use.created_at) for use in uses] == [(judge.id, "best", BEGAN + HOUR)]
        assert audit.verify(session) == []

    await services.database.read(look)


async def test_what_is_told_again_changes_nothing_but_what_is_new(services: Services) -> None:
    await move(services, story())
    before = await services.database.read(state_of)
    again = await move(services, story())
    assert await services.database.read(state_of) == before
    assert again.came == {"files": 2}, "a run's files are brought up to what they are there"
    assert again.were_there == {"runs": 2, "versions": 2, "uses": 2, "places": 1}


@pytest.mark.parametrize("cut", range(7))
async def test_one_that_was_cut_goes_on(services: Services, cut: int) -> None:
    def until_then() -> Iterator[Told]:
        for number, each in enumerate(story()):
            if number == cut:
                raise Unreadable("it has gone")
            yield each

    with pytest.raises(Unreadable):
        await move(services, until_then())
    moved = await move(services, story())
    assert moved.left_out == []
    assert len(await told(services)) == 4
    assert moved.came["runs"] + moved.were_there["runs"] == 2


async def test_what_can_not_be_kept_is_left_out_and_said(services: Services) -> None:
    def gone(folder: Path) -> None:
        raise Unreadable("404")

    def odd() -> Iterator[Told]:
        yield ToldRun(MovedRun(PROJECT, "a/b", BEGAN))
        yield ToldVersion(MovedVersion(MODEL, "x", "model", BEGAN), gone)
        yield MovedPlace("vault", "zoo", MODEL, "x", BEGAN)
        yield ToldRun(MovedRun(PROJECT, "fine", BEGAN))

    moved = await move(services, odd())
    assert moved.came["runs"] == 1
    what, which, where = moved.left_out
    assert what.startswith("run local/zoo/a/b: ")
    assert which == f"version x of {MODEL}: 404"
    assert where.startswith("the place of x in vault/zoo: ")
    assert str(moved).splitlines()[-3:] == [f"left out: {each}" for each in moved.left_out]


@pytest.mark.parametrize(("team", "who"), [("zoo-example.com", "local"), ("other", "zoo-example.com")])
async def test_people_are_users_and_for_a_teams_name_stands_the_mover(services: Services, team: str, who: str) -> None:
    await House(services.database, services.local).do(people.create_team, team)
    await move(services, iter([ToldRun(MovedRun(PROJECT, "r", BEGAN, "zoo@example.com"))]))

    def look(session: Session) -> str:
        return session.get_one(Entity, find.run(session, f"{PROJECT}/r").created_by_id).name

    assert await services.database.read(look) == who


def more() -> Iterator[Told]:
    """A team's project: versions with gaps between their numbers, made twice, and a run with a history."""
    first, second = (
        MovedRun("zoo-team/zoo", name, BEGAN, "maya", BEGAN + HOUR, RunState.FINISHED) for name in ("r1", "r2")
    )
    data = "zoo-team/zoo/data"
    yield MovedOwner("zoo-team", ["maya", "priya"])
    yield ToldRun(first, history=lambda number: iter([json.dumps({"_step": step}) for step in range(2500)][number:]))
    yield ToldRun(second)
    for number in (3, 7):
        version = MovedVersion(data, f"k{number}", "dataset", BEGAN, "maya", first.path, number=number, tags=["t"])
        yield ToldVersion(version, lambda _, at=number: [File("data", f"etag{at}", reference="s3://bucket/data")])
    yield MovedOutput(second.path, data, "k3", BEGAN, "maya")
    yield MovedAliases(data, "k3", BEGAN, ["best"], "as it stands")
    yield MovedPlace("vault", "data", data, "k7", BEGAN, "priya", number=5)


async def test_numbers_aliases_makers_and_history_are_what_they_were(services: Services) -> None:
    await move(services, more())
    before = await services.database.read(state_of)
    again = await move(services, more())
    assert (again.left_out, again.came.total()) == ([], 0)
    assert await services.database.read(state_of) == before

    def look(session: Session) -> None:
        members = [find.membership(session, f"zoo-team/zoo/data:{ref}") for ref in ("best", "latest")]
        assert [member.version_index for member in members] == [3, 7]
        assert find.membership(session, "vault/data:latest").version_index == 5
        made = session.exec(select(RunOutput.run_id).where(RunOutput.artifact_id == members[0].artifact_id)).all()
        assert sorted(made) == [find.run(session, f"zoo-team/zoo/{name}").id for name in ("r1", "r2")]
        first = find.run(session, "zoo-team/zoo/r1")
        lines = streams.page(session, first.id, Stream.HISTORY, 5000)
        assert [line.step for line in lines] == list(range(2500))
        team = find.entity(session, "zoo-team").id
        names = select(Entity.name).join(Member, col(Member.entity_id) == Entity.id).where(Member.team_id == team)
        assert set(session.exec(names)) >= {"maya", "priya"}

    await services.database.read(look)


async def test_a_number_that_was_used_here_stays_as_it_is(services: Services) -> None:
    await move(services, more())
    late = MovedVersion("zoo-team/zoo/data", "late", "dataset", BEGAN, number=1)
    await move(services, iter([ToldVersion(late, lambda _: [File("x", "e", reference="s3://bucket/x")])]))

    def look(session: Session) -> int:
        return find.membership(session, "zoo-team/zoo/data:latest").version_index

    assert await services.database.read(look) == 8
