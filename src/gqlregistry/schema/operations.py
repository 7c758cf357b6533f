"""Executing what a client asks, by whatever transport it came: its parameters, its context, its answer."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import orjson
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from gqlregistry import uploads
from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput
from gqlregistry.plan.apart import Answered, Question
from gqlregistry.plan.batch import LoaderBatch
from gqlregistry.plan.documents import Document, Documents
from gqlregistry.plan.patience import Patience, Receive
from gqlregistry.plan.reader import Request
from gqlregistry.plan.validating import Invalid, valid_document
from gqlregistry.schema.context import Context, Links
from gqlregistry.schema.errors import formatted
from gqlregistry.schema.measuring import measured
from gqlregistry.schema.questions import SERVICE, questions_of
from gqlregistry.schema.schema import public_schema
from gqlregistry.schema.trusted import TrustedDocument, TrustedDocuments, read_documents
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from gqlregistry.turns import LONG, LONG_OBJECTS, SHORT, Turn

PIECE = 200
"""How many objects are written at once."""

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
        reading = Request(
            services.driver.dialect,
            principal,
            max_page_size=self.settings.max_page_size,
            max_query_cost=self.settings.max_query_cost,
            services={"download_url": links.download_url, "allowance": allowance, SERVICE: self.questions},
        )
        batch = LoaderBatch(services.driver, reading)

        async def apart(text: str, operation_name: str | None, variables: Mapping[str, Any]) -> Answered | None:
            if services.apart is None or services.turns.is_alone():
                return None
            asked = Question(text, operation_name, variables, principal, base_url)
            return await services.apart.answer(asked)

        return Context(
            services.database,
            services.driver,
            services.queries,
            self.documents,
            principal,
            reading,
            batch,
            links,
            allowance,
            turns=services.turns,
            turn=turn,
            reach=services.reach,
            apart=apart,
        )

    async def execute(
        self, asked: dict[str, Any], context: Context, receive: Receive, allowed: Iterable[OperationType]
    ) -> ExecutionResult:
        """Execute a query or a mutation. Raises `ClientGone` when `receive` says so, and what Strawberry raises."""
        context.operation_name = asked.get("operationName")
        context.patience = Patience(self.settings.query_seconds, receive, context.batch.close)
        with context.patience:
            async with self._turn(asked["query"], context):
                execution = self._execute(asked, context, allowed)
                return await measured(asked["query"], context, self.settings.slow_seconds, execution)

    async def _execute(
        self, asked: dict[str, Any], context: Context, allowed: Iterable[OperationType]
    ) -> ExecutionResult:
        try:
            context.document = await self.document(asked["query"])
        except Invalid as invalid:
            return PreExecutionError(data=None, errors=invalid.errors)
        return await self.schema.execute(
            # Strawberry takes no text for no request; to the parser it is a document that ends too early.
            asked["query"] or " ",
            variable_values=asked.get("variables"),
            operation_name=asked.get("operationName"),
            operation_extensions=asked.get("extensions"),
            context_value=context,
            allowed_operation_types=allowed,
        )

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


def answer_of(result: ExecutionResult) -> tuple[dict[str, Any], bool]:
    """An answer as it is sent, and whether the operation was executed: if not, it has no `data`."""
    valid = executed = not isinstance(result, PreExecutionError)
    if result.data is None and all(error.path is None for error in result.errors or ()):
        # Refused before a field was asked: its variables, its cost, no telling which operation.
        executed = executed and not result.errors
    answer: dict[str, Any] = {}
    if result.errors:
        answer["errors"] = [formatted(error, valid) for error in result.errors]
    if executed:
        answer["data"] = result.data
    if result.extensions:
        answer["extensions"] = result.extensions
    return answer, executed


def long_text(answer: dict[str, Any]) -> bytes:
    """An answer's JSON, made piece by piece, and the answer used up: to write, or to let go of, many objects at once
    keeps all other threads waiting.
    """
    return orjson.dumps(_in_pieces(answer))


def _in_pieces(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _in_pieces(each) for name, each in value.items()}
    if isinstance(value, list) and len(value) > PIECE:
        pieces = []
        for start in range(0, len(value), PIECE):
            pieces.append(orjson.dumps(value[start : start + PIECE])[1:-1])
            value[start : start + PIECE] = [None] * min(PIECE, len(value) - start)
        return orjson.Fragment(b"[%b]" % b",".join(pieces))
    return value
