"""What it costs to ask the history: as of a moment, the impact of a version, two origins compared, a provenance.

python -m benchmarks.past 100k
python -m benchmarks.past 100k --postgresql --rounds 20
"""

import argparse
import asyncio
import random
from collections.abc import Sequence
from statistics import median
from time import perf_counter
from typing import Any

import orjson

from benchmarks.contenders.ours import InProcess
from benchmarks.inprocess import objects
from benchmarks.queries import ROOTS, Question
from benchmarks.report import headed, load, say, table
from benchmarks.stores import SIZES, Facts, opened
from gqlregistry.plan.relay import encode_id

MOMENTS = ("2025-01-02T00:00:00Z", "2025-01-20T00:00:00Z", "2025-06-01T00:00:00Z", "2100-01-01T00:00:00Z")

AT = """query At($id: ID!, $t: DateTime!) { collection(ref: {id: $id}) { at(time: $t) {
  name aliases { name version since } versions(first: 10) { version artifact { id } } } } }"""
VERSIONS = """query Versions($id: ID!, $t: DateTime!) { collection(ref: {id: $id}) {
  versions(first: 50, asOf: $t) { nodes { version createdAt artifact { id digest size } } } } }"""
IMPACT = """query Impact($id: ID!) { impact(of: {id: $id}) {
  runs artifacts truncated counts { kind type count } aliases(first: 100) { name path version from }
  requested { requestedAs count } nodes(first: 100) { distance } } }"""
REPORT = "query Report($id: ID!) { impact(of: {id: $id}) { runs artifacts report } }"
DIFF = """query Diff($id: ID!, $to: ID!) { artifact(ref: {id: $id}) { lineageDiff(to: {id: $to}) {
  added { name } removed { name } changed { before { name } after { name } config { key } metadata { key } }
  common truncated } } }"""
PROVENANCE = "query Provenance($id: ID!) { artifact(ref: {id: $id}) { provenance { truncated document } } }"

EXPORT = """query Export($id: ID!) { artifact(ref: {id: $id}) {
  lineage(direction: UPSTREAM, depth: 100, first: 1000) { truncated export(format: %s) } } }"""
EXPORTS = ("MERMAID", "SVG", "GRAPHML", "OPENLINEAGE", "PROV", "CYCLONEDX")


def questions(facts: Facts) -> list[Question]:
    """What is asked, of things in rotation."""
    choose = random.Random(facts.seed)
    artifact, collection = encode_id("Artifact"), encode_id("Collection")
    homes = choose.sample(facts.collections, min(ROOTS, len(facts.collections)))
    past = [{"id": collection(key), "t": choose.choice(MOMENTS)} for key in homes]
    late = [{"id": artifact(key)} for key in choose.sample(range(facts.ordinary * 9 // 10, facts.ordinary), ROOTS)]
    newest = [{"id": artifact(facts.ordinary - n), "to": artifact(facts.ordinary - n - 1)} for n in range(20)]
    hub = [{"id": artifact(facts.hub)}]
    ids = [{"id": each["id"]} for each in newest]
    return [
        Question("at", AT, past, 10, "a collection as of a moment, 10 versions, aliases"),
        Question("asOf", VERSIONS, past, 10, "50 versions as of a moment"),
        Question("impact", IMPACT, late, 2, "all that came of one of the newest tenth"),
        Question("hub", IMPACT, hub, 1, f"the same of a hub with {facts.hub_users:,} users: the closest 50,000"),
        Question("report", REPORT, hub, 1, "its report in Markdown"),
        Question("diff", DIFF, newest, 1, "two origins of 1,000 nodes compared"),
        Question("provenance", PROVENANCE, ids, 1, "a document of 1,000 nodes"),
        *(Question(each.lower(), EXPORT % each, ids, 1, f"a map of 1,000 nodes as {each}") for each in EXPORTS),
    ]


async def run(ours: InProcess, asked: Sequence[Question], rounds: int) -> list[list[str]]:
    """The rows of the table: everything once, then rounds in random order."""
    choose = random.Random(1)
    seconds: dict[str, list[float]] = {question.name: [] for question in asked}
    shown: dict[str, Any] = {}
    for at in range(rounds + 1):
        for question in choose.sample(asked, len(asked)):
            first, many = at * question.per_round, len(question.variables)
            given = [question.variables[n % many] for n in range(first, first + question.per_round)]
            start = perf_counter()
            bodies = [await ours.answer(question.text, each) for each in given]
            if at:
                seconds[question.name].append((perf_counter() - start) / len(bodies))
            shown[question.name] = objects(orjson.loads(bodies[-1])["data"])
    return [
        [
            question.name,
            question.about,
            str(shown[question.name]),
            f"{median(seconds[question.name]) * 1e3:.1f}",
            f"{min(seconds[question.name]) * 1e3:.1f} to {max(seconds[question.name]) * 1e3:.1f}",
        ]
        for question in asked
    ]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure what it costs to ask the history.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()

    async def measured(ours: InProcess, asked: Sequence[Question]) -> list[list[str]]:
        found = await run(ours, asked, given.rounds)
        await ours.close()
        return found

    kind = "postgresql" if given.postgresql else "sqlite"
    headed(f"In process, {kind}, {given.size}, {given.rounds} rounds, warm: time for an answer")
    with opened(kind, given.size) as store:
        rows = asyncio.run(measured(InProcess(store), questions(store.facts)))
    table(["query", "what", "objects", "median, ms", "its range"], rows)
    say(f"\nload {load()}")


if __name__ == "__main__":
    main()
