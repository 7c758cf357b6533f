"""The walk behind a map, where the schema's tests can't see it: what it costs."""

from gqlregistry.plan.driver import driver_for
from gqlregistry.plan.lineage import Kind, Node, Way, more_around, walk
from gqlregistry.plan.reader import Request
from gqlregistry.registry import artifacts, lineage, people, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.store import Database
from tests.registry.conftest import House

SIDE = 25


def dense(change: Change) -> int:
    """Every run uses every version, and all but the first version are made by no run. Answers a version's key."""
    made = [
        artifacts.log_artifact(
            change, None, "local/zoo/data", "data", files=[File("f", f"{n}", 1, "s3://bucket/key")], commit=True
        ).artifact.id
        for n in range(SIDE)
    ]
    for _ in range(SIDE):
        run = runs.create_run(change, "local/zoo").id
        for artifact in made:
            lineage.use_artifact(change, run, artifact)
        product = [File("f", "product", 1, "s3://bucket/key")]
        artifacts.log_artifact(change, run, "local/zoo/product", "data", files=product, commit=True)
    return made[0]


async def test_a_dense_graph_is_read_by_its_nodes_and_not_by_its_edges(database: Database) -> None:
    house = House(database, (await database.write(people.ensure_defaults)).local)
    await house.project()
    start = Node(Kind.ARTIFACT, await house.do(dense))
    driver = driver_for(house.database)
    try:
        request = Request(driver.dialect, house.actor, node_budget=5 * SIDE)
        found = await driver.run(walk(request, start, list(Way), 4, 500, {}))
        # Downstream all runs and their product; upstream nothing, since no run made a version.
        assert (len(found.nodes), found.truncated) == (1 + SIDE + 1, False)
        product = found.nodes[-1]
        request = Request(driver.dialect, house.actor, node_budget=5 * SIDE)
        upstream = await driver.run(walk(request, product, [Way.INPUTS], 100, 500, {}))
        assert len(upstream.nodes) == 1 + SIDE + SIDE
        assert await driver.run(more_around(request, upstream)) == []
        for first in (1, 2, SIDE, 2 * SIDE):
            request = Request(driver.dialect, house.actor, node_budget=5 * SIDE)
            part = await driver.run(walk(request, product, [Way.INPUTS], 100, first, {}))
            assert (part.nodes, part.truncated) == (upstream.nodes[:first], True)
    finally:
        await driver.close()
