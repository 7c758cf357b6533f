"""One user's long operations wait behind each other, and behind nobody else's."""

import asyncio

import pytest

from gqlregistry.turns import AT_ONCE, Turns


async def test_one_user_has_so_many_at_work_and_others_do_not_wait() -> None:
    turns, begun = Turns(), []

    async def work(user: int, number: int) -> None:
        async with turns.of(user):
            begun.append((user, number))
            await asyncio.sleep(3600)

    tasks = [asyncio.create_task(work(1, number)) for number in range(5)]
    await asyncio.sleep(0)
    assert begun == [(1, number) for number in range(AT_ONCE)]
    tasks.append(asyncio.create_task(work(2, 0)))
    await asyncio.sleep(0)
    assert begun[-1] == (2, 0)
    tasks[0].cancel()
    await asyncio.wait([tasks[0]])
    await asyncio.sleep(0)
    assert begun[-1] == (1, AT_ONCE)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    assert len(turns) == 0


async def test_who_only_waits_on_lets_the_next_one_begin() -> None:
    turns = Turns()
    async with turns.of(1), turns.of(1) as turn:
        turn.release()
        turn.release()
        async with turns.of(1):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.01), turns.of(1):
                    pass
    assert len(turns) == 0
