"""What is told of a change to those who wait for one. It only wakes them: what has changed, they read in the tables."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeAlias

from gqlregistry.store.tables import EventKind


@dataclass(frozen=True, slots=True)
class News:
    """What a change has done: the kinds of the events that it appended, the lineage nodes that it touched, by key."""

    kinds: frozenset[EventKind] = frozenset()
    runs: frozenset[int] = frozenset()
    artifacts: frozenset[int] = frozenset()
    vague: bool = False
    """Something else has changed too, and it is not known what."""

    def __bool__(self) -> bool:
        return self.vague or bool(self.kinds or self.runs or self.artifacts)

    def __or__(self, other: "News") -> "News":
        return News(
            self.kinds | other.kinds,
            self.runs | other.runs,
            self.artifacts | other.artifacts,
            self.vague or other.vague,
        )


VAGUE = News(vague=True)

Listener: TypeAlias = Callable[[News], None]


class Announcer:
    """Tells those who listen what this process has changed; within `hearing`, also what others have."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Tell `listener` of each change, once it is durable."""
        self._listeners.append(listener)

    def announce(self, news: News) -> None:
        """Tell that a change is durable."""
        if news:
            self.tell(news)

    def tell(self, news: News) -> None:
        """Tell those in this process who listen."""
        for listener in self._listeners:
            listener(news)

    def hearing(self) -> AbstractAsyncContextManager[None]:
        """Until the end of the block, tell of what other processes change too, soon and at least vaguely.

        News may be lost, when a process or a connection dies: who must not miss any looks from time to time.
        """
        return nullcontext()

    async def close(self) -> None:
        """Say what is left to say to other processes."""
