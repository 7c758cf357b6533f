"""Who is asking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principal:
    """The user behind a request, from its API key or, in local mode, the local user. Never from its body."""

    user_id: int
    username: str
    is_admin: bool = False
    api_key_id: int | None = None
