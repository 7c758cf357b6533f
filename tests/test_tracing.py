"""Traces, as a collector receives them."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from httpx import AsyncClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from gqlregistry.settings import Settings
from gqlregistry.tracing import TRACING
from gqlregistry.turns import CROWD
from tests.conftest import on_sqlite
from tests.serving import listening, local_server

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
LINEAGE = "query Lineage { runs { nodes { inputs { nodes { name } } } } }"


@contextmanager
def collector() -> Iterator[tuple[str, list[Any]]]:
    """The address of one, and the spans that it has received."""
    spans: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    spans.extend(scope.spans)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", spans
        server.shutdown()


async def test_a_request_its_operation_and_the_statements_of_that(settings: Settings) -> None:
    with collector() as (url, spans):
        async with local_server(settings.model_copy(update={"traces": url})) as (client, _):
            answer = await client.post(
                "/graphql",
                content=json.dumps({"query": LINEAGE, "operationName": "Lineage"}),
                headers={"content-type": "application/json", "traceparent": PARENT},
            )
            assert answer.status_code == 200
    [request] = [each for each in spans if each.name == "POST /graphql"]
    [operation] = [each for each in spans if each.name == "operation"]
    statements = [each for each in spans if each.name == "statement"]
    assert request.trace_id.hex() == "0af7651916cd43dd8448eb211c80319c"
    assert request.parent_span_id.hex() == "b7ad6b7169203331"
    assert operation.parent_span_id == request.span_id
    assert statements
    assert {each.parent_span_id for each in statements} == {operation.span_id}
    told = {each.key: each.value for each in operation.attributes}
    assert told["graphql.operation.name"].string_value == "Lineage"
    assert told["graphql.document.id"].string_value.startswith("sha256:")
    assert all(
        "SELECT" in attribute.value.string_value
        for each in statements
        for attribute in each.attributes
        if attribute.key == "db.query.text"
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_collector_that_is_not_there_is_no_harm(settings: Settings) -> None:
    async with local_server(settings.model_copy(update={"traces": "http://127.0.0.1:1"})) as (client, _):
        assert (await client.post("/graphql", json={"query": LINEAGE})).status_code == 200


def test_nothing_is_traced_unless_it_is_turned_on() -> None:
    def function() -> None: ...

    with TRACING.span("operation") as span:
        assert span is None
    assert TRACING.carried(function) is function


@on_sqlite
async def test_what_another_process_does_for_an_operation_is_below_it(settings: Settings) -> None:
    with collector() as (url, spans):
        async with (
            listening(settings.model_copy(update={"traces": url})) as (address, _),
            AsyncClient(base_url=address, timeout=30) as client,
        ):
            # More than one person's page sends at once are answered apart.
            bodies = [{"query": f"{LINEAGE} # {number}".ljust(1100)} for number in range(3 * CROWD)]
            await asyncio.gather(*(client.post("/graphql", json=body) for body in bodies))
    [*apart] = [each for each in spans if each.name == "long query"]
    operations = {each.span_id for each in spans if each.name == "operation"}
    assert apart
    assert {each.parent_span_id for each in apart} <= operations
    statements = {each.parent_span_id for each in spans if each.name == "statement"}
    assert statements >= {each.span_id for each in apart}
