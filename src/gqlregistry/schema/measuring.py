"""What is counted, charged, traced and, if it was slow, logged of an operation."""

from collections.abc import Awaitable
from time import perf_counter

import structlog
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from gqlregistry import metrics
from gqlregistry.errors import ErrorCode
from gqlregistry.schema.answer import Answer
from gqlregistry.schema.context import Context
from gqlregistry.schema.trusted import document_id
from gqlregistry.tracing import TRACING

CANCELLED = "CANCELLED"
"""The outcome when the client did not wait."""

log = structlog.get_logger(__name__)


async def measured(text: str, context: Context, slow_seconds: float, execution: Awaitable[Answer]) -> Answer:
    """The answer to an operation, once it is counted."""
    began, outcome = perf_counter(), CANCELLED
    with TRACING.span("operation", graphql_operation_name=context.operation_name) as span:
        try:
            answer = await execution
            outcome = answer.code or "ok"
            return answer
        except (CannotGetOperationTypeError, InvalidOperationTypeError):
            outcome = ErrorCode.BAD_USER_INPUT
            raise
        finally:
            seconds = perf_counter() - began
            read = max(context.request.nodes_read, 0)
            metrics.operations.labels(context.kind, context.request.planned, outcome).inc()
            metrics.operation_seconds.labels(context.kind).observe(seconds)
            metrics.objects_read.inc(read)
            if context.allowance is not None:
                context.allowance.charge(read)
            facts = {"kind": context.kind, "planned": context.request.planned, "outcome": outcome, "objects": read}
            if span is not None:
                span.set_attributes({f"gqlregistry.{name}": value for name, value in facts.items()})
                span.set_attribute("graphql.document.id", document_id(text))
            if seconds > slow_seconds:
                log.warning(
                    "slow operation",
                    document=document_id(text),
                    operation=context.operation_name,
                    user=context.principal.username,
                    milliseconds=round(seconds * 1000, 1),
                    **facts,
                )
