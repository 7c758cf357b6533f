"""Mutations on projects, registries and collections themselves."""

import strawberry

from gqlregistry.errors import BadInput
from gqlregistry.plan.readers import One
from gqlregistry.plan.relay import reads
from gqlregistry.registry import collections, deletion, projects, registries
from gqlregistry.schema.collection import Collection
from gqlregistry.schema.context import Context
from gqlregistry.schema.enums import Visibility
from gqlregistry.schema.payload import Payload, given, key, mutation, perform
from gqlregistry.schema.project import Project
from gqlregistry.schema.refs import CollectionRef, EntityRef, ProjectRef, RegistryRef, ref
from gqlregistry.schema.registry import Registry

_DESCRIPTION = "What it is about, in Markdown."
_LATER = "Left as it is if not given."
_REASON = "Why, for the action history."
_VISIBILITY = "Who may see it without being a member."
_TYPES = "The artifact types that it takes; null: any."
_PROTECTED = "The aliases that only its admins may move."


@strawberry.input(description="A new project.")
class CreateProjectInput:
    """Values of a project."""

    owner: EntityRef = strawberry.field(description="The user or team that will own it.")
    name: str = strawberry.field(description="The name among its owner's projects.")
    description: str | None = strawberry.field(default=None, description=_DESCRIPTION)
    visibility: Visibility = strawberry.field(default=Visibility.ORGANIZATION, description=_VISIBILITY)


@strawberry.input(description="Changes to a project.")
class UpdateProjectInput:
    """New values of a project."""

    project: ProjectRef = strawberry.field(description="Which project.")
    description: str | None = strawberry.field(default=strawberry.UNSET, description=f"{_DESCRIPTION} {_LATER}")
    visibility: Visibility | None = strawberry.field(default=strawberry.UNSET, description=f"{_VISIBILITY} {_LATER}")


@strawberry.input(description="A project to delete.")
class DeleteProjectInput:
    """Which project, and why."""

    project: ProjectRef = strawberry.field(description="Which project.")
    reason: str | None = strawberry.field(default=None, description=_REASON)


@strawberry.input(description="A new registry.")
class CreateRegistryInput:
    """Values of a registry."""

    name: str = strawberry.field(description="The name in the organization.")
    description: str | None = strawberry.field(default=None, description=_DESCRIPTION)
    visibility: Visibility = strawberry.field(default=Visibility.ORGANIZATION, description=_VISIBILITY)
    artifact_types: list[str] | None = strawberry.field(default=None, description=_TYPES)
    protected_aliases: list[str] = strawberry.field(default_factory=list, description=_PROTECTED)
    organization: str | None = strawberry.field(
        default=None, description="The organization's name; the server's first one if not given."
    )


@strawberry.input(description="Changes to a registry.")
class UpdateRegistryInput:
    """New values of a registry."""

    registry: RegistryRef = strawberry.field(description="Which registry.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description=f"The name. {_LATER}")
    description: str | None = strawberry.field(default=strawberry.UNSET, description=f"{_DESCRIPTION} {_LATER}")
    visibility: Visibility | None = strawberry.field(default=strawberry.UNSET, description=f"{_VISIBILITY} {_LATER}")
    artifact_types: list[str] | None = strawberry.field(default=strawberry.UNSET, description=f"{_TYPES} {_LATER}")
    protected_aliases: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description=f"{_PROTECTED} {_LATER}"
    )


@strawberry.input(description="A registry to delete.")
class DeleteRegistryInput:
    """Which registry, and why."""

    registry: RegistryRef = strawberry.field(description="Which registry.")
    reason: str | None = strawberry.field(default=None, description=_REASON)


@strawberry.input(description="A new collection, in a project or in a registry.")
class CreateCollectionInput:
    """Values of a collection."""

    name: str = strawberry.field(description="The name in its project or registry.")
    type: str = strawberry.field(description="The type of its artifacts.")
    project: ProjectRef | None = strawberry.field(default=None, description="The project, if it is to be in one.")
    registry: RegistryRef | None = strawberry.field(default=None, description="The registry, if it is to be in one.")
    description: str | None = strawberry.field(default=None, description=_DESCRIPTION)


@strawberry.input(description="Changes to a collection.")
class UpdateCollectionInput:
    """New values of a collection."""

    collection: CollectionRef = strawberry.field(description="Which collection.")
    name: str | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"The name. The old one goes on meaning this collection. {_LATER}",
    )
    description: str | None = strawberry.field(default=strawberry.UNSET, description=f"{_DESCRIPTION} {_LATER}")


@strawberry.input(description="A collection to delete.")
class DeleteCollectionInput:
    """Which collection, and why."""

    collection: CollectionRef = strawberry.field(description="Which collection.")
    reason: str | None = strawberry.field(default=None, description=_REASON)


@strawberry.type(description="The project that was changed.")
class ProjectPayload(Payload):
    """Answers the mutations on a project."""

    project: Project | None = reads(One("value", Project), "The project.")


@strawberry.type(description="The registry that was changed.")
class RegistryPayload(Payload):
    """Answers the mutations on a registry."""

    registry: Registry | None = reads(One("value", Registry), "The registry.")


@strawberry.type(description="The collection that was changed.")
class CollectionPayload(Payload):
    """Answers the mutations on a collection."""

    collection: Collection | None = reads(One("value", Collection), "The collection.")


@strawberry.type
class PlaceMutations:
    """On projects, registries and collections."""

    @mutation(description="Make a project.")
    async def create_project(self, info: strawberry.Info[Context], input: CreateProjectInput) -> ProjectPayload:
        """Make a project."""
        return await perform(
            info,
            ProjectPayload,
            key,
            projects.create_project,
            ref(input.owner, "owner"),
            input.name,
            input.description,
            input.visibility,
        )

    @mutation(description="Change a project.")
    async def update_project(self, info: strawberry.Info[Context], input: UpdateProjectInput) -> ProjectPayload:
        """Change a project."""
        return await perform(
            info,
            ProjectPayload,
            key,
            projects.update_project,
            ref(input.project, "project"),
            given(input.description),
            given(input.visibility),
        )

    @mutation(description="Delete a project with its collections. Its runs and versions stay in lineages.")
    async def delete_project(self, info: strawberry.Info[Context], input: DeleteProjectInput) -> ProjectPayload:
        """Delete a project."""
        return await perform(
            info, ProjectPayload, key, deletion.delete_project, ref(input.project, "project"), input.reason
        )

    @mutation(description="Make a registry. You become its admin.")
    async def create_registry(self, info: strawberry.Info[Context], input: CreateRegistryInput) -> RegistryPayload:
        """Make a registry."""
        return await perform(
            info,
            RegistryPayload,
            key,
            registries.create_registry,
            input.name,
            input.description,
            input.visibility,
            input.artifact_types,
            input.protected_aliases,
            input.organization,
        )

    @mutation(description="Change a registry.")
    async def update_registry(self, info: strawberry.Info[Context], input: UpdateRegistryInput) -> RegistryPayload:
        """Change a registry."""
        return await perform(
            info,
            RegistryPayload,
            key,
            registries.update_registry,
            ref(input.registry, "registry"),
            given(input.name),
            given(input.description),
            given(input.visibility),
            given(input.artifact_types),
            given(input.protected_aliases),
        )

    @mutation(description="Delete a registry with its collections. The versions linked there stay.")
    async def delete_registry(self, info: strawberry.Info[Context], input: DeleteRegistryInput) -> RegistryPayload:
        """Delete a registry."""
        return await perform(
            info, RegistryPayload, key, deletion.delete_registry, ref(input.registry, "registry"), input.reason
        )

    @mutation(description="Make a collection. Logging and linking make them too.")
    async def create_collection(
        self, info: strawberry.Info[Context], input: CreateCollectionInput
    ) -> CollectionPayload:
        """Make a collection."""
        if (input.project is None) == (input.registry is None):
            raise BadInput("name either a project or a registry", "project")
        return await perform(
            info,
            CollectionPayload,
            key,
            collections.create_collection,
            input.name,
            input.type,
            ref(input.project, "project") if input.project else None,
            ref(input.registry, "registry") if input.registry else None,
            input.description,
        )

    @mutation(description="Rename a collection, or edit its description.")
    async def update_collection(
        self, info: strawberry.Info[Context], input: UpdateCollectionInput
    ) -> CollectionPayload:
        """Change a collection."""
        return await perform(
            info,
            CollectionPayload,
            key,
            collections.update_collection,
            ref(input.collection, "collection"),
            given(input.name),
            given(input.description),
        )

    @mutation(
        description="Delete a collection. A project's collection takes its versions with it; they stay in lineages."
    )
    async def delete_collection(
        self, info: strawberry.Info[Context], input: DeleteCollectionInput
    ) -> CollectionPayload:
        """Delete a collection."""
        return await perform(
            info,
            CollectionPayload,
            key,
            deletion.delete_collection,
            ref(input.collection, "collection"),
            input.reason,
        )
