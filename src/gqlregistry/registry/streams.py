"""What a run streams while it runs: the lines of its history, of its machine and of its console, and that it lives."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, and_, col, func, or_, select

from gqlregistry.errors import BadInput
from gqlregistry.registry import runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.rows import connection, run_many, sql_table
from gqlregistry.registry.values import MAX_INT, UNSET, Unset
from gqlregistry.store.tables import Run, RunLine, RunState, Stream

BATCH = 500


@dataclass(frozen=True, slots=True)
class Lines:
    """Consecutive lines of a stream, from a number on."""

    stream: Stream
    offset: int
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run has to say at once. With an `exit_code` it is the last."""

    lines: Sequence[Lines] = ()
    summary: dict[str, Any] | Unset = UNSET
    exit_code: int | None = None
    preempting: bool = False


def take(change: Change, run: Ref, report: Report) -> Run:
    """Keep what a run reports, and that it is alive. The same report again changes nothing.

    A line takes the place of the one that had its number. A run that was thought crashed goes on, one that has ended
    does not.
    """
    found = runs.editable(change, run)
    for lines in report.lines:
        write(change.session, found.id, lines)
    found.heartbeat_at = change.now
    if report.summary is not UNSET:
        runs.update_run(change, found.id, summary=report.summary)
    if report.exit_code is not None:
        return runs.finish_run(change, found.id, _end(found, report))
    if found.state in (RunState.CRASHED, RunState.PENDING):
        runs.resume_run(change, found.id)
    if report.preempting and found.state is RunState.RUNNING:
        found.state = RunState.PREEMPTING
        change.touched_runs.add(found.id)
    return found


def write(session: Session, run: int, lines: Lines) -> None:
    """Keep lines of a run; each takes the place of the one that had its number. Raises `BadInput`."""
    if not 0 <= lines.offset <= MAX_INT - len(lines.texts):
        raise BadInput("lines are numbered from 0", "offset")
    rows = [
        {
            "run_id": run,
            "stream": lines.stream,
            "number": number,
            "step": _step(text, number) if lines.stream is Stream.HISTORY else None,
            "text": _storable(text),
        }
        for number, text in enumerate(lines.texts, lines.offset)
    ]
    if rows:
        run_many(session, _replace(connection(session).dialect.name), rows)


def count(session: Session, run: int, stream: Stream) -> int:
    """How many lines a run has in a stream."""
    last = session.exec(select(func.max(RunLine.number)).where(*_of(run, stream))).one()
    return 0 if last is None else last + 1


def last_step(session: Session, run: int) -> int | None:
    """The highest step of a run's history."""
    # The index is of the lines that have a step; only one who asks for those may use it.
    has_step = col(RunLine.step).is_not(None)
    return session.exec(select(func.max(RunLine.step)).where(*_of(run, Stream.HISTORY), has_step)).one()


def tail(session: Session, run: int, stream: Stream, limit: int) -> list[RunLine]:
    """The last lines of a stream, in order."""
    newest = select(RunLine).where(*_of(run, stream)).order_by(col(RunLine.number).desc()).limit(limit)
    return list(reversed(session.exec(newest).all()))


def page(session: Session, run: int, stream: Stream, limit: int, after: int = -1) -> list[RunLine]:
    """The next lines of a stream behind a number."""
    found = select(RunLine).where(*_of(run, stream), col(RunLine.number) > after)
    return list(session.exec(found.order_by(col(RunLine.number)).limit(limit)))


def steps(session: Session, run: int, first: int, end: int, limit: int, after: int = -1) -> list[RunLine]:
    """The history of a run from a step up to, not with, another; of the first step only what is behind a line."""
    behind = or_(col(RunLine.step) > first, and_(col(RunLine.step) == first, col(RunLine.number) > after))
    found = select(RunLine).where(
        *_of(run, Stream.HISTORY), col(RunLine.step) >= first, col(RunLine.step) < end, behind
    )
    return list(session.exec(found.order_by(col(RunLine.step), col(RunLine.number)).limit(limit)))


def sampled(session: Session, run: int, stream: Stream, samples: int) -> list[RunLine]:
    """So many lines of a stream, evenly spread from the first to the last; all, if there are no more."""
    wanted = spread(count(session, run, stream), samples)
    found: list[RunLine] = []
    for start in range(0, len(wanted), BATCH):
        some = col(RunLine.number).in_(wanted[start : start + BATCH])
        found += session.exec(select(RunLine).where(*_of(run, stream), some).order_by(col(RunLine.number)))
    return found


def spread(total: int, samples: int) -> list[int]:
    """So many of the numbers below a total, evenly spread, the first and the last among them."""
    if total <= samples:
        return list(range(total))
    if samples < 2:
        return list(range(samples))
    return [number * (total - 1) // (samples - 1) for number in range(samples)]


def _end(run: Run, report: Report) -> RunState:
    if report.exit_code == 0:
        return RunState.FINISHED
    if run.state is RunState.PREEMPTING or report.preempting:
        return RunState.PREEMPTED
    return RunState.KILLED if run.stopping_at is not None else RunState.FAILED


def _step(text: str, number: int) -> int:
    """The step that a history line names; its own number if it names none."""
    try:
        step = json.loads(text)["_step"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return number
    return step if isinstance(step, int) and 0 <= step <= MAX_INT else number


def _storable(text: str) -> str:
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()


def _of(run: int, stream: Stream) -> tuple[Any, Any]:
    return col(RunLine.run_id) == run, col(RunLine.stream) == stream


@cache
def _replace(dialect: str) -> Any:
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(sql_table(RunLine))
    return insert.on_conflict_do_update(
        index_elements=["run_id", "stream", "number"],
        set_={"step": insert.excluded.step, "text": insert.excluded.text},
    )
