"""Which code a run ran, as its client said it: columns of a run, and inputs of who begins one."""

from collections.abc import Callable
from typing import Any

import orjson
import strawberry

from gqlregistry.registry.values import UNSET, Unset

CODE = {
    "repository": "Where its code is kept, such as the URL of a Git repository.",
    "commit": "The commit of its code.",
    "program": "Which program of it ran.",
}
"""The names under which a client tells of its code, and what they mean."""


def said(name: str) -> Callable[[str | None], str | None]:
    """What a client said under a name, from all that it keeps of itself."""

    def read(text: str | None) -> str | None:
        value = None if text is None else orjson.loads(text).get(name)
        return value if isinstance(value, str) else None

    return read


@strawberry.input
class CodeInput:
    """Base of the inputs that tell of a run's code."""

    repository: str | None = strawberry.field(default=strawberry.UNSET, description=CODE["repository"])
    commit: str | None = strawberry.field(default=strawberry.UNSET, description=CODE["commit"])
    program: str | None = strawberry.field(default=strawberry.UNSET, description=CODE["program"])


def code_of(input: CodeInput) -> dict[str, Any] | Unset:
    """What the client tells of its code, for the rules."""
    told = {name: getattr(input, name) for name in CODE}
    return {name: value for name, value in told.items() if value is not strawberry.UNSET} or UNSET
