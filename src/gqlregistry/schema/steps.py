"""In which order runs have led to a version."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gqlregistry.plan.lineage import Kind, Link, Map, Node, Way, links_between
from gqlregistry.plan.reach import reach
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import Reading


@dataclass(frozen=True, slots=True)
class Input:
    """A version that a run used, and which steps make it."""

    artifact_id: int
    requested_as: str | None
    made_by: list[int]


@dataclass(frozen=True, slots=True)
class Step:
    """A run, its inputs and outputs."""

    number: int
    run_id: int
    inputs: list[Input]
    outputs: list[int]


@dataclass(frozen=True, eq=False)
class Origin:
    """The steps that lead to a version, and what they begin with."""

    artifact_id: int
    steps: list[Step]
    sources: list[int]
    cyclic: bool
    truncated: bool

    @property
    def itself(self) -> "Origin":
        """For what is written of all of it."""
        return self


def origin(request: Request, key: int, most: int) -> Reading[Origin]:
    """The steps that lead to a version, of the closest so many nodes; each behind those that make its inputs."""
    found = yield from reach(request, Node(Kind.ARTIFACT, key), Way.INPUTS, most)
    around = Map(list(found.distances))
    links = yield from links_between(request, around)
    into: dict[Node, list[Link]] = {}
    out: dict[Node, list[Link]] = {}
    for link in links:
        into.setdefault(link.target, []).append(link)
        out.setdefault(link.source, []).append(link)
    order = [node for node in _behind_inputs(found.start, into) if node.kind is Kind.RUN]
    number = {node: n for n, node in enumerate(order, 1)}
    makers = {
        node: sorted(number[made.source] for made in into.get(node, ()))
        for node in found.distances
        if node.kind is Kind.ARTIFACT
    }
    steps = [
        Step(
            number[run],
            run.key,
            [Input(use.source.key, use.requested_as, makers[use.source]) for use in into.get(run, ())],
            [made.target.key for made in out.get(run, ())],
        )
        for run in order
    ]
    return Origin(
        key,
        steps,
        [node.key for node in found.distances if node.kind is Kind.ARTIFACT and not makers[node]],
        any(step.number <= maker for step in steps for used in step.inputs for maker in used.made_by),
        found.truncated or around.truncated,
    )


def _behind_inputs(start: Node, into: Mapping[Node, Sequence[Link]]) -> Iterator[Node]:
    """All that leads to a node, and it itself, each behind what leads to it; in a cycle, behind some of it.

    A walk in depth that answers a node when it leaves it. Neighbours are taken in order of their keys, which is that
    of their times.
    """
    entered = {start}
    path = [(start, iter(into.get(start, ())))]
    while path:
        node, links = path[-1]
        following = next((link.source for link in links if link.source not in entered), None)
        if following is None:
            path.pop()
            yield node
        else:
            entered.add(following)
            path.append((following, iter(into.get(following, ()))))
