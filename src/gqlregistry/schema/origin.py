"""Which web pages may open a stream: browsers let any page try, and tell only by `Origin` which one it was."""

from collections.abc import Iterable
from functools import lru_cache

from starlette.requests import HTTPConnection
from strawberry.http.websocket_origin import normalize_allowed_origins, normalize_origin

from gqlregistry.errors import BadInput, Forbidden
from gqlregistry.sessions import is_ours
from gqlregistry.settings import Settings


def check_origin(settings: Settings, connection: HTTPConnection) -> None:
    """Raise `Forbidden` for a page of another origin than the server's own, its public URL's, and the allowed ones.

    Who sends no `Origin` is no browser, and has nothing of its user's but what it was given.
    """
    origin = connection.headers.get("origin")
    if origin is None or is_ours(origin, connection, settings.public_url):
        return
    if normalize_origin(origin) not in allowed_origins(settings):
        raise Forbidden("web pages of another origin may not subscribe, unless GQLREGISTRY_ALLOWED_ORIGINS names it")


@lru_cache(maxsize=8)
def allowed_origins(settings: Settings) -> frozenset[str]:
    """The other origins that settings allow. Raises `BadInput` for what is none."""
    names: Iterable[str] = filter(None, map(str.strip, (settings.allowed_origins or "").split(",")))
    try:
        found = normalize_allowed_origins(list(names))
    except ValueError as error:
        raise BadInput(f"GQLREGISTRY_ALLOWED_ORIGINS: {error}") from None
    if "*" in found:
        raise BadInput("GQLREGISTRY_ALLOWED_ORIGINS: name each origin; * is none")
    return found
