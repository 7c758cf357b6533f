"""OpenLineage run events: of each run its start, with what it used, and its end, with what it logged.

https://openlineage.io/spec/2-0-2/OpenLineage.json; a list of events, as a server of OpenLineage takes them one by one.
A version is a dataset, named by its collection, with its version as a facet.
"""

import uuid
from typing import Any

from gqlregistry.plan.lineage import Kind, Node
from gqlregistry.registry.openlineage import NAMESPACE, PRODUCER
from gqlregistry.schema.exports.facts import Facts, Told, collection_of, document, project_of

_SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_FACETS = "https://openlineage.io/spec/facets"
_ENDS = {"FINISHED": "COMPLETE", "FAILED": "FAIL", "CRASHED": "FAIL", "KILLED": "ABORT", "PREEMPTED": "ABORT"}


def run_events(told: Told) -> str:
    """The events, run by run."""
    inputs: dict[Node, list[dict[str, Any]]] = {}
    outputs: dict[Node, list[dict[str, Any]]] = {}
    for link in told.links():
        if link.target.kind is Kind.RUN:
            inputs.setdefault(link.target, []).append(_dataset(told.facts[link.source]))
        else:
            outputs.setdefault(link.source, []).append(_dataset(told.facts[link.target]))
    events = []
    for node, facts in told.of(Kind.RUN):
        both = inputs.get(node, []), outputs.get(node, [])
        events.append(_event("START", facts["started_at"] or facts["created_at"], facts, *both))
        end = _ENDS.get(facts["state"])
        if end is not None and facts["finished_at"] is not None:
            events.append(_event(end, facts["finished_at"], facts, *both))
    return document(events)


def run_uuid(facts: Facts) -> str:
    """The UUID of a run: its slug, if that is one, as of runs that came by OpenLineage; else one made of its path."""
    try:
        return str(uuid.UUID(facts["name"]))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{NAMESPACE}{facts['path']}"))


def _event(
    type_: str, time: str, facts: Facts, inputs: list[dict[str, Any]], outputs: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "eventType": type_,
        "eventTime": time,
        "producer": PRODUCER,
        "schemaURL": _SPEC,
        "job": {
            "namespace": f"{NAMESPACE}{project_of(facts)}",
            "name": facts["job_type"] or facts["display_name"],
            "facets": {},
        },
        "run": {
            "runId": run_uuid(facts),
            "facets": {
                "nominalTime": _facet("1-0-1/NominalTimeRunFacet", nominalStartTime=facts["created_at"]),
                "gqlregistry": _facet(
                    "2-0-2/OpenLineage", path=facts["path"], displayName=facts["display_name"], config=facts["config"]
                ),
            },
        },
        "inputs": inputs,
        "outputs": outputs,
    }


def _dataset(facts: Facts) -> dict[str, Any]:
    place, name = collection_of(facts)
    return {
        "namespace": f"{NAMESPACE}{place}",
        "name": name,
        "facets": {
            "version": _facet("1-0-1/DatasetVersionDatasetFacet", datasetVersion=facts["version"] or "pending"),
            "datasetType": _facet("1-0-0/DatasetTypeDatasetFacet", datasetType=facts["type"]),
        },
    }


def _facet(schema: str, **values: Any) -> dict[str, Any]:
    name = schema.partition("/")[2]
    url = f"{_FACETS}/{schema}.json#/$defs/{name}" if name != "OpenLineage" else _SPEC.replace("RunEvent", "RunFacet")
    return {"_producer": PRODUCER, "_schemaURL": url, **values}
