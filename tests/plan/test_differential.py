"""A compiled plan answers as the ordinary executor does: data, errors, order of keys."""

import re
from random import Random
from typing import Any

import orjson
import pytest
from graphql import GraphQLError

from gqlregistry.auth import Principal
from gqlregistry.plan.batch import LoaderBatch
from gqlregistry.plan.documents import Documents
from gqlregistry.plan.driver import Driver, driver_for
from gqlregistry.plan.reader import Request
from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import aliases, artifacts, deletion, lineage, links, people, projects, registries, runs, tags
from gqlregistry.registry.change import apply
from gqlregistry.registry.files import File
from gqlregistry.registry.people import Scope
from gqlregistry.schema.context import Context, Links
from gqlregistry.schema.schema import public_schema
from gqlregistry.store import Database
from gqlregistry.store.tables import Role, RunState
from tests.plan.operations import Operation, Pool, Writer

QUERIES = {"sqlite": 420, "postgresql": 100}
SEEDS = range(5)
"""So many times so many queries."""


# graphql-core leaves coroutines of its own behind where an argument of a sibling can't be coerced.
@pytest.mark.filterwarnings("ignore:coroutine 'Executor:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("seed", SEEDS)
async def test_plans_answer_random_queries_as_the_executor_does(database: Database, seed: int) -> None:
    random = Random(seed)
    pool = await fill(database, random)
    schema = public_schema()
    driver = driver_for(database)
    plans, executor = Documents(), Documents(compiled=False)
    planned = answered = 0
    different: list[Any] = []
    try:
        for number in range(QUERIES[driver.dialect]):
            operation = Writer(schema._schema, pool, random).operation()
            ordinary = await answer(schema, database, driver, executor, operation)
            context, compiled = await answer_in(schema, database, driver, plans, operation)
            planned += context.request.planned
            answered += ordinary[1] == []
            # What has no plan was executed both times; which of its errors comes first is the event loop's choice.
            if ordinary != compiled and (context.request.planned or not (ordinary[1] and compiled[1])):
                different.append((number, operation, ordinary, compiled))
            # The second time the driver knows how the first one ran: on the spot, or in one statement.
            if context.request.planned and await answer(schema, database, driver, plans, operation) != compiled:
                different.append((number, operation, compiled, "the second time"))
            pool.cursors += re.findall(r'"(?:endCursor|cursor|startCursor)":"([^"]+)"', ordinary[0].decode())[:3]
            pool.cursors = pool.cursors[-60:]
    finally:
        await driver.close()
    assert not different, different[0]
    # The test must not pass because everything fell back, or failed.
    assert planned > 0.6 * QUERIES[driver.dialect]
    assert answered > 0.6 * QUERIES[driver.dialect]


async def answer(*arguments: Any) -> tuple[bytes, list[Any]]:
    """The data as it is sent, and the errors."""
    return (await answer_in(*arguments))[1]


async def answer_in(
    schema: Any,
    database: Database,
    driver: Driver,
    documents: Documents,
    operation: Operation,
    principal: Principal = Principal(2, "local", is_admin=True),  # noqa: B008
) -> tuple[Context, tuple[bytes, list[Any]]]:
    """The same, with the context that was used."""
    links_ = Links(put, lambda digest, name: f"get:{digest}/{name}")
    request = Request(driver.dialect, principal, services={"download_url": links_.download_url})
    context = Context(database, driver, driver, documents, principal, request, LoaderBatch(driver, request), links_)
    result = await schema.execute(operation.text, operation.variables, context_value=context)
    errors = sorted([_told(error) for error in result.errors or ()], key=repr)
    return context, (orjson.dumps(result.data), errors)


async def put(draft: int, digest: str, size: int) -> str:
    return f"put:{digest}"


def _told(error: GraphQLError) -> Any:
    return error.message, error.path, type(error.original_error).__name__


async def fill(database: Database, random: Random) -> Pool:
    """Random runs, versions, links, aliases, deletions; the values to ask for."""
    defaults = await database.write(people.ensure_defaults)
    by = defaults.local

    async def do(rule: Any, *args: Any, **kwargs: Any) -> Any:
        return (await apply(database, by, rule, *args, **kwargs)).result

    users = [Principal((await do(people.create_user, name)).id, name) for name in ("ann", "bob")]
    registry = await do(registries.create_registry, "model")
    project = await do(projects.ensure_project, "local", "zoo")
    for user in users:
        await do(people.set_member, Scope(project=project.id), user.user_id, Role.MEMBER)
    project_runs, versions, linked = [], [], []
    for n in range(14):
        by = random.choice([defaults.local, *users])
        run = await do(runs.create_run, "local/zoo", tags=["x"] if n % 2 else [], config={"lr": n / 10, "é": [1, None]})
        project_runs.append(run)
        for artifact in random.sample(versions, min(len(versions), random.randint(0, 3))):
            await do(lineage.use_artifact, run.id, artifact.id, random.choice([None, "latest", "v1"]))
        for _ in range(random.randint(0, 2)):
            name = random.choice(["data", "model_x", "eval"])
            content = [File(f"f{random.randint(0, 9)}", f"etag{random.randint(0, 5)}", 7, "s3://bucket/key")]
            logged = await do(artifacts.log_artifact, run.id, name, name, files=content, metadata={"n": n}, commit=True)
            versions.append(logged.artifact)
        await do(runs.finish_run, run.id, random.choice([RunState.FINISHED, RunState.FAILED]), {"loss": 1 / (n + 1)})
    await do(lineage.use_artifact, project_runs[-1].id, versions[0].id)
    for artifact in versions:
        if random.random() < 0.6:
            linked.append(f"model/{random.choice('ab')}-{artifact.collection_id}")
            await do(links.link_artifact, artifact.id, linked[-1])
        if random.random() < 0.3:
            await do(tags.tag_artifact, artifact.id, "golden")
    collection_ids = sorted({artifact.collection_id for artifact in versions})
    for collection in collection_ids * 3:
        member = random.choice([a for a in versions if a.collection_id == collection])
        await do(aliases.set_alias, collection, member.id, random.choice(["production", "staging"]), reason="because")
    await do(deletion.delete_artifact, versions[1].id, delete_aliases=True)
    await do(runs.delete_run, project_runs[3].id)
    await do(artifacts.log_artifact, project_runs[0].id, "data", "data", files=[File("w", "sha256:" + "0" * 64, 3)])
    ids = {
        "Run": [run.id for run in project_runs],
        "Artifact": [artifact.id for artifact in versions],
        "Collection": [*collection_ids, *range(1, 6)],
        "Project": [1],
        "Registry": [registry.id],
        "User": [by.user_id],
        "Membership": [1, 2, 3],
        "ActionEvent": [1, 5, 9],
    }
    return Pool(
        {kind: [encode_id(kind)(key) for key in keys] for kind, keys in ids.items()},
        {
            "Run": [f"local/zoo/{run.name}" for run in project_runs] + ["local/zoo/none", "x"],
            "Artifact": [
                *(f"local/zoo/{name}:{ref}" for name in ("data", "eval", "model_x") for ref in ("v0", "v1", "latest")),
                "local/zoo/data:production",
                *(f"{collection}:v0" for collection in linked),
                "local/zoo/data",
                "a/b/c/d",
            ],
            "Collection": ["local/zoo/data", "local/zoo/eval", *linked, "nope/nope/nope"],
            "Project": ["local/zoo"],
            "Registry": ["model", "default/model"],
            "User": ["ann"],
        },
        ["data", "production", "latest", "v0", "v1", "ann", "golden", "mo", "a", "%", "nope", "local"],
        ["2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z", "2026-11-24"],
    )
