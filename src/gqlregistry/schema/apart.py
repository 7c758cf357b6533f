"""The process that answers long queries, beside the one that serves (see `gqlregistry.apart`).

It executes them as that one does, from the same database. Changes, and what only the other knows, are left to that.
"""

import asyncio
import gc
import signal
import socket
import sys
from contextlib import suppress
from functools import partial
from typing import Any

import orjson
import structlog
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from gqlregistry import __version__, logs
from gqlregistry.apart import OtherRelease, answering, called
from gqlregistry.capabilities import FileLinks
from gqlregistry.errors import RegistryError
from gqlregistry.schema.answer import Answer, Question, Reply
from gqlregistry.schema.context import Links
from gqlregistry.schema.operations import Operations
from gqlregistry.services import Stores, open_stores
from gqlregistry.settings import Settings
from gqlregistry.tracing import TRACING

log = structlog.get_logger(__name__)


class _Known(dict[str, Any]):
    """What fields need besides the database, as far as it is known here."""

    lacked = False

    def get(self, name: str, default: Any = None) -> Any:
        return self[name]

    def __missing__(self, name: str) -> Any:
        self.lacked = True
        raise RegistryError(f"{name} is not known here")


class Answers:
    """Answers questions."""

    def __init__(self, settings: Settings, links: FileLinks, stores: Stores) -> None:
        self._links, self._stores = links, stores
        # Which documents are trusted was decided before; their folder may be another by now.
        self._operations = Operations(settings.model_copy(update={"trusted_documents": "off"}))

    async def answer(self, question: Question) -> Reply | None:
        """What it is answered; None for what is to be answered where it was asked."""
        with (
            logs.request_context(question.request_id),
            TRACING.request("long query", question.trace),
        ):
            try:
                return await self._answer(question)
            except (CannotGetOperationTypeError, InvalidOperationTypeError):
                return None
            except Exception:
                log.exception("a long query failed")
                return None

    async def _answer(self, question: Question) -> Reply | None:
        links = Links(_no_upload, partial(self._links.download_url, question.base_url))
        known = _Known({"download_url": links.download_url})
        context = self._operations.reading(self._stores, question.base_url, question.principal, links, known)
        context.operation_name = question.asked.get("operationName")
        answer = await self._operations.answer(question.asked, context, {OperationType.QUERY})
        if known.lacked:
            return None
        written = Answer(orjson.dumps(answer.content), answer.executed, answer.code)
        return Reply(written, context.kind, context.request.planned, context.request.nodes_read)


async def _no_upload(draft: int, digest: str, size: int) -> str:
    raise NotImplementedError("nothing is changed here")


async def _serve(end: socket.socket) -> None:
    line, (settings, links) = await called(end)
    logs.configure(settings.log_level, settings.log_format)
    if settings.traces is not None:
        TRACING.turn_on(settings.traces, __version__)
    async with open_stores(settings) as stores:
        answers = Answers(settings, links, stores)
        gc.collect()
        gc.freeze()
        await answering(line, answers.answer)
    await line.close()
    TRACING.turn_off()


def main() -> None:
    """Answer what comes over the socket whose number is the one argument, until it ends."""
    # An interrupt at the terminal is for who started us, and the line ends with that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OtherRelease):
        asyncio.run(_serve(socket.socket(fileno=int(sys.argv[1]))))


if __name__ == "__main__":
    main()
