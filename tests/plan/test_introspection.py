"""What asks for the schema alone is answered from memory, as the executor would."""

from typing import Any

import pytest
from graphql import DocumentNode, OperationDefinitionNode, execute_sync, parse

from gqlregistry.plan.introspection import MAX_ANSWERS, Introspection, is_introspection
from gqlregistry.schema.schema import public_schema

SCHEMA = public_schema(2000)
TYPES = "{ __schema { types { name fields { name } } } __typename }"


def operation(text: str) -> OperationDefinitionNode:
    node: Any = parse(text).definitions[0]
    return node


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TYPES, True),
        ('query A { __type(name: "Run") { name } }', True),
        ("{ __schema { queryType { name } } viewer { id } }", False),
        ("query ($name: String!) { __type(name: $name) { name } }", False),
        ("{ __typename @skip(if: true) }", False),
        ("{ ...F } fragment F on Query { __typename }", False),
        ("mutation { __typename }", False),
    ],
)
def test_only_what_is_the_same_each_time_is_introspection(text: str, expected: bool) -> None:
    assert is_introspection(operation(text)) is expected


async def answer(introspection: Introspection, text: str) -> Any:
    document: DocumentNode = parse(text)
    return await introspection.answer(SCHEMA, text, document, None)


async def test_it_is_answered_as_the_executor_does_and_once() -> None:
    introspection = Introspection()
    first = await answer(introspection, TYPES)
    assert first == execute_sync(SCHEMA._schema, parse(TYPES))
    assert await answer(introspection, TYPES) is first


async def test_few_answers_are_remembered() -> None:
    introspection = Introspection()
    first = await answer(introspection, TYPES)
    for number in range(MAX_ANSWERS):
        await answer(introspection, f"query Q{number} {{ __typename }}")
    assert len(introspection._known) == MAX_ANSWERS
    assert await answer(introspection, TYPES) is not first
