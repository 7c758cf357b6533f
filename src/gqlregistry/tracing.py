"""Spans for OpenTelemetry: a request, the operations in it, their statements. Nothing, unless it is turned on."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from contextvars import copy_context
from typing import Any, TypeVar

from gqlregistry.errors import BadInput

T = TypeVar("T")

_NOTHING = nullcontext()


class Tracing:
    """How spans are begun. One for the process, `TRACING`."""

    def __init__(self) -> None:
        self._tracer: Any = None
        self._extract: Any = None
        self._inject: Any = None
        self._provider: Any = None

    def turn_on(self, endpoint: str, version: str) -> None:
        """Send all spans to a collector, by OTLP over HTTP. Raises `BadInput` where the library is missing."""
        try:
            from opentelemetry import propagate
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError:
            raise BadInput("GQLREGISTRY_TRACES: install gqlregistry[otel]") from None
        resource = Resource.create({"service.name": "gqlregistry", "service.version": version})
        provider = TracerProvider(resource=resource)
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces")))
        self._provider = provider
        self._tracer = provider.get_tracer("gqlregistry", version)
        self._extract, self._inject = propagate.extract, propagate.inject

    def turn_off(self) -> None:
        """Send what was not sent yet, and stop."""
        if self._provider is not None:
            self._provider.shutdown()
        self._tracer = self._extract = self._inject = self._provider = None

    def request(self, name: str, headers: Mapping[str, str]) -> AbstractContextManager[Any]:
        """The span of a request, below the one that its `traceparent` names."""
        if self._tracer is None:
            return _NOTHING
        from opentelemetry.trace import SpanKind

        span: AbstractContextManager[Any] = self._tracer.start_as_current_span(
            name, context=self._extract(headers), kind=SpanKind.SERVER
        )
        return span

    def headers(self) -> dict[str, str]:
        """The current span, for another process."""
        carried: dict[str, str] = {}
        if self._inject is not None:
            self._inject(carried)
        return carried

    def span(self, name: str, **attributes: Any) -> AbstractContextManager[Any]:
        """A span below the current one, as a context manager of it; of None while it is off. `_` stands for a dot."""
        if self._tracer is None:
            return _NOTHING
        named = {key.replace("_", "."): value for key, value in attributes.items() if value is not None}
        span: AbstractContextManager[Any] = self._tracer.start_as_current_span(name, attributes=named)
        return span

    def carried(self, function: Callable[..., T]) -> Callable[..., T]:
        """The function with the current span, for another thread."""
        if self._tracer is None:
            return function
        context = copy_context()
        return lambda *arguments: context.run(function, *arguments)


TRACING = Tracing()
