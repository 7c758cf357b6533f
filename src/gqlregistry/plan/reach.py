"""All that is on one side of a node, however far: keys and distances, without the edges."""

from collections.abc import Mapping
from dataclasses import dataclass

from gqlregistry.plan.lineage import Kind, Node, Way, neighbours_of
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import Reading


@dataclass(frozen=True, eq=False)
class Reach:
    """All nodes on one side of a node, with their distances, closest first; itself is the first."""

    start: Node
    distances: Mapping[Node, int]
    truncated: bool

    def keys(self, kind: Kind) -> list[int]:
        """The keys of the nodes of a kind."""
        return [node.key for node in self.distances if node.kind is kind]

    @property
    def others(self) -> list[Node]:
        """All but the node itself."""
        return list(self.distances)[1:]


def reach(request: Request, start: Node, way: Way, most: int) -> Reading[Reach]:
    """All that a node leads to, but at most so many nodes, the closest ones.

    What may not be seen is not passed through. A node that is reached in several ways has the least distance.
    """
    distances = {start: 0}
    frontier = [start]
    hop = 0
    while frontier:
        hop += 1
        # What is reached may be among the neighbours again, so that fewer than all of them would not tell.
        neighbours = yield from neighbours_of(request, frontier, way, most + 2)
        frontier = [node for node in neighbours if node not in distances]
        request.count(frontier)
        room = most + 1 - len(distances)
        distances.update(dict.fromkeys(frontier[:room], hop))
        if len(frontier) > room:
            return Reach(start, distances, True)
    return Reach(start, distances, False)
