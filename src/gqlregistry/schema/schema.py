"""The public schema."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from gqlregistry.schema.mutation import Mutation
from gqlregistry.schema.query import NODE_TYPES, Query
from gqlregistry.schema.scalars import SCALARS


def create_schema() -> strawberry.Schema:
    """Build the schema. Its types can be in one schema only, so that a process builds it once."""
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        types=list(NODE_TYPES.values()),
        config=StrawberryConfig(
            scalar_map=SCALARS, sort_schema=True, disable_field_suggestions=True, relay_max_results=100
        ),
    )
