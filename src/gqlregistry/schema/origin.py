"""Which web pages may open a stream: browsers let any page try, and tell only by `Origin` which one it was."""

from starlette.requests import HTTPConnection
from strawberry.http.websocket_origin import is_same_origin, normalize_origin

from gqlregistry.errors import Forbidden
from gqlregistry.sessions import allowed_origins
from gqlregistry.settings import Settings


def check_origin(settings: Settings, connection: HTTPConnection) -> None:
    """Raise `Forbidden` for a page of another origin than the server's own, its public URL's, and the allowed ones.

    Who sends no `Origin` is no browser, and has nothing of its user's but what it was given.
    """
    origin = connection.headers.get("origin")
    if origin is None or is_same_origin(origin, connection.headers.get("host")):
        return
    if normalize_origin(origin) not in allowed_origins(settings):
        raise Forbidden("web pages of another origin may not subscribe, unless GQLREGISTRY_ALLOWED_ORIGINS names it")
