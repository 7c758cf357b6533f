"""The root of all writes."""

import strawberry

from gqlregistry.schema.mutations.artifacts import ArtifactMutations
from gqlregistry.schema.mutations.collections import CollectionMutations
from gqlregistry.schema.mutations.people import PeopleMutations
from gqlregistry.schema.mutations.places import PlaceMutations
from gqlregistry.schema.mutations.runs import RunMutations
from gqlregistry.schema.mutations.webhooks import WebhookMutations


@strawberry.type(
    description="All that can be changed. Each mutation is on disk when it is answered, and changes all or nothing."
)
class Mutation(RunMutations, ArtifactMutations, CollectionMutations, PlaceMutations, PeopleMutations, WebhookMutations):
    """The root of all writes."""
