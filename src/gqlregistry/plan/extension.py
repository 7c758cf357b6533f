"""The way into Strawberry: prices each operation, and answers queries from their plans.

What has no plan, and whatever fails, goes to the ordinary executor, which reads through the same readers.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    get_variable_values,
)
from graphql.execution import ExecutionResult
from strawberry.extensions import SchemaExtension

from gqlregistry.errors import RegistryError, TooComplex, Unavailable
from gqlregistry.plan.compiler import Compiler
from gqlregistry.plan.cost import Pricer
from gqlregistry.plan.driver import Driver
from gqlregistry.plan.reader import Request
from gqlregistry.plan.selection import NotPlanned, ObjectSelection, Run
from gqlregistry.plan.statement import Reading

MAX_PLANS = 512


class Plans:
    """Plans by document and by the decisions of @skip and @include. Bounded: documents are the client's choice."""

    def __init__(self, limit: int = MAX_PLANS) -> None:
        self._limit = limit
        self._plans: OrderedDict[Any, tuple[tuple[str, ...], dict[Any, ObjectSelection | None]]] = OrderedDict()

    def find(
        self, schema: Any, text: str, document: DocumentNode, operation: OperationDefinitionNode, variables: Any
    ) -> ObjectSelection | None:
        """The plan of an operation, None when it has none."""
        key = (text, operation.name.value if operation.name else None)
        known = self._plans.get(key)
        if known is not None:
            self._plans.move_to_end(key)
            names, plans = known
            decisions = tuple(variables.coerced.get(name) for name in names)
            if decisions in plans:
                return plans[decisions]
        compiler = Compiler(schema, _fragments(document), variables)
        plan: ObjectSelection | None
        try:
            plan = compiler.operation(operation)
        except NotPlanned:
            plan = None
        # Another decision may have reached directives that this one did not.
        names = tuple(sorted(compiler.decided_by | set(known[0] if known else ())))
        plans = known[1] if known and known[0] == names and len(known[1]) < self._limit else {}
        plans[tuple(variables.coerced.get(name) for name in names)] = plan
        self._plans[key] = (names, plans)
        if len(self._plans) > self._limit:
            self._plans.popitem(last=False)
        return plan


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


class PlanExtension(SchemaExtension):
    """Refuses what costs too much; answers a query from its plan. The context has `request`, `driver`, `plans`."""

    def __init__(self, *, execution_context: Any = None) -> None:
        self._cost: dict[str, int] | None = None

    async def on_execute(self) -> AsyncIterator[None]:
        """Set the result, or leave it to the executor."""
        context = self.execution_context.context
        document = self.execution_context.graphql_document
        assert document is not None
        operation = get_operation_ast(document, self.execution_context.operation_name)
        if operation is not None:
            try:
                self._price(operation, document, context.request)
                if context.plans is not None and operation.operation is OperationType.QUERY:
                    await self._answer(operation, document, context)
            except (TooComplex, Unavailable) as error:
                failed = GraphQLError(error.message, nodes=operation, original_error=error)
                self.execution_context.result = ExecutionResult(data=None, errors=[failed])
        yield

    def _price(self, operation: OperationDefinitionNode, document: DocumentNode, request: Request) -> None:
        pricer = Pricer(
            self.execution_context.schema._schema,
            _fragments(document),
            self.execution_context.variables or {},
        )
        cost = pricer.price(operation)
        self._cost = {"requested": cost.objects, "limit": request.max_query_cost}
        if cost.objects > request.max_query_cost:
            raise TooComplex(
                f"this query asks for up to {cost.objects:,} objects, {request.max_query_cost:,} are allowed: "
                "ask for smaller pages"
            )

    async def _answer(self, operation: OperationDefinitionNode, document: DocumentNode, context: Any) -> None:
        schema: Any = self.execution_context.schema
        variables: Any = get_variable_values(
            schema._schema, operation.variable_definitions or (), self.execution_context.variables or {}
        )
        if isinstance(variables, list):
            return
        plan = context.plans.find(schema, self.execution_context.query, document, operation, variables)
        if plan is None:
            return
        driver: Driver = context.driver
        try:
            data = await driver.run(_reading(plan, Run(context.request, variables)))
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
    found = yield from plan.objects(run, [()])
    answer: dict[str, Any] = found[0]
    return answer
