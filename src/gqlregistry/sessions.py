"""Cookies that stand for a key: a browser which signed in with one goes on as its holder, and keeps no secret."""

import hashlib
from dataclasses import dataclass
from http import HTTPMethod

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response
from strawberry.http.websocket_origin import is_same_origin, normalize_origin

COOKIE = "gqlregistry_session"
_SAFE_METHODS = (HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS)


@dataclass(frozen=True, slots=True)
class KeyMark:
    """Which key a session is of. The mark comes of the key's digest: in another database its id is another key's."""

    key_id: int
    mark: str

    @classmethod
    def of(cls, key_id: int, secret_digest: str) -> "KeyMark":
        """The mark of a key."""
        return cls(key_id, hashlib.sha256(f"session {secret_digest}".encode()).hexdigest()[:32])


class Sessions:
    """Gives out signed cookies and reads them. All servers that share a signing key take each other's."""

    def __init__(self, signing_key: bytes, seconds: int) -> None:
        self._seconds = seconds
        self._serializer = URLSafeTimedSerializer(
            signing_key, salt="session", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def begin(self, response: Response, key: KeyMark, is_https: bool) -> None:
        """Let the browser that gets this response go on as the key's holder."""
        self._set(response, str(self._serializer.dumps([key.key_id, key.mark])), self._seconds, is_https)

    def end(self, response: Response, is_https: bool) -> None:
        """Let the browser that gets this response forget its session."""
        self._set(response, "", 0, is_https)

    def key_of(self, connection: HTTPConnection) -> KeyMark | None:
        """The key that the connection's cookie stands for; None without a cookie that is ours and in its time."""
        cookie = connection.cookies.get(COOKIE)
        if not cookie:
            return None
        try:
            key_id, mark = self._serializer.loads(cookie, max_age=self._seconds)
        except BadSignature:
            return None
        return KeyMark(key_id, mark)

    def _set(self, response: Response, value: str, seconds: int, is_https: bool) -> None:
        response.set_cookie(COOKIE, value, max_age=seconds, path="/", secure=is_https, httponly=True, samesite="lax")


def is_from_elsewhere(connection: HTTPConnection, base_url: str) -> bool:
    """Whether a page of another origin sends what may change something: the browser adds what lets us in by itself.

    As Go's `http.CrossOriginProtection` (https://pkg.go.dev/net/http#CrossOriginProtection): browsers say where a
    request comes from, and no page can make them say otherwise; what says nothing of it is no browser.
    """
    scope = connection.scope
    if scope["type"] == "http" and scope.get("method", HTTPMethod.GET) in _SAFE_METHODS:
        return False
    site = connection.headers.get("sec-fetch-site")
    if site is not None and scope["type"] == "http":
        return site not in ("same-origin", "none")
    origin = connection.headers.get("origin")
    return origin is not None and not is_ours(origin, connection, base_url)


def is_ours(origin: str, connection: HTTPConnection, url: str | None) -> bool:
    """Whether an origin is that of the server: by the name that a client calls it, or by its URL."""
    if is_same_origin(origin, connection.headers.get("host")):
        return True
    named = normalize_origin(origin)
    return named is not None and url is not None and named == normalize_origin(url)
