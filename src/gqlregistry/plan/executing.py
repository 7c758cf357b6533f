"""The ordinary executor, which is gone when its operation is."""

from typing import Any
from weakref import WeakMethod

from graphql import GraphQLResolveInfoHelpers
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext


class Executor(StrawberryGraphQLCoreExecutionContext):
    """graphql-core's knows itself through its helpers, and the context: all that an operation made would wait for a
    collection of garbage, which takes the longer the more there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.async_helpers = GraphQLResolveInfoHelpers(_weak(self.gather_async_work), _weak(self.track_async_work))


def _weak(method: Any) -> Any:
    """A method, of an object that may go: whoever calls it is at work for that."""
    found = WeakMethod(method)

    def call(*args: Any, **kwargs: Any) -> Any:
        of_object = found()
        assert of_object is not None
        return of_object(*args, **kwargs)

    return call
