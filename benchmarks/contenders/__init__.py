"""Who is compared: each answers the same request with the bytes of the same answer."""

from typing import Any, Protocol


class Contender(Protocol):
    """One way to answer."""

    name: str

    async def answer(self, text: str, variables: dict[str, Any]) -> bytes:
        """The JSON of the answer."""
        ...

    async def close(self) -> None:
        """Release what it holds."""
        ...
