"""Events by the real client of OpenLineage make runs and versions, and their lineage."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from httpx import AsyncClient
from openlineage.client import OpenLineageClient, event_v2
from openlineage.client.facet_v2 import dataset_version_dataset, parent_run
from openlineage.client.transport.http import HttpConfig, HttpTransport

from gqlregistry.services import Services
from tests.conftest import on_sqlite
from tests.serving import listening

AT = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
PRODUCER = "https://github.com/apache/airflow"
STORE = "postgres://warehouse:5432"

PARENT = parent_run.ParentRunFacet(parent_run.Run(str(uuid.UUID(int=1))), parent_run.Job("airflow", "nightly"))

RUN = """query ($n: String!) { run(ref: {name: $n}) {
    displayName jobType group state startedAt finishedAt config
    inputs { edges { requestedAs node { id description collection { name } version files { nodes { reference } } } } }
    outputs { nodes { id description version } } } }"""


def event(
    stage: str, run: str, job: str, inputs: list[Any] | None = None, outputs: list[Any] | None = None, minutes: int = 0
) -> event_v2.RunEvent:
    return event_v2.RunEvent(
        eventType=event_v2.RunState[stage],
        eventTime=(AT + timedelta(minutes=minutes)).isoformat(),
        run=event_v2.Run(run, {"parent": PARENT}),
        job=event_v2.Job("airflow", job),
        producer=PRODUCER,
        inputs=[event_v2.InputDataset(**each) for each in inputs or []],
        outputs=[event_v2.OutputDataset(**each) for each in outputs or []],
    )


def dataset(name: str, version: str | None = None) -> dict[str, Any]:
    facet = dataset_version_dataset.DatasetVersionDatasetFacet(version) if version else None
    return {"namespace": STORE, "name": name, "facets": {"version": facet} if facet else {}}


async def asked(client: AsyncClient, run: str, project: str = "local/airflow") -> Any:
    answer = await client.post("/graphql", json={"query": RUN, "variables": {"n": f"{project}/{run}"}})
    assert "errors" not in answer.json(), answer.text
    return answer.json()["data"]["run"]


async def test_the_real_client_sends_what_airflow_does(client: AsyncClient, services: Services) -> None:
    extract, train = str(uuid.uuid4()), str(uuid.uuid4())
    async with listening(services.settings) as (url, _):

        def send() -> None:
            config = HttpConfig(url=url, timeout=60)
            sender = OpenLineageClient(transport=HttpTransport(config))
            for each in (
                event("START", extract, "extract", [dataset("public.orders", "17")]),
                event("COMPLETE", extract, "extract", [dataset("public.orders", "17")], [dataset("features")], 5),
                event("START", train, "train", [dataset("features")], [dataset("model")], 6),
                event("FAIL", train, "train", [], [dataset("model")], 7),
                # Late, and once more: nothing begins again.
                event("START", extract, "extract", [dataset("public.orders", "17")]),
                event("COMPLETE", extract, "extract", [], [dataset("features")], 5),
            ):
                sender.emit(each)

        await asyncio.to_thread(send)
    first, second = await asked(client, extract), await asked(client, train)
    assert (first["displayName"], first["jobType"], first["group"]) == ("extract", "extract", "nightly")
    assert (first["state"], first["startedAt"]) == ("FINISHED", "2026-03-03T09:30:00.000000Z")
    assert first["finishedAt"] == "2026-03-03T09:35:00.000000Z"
    assert first["config"]["openlineage"]["facets"]["parent"]["job"]["name"] == "nightly"
    [use] = first["inputs"]["edges"]
    assert (use["requestedAs"], use["node"]["description"]) == ("17", f"{STORE} public.orders")
    assert use["node"]["files"]["nodes"] == [{"reference": f"{STORE}/public.orders"}]
    assert [each["version"] for each in first["outputs"]["nodes"]] == ["v0"]
    assert [edge["node"]["id"] for edge in second["inputs"]["edges"]] == [first["outputs"]["nodes"][0]["id"]]
    assert (second["state"], second["outputs"]["nodes"]) == ("FAILED", [])


async def sent(client: AsyncClient, body: Any, project: str = "") -> httpx.Response:
    return await client.post(f"/api/v1/lineage{project}", json=body)


GOOD: dict[str, Any] = {
    "eventType": "COMPLETE",
    "eventTime": "2026-03-03T09:30:00Z",
    "producer": PRODUCER,
    "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    "run": {"runId": str(uuid.UUID(int=7))},
    "job": {"namespace": "dbt", "name": "model.orders"},
}


@on_sqlite
async def test_what_is_no_event_is_told_so_and_leaves_nothing(client: AsyncClient) -> None:
    for change, words in (
        ({"run": {"runId": "7"}}, "run.runId"),
        ({"eventTime": "2026-03-03T09:30:00"}, "eventTime"),
        ({"eventType": "BEGIN"}, "eventType"),
        ({"job": {"namespace": "", "name": "x"}}, "job.namespace"),
        ({"outputs": [{"namespace": "urn:gqlregistry:local/zoo", "name": "data"}]}, "no collection"),
        ({"inputs": [{"namespace": "s", "name": f"d{number}"} for number in range(1001)]}, "1000 data sets"),
    ):
        answer = await sent(client, {**GOOD, **change})
        assert answer.status_code in (400, 404), answer.text
        assert words in answer.text
    assert (await client.post("/api/v1/lineage", content=b"{")).status_code == 400
    gzipped = await client.post("/api/v1/lineage", content=b"x", headers={"Content-Encoding": "gzip"})
    assert gzipped.status_code == 415
    of_a_job = {**GOOD, "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent"}
    del of_a_job["run"]
    answer = await sent(client, of_a_job)
    assert (answer.status_code, answer.json()) == (200, {"recorded": False})
    left = await client.post("/graphql", json={"query": "{ runs { totalCount } artifacts { totalCount } }"})
    assert left.json()["data"] == {"runs": {"totalCount": 0}, "artifacts": {"totalCount": 0}}


@on_sqlite
@pytest.mark.parametrize("name", ["a/b c:d", "ümläut", "…", "x" * 1000, "s3://b/k?x=1#y"])
async def test_any_name_of_a_data_set_is_taken(client: AsyncClient, name: str) -> None:
    body = {**GOOD, "outputs": [{"namespace": name, "name": name}]}
    assert (await sent(client, body, "?project=local/etl")).status_code == 201
    run = await asked(client, GOOD["run"]["runId"], "local/etl")
    assert [each["description"] for each in run["outputs"]["nodes"]] == [f"{name} {name}"]
