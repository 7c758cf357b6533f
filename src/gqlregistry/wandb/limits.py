"""What the client's door executes: documents of some length, depth and cost, as the public one."""

from collections.abc import Iterator
from typing import Any

from graphql import FragmentDefinitionNode, GraphQLError, OperationType, get_operation_ast
from graphql.execution import ExecutionResult
from strawberry.extensions import SchemaExtension

from gqlregistry.errors import TooComplex
from gqlregistry.plan.cost import Pricer

MAX_TOKENS = 4000
"""The longest document of the clients that are tested has not half of them."""


class Limits(SchemaExtension):
    """Refuses a document that is too long, nested too deeply, or asks for too much."""

    def on_operation(self) -> Iterator[None]:
        """Called before the document is parsed."""
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
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
            fragments = {
                node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
            }
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
