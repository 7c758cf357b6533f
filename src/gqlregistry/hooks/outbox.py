"""The queue of deliveries: what is put into it, who takes it out, what came of it. The tables are the only truth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from pydantic import SecretStr
from sqlalchemy import ColumnElement, literal
from sqlmodel import Session, and_, col, func, or_, select, update

from gqlregistry.plan import visibility
from gqlregistry.registry.roles import Viewer
from gqlregistry.registry.rows import insert_new
from gqlregistry.store.tables import (
    ActionEvent,
    Collection,
    DeliveryState,
    Entity,
    Key,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
)

BATCH = 500
"""How many events are looked at for a webhook at once."""

MAX_ERROR = 500

MOST_COUNTED = 10_000

GONE = "who had set it up was deleted"

_ENABLED = and_(col(Webhook.deleted_at).is_(None), col(Webhook.enabled))


@dataclass(frozen=True, slots=True)
class Spread:
    """Whether there are more events to look at, and the webhooks that are told for nobody any more."""

    more: bool
    orphans: Sequence[int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this process may try now, and nobody else. `attempt` is the number of this try."""

    delivery: int
    attempt: int
    webhook: int
    event: int | None
    url: str = field(repr=False)
    secret: SecretStr
    viewer: int
    failures: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: the HTTP status, if there was an answer; why it failed, if it did. Nothing was `sent`
    of what may not be seen any more: that is not the receiver's fault."""

    status: int | None
    error: str | None
    milliseconds: int = 0
    sent: bool = True


def sight(session: Session, table: Any, viewer: int) -> Sequence[ColumnElement[bool]] | None:
    """What must be true of a row so that a user may see it; None for one who was deleted, and sees nothing."""
    user = session.get(Entity, viewer)
    if user is None or user.deleted_at is not None:
        return None
    return () if user.is_admin else visibility.conditions(table, Viewer(literal(viewer, Key)))


def listening(session: Session) -> int | None:
    """How far the log was looked at for the webhook that is farthest behind; None if none listens or has a ping due."""
    behind: int | None = session.exec(select(func.min(Webhook.cursor)).where(_ENABLED)).one()
    if behind is None:
        pending = select(WebhookDelivery.id).where(WebhookDelivery.state == DeliveryState.PENDING)
        return None if session.exec(pending.limit(1)).first() is None else 2**62
    return behind


def spread(session: Session, settled: int, now: datetime) -> Spread:
    """Queue, for each webhook, the events up to `settled` that it wants and that its viewer may see, once each.

    Webhooks that another process is busy with are left to it.
    """
    _pass_over(session, settled)
    behind = select(Webhook).where(_ENABLED, col(Webhook.cursor) < settled).order_by(col(Webhook.id))
    more, orphans = False, []
    for webhook in session.exec(behind.with_for_update(skip_locked=True)).all():
        seen = sight(session, ActionEvent, webhook.viewer_id)
        if seen is None:
            orphans.append(webhook.id)
            continue
        lines = (
            select(ActionEvent.id, ActionEvent.alias, ActionEvent.tag, Collection.name)
            .join(Collection, col(Collection.id) == ActionEvent.collection_id, isouter=True)
            .where(col(ActionEvent.id) > webhook.cursor, col(ActionEvent.id) <= settled, *_wanted(webhook), *seen)
            .order_by(col(ActionEvent.id))
            .limit(BATCH)
        )
        found = session.exec(lines).all()
        wanted = [key for key, *about in found if _fits(webhook, *about)]
        insert_new(session, *[_delivery(webhook.id, key, now) for key in wanted])
        full = len(found) == BATCH
        webhook.cursor, more = (found[-1][0] if full else settled), more or full
    return Spread(more, orphans)


def _pass_over(session: Session, settled: int) -> None:
    """Move those on in whose places nothing has happened, all at once: there may be hundreds."""
    collection, registry, project = (
        col(each) for each in (Webhook.collection_id, Webhook.registry_id, Webhook.project_id)
    )
    wider = collection.is_(None)
    here = or_(
        col(ActionEvent.collection_id) == collection,
        and_(wider, col(ActionEvent.registry_id) == registry),
        and_(wider, registry.is_(None), col(ActionEvent.project_id) == project),
        and_(wider, registry.is_(None), project.is_(None)),
    )
    happened = select(1).where(col(ActionEvent.id) > Webhook.cursor, col(ActionEvent.id) <= settled, here)
    behind = select(Webhook.id).where(_ENABLED, col(Webhook.cursor) < settled, ~happened.correlate(Webhook).exists())
    passed = update(Webhook).where(col(Webhook.id).in_(behind.with_for_update(skip_locked=True)))
    session.exec(passed.values(cursor=settled).execution_options(synchronize_session=False))


def backlog(session: Session) -> int:
    """How many deliveries are still to be made, `MOST_COUNTED` at most."""
    some = select(WebhookDelivery.id).where(WebhookDelivery.state == DeliveryState.PENDING).limit(MOST_COUNTED)
    return session.exec(select(func.count()).select_from(some.subquery())).one()


def due(session: Session, now: datetime) -> list[tuple[int, bool]]:
    """The webhooks that something is due for, and whether each fails; those that do come last."""
    waiting = select(WebhookDelivery.id).where(col(WebhookDelivery.webhook_id) == col(Webhook.id), *_due(now))
    some = waiting.correlate(Webhook).exists()
    fails = col(Webhook.failing_since).is_not(None)
    found = session.exec(select(Webhook.id, fails).where(some).order_by(fails, col(Webhook.id)))
    return [(key, bool(failing)) for key, failing in found]


def claim(session: Session, webhook: int, most: int, now: datetime, lease: timedelta) -> list[Claim]:
    """Take some of what is due for a webhook, oldest first. It is due again after `lease`, if it is not finished."""
    rows = (
        select(WebhookDelivery, Webhook)
        .join(Webhook, col(Webhook.id) == WebhookDelivery.webhook_id)
        .where(col(WebhookDelivery.webhook_id) == webhook, *_due(now))
        .order_by(col(WebhookDelivery.next_at), col(WebhookDelivery.id))
        .limit(most)
        .with_for_update(skip_locked=True, of=WebhookDelivery)
    )
    claims = []
    for delivery, hook in session.exec(rows).all():
        delivery.attempts += 1
        delivery.next_at = now + lease
        session.add(WebhookAttempt(delivery_id=delivery.id, number=delivery.attempts, started_at=now))
        claims.append(
            Claim(
                delivery.id,
                delivery.attempts,
                webhook,
                delivery.event_id,
                hook.url,
                SecretStr(hook.secret),
                hook.viewer_id,
                delivery.failures,
                delivery.created_at,
            )
        )
    return claims


def finish(session: Session, claim: Claim, outcome: Outcome, now: datetime, wait: timedelta | None) -> datetime | None:
    """Write down what came of a claim; if it failed, it is due again after `wait`, or never.

    Answer since when all attempts of the webhook have failed, if this one has. A claim that was lost meanwhile, to
    another process or to a new asking, changes nothing but its attempt.
    """
    error = None if outcome.error is None else outcome.error[:MAX_ERROR]
    told = {"status": outcome.status, "error": error}
    attempt = update(WebhookAttempt).where(
        col(WebhookAttempt.delivery_id) == claim.delivery, col(WebhookAttempt.number) == claim.attempt
    )
    session.exec(attempt.values(milliseconds=outcome.milliseconds, **told))
    values: dict[str, Any] = {**told, "state": DeliveryState.DELIVERED, "ended_at": now}
    if error is not None:
        values |= {"failures": claim.failures + 1, "state": DeliveryState.FAILED}
        if wait is not None:
            values |= {"state": DeliveryState.PENDING, "next_at": now + wait, "ended_at": None}
    mine = update(WebhookDelivery).where(
        col(WebhookDelivery.id) == claim.delivery,
        col(WebhookDelivery.attempts) == claim.attempt,
        col(WebhookDelivery.state) == DeliveryState.PENDING,
    )
    session.exec(mine.values(**values))
    if claim.event is None or not outcome.sent:
        return None
    since = None if error is None else now
    hook = update(Webhook).where(col(Webhook.id) == claim.webhook)
    session.exec(hook.where(col(Webhook.failing_since).is_(None) == (error is not None)).values(failing_since=since))
    return session.exec(select(Webhook.failing_since).where(Webhook.id == claim.webhook)).first()


def _wanted(webhook: Webhook) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for name in ("collection_id", "registry_id", "project_id"):
        if getattr(webhook, name) is not None:
            found.append(col(getattr(ActionEvent, name)) == getattr(webhook, name))
            break
    if webhook.kinds is not None:
        found.append(col(ActionEvent.kind).in_(webhook.kinds))
    return found


def _fits(webhook: Webhook, alias: str | None, tag: str | None, collection: str | None) -> bool:
    """Whether an event fits the patterns: that of collections, and one of those of aliases and tags."""
    if webhook.collection_pattern is not None and not fnmatchcase(collection or "", webhook.collection_pattern):
        return False
    named = [(webhook.alias_pattern, alias), (webhook.tag_pattern, tag)]
    asked = [(pattern, name) for pattern, name in named if pattern is not None]
    return not asked or any(name is not None and fnmatchcase(name, pattern) for pattern, name in asked)


def _delivery(webhook: int, event: int, now: datetime) -> WebhookDelivery:
    return WebhookDelivery(webhook_id=webhook, event_id=event, created_at=now, next_at=now)


def _due(now: datetime) -> list[ColumnElement[bool]]:
    """What a delivery, and its webhook, must be. A ping goes out also when the webhook is turned off."""
    pending = col(WebhookDelivery.state) == DeliveryState.PENDING
    may = or_(col(Webhook.enabled), col(WebhookDelivery.event_id).is_(None))
    return [pending, col(WebhookDelivery.next_at) <= now, col(Webhook.deleted_at).is_(None), may]
