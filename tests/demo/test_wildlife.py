"""The larger lineage is worth looking at, and always the same."""

from httpx import AsyncClient

from gqlregistry.demo import steps
from tests.demo.asking import ask


def test_it_is_the_same_each_time() -> None:
    assert steps() == steps()


async def test_it_has_some_hundred_runs_and_not_all_ended_well(client: AsyncClient) -> None:
    data = await ask(
        client,
        "{ runs { totalCount } running: runs(filter: {state: [RUNNING]}) { totalCount } "
        "ill: runs(filter: {state: [FAILED, CRASHED, KILLED]}) { totalCount } "
        "gone: artifacts(filter: {state: [DELETED]}) { nodes { outputs { totalCount } } } }",
    )
    assert data["runs"]["totalCount"] > 200
    assert data["running"]["totalCount"] == 0
    assert data["ill"]["totalCount"] >= 15
    assert all(artifact["outputs"]["totalCount"] for artifact in data["gone"]["nodes"])


async def test_the_released_model_descends_from_all_stages_in_two_projects(client: AsyncClient) -> None:
    data = await ask(
        client,
        '{ artifact(ref: {name: "model/wildlife:production"}) { lineage(direction: UPSTREAM, depth: 20, first: 1000) '
        "{ truncated nodes { ... on Run { jobType project { name } } } } } }",
    )
    runs = [node for node in data["artifact"]["lineage"]["nodes"] if node]
    assert not data["artifact"]["lineage"]["truncated"]
    assert {run["jobType"] for run in runs} >= {"ingest", "clean", "split", "features", "train", "import"}
    assert {run["project"]["name"] for run in runs} == {"wildlife-data", "wildlife-models"}


async def test_what_everybody_uses_is_a_hub(client: AsyncClient) -> None:
    data = await ask(
        client, '{ artifact(ref: {name: "zoo-team/wildlife-models/backbone"}) { outputs { totalCount } } }'
    )
    assert data["artifact"]["outputs"]["totalCount"] > 40
