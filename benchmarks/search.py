"""A search in a store of many versions, and what the index costs a write.

python -m benchmarks.search                    # 1,000,000 versions with metadata, SQLite
python -m benchmarks.search --versions 100000 --postgresql
python -m benchmarks.search --writes           # logArtifact with metadata, with the index and without
"""

import argparse
import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlmodel import Session

from benchmarks.contenders.ours import InProcess
from benchmarks.report import headed, load, say, table
from benchmarks.stores import DATA, Facts, Store, in_database, postgresql, recreate_database
from gqlregistry.registry import artifacts, people, runs
from gqlregistry.registry.change import apply
from gqlregistry.registry.files import File
from gqlregistry.store import Database, open_database
from gqlregistry.store.tables.search import definition

SEARCH = "query ($t: String!) { search(text: $t, first: 50) { nodes { name object { id } } } }"
PAGE = "{ artifacts(first: 50) { nodes { id name } } }"
TEXTS = {
    "a word of one version": "w777777",
    "a word of 1 in 50": "epochs 17",
    "a word that all have": "dataset",
    "how two words of all begin": "data acc",
    "a word that none has": "nonesuch",
}
FILTER = "{ artifacts(first: 50, filter: {metadata: [%s]}) { nodes { id name } } }"
CONDITIONS = {
    "versions of which 1 in 10 has it": '{key: "accuracy", gte: 0.9}',
    "versions of which 1 in 7,000 has both": '{key: "accuracy", gte: 0.99}, {key: "epochs", in: [17]}',
    "versions of which none has it": '{key: "source", eq: "nonesuch"}',
}
NO_FACTS = Facts(0, 0, 0, 0, 0, 0, 0, [], [], "", {})
_COLUMNS = "id, collection_id, version_index, state, digest, size, file_count, metadata, pending_aliases, created_at, "
_COLUMNS += "created_by_id, updated_at"
_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT {a} UNION ALL SELECT i + 1 FROM n WHERE i < {b}) ",
    "postgresql": "WITH n AS (SELECT i FROM generate_series({a}, {b}) AS i) ",
}


async def many_versions(database: Database, dialect: str, count: int) -> None:
    """As many committed versions of one collection, each with metadata."""
    local = (await database.write(people.ensure_defaults)).local
    run = (await apply(database, local, runs.create_run, "local/bench")).result.id
    files = [File("f", "etag", 1, "s3://bucket/key")]
    await apply(database, local, artifacts.log_artifact, run, "local/bench/data", "dataset", files=files, commit=True)

    def insert(first: int, last: int) -> Callable[[Session], None]:
        metadata = (
            '\'{"kind":"dataset","accuracy":0.\' || (i % 997) || \',"epochs":\' || (i % 50) || '
            '\',"owner":"ml-team","source":"w\' || i || \'"}\''
        )
        values = f"i, 1, i, 'COMMITTED', 'd' || i, 1, 1, {metadata}, '[]', a.created_at, a.created_by_id, a.created_at"
        statement = _NUMBERS[dialect].format(a=first, b=last)
        statement += f"INSERT INTO artifact ({_COLUMNS}) SELECT {values} FROM n, artifact AS a WHERE a.id = 1"
        return lambda session: session.connection().exec_driver_sql(statement) and None

    for first in range(2, count, 50_000):
        await database.write(insert(first, min(first + 49_999, count)))
        say(f"{min(first + 49_999, count):,} versions, load {load()}")


@contextmanager
def fresh(kind: str) -> Iterator[str]:
    """The URL of a database that is made for this and not kept."""
    DATA.mkdir(exist_ok=True)
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(dir=DATA) as folder:
            yield f"sqlite:///{folder}/search.db"
        return
    with postgresql() as server:
        recreate_database(server, "bench_search")
        yield in_database(server, "bench_search")


async def milliseconds(work: Callable[[], Awaitable[Any]], rounds: int) -> list[float]:
    """What it takes, warm."""
    await work()
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        await work()
        taken.append((perf_counter() - start) * 1000)
    return taken


async def reads(url: str, kind: str, versions: int, rounds: int) -> list[list[str]]:
    """The rows of the table of searches."""
    database = open_database(url, Path())
    await database.upgrade()
    await many_versions(database, kind, versions)
    if kind == "postgresql":
        await database.write(lambda session: session.connection().exec_driver_sql("ANALYZE") and None)
    await database.close()
    ours = InProcess(Store(kind, "", url, NO_FACTS))
    rows = []
    for what, query, variables in [
        ("the newest 50 versions", PAGE, {}),
        *[(what, SEARCH, {"t": text}) for what, text in TEXTS.items()],
        *[(what, FILTER % conditions, {}) for what, conditions in CONDITIONS.items()],
    ]:
        answer = await ours.answer(query, variables)
        taken = await milliseconds(lambda q=query, v=variables: ours.answer(q, v), rounds)
        hits = str(answer.count(b'"name"'))
        rows.append([what, hits, f"{median(taken):.1f}", f"{min(taken):.1f} to {max(taken):.1f}"])
    await ours.close()
    return rows


async def writes(rounds: int) -> list[list[str]]:
    """The rows of the table of writes: logs a second, by turns with the index and without."""
    with fresh("sqlite") as one, fresh("sqlite") as other:
        stores = {"with the index": open_database(one, Path()), "without": open_database(other, Path())}
        for name, store in stores.items():
            await store.upgrade()
            local = (await store.write(people.ensure_defaults)).local
            run = (await apply(store, local, runs.create_run, "local/bench")).result.id
            if name == "without":
                triggers = [line.split()[2] for line in definition("sqlite") if line.startswith("CREATE TRIGGER")]
                for trigger in triggers:
                    await store.write(
                        lambda session, t=trigger: session.connection().exec_driver_sql(f"DROP TRIGGER {t}") and None
                    )
        found: dict[str, list[float]] = {name: [] for name in stores}
        choose = random.Random(1)
        for number in range(rounds):
            for name in choose.sample(list(stores), len(stores)):

                async def log(at: int, store: Database = stores[name]) -> None:
                    metadata = {"kind": "dataset", "accuracy": at / 7, "epochs": at % 50, "source": f"w{at}"}
                    where = f"local/bench/c{at % 32}"
                    digest, said = f"sha256:{at:064x}", {"metadata": metadata, "commit": True}
                    await apply(store, local, artifacts.log_artifact, run, where, "dataset", digest=digest, **said)

                start = perf_counter()
                await asyncio.gather(*[log(number * 1000 + at) for at in range(1000)])
                found[name].append(1000 / (perf_counter() - start))
        for store in stores.values():
            await store.close()
    ratios = [mine / base for mine, base in zip(found["with the index"], found["without"], strict=True)]
    return [
        [name, f"{median(rates):,.0f}", f"{min(rates):,.0f} to {max(rates):,.0f}", f"{median(ratios):.2f}"]
        for name, rates in found.items()
    ]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure the search.")
    parser.add_argument("--versions", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--writes", action="store_true")
    given = parser.parse_args()
    if given.writes:
        headed(f"logArtifact with metadata, rules alone, SQLite, 1,000 at once, {given.rounds} rounds")
        rows = asyncio.run(writes(given.rounds))
        table(["index", "versions/s", "range", "with / without"], rows)
        return
    kind = "postgresql" if given.postgresql else "sqlite"
    headed(f"Search among {given.versions:,} versions, {kind}, in process, {given.rounds} rounds")
    with fresh(kind) as url:
        rows = asyncio.run(reads(url, kind, given.versions, given.rounds))
    table(["text", "hits answered", "ms", "range"], rows)


if __name__ == "__main__":
    main()
