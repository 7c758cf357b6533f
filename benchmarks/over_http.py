"""Over HTTP on the loopback interface: `gqlregistry serve` against the tuned DataLoader server, both under uvicorn.

python -m benchmarks.over_http 100k
python -m benchmarks.over_http 100k --postgresql --clients 1 --only n2,n4
python -m benchmarks.over_http 100k --postgresql --peers    # and other servers, see benchmarks/peers
"""

import argparse
import asyncio
import random
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median, quantiles
from typing import Any

import orjson
import uvloop

from benchmarks import peers
from benchmarks.client import Load, connect, load, prepared
from benchmarks.contenders import serving
from benchmarks.contenders.serving import Served
from benchmarks.queries import Question, questions
from benchmarks.report import headed, say, table
from benchmarks.report import load as load_average
from benchmarks.stores import SIZES, opened

DEFAULT = "n2,n4,n6,coll,act,hub"
COMPARED = 16


async def answered(server: Served, question: Question) -> list[Any]:
    """The data of the first answers, asked all at once."""

    async def ask(given: dict[str, Any]) -> Any:
        connection = await connect(server.url)
        body = orjson.loads(await connection.ask(prepared(server.url, server.asks(question), given)))
        connection.close()
        return body

    bodies = await asyncio.gather(*[ask(given) for given in server.variables(question)[:COMPARED]])
    wrong = next((body["errors"] for body in bodies if "errors" in body), None)
    if wrong:
        raise SystemExit(f"{question.name}: {server.name} answers with errors, nothing is timed: {wrong}")
    return [body["data"] for body in bodies]


async def compare(servers: Sequence[Served], question: Question) -> None:
    """Require that all servers answer the first requests alike."""
    expected = await answered(servers[0], question)
    for server in servers[1:]:
        answers = await answered(server, question)
        for given, answer, ours in zip(question.variables, answers, expected, strict=False):
            if not server.agrees(answer, ours):
                raise SystemExit(f"{question.name} {given}: {server.name} answers differently; nothing is timed")


async def run(
    servers: Sequence[Served], asked: list[Question], clients: int, rounds: int, seconds: float
) -> list[list[str]]:
    """Load the servers by turns, in random order, ours being the first given; the rows of the table."""
    choose = random.Random(1)
    rows = []
    for question in asked:
        able = [server for server in servers if server.knows(question)]
        await compare(able, question)
        requests = {
            each.name: [prepared(each.url, each.asks(question), given) for given in each.variables(question)]
            for each in able
        }
        found: dict[str, list[Load]] = {server.name: [] for server in able}
        for number in range(rounds):
            for server in choose.sample(able, len(able)):
                sent = requests[server.name]
                await load(server.url, sent, clients, 0.3, number)
                found[server.name].append(await load(server.url, sent, clients, seconds, number))
        for name, loads in found.items():
            rates = [each.rate for each in loads]
            ratios = [ours.rate / each.rate for ours, each in zip(found["ours"], loads, strict=True)]
            latencies = [value for each in loads for value in each.latencies]
            against = [each.rate for each in found["ours"]]
            overlap = name != "ours" and min(rates) <= max(against) and min(against) <= max(rates)
            rows.append(
                [
                    question.name,
                    name,
                    f"{median(rates):,.0f}",
                    f"{min(rates):,.0f} to {max(rates):,.0f}",
                    f"{median(ratios):.3g}",
                    f"{median(latencies) * 1000:.1f}",
                    f"{quantiles(latencies, n=100)[98] * 1000:.1f}",
                    "overlaps ours" if overlap else "",
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
    parser.add_argument("--peers", action="store_true", help="also the servers of benchmarks/peers")
    given = parser.parse_args()
    if given.peers and not given.postgresql:
        parser.error("the peers read PostgreSQL: give --postgresql too")
    kind = "postgresql" if given.postgresql else "sqlite"
    versions = peers.versions() if given.peers else ""
    with opened(kind, given.size) as store, ExitStack() as stack:
        headed(
            f"Over HTTP, {given.size} versions, {kind}, {given.clients} clients, {given.rounds} rounds of "
            f"{given.seconds:g} s; one process each"
        )
        if given.peers:
            say(f"Peers: {versions}")
            say()
        known = questions(store.facts)
        servers = [
            Served("ours", stack.enter_context(serving.ours(store.url))),
            Served("DataLoader", stack.enter_context(serving.dataloader(store))),
        ]
        if given.peers:
            servers += stack.enter_context(peers.started(store.url))
        asked = [known[name] for name in given.only.split(",")]
        rows = uvloop.run(run(servers, asked, given.clients, given.rounds, given.seconds))
        say()
        head = ["query", "who", "requests/s", "range", "ours is × as fast", "p50 ms", "p99 ms", ""]
        table(head, rows)


if __name__ == "__main__":
    main()
