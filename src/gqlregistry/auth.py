"""Who is asking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principal:
    """The user behind a request, from its API key or, in local mode, the local user. Never from its body.

    What it may do is what the user may, within the key's scope: without `may_write` it changes nothing, and only with
    `is_admin` it administers the server. An admin sees all, by whatever key: `is_owner_admin`.
    """

    user_id: int
    username: str
    is_admin: bool = False
    api_key_id: int | None = None
    may_write: bool = True
    is_owner_admin: bool = False

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden from it."""
        return self.is_admin or self.is_owner_admin
