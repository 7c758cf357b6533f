"""From a subscription's document to what it is sent: a question, asked anew whenever something has happened."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from inspect import isawaitable
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLFormattedError,
    OperationType,
    ValueNode,
    VariableNode,
    Visitor,
    execute,
    get_variable_values,
    parse,
    validate,
    visit,
)
from graphql.execution import ExecutionResult
from strawberry.types.graphql import OperationType as StrawberryOperationType

from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput, DeadlineExceeded, RegistryError, TooComplex, Unavailable
from gqlregistry.live.lineage import Around
from gqlregistry.live.live import Update
from gqlregistry.live.question import Body
from gqlregistry.plan.documents import Document, Operation
from gqlregistry.plan.driver import again
from gqlregistry.plan.reader import Request
from gqlregistry.plan.readers import Followed, read_by_key
from gqlregistry.plan.selection import Bound, NotPlanned, ObjectSelection, Run
from gqlregistry.plan.shape import shape_of
from gqlregistry.plan.statement import Reading
from gqlregistry.schema.context import Context
from gqlregistry.schema.errors import formatted, log_unexpected
from gqlregistry.schema.operations import QUERY_OR_MUTATION, Operations, answer_of
from gqlregistry.schema.subscription import Events, FollowedEvent, Happened, Subscription, event_cursor, event_key
from gqlregistry.services import Services

BATCH_BUDGET = 10_000
"""How many objects the answers about several events may hold together; beyond, fewer are asked for at once."""


class Refused(Exception):
    """A request that was not executed: its errors, as they are sent."""

    def __init__(self, errors: Sequence[GraphQLFormattedError]) -> None:
        super().__init__(errors)
        self.errors = errors

    @classmethod
    def by(cls, error: RegistryError) -> "Refused":
        """For one error."""
        return cls([formatted(GraphQLError(error.message, original_error=error), executed=True)])


def document_of(operations: Operations, text: str) -> Document:
    """The valid document that a text is. Raises `Refused`."""
    known = operations.documents.find(text)
    if known is not None:
        return known
    schema = operations.schema
    try:
        node = parse(text, max_tokens=operations.settings.max_query_tokens)
        errors = validate(schema._schema, node)
    except GraphQLError as error:
        raise Refused([formatted(error, executed=False)]) from None
    if errors:
        for each in errors:
            schema.remove_field_suggestion(each)
        raise Refused([formatted(each, executed=False) for each in errors])
    return operations.documents.add(text, Document(schema, node))


def operation_of(operations: Operations, asked: dict[str, Any]) -> tuple[Document, Operation]:
    """The operation that a request means. Raises `Refused`."""
    document = document_of(operations, asked["query"])
    operation = document.operation(asked.get("operationName"))
    if operation is None:
        raise Refused.by(BadInput("name an operation of the document", "operationName"))
    return document, operation


async def answers(
    operations: Operations,
    services: Services,
    base_url: str,
    principal: Principal,
    asked: dict[str, Any],
    resume: str | None = None,
    allowed: Iterable[StrawberryOperationType] = QUERY_OR_MUTATION,
) -> AsyncGenerator[Update]:
    """What any operation answers, over a transport that can send several answers. Raises as `subscribe`, and
    `InvalidOperationTypeError` for a query or mutation that is not allowed here."""
    _, operation = operation_of(operations, asked)
    if operation.node.operation is OperationType.SUBSCRIPTION:
        return await subscribe(operations, services, base_url, principal, asked, resume)
    context = operations.context(services, base_url, principal)
    answer, executed = answer_of(await operations.execute(asked, context, _never, allowed))
    if not executed:
        raise Refused(answer["errors"])
    return _once(Update(orjson.dumps(answer)))


async def _once(update: Update) -> AsyncGenerator[Update]:
    yield update


async def _never() -> dict[str, Any]:
    """For a transport that cancels its operations itself when the client is gone."""
    never: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
    return await never


async def subscribe(
    operations: Operations,
    services: Services,
    base_url: str,
    principal: Principal,
    asked: dict[str, Any],
    resume: str | None = None,
) -> AsyncGenerator[Update]:
    """What a subscription is sent; `resume` is a cursor that goes before its `after`. When this returns, nothing that
    happens is missed. Raises `Refused`; while it lasts, a `RegistryError` ends it."""
    document, operation = operation_of(operations, asked)
    assert operation.node.operation is OperationType.SUBSCRIPTION
    variables = asked.get("variables") or {}
    context = partial(operations.context, services, base_url, principal)
    try:
        _check_cost(operation, variables, context().request)
        values: Any = get_variable_values(
            operations.schema._schema, operation.node.variable_definitions or (), variables
        )
        if isinstance(values, list):
            raise Refused([formatted(error, executed=True) for error in values])
        answering = Answering(operations, services, context, document, operation, variables, values)
        followed = await answering.follow()
        name = (asked["query"], asked.get("operationName"), answering.shared_variables(), base_url, principal)
        if isinstance(followed, Events):
            if resume is not None:
                followed = replace(followed, after=event_key(resume, "Last-Event-ID"))
            return await services.live.events(followed.wanted, followed.after, name, answering.events)
        return await services.live.map(name, answering.map)
    except GraphQLError as error:
        raise Refused([formatted(error, executed=True)]) from None
    except RegistryError as error:
        raise Refused.by(error) from None


def _check_cost(operation: Operation, variables: dict[str, Any], request: Request) -> None:
    cost = operation.cost(variables)
    if cost.objects > request.max_query_cost:
        raise TooComplex(
            f"each answer may hold up to {cost.objects:,} objects, {request.max_query_cost:,} are allowed: "
            "ask for smaller pages"
        )


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
