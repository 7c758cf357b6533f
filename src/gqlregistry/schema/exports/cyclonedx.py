"""A bill of materials for machine learning: what a model was made from, as CycloneDX.

https://cyclonedx.org/docs/1.6/json/: models with their cards, data sets as data, runs as what depended on one and made
the other.
"""

import uuid
from typing import Any

from gqlregistry import __version__
from gqlregistry.plan.lineage import Kind, Node
from gqlregistry.registry.openlineage import NAMESPACE
from gqlregistry.schema.exports.facts import Facts, Told, collection_of, document, identifier

_MODELS = "model"
_HEX = 64


def bill_of_materials(told: Told) -> str:
    """The map around its first node, which is what the bill is of."""
    depends = _depends(told)
    components = {node: _component(node, facts, depends.get(node, [])) for node, facts in told.facts.items()}
    subject = told.map.nodes[0]
    bill: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE + _whole_name(told.facts[subject]))}",
        "metadata": {
            "tools": {"components": [{"type": "application", "name": "gqlregistry", "version": __version__}]},
            "component": components.pop(subject),
        },
        "components": list(components.values()),
        "dependencies": [
            {"ref": identifier(node), "dependsOn": sorted({identifier(each) for each in depends.get(node, [])})}
            for node in told.facts
        ],
    }
    return document(bill)


def _whole_name(facts: Facts) -> str:
    return str(facts.get("path") or facts["name"])


def _depends(told: Told) -> dict[Node, list[Node]]:
    """What each node came of. A run that uses what it logged does not depend on itself for that."""
    found: dict[Node, list[Node]] = {}
    for link in told.links():
        found.setdefault(link.target, []).append(link.source)
    return found


def _component(node: Node, facts: Facts, sources: list[Node]) -> dict[str, Any]:
    if node.kind is Kind.RUN:
        return {
            "type": "application",
            "bom-ref": identifier(node),
            "name": facts["display_name"] or facts["name"],
            "group": facts["path"].rpartition("/")[0],
            "properties": _properties(state=facts["state"], jobType=facts["job_type"], createdAt=facts["created_at"]),
        }
    place, name = collection_of(facts)
    found: dict[str, Any] = {
        "type": "machine-learning-model" if facts["type"] == _MODELS else "data",
        "bom-ref": identifier(node),
        "name": name,
        "group": place,
        "version": facts["version"] or "pending",
        "properties": _properties(
            type=facts["type"], digest=facts["digest"], createdAt=facts["created_at"], deletedAt=facts["deleted_at"]
        ),
    }
    if facts["description"]:
        found["description"] = facts["description"]
    algorithm, _, digest = facts["digest"].partition(":")
    if algorithm == "sha256" and len(digest) == _HEX:
        found["hashes"] = [{"alg": "SHA-256", "content": digest}]
    if found["type"] == "machine-learning-model":
        found["modelCard"] = {"properties": _properties(**facts["metadata"])}
    else:
        found["data"] = [{"type": "dataset", "name": name}]
    return found


def _properties(**values: Any) -> list[dict[str, str]]:
    return [{"name": name, "value": str(value)} for name, value in values.items() if value is not None]
