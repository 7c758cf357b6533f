"""What a query may cost: how many objects it asks for, page sizes multiplied down the path.

    { run(ref: …) { inputs(first: 50) { nodes { outputs(first: 10) { nodes { name } } } } } }
      1              + 50 × (1          + 10) = 551

Known before anything is read, in time that grows with the document and not with what its fragments unfold to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from gqlregistry.errors import TooComplex
from gqlregistry.plan.page import DEFAULT_PAGE_SIZE
from gqlregistry.plan.readers import LISTED

CEILING = 10**12
MAX_DEPTH = 100
SIZES = ("first", "last")
INTROSPECTION = ("__schema", "__type")
MAX_INTROSPECTIONS = 4
"""The whole schema is larger than most answers, and is made by the ordinary executor."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How many objects are asked for, how many fields are nested, how often the schema itself is asked for."""

    objects: int = 0
    depth: int = 0
    introspections: int = 0


class Pricer:
    """Prices operations of one document."""

    def __init__(
        self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode], variables: Mapping[str, Any]
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables
        self._known: dict[tuple[int, int | None], Cost] = {}
        self.sized_by: set[str] = set()
        """The variables on which the cost depends."""

    def price(self, operation: OperationDefinitionNode) -> Cost:
        """The cost of an operation. Raises `TooComplex` when it is nested too deeply, or asks again for the schema."""
        root = self._schema.get_root_type(operation.operation)
        cost = self._selections(root, operation.selection_set, None, 0)
        if cost.introspections > MAX_INTROSPECTIONS:
            raise TooComplex(
                f"`__schema` and `__type` may be asked for {MAX_INTROSPECTIONS} times in a query, not more"
            )
        return cost

    def _selections(self, type_: Any, selections: SelectionSetNode, page: int | None, level: int) -> Cost:
        if level > MAX_DEPTH:
            raise TooComplex(f"fields may be nested {MAX_DEPTH} deep at most")
        key = (id(selections), page)
        known = self._known.get(key)
        if known is None:
            parts = [self._selection(type_, node, page, level) for node in selections.selections]
            objects = min(CEILING, sum(part.objects for part in parts))
            introspections = min(CEILING, sum(part.introspections for part in parts))
            known = self._known[key] = Cost(objects, max((part.depth for part in parts), default=0), introspections)
        if level + known.depth > MAX_DEPTH:
            raise TooComplex(f"fields may be nested {MAX_DEPTH} deep at most")
        return known

    def _selection(self, type_: Any, node: Any, page: int | None, level: int) -> Cost:
        match node:
            case InlineFragmentNode():
                inner = self._schema.get_type(node.type_condition.name.value) if node.type_condition else type_
                return self._selections(inner, node.selection_set, page, level)
            case FragmentSpreadNode():
                fragment = self._fragments[node.name.value]
                return self._selections(
                    self._schema.get_type(fragment.type_condition.name.value), fragment.selection_set, page, level
                )
            case FieldNode():
                return self._field(type_, node, page, level)
        raise AssertionError(f"{node.kind} is not a selection")

    def _field(self, type_: Any, node: FieldNode, page: int | None, level: int) -> Cost:
        field = getattr(type_, "fields", {}).get(node.name.value)
        if field is None or node.selection_set is None:
            return Cost(0, 1, int(node.name.value in INTROSPECTION))
        named = get_named_type(field.type)
        size = self._size(node, field) if any(name in field.args for name in (*SIZES, "ids")) else None
        inner = self._selections(named, node.selection_set, size, level + 1)
        if not is_composite_type(named):
            return Cost(0, 1)
        is_list = is_list_type(get_nullable_type(field.type))
        count = (page or size or LISTED) if is_list else 1
        # A connection is not an object of its own, its items are.
        own = 0 if size is not None and not is_list else 1
        return Cost(min(CEILING, count * (own + inner.objects)), inner.depth + 1, inner.introspections)

    def _size(self, node: FieldNode, field: GraphQLField) -> int:
        for argument in node.arguments or ():
            if argument.name.value in SIZES:
                value = self._number(argument.value)
                if value is not None:
                    return max(0, min(CEILING, value))
            if argument.name.value == "ids":
                return self._length(argument.value)
        declared = field.args["first"].default_value if "first" in field.args else None
        return declared if isinstance(declared, int) else DEFAULT_PAGE_SIZE

    def _number(self, value: Any) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value)
        given = self._variable(value)
        return given if isinstance(given, int) else None

    def _length(self, value: Any) -> int:
        if isinstance(value, ListValueNode):
            return len(value.values)
        given = self._variable(value)
        return len(given) if isinstance(given, list) else 1

    def _variable(self, value: Any) -> Any:
        if not isinstance(value, VariableNode):
            return None
        self.sized_by.add(value.name.value)
        return self._variables.get(value.name.value)
