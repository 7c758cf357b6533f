"""Sending one delivery: signed as Standard Webhooks say, and never for longer, or of more, than is allowed.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import asyncio
import ssl
from datetime import UTC, datetime
from functools import cache
from time import perf_counter
from typing import Any

import httpcore
import orjson
import structlog
from pydantic import SecretStr
from standardwebhooks.webhooks import Webhook

from gqlregistry import __version__
from gqlregistry.hooks.guard import Guarded, NotAllowed, Resolve, Resolver
from gqlregistry.hooks.outbox import Outcome
from gqlregistry.registry.reach import Reach

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 5.0
READ_SECONDS = 8.0
SECONDS = 10.0
"""How long an attempt may take in all."""

MAX_ANSWER = 4096
"""How many bytes of an answer are read. None of them is kept: only the status tells."""

GONE = 410


class Sender:
    """Sends, over connections that it keeps for a moment."""

    def __init__(self, reach: Reach, seconds: float = SECONDS, resolve: Resolve | None = None) -> None:
        self._reach = reach
        self._seconds = seconds
        self._resolver = Resolver()
        self._network = Guarded(reach, resolve or self._resolver)
        self._opened: httpcore.AsyncConnectionPool | None = None

    async def send(self, url: str, secret: SecretStr, message_id: str, message: dict[str, Any]) -> Outcome:
        """POST a message. Whatever happens is an outcome."""
        began = perf_counter()
        status, error = None, None
        try:
            async with asyncio.timeout(self._seconds):
                status = await self._post(url, *_signed(secret, message_id, message))
            if not 200 <= status < 300:
                error = f"the answer was {status}" + (": redirects are not followed" if 300 <= status < 400 else "")
        except (TimeoutError, httpcore.TimeoutException):
            error = "no answer in time"
        except NotAllowed as refusal:
            error = str(refusal)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, ssl.SSLError) as failure:
            error = f"{type(failure).__name__}: {failure}"
        except Exception as failure:
            log.exception("a webhook could not be sent")
            error = f"it could not be sent: {type(failure).__name__}"
        return Outcome(status, error, round((perf_counter() - began) * 1000))

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        if url.startswith("http:") and not self._reach.plain_http:
            raise NotAllowed("webhooks may be sent by https only")
        patience = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": CONNECT_SECONDS}
        async with (await self._pool()).stream(
            "POST", url, headers=list(headers.items()), content=body, extensions={"timeout": patience}
        ) as answer:
            read = 0
            async for chunk in answer.aiter_stream():
                read += len(chunk)
                if read > MAX_ANSWER:
                    break
            return answer.status

    async def _pool(self) -> httpcore.AsyncConnectionPool:
        trusted = await asyncio.to_thread(_trusted)
        if self._opened is None:
            self._opened = httpcore.AsyncConnectionPool(
                ssl_context=trusted,
                max_connections=None,
                max_keepalive_connections=20,
                keepalive_expiry=5,
                network_backend=self._network,
            )
        return self._opened

    async def close(self) -> None:
        """Close all connections."""
        if self._opened is not None:
            await self._opened.aclose()
        self._resolver.close()


@cache
def _trusted() -> ssl.SSLContext:
    # To read whom this machine trusts takes a tenth of a second, which a server that sends nothing needn't start with.
    return ssl.create_default_context()


def _signed(secret: SecretStr, message_id: str, message: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    body, now = orjson.dumps(message), datetime.now(UTC)
    signature = Webhook(secret.get_secret_value()).sign(message_id, now, body.decode())
    return body, {
        "content-type": "application/json",
        "user-agent": f"gqlregistry/{__version__}",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }
