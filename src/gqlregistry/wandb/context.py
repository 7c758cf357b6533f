"""Who sends a request, and what it works with."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from starlette.requests import Request

from gqlregistry.auth import Principal
from gqlregistry.plan.patience import Patience
from gqlregistry.services import Services, services_of
from gqlregistry.turns import Turn
from gqlregistry.wandb.reads import Reads


@dataclass(slots=True)
class Context:
    """One request of the client. `caller` tells apart who shares a key from different machines."""

    services: Services
    principal: Principal
    base_url: str
    caller: str
    reads: Reads
    patience: Patience
    turn: Turn | None = None


async def context_of(request: Request) -> Context:
    """Raises `Unauthenticated` unless the request has a key that is good, or needs none, and `RateLimited`."""
    services = services_of(request)
    principal = await services.principal_of_key(request, _key(request.headers.get("authorization", "")))
    services.allowances.spend(principal)
    patience = Patience(services.settings.query_seconds, request.receive, _nothing)
    reads = Reads(services.database, principal)
    return Context(services, principal, services.base_url(request), _caller(request), reads, patience)


def _nothing() -> None:
    """What is read is given up with its task."""


def _key(authorization: str) -> str:
    """The API key: the password of the user `api`, or a bearer's token."""
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "basic":
        return secret.strip()
    try:
        return base64.b64decode(secret, validate=True).decode().partition(":")[2]
    except (ValueError, binascii.Error):
        return ""


def _caller(request: Request) -> str:
    host = request.client.host if request.client else ""
    told = f"{request.headers.get('authorization', '')}\n{host}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
