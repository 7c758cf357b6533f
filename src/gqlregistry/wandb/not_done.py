"""What the client asks for and this server has in another form: it is told in which."""

from collections.abc import Sequence

from graphql import GraphQLError

WEBHOOKS = (
    "this server has no automations and no integrations: make a webhook with `createWebhook` of the public API at "
    "/graphql, which is told of the same events (docs/webhooks.md)"
)

INSTEAD = dict.fromkeys(
    (
        "triggers",
        "createFilterTrigger",
        "updateFilterTrigger",
        "deleteTrigger",
        "integrations",
        "createGenericWebhookIntegration",
    ),
    WEBHOOKS,
)
"""By the field that the client begins with."""


def told_instead(errors: Sequence[GraphQLError]) -> list[GraphQLError]:
    """Why a document is not valid; where it asks for what there is in another form, that comes first."""
    messages = {
        words: f"{error.message} {words[0].upper()}{words[1:]}"
        for error in reversed(errors)
        for field, words in INSTEAD.items()
        if f"Cannot query field '{field}'" in error.message
    }
    return [*map(GraphQLError, messages.values()), *errors]
