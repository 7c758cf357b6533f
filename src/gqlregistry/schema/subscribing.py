"""From a request to its answers, over a transport that can send several: what it follows, and from where on."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from graphql import GraphQLError, GraphQLFormattedError, OperationType, get_variable_values
from strawberry.types.graphql import OperationType as StrawberryOperationType

from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput, RegistryError, TooComplex
from gqlregistry.live.cursors import event_key
from gqlregistry.live.live import Update
from gqlregistry.plan.documents import Document, Operation
from gqlregistry.plan.reader import Request
from gqlregistry.plan.validating import Invalid
from gqlregistry.schema.answering import Answering
from gqlregistry.schema.errors import formatted
from gqlregistry.schema.operations import QUERY_OR_MUTATION, Operations
from gqlregistry.schema.subscription import Events
from gqlregistry.services import Services
from gqlregistry.turns import LONG_OBJECTS


class Refused(Exception):
    """A request that was not executed: its errors, as they are sent."""

    def __init__(self, errors: Sequence[GraphQLFormattedError]) -> None:
        super().__init__(errors)
        self.errors = errors

    @classmethod
    def by(cls, error: RegistryError) -> "Refused":
        """For one error."""
        return cls([formatted(GraphQLError(error.message, original_error=error), executed=True)])


async def operation_of(operations: Operations, asked: dict[str, Any]) -> tuple[Document, Operation]:
    """The operation that a request means. Raises `Refused`."""
    try:
        document = await operations.document(asked["query"])
    except Invalid as invalid:
        raise Refused([formatted(each, executed=False) for each in invalid.errors]) from None
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
    """What any operation answers: a subscription many times, from `resume` on if that is given instead of its `after`.

    When this returns, nothing that happens is missed. Raises `Refused`, and `InvalidOperationTypeError` for a query or
    mutation that is not `allowed`; a `RegistryError` ends a subscription later.
    """
    document, operation = await operation_of(operations, asked)
    if operation.node.operation is OperationType.SUBSCRIPTION:
        return await _subscribe(operations, services, base_url, principal, asked, document, operation, resume)
    context = operations.context(services, base_url, principal)
    context.document = document
    answer = await operations.execute(asked, context, _never, allowed)
    if not answer.executed:
        raise Refused(answer.errors)
    return _once(Update(await answer.body(context.request.nodes_read >= LONG_OBJECTS)))


async def _once(update: Update) -> AsyncGenerator[Update]:
    yield update


async def _never() -> dict[str, Any]:
    """For a transport that cancels its operations itself when the client is gone."""
    never: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
    return await never


async def _subscribe(
    operations: Operations,
    services: Services,
    base_url: str,
    principal: Principal,
    asked: dict[str, Any],
    document: Document,
    operation: Operation,
    resume: str | None,
) -> AsyncGenerator[Update]:
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
