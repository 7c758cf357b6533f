"""A server in this process that is asked without a client between: thousands of times in a few seconds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import process_time
from typing import Any

from starlette.applications import Starlette

from gqlregistry.app import create_app
from gqlregistry.registry import keys, people
from gqlregistry.services import Services
from gqlregistry.settings import Settings
from gqlregistry.store.tables import KeyScope
from tests.registry.conftest import House

KEY = "fuzz-" + "0123456789" * 4


class Asker:
    """Asks with an admin's key, so that whatever is asked meanwhile can't end the local user's rights."""

    def __init__(self, app: Starlette, services: Services) -> None:
        self.services = services
        self._app = app

    async def post(self, path: str, body: bytes, content_type: str = "application/json") -> tuple[int, bytes, float]:
        """The status, the body, and how much of this process's time it took, in seconds."""
        headers = {"host": "localhost", "content-type": content_type, "authorization": f"Bearer {KEY}"}
        return await self.ask("POST", path, b"", body, headers)

    async def ask(
        self, method: str, path: str, query: bytes, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes, float]:
        """Any request, as `post`."""
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(errors="replace"),
            "query_string": query,
            "root_path": "",
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
            "state": {},
        }
        status, parts, sent, answered = 0, [], False, asyncio.Event()

        async def receive() -> dict[str, Any]:
            nonlocal sent
            if sent:
                await answered.wait()
                return {"type": "http.disconnect"}
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                parts.append(message.get("body", b""))

        began = process_time()
        await self._app(scope, receive, send)
        answered.set()
        return status, b"".join(parts), process_time() - began


@asynccontextmanager
async def asker(settings: Settings) -> AsyncIterator[Asker]:
    """One of a fresh server."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        services: Services = app.state.services
        yield Asker(app, services)


async def make_key(services: Services) -> None:
    """The key that is asked with: an admin's whom nothing that is asked may know."""
    house = House(services.database, services.local)
    await house.do(people.create_user, "fuzzer")
    await house.do(keys.create_key, "fuzzer", "fuzz", KEY, KeyScope.ADMIN)
