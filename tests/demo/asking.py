"""One way to ask a server."""

from typing import Any

from httpx import AsyncClient


async def ask(client: AsyncClient, query: str, **variables: Any) -> Any:
    """The data of an answer without errors."""
    answer = (await client.post("/graphql", json={"query": query, "variables": variables})).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]
