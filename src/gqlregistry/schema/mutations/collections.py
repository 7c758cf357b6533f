"""Mutations on what is in collections: links and aliases."""

import strawberry

from gqlregistry.plan.readers import One
from gqlregistry.plan.relay import reads
from gqlregistry.registry import aliases, links
from gqlregistry.schema.collection import Membership
from gqlregistry.schema.context import Context
from gqlregistry.schema.payload import Payload, given, key, mutation, perform
from gqlregistry.schema.refs import ArtifactRef, CollectionRef, RunRef, ref

_REASON = "Why, for the action history."


@strawberry.input(description="A version to link into a registry's collection.")
class LinkArtifactInput:
    """What is linked, where to."""

    artifact: ArtifactRef = strawberry.field(description="The version; it must be committed.")
    collection: CollectionRef = strawberry.field(
        description="The collection; made, of the artifact's type, if its registry exists and it does not."
    )
    aliases: list[str] = strawberry.field(
        default_factory=list, description="Aliases to put on it in this collection; `latest` comes by itself."
    )
    run: RunRef | None = strawberry.field(default=None, description="The run that links it, for the action history.")
    reason: str | None = strawberry.field(default=None, description=_REASON)


@strawberry.input(description="A version to take out of a registry's collection.")
class UnlinkArtifactInput:
    """What is unlinked, where from."""

    artifact: ArtifactRef = strawberry.field(description="The version.")
    collection: CollectionRef = strawberry.field(description="The collection.")
    reason: str | None = strawberry.field(default=None, description=_REASON)


@strawberry.input(description="An alias, and the version that it shall point at.")
class SetAliasInput:
    """Where an alias goes."""

    collection: CollectionRef = strawberry.field(description="The collection.")
    alias: str = strawberry.field(
        description="The alias: up to 128 characters, no `/` or `:`, not like a version. `latest` moves by itself."
    )
    version: str = strawberry.field(
        description="The version: its number in this collection (`v3`), another alias, a digest, or a whole name."
    )
    expected_version: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Move it only if it now points at this version; null: only if it is not set. CONFLICT otherwise.",
    )
    reason: str | None = strawberry.field(default=None, description=_REASON)


@strawberry.input(description="An alias to remove.")
class RemoveAliasInput:
    """Which alias."""

    collection: CollectionRef = strawberry.field(description="The collection.")
    alias: str = strawberry.field(description="The alias.")
    expected_version: str | None = strawberry.field(
        default=strawberry.UNSET, description="Remove it only if it now points at this version. CONFLICT otherwise."
    )
    reason: str | None = strawberry.field(default=None, description=_REASON)


@strawberry.type(description="The version in its collection.")
class MembershipPayload(Payload):
    """Answers the mutations on links and aliases."""

    membership: Membership | None = reads(One("value", Membership), "The version in this collection.")


@strawberry.type
class CollectionMutations:
    """On links and aliases."""

    @mutation(
        description="Link a version into a registry's collection, where it gets a number of its own and `latest`. "
        "Nothing is copied. Doing it again changes nothing."
    )
    async def link_artifact(self, info: strawberry.Info[Context], input: LinkArtifactInput) -> MembershipPayload:
        """Link a version."""
        return await perform(
            info,
            MembershipPayload,
            lambda link: link.membership.id,
            links.link_artifact,
            ref(input.artifact, "artifact"),
            ref(input.collection, "collection"),
            input.aliases,
            input.reason,
            ref(input.run, "run") if input.run else None,
        )

    @mutation(
        description="Take a version out of a registry's collection, with its aliases there. Its number is not reused."
    )
    async def unlink_artifact(self, info: strawberry.Info[Context], input: UnlinkArtifactInput) -> MembershipPayload:
        """Unlink a version."""
        return await perform(
            info,
            MembershipPayload,
            key,
            links.unlink_artifact,
            ref(input.artifact, "artifact"),
            ref(input.collection, "collection"),
            input.reason,
        )

    @mutation(description="Point an alias at a version. If it pointed at another, it is moved.")
    async def set_alias(self, info: strawberry.Info[Context], input: SetAliasInput) -> MembershipPayload:
        """Set or move an alias."""
        return await perform(
            info,
            MembershipPayload,
            key,
            aliases.set_alias,
            ref(input.collection, "collection"),
            input.version,
            input.alias,
            given(input.expected_version),
            input.reason,
        )

    @mutation(description="Remove an alias. Doing it again changes nothing.")
    async def remove_alias(self, info: strawberry.Info[Context], input: RemoveAliasInput) -> MembershipPayload:
        """Remove an alias."""
        return await perform(
            info,
            MembershipPayload,
            lambda member: member.id if member else None,
            aliases.remove_alias,
            ref(input.collection, "collection"),
            input.alias,
            given(input.expected_version),
            input.reason,
        )
