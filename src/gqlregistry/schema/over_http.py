"""GraphQL over HTTP, what the draft says of a request: the media types of both ways, and where the parameters stand.

https://graphql.github.io/graphql-over-http/draft/, and for `Accept` RFC 9110, section 12.5.1.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from gqlregistry.errors import BadInput
from gqlregistry.schema.operations import parsed

LEGACY_TYPE = "application/json"
RESPONSE_TYPE = "application/graphql-response+json"
ANSWERS = (LEGACY_TYPE, RESPONSE_TYPE)
"""The media types of answers; the first where a client likes both the same, and names neither."""

PARAMETERS = ("query", "operationName", "variables", "extensions", "documentId")
MAPS = ("variables", "extensions")
_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")


class NotTaken(BadInput):
    """The request is not of a kind that GraphQL over HTTP knows."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One item of an `Accept`: `application/*;q=0.5`."""

    name: str
    quality: float

    @classmethod
    def read(cls, text: str) -> "MediaRange":
        """One item. What asks for another charset than UTF-8, or is no quality, takes nothing."""
        name, *parameters = (part.strip().lower() for part in text.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key == "q":
                quality = float(value) if _QUALITY.fullmatch(value) else 0.0
            elif key == "charset" and not _is_utf8(value):
                quality = 0.0
        return cls(name, quality)

    def closeness(self, media_type: str) -> int:
        """How exactly it means a media type: 3 by its name, 2 by its kind, 1 as any at all; 0 if it does not."""
        kind = media_type.partition("/")[0]
        return {media_type: 3, f"{kind}/*": 2, "*/*": 1}.get(self.name, 0)


class Accepted:
    """The media types that a client takes. Without `Accept` it is one that knows the draft, as that says."""

    def __init__(self, headers: Sequence[str]) -> None:
        items = [item for header in headers for item in header.split(",") if item.strip()]
        self._ranges = [MediaRange.read(item) for item in items or [RESPONSE_TYPE]]

    def quality(self, media_type: str) -> float:
        """How much the client likes a media type, from 0 to 1: what it says most exactly counts."""
        return self._liking(media_type)[0]

    def named(self, media_type: str) -> float:
        """The same, but 0 for what it only takes among others, as by `*/*`."""
        quality, closeness, _ = self._liking(media_type)
        return quality if closeness == 3 else 0.0

    def answer_type(self) -> str:
        """Which media type an answer has. Raises `NotTaken` when the client takes none that there is."""
        # The order in which a client names two that it likes the same is its order.
        chosen = max(ANSWERS, key=self._liking)
        if self.quality(chosen) == 0:
            raise NotTaken(f"answers are {RESPONSE_TYPE} or {LEGACY_TYPE}, in UTF-8", 406)
        return chosen

    def _liking(self, media_type: str) -> tuple[float, int, int]:
        """Quality, closeness, and how early it stands: the greater, the rather."""
        fitting = [
            (each.closeness(media_type), each.quality, -place)
            for place, each in enumerate(self._ranges)
            if each.closeness(media_type)
        ]
        closeness, quality, earliness = max(fitting, default=(0, 0.0, 0))
        return quality, closeness, earliness


async def received(request: Request) -> None:
    """Wait until all of a request is there. Raises `NotTaken` at once for a body of another type than is read."""
    if request.method != "POST":
        return
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charsets = [value for name, _, value in (each.partition("=") for each in parameters) if name == "charset"]
    if kind != LEGACY_TYPE or not all(map(_is_utf8, charsets)):
        raise NotTaken(f"a request's body is {LEGACY_TYPE}, in UTF-8", 415)
    await request.body()


async def parameters_of(request: Request) -> Any:
    """What a request gives that was received: a GET in its address, a POST in its body. Raises `BadInput`."""
    return parsed(await request.body(), "the body") if request.method == "POST" else _from_address(request)


def _from_address(request: Request) -> dict[str, Any]:
    given = request.query_params.multi_items()
    for name, count in Counter(name for name, _ in given).items():
        if name in PARAMETERS and count > 1:
            raise BadInput(f"`{name}` is given {count} times", name)
    asked: dict[str, Any] = {name: value for name, value in given if name in PARAMETERS}
    for name in MAPS:
        if asked.get(name):
            asked[name] = parsed(asked[name], name)
        else:
            asked.pop(name, None)
    if not asked.get("operationName"):
        asked.pop("operationName", None)
    return asked


def _is_utf8(charset: str) -> bool:
    return charset.strip('"') in ("utf-8", "utf8")
