"""W3C PROV: versions are entities, runs activities, users agents.

As PROV-JSON, https://www.w3.org/submissions/prov-json/.
"""

from typing import Any
from urllib.parse import quote

from gqlregistry.plan.lineage import Kind, Node
from gqlregistry.schema.exports.facts import Facts, Told, document, identifier

_PREFIXES = {"registry": "urn:gqlregistry:", "user": "urn:gqlregistry:user:"}


def provenance(told: Told) -> str:
    """The map as one PROV document."""
    used: dict[str, Any] = {}
    generated: dict[str, Any] = {}
    for number, link in enumerate(told.links()):
        if link.target.kind is Kind.RUN:
            one = {"prov:activity": _name(link.target), "prov:entity": _name(link.source), "prov:time": link.created_at}
            if link.requested_as is not None:
                one["registry:requestedAs"] = link.requested_as
            used[f"_:use{number}"] = one
        else:
            one = {"prov:entity": _name(link.target), "prov:activity": _name(link.source), "prov:time": link.created_at}
            generated[f"_:generation{number}"] = one
    found = {
        "prefix": _PREFIXES,
        "entity": {_name(node): _entity(facts) for node, facts in told.of(Kind.ARTIFACT)},
        "activity": {_name(node): _activity(facts) for node, facts in told.of(Kind.RUN)},
        "agent": {_agent(facts): {"prov:type": "prov:Person", "prov:label": facts["by"]} for facts in _all(told)},
        "used": used,
        "wasGeneratedBy": generated,
        "wasAssociatedWith": {
            f"_:association{number}": {"prov:activity": _name(node), "prov:agent": _agent(facts)}
            for number, (node, facts) in enumerate(told.of(Kind.RUN))
        },
        "wasAttributedTo": {
            f"_:attribution{number}": {"prov:entity": _name(node), "prov:agent": _agent(facts)}
            for number, (node, facts) in enumerate(told.of(Kind.ARTIFACT))
        },
    }
    return document({name: value for name, value in found.items() if value})


def _all(told: Told) -> list[Facts]:
    return list(told.facts.values())


def _name(node: Node) -> str:
    return f"registry:{identifier(node)}"


def _agent(facts: Facts) -> str:
    return f"user:{quote(facts['by'], safe='')}"


def _entity(facts: Facts) -> dict[str, Any]:
    return _without_nulls(
        {
            "prov:label": facts["name"],
            "prov:type": facts["type"],
            "registry:digest": facts["digest"],
            "registry:description": facts["description"],
            "registry:deletedAt": facts["deleted_at"],
        }
    )


def _activity(facts: Facts) -> dict[str, Any]:
    return _without_nulls(
        {
            "prov:label": facts["display_name"],
            "prov:startTime": facts["started_at"] or facts["created_at"],
            "prov:endTime": facts["finished_at"],
            "registry:path": facts["path"],
            "registry:jobType": facts["job_type"],
            "registry:state": facts["state"],
        }
    )


def _without_nulls(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
