"""What a version reached: its types, its nodes, and what the runs asked for that used it or what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, func, select

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.lineage import Kind, Node, is_seen
from gqlregistry.plan.reach import Reach
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import Form, KeysFirst, Memory, Reading, keys_table, limit_parameter, parameter, printed
from gqlregistry.schema.expressions import collection_type
from gqlregistry.store import tables
from gqlregistry.store.tables import RunInput

MAX_LISTED = 1000
_statements = Memory()


@dataclass(frozen=True, slots=True)
class Reached:
    """A node, and how far it is."""

    node: Node
    distance: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many nodes there are of a type."""

    kind: str
    type: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Used:
    """A run used a version."""

    run_id: int
    artifact_id: int
    requested_as: str | None
    inferred: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class Asked:
    """How often versions were asked for in one way."""

    requested_as: str | None
    count: int


def check_first(first: int) -> None:
    """Raises `BadInput` for a list that is too long."""
    if not 1 <= first <= MAX_LISTED:
        raise BadInput(f"first must be from 1 to {MAX_LISTED:,}, not {first}", "first")


def counts(request: Request, keys: Sequence[Reach]) -> Reading[Mapping[Reach, list[Count]]]:
    """How many nodes there are, runs by job type and versions by type, the most frequent first."""
    dialect = request.dialect
    found: dict[Reach, list[Count]] = {each: [] for each in keys}
    for kind in Kind:
        statement = _statements.built((dialect, kind), dialect, partial(_by_type, dialect, kind))
        for each in keys:
            rows = yield statement.query(keys=[node.key for node in each.others if node.kind is kind])
            found[each] += [Count(kind.value, *row) for row in rows]
    return found


def _by_type(dialect: str, kind: Kind) -> Select[Any]:
    run, artifact, keys, number = tables.Run, tables.Artifact, keys_table(dialect), func.count()
    types: dict[Kind, tuple[Any, ColumnElement[Any]]] = {
        Kind.RUN: (run, col(run.job_type)),
        Kind.ARTIFACT: (artifact, collection_type(col(artifact.collection_id))),
    }
    table, type_ = types[kind]
    rows_of = KeysFirst(keys, table.__table__, col(table.id) == keys.c.value)
    typed = select(type_.label("type")).select_from(rows_of).subquery()
    return select(typed.c.type, number).group_by(typed.c.type).order_by(number.desc(), typed.c.type)


def closest(request: Request, keys: Sequence[Reach], first: int) -> Reading[Mapping[Reach, list[Reached]]]:
    """The closest nodes."""
    yield from ()
    check_first(first)
    found = {each: [Reached(node, each.distances[node]) for node in each.others[:first]] for each in keys}
    for nodes in found.values():
        request.count(nodes)
    return found


def uses(
    request: Request, keys: Sequence[Reach], first: int, requested_as: str | None = None
) -> Reading[Mapping[Reach, list[Used]]]:
    """The newest uses of the versions."""
    check_first(first)
    named = requested_as is not None
    statement = _statements.built((request.form, "uses", named), request.dialect, lambda: _uses(request.form, named))
    values = {"limit": first, "requested_as": requested_as, **request.seeing}
    found = {}
    for each in keys:
        rows = yield statement.query(keys=each.keys(Kind.ARTIFACT), **values)
        request.count(rows)
        found[each] = [Used(run, version, asked, bool(inferred), at) for run, version, asked, inferred, at in rows]
    return found


def _uses(form: Form, named: bool) -> Select[Any]:
    edge = RunInput
    columns = [edge.run_id, edge.artifact_id, edge.requested_as, edge.requested_as_inferred, edge.created_at]
    wanted = is_seen(form, Kind.RUN, col(edge.run_id))
    if named:
        wanted.append(col(edge.requested_as) == parameter("requested_as", Text()))
    return (
        select(*(printed(col(each), form.dialect) for each in columns))
        .select_from(_edges(form.dialect))
        .where(*wanted)
        .order_by(col(edge.created_at).desc(), col(edge.run_id).desc(), col(edge.artifact_id).desc())
        .limit(limit_parameter())
    )


def requested(request: Request, keys: Sequence[Reach]) -> Reading[Mapping[Reach, list[Asked]]]:
    """How the versions were asked for, the most frequent way first."""
    statement = _statements.built((request.form, "requested"), request.dialect, lambda: _requested(request.form))
    found = {}
    for each in keys:
        rows = yield statement.query(keys=each.keys(Kind.ARTIFACT), limit=MAX_LISTED, **request.seeing)
        found[each] = [Asked(*row) for row in rows]
    return found


def _requested(form: Form) -> Select[Any]:
    asked, number = col(RunInput.requested_as), func.count()
    return (
        select(asked, number)
        .select_from(_edges(form.dialect))
        .where(*is_seen(form, Kind.RUN, col(RunInput.run_id)))
        .group_by(asked)
        .order_by(number.desc(), asked)
        .limit(limit_parameter())
    )


def _edges(dialect: str) -> KeysFirst:
    table: Any = RunInput
    keys = keys_table(dialect)
    return KeysFirst(keys, table.__table__, col(RunInput.artifact_id) == keys.c.value)
