import re
from datetime import UTC, datetime
from typing import Any

import pytest

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import runs
from gqlregistry.registry.words import ADJECTIVES, NOUNS
from gqlregistry.store.tables import Run, RunState
from tests.registry.conftest import House


async def test_a_run_gets_the_names_that_it_lacks(house: House) -> None:
    first, second = await house.run(), await house.run()
    assert re.fullmatch("[a-z0-9]{8}", first.name)
    adjective, noun, number = first.display_name.split("-")
    assert adjective in ADJECTIVES
    assert noun in NOUNS
    assert number == "1"
    assert second.display_name.endswith("-2")
    assert (first.state, first.created_by_id) == (RunState.RUNNING, house.actor.user_id)
    assert first.started_at is not None


async def test_a_run_keeps_what_it_is_given(house: House) -> None:
    started = datetime(2026, 3, 3, tzinfo=UTC)
    said: dict[str, Any] = {
        "display_name": "rural-feather-20",
        "job_type": "train",
        "group": "g",
        "notes": "n",
        "tags": ["a", "b"],
        "config": {"lr": 0.1},
        "started_at": started,
    }
    run = await house.do(runs.create_run, (await house.project()).id, "mine", **said)
    assert run.model_dump(include=set(said)) == said
    kept = await house.look(lambda s: s.get(Run, run.id))
    assert kept is not None
    assert kept.model_dump(include=set(said)) == said


async def test_a_name_is_used_once(house: House) -> None:
    run = await house.run("mine")
    with pytest.raises(Conflict, match="has or had a run mine"):
        await house.run("mine")
    await house.do(runs.delete_run, run.id)
    with pytest.raises(Conflict):
        await house.run("mine")


async def test_ensuring_a_run_makes_it_once_and_changes_what_is_given(house: House) -> None:
    made = await house.do(runs.ensure_run, "local/zoo", "mine", config={"a": 1}, notes="n")
    again = await house.do(runs.ensure_run, "local/zoo", "mine", config={"a": 2})
    assert (made.created, again.created) == (True, False)
    assert (again.run.config, again.run.notes) == ({"a": 2}, "n")
    assert again.run.display_name == made.run.display_name
    await house.do(runs.delete_run, "local/zoo/mine")
    with pytest.raises(NotFound, match="run mine was deleted on"):
        await house.do(runs.ensure_run, "local/zoo", "mine")


@pytest.mark.parametrize("name", ["", "a/b", "a\0"])
async def test_ensuring_a_run_of_an_impossible_name_is_refused(house: House, name: str) -> None:
    with pytest.raises(BadInput) as caught:
        await house.do(runs.ensure_run, "local/zoo", name)
    assert caught.value.field == ("name",)


async def test_a_run_ends_once_and_may_be_resumed(house: House) -> None:
    run = await house.run()
    ended = await house.do(runs.finish_run, run.id, RunState.FAILED, {"loss": 0.5})
    assert (ended.state, ended.summary) == (RunState.FAILED, {"loss": 0.5})
    again = await house.do(runs.finish_run, run.id)
    assert (again.state, again.finished_at, again.summary) == (RunState.FINISHED, ended.finished_at, {"loss": 0.5})
    resumed = await house.do(runs.resume_run, run.id)
    assert (resumed.state, resumed.finished_at) == (RunState.RUNNING, None)
    await house.do(runs.beat, run.id)
    alive = await house.look(lambda s: s.get(Run, run.id))
    assert alive is not None
    assert alive.heartbeat_at is not None


async def test_a_run_does_not_end_running(house: House) -> None:
    run = await house.run()
    with pytest.raises(BadInput) as caught:
        await house.do(runs.finish_run, run.id, RunState.RUNNING)
    assert caught.value.field == ("state",)


async def test_a_deleted_run_is_told_once(house: House) -> None:
    run = await house.run()
    await house.do(runs.delete_run, run.id, "by mistake")
    assert house.said == ["RUN_DELETED"]
    assert (house.events[0].run_id, house.events[0].reason) == (run.id, "by mistake")
    with pytest.raises(NotFound, match="was deleted on"):
        await house.do(runs.update_run, run.id, notes="n")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a/b"}, "name"),
        ({"name": "x" * 129}, "name"),
        ({"display_name": " "}, "displayName"),
        ({"display_name": "x" * 513}, "displayName"),
        ({"job_type": "\0"}, "jobType"),
        ({"notes": "x" * 65_537}, "notes"),
        ({"tags": ["x" * 513]}, "tags"),
        ({"tags": [str(n) for n in range(101)]}, "tags"),
        ({"config": {"a": float("nan")}}, "config"),
        ({"started_at": datetime(2026, 1, 1)}, "startedAt"),
    ],
)
async def test_what_cannot_be_kept_is_refused(house: House, more: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        await house.do(runs.create_run, "local/zoo", **more)
    assert caught.value.field == (field,)


@pytest.mark.parametrize(
    ("ref", "error"),
    [("local/zoo/nothing", NotFound), ("nothing", BadInput), (99, NotFound), ("a/b/c/d", BadInput)],
)
async def test_an_unknown_run_is_named(house: House, ref: str | int, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        await house.do(runs.finish_run, ref)
    assert getattr(caught.value, "field", None) == ("run",)
