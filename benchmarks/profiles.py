"""Where our time goes: cProfile over one query's plan, run on the loop's own thread so that one profile sees all.

python -m benchmarks.profiles 100k n4
python -m benchmarks.profiles 100k map10k --by cumulative
"""

import argparse
import asyncio
import cProfile
import pstats
import sys
from typing import Any, TypeVar

from benchmarks.contenders.ours import InProcess, raised_limits
from benchmarks.queries import questions
from benchmarks.report import headed
from benchmarks.stores import SIZES, Store, opened
from gqlregistry.plan.driver import Course, SQLiteDriver, Wanted
from gqlregistry.plan.statement import Reading

T = TypeVar("T")
REQUESTS = {"n2": 300, "n4": 100, "n6": 30, "act": 200, "hub": 200, "coll": 40, "chain": 20}


class InlineDriver(SQLiteDriver):
    """Without the hop to a thread."""

    async def run(self, reading: Reading[T], course: Course | None = None) -> T:
        return self._run(reading, Course(), Wanted())


async def profiled(store: Store, name: str) -> Any:
    """The profile of many requests of one query, warm."""
    ours = InProcess(store)
    ours.driver = InlineDriver(ours.driver._path)  # type: ignore[attr-defined]
    question = questions(store.facts)[name]
    for given in question.variables[:5]:
        await ours.answer(question.text, given)
    profile = cProfile.Profile()
    profile.enable()
    for number in range(REQUESTS.get(name, 3)):
        await ours.answer(question.text, question.variables[number % len(question.variables)])
    profile.disable()
    await ours.driver.close()
    await ours.close()
    return profile


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Profile one query.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("query")
    parser.add_argument("--by", default="tottime", choices=("tottime", "cumulative"))
    parser.add_argument("--lines", type=int, default=25)
    given = parser.parse_args()
    with opened("sqlite", given.size) as store, raised_limits():
        headed(f"Profile of {given.query}, {given.size} versions, sqlite")
        profile = asyncio.run(profiled(store, given.query))
        pstats.Stats(profile, stream=sys.stdout).strip_dirs().sort_stats(given.by).print_stats(given.lines)


if __name__ == "__main__":
    main()
