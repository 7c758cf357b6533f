"""Small words on versions and collections: states, kinds, tags."""

from collections.abc import Iterable
from enum import Enum
from typing import Self

import strawberry

from gqlregistry.wandb.ids import text_id


@strawberry.enum
class ArtifactState(Enum):
    """How far a version has come."""

    PENDING = "PENDING"
    COMMITTED = "COMMITTED"
    DELETED = "DELETED"


@strawberry.enum
class ArtifactDigestAlgorithm(Enum):
    """What the digests of a version's files are."""

    MANIFEST_MD5 = "MANIFEST_MD5"
    MANIFEST_XXH128 = "MANIFEST_XXH128"


@strawberry.enum
class ArtifactCollectionType(Enum):
    """What kind of collection."""

    SEQUENCE = "SEQUENCE"
    PORTFOLIO = "PORTFOLIO"


@strawberry.type
class Tag:
    """A label on a version or on a collection."""

    id: strawberry.ID
    name: str

    @classmethod
    def of(cls, name: str) -> Self:
        """The tag of that name."""
        return cls(id=text_id("Tag", name), name=name)


@strawberry.type
class TagEdge:
    """A tag in a list."""

    node: Tag


@strawberry.type
class TagConnection:
    """Tags."""

    edges: list[TagEdge]

    @classmethod
    def of(cls, names: Iterable[str]) -> Self:
        """The tags of these names."""
        return cls(edges=[TagEdge(node=Tag.of(name)) for name in sorted(names)])
