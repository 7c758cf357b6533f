"""The door for bytes: PUT what an upload link asks for, GET what a download link names."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from gqlregistry import uploads
from gqlregistry.capabilities import Download
from gqlregistry.errors import BadInput
from gqlregistry.services import Services, services_of

_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?")
_SAFE = {
    "Content-Type": "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "bytes",
    # A link expires, what is behind it never changes.
    "Cache-Control": "private, max-age=31536000, immutable",
}


def file_routes() -> list[Route]:
    """`/files/{token}`, and with the file's name behind it for tools that name what they save after the URL."""
    return [
        Route("/files/{token}", upload, methods=["PUT"]),
        Route("/files/{token}/{filename}", upload, methods=["PUT"]),
        Route("/files/{token}", download, methods=["GET"]),
        Route("/files/{token}/{filename}", download, methods=["GET"]),
    ]


async def upload(request: Request) -> Response:
    """Take the bytes of one digest. Answers once they are verified and on disk; the same bytes again are welcome."""
    services = services_of(request)
    leave = services.links.read_upload(request.path_params["token"])
    announced = request.headers.get("content-length")
    if leave.size is not None and announced is not None and int(announced) != leave.size:
        raise BadInput(f"this link is for {leave.size} bytes, not {announced}", "size")
    size = await uploads.put(services, leave.digest, request.stream(), leave.size)
    return JSONResponse({"digest": leave.digest, "size": size}, status_code=201)


async def download(request: Request) -> Response:
    """Give the bytes of one digest, or the part that `Range` asks for; or send on to the bucket that has them."""
    services = services_of(request)
    leave = services.links.read_download(request.path_params["token"])
    elsewhere = await _bucket_url(services, request, leave)
    if elsewhere is not None:
        return RedirectResponse(elsewhere, 307, {"Cache-Control": "no-store"})
    size, etag = await services.blobs.size(leave.digest), f'"{leave.digest}"'
    headers = {
        **_SAFE,
        "ETag": etag,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(leave.filename, safe='')}",
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    part = _part(request, size, etag)
    start, end = part or (0, size)
    if part is not None and start >= end:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Length"] = str(end - start)
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    status = 200 if part is None else 206
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    stored = await services.blobs.get(leave.digest, *(part or ()))
    return StreamingResponse(stored.stream, status, headers)


async def _bucket_url(services: Services, request: Request, leave: Download) -> str | None:
    """Where the bytes are got from the bucket itself, for as long as the link is good.

    Not for browsers: a bucket neither names the file nor lets another origin's page read it.
    """
    if request.method != "GET" or "sec-fetch-mode" in request.headers or "if-none-match" in request.headers:
        return None
    return await services.blobs.download_url(leave.digest, leave.seconds)


def _part(request: Request, size: int, etag: str) -> tuple[int, int] | None:
    """The bytes asked for, from and up to; None for all of them, also when the range is one that we don't serve."""
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match is None or match[0] == "bytes=-" or request.headers.get("if-range", etag) != etag:
        return None
    first, last = match[1], match[2]
    if first is None:
        return max(size - int(last), 0), size
    if last is None:
        return int(first), size
    return None if int(last) < int(first) else (int(first), min(int(last) + 1, size))
