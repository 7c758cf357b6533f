"""Maps as documents, each read by the library of its format."""

import io
from typing import Any
from xml.etree import ElementTree

import networkx
import orjson
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from openlineage.client import event_v2
from openlineage.client.generated.dataset_version_dataset import DatasetVersionDatasetFacet
from prov.model import ProvActivity, ProvDocument, ProvEntity

from tests.schema.api import API, elsewhere

EXPORT = """query ($name: String!, $format: LineageFormat!) {
    artifact(ref: {name: $name}) { lineage { export(format: $format) } } }"""
SVG = "{http://www.w3.org/2000/svg}"
SVG_TAGS = ("svg", "title", "style", "g", "rect", "text", "path")
STRANGE = 'say "hi" <&> \\ ]]> ; \x02 ü \U0001f989'


@pytest.fixture
async def world(api: API) -> API:
    """data:v0 → train → model:v0, both with strange names where they may have them, and a deleted version."""
    await api.log(description=STRANGE)
    run = await api.run(name="train", displayName=STRANGE, jobType="fit", config={"lr": 0.1, "text": STRANGE})
    await api.change("useArtifact", run={"id": run}, artifact={"name": "local/zoo/data:latest"})
    await api.log("local/zoo/model", run={"id": run}, type="model", metadata={"accuracy": 0.9})
    gone = await api.log("local/zoo/gone", files=elsewhere("gone"))
    await api.change("useArtifact", run={"id": run}, artifact={"id": gone})
    await api.change("deleteArtifact", artifact={"id": gone}, deleteAliases=True)
    await api.change("finishRun", run={"id": run}, state="FINISHED")
    return api


async def exported(api: API, format: str) -> str:
    answer = await api.ask(EXPORT, name="local/zoo/model:v0", format=format)
    text: str = answer["artifact"]["lineage"]["export"]
    return text


async def test_each_format_is_read_by_its_own_library(world: API) -> None:
    _is_a_graph(networkx.read_graphml(io.BytesIO((await exported(world, "GRAPHML")).encode())))
    _is_a_graph(networkx.cytoscape_graph(orjson.loads(await exported(world, "CYTOSCAPE"))))
    _are_run_events(orjson.loads(await exported(world, "OPENLINEAGE")))
    _is_provenance(await exported(world, "PROV"))
    _is_a_bill(await exported(world, "CYCLONEDX"))
    _is_a_picture(ElementTree.fromstring(await exported(world, "SVG")))
    assert (await exported(world, "MERMAID")).startswith("flowchart LR\n")
    assert (await exported(world, "DOT")).startswith("digraph lineage {\n")


def _is_a_graph(graph: Any) -> None:
    assert graph.is_directed()
    by_name = {values["name"]: key for key, values in graph.nodes(data=True)}
    assert by_name.keys() == {"local/zoo/data:v0", "local/zoo/train", "local/zoo/model:v0", "local/zoo/gone:v0"}
    run = by_name["local/zoo/train"]
    assert graph.edges[by_name["local/zoo/data:v0"], run]["requestedAs"] == "latest"
    assert graph.edges[run, by_name["local/zoo/model:v0"]]["relation"] == "logged"
    assert graph.nodes[run]["label"].replace("\x02", "") == STRANGE.replace("\x02", "")
    assert graph.nodes[by_name["local/zoo/gone:v0"]]["deletedAt"]


def _is_a_picture(svg: ElementTree.Element) -> None:
    assert {card[0].text: card.get("class") for card in svg.iter(f"{SVG}g")} == {
        "local/zoo/model:v0": "artifact root",
        "local/zoo/train": "run",
        "local/zoo/data:v0": "artifact",
        "local/zoo/gone:v0": "artifact deleted",
    }
    assert len(list(svg.iter(f"{SVG}path"))) == 3
    assert [title.text for path in svg.iter(f"{SVG}path") for title in path] == ["asked for as latest"]
    assert {element.tag for element in svg.iter()} == {f"{SVG}{tag}" for tag in SVG_TAGS}


def _are_run_events(events: list[dict[str, Any]]) -> None:
    assert [event["eventType"] for event in events] == ["START", "COMPLETE"]
    for event in events:
        told = event_v2.RunEvent(
            eventTime=event["eventTime"],
            producer=event["producer"],
            eventType=event_v2.RunState[event["eventType"]],
            run=event_v2.Run(event["run"]["runId"]),
            job=event_v2.Job(event["job"]["namespace"], event["job"]["name"]),
            inputs=[event_v2.InputDataset(each["namespace"], each["name"]) for each in event["inputs"]],
            outputs=[event_v2.OutputDataset(each["namespace"], each["name"]) for each in event["outputs"]],
        )
        assert told.job.name == "fit"
        place = "urn:gqlregistry:local/zoo"
        assert [(each.namespace, each.name) for each in told.inputs or []] == [(place, "data"), (place, "gone")]
        assert [(each.namespace, each.name) for each in told.outputs or []] == [(place, "model")]
    facet = events[0]["inputs"][0]["facets"]["version"]
    known = DatasetVersionDatasetFacet(facet["datasetVersion"])
    assert (known.datasetVersion, facet["_schemaURL"]) == ("v0", known._get_schema())


def _is_provenance(text: str) -> None:
    document = ProvDocument.deserialize(content=text, format="json")
    assert {str(each.label) for each in document.get_records(ProvEntity)} == {
        "local/zoo/data:v0",
        "local/zoo/model:v0",
        "local/zoo/gone:v0",
    }
    [activity] = document.get_records(ProvActivity)
    assert isinstance(activity, ProvActivity)
    assert activity.get_startTime() <= activity.get_endTime()
    assert ProvDocument.deserialize(content=document.serialize(format="json"), format="json") == document


def _is_a_bill(text: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = orjson.loads(text)
    assert (bill["metadata"]["component"]["type"], bill["metadata"]["component"]["name"]) == (
        "machine-learning-model",
        "model",
    )
    assert {component["name"] for component in bill["components"]} >= {"data", "gone", STRANGE}
