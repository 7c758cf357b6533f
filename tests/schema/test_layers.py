"""Where nodes stand in a picture: none on another, each to the right of what it comes from."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from gqlregistry.plan.lineage import Kind, Link, Node
from gqlregistry.schema.exports.layers import placed

HEIGHT, BEND = 68.0, 14.0


def run(key: int) -> Node:
    return Node(Kind.RUN, key)


def link(source: int, target: int) -> Link:
    return Link(run(source), run(target), "2026-01-01T00:00:00Z", None, None)


def test_a_chain_is_a_line() -> None:
    places = placed([run(key) for key in range(4)], [link(key, key + 1) for key in range(3)], HEIGHT, BEND)
    assert [places.columns[run(key)] for key in range(4)] == [0, 1, 2, 3]
    assert len(set(places.heights.values())) == 1


def test_an_edge_that_passes_a_column_goes_around_what_is_in_it() -> None:
    places = placed([run(0), run(1), run(2)], [link(0, 1), link(1, 2), link(0, 2)], HEIGHT, BEND)
    ((column, height),) = places.bends[2]
    assert column == 1
    assert abs(height - places.heights[run(1)]) >= (HEIGHT + BEND) / 2


def test_a_circle_is_drawn_from_what_comes_first() -> None:
    places = placed([run(0), run(1)], [link(0, 1), link(1, 0)], HEIGHT, BEND)
    assert places.columns == {run(0): 0, run(1): 1}


@given(ends=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_nothing_stands_on_another(ends: list[tuple[int, int]]) -> None:
    links = [link(min(pair), max(pair)) for pair in ends if len(set(pair)) == 2]
    nodes = [run(key) for key in range(31)]
    places = placed(nodes, links, HEIGHT, BEND)
    assert all(places.columns[each.source] < places.columns[each.target] for each in links)
    for one, other in combinations(nodes, 2):
        if places.columns[one] == places.columns[other]:
            assert abs(places.heights[one] - places.heights[other]) >= HEIGHT - 0.001
    for node in nodes:
        for bends in places.bends:
            for column, height in bends:
                if column == places.columns[node]:
                    assert abs(height - places.heights[node]) >= (HEIGHT + BEND) / 2 - 0.001
