"""Whether a document that was not seen before is valid: found in a thread, since a long one takes a while.

The event loop answers others meanwhile. Who sends many waits for itself (see `turns`).
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    Lexer,
    ParallelVisitor,
    SelectionSetNode,
    Source,
    Token,
    TypeInfo,
    TypeInfoVisitor,
    ValidationContext,
    Visitor,
    specified_rules,
    visit,
)
from graphql.language.parser import Parser, nested_too_deeply_error
from graphql.validation.validate import (
    FragmentNestingVisitor,
    ValidationAbortedError,
    query_document_keys_to_validate,
)

from gqlregistry.errors import TooComplex
from gqlregistry.plan.courtesy import Courtesy

P = ParamSpec("P")
T = TypeVar("T")

MAX_ERRORS = 100
MAX_ALIKE = 30
"""How often a selection may ask for fields that are one in the answer: each is compared with each other."""

_THREADS = ThreadPoolExecutor(1, thread_name_prefix="validator")


class Invalid(Exception):
    """What is wrong with a document."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = list(errors)


def _anything(document: DocumentNode) -> None:
    """No rules but those of GraphQL."""


async def valid_document(
    schema: Any, text: str, max_tokens: int, check: Callable[[DocumentNode], None] = _anything
) -> DocumentNode:
    """The document that a text is, by a Strawberry schema. Raises `Invalid`.

    `check` sees it before it is known to be valid, which takes longer, and may raise `GraphQLError`.
    """
    courtesy = Courtesy(asyncio.get_running_loop())
    return await aside(_validated, schema, text, max_tokens, check, courtesy)


async def aside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What some work on a document finds: in the thread, since a document may make it long."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, partial(work, *args, **kwargs))


def _validated(
    schema: Any, text: str, max_tokens: int, check: Callable[[DocumentNode], None], courtesy: Courtesy
) -> DocumentNode:
    try:
        document = _parsed(text, max_tokens, courtesy)
        _forget_tokens(document)
        check(document)
        visit(document, _ALIKE)
    except GraphQLError as error:
        raise Invalid([error]) from None
    errors = _errors(schema._schema, document, courtesy)
    for each in errors:
        schema.remove_field_suggestion(each)
    if errors:
        raise Invalid(errors)
    return document


def _parsed(text: str, max_tokens: int, courtesy: Courtesy) -> DocumentNode:
    """What `graphql.parse` finds."""
    source = Source(text)
    parser = Parser(source, lexer=_Lexer(source, courtesy), max_tokens=max_tokens)
    with suppress(RecursionError):
        return parser.parse_document()
    raise nested_too_deeply_error(parser)


def _errors(schema: GraphQLSchema, document: DocumentNode, courtesy: Courtesy) -> list[GraphQLError]:
    """What `graphql.validate` finds, whose visitors know themselves, and the document: here they let go of it.

    Left to a collection of garbage, what a second of long documents leaves would keep all others waiting for one.
    """
    errors: list[GraphQLError] = []

    def take(error: GraphQLError) -> None:
        if len(errors) >= MAX_ERRORS:
            raise ValidationAbortedError("Too many validation errors, error limit reached. Validation aborted.")
        errors.append(error)

    types = TypeInfo(schema)
    context = ValidationContext(schema, document, types, take)
    fragments = {part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)}
    visitors = [_Pausing(courtesy), FragmentNestingVisitor(fragments), *(rule(context) for rule in specified_rules)]
    together = ParallelVisitor(visitors)
    outer = TypeInfoVisitor(types, together)
    try:
        visit(document, outer, query_document_keys_to_validate)
    except ValidationAbortedError as error:
        error.__context__ = None
        errors.append(error.with_traceback(None))
    except RecursionError:
        errors.append(ValidationAbortedError("Validation aborted."))
    finally:
        for visitor in (*visitors, together, outer):
            vars(visitor).clear()
        vars(context).clear()
    return errors


def _forget_tokens(document: DocumentNode) -> None:
    """Let go of the tokens that no node begins or ends with: a third of what a document takes.

    Each knows the next and the one before, so that a document that is dropped would wait for a collection of garbage.
    """
    token = document.loc.start_token if document.loc else None
    while token is not None:
        following = token.next
        token.prev = token.next = None
        token = following


class _Lexer(Lexer):
    def __init__(self, source: Source, courtesy: Courtesy) -> None:
        super().__init__(source)
        self._courtesy = courtesy

    def advance(self) -> Token:
        self._courtesy()
        return super().advance()


class _Pausing(Visitor):
    def __init__(self, courtesy: Courtesy) -> None:
        super().__init__()
        self._courtesy = courtesy

    def enter(self, *_: Any) -> None:
        self._courtesy()


class _Alike(Visitor):
    def enter_selection_set(self, node: SelectionSetNode, *_: Any) -> None:
        names = Counter((each.alias or each.name).value for each in node.selections if isinstance(each, FieldNode))
        name, count = names.most_common(1)[0] if names else ("", 0)
        if count > MAX_ALIKE:
            error = TooComplex(f"`{name}` is asked for {count} times in one selection, {MAX_ALIKE} are allowed")
            raise GraphQLError(error.message, node, original_error=error)


# It remembers its own methods, and so itself: one is enough.
_ALIKE = _Alike()
