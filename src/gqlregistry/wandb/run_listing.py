"""The runs of a project: what they may be filtered and sorted by."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Float, Text, case, cast, func, literal
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, select

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.registry.names import quoted
from gqlregistry.store.tables import Entity, Run
from gqlregistry.wandb.conditions import AnyOf, Condition, Document, Field, Test, Value, conditions
from gqlregistry.wandb.paging import Listing

LOWEST = -1.7e308
"""What a run is sorted as that lacks a number, or has something else there."""


@dataclass(frozen=True, slots=True)
class Values:
    """A JSON object as the client names what is in it: with the `.value` that it wraps each value by, or without."""

    document: Document

    def __call__(self, test: Test, path: str) -> Condition:
        return self.document(test, path.removesuffix(".value"))


def runs(session: Session, project: int, filters: str | None, order: str | None) -> Listing:
    """The runs of a project, the oldest first unless an order is asked for."""
    dialect = session.get_bind().dialect.name
    where = [
        col(Run.project_id) == project,
        col(Run.deleted_at).is_(None),
        *conditions(filters, _fields(dialect)),
    ]
    return Listing(Run, select(Run.id), col(Run.id), where, _sorts(dialect, order or ""))


def _fields(dialect: str) -> dict[str, Field]:
    author = select(Entity.name).where(Entity.id == Run.created_by_id).correlate(Run).scalar_subquery()
    fields: dict[str, Field] = {
        "name": Value(col(Run.name)),
        "display_name": Value(col(Run.display_name)),
        "state": Value(func.lower(cast(Run.state, Text)), _lower),
        "group": Value(col(Run.group)),
        "job_type": Value(col(Run.job_type)),
        "notes": Value(col(Run.notes)),
        "username": Value(author),
        "tags": _tags(dialect),
        "config": Values(Document(col(Run.config), dialect)),
        "summary_metrics": Values(Document(col(Run.summary), dialect)),
        "created_at": Value(col(Run.created_at)),
        "heartbeat_at": Value(col(Run.heartbeat_at)),
        "updated_at": Value(col(Run.heartbeat_at)),
    }
    shorthand = {"summary": "summary_metrics", "user": "username"}
    camel = {_camel(name): field for name, field in fields.items()}
    return fields | camel | {short: fields[name] for short, name in shorthand.items()}


def _tags(dialect: str) -> AnyOf:
    if dialect == "postgresql":
        listed = func.jsonb_array_elements_text(cast(Run.tags, JSONB)).table_valued("value", name="label")
    else:
        listed = func.json_each(Run.tags).table_valued("value", name="label")
    value = cast(listed.c.value, Text)
    return AnyOf(value, lambda test: select(literal(1)).select_from(listed).where(test).correlate(Run).exists())


def _sorts(dialect: str, order: str) -> dict[str, ColumnElement[Any]]:
    plain: dict[str, ColumnElement[Any]] = {
        "created_at": col(Run.created_at),
        "name": col(Run.name),
        "display_name": col(Run.display_name),
        "state": cast(Run.state, Text),
        "heartbeat_at": func.coalesce(Run.heartbeat_at, Run.created_at),
    }
    sorts = plain | {_camel(name): column for name, column in plain.items()}
    name = order.lstrip("+-")
    head, dot, path = name.partition(".")
    documents = {"config": Run.config, "summary_metrics": Run.summary, "summary": Run.summary}
    if dot and head in documents:
        sorts[name] = _number(Document(col(documents[head]), dialect), path.removesuffix(".value"), dialect)
    return sorts


def _number(document: Document, path: str, dialect: str) -> ColumnElement[Any]:
    """The number that is at a path of a document."""
    value = document.at(path)
    if dialect == "postgresql":
        return case((func.jsonb_typeof(value) == "number", cast(cast(value, Text), Float)), else_=LOWEST)
    return case((func.typeof(value).in_(("integer", "real")), cast(value, Float)), else_=LOWEST)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def _lower(value: Any) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{quoted(str(value))} is not where a run stands", "filters")
    return value.lower()
