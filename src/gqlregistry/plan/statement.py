"""SQL for a read: built with SQLAlchemy once, kept as text, run on the bare driver.

Values travel in the form that the API prints (times as text, JSON as text), so that rows need no processing.
A list of keys is one parameter, whatever its length: `json_each(?)` on SQLite, `unnest($1)` on PostgreSQL.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    Dialect,
    FromClause,
    Integer,
    Select,
    Text,
    bindparam,
    func,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import Join

from gqlregistry.store.tables.base import Instant

T = TypeVar("T")
Row: TypeAlias = Sequence[Any]
Reading: TypeAlias = Generator["Query | Aside", list[Row], T]
"""A read that does no I/O of its own: it yields queries, is sent their rows, and returns its answer."""

DIALECTS: dict[str, Dialect] = {
    "sqlite": sqlite.dialect(paramstyle="qmark"),
    "postgresql": asyncpg.dialect(),  # type: ignore[no-untyped-call]
}


KEYS = "keys"
"""The parameter that holds the keys of the owners whose rows a statement reads; the last column says which."""

VIEWER = "viewer"
"""The parameter that holds the key of who asks, in statements for one from whom something may be hidden."""


class Form(NamedTuple):
    """What of a request is in the text of its statements: for which database, and for one who sees all or not."""

    dialect: str
    sees_all: bool


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """SQL text of one dialect. `names` are its parameters in order; `constants` the values that never change.

    A row has `width` columns.
    """

    text: str
    names: tuple[str, ...]
    constants: Mapping[str, Any]
    width: int

    def query(self, ahead: "Callable[[], Sequence[Ahead]] | None" = None, **values: Any) -> "Query":
        """This statement with its parameters, and what will be asked of its rows."""
        return Query(self, values, ahead)


@dataclass(slots=True, eq=False)
class Query:
    """A statement to run."""

    statement: Statement
    values: Mapping[str, Any]
    ahead: "Callable[[], Sequence[Ahead]] | None" = None

    @property
    def text(self) -> str:
        """The statement's text."""
        return self.statement.text

    @property
    def parameters(self) -> list[Any]:
        """The parameters in the order of the text."""
        values, constants = self.values, self.statement.constants
        if len(values) == 1 == len(self.statement.names):
            return list(values.values())
        return [values[name] if name in values else constants[name] for name in self.statement.names]


@dataclass(frozen=True, slots=True)
class Aside:
    """Long work between two queries."""

    work: Callable[[], Any]


def aside(work: Callable[[], T]) -> Reading[T]:
    """What some long work makes. Nobody else waits for it: it is done in a thread, wherever the reading runs."""
    return cast("T", (yield Aside(work)))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A query that will follow from another's rows: they hold its keys at `slot`. It has `size` rows a key at most."""

    statement: Statement
    values: Mapping[str, Any]
    slot: int
    size: int
    ahead: "Callable[[], Sequence[Ahead]]"


def compiled(select: Select[Any], dialect: str) -> Statement:
    """The text of a select for `sqlite` or `postgresql`."""
    result = select.compile(dialect=DIALECTS[dialect], compile_kwargs={"render_postcompile": True})
    names = tuple(getattr(result, "positiontup", None) or ())
    return Statement(str(result), names, dict(result.params), len(select.selected_columns))


def keys_table(dialect: str, name: str = KEYS, text: bool = False) -> FromClause:
    """A table of the keys in parameter `name`, its one column called `value`."""
    if dialect == "sqlite":
        return func.json_each(parameter(name, Text())).table_valued("value", name="value")
    array = ARRAY(Text() if text else BigInteger())
    return func.unnest(parameter(name, array)).table_valued("value", name="value").render_derived()


class KeysFirst(Join):
    """A join that must read its left side first: SQLite's planner obeys CROSS JOIN."""

    inherit_cache = True


@compiles(KeysFirst, "sqlite")
def _cross_join(join: KeysFirst, compiler: SQLCompiler, **kwargs: Any) -> str:
    text: str = compiler.visit_join(join, **kwargs)  # type: ignore[no-untyped-call]
    return text.replace(" JOIN ", " CROSS JOIN ", 1)


def parameter(name: str, type_: Any) -> BindParameter[Any]:
    """A value that is known when the statement runs."""
    return bindparam(name, type_=type_, required=False)


def limit_parameter(name: str = "limit") -> BindParameter[Any]:
    """A parameter that says how many rows."""
    return parameter(name, Integer())


def printed(expression: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    """The expression in the form that the API prints."""
    if isinstance(expression.type, Instant) and dialect == "postgresql":
        return func.to_char(func.timezone("UTC", expression), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    return expression


class Memory(dict[Any, Statement]):
    """Statements by what tells them apart. Bounded: clients choose the combinations of filters."""

    LIMIT = 256

    def __setitem__(self, key: Any, statement: Statement) -> None:
        if len(self) >= self.LIMIT:
            self.clear()
        super().__setitem__(key, statement)

    def built(self, key: Any, dialect: str, build: Callable[[], Select[Any]]) -> Statement:
        """The statement of a key, built the first time."""
        statement = self.get(key)
        if statement is None:
            statement = self[key] = compiled(build(), dialect)
        return statement
