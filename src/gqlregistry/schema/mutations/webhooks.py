"""Mutations on webhooks. For the admins of where they listen."""

from dataclasses import dataclass
from typing import Any

import strawberry

from gqlregistry.live.cursors import event_key
from gqlregistry.plan.readers import Column, One
from gqlregistry.plan.relay import decode_id, reads
from gqlregistry.registry import webhooks
from gqlregistry.schema.context import Context
from gqlregistry.schema.enums import EventKind
from gqlregistry.schema.payload import Payload, given, key, mutation, perform
from gqlregistry.schema.refs import CollectionRef, ProjectRef, RegistryRef, ref
from gqlregistry.schema.webhook import Webhook, WebhookDelivery
from gqlregistry.store import tables

_URL = "Where to send to: `https://…`, at an address of the internet, unless the server is set to allow others."
_KINDS = "Of which kinds it is told; null: of all."
_PATTERN = "A name, or one with `*` (anything) and `?` (a character)."
_ALIAS = f"It is told of events about aliases that fit. {_PATTERN} With this or a tag pattern, of no others."
_TAG = f"It is told of events about tags that fit. {_PATTERN} With this or an alias pattern, of no others."
_COLLECTION = f"It is told of events in collections whose name fits. {_PATTERN}"
_LATER = "Left as it is if not given."


@strawberry.input(
    description="A new webhook. It listens to a collection, a registry, a project or, with none of them, to the whole "
    "server."
)
class CreateWebhookInput:
    """Values of a webhook."""

    url: str = strawberry.field(description=_URL)
    collection: CollectionRef | None = strawberry.field(default=None, description="The collection to listen to.")
    registry: RegistryRef | None = strawberry.field(default=None, description="The registry to listen to.")
    project: ProjectRef | None = strawberry.field(default=None, description="The project to listen to.")
    kinds: list[EventKind] | None = strawberry.field(default=None, description=_KINDS)
    alias_pattern: str | None = strawberry.field(default=None, description=_ALIAS)
    tag_pattern: str | None = strawberry.field(default=None, description=_TAG)
    collection_pattern: str | None = strawberry.field(default=None, description=_COLLECTION)


@strawberry.input(description="Changes to a webhook. From then on it is told what you may see.")
class UpdateWebhookInput:
    """New values of a webhook."""

    webhook: strawberry.ID = strawberry.field(description="The webhook's id.")
    url: str | None = strawberry.field(default=strawberry.UNSET, description=f"{_URL} {_LATER}")
    kinds: list[EventKind] | None = strawberry.field(default=strawberry.UNSET, description=f"{_KINDS} {_LATER}")
    alias_pattern: str | None = strawberry.field(default=strawberry.UNSET, description=f"{_ALIAS} {_LATER}")
    tag_pattern: str | None = strawberry.field(default=strawberry.UNSET, description=f"{_TAG} {_LATER}")
    collection_pattern: str | None = strawberry.field(default=strawberry.UNSET, description=f"{_COLLECTION} {_LATER}")
    enabled: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"Whether it is told anything. Turned on again it goes on where it stood. {_LATER}",
    )
    rotate_secret: bool = strawberry.field(default=False, description="Whether to make a new secret, at once.")


@strawberry.input(description="A webhook to delete.")
class DeleteWebhookInput:
    """Which webhook."""

    webhook: strawberry.ID = strawberry.field(description="The webhook's id.")


@strawberry.input(description="From where on a webhook is to be told again.")
class ReplayWebhookInput:
    """Which webhook, and the place in the log."""

    webhook: strawberry.ID = strawberry.field(description="The webhook's id.")
    after: str = strawberry.field(
        description="A cursor of the log: the `cursor` of a webhook, of what was sent to it, or of a subscription; an "
        "empty text for the whole log. Ahead of where it stands it skips what is between."
    )


@strawberry.input(description="A webhook to send a ping to.")
class TestWebhookInput:
    """Which webhook."""

    webhook: strawberry.ID = strawberry.field(description="The webhook's id.")


@strawberry.input(description="What is to be sent again.")
class RedeliverWebhookInput:
    """Which delivery."""

    delivery: strawberry.ID = strawberry.field(description="The delivery's id.")


@strawberry.type(description="The webhook that was made or changed, and its secret where there is a new one.")
class WebhookSecretPayload(Payload):
    """Answers `createWebhook` and `updateWebhook`."""

    webhook: Webhook | None = reads(One("value.webhook_id", Webhook), "The webhook.")
    secret: str | None = reads(
        Column("value.secret"),
        "The secret that signs what is sent, if it is new. It is never shown again.",
    )


@strawberry.type(description="The webhook that was changed.")
class WebhookPayload(Payload):
    """Answers `deleteWebhook` and `replayWebhook`."""

    webhook: Webhook | None = reads(One("value", Webhook), "The webhook.")


@strawberry.type(description="What will be sent, in a moment. Ask for it again by its id to see what came of it.")
class WebhookDeliveryPayload(Payload):
    """Answers `testWebhook` and `redeliverWebhook`."""

    delivery: WebhookDelivery | None = reads(One("value", WebhookDelivery), "The delivery.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A webhook, with its secret if it is new."""

    webhook_id: int
    secret: str | None


def _shown(made: tuple[tables.Webhook, str | None]) -> Shown:
    return Shown(made[0].id, made[1])


def _webhook(id: str) -> int:
    return decode_id(id, "Webhook", field="webhook")[1]


@strawberry.type
class WebhookMutations:
    """On webhooks."""

    @mutation(description="Tell a URL of events, from now on. Its secret is in the answer, and nowhere else.")
    async def create_webhook(self, info: strawberry.Info[Context], input: CreateWebhookInput) -> WebhookSecretPayload:
        """Make a webhook."""
        return await perform(
            info,
            WebhookSecretPayload,
            _shown,
            webhooks.create_webhook,
            input.url,
            info.context.reach,
            ref(input.collection, "collection") if input.collection else None,
            ref(input.registry, "registry") if input.registry else None,
            ref(input.project, "project") if input.project else None,
            input.kinds,
            input.alias_pattern,
            input.tag_pattern,
            input.collection_pattern,
        )

    @mutation(description="Change a webhook, turn it on or off, give it a new secret.")
    async def update_webhook(self, info: strawberry.Info[Context], input: UpdateWebhookInput) -> WebhookSecretPayload:
        """Change a webhook."""
        return await perform(
            info,
            WebhookSecretPayload,
            _shown,
            webhooks.update_webhook,
            _webhook(input.webhook),
            info.context.reach,
            not_null(input.url),
            given(input.kinds),
            given(input.alias_pattern),
            given(input.tag_pattern),
            given(input.collection_pattern),
            not_null(input.enabled),
            input.rotate_secret,
        )

    @mutation(description="Delete a webhook, what it was sent, and what it was still to be sent.")
    async def delete_webhook(self, info: strawberry.Info[Context], input: DeleteWebhookInput) -> WebhookPayload:
        """Delete a webhook."""
        return await perform(info, WebhookPayload, key, webhooks.delete_webhook, _webhook(input.webhook))

    @mutation(description="Tell a webhook again of all that is behind a place in the log. `webhook-id`s stay the same.")
    async def replay_webhook(self, info: strawberry.Info[Context], input: ReplayWebhookInput) -> WebhookPayload:
        """Send a webhook back, or ahead."""
        after = event_key(input.after, "after")
        return await perform(info, WebhookPayload, key, webhooks.replay_webhook, _webhook(input.webhook), after)

    @mutation(description="Send a ping to a webhook, once, also if it is turned off.")
    async def test_webhook(self, info: strawberry.Info[Context], input: TestWebhookInput) -> WebhookDeliveryPayload:
        """Send a ping."""
        return await perform(info, WebhookDeliveryPayload, key, webhooks.ping_webhook, _webhook(input.webhook))

    @mutation(description="Send again what was sent to a webhook, or has failed.")
    async def redeliver_webhook(
        self, info: strawberry.Info[Context], input: RedeliverWebhookInput
    ) -> WebhookDeliveryPayload:
        """Send again."""
        delivery = decode_id(input.delivery, "WebhookDelivery", field="delivery")[1]
        return await perform(info, WebhookDeliveryPayload, key, webhooks.redeliver, delivery)


def not_null(value: Any) -> Any:
    """An input for the rules where null means the same as leaving it out."""
    return given(strawberry.UNSET if value is None else value)
