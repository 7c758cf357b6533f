"""What stood at a moment, as conditions on rows, told by the log: the state after all events up to then.

The events of a collection are in order of time as well as of id (`events.record`), so that each question is a look-up
in an index, however much has happened before or since. The moment is the parameter `AS_OF`. A moment that has not come
yet is as now: nothing has happened after it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, case, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from gqlregistry.store.tables import ActionEvent, EventKind, Membership
from gqlregistry.store.tables.base import Instant

AS_OF = "as_of"
MOVES = (EventKind.ALIAS_ADDED, EventKind.ALIAS_REMOVED)


def moment() -> Any:
    """The time that is asked about."""
    return bindparam(AS_OF, type_=Instant(), required=False)


def stood(member: Any = Membership, collection: ColumnElement[int] | None = None) -> Sequence[ColumnElement[bool]]:
    """That a membership stood. `collection` is where the key of its collection stands, if not only in its own row."""
    event: Any = aliased(ActionEvent)
    home: Any = col(member.collection_id) if collection is None else collection
    # Numbers are given in order: those up to the last one given by then.
    newest = _newest(event, col(event.version_index), home, EventKind.VERSION_ADDED)
    removal: Any = aliased(ActionEvent)
    removed = (
        select(col(removal.kind))
        .where(
            col(removal.artifact_id) == member.artifact_id,
            # Not by the indexes of the collection, which may have many more removals than the version has events.
            col(removal.collection_id) + 0 == member.collection_id,
            col(removal.version_index) == member.version_index,
            col(removal.created_at) <= moment(),
        )
        .correlate(member)
    )
    still = or_(
        col(member.removed_at).is_(None),
        col(member.removed_at) > moment(),
        literal(EventKind.VERSION_REMOVED.value).not_in(removed),
    )
    return [col(member.version_index) <= newest, still]


def pointed(collection: ColumnElement[int], name: ColumnElement[str], *tables: Any) -> ScalarSelect[Any]:
    """The number of the version that an alias of a collection pointed at; null if it was not set.

    `tables` are those in which the collection's key and the name stand.
    """
    event: Any = aliased(ActionEvent)
    pointing = case((col(event.kind) == EventKind.ALIAS_ADDED, col(event.version_index)))
    return _last_move(event, pointing, collection, name).correlate(*tables).scalar_subquery()


def last_move(collection: ColumnElement[int], name: ColumnElement[str], *tables: Any) -> ScalarSelect[Any]:
    """The id of the last event by which an alias of a collection was set or removed."""
    event: Any = aliased(ActionEvent)
    return _last_move(event, col(event.id), collection, name).correlate(*tables).scalar_subquery()


def _last_move(event: Any, answer: Any, collection: Any, name: ColumnElement[str]) -> Select[Any]:
    moves: list[Any] = []
    for kind in MOVES:
        earlier: Any = aliased(ActionEvent)
        newest = _newest(earlier, col(earlier.id), collection, kind)
        moves.append(select(newest.label("id")))
    # Without a bound all moves since would be read, back to the moment.
    bound = select(func.max(union_all(*moves).subquery().c.id)).correlate(collection.table).scalar_subquery()
    return (
        select(answer)
        .where(
            col(event.collection_id) == collection,
            col(event.alias) == name,
            col(event.kind).in_(MOVES),
            col(event.id) <= bound,
        )
        .order_by(col(event.id).desc())
        .limit(1)
    )


def _newest(event: Any, answer: Any, collection: Any, kind: EventKind) -> ScalarSelect[Any]:
    """Something of the newest event of a kind in a collection."""
    return (
        select(answer)
        .where(col(event.collection_id) == collection, col(event.kind) == kind, col(event.created_at) <= moment())
        .order_by(col(event.created_at).desc(), col(event.id).desc())
        .limit(1)
        .correlate(collection.table)
        .scalar_subquery()
    )
