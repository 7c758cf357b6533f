"""Graphs as such: GraphML for yEd, Gephi and networkx, and the JSON of Cytoscape."""

import re
from typing import Any
from xml.etree import ElementTree

from gqlregistry.plan.lineage import Kind, Link, Node
from gqlregistry.schema.exports.facts import Facts, Told, document, identifier

_ATTRIBUTES = (
    *("kind", "label", "name", "type", "version", "digest", "state", "jobType", "createdAt", "finishedAt"),
    *("deletedAt", "createdBy"),
)
_OF_EDGES = ("relation", "requestedAs", "createdAt")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(told: Told) -> str:
    """http://graphml.graphdrawing.org: a directed graph, its attributes declared."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for kind, names in (("node", _ATTRIBUTES), ("edge", _OF_EDGES)):
        for name in names:
            declared = {"id": f"{kind}.{name}", "for": kind, "attr.name": name, "attr.type": "string"}
            ElementTree.SubElement(root, "key", declared)
    graph = ElementTree.SubElement(root, "graph", id="lineage", edgedefault="directed")
    for node, facts in told.facts.items():
        _data(ElementTree.SubElement(graph, "node", id=identifier(node)), "node", _attributes(node, facts))
    for link in told.links():
        ends = {"source": identifier(link.source), "target": identifier(link.target)}
        _data(ElementTree.SubElement(graph, "edge", ends), "edge", _of_edge(link))
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _data(element: ElementTree.Element, kind: str, values: dict[str, Any]) -> None:
    for name, value in values.items():
        ElementTree.SubElement(element, "data", key=f"{kind}.{name}").text = xml_text(str(value))


def xml_text(text: str) -> str:
    """A text without what XML has no way to write."""
    return _NOT_XML.sub("", text)


def cytoscape(told: Told) -> str:
    """https://js.cytoscape.org/#notation/elements-json, which Cytoscape's desktop program and networkx read, too."""
    nodes = [
        {
            "data": {"id": identifier(node), "value": identifier(node), **_attributes(node, facts)},
            "classes": node.kind.value.lower(),
        }
        for node, facts in told.facts.items()
    ]
    edges = [
        {
            "data": {
                "id": f"{identifier(link.source)}-{identifier(link.target)}",
                "source": identifier(link.source),
                "target": identifier(link.target),
                **_of_edge(link),
            }
        }
        for link in told.links()
    ]
    elements = {"nodes": nodes, "edges": edges}
    return document({"data": {"name": "lineage"}, "directed": True, "multigraph": False, "elements": elements})


def _attributes(node: Node, facts: Facts) -> dict[str, Any]:
    given = {
        "kind": node.kind.value,
        "label": facts["label"],
        "createdBy": facts["by"],
        "createdAt": facts["created_at"],
        "deletedAt": facts["deleted_at"],
    }
    if node.kind is Kind.RUN:
        given |= {"name": facts["path"], "state": facts["state"], "jobType": facts["job_type"]}
        given |= {"finishedAt": facts["finished_at"]}
    else:
        given |= {name: facts[name] for name in ("name", "type", "version", "digest")}
    return {name: value for name, value in given.items() if value is not None}


def _of_edge(link: Link) -> dict[str, Any]:
    relation = "used" if link.target.kind is Kind.RUN else "logged"
    asked = {} if link.requested_as is None else {"requestedAs": link.requested_as}
    return {"relation": relation, **asked, "createdAt": link.created_at}
