"""Web pages of other origins, as far as settings name them: they ask with a key of their own, never by a cookie.

https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.http.websocket_origin import normalize_origin

from gqlregistry.app.middleware import REQUEST_ID
from gqlregistry.schema.origin import allowed_origins
from gqlregistry.settings import Settings

METHODS = ("GET", "HEAD", "POST", "PUT")
TAKEN = ("Authorization", "Content-Type", REQUEST_ID, "Last-Event-ID", "If-None-Match", "Range")
SHOWN = (REQUEST_ID, "Retry-After", "Content-Disposition", "Content-Range", "ETag")


class CrossOrigin:
    """Tells browsers that a page of an allowed origin may ask, and read the answer. To others it says nothing."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._allowed = allowed_origins(settings)
        self._cors = CORSMiddleware(
            app,
            allow_origins=sorted(self._allowed),
            allow_methods=METHODS,
            allow_headers=TAKEN,
            expose_headers=SHOWN,
            max_age=600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = next((value for name, value in scope.get("headers", ()) if name == b"origin"), b"").decode("latin-1")
        is_allowed = scope["type"] == "http" and bool(origin) and normalize_origin(origin) in self._allowed
        await (self._cors if is_allowed else self._app)(scope, receive, send)
