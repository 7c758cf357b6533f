"""How a client refers to a thing: by its id, or by its name."""

import strawberry

from gqlregistry.plan.relay import decode_id
from gqlregistry.registry.find import Ref


@strawberry.input(one_of=True, description="An artifact version, by exactly one of these.")
class ArtifactRef:
    """Refers to an artifact version."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its global id.")
    name: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="A name with a version, an alias or a digest: `team/zoo/split_zoo_dataset:v4`, "
        "`model/zoo:production` in a registry. Without one of these it is `latest`.",
    )


@strawberry.input(one_of=True, description="A run, by exactly one of these.")
class RunRef:
    """Refers to a run."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its global id.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description="`<entity>/<project>/<slug>`.")


@strawberry.input(one_of=True, description="A collection, by exactly one of these.")
class CollectionRef:
    """Refers to a collection."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its global id.")
    name: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="`<entity>/<project>/<collection>`, or `<registry>/<collection>` in a registry.",
    )


@strawberry.input(one_of=True, description="A project, by exactly one of these.")
class ProjectRef:
    """Refers to a project."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its global id.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description="`<entity>/<project>`.")


@strawberry.input(one_of=True, description="A registry, by exactly one of these.")
class RegistryRef:
    """Refers to a registry."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its global id.")
    name: str | None = strawberry.field(
        default=strawberry.UNSET, description="Its name; `<organization>/<registry>` where there are several."
    )


@strawberry.input(one_of=True, description="A user or a team, by exactly one of these.")
class EntityRef:
    """Refers to a user or a team."""

    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Its global id.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description="Its name.")


AnyRef = ArtifactRef | RunRef | CollectionRef | ProjectRef | RegistryRef | EntityRef
_TYPES: dict[type, tuple[str, ...]] = {
    ArtifactRef: ("Artifact",),
    RunRef: ("Run",),
    CollectionRef: ("Collection",),
    ProjectRef: ("Project",),
    RegistryRef: ("Registry",),
    EntityRef: ("User", "Team"),
}


def ref(value: AnyRef, field: str = "ref") -> Ref:
    """What the rules take: a row's key, or a name. Raises `BadInput` for an id of another type."""
    if value.id:
        return decode_id(value.id, *_TYPES[type(value)], field=field)[1]
    return value.name or ""
