"""The schema as it is published: what `schema.graphql` says, and that it says it to people."""

import re
from pathlib import Path

import pytest
from graphql import (
    GraphQLSchema,
    build_schema,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_introspection_type,
    is_non_null_type,
    is_object_type,
    is_specified_scalar_type,
    lexicographic_sort_schema,
    print_schema,
)

from gqlregistry.schema.query import NODE_TYPES
from gqlregistry.schema.schema import public_schema

EXPORTED = Path(__file__).parents[2] / "schema.graphql"


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema(EXPORTED.read_text())


def test_the_exported_schema_is_the_one_that_is_served() -> None:
    assert EXPORTED.read_text().strip() == public_schema().as_str().strip()


def test_the_exported_schema_is_sorted(schema: GraphQLSchema) -> None:
    assert print_schema(schema) == print_schema(lexicographic_sort_schema(schema))


def test_everything_has_a_description(schema: GraphQLSchema) -> None:
    missing = []
    for type_ in schema.type_map.values():
        if is_introspection_type(type_) or is_specified_scalar_type(type_):
            continue
        described = {type_.name: type_.description}
        if is_object_type(type_) or is_interface_type(type_) or is_input_object_type(type_):
            for name, field in type_.fields.items():
                described[f"{type_.name}.{name}"] = field.description
                for argument, about in getattr(field, "args", {}).items():
                    described[f"{type_.name}.{name}({argument}:)"] = about.description
        if is_enum_type(type_):
            described |= {f"{type_.name}.{name}": value.description for name, value in type_.values.items()}
        missing += [name for name, text in described.items() if not text]
    assert missing == []


def test_names_keep_the_conventions(schema: GraphQLSchema) -> None:
    for type_ in schema.type_map.values():
        if is_introspection_type(type_):
            continue
        if is_enum_type(type_):
            assert all(re.fullmatch(r"[A-Z][A-Z0-9_]*", name) for name in type_.values)
        if is_object_type(type_) or is_interface_type(type_) or is_input_object_type(type_):
            assert all(re.fullmatch(r"[a-z][A-Za-z0-9]*", name) for name in type_.fields), type_.name
        if is_input_object_type(type_):
            assert type_.name.endswith(("Input", "Ref", "Filter", "Order"))
            assert type_.is_one_of == (type_.name.endswith("Ref") or type_.name == "ScopeInput")
        if is_object_type(type_) and type_.name.endswith("Connection"):
            assert {"edges", "nodes", "pageInfo", "totalCount"} == set(type_.fields)


def test_each_mutation_takes_one_input_and_answers_a_payload(schema: GraphQLSchema) -> None:
    assert schema.mutation_type is not None
    for name, field in schema.mutation_type.fields.items():
        assert list(field.args) == ["input"], name
        assert is_non_null_type(field.args["input"].type)
        assert str(field.type).endswith("Payload!")
        assert [interface.name for interface in schema.type_map[str(field.type)[:-1]].interfaces] == ["Payload"]  # type: ignore[attr-defined]


def test_each_connection_can_be_paged_both_ways(schema: GraphQLSchema) -> None:
    for type_ in schema.type_map.values():
        for name, field in getattr(type_, "fields", {}).items():
            if str(field.type).endswith("Connection!"):
                assert {"first", "after", "last", "before"} <= set(field.args), f"{type_.name}.{name}"


def test_nodes_are_what_implements_node(schema: GraphQLSchema) -> None:
    node = schema.type_map["Node"]
    assert {type_.name for type_ in schema.get_possible_types(node)} == set(NODE_TYPES)  # type: ignore[arg-type]
