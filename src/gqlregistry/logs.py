"""Structured logs on stderr, one line an event, each with the id of the request that it belongs to."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def configure(level: str = "info", style: Literal["auto", "console", "json"] = "auto") -> None:
    """Send all logs, also those of libraries, to stderr in one form."""
    as_console = style == "console" or (style == "auto" and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    final: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_console:
        final.append(
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        )
    else:
        final += [structlog.processors.format_exc_info, _event_as_message, _render_json]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=final))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


@contextmanager
def request_context(request_id: str | None) -> Iterator[None]:
    """Give everything logged inside the id of a request."""
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        yield


def current_request_id() -> str | None:
    """The id of the request that is being served, for `extensions.requestId`."""
    found: str | None = structlog.contextvars.get_contextvars().get("request_id")
    return found


def _event_as_message(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {"message": event.pop("event", None), **event}


def _render_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    return orjson.dumps(event, default=repr, option=orjson.OPT_NON_STR_KEYS).decode()
