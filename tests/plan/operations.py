"""Random valid operations: fragments, variables, directives, aliases, pages, filters, lineage both ways."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)


@dataclass
class Pool:
    """Values that mean something in the data that is asked about."""

    ids: dict[str, list[str]]
    names: dict[str, list[str]]
    texts: list[str]
    times: list[str]
    cursors: list[str] = field(default_factory=list)


@dataclass
class Operation:
    """A document, and the values of its variables."""

    text: str
    variables: dict[str, Any]


REFS = {"ArtifactRef": "Artifact", "RunRef": "Run", "CollectionRef": "Collection", "ProjectRef": "Project"}
REFS |= {"RegistryRef": "Registry", "EntityRef": "User"}
LIKELY = {"after": 0.06, "before": 0.03, "last": 0.15, "first": 0.9}
"""How often an argument is given; cursors mostly belong to another list."""
MAX_DEPTH = 8


class Writer:
    """Writes one operation."""

    def __init__(self, schema: GraphQLSchema, pool: Pool, random: Random) -> None:
        self.schema, self.pool, self.random = schema, pool, random
        self.variables: dict[str, tuple[str, Any]] = {}
        self.fragments: list[str] = []
        self.budget = random.randint(2, 14)

    def operation(self) -> Operation:
        """A query of some root fields."""
        assert self.schema.query_type is not None
        body = self.selections(self.schema.query_type, 0)
        declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in self.variables.items())
        head = f"query Random({declared})" if declared else "query Random"
        return Operation(
            "\n".join([f"{head} {body}", *self.fragments]), {name: value for name, (_, value) in self.variables.items()}
        )

    def selections(self, type_: Any, depth: int) -> str:
        """A selection set on a type, never empty."""
        if is_abstract_type(type_):
            parts = [self.maybe_typename(), *self.fields(type_, depth, 2)]
            for possible in self.random.sample(self.schema.get_possible_types(type_), 2):
                parts.append(f"... on {possible.name}{self.directive()} {self.selections(possible, depth + 1)}")
        else:
            parts = [self.maybe_typename(), *self.fields(type_, depth, self.random.randint(1, 5))]
            if self.random.random() < 0.12 and depth < MAX_DEPTH:
                parts.append(self.fragment(type_, depth))
            if self.random.random() < 0.08:
                inner = " ".join(self.fields(type_, depth, 2)) or "__typename"
                parts.append(f"...{self.directive()} {{ {inner} }}")
        chosen = [part for part in parts if part]
        self.random.shuffle(chosen)
        return "{ " + " ".join(chosen or ["__typename"]) + " }"

    def maybe_typename(self) -> str:
        return self.random.choice(["", "", "__typename", "kind: __typename"]) if self.random.random() < 0.4 else ""

    def fields(self, type_: Any, depth: int, count: int) -> list[str]:
        names = list(type_.fields)
        found = []
        used: dict[str, str] = {}
        for name in self.random.sample(names, min(count, len(names))):
            field_ = type_.fields[name]
            leaf = is_leaf_type(get_named_type(field_.type))
            if not leaf and (depth >= MAX_DEPTH or self.budget <= 0):
                continue
            self.budget -= 0 if leaf else 1
            arguments = self.arguments(field_)
            key = self.random.choice([name, f"a{depth}_{len(used)}"]) if self.random.random() < 0.3 else name
            inner = "" if leaf else " " + self.selections(get_named_type(field_.type), depth + 1)
            label = name if key == name else f"{key}: {name}"
            # Two fields of one name must merge, also in fragments: each with arguments gets a name of its own.
            if arguments or not leaf:
                self.aliases = getattr(self, "aliases", 0) + 1
                label = f"f{self.aliases}: {name}"
            used[key] = label
            found.append(f"{label}{arguments}{self.directive()}{inner}")
        return found

    def fragment(self, type_: Any, depth: int) -> str:
        name = f"F{len(self.fragments)}"
        self.fragments.append("")
        place = len(self.fragments) - 1
        self.fragments[place] = f"fragment {name} on {type_.name} {self.selections(type_, depth + 1)}"
        return f"...{name}{self.directive()}"

    def directive(self) -> str:
        if self.random.random() > 0.08:
            return ""
        kind = self.random.choice(["skip", "include"])
        value = self.random.random() < (0.2 if kind == "skip" else 0.8)
        if self.random.random() < 0.5:
            return f" @{kind}(if: {str(value).lower()})"
        return f" @{kind}(if: {self.variable('Boolean!', value)})"

    def variable(self, type_: str, value: Any) -> str:
        name = f"v{len(self.variables)}"
        self.variables[name] = (type_, value)
        return f"${name}"

    def arguments(self, field_: Any) -> str:
        given = []
        for name, argument in field_.args.items():
            must = isinstance(argument.type, GraphQLNonNull) and not _has_default(argument)
            if not must and self.random.random() > LIKELY.get(name, 0.35):
                continue
            if name == "last" and any(one.startswith("first") for one in given) and self.random.random() < 0.95:
                continue
            given.append(f"{name}: {self.value(name, argument.type)}")
        return f"({', '.join(given)})" if given else ""

    def value(self, name: str, type_: Any) -> str:
        """A literal, or now and then a variable."""
        python = self.python_value(name, type_)
        if self.random.random() < 0.35:
            return self.variable(str(type_), plain(python))
        return _literal(python)

    def python_value(self, name: str, type_: Any) -> Any:
        if isinstance(type_, GraphQLNonNull):
            return self.python_value(name, type_.of_type)
        if isinstance(type_, GraphQLList):
            return [self.python_value(name, type_.of_type) for _ in range(self.random.randint(0, 3))]
        if isinstance(type_, GraphQLEnumType):
            return _Enum(self.random.choice(list(type_.values)))
        if isinstance(type_, GraphQLInputObjectType):
            return self.input_object(type_)
        return self.scalar(name, type_.name)

    def input_object(self, type_: GraphQLInputObjectType) -> dict[str, Any]:
        if type_.name in REFS:
            kind = REFS[type_.name]
            if self.random.random() < 0.4:
                return {"id": self.random.choice(self.pool.ids[kind])}
            return {"name": self.random.choice(self.pool.names[kind])}
        return {
            name: self.python_value(name, inner.type)
            for name, inner in type_.fields.items()
            if isinstance(inner.type, GraphQLNonNull) or self.random.random() < 0.3
        }

    def scalar(self, name: str, type_name: str) -> Any:
        random, pool = self.random, self.pool
        if name in ("first", "last"):
            return random.choice([1, 2, 2, 3, 3, 0 if random.random() < 0.05 else 2])
        if name == "depth":
            return random.randint(0, 5)
        if name in ("after", "before"):
            return random.choice(pool.cursors) if pool.cursors else "x"
        if type_name == "ID":
            likely = {"artifact": "Artifact", "collection": "Collection", "registry": "Registry"}.get(name)
            if likely and random.random() < 0.9:
                return random.choice(pool.ids[likely])
            return random.choice(
                random.choice([ids for kind, ids in pool.ids.items() if kind != "Bad"] * 5 + [["bad"]])
            )
        if type_name == "DateTime":
            return random.choice(pool.times)
        if type_name in ("Int", "Int64"):
            return random.randint(0, 9)
        if type_name == "Boolean":
            return random.random() < 0.5
        return random.choice(pool.texts)


class _Enum(str):
    """The name of an enum's value: no quotes in a document."""


def _has_default(argument: Any) -> bool:
    return not type(argument.default_value).__name__.startswith("Undefined")


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, _Enum):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def _literal(value: Any) -> str:
    match value:
        case _Enum():
            return str(value)
        case bool():
            return str(value).lower()
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case dict():
            return "{" + ", ".join(f"{key}: {_literal(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_literal, value)) + "]"
    return str(value)
