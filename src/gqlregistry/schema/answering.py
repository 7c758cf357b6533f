"""How a subscription is answered: a question, asked anew for each event, or whenever a map may have changed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

import orjson
from graphql import DocumentNode, GraphQLError, ValueNode, VariableNode, Visitor, execute, visit
from graphql.execution import ExecutionResult

from gqlregistry.errors import DeadlineExceeded, RegistryError, TooComplex, Unavailable
from gqlregistry.live.cursors import event_cursor
from gqlregistry.live.lineage import Around
from gqlregistry.live.question import Body
from gqlregistry.plan.documents import Document, Operation
from gqlregistry.plan.driver import again
from gqlregistry.plan.readers import Followed, read_by_key
from gqlregistry.plan.selection import Bound, NotPlanned, ObjectSelection, Run
from gqlregistry.plan.shape import shape_of
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.context import Context
from gqlregistry.schema.errors import formatted, log_unexpected
from gqlregistry.schema.operations import Operations
from gqlregistry.schema.subscription import FollowedEvent, Happened, Subscription
from gqlregistry.services import Services

BATCH_BUDGET = 10_000
"""How many objects the answers about several events may hold together; beyond, fewer are asked for at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Answering:
    """One subscription's way to its answers: by its plan, or else by the ordinary executor."""

    operations: Operations
    services: Services
    context: Callable[[], Context]
    """Makes a new context: each answer is an operation of its own."""
    document: Document
    operation: Operation
    variables: dict[str, Any]
    values: Any
    """The variables, coerced."""

    async def follow(self) -> Any:
        """What is followed, as the field says it."""
        request = self.context().request
        _, declared, arguments = self.operation.source(self.values)
        reader = declared.reader
        assert isinstance(reader, Followed)
        given = arguments.evaluate(self.values)
        return await self._in_time(self.services.driver.run(reader.follow(request, **given)))

    def shared_variables(self) -> bytes:
        """The variables on which the answers depend: not one that only says from where on events are followed."""
        field = self.operation.source(self.values)[0]
        after = [given.value for given in field.arguments or () if given.name.value == "after"]
        names = {value.name.value for value in after if isinstance(value, VariableNode)}
        elsewhere = _variables_but(self.document.node, after)
        shared = {name: value for name, value in self.variables.items() if name not in names - elsewhere}
        return orjson.dumps(shared, option=orjson.OPT_SORT_KEYS)

    async def events(self, keys: Sequence[int]) -> Sequence[Body | None]:
        """The answers about events; None for one that may not be seen."""
        try:
            budget = BATCH_BUDGET if len(keys) > 1 else None
            return await self._answers([Happened(event=key) for key in keys], budget)
        except (TooComplex, DeadlineExceeded) as error:
            if len(keys) > 1:
                half = len(keys) // 2
                return [*await self.events(keys[:half]), *await self.events(keys[half:])]
            failed = formatted(GraphQLError(error.message, original_error=error), executed=True)
            # It can't say where the log stands itself.
            return [orjson.dumps({"data": None, "errors": [failed], "extensions": {"cursor": event_cursor(keys[0])}})]

    async def map(self, around: Around) -> Body:
        """The answer about the map as it is now."""
        (body,) = await self._answers([Happened(around=around)], None)
        assert body is not None
        return body

    async def _answers(self, roots: Sequence[Happened], budget: int | None) -> Sequence[Body | None]:
        plan = self.operation.plan(self.values)
        if plan is not None:
            try:
                answers = await self._in_time(
                    again(self.services.driver, lambda: self._planned(plan, roots, budget), plan.course)
                )
            except (TooComplex, Unavailable, DeadlineExceeded):
                raise
            except (RegistryError, NotPlanned, GraphQLError):
                # The executor finds the same error, and knows its path.
                pass
            else:
                return [None if None in answer.values() else orjson.dumps({"data": answer}) for answer in answers]
        seen = await self._in_time(self.services.driver.run(self._seen(roots)))
        return [await self._in_time(self._executed(root)) if root in seen else None for root in roots]

    def _planned(self, plan: ObjectSelection, roots: Sequence[Happened], budget: int | None) -> Reading[list[Any]]:
        request = self.context().request
        if budget is not None:
            request.node_budget = budget
        return plan.objects(Run(request, self.values), plan.rows_of(roots))

    def _seen(self, roots: Sequence[Happened]) -> Reading[set[Happened]]:
        """Those of which the asker may know."""
        request = self.context().request
        nothing: Any = Bound(Run(request, self.values), ObjectSelection())
        keys = [root.event for root in roots if root.event is not None]
        found = yield from read_by_key(shape_of(FollowedEvent), request, keys, nothing)
        return {root for root in roots if root.event is None or root.event in found}

    async def _executed(self, root: Happened) -> Body:
        context: Context = self.context()
        result: Any = execute(
            self.operations.schema._schema,
            self.document.node,
            root_value=Subscription.of_object(root),
            context_value=context,
            variable_values=self.variables,
            operation_name=self.operation.node.name.value if self.operation.node.name else None,
        )
        if isawaitable(result):
            result = await result
        assert isinstance(result, ExecutionResult)
        log_unexpected(result.errors or [])
        for error in result.errors or ():
            if root.around is not None and result.data is None and isinstance(error.original_error, RegistryError):
                raise error.original_error
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [formatted(error, executed=True) for error in result.errors]
            if root.event is not None:
                answer["extensions"] = {"cursor": event_cursor(root.event)}
        return orjson.dumps(answer)

    async def _in_time(self, work: Awaitable[Any]) -> Any:
        seconds = self.operations.settings.query_seconds
        try:
            async with asyncio.timeout(seconds):
                return await work
        except TimeoutError:
            raise DeadlineExceeded(f"the answer was given up after {seconds:g} seconds: ask for less") from None


def _variables_but(document: DocumentNode, but: Sequence[ValueNode]) -> set[str]:
    """The names of the variables that a document uses elsewhere than in some places."""
    found: set[str] = set()

    class Finder(Visitor):
        def enter_variable_definition(self, *_: Any) -> Any:
            return self.SKIP

        def enter_variable(self, node: VariableNode, *_: Any) -> None:
            if not any(node is each for each in but):
                found.add(node.name.value)

    visit(document, Finder())
    return found
