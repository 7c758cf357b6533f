"""The two pages of the build, and what a browser is told to allow them."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

DIST = Path(__file__).parent / "dist"
NOT_BUILT = (
    "The web pages are not in this installation: it was made with GQLREGISTRY_SKIP_UI=1, or its sources were never "
    "built.\nInstall gqlregistry again without that, and start it again. The GraphQL API at /graphql works all the "
    "same.\n"
)

# https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
_ALLOWED = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
)
_HEADERS = {
    "Cache-Control": "no-cache",
    "Vary": "Accept",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(slots=True)
class Page:
    """A page of the build. It is read again when it was built again: its scripts then have other names."""

    file: Path
    style: str
    """Where its styles may come from."""

    _read: tuple[tuple[int, int], bytes, str] | None = field(default=None, init=False)

    def answer(self, request: Request, status: int = 200) -> Response:
        """The page, or that what the browser has is still so. 503 and why, if it was not built."""
        found = self._content()
        if found is None:
            return PlainTextResponse(NOT_BUILT, 503, {"Cache-Control": "no-store"})
        content, etag = found
        headers = {**_HEADERS, "Content-Security-Policy": f"{_ALLOWED}style-src {self.style}", "ETag": etag}
        if status == 200 and etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, status, headers, "text/html")

    def is_built(self) -> bool:
        """Whether there is such a page."""
        return self._content() is not None

    def _content(self) -> tuple[bytes, str] | None:
        try:
            stat = self.file.stat()
            stamp = stat.st_mtime_ns, stat.st_size
            if self._read is None or self._read[0] != stamp:
                content = self.file.read_bytes()
                self._read = stamp, content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        except FileNotFoundError:
            return None
        return self._read[1:]


APP = Page(DIST / "index.html", "'self'")
# The editor within makes its styles as it goes.
GRAPHIQL = Page(DIST / "graphiql.html", "'self' 'unsafe-inline'")


def own_documents() -> list[str]:
    """The texts of all operations that the app sends, from the build; none if there is none."""
    file = DIST / "documents.json"
    return orjson.loads(file.read_bytes()) if file.is_file() else []
