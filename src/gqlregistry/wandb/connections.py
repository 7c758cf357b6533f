"""Pages of artifacts, collections and what belongs to them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from gqlregistry.wandb.paging import Listing, PageInfo, count
from gqlregistry.wandb.work import Info, read

if TYPE_CHECKING:
    from gqlregistry.wandb.objects import (
        Artifact,
        ArtifactAlias,
        ArtifactCollection,
        ArtifactCollectionMembership,
        ArtifactType,
    )
else:
    Artifact = Annotated["Artifact", strawberry.lazy("gqlregistry.wandb.objects")]
    ArtifactAlias = Annotated["ArtifactAlias", strawberry.lazy("gqlregistry.wandb.objects")]
    ArtifactCollection = Annotated["ArtifactCollection", strawberry.lazy("gqlregistry.wandb.objects")]
    ArtifactCollectionMembership = Annotated[
        "ArtifactCollectionMembership", strawberry.lazy("gqlregistry.wandb.objects")
    ]
    ArtifactType = Annotated["ArtifactType", strawberry.lazy("gqlregistry.wandb.objects")]


@strawberry.type
class Counted:
    """A page of a list whose items are counted when that is asked for."""

    page_info: PageInfo
    listing: strawberry.Private[Listing]

    @strawberry.field
    async def total_count(self, info: Info) -> int:
        """How many there are in all."""
        return await read(info, lambda session: count(session, self.listing))


@strawberry.type
class ArtifactTypeEdge:
    """A type in a list."""

    node: ArtifactType


@strawberry.type
class ArtifactTypeConnection:
    """The types of a place, all on one page."""

    page_info: PageInfo
    edges: list[ArtifactTypeEdge]

    @classmethod
    def of(cls, types: Iterable[ArtifactType]) -> Self:
        """These types."""
        return cls(page_info=PageInfo.whole(), edges=[ArtifactTypeEdge(node=type) for type in types])


@strawberry.type
class ArtifactAliasEdge:
    """An alias in a list."""

    node: ArtifactAlias


@strawberry.type
class ArtifactAliasConnection:
    """A page of aliases."""

    page_info: PageInfo
    edges: list[ArtifactAliasEdge]


@strawberry.type
class ArtifactCollectionEdge:
    """A collection in a list."""

    node: ArtifactCollection | None


@strawberry.type
class ArtifactCollectionConnection(Counted):
    """A page of collections."""

    edges: list[ArtifactCollectionEdge]


@strawberry.type
class ArtifactCollectionMembershipEdge:
    """A place in a list."""

    node: ArtifactCollectionMembership | None


@strawberry.type
class ArtifactCollectionMembershipConnection(Counted):
    """A page of places."""

    edges: list[ArtifactCollectionMembershipEdge]


@strawberry.type
class VersionedArtifactEdge:
    """A version in a collection's list, with its number there."""

    version: str
    node: Artifact | None


@strawberry.type
class VersionedArtifactConnection(Counted):
    """A page of a collection's versions."""

    edges: list[VersionedArtifactEdge]


@strawberry.type
class ArtifactEdge:
    """A version in a run's list."""

    node: Artifact | None


@strawberry.type
class ArtifactConnection(Counted):
    """A page of what a run used or logged."""

    edges: list[ArtifactEdge]
