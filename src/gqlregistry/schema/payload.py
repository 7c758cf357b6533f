"""What every mutation answers: the thing that it changed, the events that it wrote, the errors that it met."""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

import strawberry
from strawberry.types import get_object_definition

from gqlregistry.errors import BadInput, Conflict, ErrorCode, Forbidden, NotFound, RegistryError, let_go
from gqlregistry.plan.readers import Column, Embedded, Ref, Refs, read_by_key
from gqlregistry.plan.relay import reads
from gqlregistry.plan.shape import Record, shape_of
from gqlregistry.registry.change import Change, apply
from gqlregistry.registry.values import UNSET
from gqlregistry.schema.context import Context
from gqlregistry.schema.event import ActionEvent

P = ParamSpec("P")
T = TypeVar("T")
PayloadT = TypeVar("PayloadT", bound="Payload")

EXPECTED = (BadInput, NotFound, Conflict, Forbidden)
"""Errors that belong to the answer: they tell the client what to do otherwise."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a payload shows it."""

    code: ErrorCode
    message: str
    field: Sequence[str]


@dataclass(frozen=True)
class Done:
    """What a payload reads from. `value` is the key of what was changed, or what else the payload says it is."""

    value: Any = None
    events: Sequence[int] = ()
    errors: Sequence[Failure] = field(default=())

    @property
    def event_refs(self) -> list[Ref]:
        """The events, oldest first."""
        return [Ref(ActionEvent, key) for key in self.events]


@strawberry.type(description="Why a mutation changed nothing.")
class MutationError(Record):
    """An expected error."""

    code: ErrorCode = reads(Column("code"), "What kind of error it is.")
    message: str = reads(Column("message"), "What went wrong, for people.")
    field: list[str] = reads(Column("field"), "Which input is at fault, outermost first; empty if no single one is.")


@strawberry.interface(
    description="What every mutation answers. If there are errors, nothing was changed and the other fields are null."
)
class Payload(Record):
    """Base of all payloads."""

    events: list[ActionEvent] = reads(
        Refs("event_refs", many=True), "The events that it wrote, oldest first; none if nothing had to be changed."
    )
    errors: list[MutationError] = reads(
        Embedded("errors", MutationError, many=True), "Why nothing was changed; empty if all went well."
    )


def mutation(description: str) -> Callable[[Callable[..., Awaitable[Payload]]], Any]:
    """Declare a mutation: `async def verb_noun(self, info, input: VerbNounInput) -> NounPayload`.

    An expected error belongs to its payload, whether the rule raises it or the reading of its input: the mutations
    before it in the same request have been done, and their answers must not be lost.
    """

    def declare(resolver: Callable[..., Awaitable[Payload]]) -> Any:
        signature = inspect.signature(resolver)
        payload: type[Payload] = signature.return_annotation
        *context, given_input = signature.parameters.values()
        about = strawberry.argument(description=get_object_definition(given_input.annotation, strict=True).description)
        described: Any = Annotated[given_input.annotation, about]

        @wraps(resolver)
        async def answer(*args: Any, **kwargs: Any) -> Payload:
            try:
                return await resolver(*args, **kwargs)
            except EXPECTED as error:
                let_go(error)
                return failed(payload, error)

        answer.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[*context, given_input.replace(annotation=described)]
        )
        return strawberry.mutation(answer, description=description)

    return declare


async def perform(
    info: strawberry.Info[Context],
    payload: type[PayloadT],
    answer: Callable[[T], Any | Awaitable[Any]],
    rule: Callable[Concatenate[Change, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> PayloadT:
    """Apply a rule; `answer` takes from its result what the payload reads from, usually a key."""
    context = info.context
    outcome = await apply(context.database, context.principal, rule, *args, **kwargs)
    # What the operation has read before is no longer true.
    context.batch.forget()
    events = [event.id for event in outcome.events]
    if events and not context.principal.sees_all:
        # Deleting a version takes it out of registries that its project's members need not see.
        seen = await context.driver.run(read_by_key(shape_of(ActionEvent), context.request, events, None))
        events = [key for key in events if key in seen]
    answered = answer(outcome.result)
    found: PayloadT = payload.of_object(Done(await answered if inspect.isawaitable(answered) else answered, events))
    return found


def failed(payload: type[PayloadT], error: RegistryError) -> PayloadT:
    """The payload of a mutation that changed nothing."""
    answered: PayloadT = payload.of_object(Done(errors=[Failure(error.code, error.message, error.field)]))
    return answered


def key(row: Any) -> int:
    """The key of a row."""
    found: int = row.id
    return found


def given(value: Any) -> Any:
    """An input for the rules: `UNSET` if the client left it out."""
    return UNSET if value is strawberry.UNSET else value


def or_none(value: Any) -> Any:
    """An input for the rules where leaving it out means the same as null."""
    return None if value is strawberry.UNSET else value
