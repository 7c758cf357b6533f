"""The door for people who sign in elsewhere: OpenID Connect, by Authlib. They get a session as those with a key do.

A sign-in makes a key for its user that ends with the session, and that nobody is told: so it is listed, revoked and
audited like any other.
"""

import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, request_response

from gqlregistry.errors import BadInput, Unauthenticated, Unavailable
from gqlregistry.registry import identities
from gqlregistry.registry.change import apply
from gqlregistry.registry.identities import Identity
from gqlregistry.registry.keys import secret_digest
from gqlregistry.services import services_of
from gqlregistry.sessions import KeyMark
from gqlregistry.settings import Settings
from gqlregistry.signing_in import SINGLE_SIGN_ON

log = structlog.get_logger(__name__)

PATH = SINGLE_SIGN_ON
AWAY_COOKIE = "gqlregistry_away"
AWAY_SECONDS = 600
"""How long one may be away at the provider."""


def single_sign_on_routes(settings: Settings) -> list[BaseRoute]:
    """`/session/oidc` sends to the provider, `/session/oidc/callback` is where it sends back to; none without one.

    Raises `BadInput` when there is an issuer, and no client, no secret, or no Authlib.
    """
    if settings.oidc_issuer is None:
        return []
    provider = _provider(settings)

    async def go(request: Request) -> Response:
        """Send the browser to the provider."""
        back = f"{services_of(request).base_url(request)}{PATH}/callback"
        try:
            response: Response = await provider.authorize_redirect(request, back)
        except _failure() as error:
            raise _away(error) from error
        return response

    async def come_back(request: Request) -> Response:
        """Begin a session for whom the provider names."""
        services = services_of(request)
        identity = await _identity(provider, request)
        ends = datetime.now(UTC) + timedelta(seconds=settings.session_seconds)
        made = await apply(
            services.database, services.local, identities.sign_in, identity, ends, settings.oidc_create_users
        )
        key, secret = made.result
        response = RedirectResponse(f"{services.base_url(request)}/", status_code=303)
        services.sessions.begin(response, KeyMark.of(key.id, secret_digest(secret)), services.is_https(request))
        return response

    def kept(endpoint: Any) -> SessionMiddleware:
        """An endpoint that keeps what it must know when the browser comes back, in a signed cookie."""
        return SessionMiddleware(
            request_response(endpoint),
            secret_key=hmac.digest(_secret(settings), b"away", "sha256").hex(),
            session_cookie=AWAY_COOKIE,
            path=PATH,
            max_age=AWAY_SECONDS,
            same_site="lax",
            https_only=(settings.public_url or "").startswith("https:"),
        )

    return [Route(PATH, kept(go), methods=["GET"]), Route(f"{PATH}/callback", kept(come_back), methods=["GET"])]


def _provider(settings: Settings) -> Any:
    """The provider, as Authlib knows it: it reads the provider's metadata when first asked."""
    try:
        from authlib.integrations.starlette_client import OAuth
    except ImportError as error:
        raise BadInput("single sign-on needs Authlib: install gqlregistry[oidc]") from error
    if not (settings.oidc_client_id and _secret(settings)):
        raise BadInput("single sign-on needs GQLREGISTRY_OIDC_CLIENT_ID and GQLREGISTRY_OIDC_CLIENT_SECRET")
    issuer = (settings.oidc_issuer or "").rstrip("/")
    return OAuth().register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=_secret(settings).decode(),
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": 10},
    )


async def _identity(provider: Any, request: Request) -> Identity:
    """Whom the provider names, from an ID token whose signature, issuer, audience, time and nonce are checked."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    try:
        token = await provider.authorize_access_token(request)
    except _failure() as error:
        raise _away(error) from error
    except (AuthlibBaseError, JoseError) as error:
        log.warning("single sign-on failed", reason=str(error))
        raise Unauthenticated("the provider of single sign-on did not vouch for you: sign in again") from error
    claims = token.get("userinfo")
    if not claims or not claims.get("sub"):
        raise Unauthenticated("the provider of single sign-on names nobody")
    return Identity(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        email=claims.get("email") if claims.get("email_verified") is True else None,
        name=claims.get("preferred_username") or (claims.get("email") or "").partition("@")[0] or None,
        display_name=claims.get("name"),
    )


def _secret(settings: Settings) -> bytes:
    secret = settings.oidc_client_secret
    return b"" if secret is None else secret.get_secret_value().encode()


def _failure() -> type[Exception]:
    """What Authlib's client raises when it gets no answer."""
    from httpx2 import HTTPError

    return HTTPError


def _away(error: Exception) -> Unavailable:
    return Unavailable(f"the provider of single sign-on can't be reached: {type(error).__name__}")
