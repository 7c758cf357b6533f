"""What the pages load: files that were compressed when they were built, and whose names change with what is in them."""

import os
import re
from collections.abc import Mapping
from pathlib import PurePath

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
}
"""By the ends of names. The machine's own list is not asked: on some a script is plain text."""

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""The best first. Browsers take it on https and on their own machine only."""

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
    "Cross-Origin-Resource-Policy": "same-origin",
    # A worker is allowed what its own script came with, not what the page is.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
}
_ITEM = re.compile(r"([\w*-]+)\s*(?:;\s*q\s*=\s*(\d(?:\.\d{0,3})?))?\s*(?:,|$)", re.ASCII)


class Assets(StaticFiles):
    """The files of a folder, in the best encoding that is there and that the browser takes."""

    async def check_config(self) -> None:
        """Take a folder that is not there for an empty one: the pages may be left out."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer a file, or that what the browser has of it is still so."""
        headers, asked = dict(HEADERS), Headers(scope=scope)
        kind = TYPES.get(PurePath(full_path).suffix, "application/octet-stream")
        taken = accepted(asked)
        for encoding in (each for each in ENCODINGS if each in taken):
            compressed = f"{os.fspath(full_path)}{ENCODINGS[encoding]}"
            if os.path.exists(compressed):
                full_path, stat_result = compressed, os.stat(compressed)
                headers["Content-Encoding"] = encoding
                break
        response = FileResponse(full_path, status_code, headers, kind, stat_result=stat_result)
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, asked) else response


def accepted(headers: Mapping[str, str]) -> set[str]:
    """The encodings that a request takes, in small letters."""
    items = _ITEM.findall(headers.get("accept-encoding", ""))
    return {name.lower() for name, quality in items if not quality or float(quality) > 0}
