"""What a run streams, and when it is thought dead."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import update

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import runs, streams
from gqlregistry.registry.streams import Lines, Report
from gqlregistry.store.tables import Run, RunState, Stream
from tests.registry.conftest import House


def history(first: int, *losses: float) -> Lines:
    texts = [json.dumps({"_step": 10 * step, "loss": loss}) for step, loss in enumerate(losses, first)]
    return Lines(Stream.HISTORY, first, texts)


async def told(house: House, run: int, **report: Any) -> Run:
    found: Run = await house.do(streams.take, run, Report(**report))
    return found


async def texts(house: House, run: int, stream: Stream = Stream.HISTORY) -> list[str]:
    lines = await house.look(lambda session: streams.page(session, run, stream, 100))
    return [line.text for line in lines]


async def test_lines_are_kept_in_order_and_counted(house: House) -> None:
    run = (await house.run()).id
    await told(house, run, lines=[history(0, 1.0, 0.5), Lines(Stream.CONSOLE, 0, ["hello"])])
    await told(house, run, lines=[history(2, 0.25)])
    assert [json.loads(text)["loss"] for text in await texts(house, run)] == [1.0, 0.5, 0.25]
    assert await texts(house, run, Stream.CONSOLE) == ["hello"]
    assert await house.look(lambda s: streams.count(s, run, Stream.HISTORY)) == 3
    assert await house.look(lambda s: streams.count(s, run, Stream.EVENTS)) == 0
    assert await house.look(lambda s: streams.last_step(s, run)) == 20


async def test_the_same_report_again_changes_nothing(house: House) -> None:
    run = (await house.run()).id
    for _ in range(2):
        await told(house, run, lines=[history(0, 1.0, 0.5)])
    assert len(await texts(house, run)) == 2


async def test_a_line_takes_the_place_of_the_one_of_its_number(house: House) -> None:
    run = (await house.run()).id
    await told(house, run, lines=[Lines(Stream.CONSOLE, 0, ["10 %", "next"])])
    await told(house, run, lines=[Lines(Stream.CONSOLE, 0, ["20 %"])])
    assert await texts(house, run, Stream.CONSOLE) == ["20 %", "next"]


async def test_what_is_not_json_is_kept_as_it_is(house: House) -> None:
    run = (await house.run()).id
    lines = ['{"_step": 7, "loss": NaN}', "not json", "[1]", '{"_step": "x"}', "nul \0", "half \ud800"]
    await told(house, run, lines=[Lines(Stream.HISTORY, 0, lines)])
    kept = await house.look(lambda s: streams.page(s, run, Stream.HISTORY, 100))
    assert [line.text for line in kept] == [*lines[:4], "nul \ufffd", "half ?"]
    assert [line.step for line in kept] == [7, 1, 2, 3, 4, 5]


async def test_history_is_read_by_step(house: House) -> None:
    run = (await house.run()).id
    await told(house, run, lines=[history(0, *range(10))])
    found = await house.look(lambda s: streams.steps(s, run, 20, 50, 100))
    assert [line.step for line in found] == [20, 30, 40]
    assert len(await house.look(lambda s: streams.steps(s, run, 20, 50, 2))) == 2
    last = await house.look(lambda s: streams.tail(s, run, Stream.HISTORY, 2))
    assert [line.number for line in last] == [8, 9]


async def test_lines_of_one_step_come_in_pages_too(house: House) -> None:
    run = (await house.run()).id
    lines = [json.dumps({"_step": step}) for step in (0, 1, 1, 1, 2)]
    await told(house, run, lines=[Lines(Stream.HISTORY, 0, lines)])
    found, first, after = [], 0, -1
    while page := await house.look(lambda s, f=first, a=after: streams.steps(s, run, f, 9, 2, a)):
        found += [line.number for line in page]
        first, after = page[-1].step or 0, page[-1].number
    assert found == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(("samples", "steps"), [(100, list(range(10))), (4, [0, 3, 6, 9]), (1, [0]), (0, [])])
async def test_samples_are_spread_from_the_first_to_the_last(house: House, samples: int, steps: list[int]) -> None:
    run = (await house.run()).id
    await told(house, run, lines=[history(0, *range(10))])
    found = await house.look(lambda s: streams.sampled(s, run, Stream.HISTORY, samples))
    assert [line.number for line in found] == steps


@pytest.mark.parametrize("offset", [-1, 2**63])
async def test_an_impossible_number_is_refused(house: House, offset: int) -> None:
    run = (await house.run()).id
    with pytest.raises(BadInput):
        await told(house, run, lines=[Lines(Stream.CONSOLE, offset, ["x"])])


@pytest.mark.parametrize(
    ("report", "state"),
    [
        ({"exit_code": 0}, RunState.FINISHED),
        ({"exit_code": 1}, RunState.FAILED),
        ({"exit_code": 1, "preempting": True}, RunState.PREEMPTED),
        ({"preempting": True}, RunState.PREEMPTING),
        ({}, RunState.RUNNING),
    ],
)
async def test_a_report_says_where_the_run_stands(house: House, report: dict[str, Any], state: RunState) -> None:
    run = (await house.run()).id
    found = await told(house, run, summary={"loss": 1}, **report)
    assert (found.state, found.summary) == (state, {"loss": 1})
    assert (found.finished_at is None) == (state in runs.ALIVE)
    assert found.heartbeat_at is not None


async def test_a_run_that_was_asked_to_stop_and_fails_was_killed(house: House) -> None:
    run = (await house.run()).id
    assert (await house.do(runs.stop_run, run)).stopping_at is not None
    assert (await told(house, run)).stopping_at is not None
    assert (await told(house, run, exit_code=255)).state is RunState.KILLED
    assert (await house.do(runs.resume_run, run)).stopping_at is None


async def test_stopping_a_run_that_has_ended_does_nothing(house: House) -> None:
    run = (await house.run()).id
    await told(house, run, exit_code=0)
    assert (await house.do(runs.stop_run, run)).stopping_at is None


async def test_a_late_report_does_not_revive_a_run(house: House) -> None:
    run = (await house.run()).id
    await told(house, run, exit_code=0)
    assert (await told(house, run, lines=[history(0, 1.0)])).state is RunState.FINISHED


async def test_a_deleted_run_reports_no_more(house: House) -> None:
    run = (await house.run()).id
    await house.do(runs.delete_run, run)
    with pytest.raises(NotFound, match="was deleted"):
        await told(house, run)


async def test_a_run_that_falls_silent_has_crashed_until_it_is_heard_of(house: House) -> None:
    silent, quiet, unheard = [(await house.run()).id for _ in range(3)]
    for run in (silent, quiet):
        await told(house, run)
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    await house.look(lambda s: s.exec(update(Run).where(Run.id == silent).values(heartbeat_at=long_ago)))
    assert await house.do(runs.crash_silent, timedelta(minutes=5)) == 1
    assert await house.do(runs.crash_silent, timedelta(minutes=5)) == 0
    found = await house.look(lambda s: {run: s.get_one(Run, run) for run in (silent, quiet, unheard)})
    assert (found[silent].state, found[silent].finished_at) == (RunState.CRASHED, long_ago)
    assert {found[quiet].state, found[unheard].state} == {RunState.RUNNING}
    revived = await told(house, silent)
    assert (revived.state, revived.finished_at) == (RunState.RUNNING, None)


async def test_a_run_that_is_preempted_and_falls_silent_did_not_crash(house: House) -> None:
    run = (await house.run()).id
    await told(house, run, preempting=True)
    await house.do(runs.crash_silent, timedelta(seconds=-1))
    assert (await house.look(lambda s: s.get_one(Run, run))).state is RunState.PREEMPTED


async def test_a_run_can_be_put_off_unless_it_ended_well(house: House) -> None:
    run = (await house.run()).id
    await told(house, run, exit_code=1)
    assert (await house.do(runs.postpone_run, run)).state is RunState.PENDING
    assert (await told(house, run)).state is RunState.RUNNING
    await told(house, run, exit_code=0)
    with pytest.raises(Conflict, match="is finished"):
        await house.do(runs.postpone_run, run)


async def test_what_a_client_keeps_of_itself_adds_up(house: House) -> None:
    run = (await house.run()).id
    await house.do(runs.update_run, run, client={"host": "a"})
    assert (await house.do(runs.update_run, run, client={"commit": "b"})).client == {"host": "a", "commit": "b"}
