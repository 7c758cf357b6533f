"""The client's schema."""

from functools import cache

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from gqlregistry.errors import RegistryError
from gqlregistry.plan.executing import Executor
from gqlregistry.wandb.artifact_mutations import ArtifactMutation
from gqlregistry.wandb.collection_mutations import CollectionMutation
from gqlregistry.wandb.limits import Limits
from gqlregistry.wandb.links import LinkMutation
from gqlregistry.wandb.manifests import ManifestMutation
from gqlregistry.wandb.objects import ArtifactPortfolio, ArtifactSequence
from gqlregistry.wandb.people_mutations import PeopleMutation
from gqlregistry.wandb.people_queries import PeopleQuery
from gqlregistry.wandb.queries import ArtifactQuery
from gqlregistry.wandb.registries import RegistryMutation
from gqlregistry.wandb.run_files import RunFileMutation
from gqlregistry.wandb.run_mutations import RunMutation
from gqlregistry.wandb.scalars import SCALARS
from gqlregistry.wandb.server import ServerQuery

log = structlog.get_logger(__name__)


@strawberry.type
class Query(ArtifactQuery, PeopleQuery, ServerQuery):
    """All questions."""


@strawberry.type
class Mutation(
    ArtifactMutation,
    ManifestMutation,
    LinkMutation,
    CollectionMutation,
    RegistryMutation,
    RunMutation,
    RunFileMutation,
    PeopleMutation,
):
    """All changes."""


class ClientSchema(strawberry.Schema):
    """Logs only what is the server's own fault."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Called with the errors of each operation."""
        for error in errors:
            if is_unexpected(error):
                log.error("failed to answer", path=error.path, exc_info=error.original_error)


def is_unexpected(error: GraphQLError) -> bool:
    """Whether an error is the server's own fault."""
    cause = error.original_error
    return cause is not None and not isinstance(cause, RegistryError | GraphQLError)


@cache
def client_schema() -> ClientSchema:
    """The schema. Building it takes a while."""
    return ClientSchema(
        query=Query,
        mutation=Mutation,
        extensions=[Limits],
        types=[ArtifactSequence, ArtifactPortfolio],
        execution_context_class=Executor,
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )
