"""The parts of a plan. Each answers a whole column of a level: one value for each row, in order."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any, Protocol

from gqlregistry.plan.connection import Many
from gqlregistry.plan.driver import Course
from gqlregistry.plan.page import Pages
from gqlregistry.plan.reader import Need, Reader, Request
from gqlregistry.plan.readers import Refs, read_by_key
from gqlregistry.plan.shape import Columns, shape_of
from gqlregistry.plan.statement import Ahead, Memory, Reading, Row


class NotPlanned(Exception):
    """The plan can't answer this; the ordinary executor can."""


@dataclass(slots=True)
class Run:
    """A plan being run: its request, and the values of the operation's variables."""

    request: Request
    variables: Any


@dataclass(slots=True)
class Arguments:
    """The arguments of a field: from the variables, or written in the document and read once."""

    evaluate: Callable[[Any], Mapping[str, Any]]
    constant: bool
    prepared: Any = None

    def prepare(self, reader: Reader, run: "Run") -> Any:
        """What the reader makes of them. Raises `BadInput`."""
        if not self.constant:
            return reader.prepare(run.request, self.evaluate(run.variables))
        if self.prepared is None:
            self.prepared = reader.prepare(run.request, self.evaluate(run.variables))
        return self.prepared


NO_ARGUMENTS = Arguments(lambda variables: {}, constant=True, prepared={})


class FieldPlan(Protocol):
    """How one field of a selection is answered."""

    def values(self, run: Run, rows: Sequence[Row]) -> Reading[Sequence[Any]]:
        """One value for each row."""
        ...

    def ahead(self, run: Run) -> Sequence[Ahead]:
        """The queries that are known to follow from the rows."""
        ...


class Unforeseen:
    """A field whose queries, if it has any, are known only when the rows are there."""

    def ahead(self, run: Run) -> Sequence[Ahead]:
        return ()


@dataclass(slots=True)
class ObjectSelection:
    """The fields wanted of the objects of one type, under their response names."""

    names: list[str] = field(default_factory=list)
    fields: list[FieldPlan] = field(default_factory=list)
    columns: Columns = field(default_factory=Columns)
    memory: Memory = field(default_factory=Memory)
    assemble: Callable[[Sequence[Row], Sequence[Sequence[Any]]], list[Any]] | None = None
    course: Course = field(default_factory=Course)

    @property
    def needs(self) -> Sequence[Need]:
        """What a row holds, in order."""
        return self.columns.needs

    def objects(self, run: Run, rows: Sequence[Row]) -> Reading[list[Any]]:
        """One dict for each row."""
        run.request.count(rows)
        if not rows:
            return []
        columns = []
        for plan in self.fields:
            if not isinstance(plan, ValuePlan | TypenamePlan):
                columns.append((yield from plan.values(run, rows)))
        if self.assemble is None:
            self.assemble = assembler(self.names, self.fields)
        return self.assemble(rows, columns)

    def ahead(self, run: Run) -> Sequence[Ahead]:
        """The queries that are known to follow from the rows."""
        return [ahead for plan in self.fields for ahead in plan.ahead(run)]

    def rows_of(self, objects: Sequence[Any]) -> list[Row]:
        """The rows of plain objects, whose needs are attributes."""
        if not self.needs:
            return [()] * len(objects)
        getter = attrgetter(*[str(need) for need in self.needs])
        return [getter(item) for item in objects] if len(self.needs) > 1 else [(getter(item),) for item in objects]


@dataclass(slots=True)
class Bound:
    """A selection in a run: what readers build with."""

    run: Run
    selection: ObjectSelection

    @property
    def needs(self) -> Sequence[Need]:
        return self.selection.needs

    @property
    def memory(self) -> Memory:
        return self.selection.memory

    def build(self, request: Request, rows: Sequence[Row]) -> Reading[list[Any]]:
        return (yield from self.selection.objects(self.run, rows))

    def ahead(self, request: Request) -> Sequence[Ahead]:
        return self.selection.ahead(self.run)


@dataclass(slots=True)
class ValuePlan(Unforeseen):
    """A value that stands in the row."""

    slot: int
    convert: Callable[[Any], Any] | None

    def values(self, run: Run, rows: Sequence[Row]) -> Reading[Sequence[Any]]:
        yield from ()
        found = list(map(itemgetter(self.slot), rows))
        return found if self.convert is None else list(map(self.convert, found))


@dataclass(slots=True)
class TypenamePlan(Unforeseen):
    """`__typename`."""

    name: str

    def values(self, run: Run, rows: Sequence[Row]) -> Reading[Sequence[Any]]:
        yield from ()
        return [self.name] * len(rows)


@dataclass(slots=True)
class ItselfPlan:
    """An object that stands in the same row."""

    selection: ObjectSelection

    def values(self, run: Run, rows: Sequence[Row]) -> Reading[Sequence[Any]]:
        return (yield from self.selection.objects(run, rows))

    def ahead(self, run: Run) -> Sequence[Ahead]:
        return self.selection.ahead(run)


@dataclass(slots=True)
class ReaderPlan:
    """What a reader reads for the rows' distinct keys."""

    reader: Reader
    slots: Sequence[int]
    arguments: Arguments
    selection: Any = None
    required: bool = False
    key_of: Callable[[Row], Any] = field(init=False)

    def __post_init__(self) -> None:
        self.key_of = itemgetter(*self.slots) if self.slots else lambda row: ()

    def values(self, run: Run, rows: Sequence[Row]) -> Reading[Sequence[Any]]:
        keys = list(map(self.key_of, rows))
        distinct = [key for key in dict.fromkeys(keys) if key is not None]
        if not distinct:
            return self._checked(keys)
        prepared = self.arguments.prepare(self.reader, run)
        found = yield from self.reader.read(run.request, distinct, prepared, self._bound(run))
        return self._checked([found.get(key) for key in keys])

    def ahead(self, run: Run) -> Sequence[Ahead]:
        if len(self.slots) != 1:
            return ()
        prepared = self.arguments.prepare(self.reader, run)
        return self.reader.ahead(run.request, self.slots[0], prepared, self._bound(run))

    def _bound(self, run: Run) -> Any:
        if isinstance(self.selection, ObjectSelection):
            return Bound(run, self.selection)
        return self.selection.bound(run) if self.selection is not None else None

    def _checked(self, values: list[Any]) -> list[Any]:
        # Which parent a null belongs to is for the executor's error handling to say.
        if self.required and None in values:
            raise NotPlanned("a value that must be there may not be seen")
        return values


@dataclass(slots=True)
class ThenPlan(Unforeseen):
    """A computed value, and what it stands for."""

    computed: ReaderPlan
    then: FieldPlan

    def values(self, run: Run, rows: Sequence[Row]) -> Reading[Sequence[Any]]:
        found = yield from self.computed.values(run, rows)
        return (yield from self.then.values(run, [(value,) for value in found]))


@dataclass(slots=True)
class EmbeddedPlan(Unforeseen):
    """Plain objects that the rows hold, one each or a list each."""

    slot: int
    many: bool
    selection: ObjectSelection

    def values(self, run: Run, rows: Sequence[Row]) -> Reading[Sequence[Any]]:
        held = [row[self.slot] for row in rows]
        flat = [item for value in held if value is not None for item in (value if self.many else [value])]
        built = iter((yield from self.selection.objects(run, self.selection.rows_of(flat))))
        if self.many:
            return [None if value is None else [next(built) for _ in value] for value in held]
        return [None if value is None else next(built) for value in held]


@dataclass(slots=True)
class RefsPlan(Unforeseen):
    """Objects of any type that references in the rows name."""

    reader: Refs
    slot: int
    selections: Mapping[type[Any], ObjectSelection]
    required: bool

    def values(self, run: Run, rows: Sequence[Row]) -> Reading[Sequence[Any]]:
        held = [row[self.slot] for row in rows]
        # What a map's edges name comes again and again: each is parsed, looked up and tested once.
        named = dict.fromkeys(itertools.chain.from_iterable(filter(None, held)) if self.reader.many else held)
        refs = {item: self.reader.ref(item) for item in named}
        by_type: dict[type[Any], dict[int, None]] = {}
        for ref in refs.values():
            if ref is not None:
                by_type.setdefault(ref.type, {})[ref.key] = None
        found: dict[type[Any], dict[int, Any]] = {}
        for type_, keys in by_type.items():
            bound = Bound(run, self.selections[type_])
            found[type_] = yield from read_by_key(shape_of(type_), run.request, list(keys), bound)
        objects = {item: found[ref.type].get(ref.key) if ref else None for item, ref in refs.items()}
        if self.required and any(item is None for item in objects.values()):
            raise NotPlanned("an object that must be there may not be seen")
        if self.reader.many:
            return [[objects[item] for item in items or ()] for items in held]
        return [objects[item] for item in held]


@dataclass(slots=True)
class PageInfoPlan:
    """The fields wanted of a page info: response names and which fact each is."""

    facts: Sequence[tuple[str, str]]

    def of(self, pages: Pages, key: Any, cursors: Sequence[str]) -> dict[str, Any]:
        """The page info of one owner's page."""
        known = {
            "has_next_page": pages.has_next(key),
            "has_previous_page": pages.has_previous(key),
            "start_cursor": cursors[0] if cursors else None,
            "end_cursor": cursors[-1] if cursors else None,
            "__typename": "PageInfo",
        }
        return {name: known[fact] for name, fact in self.facts}


@dataclass(slots=True)
class ConnectionSelection:
    """The fields wanted of a connection: edges, nodes, page info, total. All share the rows of the page."""

    reader: Many
    typename: str
    columns: Columns = field(default_factory=Columns)
    memory: Memory = field(default_factory=Memory)
    names: list[str] = field(default_factory=list)
    parts: list[tuple[str, Any]] = field(default_factory=list)
    """What each is, and its plan."""
    wants_cursors: bool = False
    """Whether a cursor is asked for anywhere."""
    wants_total: bool = False
    """Whether the number of all rows is asked for."""

    def add(self, name: str, kind: str, plan: Any) -> None:
        """Want one more field, under a response name."""
        self.names.append(name)
        self.parts.append((kind, plan))
        self.wants_cursors |= kind in ("edges", "page_info")
        self.wants_total |= kind == "total_count"

    def bound(self, run: Run) -> "BoundConnection":
        """This selection in a run."""
        return BoundConnection(run, self)


@dataclass(slots=True)
class BoundConnection:
    """A connection's selection in a run: what `Many.read` builds with."""

    run: Run
    selection: ConnectionSelection

    @property
    def needs(self) -> Sequence[Need]:
        return self.selection.columns.needs

    @property
    def memory(self) -> Memory:
        return self.selection.memory

    @property
    def total(self) -> bool:
        """Whether the number of all rows is asked for."""
        return self.selection.wants_total

    def ahead(self, request: Request) -> Sequence[Ahead]:
        """The queries that are known to follow from the rows."""
        plans = [plan for kind, plan in self.selection.parts if kind in ("edges", "nodes")]
        return [ahead for plan in plans for ahead in plan.ahead(self.run)]

    def build_pages(self, pages: Pages, totals: Mapping[Any, int]) -> Reading[Mapping[Any, Any]]:
        """One dict for each owner."""
        selection, run, rows = self.selection, self.run, pages.rows
        cursors: list[str] = []
        if selection.wants_cursors:
            cursors = pages.cursors()
            rows = [(*row, cursor) for row, cursor in zip(rows, cursors, strict=True)]
        columns: list[Sequence[Any]] = []
        for kind, plan in selection.parts:
            match kind:
                case "edges" | "nodes":
                    columns.append(list(pages.split((yield from plan.values(run, rows))).values()))
                case "page_info":
                    ends = pages.split(cursors)
                    columns.append([plan.of(pages, key, ends[key]) for key in pages.keys])
                case "total_count":
                    columns.append([totals[key] for key in pages.keys])
                case _:
                    columns.append([selection.typename] * len(pages.keys))
        return dict(zip(pages.keys, assembled(selection.names, columns, len(pages.keys)), strict=True))


def assembler(
    names: Sequence[str], fields: Sequence[FieldPlan]
) -> Callable[[Sequence[Row], Sequence[Sequence[Any]]], list[Any]]:
    """A function that makes objects of rows, and of the columns of what the rows do not hold.

    Its source is written for these fields, as dataclasses do: `[{"id": f0(r[0]), "inputs": c0} for r, c0 in …]`
    takes half the time of dicts from zipped columns, and most of the time of a large answer goes into its objects.
    """
    items: list[str] = []
    converts: dict[str, Any] = {}
    columns: list[str] = []
    for number, (name, plan) in enumerate(zip(names, fields, strict=True)):
        if isinstance(plan, ValuePlan):
            value = f"r[{plan.slot}]"
            if plan.convert is not None:
                converts[f"f{number}"] = plan.convert
                value = f"f{number}({value})"
        elif isinstance(plan, TypenamePlan):
            value = repr(plan.name)
        else:
            value = f"c{len(columns)}"
            columns.append(value)
        items.append(f"{name!r}: {value}")
    each = ", ".join(["r", *columns])
    source = f"lambda rows, columns: [{{{', '.join(items)}}} for {each} in zip(rows, *columns)]"
    if not columns:
        source = f"lambda rows, columns: [{{{', '.join(items)}}} for r in rows]"
    made: Callable[[Sequence[Row], Sequence[Sequence[Any]]], list[Any]] = eval(source, converts)
    return made


def assembled(names: Sequence[str], columns: Sequence[Sequence[Any]], count: int) -> list[dict[str, Any]]:
    """Objects from columns of their values. Everything may have been skipped: then they are empty, but there."""
    if not columns:
        return [{} for _ in range(count)]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
