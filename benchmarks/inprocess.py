"""In one process, without HTTP: the floor, ours, the ordinary executor, a tuned DataLoader server.

    python -m benchmarks.inprocess 100k
    python -m benchmarks.inprocess 100k --postgresql --only n4,n6
    python -m benchmarks.inprocess 100k --memory n8,map70k

Every answer is compared before anything is timed.
"""

import argparse
import functools
import gc
import tempfile
from pathlib import Path
from typing import Any

import orjson
import uvloop

from benchmarks.contenders import Contender
from benchmarks.contenders.dataloader import Server
from benchmarks.contenders.floor import Floor
from benchmarks.contenders.ours import Application, InProcess, raised_limits
from benchmarks.contenders.recording import RecordingDriver
from benchmarks.peak import peaks
from benchmarks.queries import Question, questions
from benchmarks.report import headed, load, say, table
from benchmarks.rounds import Times, measure
from benchmarks.stores import SIZES, Store, opened
from gqlregistry.app.server import collect_seldom

ORDINARY_PER_ROUND = {"n2": 5, "n4": 2, "n6": 1, "n8": 1, "n10f2": 1, "map1k": 1, "coll": 1, "chain": 2}
LARGE = ("map10k", "map70k")
"""Too much for the others to be waited for, and more than the application's budget allows."""


async def run(store: Store, wanted: list[str], rounds: int, data: Path) -> None:
    """Compare, then time, and print the tables."""
    ours, ordinary = InProcess(store), InProcess(store, planned=False)
    floor, application, loader = Floor(store), Application(store, data), Server(store)
    await floor.open()
    await application.open()
    rows: list[list[str]] = []
    counted: list[list[str]] = []
    try:
        for question in questions(store.facts).values():
            if not wanted or question.name in wanted:
                asked = question.variables[: max(rounds * question.per_round, 20)]
                contenders: list[Contender] = [floor, ours, application, ordinary, loader]
                if question.name in LARGE:
                    asked = question.variables[:rounds]
                    contenders = [floor, ours]
                counted.append(await compare(question, asked, floor, ours, contenders))
                slow = {"ordinary": ORDINARY_PER_ROUND.get(question.name, 1)}
                slow["DataLoader"] = max(1, slow["ordinary"])
                answers = {each.name: functools.partial(each.answer, question.text) for each in contenders}
                collect_seldom()
                times = await measure(answers, asked, question.per_round, rounds, slow)
                gc.unfreeze()
                rows += lines(question, times)
                say(f"{question.name}: ours is {times['ours'].ratio:.2f} of the floor, load {load()}")
    finally:
        say()
        table(["query", "who", "ratio to floor", "its range", "median ms", "min", "max", ""], rows)
        table(["query", "objects", "kB", "statements: ours", "ordinary", "DataLoader", "what"], counted)
        for each in (ours, ordinary, floor, application, loader):
            await each.close()


async def compare(
    question: Question, asked: Any, floor: Floor, ours: InProcess, contenders: list[Contender]
) -> list[str]:
    """Require that all answer alike; keep what the floor replays; count. The mean of all requests is shown."""
    driver = ours.driver
    sums = {"objects": 0, "bytes": 0, "ours": 0, "ordinary": 0, "DataLoader": 0}
    few = {each.name: 3 for each in contenders if each.name in ("ordinary", "DataLoader", "ours, ASGI")}
    for number, given in enumerate(asked):
        recording = ours.driver = RecordingDriver(driver)
        body = await ours.answer(question.text, given)
        ours.driver = driver
        answer = orjson.loads(body)
        recorded = floor.keep(question.text, given, recording, body)
        sums["ours"] += recorded.statements
        sums["objects"] += objects(answer["data"])
        sums["bytes"] += len(body)
        for each in contenders:
            if number >= few.get(each.name, len(asked)) or each is ours:
                continue
            if isinstance(each, InProcess):
                recording = each.driver = RecordingDriver(driver)
            theirs = orjson.loads(await each.answer(question.text, given))
            if theirs["data"] != answer["data"]:
                raise SystemExit(f"{question.name} {given}: {each.name} answers otherwise; nothing is timed")
            if isinstance(each, InProcess):
                sums["ordinary"] += sum(len(reading) for reading in recording.readings)
                each.driver = each._own_driver
            if isinstance(each, Server):
                sums["DataLoader"] += each.statements
    count = len(asked)
    shown = min(3, count)
    ordinary = f"{sums['ordinary'] / shown:.0f}" if sums["ordinary"] else ""
    return [
        question.name,
        f"{sums['objects'] / count:,.0f}",
        f"{sums['bytes'] / count / 1000:,.1f}",
        f"{sums['ours'] / count:.0f}",
        ordinary,
        f"{sums['DataLoader'] / shown:.0f}",
        question.about,
    ]


def objects(value: Any) -> int:
    """How many objects an answer holds."""
    if isinstance(value, dict):
        return 1 + sum(map(objects, value.values()))
    return sum(map(objects, value)) if isinstance(value, list) else 0


def lines(question: Question, times: dict[str, Times]) -> list[list[str]]:
    """The rows of one query."""
    found = []
    for name, each in times.items():
        found.append(
            [
                question.name,
                name,
                f"{each.ratio:.2f}",
                f"{min(each.ratios):.2f} to {max(each.ratios):.2f}",
                f"{each.median * 1000:.2f}",
                f"{min(each.seconds) * 1000:.2f}",
                f"{max(each.seconds) * 1000:.2f}",
                "overlap" if each is not times["ours"] and each.overlaps(times["ours"]) else "",
            ]
        )
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure without HTTP.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--only", default="", help="names of queries, with commas")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--memory", default="", help="measure peak memory of these queries instead")
    given = parser.parse_args()
    kind = "postgresql" if given.postgresql else "sqlite"
    with opened(kind, given.size) as store, raised_limits():
        if given.memory:
            headed(f"Peak memory, {given.size} versions, {kind}: growth of a fresh process over idle, one request")
            peaks(store, given.memory.split(","))
            return
        headed(
            f"In process, {given.size} versions, {kind}, {given.rounds} rounds, rotating ids, warm; data "
            f"{store.facts.digest[:12]}"
        )
        with tempfile.TemporaryDirectory() as data:
            uvloop.run(run(store, [name for name in given.only.split(",") if name], given.rounds, Path(data)))


if __name__ == "__main__":
    main()
