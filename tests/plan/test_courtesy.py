"""A thread that computes waits for the event loop now and then, and not for ever."""

import asyncio
import threading
import time

from gqlregistry.plan.courtesy import LONGEST, SLICE, Courtesy


def compute(courtesy: Courtesy, seconds: float) -> None:
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        courtesy()


async def test_the_loop_comes_round_in_each_slice() -> None:
    turns, ended = 0, asyncio.Event()
    loop = asyncio.get_running_loop()

    async def count() -> None:
        nonlocal turns
        while not ended.is_set():
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    await loop.run_in_executor(None, compute, Courtesy(loop), 0.2)
    ended.set()
    await counting
    assert turns > 50


async def test_the_thread_goes_on_only_when_the_loop_has_done_what_was_ready() -> None:
    loop, order = asyncio.get_running_loop(), list[str]()

    def work() -> None:
        courtesy = Courtesy(loop)
        time.sleep(SLICE)
        loop.call_soon_threadsafe(order.append, "loop")
        courtesy()
        order.append("thread")

    await asyncio.to_thread(work)
    assert order == ["loop", "thread"]


def test_a_loop_that_stands_still_or_is_closed_is_not_waited_for() -> None:
    loop = asyncio.new_event_loop()
    courtesy = Courtesy(loop)
    for closed in (False, True):
        if closed:
            loop.close()
        time.sleep(SLICE)
        began = time.perf_counter()
        working = threading.Thread(target=courtesy)
        working.start()
        working.join()
        assert time.perf_counter() - began < 20 * LONGEST
