"""A lineage map as documents that other programs read: one module a family of formats, over the facts of its nodes."""

from collections.abc import Callable
from functools import partial

from gqlregistry.plan.lineage import Map
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import Reading, aside
from gqlregistry.schema.drawing import Drawing, labels
from gqlregistry.schema.enums import LineageFormat
from gqlregistry.schema.exports.cyclonedx import bill_of_materials
from gqlregistry.schema.exports.facts import Told, facts
from gqlregistry.schema.exports.graphs import cytoscape, graphml
from gqlregistry.schema.exports.openlineage import run_events
from gqlregistry.schema.exports.prov import provenance
from gqlregistry.schema.exports.svg import picture

_DOCUMENTS: dict[LineageFormat, Callable[[Told], str]] = {
    LineageFormat.SVG: picture,
    LineageFormat.GRAPHML: graphml,
    LineageFormat.CYTOSCAPE: cytoscape,
    LineageFormat.OPENLINEAGE: run_events,
    LineageFormat.PROV: provenance,
    LineageFormat.CYCLONEDX: bill_of_materials,
}


def exported(request: Request, found: Map, format: LineageFormat) -> Reading[str]:
    """A map in a format."""
    if format in (LineageFormat.MERMAID, LineageFormat.DOT):
        drawing = Drawing(found, (yield from labels(request, found)))
        return drawing.mermaid() if format is LineageFormat.MERMAID else drawing.dot()
    told = Told(found, (yield from facts(request, found)))
    return (yield from aside(partial(_DOCUMENTS[format], told)))
