"""How a field of the schema gets its value. Said once, on the field; the plan and the ordinary resolver both use it.

A reader states what it `needs` of its owner's row (SQL expressions over the owner's table, or attributes of a plain
object) and how values come from that. Reading is sans I/O (`statement.Reading`): the same code serves a whole level
of a compiled plan and one batch of the ordinary executor.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from sqlalchemy import ColumnElement
from strawberry.types.field import StrawberryField

from gqlregistry.auth import Principal
from gqlregistry.errors import TooComplex
from gqlregistry.plan.statement import VIEWER, Ahead, Form, Memory, Reading, Row

if TYPE_CHECKING:
    from gqlregistry.plan.visibility import BySight

Need: TypeAlias = "ColumnElement[Any] | BySight | str"
READER = "gqlregistry.reader"
"""Where a field's metadata holds its reader."""


@dataclass(slots=True)
class Request:
    """Who reads, from which kind of database, and how much may be answered."""

    dialect: str
    principal: Principal
    max_page_size: int = 100
    max_query_cost: int = 500_000
    node_budget: int = 100_000
    nodes_read: int = 0
    planned: bool = False
    """Whether a plan answered."""
    services: Mapping[str, Any] = field(default_factory=dict)
    form: Form = field(init=False)
    seeing: Mapping[str, Any] = field(init=False)
    """What the statements take besides their own values: who asks, unless that sees all."""

    def __post_init__(self) -> None:
        self.form = Form(self.dialect, self.principal.sees_all)
        self.seeing = {} if self.form.sees_all else {VIEWER: self.principal.user_id}

    def count(self, rows: Sequence[Any]) -> None:
        """Count objects against the budget. Raises `TooComplex` when it is used up."""
        self.nodes_read += len(rows)
        if self.nodes_read > self.node_budget:
            raise TooComplex(f"the answer holds more than {self.node_budget} objects: ask for smaller pages")


class Selection(Protocol):
    """What is wanted of the objects of one type."""

    @property
    def needs(self) -> Sequence[Need]:
        """What a row holds, in order."""
        ...

    @property
    def memory(self) -> Memory:
        """Statements built for this selection, by whatever tells them apart."""
        ...

    def build(self, request: Request, rows: Sequence[Row]) -> Reading[list[Any]]:
        """One object a row."""
        ...

    def ahead(self, request: Request) -> Sequence[Ahead]:
        """The queries that are known to follow from the rows."""
        ...


class Batch(Protocol):
    """Loads single values in batches: what the ordinary executor has in place of a plan."""

    def load(self, reader: Reader, arguments: Mapping[str, Any], key: Any) -> Any:
        """An awaitable of what `reader.read` answers for this key."""
        ...


class Reader:
    """Base of all readers."""

    needs: Sequence[Need] = ()

    def resolve(self, values: Row, batch: Batch, arguments: Mapping[str, Any]) -> Any:
        """The value for one owner whose row holds `values`; may be awaitable. The ordinary executor's way."""
        key = values[0] if len(values) == 1 else tuple(values)
        return None if key is None else batch.load(self, arguments, key)

    def prepare(self, request: Request, arguments: Mapping[str, Any]) -> Any:
        """What `read` takes for the arguments of a field: all that can be known before there are keys."""
        return arguments

    def read(self, request: Request, keys: Sequence[Any], prepared: Any, selection: Any) -> Reading[Mapping[Any, Any]]:
        """The values for distinct keys, by key. A key is what the owner's row holds; a tuple where that is several.

        `prepared` is what `prepare` made of the arguments. `selection` says how objects are built; with None a
        reader answers what its `resolve` goes on with.
        """
        raise NotImplementedError

    def ahead(self, request: Request, slot: int, prepared: Any, selection: Any) -> Sequence[Ahead]:
        """What `read` is going to ask for the keys that rows hold at `slot`, as far as it is known without them."""
        return ()


@dataclass(frozen=True, slots=True)
class Later:
    """What becomes of a value that is still to be loaded. Unlike a coroutine it may be dropped without being awaited,
    as the executor does when a sibling fails."""

    loaded: Any
    then: Callable[[Any], Any]

    def __await__(self) -> Generator[Any, Any, Any]:
        value = self.then((yield from self.loaded.__await__()))
        if hasattr(value, "__await__"):
            value = yield from value.__await__()
        return value


class ReaderField(StrawberryField):
    """A Strawberry field whose value comes from a reader."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.init = self.repr = self.compare = False

    @property
    def reader(self) -> Reader:
        """How this field gets its value."""
        found: Reader = self.metadata[READER]
        return found

    @property
    def is_basic_field(self) -> bool:
        """Never: a reader needs the request."""
        return False

    def get_result(self, source: Any, info: Any, args: list[Any], kwargs: Any) -> Any:
        """What the ordinary executor asks for."""
        reader = self.reader
        return reader.resolve(source.values(reader) if reader.needs else (), info.context.batch, kwargs)
