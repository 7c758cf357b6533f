"""What a run streams while it runs: metrics, console, summary, that it lives, and in the end how it ended."""

from typing import Any

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gqlregistry.errors import BadInput
from gqlregistry.registry import streams
from gqlregistry.registry.change import apply
from gqlregistry.registry.streams import Lines, Report
from gqlregistry.registry.values import MAX_JSON_BYTES, UNSET, Unset, check_object
from gqlregistry.store.tables import Stream
from gqlregistry.wandb.answers import answering
from gqlregistry.wandb.context import context_of
from gqlregistry.wandb.lenient import read_body, read_object

log = structlog.get_logger(__name__)

STREAMS = {
    "wandb-history.jsonl": Stream.HISTORY,
    "wandb-events.jsonl": Stream.EVENTS,
    "output.log": Stream.CONSOLE,
}
SUMMARY = "wandb-summary.json"


def stream_routes() -> list[Route]:
    """Where runs stream to, below `/wandb`."""
    return [Route("/files/{entity}/{project}/{run}/file_stream", file_stream, methods=["POST"])]


@answering
async def file_stream(request: Request) -> Response:
    """Take what a run says of itself; tell it whether it should stop."""
    context = await context_of(request)
    report = _report(await read_body(request))
    run = "{entity}/{project}/{run}".format(**request.path_params)
    outcome = await apply(context.services.database, context.principal, streams.take, run, report)
    return JSONResponse({"stopped": outcome.result.stopping_at is not None and report.exit_code is None})


def _report(said: Any) -> Report:
    if not isinstance(said, dict):
        raise BadInput("the body must be an object")
    files = said.get("files") or {}
    if not isinstance(files, dict):
        raise BadInput("files must be an object", "files")
    chunks = [(STREAMS[name], _chunk(chunk)) for name, chunk in files.items() if name in STREAMS]
    return Report(
        lines=[Lines(stream, offset, texts) for stream, (offset, texts) in chunks],
        summary=_summary(files[SUMMARY]) if SUMMARY in files else UNSET,
        exit_code=_exit_code(said.get("exitcode")) if said.get("complete") else None,
        preempting=bool(said.get("preempting")),
    )


def _exit_code(said: Any) -> int:
    if not isinstance(said, int | None):
        raise BadInput("an exit code is a whole number", "exitcode")
    return said or 0


def _chunk(chunk: Any) -> tuple[int, list[str]]:
    offset, content = (chunk.get("offset", 0), chunk.get("content")) if isinstance(chunk, dict) else (None, None)
    if (
        not isinstance(offset, int)
        or not isinstance(content, list)
        or not all(isinstance(each, str) for each in content)
    ):
        raise BadInput("a chunk of a file has an offset and a list of lines", "files")
    return offset, content


def _summary(chunk: Any) -> dict[str, Any] | Unset:
    """The summary, without the values that can't be kept. The client gives a stream up that is refused."""
    _, content = _chunk(chunk)
    if not content:
        return UNSET
    try:
        values = read_object(content[-1], "the summary", SUMMARY)
    except BadInput as error:
        log.warning("a run's summary is not kept", reason=error.message)
        return UNSET
    kept = {key: value for key, value in values.items() if _can_be_kept(key, value)}
    sizes = {key: len(orjson.dumps({key: value})) for key, value in kept.items()}
    while kept and sum(sizes[key] for key in kept) > MAX_JSON_BYTES:
        del kept[max(kept, key=lambda key: sizes[key])]
    return kept


def _can_be_kept(key: str, value: Any) -> bool:
    try:
        check_object({key: value}, "a metric", SUMMARY)
    except BadInput as error:
        log.warning("a value of a run's summary is not kept", key=key[:80], reason=error.message)
        return False
    return True
