"""Over HTTP on the loopback interface: `gqlregistry serve` against the tuned DataLoader server, both under uvicorn.

python -m benchmarks.over_http 100k
python -m benchmarks.over_http 100k --postgresql --clients 1 --only n2,n4
"""

import argparse
import random
from contextlib import ExitStack
from statistics import median, quantiles

import orjson
import uvloop

from benchmarks.client import Load, connect, load, prepared
from benchmarks.contenders import serving
from benchmarks.queries import Question, questions
from benchmarks.report import headed, say, table
from benchmarks.report import load as load_average
from benchmarks.stores import SIZES, opened

DEFAULT = "n2,n4,n6,coll,act,hub"


async def compare(urls: dict[str, str], question: Question) -> None:
    """Require that all servers answer the first requests alike."""
    for given in question.variables[:5]:
        answers = {}
        for name, url in urls.items():
            connection = await connect(url)
            answers[name] = orjson.loads(await connection.ask(prepared(url, question.text, given)))["data"]
            connection.close()
        if any(answer != answers["ours"] for answer in answers.values()):
            raise SystemExit(f"{question.name} {given}: the servers answer differently; nothing is timed")


async def run(
    urls: dict[str, str], asked: list[Question], clients: int, rounds: int, seconds: float
) -> list[list[str]]:
    """Load the servers by turns, in random order; the rows of the table."""
    choose = random.Random(1)
    rows = []
    for question in asked:
        await compare(urls, question)
        found: dict[str, list[Load]] = {name: [] for name in urls}
        for number in range(rounds):
            order = list(urls)
            choose.shuffle(order)
            for name in order:
                requests = [prepared(urls[name], question.text, given) for given in question.variables]
                await load(urls[name], requests, clients, 0.3, number)
                found[name].append(await load(urls[name], requests, clients, seconds, number))
        for name, loads in found.items():
            rates = [each.rate for each in loads]
            ratios = [ours.rate / each.rate for ours, each in zip(found["ours"], loads, strict=True)]
            latencies = [value for each in loads for value in each.latencies]
            others = [load_.rate for other, loads_ in found.items() if other != name for load_ in loads_]
            overlap = min(rates) <= max(others) and min(others) <= max(rates)
            rows.append(
                [
                    question.name,
                    name,
                    f"{median(rates):,.0f}",
                    f"{min(rates):,.0f} to {max(rates):,.0f}",
                    f"{median(ratios):.1f}",
                    f"{median(latencies) * 1000:.1f}",
                    f"{quantiles(latencies, n=100)[98] * 1000:.1f}",
                    "overlap" if overlap else "",
                ]
            )
        say(f"{question.name} done, load {load_average()}")
    return rows


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure over HTTP.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--only", default=DEFAULT, help="names of queries, with commas")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    given = parser.parse_args()
    kind = "postgresql" if given.postgresql else "sqlite"
    with opened(kind, given.size) as store, ExitStack() as stack:
        headed(
            f"Over HTTP, {given.size} versions, {kind}, {given.clients} clients, {given.rounds} rounds of "
            f"{given.seconds:g} s; one process each"
        )
        known = questions(store.facts)
        urls = {
            "ours": stack.enter_context(serving.ours(store.url)),
            "DataLoader": stack.enter_context(serving.dataloader(store)),
        }
        asked = [known[name] for name in given.only.split(",")]
        rows = uvloop.run(run(urls, asked, given.clients, given.rounds, given.seconds))
        say()
        head = ["query", "who", "requests/s", "range", "ours is × as fast", "p50 ms", "p99 ms", ""]
        table(head, rows)


if __name__ == "__main__":
    main()
