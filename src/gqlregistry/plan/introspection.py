"""What asks for the schema alone has the same answer each time: made aside, and the last few remembered."""

from collections import OrderedDict
from typing import Any

from graphql import DocumentNode, FieldNode, OperationDefinitionNode, OperationType, execute_sync
from graphql.execution import ExecutionResult

from gqlregistry.plan.validating import aside

MAX_ANSWERS = 8
"""An answer is some megabytes. Tools ask in a few ways."""


def is_introspection(operation: OperationDefinitionNode) -> bool:
    """Whether it asks for nothing but the schema, and nothing decides what of it."""
    return (
        operation.operation is OperationType.QUERY
        and not operation.variable_definitions
        and not operation.directives
        and all(
            isinstance(each, FieldNode) and each.name.value.startswith("__") and not each.directives
            for each in operation.selection_set.selections
        )
    )


class Introspection:
    """The answers about one schema."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str | None], ExecutionResult] = OrderedDict()

    async def answer(self, schema: Any, text: str, document: DocumentNode, name: str | None) -> ExecutionResult:
        """The answer to an operation of a valid document; not to be changed."""
        known = self._known.get((text, name))
        if known is None:
            result = await aside(execute_sync, schema._schema, document, operation_name=name)
            known = self._known[text, name] = result
            if len(self._known) > MAX_ANSWERS:
                self._known.popitem(last=False)
        return known
