"""What an operation answers, as it is sent; and what one process asks another to answer."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from gqlregistry.auth import Principal
from gqlregistry.errors import ErrorCode, let_go
from gqlregistry.schema.errors import code_of, formatted

PIECE = 200
"""How many objects are written at once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an operation."""

    content: dict[str, Any] | bytes
    """Bytes are JSON already."""
    executed: bool
    """If not, it has no `data`."""
    code: ErrorCode | None
    """Of the first error, if there is one."""

    @classmethod
    def of(cls, result: ExecutionResult) -> "Answer":
        """For a result."""
        valid = executed = not isinstance(result, PreExecutionError)
        if result.data is None and all(error.path is None for error in result.errors or ()):
            # Refused before a field was asked: its variables, its cost, no telling which operation.
            executed = executed and not result.errors
        content: dict[str, Any] = {}
        code = None
        if result.errors:
            content["errors"] = [formatted(error, valid) for error in result.errors]
            code = code_of(result.errors[0], valid)
            for error in result.errors:
                let_go(error.original_error)
        if executed:
            content["data"] = result.data
        if result.extensions:
            content["extensions"] = result.extensions
        return cls(content, executed, code)

    @property
    def errors(self) -> Any:
        """Its errors, as they are sent."""
        content = orjson.loads(self.content) if isinstance(self.content, bytes) else self.content
        return content.get("errors", [])

    async def body(self, is_long: bool = False) -> bytes:
        """Its JSON. One that is long is written in a thread, and used up."""
        if isinstance(self.content, bytes):
            return self.content
        return await asyncio.to_thread(long_text, self.content) if is_long else orjson.dumps(self.content)


@dataclass(frozen=True, slots=True)
class Question:
    """An operation that another process is asked for, and who asks."""

    asked: dict[str, Any]
    """The request's parameters, checked."""
    principal: Principal
    base_url: str
    """The server's, as the client sees it."""
    request_id: str | None
    trace: Mapping[str, str]
    """The span that waits for the answer, as headers tell it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What another process answers."""

    answer: Answer
    kind: str
    planned: bool
    read: int
    """How many objects were read."""


def long_text(content: dict[str, Any]) -> bytes:
    """An answer's JSON, made piece by piece, and the answer used up: to write, or to let go of, many objects at once
    keeps all other threads waiting.
    """
    return orjson.dumps(_in_pieces(content))


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
