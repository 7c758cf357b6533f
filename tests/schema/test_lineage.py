"""A map is the breadth-first ball around a node, on any graph: cycles, self-loops, hubs, tombstones."""

from collections.abc import Iterable
from random import Random

import pytest

from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import artifacts, deletion, lineage, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from tests.schema.api import API

Node = tuple[str, int]
Edge = tuple[Node, Node]

MAP = """query ($id: ID!, $direction: LineageDirection!, $depth: Int!, $first: Int!) { node(id: $id) {
    ... on Run { lineage(direction: $direction, depth: $depth, first: $first) { ...Map } }
    ... on Artifact { lineage(direction: $direction, depth: $depth, first: $first) { ...Map } } } }
fragment Map on LineageMap { truncated depthReached omitted { type count }
    nodes { ...Ids } edges { source { ...Ids } target { ...Ids } } frontier { node { ...Ids } moreInputs moreOutputs } }
fragment Ids on LineageNode { ... on Run { id } ... on Artifact { id } }"""


def random_graph(change: Change, pick: Random) -> set[Edge]:
    """Runs and versions with random edges, both ways; some are deleted afterwards. Answers the edges of the data."""
    made = [("Run", runs.create_run(change, "local/zoo").id) for _ in range(pick.randint(2, 9))]
    versions: list[Node] = []
    edges: set[Edge] = set()
    for number in range(pick.randint(1, 12)):
        content = [File("f", f"etag{number}", 1, "s3://bucket/key")]
        for run in pick.sample(made, pick.randint(1, min(3, len(made)))):
            logged = artifacts.log_artifact(change, run[1], "local/zoo/data", "data", files=content, commit=True)
            edges.add((run, ("Artifact", logged.artifact.id)))
        versions.append(("Artifact", logged.artifact.id))
    hub = pick.choice(versions)
    for run in made:
        for version in {hub, *pick.sample(versions, pick.randint(0, min(4, len(versions))))}:
            lineage.use_artifact(change, run[1], version[1])
            edges.add((version, run))
    deletion.delete_artifact(change, pick.choice(versions)[1], delete_aliases=True)
    runs.delete_run(change, pick.choice(made)[1])
    return edges


def ball(edges: set[Edge], start: Node, depth: int) -> dict[Node, int]:
    """The distance of each node that can be reached along the edges, up to `depth`."""
    found, frontier = {start: 0}, {start}
    for distance in range(1, depth + 1):
        frontier = {target for source, target in edges if source in frontier} - found.keys()
        found |= dict.fromkeys(frontier, distance)
    return found


def expected(edges: set[Edge], start: Node, direction: str, depth: int) -> dict[Node, int]:
    """The ball, or with both directions the union of the two, with the smaller distance."""
    upstream = ball({(target, source) for source, target in edges}, start, depth)
    downstream = ball(edges, start, depth)
    if direction != "BOTH":
        return upstream if direction == "UPSTREAM" else downstream
    return {node: min(upstream.get(node, 999), downstream.get(node, 999)) for node in upstream | downstream}


def node_of(shown: dict[str, str]) -> Node:
    return decode_id(shown["id"])


def edges_of(shown: Iterable[dict[str, dict[str, str]]]) -> list[Edge]:
    return [(node_of(edge["source"]), node_of(edge["target"])) for edge in shown]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("planned", [True, False])
async def test_a_map_is_the_breadth_first_ball(api: API, seed: int, planned: bool) -> None:
    pick = Random(seed)
    edges = await api.house.do(random_graph, pick)
    nodes = sorted({node for edge in edges for node in edge})
    for _ in range(8):
        start, depth = pick.choice(nodes), pick.randint(0, 6)
        direction = pick.choice(["UPSTREAM", "DOWNSTREAM", "BOTH"])
        first = pick.choice([500, 500, 1, 3, 7])
        given = {"id": encode_id(start[0])(start[1]), "direction": direction, "depth": depth, "first": first}
        data, _ = await api.execute(MAP, planned, **given)
        shown = data["node"]["lineage"]
        wanted = expected(edges, start, direction, depth)
        found = [node_of(node) for node in shown["nodes"]]
        assert found[0] == start
        assert len(found) == len(set(found)) == min(first, len(wanted))
        assert shown["truncated"] == (len(wanted) > first)
        assert set(found) <= wanted.keys()
        distances = [wanted[node] for node in found]
        assert distances == sorted(distances)
        # Whoever is left out is no closer than whoever is shown.
        assert all(wanted[node] >= distances[-1] for node in wanted.keys() - set(found))
        assert shown["depthReached"] == distances[-1]
        drawn = edges_of(shown["edges"])
        assert len(drawn) == len(set(drawn))
        assert set(drawn) == {(a, b) for a, b in edges if a in found and b in found}
        outside = {node_of(more["node"]): (more["moreInputs"], more["moreOutputs"]) for more in shown["frontier"]}
        for node in found:
            more_inputs = sum(1 for a, b in edges if b == node and a not in found)
            more_outputs = sum(1 for a, b in edges if a == node and b not in found)
            assert outside.get(node, (0, 0)) == (more_inputs, more_outputs)
