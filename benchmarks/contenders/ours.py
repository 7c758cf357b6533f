"""gqlregistry itself: from its plans, through the ordinary executor, and through the whole ASGI application."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from benchmarks.queries import RAISED
from benchmarks.stores import Store
from gqlregistry import logs
from gqlregistry.app import create_app
from gqlregistry.auth import Principal
from gqlregistry.plan.batch import LoaderBatch
from gqlregistry.plan.documents import Documents
from gqlregistry.plan.driver import Driver, driver_for
from gqlregistry.plan.reader import Request
from gqlregistry.schema import lineage
from gqlregistry.schema.context import Context, Links
from gqlregistry.schema.schema import public_schema
from gqlregistry.settings import Settings
from gqlregistry.store import open_database

MAX_TOKENS = 10_000


@contextmanager
def raised_limits() -> Iterator[None]:
    """Let maps be larger than the product allows."""
    before = lineage.MAX_NODES
    lineage.MAX_NODES = RAISED["max_nodes"]
    try:
        yield
    finally:
        lineage.MAX_NODES = before


async def _nowhere(draft: int, digest: str, size: int) -> str:
    return ""


class InProcess:
    """`schema.execute` and the answer's JSON: from plans, or (`planned=False`) through the ordinary executor."""

    def __init__(self, store: Store, planned: bool = True) -> None:
        self.name = "ours" if planned else "ordinary"
        self._database = open_database(store.url, Path())
        self.driver: Driver = driver_for(self._database)
        self._own_driver = self.driver
        self._schema = public_schema(MAX_TOKENS)
        self._plans = Documents(compiled=planned)
        self._principal = Principal(2, "local", is_admin=True)
        self._links = Links(_nowhere, lambda digest, name: "")

    async def answer(self, text: str, variables: dict[str, Any]) -> bytes:
        """The JSON of the answer."""
        request = Request(
            self.driver.dialect,
            self._principal,
            max_query_cost=RAISED["max_query_cost"],
            node_budget=RAISED["node_budget"],
        )
        context = Context(
            self._database,
            self.driver,
            self.driver,
            self._plans,
            self._principal,
            request,
            LoaderBatch(self.driver, request),
            self._links,
        )
        result = await self._schema.execute(text, variable_values=variables, context_value=context)
        if result.errors:
            raise result.errors[0]
        return orjson.dumps({"data": result.data, "extensions": result.extensions})

    async def close(self) -> None:
        """Release the connections."""
        await self._own_driver.close()
        await self._database.close()


class Application:
    """The whole application as uvicorn would call it: middleware, authentication, HTTP, and the plan."""

    name = "ours, ASGI"

    def __init__(self, store: Store, data: Path) -> None:
        settings = Settings(
            data=data,
            database=store.url,
            max_query_cost=RAISED["max_query_cost"],
            max_query_tokens=MAX_TOKENS,
        )
        logs.configure("warning", "json")
        self._app = create_app(settings)
        self._lifespan: Any = self._app.router.lifespan_context(self._app)

    async def open(self) -> None:
        """Open the stores."""
        await self._lifespan.__aenter__()

    async def answer(self, text: str, variables: dict[str, Any]) -> bytes:
        """The JSON of the answer."""
        body = orjson.dumps({"query": text, "variables": variables})
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/graphql",
            "raw_path": b"/graphql",
            "query_string": b"",
            "root_path": "",
            "headers": [
                (b"host", b"127.0.0.1:8000"),
                (b"content-type", b"application/json"),
                (b"content-length", str(len(body)).encode()),
            ],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8000),
        }
        parts: list[bytes] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start" and message["status"] != 200:
                raise RuntimeError(f"the application answered {message['status']}")
            parts.append(message.get("body", b""))

        await self._app(scope, receive, send)
        return b"".join(parts)

    async def close(self) -> None:
        """Close the stores."""
        await self._lifespan.__aexit__(None, None, None)
