"""A map is the breadth-first ball around a node, on any graph: cycles, self-loops, hubs, tombstones."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import Any
from uuid import uuid4

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import artifacts, deletion, lineage, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from tests.schema.api import API

EXAMPLES = {"sqlite": 25, "postgresql": 12}

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
    home = f"local/zoo/{uuid4().hex}"
    made = [("Run", runs.create_run(change, "local/zoo").id) for _ in range(pick.randint(2, 9))]
    versions: list[Node] = []
    edges: set[Edge] = set()
    for number in range(pick.randint(1, 12)):
        content = [File("f", f"etag{number}", 1, "s3://bucket/key")]
        for run in pick.sample(made, pick.randint(1, min(3, len(made)))):
            logged = artifacts.log_artifact(change, run[1], home, "data", files=content, commit=True)
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


async def test_a_map_is_the_breadth_first_ball(api: API) -> None:
    loop = asyncio.get_running_loop()

    @settings(max_examples=EXAMPLES[api.services.driver.dialect], deadline=None, database=None, phases=[Phase.generate])
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        asyncio.run_coroutine_threadsafe(check_graph(api, Random(seed)), loop).result()

    await asyncio.to_thread(check)


async def check_graph(api: API, pick: Random) -> None:
    """Ask for maps around nodes of a new graph, all ways; a plan and the executor must both answer the ball."""
    edges = await api.house.do(random_graph, pick)
    nodes = sorted({node for edge in edges for node in edge})
    for _ in range(6):
        start, depth = pick.choice(nodes), pick.randint(0, 6)
        direction = pick.choice(["UPSTREAM", "DOWNSTREAM", "BOTH"])
        first = pick.choice([500, 500, 1, 3, 7])
        asked = {"id": encode_id(start[0])(start[1]), "direction": direction, "depth": depth, "first": first}
        data, _ = await api.execute(MAP, planned=pick.random() < 0.5, **asked)
        check_map(data["node"]["lineage"], edges, start, expected(edges, start, direction, depth), first)


def check_map(shown: Any, edges: set[Edge], start: Node, wanted: dict[Node, int], first: int) -> None:
    """The `first` closest of the wanted nodes, all edges between them, and what is left out."""
    found = [node_of(node) for node in shown["nodes"]]
    assert found[0] == start
    assert len(found) == len(set(found)) == min(first, len(wanted))
    assert set(found) <= wanted.keys()
    distances = [wanted[node] for node in found]
    assert distances == sorted(distances)
    assert shown["depthReached"] == distances[-1]
    # Whoever is left out is no closer than whoever is shown.
    left_out = wanted.keys() - set(found)
    assert all(wanted[node] >= distances[-1] for node in left_out)
    assert shown["truncated"] == bool(left_out)
    # The map is cut at the distance of the closest that are left out; of a hub's neighbours not all are counted.
    cut = Counter(kind for kind, key in left_out if wanted[kind, key] == min(wanted[node] for node in left_out))
    assert {each["type"] for each in shown["omitted"]} == cut.keys()
    assert all(0 < each["count"] <= cut[each["type"]] for each in shown["omitted"])
    drawn = edges_of(shown["edges"])
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == {(a, b) for a, b in edges if a in found and b in found}
    outside = {node_of(more["node"]): (more["moreInputs"], more["moreOutputs"]) for more in shown["frontier"]}
    for node in found:
        more_inputs = sum(1 for a, b in edges if b == node and a not in found)
        more_outputs = sum(1 for a, b in edges if a == node and b not in found)
        assert outside.get(node, (0, 0)) == (more_inputs, more_outputs)


NAMED = """{ artifact(ref: {name: "local/zoo/data:v0"}) { lineage(filter: %s) {
    nodes { __typename ... on Artifact { type } ... on Run { jobType } name deletedAt } mermaid dot } } }"""


async def shown_names(api: API, filter: str) -> set[str]:
    data = await api.ask(NAMED % filter)
    return {node["name"].rpartition("/")[2] for node in data["artifact"]["lineage"]["nodes"]}


async def test_the_walk_does_not_go_on_behind_what_is_filtered_out(api: API) -> None:
    await api.log()
    for name, job, product in (("train", "train", "model"), ("look", "eval", "report")):
        run = await api.run(name=name, jobType=job)
        await api.change("useArtifact", run={"id": run}, artifact={"name": "local/zoo/data:v0"})
        await api.log(f"local/zoo/{product}", product, run={"id": run}, type=product)
    assert await shown_names(api, "{}") == {"data:v0", "train", "model:v0", "look", "report:v0"}
    assert await shown_names(api, '{runs: {jobType: "train"}}') == {"data:v0", "train", "model:v0"}
    assert await shown_names(api, '{artifacts: {type: ["report"]}}') == {"data:v0", "train", "look", "report:v0"}
    assert await shown_names(api, '{runs: {createdBy: "nobody"}}') == {"data:v0"}


async def test_a_tombstone_stays_in_the_map_and_in_its_drawings(api: API) -> None:
    run = await api.run(displayName='say "hi"; [x] --> y')
    id = await api.log(run={"id": run})
    await api.change("deleteArtifact", artifact={"id": id}, deleteAliases=True)
    data = await api.ask(
        "query ($id: ID!) { run(ref: {id: $id}) { lineage { nodes { name deletedAt } mermaid dot } } }", id=run
    )
    shown = data["run"]["lineage"]
    assert [node["deletedAt"] is not None for node in shown["nodes"]] == [False, True]
    for drawing in (shown["mermaid"], shown["dot"]):
        assert "data:v0" in drawing
        assert '"hi"; [x] --> y' not in drawing
