"""Webhooks: URLs that are told of events. Who is ADMIN where one listens may make, change and delete it.

The whole server is listened to by its admins only. What is told is what the one may see who has set the webhook up
last: so nobody can turn somebody else's eyes to a URL of their own.
"""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, func, select, update

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import collections, events, find, permissions
from gqlregistry.registry.change import Change
from gqlregistry.registry.find import Ref
from gqlregistry.registry.reach import Reach, check_url
from gqlregistry.registry.state import told_of
from gqlregistry.registry.values import UNSET, Unset, check_text
from gqlregistry.store.tables import (
    ActionEvent,
    DeliveryState,
    EventKind,
    Role,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
)

MOST = 50
"""How many webhooks may listen in one place."""

MAX_PATTERN = 128
MAX_WAITING_PINGS = 10
PRUNED_AT_ONCE = 1000


def create_webhook(
    change: Change,
    url: str,
    reach: Reach,
    collection: Ref | None = None,
    registry: Ref | None = None,
    project: Ref | None = None,
    kinds: Sequence[EventKind] | None = None,
    alias_pattern: str | None = None,
    tag_pattern: str | None = None,
    collection_pattern: str | None = None,
) -> tuple[Webhook, str]:
    """Listen to a collection, a registry, a project or, without any, to the whole server; answer also the secret.

    It is told of what is written from now on. `kinds` None means all. With a pattern for aliases or tags, it is told
    only of events about an alias or a tag that fits one of them.
    """
    session = change.session
    if sum(place is not None for place in (collection, registry, project)) > 1:
        raise BadInput("name a collection, a registry or a project, one of them", "collection")
    place: dict[str, int | None] = {}
    if collection is not None:
        home = find.collection(session, collection)
        permissions.require(session, home, Role.ADMIN, "collection")
        place = events.of_collection(home)
    elif registry is not None:
        place = {"registry_id": find.registry(session, registry).id}
        permissions.require_in_registry(session, place["registry_id"] or 0, Role.ADMIN)
    elif project is not None:
        place = {"project_id": find.project(session, project).id}
        permissions.require_in_project(session, place["project_id"] or 0, Role.ADMIN)
    else:
        permissions.require_admin(session)
    webhook = Webhook(
        project_id=place.get("project_id"),
        registry_id=place.get("registry_id"),
        collection_id=place.get("collection_id"),
        url=check_url(url, reach),
        secret=_new_secret(),
        kinds=_kinds(kinds),
        alias_pattern=_pattern(alias_pattern, "aliasPattern"),
        tag_pattern=_pattern(tag_pattern, "tagPattern"),
        collection_pattern=_pattern(collection_pattern, "collectionPattern"),
        created_at=change.now,
        created_by_id=change.actor.user_id,
        viewer_id=change.actor.user_id,
        secret_at=change.now,
        cursor=_newest(session),
    )
    _lock(change, webhook)
    if _count(session, webhook) >= MOST:
        raise Conflict(f"{MOST} webhooks listen here already", "url")
    session.add(webhook)
    session.flush()
    _record(change, EventKind.WEBHOOK_CREATED, webhook, told_of(webhook))
    return webhook, webhook.secret


def update_webhook(
    change: Change,
    webhook: int,
    reach: Reach,
    url: str | Unset = UNSET,
    kinds: Sequence[EventKind] | None | Unset = UNSET,
    alias_pattern: str | None | Unset = UNSET,
    tag_pattern: str | None | Unset = UNSET,
    collection_pattern: str | None | Unset = UNSET,
    enabled: bool | Unset = UNSET,
    rotate_secret: bool = False,
) -> tuple[Webhook, str | None]:
    """Change what is given; answer the secret too, if a new one was asked for. From now on it is told what the actor
    may see. Turned on again, it goes on where it stood."""
    found = _administered(change, webhook)
    before = told_of(found)
    if url is not UNSET:
        found.url = check_url(url, reach)
    if kinds is not UNSET:
        found.kinds = _kinds(kinds)
    if alias_pattern is not UNSET:
        found.alias_pattern = _pattern(alias_pattern, "aliasPattern")
    if tag_pattern is not UNSET:
        found.tag_pattern = _pattern(tag_pattern, "tagPattern")
    if collection_pattern is not UNSET:
        found.collection_pattern = _pattern(collection_pattern, "collectionPattern")
    if rotate_secret:
        found.secret, found.secret_at = _new_secret(), change.now
    if enabled is not UNSET:
        found.enabled, found.disabled_reason = enabled, None
        found.failing_since = None
    found.viewer_id = change.actor.user_id
    _record_changes(change, found, before)
    return found, found.secret if rotate_secret else None


def delete_webhook(change: Change, webhook: int) -> Webhook:
    """Tell it nothing any more, and forget its secret and its deliveries."""
    found = _administered(change, webhook)
    found.deleted_at, found.secret = change.now, ""
    _forget(change.session, select(WebhookDelivery.id).where(WebhookDelivery.webhook_id == found.id))
    _record(change, EventKind.WEBHOOK_DELETED, found, {})
    return found


def replay_webhook(change: Change, webhook: int, after: int) -> Webhook:
    """Tell it again, or for the first time, of what is behind an event's key. Ahead of where it stands, it skips.

    Raises `BadInput` for a key that the log has not reached.
    """
    found = _administered(change, webhook)
    if after > _newest(change.session):
        raise BadInput("the log does not reach to this cursor", "after")
    found.cursor = after
    # What is pending may be on its way at this moment: it goes on as it is.
    again = update(WebhookDelivery).where(
        col(WebhookDelivery.webhook_id) == found.id,
        col(WebhookDelivery.event_id) > after,
        col(WebhookDelivery.state) != DeliveryState.PENDING,
    )
    change.session.exec(again.values(_due(change.now)))
    _record(change, EventKind.WEBHOOK_REPLAYED, found, {"after": after})
    return found


def redeliver(change: Change, delivery: int) -> WebhookDelivery:
    """Send what was sent, or has failed, again, and at once."""
    found = change.session.get(WebhookDelivery, delivery, with_for_update=True)
    if found is None:
        raise NotFound("no such delivery", "delivery")
    _administered(change, found.webhook_id, "delivery")
    if found.state is DeliveryState.PENDING:
        # An attempt may be on its way. What comes of it is no answer to this: only the latest number counts.
        found.attempts += 1
    for name, value in _due(change.now).items():
        setattr(found, name, value)
    return found


def ping_webhook(change: Change, webhook: int) -> WebhookDelivery:
    """Send it a ping, once, also when it is turned off. What came of it stands in the delivery that is answered."""
    found = _administered(change, webhook)
    mine = col(WebhookDelivery.webhook_id) == found.id
    waiting = select(func.count()).where(
        mine, col(WebhookDelivery.event_id).is_(None), WebhookDelivery.state == DeliveryState.PENDING
    )
    if change.session.exec(waiting).one() >= MAX_WAITING_PINGS:
        raise Conflict(f"{MAX_WAITING_PINGS} pings of this webhook are on their way", "webhook")
    ping = WebhookDelivery(webhook_id=found.id, created_at=change.now, next_at=change.now)
    change.session.add(ping)
    change.session.flush()
    return ping


def turn_off(change: Change, webhook: int, reason: str) -> None:
    """Stop one that can't be told any more, and record why. For the server itself."""
    found = change.session.get(Webhook, webhook, with_for_update=True, populate_existing=True)
    if found is not None and found.deleted_at is None and found.enabled:
        before = told_of(found)
        found.enabled, found.disabled_reason = False, reason
        _record_changes(change, found, before, reason)


def prune(change: Change, before: datetime) -> int:
    """Forget deliveries that ended before a time, no more than some at once; answer how many."""
    old = select(WebhookDelivery.id).where(
        col(WebhookDelivery.state).in_((DeliveryState.DELIVERED, DeliveryState.FAILED)),
        col(WebhookDelivery.ended_at) < before,
    )
    keys = list(change.session.exec(old.limit(PRUNED_AT_ONCE).with_for_update(skip_locked=True)))
    return _forget(change.session, keys) if keys else 0


def _administered(change: Change, webhook: int, field: str = "webhook") -> Webhook:
    """A webhook that the actor may change, locked. It is not there for all others."""
    found = change.session.get(Webhook, webhook, with_for_update=True, populate_existing=True)
    if found is None or found.deleted_at is not None:
        raise NotFound("no such webhook", field)
    if permissions.role_in(change.session, found) is not Role.ADMIN:
        raise NotFound("no such webhook", field)
    return found


def _record_changes(change: Change, webhook: Webhook, before: dict[str, Any], reason: str | None = None) -> None:
    changed = {name: value for name, value in told_of(webhook).items() if before[name] != value}
    if changed:
        _record(change, EventKind.WEBHOOK_UPDATED, webhook, changed, reason)


def _record(
    change: Change, kind: EventKind, webhook: Webhook, detail: dict[str, Any], reason: str | None = None
) -> None:
    _lock(change, webhook)
    place = {name: getattr(webhook, name) for name in ("project_id", "registry_id", "collection_id")}
    events.record(change, kind, **place, detail={"webhook_id": webhook.id, **detail}, reason=reason)


def _lock(change: Change, webhook: Webhook) -> None:
    """Be the only one who writes events, and makes webhooks, where it listens."""
    if webhook.collection_id is not None:
        collections.lock_all(change, [webhook.collection_id])
    else:
        events.lock_common_chain(change.session)


def _count(session: Session, like: Webhook) -> int:
    same = (
        col(Webhook.project_id).is_not_distinct_from(like.project_id),
        col(Webhook.registry_id).is_not_distinct_from(like.registry_id),
        col(Webhook.collection_id).is_not_distinct_from(like.collection_id),
    )
    return session.exec(select(func.count()).where(*same, col(Webhook.deleted_at).is_(None))).one()


def _forget(session: Session, which: Any) -> int:
    """Delete deliveries, by their keys or a statement that answers them, with their attempts."""
    session.exec(delete(WebhookAttempt).where(col(WebhookAttempt.delivery_id).in_(which)))
    return session.exec(delete(WebhookDelivery).where(col(WebhookDelivery.id).in_(which))).rowcount


def _due(now: datetime) -> dict[str, Any]:
    return {"state": DeliveryState.PENDING, "failures": 0, "next_at": now, "ended_at": None}


def _newest(session: Session) -> int:
    return session.exec(select(func.max(ActionEvent.id))).one() or 0


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def _kinds(kinds: Sequence[EventKind] | None) -> list[EventKind] | None:
    if kinds is None:
        return None
    if not kinds:
        raise BadInput("a webhook that is told of no kind of event is told nothing; null means all", "kinds")
    return list(dict.fromkeys(kinds))


def _pattern(pattern: str | None, field: str) -> str | None:
    if pattern is None:
        return None
    if not pattern:
        raise BadInput("an empty pattern fits nothing; null means all", field)
    return check_text(pattern, "a pattern", field, MAX_PATTERN)
