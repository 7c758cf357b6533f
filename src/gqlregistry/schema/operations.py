"""Executing what a client asks, by whatever transport it came: its parameters, its context, its answer."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import orjson
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from gqlregistry import uploads
from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput
from gqlregistry.logs import current_request_id
from gqlregistry.plan.batch import LoaderBatch
from gqlregistry.plan.documents import Document, Documents
from gqlregistry.plan.patience import Patience, Receive
from gqlregistry.plan.reader import Request
from gqlregistry.plan.validating import Invalid, valid_document
from gqlregistry.schema.answer import Answer, Question, Reply
from gqlregistry.schema.context import Context, Links
from gqlregistry.schema.measuring import measured
from gqlregistry.schema.questions import SERVICE, questions_of
from gqlregistry.schema.schema import public_schema
from gqlregistry.schema.trusted import TrustedDocument, TrustedDocuments, read_documents
from gqlregistry.services import Services, Stores
from gqlregistry.settings import Settings
from gqlregistry.tracing import TRACING
from gqlregistry.turns import LONG, LONG_OBJECTS, SHORT, Turn

QUERY_OR_MUTATION = (OperationType.QUERY, OperationType.MUTATION)
_PARAMETERS = {"operationName": (str, "a string"), "variables": (dict, "an object"), "extensions": (dict, "an object")}


class Operations:
    """The public schema, and what is remembered of its documents."""

    def __init__(self, settings: Settings, own_texts: Collection[str] = ()) -> None:
        """`own_texts` are what the server's pages send. Raises `BadInput` for trusted documents that are not valid."""
        self.settings = settings
        self.schema = public_schema(settings.max_query_tokens)
        self.documents = Documents()
        documents = self._trusted()
        self.trusted = TrustedDocuments(settings.trusted_documents, documents, own_texts)
        self.questions = questions_of(documents)

    def checked(self, asked: Any) -> dict[str, Any]:
        """A request's parameters, each of its type, with the document that it means as `query`.

        Raises `BadInput`, and `Forbidden` for a document that is not trusted where only those are executed.
        """
        if not isinstance(asked, dict):
            raise BadInput("the body must be one JSON object with the query; batches are not taken")
        for name, (type_, words) in _PARAMETERS.items():
            if not isinstance(asked.get(name), (type_, type(None))):
                raise BadInput(f"`{name}` must be {words} or null", name)
        asked["query"] = self.trusted.text(asked)
        return asked

    def _trusted(self) -> list[TrustedDocument]:
        settings = self.settings
        if settings.trusted_documents == "off" or settings.documents is None:
            return []
        return read_documents(settings.documents, self.schema._schema, settings.max_query_tokens)

    def context(self, services: Services, base_url: str, principal: Principal, turn: Turn | None = None) -> Context:
        """What one operation works with; `turn` is its place among the short ones, if it has one."""
        links = Links(
            lambda draft, digest, size: uploads.upload_url(services, base_url, draft, digest, size),
            lambda digest, filename: services.links.download_url(base_url, digest, filename),
            lambda draft: uploads.collect_draft(services, principal, draft),
        )
        allowance = services.allowances.of(principal)
        known = {"download_url": links.download_url, "allowance": allowance, SERVICE: self.questions}
        context = self.reading(services, base_url, principal, links, known)
        context.allowance, context.turn = allowance, turn
        context.turns, context.apart, context.reach = services.turns, services.apart, services.reach
        return context

    def reading(
        self, stores: Stores | Services, base_url: str, principal: Principal, links: Links, known: Mapping[str, Any]
    ) -> Context:
        """What a query works with: what it reads, and `known`, which its fields need besides."""
        request = Request(
            stores.driver.dialect,
            principal,
            max_page_size=self.settings.max_page_size,
            max_query_cost=self.settings.max_query_cost,
            services=known,
        )
        return Context(
            stores.database,
            stores.driver,
            stores.queries,
            self.documents,
            principal,
            request,
            LoaderBatch(stores.driver, request),
            links,
            base_url=base_url,
        )

    async def execute(
        self, asked: dict[str, Any], context: Context, receive: Receive, allowed: Iterable[OperationType]
    ) -> Answer:
        """Answer a query or a mutation. Raises `ClientGone` when `receive` says so, and what Strawberry raises."""
        context.operation_name = asked.get("operationName")
        context.patience = Patience(self.settings.query_seconds, receive, context.batch.close)
        with context.patience:
            async with self._turn(asked["query"], context):
                execution = self._execute(asked, context, allowed)
                return await measured(asked["query"], context, self.settings.slow_seconds, execution)

    async def _execute(self, asked: dict[str, Any], context: Context, allowed: Iterable[OperationType]) -> Answer:
        return await self._answer_apart(asked, context) or await self.answer(asked, context, allowed)

    async def answer(self, asked: dict[str, Any], context: Context, allowed: Iterable[OperationType]) -> Answer:
        """Answer a query or a mutation in this process. Raises what Strawberry raises."""
        try:
            context.document = context.document or await self.document(asked["query"])
        except Invalid as invalid:
            return Answer.of(PreExecutionError(data=None, errors=invalid.errors))
        try:
            result = await self.schema.execute(
                # Strawberry takes no text for no request; to the parser it is a document that ends too early.
                asked["query"] or " ",
                variable_values=asked.get("variables"),
                operation_name=asked.get("operationName"),
                operation_extensions=asked.get("extensions"),
                context_value=context,
                allowed_operation_types=allowed,
            )
        finally:
            context.batch.close()
        return Answer.of(result)

    async def _answer_apart(self, asked: dict[str, Any], context: Context) -> Answer | None:
        """What another process answers, if there is one, and it takes long; None if it is to be answered here."""
        text = asked["query"]
        known = context.document or self.documents.find(text)
        is_long = self.documents.is_passing(text) if known is None else known.is_long
        if context.apart is None or not is_long or context.turns is None:
            return None
        # Who sends one does not wait for a process to start; whom others would wait for does.
        is_crowded = context.turn is not None and context.turn.is_crowded
        if context.turns.is_alone() and not is_crowded:
            return None
        question = Question(asked, context.principal, context.base_url, current_request_id(), TRACING.headers())
        reply: Reply | None = await context.apart.answer(question, wait=is_crowded)
        if reply is None:
            return None
        if known is None:
            self.documents.hear(text)
        context.kind = reply.kind
        context.request.planned, context.request.nodes_read = reply.planned, reply.read
        return reply.answer

    async def document(self, text: str) -> Document:
        """The document that a text is. Raises `Invalid`."""
        known = self.documents.find(text)
        if known is None:
            node = await valid_document(self.schema, text, self.settings.max_query_tokens)
            known = self.documents.add(text, Document(self.schema, node))
        return known

    @asynccontextmanager
    async def _turn(self, text: str, context: Context) -> AsyncIterator[None]:
        """Wait for a turn among the long ones, unless the document was answered before and that was not long."""
        known = self.documents.find(text)
        length = LONG if known is None or known.is_long else SHORT
        if context.turns is None or (context.turn is not None and length is SHORT):
            yield
        else:
            if context.turn is not None:
                context.turn.release()
            async with context.turns.of(context.principal.user_id, length) as turn:
                context.turn = turn
                yield
                # What is planned is read and made in a thread.
                turn.rests = known is None or not context.request.planned
        known = self.documents.find(text)
        if known is not None:
            is_query = context.kind == OperationType.QUERY.value
            known.is_long = is_query and not (context.request.planned and context.request.nodes_read < LONG_OBJECTS)


def parsed(text: str | bytes, what: str) -> Any:
    """A JSON value that a client sent. Raises `BadInput`."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{what} is not JSON: {error}") from None
