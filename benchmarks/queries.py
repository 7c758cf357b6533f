"""What is asked: the public schema's queries, and which objects each asks for in rotation."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.stores import Facts
from gqlregistry.plan.relay import encode_id

ROOTS = 200
ARTIFACT = "id version digest size createdAt"
RUN = "id name displayName state createdAt"

RAISED = {"max_query_cost": 10**12, "node_budget": 10**7, "max_nodes": 100_000}
"""The limits while measuring. The product's own refuse n6, n8, n10f2 (by their cost) and maps of more than 10,000."""


@dataclass(frozen=True, slots=True)
class Question:
    """A document, the variables of each request in rotation, how many requests a round has, and what it shows."""

    name: str
    text: str
    variables: Sequence[dict[str, Any]]
    per_round: int
    about: str


def questions(facts: Facts) -> dict[str, Question]:
    """All queries that the data are large enough for."""
    choose = random.Random(facts.seed)
    artifacts = choose.sample(range(facts.ordinary // 2, facts.ordinary), ROOTS)
    sources = choose.sample(range(facts.ordinary // 4, facts.ordinary // 2), ROOTS)
    newest = list(range(facts.ordinary - 20, facts.ordinary))
    collections = choose.sample(facts.collections, min(ROOTS, len(facts.collections)))
    of_artifacts, of_newest = _ids("Artifact", artifacts), _ids("Artifact", newest)
    found = [
        Question("n2", _nested(2), of_artifacts, 20, "2 levels of inputs, 5 columns each"),
        Question("n4", _nested(4), of_artifacts, 10, "4 levels of inputs"),
        Question("n6", _nested(6), of_artifacts, 5, "6 levels of inputs"),
        Question("n8", _nested(8), of_artifacts, 2, "8 levels of inputs"),
        Question("n10f2", _nested(10, runs=1, artifacts=2), of_artifacts, 5, "10 levels, 2 inputs each"),
        Question("down3", _downstream(3), _ids("Artifact", sources), 10, "3 levels of outputs"),
        Question("coll", COLLECTIONS, _ids("Project", facts.projects), 5, "50 collections, 10 versions, aliases"),
        Question("act", ACTIONS, _ids("Collection", collections), 20, "50 events of a collection"),
        Question("hub", HUB, _ids("Artifact", [facts.hub]), 20, f"50 of {facts.hub_users:,} users of a hub"),
        Question("chain", _map(100), _ids("Artifact", [facts.chain_end]), 10, "map of 100 hops, 101 nodes"),
        Question("map1k", _map(1000), of_newest, 5, "upstream map of 1,000 nodes"),
        Question("map10k", _map(10_000), of_newest, 1, "upstream map of 10,000 nodes"),
    ]
    if facts.versions >= 100_000:
        found.append(Question("map70k", _map(70_000), of_newest, 1, "upstream map of 70,000 nodes"))
    return {question.name: question for question in found}


def _ids(type_: str, keys: Sequence[int]) -> list[dict[str, Any]]:
    encode = encode_id(type_)
    return [{"id": encode(key)} for key in keys]


def _nested(levels: int, runs: int = 2, artifacts: int = 5) -> str:
    inner = ""
    for _ in range(levels):
        inner = (
            f"inputs(first: {runs}) {{ nodes {{ {RUN} inputs(first: {artifacts}) {{ nodes {{ {ARTIFACT} {inner} }} }}"
            " } }"
        )
    return f"query Inputs($id: ID!) {{ artifact(ref: {{id: $id}}) {{ {ARTIFACT} {inner} }} }}"


def _downstream(levels: int) -> str:
    inner = ""
    for _ in range(levels):
        inner = f"outputs(first: 10) {{ nodes {{ {RUN} outputs(first: 10) {{ nodes {{ {ARTIFACT} {inner} }} }} }} }}"
    return f"query Outputs($id: ID!) {{ artifact(ref: {{id: $id}}) {{ {ARTIFACT} {inner} }} }}"


def _map(nodes: int) -> str:
    return f"""query Map($id: ID!) {{ artifact(ref: {{id: $id}}) {{
  lineage(direction: UPSTREAM, depth: 100, first: {nodes}) {{
    nodes {{
      __typename name createdAt
      ... on Artifact {{ id version size }}
      ... on Run {{ id displayName state }}
    }}
    edges {{ source {{ ... on Node {{ id }} }} target {{ ... on Node {{ id }} }} createdAt requestedAs }}
    depthReached truncated
  }}
}} }}"""


COLLECTIONS = """query Collections($id: ID!) { project(ref: {id: $id}) { collections(first: 50) { nodes {
  id name type updatedAt
  versions(first: 10) { nodes { id version createdAt aliases { name } artifact { id digest size } } }
} } } }"""

ACTIONS = """query Actions($id: ID!) { collection(ref: {id: $id}) { actionHistory(first: 50) { nodes {
  id kind createdAt version alias reason actor { id username } artifact { id version size }
} pageInfo { hasNextPage endCursor } } } }"""

HUB = f"""query Hub($id: ID!) {{ artifact(ref: {{id: $id}}) {{ {ARTIFACT} outputs(first: 50) {{
  edges {{ cursor requestedAs createdAt node {{ {RUN} }} }} pageInfo {{ hasNextPage endCursor }}
}} }} }}"""
