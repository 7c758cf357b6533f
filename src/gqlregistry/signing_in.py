"""The door for people with a browser: sign in with a key, see who is signed in, sign out."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput, RateLimited, Unauthenticated
from gqlregistry.plan.relay import encode_id
from gqlregistry.registry.keys import secret_digest
from gqlregistry.services import services_of
from gqlregistry.sessions import KeyMark

JSON = "application/json"
SINGLE_SIGN_ON = "/session/oidc"
FAILED_SECONDS = 1.0
"""How long after it came a failed sign-in is answered, whatever it failed of."""
AT_ONCE = 5
"""How many sign-ins one address may have in progress: so many guesses it has in `FAILED_SECONDS`."""
AT_ONCE_OF_ALL = 200

_user_id = encode_id("User")


class NotJson(BadInput):
    """The body is of a type that a page of another origin could send without asking."""

    status = 415


def session_routes() -> list[Route]:
    """`/session`."""
    guesses = Guesses()

    async def sign_in(request: Request) -> Response:
        """Begin a session for the holder of a key."""
        services = services_of(request)
        services.require_own_origin(request)
        secret = await _secret(request)
        with guesses.one_of(request.client.host if request.client else ""):
            began = asyncio.get_running_loop().time()
            try:
                principal = await services.access.holder(secret)
            except Unauthenticated:
                await asyncio.sleep(began + FAILED_SECONDS - asyncio.get_running_loop().time())
                raise
        assert principal.api_key_id is not None, "it holds a key"
        response = _answer(await _told(request, principal))
        key = KeyMark.of(principal.api_key_id, secret_digest(secret))
        services.sessions.begin(response, key, services.is_https(request))
        return response

    return [
        Route("/session", sign_in, methods=["POST"]),
        Route("/session", who, methods=["GET"]),
        Route("/session", sign_out, methods=["DELETE"]),
    ]


async def who(request: Request) -> Response:
    """Who is signed in, and how; nobody is no error."""
    try:
        principal = await services_of(request).principal(request)
    except Unauthenticated:
        principal = None
    return _answer(await _told(request, principal))


async def sign_out(request: Request) -> Response:
    """End the session of this browser. The key goes on."""
    services = services_of(request)
    services.require_own_origin(request)
    local = await services.local_user(request)
    response = _answer(await _told(request, local))
    services.sessions.end(response, services.is_https(request))
    return response


class Guesses:
    """Sign-ins in progress. Each failed one takes its time, so that there are only so many in that time."""

    def __init__(self) -> None:
        self._by_address: Counter[str] = Counter()

    @contextmanager
    def one_of(self, address: str) -> Iterator[None]:
        """One more from an address, for as long as the block lasts. Raises `RateLimited`."""
        if self._by_address[address] >= AT_ONCE or self._by_address.total() >= AT_ONCE_OF_ALL:
            raise RateLimited("too many sign-ins at once: try again in a moment")
        self._by_address[address] += 1
        try:
            yield
        finally:
            self._by_address[address] -= 1
            # An address without any is forgotten.
            self._by_address = +self._by_address


async def _told(request: Request, principal: Principal | None) -> dict[str, Any]:
    local = await services_of(request).local_user(request)
    return {
        "user": None if principal is None else {"id": _user_id(principal.user_id), "username": principal.username},
        "isAdmin": principal is not None and principal.is_admin,
        "local": principal is not None and principal == local,
        "needsKey": local is None,
        "singleSignOn": None if services_of(request).settings.oidc_issuer is None else SINGLE_SIGN_ON,
    }


def _answer(told: dict[str, Any]) -> Response:
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


async def _secret(request: Request) -> str:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise NotJson(f"a request's body is {JSON}")
    try:
        said = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise BadInput(f"the body is not JSON: {error}") from None
    secret = said.get("key") if isinstance(said, dict) else None
    if not isinstance(secret, str) or not secret.strip():
        raise BadInput('the body is {"key": "…"}, with an API key', "key")
    return secret.strip()
