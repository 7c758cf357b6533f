"""JSON as the client writes it: with NaN, Infinity, and integers of any size, which the registry does not keep."""

import json
import math
from typing import Any

import orjson
from starlette.requests import Request

from gqlregistry.errors import BadInput
from gqlregistry.registry.values import MAX_INT


async def read_body(request: Request) -> Any:
    """A request's body. Raises `BadInput` for one that is not JSON, even so, or that does not say that it is.

    A page in a browser can send no JSON to a server that is not its own, without being asked.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadInput("the body must be application/json")
    body = await request.body()
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"the body is not JSON: {error}") from None


def read_object(text: str, what: str, field: str) -> dict[str, Any]:
    """An object, with nothing in it that can't be kept. Raises `BadInput` for what is none."""
    try:
        found = storable(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{what} is not JSON: {error}", field) from None
    if not isinstance(found, dict):
        raise BadInput(f"{what} must be an object", field)
    return found


def read_row(text: str) -> dict[str, Any]:
    """A line that should be an object; an empty one if it is none."""
    try:
        return read_object(text, "a line", "content")
    except BadInput:
        return {}


def storable(value: Any) -> Any:
    """A value with what JSON does not know as text, as W&B keeps it: "NaN", "Infinity"."""
    match value:
        case float() if not math.isfinite(value):
            return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        case int() if abs(value) > MAX_INT:
            return str(value)
        case str():
            return value.replace("\0", "\ufffd").encode(errors="replace").decode()
        case list():
            return [storable(each) for each in value]
        case dict():
            return {storable(key): storable(each) for key, each in value.items()}
    return value
