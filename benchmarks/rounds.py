"""Timing: rounds in which all contenders answer the same requests, in random order; medians, ranges, ratios."""

import gc
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any

Answer = Callable[[dict[str, Any]], Awaitable[object]]


@dataclass(slots=True)
class Times:
    """One contender's rounds: seconds a request, and the ratio to the floor's time for the same requests."""

    seconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle round."""
        return median(self.seconds)

    @property
    def ratio(self) -> float:
        """The middle ratio."""
        return median(self.ratios)

    def overlaps(self, other: "Times") -> bool:
        """Whether the ratios of two contenders overlap. (The seconds always may: rounds ask for different objects.)"""
        return min(self.ratios) <= max(other.ratios) and min(other.ratios) <= max(self.ratios)


async def measure(
    contenders: Mapping[str, Answer],
    variables: Sequence[dict[str, Any]],
    per_round: int,
    rounds: int,
    slow: Mapping[str, int],
    seed: int = 1,
) -> dict[str, Times]:
    """Time each contender. `slow` says how many requests of a round those answer that need long.

    `variables` go round; the first contender is what the ratios are to.
    """
    choose = random.Random(seed)
    floor = next(iter(contenders))
    found = {name: Times() for name in contenders}
    for number in range(rounds):
        asked = [variables[(number * per_round + at) % len(variables)] for at in range(per_round)]
        order = list(contenders)
        choose.shuffle(order)
        spent: dict[str, list[float]] = {}
        for name in order:
            answer = contenders[name]
            gc.collect()
            taken = []
            for given in asked[: slow.get(name, per_round)]:
                start = perf_counter()
                await answer(given)
                taken.append(perf_counter() - start)
            spent[name] = taken
        for name, taken in spent.items():
            found[name].seconds.append(sum(taken) / len(taken))
            found[name].ratios.append(sum(taken) / sum(spent[floor][: len(taken)]))
    return found
