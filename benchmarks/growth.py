"""What an answer costs in a store of 1,000,000 versions, against the same question to one of 10,000.

python -m benchmarks.growth
python -m benchmarks.growth --sizes 10k,100k --only n4,act

The first size is what the ratios are to. Answers differ, since the data do; ratios are of the time for each object.
"""

import argparse
import asyncio
import gc
import random
from contextlib import ExitStack
from statistics import median
from time import perf_counter

import orjson

from benchmarks.contenders.ours import InProcess, raised_limits
from benchmarks.inprocess import objects
from benchmarks.queries import Question, questions
from benchmarks.report import headed, load, say, table
from benchmarks.stores import SIZES, opened

DEFAULT = "n2,n4,n6,n8,down3,coll,act,hub,chain,map1k"


async def timed(ours: InProcess, question: Question, at: int) -> float:
    """Seconds for each object of a round's answers."""
    asked = [
        question.variables[(at * question.per_round + n) % len(question.variables)] for n in range(question.per_round)
    ]
    gc.collect()
    start = perf_counter()
    bodies = [await ours.answer(question.text, given) for given in asked]
    seconds = perf_counter() - start
    return seconds / sum(objects(orjson.loads(body)["data"]) for body in bodies)


async def run(stores: dict[str, InProcess], asked: dict[str, dict[str, Question]], rounds: int) -> list[list[str]]:
    """The rows of the table: ask everything once, then rounds in random order."""
    choose = random.Random(1)
    first = next(iter(stores))
    rows = []
    for name in asked[first]:
        found: dict[str, list[float]] = {size: [] for size in stores}
        for size, ours in stores.items():
            for at in range(rounds):
                await timed(ours, asked[size][name], at)
        for at in range(rounds):
            order = list(stores)
            choose.shuffle(order)
            for size in order:
                found[size].append(await timed(stores[size], asked[size][name], at))
        for size, seconds in found.items():
            ratios = [mine / base for mine, base in zip(seconds, found[first], strict=True)]
            spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
            rows.append([name, size, f"{median(ratios):.2f}", spread, f"{median(seconds) * 1e6:.1f}"])
        say(f"{name} done, load {load()}")
    return rows


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure how the cost grows with the store.")
    parser.add_argument("--sizes", default="10k,1m", help=f"of {', '.join(SIZES)}, with commas")
    parser.add_argument("--only", default=DEFAULT, help="names of queries, with commas")
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    names = given.only.split(",")

    async def measured() -> list[list[str]]:
        with ExitStack() as stack:
            stack.enter_context(raised_limits())
            kept = {size: stack.enter_context(opened("sqlite", size)) for size in given.sizes.split(",")}
            asked = {size: questions(store.facts) for size, store in kept.items()}
            asked = {size: {name: known[name] for name in names} for size, known in asked.items()}
            stores = {size: InProcess(store) for size, store in kept.items()}
            rows = await run(stores, asked, given.rounds)
            for ours in stores.values():
                await ours.close()
            return rows

    headed(f"In process, SQLite, {given.rounds} rounds, rotating ids, warm: time for each object of the answer")
    rows = asyncio.run(measured())
    say()
    table(["query", "versions", "ratio", "its range", "µs an object"], rows)


if __name__ == "__main__":
    main()
