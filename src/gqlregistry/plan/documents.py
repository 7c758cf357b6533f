"""What is remembered of documents: that they are valid, what they cost, their plans.

All of it is bounded, since documents, and what variables decide in them, are the client's choice.
"""

from collections import OrderedDict
from time import monotonic
from typing import Any, cast

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, OperationDefinitionNode, get_operation_ast

from gqlregistry.errors import BadInput
from gqlregistry.plan.compiler import Compiler
from gqlregistry.plan.cost import Cost, Pricer
from gqlregistry.plan.introspection import Introspection, is_introspection
from gqlregistry.plan.reader import ReaderField
from gqlregistry.plan.selection import Arguments, NotPlanned, ObjectSelection

MAX_DOCUMENTS = 512
MAX_VARIANTS = 64
IDLE_SECONDS = 300.0
"""For how long a document is remembered that nobody sends."""
FORGOTTEN_AT_ONCE = 4
UNKNOWN = object()
MAX_LENGTH = 32_768
"""Characters of a document that is remembered. A longer one is parsed and validated each time."""
SHORT_LENGTH = 1024
"""Characters of a document that is remembered at once. A longer one is when it comes again: most that are made by a
program, and are never the same, take no memory."""
MAX_HEARD = 4096
MAX_TOTAL = 2**19
"""Characters of all that are remembered: what is known of a document takes up to a hundred times its text in memory."""


class Operation:
    """An operation of a valid document."""

    def __init__(self, schema: Any, document: DocumentNode, node: OperationDefinitionNode) -> None:
        self.node = node
        self._schema = schema
        self._fragments = {
            part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)
        }
        self._sized_by: tuple[str, ...] | None = None
        self._costs: dict[Any, Cost] = {}
        self._decided_by: tuple[str, ...] | None = None
        self._plans: dict[Any, Any] = {}
        self.is_introspection = is_introspection(node)

    @property
    def is_priced(self) -> bool:
        """Whether its cost was found before, for some variables: the first time is long for a long document."""
        return self._sized_by is not None

    @property
    def is_compiled(self) -> bool:
        """Whether it was found before whether there is a plan."""
        return self._decided_by is not None

    def cost(self, variables: dict[str, Any]) -> Cost:
        """What it costs with these variables as they were sent. Raises `TooComplex` when it is nested too deeply."""
        if self._sized_by is not None:
            known = self._costs.get(tuple(_sizing(variables.get(name)) for name in self._sized_by))
            if known is not None:
                return known
        pricer = Pricer(self._schema._schema, self._fragments, variables)
        cost = pricer.price(self.node)
        self._sized_by = tuple(sorted(pricer.sized_by))
        if len(self._costs) >= MAX_VARIANTS:
            self._costs.clear()
        self._costs[tuple(_sizing(variables.get(name)) for name in self._sized_by)] = cost
        return cost

    def plan(self, variables: Any) -> ObjectSelection | None:
        """The plan for what these coerced variables decide; None if it has none."""
        if self._decided_by is not None:
            decisions = tuple(variables.coerced.get(name) for name in self._decided_by)
            known = self._plans.get(decisions, UNKNOWN)
            if known is not UNKNOWN:
                return cast("ObjectSelection | None", known)
        compiler = Compiler(self._schema, self._fragments, variables)
        plan: ObjectSelection | None
        try:
            plan = compiler.operation(self.node)
        except NotPlanned:
            plan = None
        # Another decision may reach directives that the ones before did not.
        names = tuple(sorted(compiler.decided_by.union(self._decided_by or ())))
        if names != self._decided_by or len(self._plans) >= MAX_VARIANTS:
            self._plans.clear()
            self._decided_by = names
        self._plans[tuple(variables.coerced.get(name) for name in names)] = plan
        return plan

    def source(self, variables: Any) -> tuple[FieldNode, ReaderField, Arguments]:
        """Of a subscription, the one field, its declaration, and its arguments. Raises `BadInput` if it is skipped."""
        try:
            return Compiler(self._schema, self._fragments, variables).source(self.node)
        except (NotPlanned, ValueError):
            raise BadInput("a subscription has one field, which is not skipped") from None


def _sizing(value: Any) -> Any:
    """What of a variable's value a cost depends on: a number, the length of a list."""
    return len(value) if isinstance(value, list) else value if isinstance(value, int) else None


class Document:
    """A document that was found valid."""

    def __init__(self, schema: Any, node: DocumentNode) -> None:
        self.node = node
        self._schema = schema
        self._operations: dict[str | None, Operation | None] = {}
        self.is_long = True
        """Whether it was long to answer the last time; who knows, the first time."""

    def operation(self, name: str | None) -> Operation | None:
        """One of its operations; without a name its only one. None if there is none, or no telling which."""
        if name not in self._operations:
            node = get_operation_ast(self.node, name)
            found = None if node is None else Operation(self._schema, self.node, node)
            if found is None:
                return None
            self._operations[name] = found
        return self._operations[name]


class Documents:
    """The documents that were sent last, by text. `compiled=False` leaves all of them to the ordinary executor."""

    def __init__(self, limit: int = MAX_DOCUMENTS, compiled: bool = True, total: int = MAX_TOTAL) -> None:
        self.compiled = compiled
        self.introspection = Introspection()
        self._limit, self._total = limit, total
        self._length = 0
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._sent_at: dict[str, float] = {}
        self._heard: OrderedDict[int, None] = OrderedDict()

    def find(self, text: str) -> Document | None:
        """A document that was sent before, and was valid."""
        found = self._known.get(text)
        if found is not None:
            self._known.move_to_end(text)
            self._sent_at[text] = monotonic()
        self._forget_idle()
        return found

    def add(self, text: str, document: Document) -> Document:
        """Remember a valid document; one that is long when it comes again, one that is very long never."""
        if len(text) > MAX_LENGTH or (len(text) > SHORT_LENGTH and not self.hear(text)):
            return document
        if text not in self._known:
            self._length += len(text)
        self._known[text] = document
        self._known.move_to_end(text)
        self._sent_at[text] = monotonic()
        while len(self._known) > self._limit or self._length > self._total:
            self._forget_oldest()
        return document

    def is_passing(self, text: str) -> bool:
        """Whether a document that is not known is long, and never came before."""
        return len(text) > SHORT_LENGTH and hash(text) not in self._heard

    def hear(self, text: str) -> bool:
        """Whether a long document comes again, each second time that it does."""
        mark = hash(text)
        if mark in self._heard:
            del self._heard[mark]
            return True
        self._heard[mark] = None
        if len(self._heard) > MAX_HEARD:
            self._heard.popitem(last=False)
        return False

    def _forget_idle(self) -> None:
        # Each is many objects: to let go of all that an attack has left would keep others waiting.
        for _ in range(FORGOTTEN_AT_ONCE):
            oldest = next(iter(self._known), None)
            if oldest is None or self._sent_at[oldest] > monotonic() - IDLE_SECONDS:
                return
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        oldest, _ = self._known.popitem(last=False)
        del self._sent_at[oldest]
        self._length -= len(oldest)
