"""An object type of the schema as its readers see it, and its objects in the ordinary executor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pkgutil import resolve_name
from typing import Any, ClassVar, TypeAlias

from strawberry.types import get_object_definition

from gqlregistry.plan.reader import Need, Reader, ReaderField, Request
from gqlregistry.plan.statement import Ahead, Memory, Reading, Row
from gqlregistry.store.tables import Table


class Record:
    """Base of the schema's types: an object is a row, and knows where its readers' needs stand in it.

    Types whose rows come from a table name it as `table`; the others wrap a plain object.
    """

    table: ClassVar[type[Table] | None] = None
    _row: Any
    _slots: Mapping[Reader, Sequence[int]] | None

    @classmethod
    def of_row(cls, row: Row, slots: Mapping[Reader, Sequence[int]]) -> Any:
        """An object whose readers find their needs in `row` at `slots`."""
        record = cls()
        record._row, record._slots = row, slots
        return record

    @classmethod
    def of_object(cls, value: Any) -> Any:
        """An object whose readers find their needs in the attributes of `value`."""
        record = cls()
        record._row, record._slots = value, None
        return record

    def values(self, reader: Reader) -> Row:
        """What a reader of this type needs."""
        if self._slots is None:
            return [_attribute(self._row, str(need)) for need in reader.needs]
        return [self._row[slot] for slot in self._slots[reader]]


def _attribute(value: Any, path: str) -> Any:
    """An attribute, or with dots an attribute's attribute; None behind a None."""
    for name in path.split("."):
        value = None if value is None else getattr(value, name)
    return value


Target: TypeAlias = "type[Any] | str"
"""A type of the schema, or `module:Name` where modules refer to each other."""


CURSOR = "cursor"
"""What an edge needs for its cursor: not in its table, a connection puts it at the end of the row."""


class Shape:
    """The readers of one type of the schema."""

    def __init__(self, type_: type[Record]) -> None:
        self.type = type_
        self.table = type_.table

    @cached_property
    def readers(self) -> dict[str, Reader]:
        """By the field's Python name. Fields that are not declared with a reader are not here."""
        definition = get_object_definition(self.type, strict=True)
        return {field.python_name: field.reader for field in definition.fields if isinstance(field, ReaderField)}

    @cached_property
    def everything(self) -> Everything:
        """The selection of the ordinary executor."""
        return Everything(self)


@cache
def _shape(type_: Any) -> Shape:
    return Shape(type_)


def shape_of(target: Target) -> Shape:
    """The shape of a type."""
    type_: Any = resolve_name(target) if isinstance(target, str) else target
    return _shape(type_)


class Columns:
    """Collects what rows must hold; the same need is held once."""

    def __init__(self) -> None:
        self.needs: list[Need] = []
        self._slots: dict[Any, int] = {}

    def slot(self, need: Need) -> int:
        """Where the need stands in a row."""
        if isinstance(need, str) and need == CURSOR:
            return -1
        key = need if isinstance(need, str) else id(need)
        if key not in self._slots:
            self._slots[key] = len(self.needs)
            self.needs.append(need)
        return self._slots[key]


class Everything:
    """All that the readers of a type need: one row then serves whichever field the executor asks next."""

    def __init__(self, shape: Shape) -> None:
        columns = Columns()
        self.shape = shape
        self.slots = {
            reader: [columns.slot(need) for need in reader.needs] for reader in shape.readers.values() if reader.needs
        }
        self.needs = columns.needs
        self.memory = Memory()

    def build(self, request: Request, rows: Sequence[Row]) -> Reading[list[Any]]:
        """Records of the rows."""
        yield from ()
        request.count(rows)
        of_row, slots = self.shape.type.of_row, self.slots
        return [of_row(row, slots) for row in rows]

    def ahead(self, request: Request) -> Sequence[Ahead]:
        """Nothing is known: the executor asks field by field."""
        return ()
