"""What a query is priced at before anything is read."""

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse

from gqlregistry.errors import TooComplex
from gqlregistry.plan.cost import CEILING, Cost, Pricer
from gqlregistry.schema.schema import public_schema


def price(text: str, **variables: object) -> Cost:
    definitions = parse(text).definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    operation = next(node for node in definitions if isinstance(node, OperationDefinitionNode))
    return Pricer(public_schema()._schema, fragments, variables).price(operation)


@pytest.mark.parametrize(
    ("query", "objects"),
    [
        ("{ __typename }", 0),
        ("{ viewer { username } }", 1),
        ("{ runs(first: 7) { totalCount } }", 0),
        ("{ runs(first: 7) { nodes { id } } }", 7),
        ("{ runs(last: 7) { nodes { id } } }", 7),
        ("{ runs { nodes { id } } }", 50),
        ("{ runs(first: 7) { edges { node { id } } } }", 14),
        ("{ runs(first: 7) { nodes { project { name } } } }", 14),
        ("{ runs(first: 7) { nodes { inputs(first: 3) { nodes { id } } } } }", 7 + 7 * 3),
        ("{ a: runs(first: 7) { nodes { id } } b: runs(first: 5) { nodes { id } } }", 12),
        ("{ runs(first: 7) { ... { nodes { ...f } } } } fragment f on Run { ... on Run { project { name } } }", 14),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ('{ artifact(ref: {name: "x"}) { aliases { name } } }', 1 + 10),
        ('{ artifact(ref: {name: "x"}) { lineage(first: 20) { nodes { name } } } }', 1 + 20),
        ('{ artifact(ref: {name: "x"}) { lineage { nodes { name } } } }', 1 + 500),
        ("{ runs(first: 2000000000) { nodes { inputs(first: 2000000000) { nodes { id } } } } }", CEILING),
    ],
)
def test_pages_are_multiplied_down_the_path(query: str, objects: int) -> None:
    assert price(query).objects == objects


def test_variables_count_as_what_they_hold() -> None:
    query = "query ($n: Int, $ids: [ID!]!) { runs(first: $n) { nodes { id } } nodes(ids: $ids) { id } }"
    assert price(query, n=7, ids=["a", "b"]).objects == 7 + 2
    assert price(query, ids=["a", "b"]).objects == 50 + 2
    assert price(query, n="nonsense", ids=None).objects == 50 + 1


def test_a_fragment_is_priced_for_the_page_that_it_is_in() -> None:
    parts = "fragment f on RunConnection { nodes { id } }"
    assert price("{ a: runs(first: 3) { ...f } b: runs(first: 5) { ...f } } " + parts).objects == 8


def test_what_unfolds_to_millions_is_priced_at_once() -> None:
    parts = ["fragment f0 on Run { project { name } }"]
    parts += [f"fragment f{n} on Run {{ ...f{n - 1} ...f{n - 1} }}" for n in range(1, 40)]
    assert price(" ".join(["{ runs(first: 1) { nodes { ...f39 } } }", *parts])).objects == 2**39 + 1


def nested(times: int, inner: str) -> str:
    """Four levels each time."""
    return "inputs(first: 1) { nodes { inputs(first: 1) { nodes { " * times + inner + " } } } }" * times


def test_nesting_has_an_end() -> None:
    def query(times: int) -> str:
        return f"{{ runs(first: 1) {{ nodes {{ {nested(times, 'name')} }} }} }}"

    assert price(query(24)).depth == 2 + 4 * 24 + 1
    with pytest.raises(TooComplex, match="100 deep"):
        price(query(25))


def test_a_fragment_that_was_priced_near_the_root_can_be_too_deep_elsewhere() -> None:
    fragments = f"fragment f on Run {{ {nested(15, 'name')} }} fragment g on Run {{ ...f }}"
    assert price(f"{{ runs(first: 1) {{ nodes {{ ...f {nested(5, '...g')} }} }} }} {fragments}").depth < 100
    with pytest.raises(TooComplex, match="100 deep"):
        price(f"{{ runs(first: 1) {{ nodes {{ ...f {nested(10, '...g')} }} }} }} {fragments}")
