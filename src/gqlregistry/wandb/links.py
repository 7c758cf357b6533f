"""Linking versions to registries, and taking them out."""

import strawberry
from sqlmodel import Session

from gqlregistry.errors import BadInput, NotFound
from gqlregistry.plan.relay import decode_id
from gqlregistry.registry import drafts, links
from gqlregistry.registry.find import Ref
from gqlregistry.wandb import loading
from gqlregistry.wandb.artifact_mutations import ArtifactAliasInput
from gqlregistry.wandb.objects import ArtifactCollectionMembership
from gqlregistry.wandb.payloads import Success
from gqlregistry.wandb.work import Info, change, read

MODEL_REGISTRY, MODELS = "model-registry", "wandb-registry-model"
"""What `link_model` calls the registry of models, in whatever entity; and what that is called since."""


@strawberry.input
class LinkArtifactInput:
    """A version, and the collection that it is linked to."""

    artifact_id: strawberry.ID | None = strawberry.field(name="artifactID", default=None)
    client_id: strawberry.ID | None = strawberry.field(name="clientID", default=None)
    artifact_portfolio_id: strawberry.ID | None = strawberry.field(name="artifactPortfolioID", default=None)
    artifact_portfolio_name: str | None = None
    entity_name: str | None = None
    project_name: str | None = None
    aliases: list[ArtifactAliasInput] | None = None
    client_mutation_id: str | None = None


@strawberry.input
class UnlinkArtifactInput:
    """A version, and the collection that it leaves."""

    artifact_id: strawberry.ID = strawberry.field(name="artifactID")
    artifact_portfolio_id: strawberry.ID = strawberry.field(name="artifactPortfolioID")
    client_mutation_id: str | None = None


@strawberry.type
class LinkArtifactPayload:
    """The version's place in the collection."""

    version_index: int | None
    artifact_membership: ArtifactCollectionMembership | None


@strawberry.type
class LinkMutation:
    """The part of the mutations that is about links."""

    @strawberry.mutation
    async def link_artifact(self, info: Info, input: LinkArtifactInput) -> LinkArtifactPayload | None:
        """Give a version a place in a registry's collection."""
        artifact = await read(info, lambda session: _artifact(session, input))
        names = [each.alias for each in input.aliases or ()]
        link = await change(info, links.link_artifact, artifact, _target(input), names)
        membership = await read(info, lambda session: loading.membership(session, link.membership.id))
        return LinkArtifactPayload(version_index=membership.version_index, artifact_membership=membership)

    @strawberry.mutation
    async def unlink_artifact(self, info: Info, input: UnlinkArtifactInput) -> Success | None:
        """Take a version out of a registry's collection."""
        artifact = decode_id(input.artifact_id, "Artifact", field="artifactID")[1]
        collection = decode_id(input.artifact_portfolio_id, "ArtifactCollection", field="artifactPortfolioID")[1]
        await change(info, links.unlink_artifact, artifact, collection)
        return Success(success=True)


def _artifact(session: Session, input: LinkArtifactInput) -> int:
    if input.artifact_id:
        return drafts.meant_by(session, decode_id(input.artifact_id, "Artifact", field="artifactID")[1])
    handle = drafts.seen_by_handle(session, input.client_id) if input.client_id else None
    if handle is None or handle.artifact_id is None:
        raise NotFound("no artifact of that client id", "clientID")
    return handle.artifact_id


def _target(input: LinkArtifactInput) -> Ref:
    if input.artifact_portfolio_id:
        return decode_id(input.artifact_portfolio_id, "ArtifactCollection", field="artifactPortfolioID")[1]
    if not (input.artifact_portfolio_name and input.entity_name and input.project_name):
        raise BadInput("the collection to link to is not named", "artifactPortfolioName")
    if input.project_name == MODEL_REGISTRY:
        return f"{MODELS}/{input.artifact_portfolio_name}"
    return f"{input.entity_name}/{input.project_name}/{input.artifact_portfolio_name}"
