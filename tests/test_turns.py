"""One user's operations wait behind each other, and behind nobody else's."""

import asyncio
from itertools import pairwise

import pytest

from gqlregistry import turns
from gqlregistry.turns import AROUND, LONG, SHORT, Length, Turns


def shared() -> Turns:
    """Two users ask."""
    turns = Turns()
    turns._hear(1)
    turns._hear(2)
    return turns


async def left_empty(turns: Turns) -> None:
    """Nothing of those who have gone stays."""
    await asyncio.sleep(2 * AROUND)
    assert len(turns) == 0


class Crowd:
    """Operations that have no end, and which of them are at work."""

    def __init__(self, turns: Turns, length: Length = LONG) -> None:
        self.turns, self.length = turns, length
        self.begun: list[tuple[int, int]] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def add(self, user: int, *numbers: int) -> None:
        self.tasks += [asyncio.create_task(self._work(user, number)) for number in numbers]
        await asyncio.sleep(0)

    async def _work(self, user: int, number: int) -> None:
        async with self.turns.of(user, self.length):
            self.begun.append((user, number))
            await asyncio.sleep(3600)

    async def cancel(self, *tasks: asyncio.Task[None]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


@pytest.mark.parametrize("length", [SHORT, LONG], ids=["short", "long"])
async def test_one_user_has_so_many_at_work_and_others_do_not_wait(length: Length) -> None:
    crowd = Crowd(shared(), length)
    await crowd.add(1, *range(5))
    assert crowd.begun == [(1, number) for number in range(length.at_once)]
    await crowd.add(2, 0)
    assert crowd.begun[-1] == (2, 0)
    await crowd.cancel(crowd.tasks[0])
    await asyncio.sleep(0.2)
    assert crowd.begun[-1] == (1, length.at_once)
    await crowd.cancel(*crowd.tasks)
    await left_empty(crowd.turns)


async def test_who_is_alone_has_more_at_work_until_another_asks() -> None:
    crowd = Crowd(Turns())
    crowd.turns._hear(1)
    await crowd.add(1, *range(LONG.alone + 3))
    assert len(crowd.begun) == LONG.alone
    await crowd.cancel(crowd.tasks[0])
    assert len(crowd.begun) == LONG.alone + 1
    crowd.turns._hear(2)
    await crowd.cancel(*crowd.tasks[1:3])
    await asyncio.sleep(0.2)
    assert len(crowd.begun) == LONG.alone + 1
    await crowd.cancel(*crowd.tasks)
    await left_empty(crowd.turns)


async def test_who_has_not_asked_for_a_while_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "ALONE_SECONDS", 0.02)
    both = shared()
    assert not both.is_alone()
    await asyncio.sleep(0.03)
    assert both.is_alone()


async def test_short_ones_do_not_wait_for_long_ones() -> None:
    crowd = Crowd(shared(), LONG)
    await crowd.add(1, *range(LONG.at_once + 1))
    crowd.length = SHORT
    await crowd.add(1, 10)
    assert crowd.begun[-1] == (1, 10)
    await crowd.cancel(*crowd.tasks)


async def test_who_gives_up_while_waiting_takes_no_place() -> None:
    crowd = Crowd(shared())
    await crowd.add(1, 0, 1, 2)
    await crowd.cancel(crowd.tasks[1])
    await crowd.cancel(crowd.tasks[0])
    await asyncio.sleep(0.2)
    assert crowd.begun == [(1, 0), (1, 2)]
    await crowd.cancel(crowd.tasks[2])
    await left_empty(crowd.turns)


async def test_who_only_waits_on_lets_the_next_one_begin() -> None:
    turns = shared()
    async with turns.of(1, LONG) as turn:
        turn.rests = False
        turn.release()
        turn.release()
        async with turns.of(1, LONG):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.01), turns.of(1, LONG):
                    pass
    await left_empty(turns)


async def rest(turns: Turns, seconds: float) -> float:
    """How long the second of a user waits behind the end of the first."""
    loop = asyncio.get_running_loop()

    async def work() -> tuple[float, float]:
        async with turns.of(1, LONG):
            began = loop.time()
            await asyncio.sleep(seconds)
            return began, loop.time()

    first, second = await asyncio.gather(work(), work())
    return second[0] - first[1]


async def test_a_rest_comes_between_two_of_one_user() -> None:
    assert await rest(shared(), 0.05) >= 0.045


async def test_who_is_alone_does_not_rest() -> None:
    assert await rest(Turns(), 0.05) < 0


async def test_refusals_of_an_address_wait_behind_each_other() -> None:
    turns, told = Turns(), list[str]()

    async def refuse(address: str) -> None:
        await turns.hold_back(address)
        told.append(address)

    await asyncio.gather(*map(refuse, ("a", "a", "a", "b")))
    assert told == ["a", "b", "a", "a"]
    await left_empty(turns)


async def test_who_asks_at_once_what_is_answered_at_once_waits_for_itself() -> None:
    turns, begun = shared(), list[float]()

    async def ask() -> None:
        async with turns.of(1, SHORT):
            begun.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(ask() for _ in range(4)))
    pauses = [later - earlier for earlier, later in pairwise(begun)]
    assert all(pause >= AROUND for pause in pauses[1:]), pauses
    await left_empty(turns)
