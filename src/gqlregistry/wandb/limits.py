"""What the client's door executes: documents of some length, depth and cost, as the public one."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_operation_ast,
)
from graphql.execution import ExecutionResult
from strawberry.extensions import SchemaExtension

from gqlregistry.errors import TooComplex
from gqlregistry.plan.cost import Pricer

MAX_TOKENS = 4000
"""The longest document of the clients that are tested has not half of them."""

MAX_FIELDS = 30
"""The client asks for a few. The ordinary executor begins all of them before anything else goes on."""


class Limits(SchemaExtension):
    """Refuses a document that is too long, nested too deeply, or asks for too much."""

    def on_operation(self) -> Iterator[None]:
        """The door has parsed and validated it."""
        self.execution_context.graphql_document = self.execution_context.context.document
        self.execution_context.pre_execution_errors = []
        yield

    def on_execute(self) -> Iterator[None]:
        """Set the result, or leave it to the executor. The document is valid."""
        document = self.execution_context.graphql_document
        operation = document and get_operation_ast(document, self.execution_context.operation_name)
        if document is not None and operation:
            context = self.execution_context.context
            if operation.operation is not OperationType.QUERY:
                # A change that has begun is not given up half-way; it mostly waits for the disk.
                context.patience.endless()
                if context.turn is not None:
                    context.turn.release()
            fragments = _fragments(document)
            schema: Any = self.execution_context.schema
            try:
                cost = Pricer(schema._schema, fragments, self.execution_context.variables or {}).price(operation)
                limit = context.services.settings.max_query_cost
                if cost.objects > limit:
                    raise TooComplex(f"this asks for up to {cost.objects:,} objects, {limit:,} are allowed")
            except TooComplex as refusal:
                failed = GraphQLError(refusal.message, nodes=operation, original_error=refusal)
                self.execution_context.result = ExecutionResult(data=None, errors=[failed])
        yield


def check_root(document: DocumentNode) -> None:
    """Raises `GraphQLError` for an operation with too many fields at its root. The document need not be valid."""
    fragments = _fragments(document)
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode) and _count(each.selection_set, fragments) > MAX_FIELDS:
            refusal = TooComplex(f"an operation may ask for {MAX_FIELDS} fields at its root, not more")
            raise GraphQLError(refusal.message, nodes=each, original_error=refusal)


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


def _count(root: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> int:
    """How many fields a selection has, those of its fragments counted where they are first named."""
    waiting, named, found = [root], set[str](), 0
    while waiting:
        for each in waiting.pop().selections:
            match each:
                case FragmentSpreadNode() if each.name.value not in named:
                    named.add(each.name.value)
                    if each.name.value in fragments:
                        waiting.append(fragments[each.name.value].selection_set)
                case InlineFragmentNode():
                    waiting.append(each.selection_set)
                case FieldNode():
                    found += 1
    return found
