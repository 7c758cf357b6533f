"""A picture of a map, as SVG: https://www.w3.org/TR/SVG2/. Versions are cards by type, runs are rounded, by state.

It fits light and dark pages, and has no script, font or address in it.
"""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from gqlregistry.plan.lineage import Kind, Node
from gqlregistry.schema.exports.facts import Facts, Told
from gqlregistry.schema.exports.graphs import xml_text
from gqlregistry.schema.exports.layers import Places, placed

CARD = (200, 48)
GAP = (90, 20)
BEND = 14
MARGIN = 24
MAX_LETTERS = 27
"""What fits on a card."""

_STYLE = """
svg { color-scheme: light dark; font: 13px system-ui, sans-serif }
rect { fill: light-dark(#fff, #20242c); stroke: light-dark(#b6bcc8, #566072); stroke-width: 1.2 }
.run rect { fill: light-dark(#eef1f5, #2b313c) } .root rect { stroke: light-dark(#0b62d6, #7ab0ff); stroke-width: 2.4 }
.deleted rect { stroke-dasharray: 5 4 }
text { fill: light-dark(#1a1f29, #eceff4) } .small { font-size: 11px; fill: light-dark(#5a6475, #a3adbd) }
path { fill: none; stroke: light-dark(#9aa3b2, #657084); stroke-width: 1.4 }
"""


def picture(told: Told) -> str:
    """The map, left to right."""
    nodes, links = [node for node in told.map.nodes if node in told.facts], told.links()
    places = placed(nodes, links, CARD[1] + GAP[1], BEND)
    tallest = max([*places.heights.values(), *(y for bends in places.bends for _, y in bends)], default=0)
    width = 2 * MARGIN + (max(places.columns.values(), default=-1) + 1) * (CARD[0] + GAP[0]) - GAP[0]
    height = 2 * MARGIN + tallest + CARD[1] / 2
    size = {"width": f"{width:g}", "height": f"{height:g}", "viewBox": f"0 0 {width:g} {height:g}"}
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"} | size)
    ElementTree.SubElement(svg, "title").text = xml_text(f"Lineage of {told.facts[nodes[0]]['label']}" if nodes else "")
    ElementTree.SubElement(svg, "style").text = _STYLE
    for number, link in enumerate(links):
        way = [_right(places, link.source), *_through(places, number), _left(places, link.target)]
        path = ElementTree.SubElement(svg, "path", d=_curve(way))
        if link.requested_as is not None:
            ElementTree.SubElement(path, "title").text = xml_text(f"asked for as {link.requested_as}")
    for node in nodes:
        svg.append(_card(node, told.facts[node], places, is_root=node == nodes[0]))
    return ElementTree.tostring(svg, encoding="unicode") + "\n"


def _card(node: Node, facts: Facts, places: Places, is_root: bool) -> Element:
    is_run = node.kind is Kind.RUN
    classes = [node.kind.value.lower(), *["root"] * is_root, *["deleted"] * (facts["deleted_at"] is not None)]
    x, y = _corner(places, node)
    card = Element("g", {"class": " ".join(classes), "transform": f"translate({x:g} {y:g})"})
    ElementTree.SubElement(card, "title").text = xml_text(str(facts["path"] if is_run else facts["name"]))
    round_ = CARD[1] / 2 if is_run else 8
    ElementTree.SubElement(card, "rect", width=str(CARD[0]), height=str(CARD[1]), rx=f"{round_:g}")
    below = f"run · {str(facts['state']).lower()}" if is_run else str(facts["type"])
    for top, text, kind in ((21, str(facts["label"]), "name"), (38, below, "small")):
        line = ElementTree.SubElement(card, "text", {"x": "16", "y": str(top), "class": kind})
        line.text = xml_text(text if len(text) <= MAX_LETTERS else f"{text[: MAX_LETTERS - 1]}…")
    return card


def _corner(places: Places, node: Node) -> tuple[float, float]:
    return MARGIN + places.columns[node] * (CARD[0] + GAP[0]), MARGIN + places.heights[node] - CARD[1] / 2


def _right(places: Places, node: Node) -> tuple[float, float]:
    x, y = _corner(places, node)
    return x + CARD[0], y + CARD[1] / 2


def _left(places: Places, node: Node) -> tuple[float, float]:
    x, y = _corner(places, node)
    return x, y + CARD[1] / 2


def _through(places: Places, number: int) -> Iterator[tuple[float, float]]:
    for column, y in places.bends[number]:
        x = MARGIN + column * (CARD[0] + GAP[0])
        yield x, MARGIN + y
        yield x + CARD[0], MARGIN + y


def _curve(way: list[tuple[float, float]]) -> str:
    """From point to point, level at each."""
    (x, y), *rest = way
    parts = [f"M{x:g} {y:g}"]
    for end_x, end_y in rest:
        bow = max(abs(end_x - x) / 2, GAP[0] / 2)
        parts.append(f"C{x + bow:g} {y:g} {end_x - bow:g} {end_y:g} {end_x:g} {end_y:g}")
        x, y = end_x, end_y
    return "".join(parts)
