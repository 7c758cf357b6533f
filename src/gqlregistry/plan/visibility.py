"""Which rows a request may see: the one place where that enters the statements of a read.

Who sees all gets statements without any of it. For all others it is a condition on each row, whichever way leads
there; the key of who asks is the parameter `VIEWER`. The conditions themselves are `registry.roles`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, inspect, or_, select
from sqlalchemy.exc import NoInspectionAvailable
from sqlalchemy.orm import aliased

from gqlregistry.plan.columns import col
from gqlregistry.plan.statement import VIEWER, Form, parameter
from gqlregistry.registry import roles
from gqlregistry.registry.roles import Viewer
from gqlregistry.store import tables
from gqlregistry.store.tables import Key, Role, Table

WHO_ASKS = Viewer(parameter(VIEWER, Key))
"""The viewer of a plan's statements."""

Rule: TypeAlias = Callable[[Any, Viewer], ColumnElement[bool]]
SEEN = Role.RESTRICTED_VIEWER
"""The least role: whoever has it sees that something is there, and what is said of it."""

CONTENT = Role.VIEWER
"""Whoever has it may have the files of a version, and use it."""


def _event(table: Any, viewer: Viewer) -> ColumnElement[bool]:
    """What happened in a place is seen by who sees the place, the rest by those whom it is about and by admins."""
    nowhere = col(table.project_id).is_(None) & col(table.registry_id).is_(None)
    about_me = or_(
        col(table.actor_id) == viewer.key,
        col(table.subject_id) == viewer.key,
        col(table.subject_id).in_(roles.teams_of(viewer)),
        roles.belongs(viewer, Role.ADMIN),
    )
    return or_(roles.allows_in_place(col(table.project_id), col(table.registry_id), viewer, SEEN), nowhere & about_me)


def _member(table: Any, viewer: Viewer) -> ColumnElement[bool]:
    """A place's members are seen by who sees the place, a team's by the team and the organization."""
    return or_(
        col(table.entity_id) == viewer.key,
        roles.allows_in_place(col(table.project_id), col(table.registry_id), viewer, SEEN),
        roles.belongs(viewer) & (col(table.team_id).is_not(None) | col(table.organization_id).is_not(None)),
        col(table.team_id).in_(roles.teams_of(viewer)),
    )


def _webhook(table: Any, viewer: Viewer) -> ColumnElement[bool]:
    """A webhook is seen by the admins of where it listens; one that listens everywhere, by those of the server."""
    return roles.allows_in_place(col(table.project_id), col(table.registry_id), viewer, Role.ADMIN)


def _delivery(table: Any, viewer: Viewer) -> ColumnElement[bool]:
    webhook = aliased(tables.Webhook)
    return col(table.webhook_id).in_(select(col(webhook.id)).where(_webhook(webhook, viewer)))


RULES: dict[type[Table], Rule] = {
    tables.Project: lambda table, viewer: roles.allows_in_project(col(table.id), viewer, SEEN),
    tables.Registry: lambda table, viewer: roles.allows_in_registry(col(table.id), viewer, SEEN),
    tables.Collection: lambda table, viewer: roles.allows_in_place(
        col(table.project_id), col(table.registry_id), viewer, SEEN
    ),
    tables.Membership: lambda table, viewer: roles.allows_in_collection(col(table.collection_id), viewer, SEEN),
    tables.Alias: lambda table, viewer: roles.allows_in_collection(col(table.collection_id), viewer, SEEN),
    tables.Artifact: lambda table, viewer: roles.allows_of_artifact(
        col(table.id), col(table.collection_id), viewer, SEEN
    ),
    tables.Run: lambda table, viewer: roles.allows_in_project(col(table.project_id), viewer, SEEN),
    tables.ActionEvent: _event,
    tables.Member: _member,
    tables.ApiKey: lambda table, viewer: col(table.entity_id) == viewer.key,
    tables.Webhook: _webhook,
    tables.WebhookDelivery: _delivery,
}
"""By table, what must be true of a row, or of an alias of the table. Tables that are not here hold nothing to hide:
users, teams and organizations stand as authors and owners on what is seen, and the others are parts of what is."""


def visible(table: type[Table] | Any, form: Form) -> Sequence[ColumnElement[bool]]:
    """The conditions under which a row of the table exists for the reader."""
    return () if form.sees_all else conditions(table, WHO_ASKS)


def conditions(table: type[Table] | Any, viewer: Viewer) -> Sequence[ColumnElement[bool]]:
    """The same, for one from whom something may be hidden."""
    try:
        rule = RULES.get(inspect(table).mapper.class_)
    except NoInspectionAvailable:
        # A table that is put together for one read; what it leads to is looked up, and seen or not, by itself.
        return ()
    return () if rule is None else [rule(table, viewer)]


@dataclass(frozen=True, eq=False)
class BySight:
    """A value of a row that is another one for who does not see all. `limited` makes it from who asks."""

    whole: ColumnElement[Any]
    limited: Callable[[Viewer], ColumnElement[Any]]

    @property
    def type(self) -> Any:
        """The type of both."""
        return self.whole.type

    def of(self, form: Form) -> ColumnElement[Any]:
        """The expression that stands in a statement."""
        return self.whole if form.sees_all else self.limited(WHO_ASKS)
