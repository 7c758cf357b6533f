"""The process that answers long queries, beside the one that serves (see `plan.apart`).

It knows the schema and reads the database. What it is asked was found valid, and not too dear, by who asks.
"""

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from graphql import GraphQLError, get_variable_values

from gqlregistry import logs
from gqlregistry.capabilities import FileLinks
from gqlregistry.errors import RegistryError, TooComplex, Unavailable
from gqlregistry.plan.apart import Answered, Line, Outcome, Question, answering
from gqlregistry.plan.documents import Document, Documents
from gqlregistry.plan.driver import Driver, again
from gqlregistry.plan.extension import answer_of
from gqlregistry.plan.reader import Request
from gqlregistry.plan.selection import NotPlanned, Run
from gqlregistry.plan.validating import parsed
from gqlregistry.schema.schema import public_schema
from gqlregistry.services import open_queries
from gqlregistry.settings import Settings

log = structlog.get_logger(__name__)

NICENESS = 5
"""Who asks little goes first where processors are few."""


class _Here(dict[str, Any]):
    """What fields need besides the database. What only the serving process knows is left to that."""

    def get(self, name: str, default: Any = None) -> Any:
        return self[name]

    def __missing__(self, name: str) -> Any:
        raise NotPlanned(f"{name} is not known here")


class Answers:
    """Answers questions from their plans."""

    def __init__(self, settings: Settings, links: FileLinks, driver: Driver) -> None:
        self._settings, self._links, self._driver = settings, links, driver
        self._schema = public_schema(settings.max_query_tokens)
        self._documents = Documents()

    async def answer(self, question: Question) -> Outcome:
        """The answer, or why the query is refused. Any other error is for the executor to find."""
        try:
            return await self._answer(question)
        except (TooComplex, Unavailable) as refusal:
            return refusal
        except (RegistryError, NotPlanned, GraphQLError):
            return Answered(None)
        except Exception:
            log.exception("a long query failed")
            return Answered(None)

    async def _answer(self, question: Question) -> Answered:
        operation = self._document(question.text).operation(question.operation_name)
        if operation is None:
            return Answered(None)
        definitions = operation.node.variable_definitions or ()
        variables: Any = get_variable_values(self._schema._schema, definitions, dict(question.variables))
        plan = None if isinstance(variables, list) else operation.plan(variables)
        if plan is None:
            return Answered(None)
        run = Run(self._request(question), variables)
        data = await again(self._driver, lambda: answer_of(plan, run), plan.course)
        return Answered(orjson.dumps(data), run.request.nodes_read)

    def _document(self, text: str) -> Document:
        known = self._documents.find(text)
        if known is None:
            node = parsed(text, self._settings.max_query_tokens)
            known = self._documents.add(text, Document(self._schema, node))
        return known

    def _request(self, question: Question) -> Request:
        def download_url(digest: str, filename: str) -> str:
            return self._links.download_url(question.base_url, digest, filename)

        services: Mapping[str, Any] = _Here(download_url=download_url)
        return Request(
            self._driver.dialect,
            question.principal,
            max_page_size=self._settings.max_page_size,
            max_query_cost=self._settings.max_query_cost,
            services=services,
        )


async def _serve(end: socket.socket) -> None:
    line = await Line.on(end)
    settings, links = await line.receive()
    logs.configure(settings.log_level, settings.log_format)
    async with open_queries(settings) as driver:
        answers = Answers(settings, links, driver)
        gc.collect()
        gc.freeze()
        await answering(line, answers.answer)
    await line.close()


def main() -> None:
    """Answer what comes over the socket whose number is the one argument, until it ends."""
    # An interrupt at the terminal is for who started us, and the line ends with that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    asyncio.run(_serve(socket.socket(fileno=int(sys.argv[1]))))


if __name__ == "__main__":
    main()
