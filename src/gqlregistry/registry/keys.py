"""API keys: secrets that stand for a user. A secret is shown once; only its SHA-256 is kept."""

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from gqlregistry.auth import Principal
from gqlregistry.errors import BadInput, Conflict, Forbidden, NotFound, Unauthenticated
from gqlregistry.registry import events, find
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.names import MAX_NAME
from gqlregistry.registry.values import check_text
from gqlregistry.store.tables import ApiKey, Entity, EntityKind, EventKind, KeyScope, instant_text

PREFIX = "gqlr-"
MAX_SECRET = 512
TOUCH_EVERY = timedelta(minutes=1)
MIN_SECRET = 40
INVALID = "this API key is not valid"
"""What is said of a key that is unknown, expired or revoked: nobody is told which."""
_SECRET = re.compile(r"(?:[!-,.-~]*-[A-Za-z0-9_-]{40,}|[A-Za-z0-9_]{40,})")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


def create_key(
    change: Change,
    entity: Ref,
    label: str,
    secret: str | None = None,
    scope: KeyScope | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key for a user, and its secret unless one is given. The secret can't be read again.

    A given secret has the form that the wandb client takes, too: a JWT's three parts, or 40 and more of
    `A-Z a-z 0-9 _ -` behind an optional prefix that ends at the first dash. Giving it twice is giving it once.
    Without a scope it may do all that its owner may, as far as the actor may give that. Raises `Forbidden` unless the
    actor is an admin, or makes a key of its own that does not administer.
    """
    owner = find.entity(change.session, entity, "owner", (EntityKind.USER,))
    scope = scope or (KeyScope.ADMIN if owner.is_admin and change.actor.is_admin else KeyScope.WRITE)
    if not change.actor.is_admin:
        if owner.id != change.actor.user_id:
            raise Forbidden("only an admin may make keys for others", "owner")
        if scope is KeyScope.ADMIN:
            raise Forbidden("only an admin may make keys that administer", "scope")
    if not check_text(label, "a label", "label", MAX_NAME).strip():
        raise BadInput("a label may not be empty", "label")
    if expires_at is not None and (expires_at.tzinfo is None or expires_at <= change.now):
        raise BadInput("a key must expire in the future, in a time with its zone", "expiresAt")
    secret = PREFIX + secrets.token_urlsafe(32) if secret is None else check_secret(secret)
    digest = secret_digest(secret)
    taken = change.session.exec(select(ApiKey).where(ApiKey.digest == digest)).first()
    if taken is not None:
        if taken.entity_id == owner.id and taken.scope is scope and taken.revoked_at is None:
            return taken, secret
        raise Conflict("this secret is or was another key: choose a new one", "secret")
    key = ApiKey(
        entity_id=owner.id,
        label=label,
        digest=digest,
        scope=scope,
        created_at=change.now,
        created_by_id=change.actor.user_id,
        expires_at=expires_at,
    )
    change.session.add(key)
    change.session.flush()
    detail: dict[str, Any] = {"key_id": key.id, "label": label, "scope": scope.value}
    if expires_at is not None:
        detail["expires_at"] = instant_text(expires_at)
    events.record(change, EventKind.API_KEY_CREATED, subject_id=owner.id, detail=detail)
    return key, secret


def revoke_key(change: Change, key: int) -> ApiKey:
    """End a key; one that has ended stays as it is. Raises `Forbidden` for somebody else's key unless admin."""
    found = change.session.get(ApiKey, key)
    if found is None or not (change.actor.is_admin or found.entity_id == change.actor.user_id):
        raise NotFound("no such key", "apiKey")
    _revoke(change, found)
    return found


def revoke_all(change: Change, entity: Entity) -> None:
    """End all keys of a user."""
    live = select(ApiKey).where(ApiKey.entity_id == entity.id, col(ApiKey.revoked_at).is_(None))
    for key in change.session.exec(live.order_by(col(ApiKey.id))).all():
        _revoke(change, key)


def good_keys(session: Session) -> list[tuple[ApiKey, Entity]]:
    """All keys that would be taken now, with their owners, oldest first."""
    alive = col(ApiKey.expires_at).is_(None) | (col(ApiKey.expires_at) > datetime.now(UTC))
    pairs = select(ApiKey, Entity).join(Entity, col(Entity.id) == ApiKey.entity_id)
    good = pairs.where(alive, col(ApiKey.revoked_at).is_(None), col(Entity.deleted_at).is_(None))
    return [(key, owner) for key, owner in session.exec(good.order_by(col(ApiKey.id)))]


def identify(session: Session, secret: str) -> tuple[Principal, ApiKey]:
    """Who holds this secret, and their key. Raises `Unauthenticated`, with one message for unknown, expired, revoked.

    That the key was used is for `touch` to note: this only reads.
    """
    return _identify(session, ApiKey.digest == secret_digest(secret))


def identify_by_id(session: Session, key: int) -> tuple[Principal, ApiKey]:
    """As `identify`, of a key that was shown before."""
    return _identify(session, ApiKey.id == key)


def _identify(session: Session, which: Any) -> tuple[Principal, ApiKey]:
    pair = select(ApiKey, Entity).join(Entity, col(Entity.id) == ApiKey.entity_id)
    found = session.exec(pair.where(which)).first()
    if found is not None:
        key, owner = found
        expired = key.expires_at is not None and key.expires_at <= datetime.now(UTC)
        if not expired and key.revoked_at is None and owner.deleted_at is None:
            is_admin, may_write = key.scope is KeyScope.ADMIN, key.scope is not KeyScope.READ
            return Principal(owner.id, owner.name, is_admin, key.id, may_write, owner.is_admin), key
    raise Unauthenticated(INVALID)


def is_stale(key: ApiKey) -> bool:
    """Whether the time of its last use is worth a write."""
    return key.last_used_at is None or datetime.now(UTC) - key.last_used_at >= TOUCH_EVERY


def touch(session: Session, key: ApiKey) -> None:
    """Note that a key was used, at most once a minute."""
    if is_stale(key):
        session.exec(update(ApiKey).where(col(ApiKey.id) == key.id).values(last_used_at=datetime.now(UTC)))


def any_key_exists(session: Session) -> bool:
    """Whether somebody ever made a key: from then on everybody needs one."""
    return session.exec(select(ApiKey.id).limit(1)).first() is not None


def check_secret(secret: str, field: str = "secret") -> str:
    """Raise `BadInput` unless the wandb client would take this secret too."""
    if len(secret) > MAX_SECRET:
        raise BadInput(f"a secret may have at most {MAX_SECRET} characters", field)
    if not (_SECRET.fullmatch(secret) or _TOKEN.fullmatch(secret) and len(secret) >= MIN_SECRET):
        raise BadInput(
            f"a secret needs at least {MIN_SECRET} letters, digits, _ or - behind its first dash, if it has one",
            field,
        )
    return secret


def _revoke(change: Change, key: ApiKey) -> None:
    if key.revoked_at is None:
        key.revoked_at = change.now
        events.record(change, EventKind.API_KEY_REVOKED, subject_id=key.entity_id, detail={"key_id": key.id})


def secret_digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
