"""Random queries of one from whom something is hidden: nothing of it is ever shown.

A process of its own, `python -m tests.plan.hidden FOLDER SEED KIND`, since statements that were built before stay as
they are. KIND is `half`: half of the artifacts and a third of the runs are hidden, by other rules than ours; or
`published`: by our rules, of a restricted project all that is not in a registry. Says how many queries had plans, and
how many asked for something hidden.
"""

import asyncio
import sys
from pathlib import Path
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from gqlregistry.auth import Principal
from gqlregistry.plan import columns, visibility
from gqlregistry.plan.documents import Documents
from gqlregistry.plan.driver import driver_for
from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import people, projects
from gqlregistry.registry.change import apply
from gqlregistry.schema.schema import public_schema
from gqlregistry.store.database import Database
from gqlregistry.store.sqlite import SQLiteDatabase
from gqlregistry.store.tables import ActionEvent, Artifact, Collection, Membership, Run, Visibility
from tests.plan.operations import Writer
from tests.plan.test_differential import answer_in, fill

QUERIES = 250
LOCAL = Principal(2, "local", is_admin=True)


def hide_half() -> list[str]:
    """Rules that hide half of the artifacts and a third of the runs; what they hide."""
    visibility.RULES.clear()
    visibility.RULES[Artifact] = lambda table, viewer: columns.col(table.id) % 2 == 0
    visibility.RULES[Run] = lambda table, viewer: columns.col(table.id) % 3 != 0
    return [encode_id("Artifact")(key) for key in range(1, 99, 2)] + [encode_id("Run")(key) for key in range(3, 99, 3)]


async def hide_unpublished(database: Database) -> list[str]:
    """Close the project to others; what they may not see."""
    await apply(database, LOCAL, projects.update_project, "local/zoo", visibility=Visibility.RESTRICTED)

    def work(session: Session) -> list[str]:
        homes = set(session.exec(select(Collection.id).where(col(Collection.project_id).is_not(None))))
        members = select(Membership.artifact_id).where(col(Membership.collection_id).not_in(homes))
        published = set(session.exec(members))
        found = [encode_id("Project")(1)]
        found += map(encode_id("Run"), session.exec(select(Run.id)))
        found += map(encode_id("Collection"), homes)
        found += map(encode_id("Artifact"), set(session.exec(select(Artifact.id))) - published)
        inside = select(Membership.id).where(col(Membership.collection_id).in_(homes))
        found += map(encode_id("Membership"), session.exec(inside))
        events = select(ActionEvent.id).where(col(ActionEvent.project_id).is_not(None))
        found += map(encode_id("ActionEvent"), session.exec(events))
        return found

    return await database.read(work)


async def ask(folder: Path, seed: int, kind: str) -> tuple[int, int]:
    """How many of the queries a plan answered, and how many asked for something hidden by its id."""
    database, random = SQLiteDatabase(folder / "registry.db"), Random(seed)
    await database.upgrade()
    driver = driver_for(database)
    planned = asked = 0
    try:
        pool = await fill(database, random)
        eve = (await apply(database, LOCAL, people.create_user, "eve")).result
        hidden = hide_half() if kind == "half" else await hide_unpublished(database)
        # Ids are opaque, but not long: in quotes they are nothing else.
        secrets = [f'"{id}"'.encode() for id in hidden] + ([] if kind == "half" else [b"local/zoo"])
        viewer = Principal(eve.id, eve.name)
        schema, plans, executor = public_schema(), Documents(), Documents(compiled=False)
        for _ in range(QUERIES):
            operation = Writer(schema._schema, pool, random).operation()
            _, ordinary = await answer_in(schema, database, driver, executor, operation, viewer)
            context, compiled = await answer_in(schema, database, driver, plans, operation, viewer)
            for data, errors in (ordinary, compiled):
                shown = [secret for secret in secrets if secret in data]
                if shown:
                    raise SystemExit(f"{shown} are shown to {operation}: {data!r} {errors}")
            if context.request.planned and ordinary != compiled:
                raise SystemExit(f"{operation}\n{ordinary}\n{compiled}")
            planned += context.request.planned
            asked += any(id in str(operation) for id in hidden)
    finally:
        await driver.close()
        await database.close()
    return planned, asked


def main() -> None:
    """The command."""
    found: Any = asyncio.run(ask(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
    sys.stdout.write(f"{found[0]} {found[1]}\n")


if __name__ == "__main__":
    main()
