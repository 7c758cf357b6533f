"""What is counted of a running server, for Prometheus: https://prometheus.io/docs/practices/naming/.

Of several processes behind one address each counts into files of a folder that all share, so that any can answer for
all: https://prometheus.github.io/client_python/multiprocess/.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.multiprocess import mark_process_dead as forget_process
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

MEDIA_TYPE = "text/plain; version=0.0.4"
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that tells the library where processes share their counts. It looks when it is imported."""

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

_registry = CollectorRegistry()

requests = Counter("gqlregistry_requests", "Requests answered.", ["door", "method", "status"], registry=_registry)
request_seconds = Histogram(
    "gqlregistry_request_seconds",
    "How long requests took, to the last byte of the answer. Not those that stay open.",
    ["door"],
    buckets=_SECONDS,
    registry=_registry,
)
operations = Counter(
    "gqlregistry_operations",
    "GraphQL operations of the public schema. `outcome` is `ok` or the code of the first error; `planned` says "
    "whether a query was answered from its plan.",
    ["kind", "planned", "outcome"],
    registry=_registry,
)
operation_seconds = Histogram(
    "gqlregistry_operation_seconds",
    "How long GraphQL operations took, from their text to their answer.",
    ["kind"],
    buckets=_SECONDS,
    registry=_registry,
)
objects_read = Counter("gqlregistry_objects_read", "Objects that queries have read.", registry=_registry)
commit_seconds = Histogram(
    "gqlregistry_commit_seconds",
    "How long transactions that change something took, to the disk.",
    buckets=_SECONDS,
    registry=_registry,
)
commit_changes = Histogram(
    "gqlregistry_commit_changes",
    "How many changes shared a transaction.",
    buckets=(1, 2, 4, 8, 16, 32, 64),
    registry=_registry,
)
streams = Gauge(
    "gqlregistry_streams",
    "WebSockets and event streams that are open.",
    multiprocess_mode="livesum",
    registry=_registry,
)
bytes_taken = Counter("gqlregistry_taken_bytes", "Bytes of files taken in, verified.", registry=_registry)
webhook_attempts = Counter(
    "gqlregistry_webhook_attempts",
    "Attempts to tell webhooks that have ended, by how: `ok`, `failed`, `gave_up` for the last that failed, `unseen` "
    "where nothing was sent.",
    ["outcome"],
    registry=_registry,
)
webhook_seconds = Histogram(
    "gqlregistry_webhook_seconds",
    "How long receivers of webhooks took.",
    buckets=_SECONDS,
    registry=_registry,
)
webhook_backlog = Gauge(
    "gqlregistry_webhook_backlog",
    "Deliveries to webhooks that are still to be made, those that wait for another attempt among them.",
    multiprocess_mode="mostrecent",
    registry=_registry,
)
replica_reads = Counter(
    "gqlregistry_replica_reads",
    "Readings that a replica of the database might answer, by who did.",
    ["server"],
    registry=_registry,
)
replica_behind_bytes = Gauge(
    "gqlregistry_replica_behind_bytes",
    "How much of the primary's log the replica lacked when it was last asked.",
    multiprocess_mode="mostrecent",
    registry=_registry,
)
upkeep_runs = Counter(
    "gqlregistry_upkeep_runs", "Rounds of upkeep, by how they ended.", ["outcome"], registry=_registry
)

if SHARED_FOLDER in os.environ:
    _answering = CollectorRegistry()
    MultiProcessCollector(_answering)  # type: ignore[no-untyped-call]
else:
    _answering = _registry
    ProcessCollector(registry=_registry)
    PlatformCollector(registry=_registry)


def exposed() -> bytes:
    """All of it, in Prometheus' text format."""
    return generate_latest(_answering)


@contextmanager
def shared_between_processes() -> Iterator[None]:
    """Processes that are started in the block count together."""
    with TemporaryDirectory(prefix="gqlregistry-metrics-") as folder:
        os.environ[SHARED_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[SHARED_FOLDER]


@contextmanager
def committing(changes: int) -> Iterator[None]:
    """Count a transaction, if it succeeds."""
    began = perf_counter()
    yield
    commit_seconds.observe(perf_counter() - began)
    commit_changes.observe(changes)


def process_has_ended(pid: int) -> None:
    """Do not count any more what a process had open. Its counts stay."""
    if SHARED_FOLDER in os.environ:
        forget_process(pid)  # type: ignore[no-untyped-call]
