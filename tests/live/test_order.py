"""However transactions overlap: nothing is skipped, nothing is told twice, and in the end all is told."""

from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gqlregistry.live.order import Order


@dataclass
class Store:
    """A sequence and a table, as overlapping transactions see them."""

    last: int = 0
    visible: list[int] = field(default_factory=list)
    open: dict[str, list[int]] = field(default_factory=dict)

    @property
    def writers(self) -> frozenset[str]:
        return frozenset(self.open)

    def write(self, name: str) -> None:
        self.last += 1
        self.open.setdefault(name, []).append(self.last)

    def end(self, name: str, commits: bool) -> None:
        keys = self.open.pop(name)
        if commits:
            self.visible = sorted(self.visible + keys)


class Reader:
    """Tells as `Log` does, with the world going on between any two of its steps."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.order = Order(0)
        self.told: list[int] = []
        self.steps = self._steps()

    def _steps(self):  # type: ignore[no-untyped-def]
        while True:
            blocked = self.order.waits and self.order.blocked(self.store.writers)
            yield
            found = [key for key in self.store.visible if key > self.order.settled][:5]
            yield
            count = self.order.settle(found, blocked)
            self.told += found[:count]
            if count < len(found):
                self.order.wait_for(found[-1], self.store.writers)
            yield


@given(seed=st.integers(0, 2**32), length=st.integers(0, 300))
def test_all_that_becomes_visible_is_told_once_and_in_order(seed: int, length: int) -> None:
    random, store = Random(seed), Store()
    reader = Reader(store)
    for number in range(length):
        match random.choice(("write", "write", "more", "end", "tell", "tell", "tell")):
            case "write":
                store.write(f"t{number}")
            case "more" if store.open:
                store.write(random.choice(sorted(store.open)))
            case "end" if store.open:
                store.end(random.choice(sorted(store.open)), random.random() < 0.7)
            case "tell":
                next(reader.steps)
    for name in sorted(store.open):
        store.end(name, commits=True)
    for _ in range(3 * (length + 3)):
        next(reader.steps)
    assert reader.told == store.visible


@pytest.mark.parametrize("commits", [True, False])
def test_what_is_behind_a_key_that_is_taken_waits_until_its_transaction_has_ended(commits: bool) -> None:
    store, order = Store(), Order(0)
    store.write("slow")
    store.write("fast")
    store.end("fast", commits=True)
    assert order.settle(store.visible, blocked=False) == 0
    order.wait_for(2, store.writers)
    assert order.blocked(store.writers)
    assert order.settle(store.visible, blocked=True) == 0
    store.end("slow", commits)
    assert not order.blocked(store.writers)
    assert order.settle(store.visible, blocked=False) == len(store.visible)
    assert (order.settled, order.waits) == (2, False)


def test_a_new_writer_does_not_hold_up_what_was_there_before() -> None:
    store, order = Store(), Order(0)
    store.write("dead")
    store.end("dead", commits=False)
    store.write("first")
    store.end("first", commits=True)
    order.settle(store.visible, blocked=False)
    order.wait_for(2, store.writers)
    store.write("later")
    assert not order.blocked(store.writers)
    assert order.settle(store.visible, blocked=False) == 1


def test_keys_without_a_gap_need_no_look_at_the_writers() -> None:
    order = Order(7)
    assert order.settle([8, 9, 10], blocked=False) == 3
    assert (order.settled, order.waits) == (10, False)
