"""Whether a document that was not seen before is valid: found in a thread, since a long one takes a while.

The event loop answers others meanwhile. Who sends many waits for itself (see `turns`).
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

from graphql import DocumentNode, FieldNode, GraphQLError, SelectionSetNode, Visitor, parse, validate, visit

from gqlregistry.errors import TooComplex

P = ParamSpec("P")
T = TypeVar("T")

MAX_ALIKE = 30
"""How often a selection may ask for fields that are one in the answer: each is compared with each other."""

_THREADS = ThreadPoolExecutor(1, thread_name_prefix="validator")


class Invalid(Exception):
    """What is wrong with a document."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = list(errors)


async def valid_document(schema: Any, text: str, max_tokens: int) -> DocumentNode:
    """The document that a text is, by a Strawberry schema. Raises `Invalid`."""
    return await aside(_validated, schema, text, max_tokens)


async def aside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What some work on a document finds: in the thread, since a document may make it long."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, partial(work, *args, **kwargs))


def _validated(schema: Any, text: str, max_tokens: int) -> DocumentNode:
    try:
        document = parse(text, max_tokens=max_tokens)
        visit(document, _Alike())
    except GraphQLError as error:
        raise Invalid([error]) from None
    errors = validate(schema._schema, document)
    for each in errors:
        schema.remove_field_suggestion(each)
    if errors:
        raise Invalid(errors)
    return document


class _Alike(Visitor):
    def enter_selection_set(self, node: SelectionSetNode, *_: Any) -> None:
        names = Counter((each.alias or each.name).value for each in node.selections if isinstance(each, FieldNode))
        name, count = names.most_common(1)[0] if names else ("", 0)
        if count > MAX_ALIKE:
            error = TooComplex(f"`{name}` is asked for {count} times in one selection, {MAX_ALIKE} are allowed")
            raise GraphQLError(error.message, node, original_error=error)
