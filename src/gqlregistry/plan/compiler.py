"""From a validated operation to a plan: what is read on each level, and how the answer is put together.

A plan holds no values of the request. Arguments are taken from the variables when it runs, so that one plan serves
all requests with the same document and the same decisions of @skip and @include.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    Visitor,
    get_argument_values,
    get_directive_values,
    get_named_type,
    is_abstract_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
    visit,
)
from strawberry.types.arguments import convert_arguments

from gqlregistry.plan.connection import Many
from gqlregistry.plan.reader import Reader, ReaderField
from gqlregistry.plan.readers import Column, Computed, Embedded, Itself, Leading, Refs
from gqlregistry.plan.selection import (
    NO_ARGUMENTS,
    Arguments,
    ConnectionSelection,
    EmbeddedPlan,
    FieldPlan,
    ItselfPlan,
    NotPlanned,
    ObjectSelection,
    PageInfoPlan,
    ReaderPlan,
    RefsPlan,
    ThenPlan,
    TypenamePlan,
    ValuePlan,
)
from gqlregistry.plan.shape import Columns

DECLARED = "strawberry-definition"
"""Under which key graphql-core's fields and types carry Strawberry's."""


class Compiler:
    """Compiles one operation of a document."""

    def __init__(self, schema: Any, fragments: Mapping[str, FragmentDefinitionNode], variables: Any) -> None:
        self._strawberry = schema
        self._schema: GraphQLSchema = schema._schema
        self._fragments = fragments
        self._variables = variables
        self.decided_by: set[str] = set()
        """The variables on which @skip and @include depended."""

    def operation(self, operation: OperationDefinitionNode) -> ObjectSelection:
        """The plan of a query, or of what a subscription sends. Raises `NotPlanned` when a part of it has no reader."""
        if operation.operation is OperationType.MUTATION or operation.directives:
            raise NotPlanned(f"{operation.operation.value}s are executed")
        root = self._schema.get_root_type(operation.operation)
        assert root is not None
        plan = self._objects(root, [operation.selection_set], Columns())
        if operation.operation is OperationType.SUBSCRIPTION:
            for field in plan.fields:
                if isinstance(field, ThenPlan) and isinstance(field.then, ReaderPlan):
                    # What may not be seen is not sent, which is not an error.
                    field.then.required = False
        return plan

    def source(self, operation: OperationDefinitionNode) -> tuple[FieldNode, ReaderField, Arguments]:
        """The one field of a subscription, its declaration, and its arguments."""
        root = self._schema.subscription_type
        assert root is not None
        ((node, *_),) = self._grouped(root, [operation.selection_set]).values()
        field = root.fields[node.name.value]
        declared: ReaderField = field.extensions[DECLARED]
        return node, declared, self._arguments(declared, field, node)

    def _objects(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode], columns: Columns) -> ObjectSelection:
        selection = ObjectSelection(columns=columns)
        for name, nodes in self._grouped(type_, sets).items():
            selection.names.append(name)
            selection.fields.append(self._field(type_, nodes, columns))
        return selection

    def _field(self, type_: GraphQLObjectType, nodes: list[FieldNode], columns: Columns) -> FieldPlan:
        name = nodes[0].name.value
        if name == "__typename":
            return TypenamePlan(type_.name)
        field = type_.fields.get(name)
        declared = field.extensions.get(DECLARED) if field else None
        if field is None or not isinstance(declared, ReaderField):
            raise NotPlanned(f"{type_.name}.{name} is resolved")
        return self._read(declared.reader, declared, field, nodes, columns)

    def _read(
        self, reader: Reader, declared: ReaderField, field: GraphQLField, nodes: list[FieldNode], columns: Columns
    ) -> FieldPlan:
        match reader:
            case Column():
                return ValuePlan(columns.slot(reader.need), reader.convert)
            case Itself():
                return ItselfPlan(self._objects(_object(field), _sets(nodes), columns))
            case Embedded():
                selection = self._objects(_object(field), _sets(nodes), Columns())
                return EmbeddedPlan(columns.slot(reader.need), reader.many, selection)
            case Refs():
                item = field.type.of_type if is_non_null_type(field.type) else field.type
                required = is_non_null_type(item.of_type if is_list_type(item) else field.type)
                return RefsPlan(reader, columns.slot(reader.need), self._possible(field, nodes), required)
        plan = ReaderPlan(
            reader,
            [columns.slot(need) for need in reader.needs],
            self._arguments(declared, field, nodes[0]) if isinstance(reader, Computed | Many) else NO_ARGUMENTS,
            required=is_non_null_type(field.type),
        )
        if isinstance(reader, Computed):
            if reader.then is None:
                return plan
            plan.required = False
            return ThenPlan(plan, self._read(reader.then, declared, field, nodes, Columns()))
        if isinstance(reader, Many):
            plan.selection = self._connection(reader, _object(field), nodes)
        elif isinstance(reader, Leading) and is_object_type(get_named_type(field.type)):
            plan.selection = self._objects(_object(field), _sets(nodes), Columns())
        return plan

    def _possible(self, field: GraphQLField, nodes: list[FieldNode]) -> dict[type[Any], ObjectSelection]:
        named: Any = get_named_type(field.type)
        possible = self._schema.get_possible_types(named) if is_abstract_type(named) else [named]
        return {type_.extensions[DECLARED].origin: self._objects(type_, _sets(nodes), Columns()) for type_ in possible}

    def _connection(self, reader: Many, type_: GraphQLObjectType, nodes: list[FieldNode]) -> ConnectionSelection:
        selection = ConnectionSelection(reader, type_.name)
        for name, inner in self._grouped(type_, _sets(nodes)).items():
            plan: Any = None
            match inner[0].name.value:
                case "edges":
                    kind = "edges"
                    plan = ItselfPlan(self._objects(_object(type_.fields["edges"]), _sets(inner), selection.columns))
                case "nodes":
                    kind = "nodes"
                    edge = _object(type_.fields["edges"])
                    declared = edge.fields["node"].extensions[DECLARED]
                    plan = self._read(declared.reader, declared, edge.fields["node"], inner, selection.columns)
                case "pageInfo":
                    kind = "page_info"
                    plan = self._page_info(_object(type_.fields["pageInfo"]), inner)
                case "totalCount":
                    kind = "total_count"
                case "__typename":
                    kind = "typename"
                case other:
                    raise NotPlanned(f"{type_.name}.{other} is resolved")
            selection.add(name, kind, plan)
        return selection

    def _page_info(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> PageInfoPlan:
        facts = []
        for name, inner in self._grouped(type_, _sets(nodes)).items():
            wanted = inner[0].name.value
            declared = type_.fields[wanted].extensions[DECLARED] if wanted != "__typename" else None
            facts.append((name, declared.python_name if declared else wanted))
        return PageInfoPlan(facts)

    def _arguments(self, declared: ReaderField, field: GraphQLField, node: FieldNode) -> Arguments:
        strawberry = self._strawberry

        def evaluate(variables: Any) -> Mapping[str, Any]:
            return convert_arguments(
                get_argument_values(field, node, variables),
                declared.arguments,
                scalar_registry=strawberry.schema_converter.scalar_registry,
                config=strawberry.config,
            )

        return Arguments(evaluate, not _uses_variables(node)) if field.args else NO_ARGUMENTS

    def _grouped(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """The fields to answer for a type, by response name (spec, section 6.3.2: CollectFields)."""
        found: dict[str, list[FieldNode]] = {}
        visited: set[str] = set()
        for selections in sets:
            self._collect(type_, selections, found, visited)
        return found

    def _collect(
        self,
        type_: GraphQLObjectType,
        selections: SelectionSetNode,
        found: dict[str, list[FieldNode]],
        visited: set[str],
    ) -> None:
        for node in selections.selections:
            if not self._included(node):
                continue
            match node:
                case FieldNode():
                    found.setdefault((node.alias or node.name).value, []).append(node)
                case InlineFragmentNode():
                    if node.type_condition is None or self._applies(node.type_condition.name.value, type_):
                        self._collect(type_, node.selection_set, found, visited)
                case FragmentSpreadNode():
                    fragment = self._fragments[node.name.value]
                    if node.name.value not in visited and self._applies(fragment.type_condition.name.value, type_):
                        visited.add(node.name.value)
                        self._collect(type_, fragment.selection_set, found, visited)

    def _applies(self, condition: str, type_: GraphQLObjectType) -> bool:
        wanted: Any = self._schema.get_type(condition)
        return wanted is type_ or (is_abstract_type(wanted) and self._schema.is_sub_type(wanted, type_))

    def _included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            if directive.name.value not in ("skip", "include"):
                raise NotPlanned(f"@{directive.name.value} is executed")
            for given in directive.arguments or ():
                if isinstance(given.value, VariableNode):
                    self.decided_by.add(given.value.name.value)
        skip: Any = get_directive_values(GraphQLSkipDirective, node, self._variables)
        include: Any = get_directive_values(GraphQLIncludeDirective, node, self._variables)
        return not (skip and skip["if"]) and (include is None or include["if"])


def _object(field: GraphQLField) -> GraphQLObjectType:
    type_: Any = get_named_type(field.type)
    if not is_object_type(type_):
        raise NotPlanned(f"{type_} is not an object type")
    return type_


def _sets(nodes: Iterable[FieldNode]) -> list[SelectionSetNode]:
    return [node.selection_set for node in nodes if node.selection_set is not None]


def _uses_variables(node: FieldNode) -> bool:
    found = False

    class Finder(Visitor):
        def enter_variable(self, *_: Any) -> None:
            nonlocal found
            found = True

    for given in node.arguments or ():
        visit(given, Finder())
    return found
