"""The way into Strawberry: remembers documents, prices each operation, and answers queries from their plans.

What has no plan, and what fails, goes to the ordinary executor, which reads through the same readers. The context of
an operation has `request`, `queries`, `documents`, and `operation_name` as the client gave it; `kind` is told it here.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from graphql import GraphQLError, OperationType, get_variable_values
from graphql.execution import ExecutionResult
from strawberry.extensions import SchemaExtension

from gqlregistry.errors import BadInput, RegistryError, TooComplex, Unavailable
from gqlregistry.plan.documents import Document, Operation
from gqlregistry.plan.driver import again
from gqlregistry.plan.reader import Request
from gqlregistry.plan.selection import NotPlanned, ObjectSelection, Run
from gqlregistry.plan.statement import Reading
from gqlregistry.plan.validating import aside


class PlanExtension(SchemaExtension):
    """Refuses what costs too much; answers a query from its plan."""

    max_tokens = 2000

    def __init__(self, *, execution_context: Any = None) -> None:
        self._cost: dict[str, int] | None = None
        self._known: Document | None = None

    def on_operation(self) -> Iterator[None]:
        """Take the document from memory, if it was valid before: then it is neither parsed nor validated again."""
        context = self.execution_context
        self._known = context.context.document or context.context.documents.find(context.query)
        if self._known is not None:
            context.graphql_document = self._known.node
            context.pre_execution_errors = []
        else:
            context.parse_options["max_tokens"] = self.max_tokens
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        """Set the result, or leave it to the executor. The document is valid."""
        context = self.execution_context.context
        if self._known is None and self.execution_context.query and self.execution_context.graphql_document:
            document = Document(self.execution_context.schema, self.execution_context.graphql_document)
            self._known = context.documents.add(self.execution_context.query, document)
        operation = self._known.operation(context.operation_name) if self._known else None
        if self._known is None or operation is None:
            error = BadInput("the document has several operations: name one of them", "operationName")
            failed = GraphQLError(error.message, original_error=error)
            self.execution_context.result = ExecutionResult(data=None, errors=[failed])
        else:
            context.kind = operation.node.operation.value
            if operation.node.operation is not OperationType.QUERY and context.turn is not None:
                context.turn.release()
            if operation.node.operation is not OperationType.QUERY and context.patience is not None:
                # A change that has begun is not given up half-way.
                context.patience.endless()
            try:
                await self._price(operation, context.request)
                if operation.is_introspection:
                    await self._introspect(self._known, context)
                elif context.documents.compiled and operation.node.operation is OperationType.QUERY:
                    await self._answer(operation, context)
            except (TooComplex, Unavailable) as refusal:
                failed = GraphQLError(refusal.message, nodes=operation.node, original_error=refusal)
                self.execution_context.result = ExecutionResult(data=None, errors=[failed])
        yield

    async def _introspect(self, document: Document, context: Any) -> None:
        text, name = self.execution_context.query, context.operation_name
        schema: Any = self.execution_context.schema
        answers = context.documents.introspection
        self.execution_context.result = await answers.answer(schema, text, document.node, name)

    async def _price(self, operation: Operation, request: Request) -> None:
        variables = self.execution_context.variables or {}
        cost = operation.cost(variables) if operation.is_priced else await aside(operation.cost, variables)
        self._cost = {"requested": cost.objects, "limit": request.max_query_cost}
        if cost.objects > request.max_query_cost:
            raise TooComplex(
                f"this query asks for up to {cost.objects:,} objects, {request.max_query_cost:,} are allowed: "
                "ask for smaller pages"
            )

    async def _answer(self, operation: Operation, context: Any) -> None:
        schema: Any = self.execution_context.schema
        definitions = operation.node.variable_definitions or ()
        variables: Any = get_variable_values(schema._schema, definitions, self.execution_context.variables or {})
        if isinstance(variables, list):
            return
        plan = operation.plan(variables) if operation.is_compiled else await aside(operation.plan, variables)
        if plan is None:
            return
        run = Run(context.request, variables)
        try:
            data = await again(context.queries, lambda: _reading(plan, run), plan.course)
        except (TooComplex, Unavailable):
            raise
        except (RegistryError, NotPlanned, GraphQLError):
            # The executor finds the same error, and knows its path.
            context.request.nodes_read = 0
            return
        context.request.planned = True
        self.execution_context.result = ExecutionResult(data=data, errors=None)

    def get_results(self) -> Mapping[str, Any]:  # type: ignore[override]
        """What the operation cost, for the answer's `extensions`."""
        if self._cost is None:
            return {}
        request: Request = self.execution_context.context.request
        return {"cost": {**self._cost, "actual": request.nodes_read}}


def _reading(plan: ObjectSelection, run: Run) -> Reading[dict[str, Any]]:
    """A plan reads for the one row of the root."""
    # The root is not an object of the registry's.
    run.request.nodes_read = -1
    found = yield from plan.objects(run, [()])
    answer: dict[str, Any] = found[0]
    return answer
