"""The public schema."""

from copy import copy
from functools import cache

import strawberry
from graphql import GraphQLError, lexicographic_sort_schema
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from gqlregistry.plan.executing import Executor
from gqlregistry.plan.extension import PlanExtension
from gqlregistry.schema.errors import log_unexpected
from gqlregistry.schema.mutation import Mutation
from gqlregistry.schema.query import NODE_TYPES, Query
from gqlregistry.schema.scalars import SCALARS
from gqlregistry.schema.subscription import Subscription


class RegistrySchema(strawberry.Schema):
    """Logs only what is the server's own fault; what a client caused is its answer."""

    def as_str(self) -> str:
        """The schema in its own language, sorted by name, so that an export changes only where the schema does."""
        # Strawberry's own `sort_schema` sorts what is executed, whose enums then no longer make Python's members.
        printed = copy(self)
        printed._schema = lexicographic_sort_schema(self._schema)
        return print_schema(printed)

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Called with the errors of each operation."""
        log_unexpected(errors)


@cache
def public_schema(max_tokens: int = 2000) -> RegistrySchema:
    """The schema with its limits. Building it takes a while; there is one for each limit."""
    extension = type("LimitedPlanExtension", (PlanExtension,), {"max_tokens": max_tokens})
    return RegistrySchema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=list(NODE_TYPES.values()),
        extensions=[extension],
        execution_context_class=Executor,
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )
