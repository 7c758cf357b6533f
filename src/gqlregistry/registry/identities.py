"""Who somebody is elsewhere: a subject of an OpenID provider is a user here, from the first sign-in on."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from gqlregistry.errors import Conflict, Unauthenticated
from gqlregistry.registry import keys, people
from gqlregistry.registry.change import Change
from gqlregistry.store.tables import ApiKey, Entity, EntityKind, Subject

LABEL = "single sign-on"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a provider vouches for. `email` is there only if the provider has verified it; a name is but a wish."""

    issuer: str
    subject: str
    email: str | None = None
    name: str | None = None
    display_name: str | None = None


def sign_in(change: Change, identity: Identity, ends_at: datetime, may_create: bool) -> tuple[ApiKey, str]:
    """A key for the user that somebody is here, until a time.

    At the first sign-in that is the user with their verified e-mail address; or, if `may_create`, a new one.
    Raises `Unauthenticated` when they are none, `Conflict` when the name of the new one is taken.
    """
    session = change.session
    known = session.get(Subject, (identity.issuer, identity.subject))
    if known is None:
        user = _with_address(change, identity.email) or _new(change, identity, may_create)
        known = Subject(issuer=identity.issuer, subject=identity.subject, entity_id=user.id, created_at=change.now)
        session.add(known)
        session.flush()
    owner = session.get_one(Entity, known.entity_id)
    if owner.deleted_at is not None:
        raise Unauthenticated(f"{owner.name} was deleted on {owner.deleted_at:%Y-%m-%d}")
    return keys.create_key(change, owner.id, LABEL, expires_at=ends_at)


def _with_address(change: Change, email: str | None) -> Entity | None:
    """The only living user with an address."""
    if email is None:
        return None
    same = select(Entity).where(Entity.email == email, Entity.kind == EntityKind.USER, col(Entity.deleted_at).is_(None))
    found = change.session.exec(same.limit(2)).all()
    return found[0] if len(found) == 1 else None


def _new(change: Change, identity: Identity, may_create: bool) -> Entity:
    if not may_create:
        raise Unauthenticated("you are no user here: an admin makes one with your e-mail address")
    name = re.sub(r"[^A-Za-z0-9_.\-]", "-", identity.name or "").lstrip("-.")[:64]
    try:
        return people.create_user(change, name or "user", identity.email, identity.display_name)
    except Conflict as error:
        raise Conflict(f"{error.message}: an admin gives that user your e-mail address") from error
