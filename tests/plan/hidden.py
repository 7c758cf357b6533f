"""Random queries while half of the artifacts and a third of the runs are hidden: nothing of them is ever shown.

A process of its own, `python -m tests.plan.hidden FOLDER SEED`, since statements that were built before stay as they
are. Says how many queries had plans, and how often hidden rows would have been shown if they were not.
"""

import asyncio
import sys
from pathlib import Path
from random import Random
from typing import Any

from gqlregistry.plan import visibility
from gqlregistry.plan.columns import col
from gqlregistry.plan.documents import Documents
from gqlregistry.plan.driver import driver_for
from gqlregistry.plan.relay import encode_id
from gqlregistry.schema.schema import public_schema
from gqlregistry.store.sqlite import SQLiteDatabase
from gqlregistry.store.tables import Artifact, Run
from tests.plan.operations import Writer
from tests.plan.test_differential import answer, answer_in, fill

QUERIES = 250
HIDDEN = [encode_id("Artifact")(key) for key in range(1, 99, 2)] + [encode_id("Run")(key) for key in range(3, 99, 3)]


async def ask(folder: Path, seed: int) -> tuple[int, int]:
    """How many of the queries a plan answered, and how many asked for a hidden row by its id."""
    database, random = SQLiteDatabase(folder / "registry.db"), Random(seed)
    await database.upgrade()
    driver = driver_for(database)
    planned = asked = 0
    try:
        pool = await fill(database, random)
        visibility.RULES[Artifact] = lambda table: [col(table.id) % 2 == 0]
        visibility.RULES[Run] = lambda table: [col(table.id) % 3 != 0]
        schema, plans, executor = public_schema(), Documents(), Documents(compiled=False)
        for _ in range(QUERIES):
            operation = Writer(schema._schema, pool, random).operation()
            ordinary = await answer(schema, database, driver, executor, operation)
            context, compiled = await answer_in(schema, database, driver, plans, operation)
            for data, errors in (ordinary, compiled):
                shown = [id for id in HIDDEN if f'"{id}"'.encode() in data]
                if shown:
                    raise SystemExit(f"{shown} are shown to {operation}: {data!r} {errors}")
            if context.request.planned and ordinary != compiled:
                raise SystemExit(f"{operation}\n{ordinary}\n{compiled}")
            planned += context.request.planned
            asked += any(id in str(operation) for id in HIDDEN)
    finally:
        await driver.close()
        await database.close()
    return planned, asked


def main() -> None:
    """The command."""
    found: Any = asyncio.run(ask(Path(sys.argv[1]), int(sys.argv[2])))
    sys.stdout.write(f"{found[0]} {found[1]}\n")


if __name__ == "__main__":
    main()
