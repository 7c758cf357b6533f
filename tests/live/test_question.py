"""Answers are asked for once, whoever waits for them."""

import asyncio
from collections.abc import Sequence

import pytest

from gqlregistry.live import question as question_module
from gqlregistry.live.question import Question


class Asked:
    """Answers when it is told to, and knows what it was asked."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.may = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self, keys: Sequence[int]) -> list[bytes | None]:
        self.batches.append(list(keys))
        await self.may.wait()
        if self.error is not None:
            raise self.error
        return [None if key == 13 else b"%d" % key for key in keys]


async def test_who_asks_the_same_at_once_shares_the_answer() -> None:
    asked = Asked()
    question = Question(asked, asyncio.Semaphore(1))
    question.subscribers = 3
    first = asyncio.create_task(question.answers([1, 2]))
    second = asyncio.create_task(question.answers([2, 3]))
    third = asyncio.create_task(question.answers([1, 2, 3, 13]))
    await asyncio.sleep(0)
    asked.may.set()
    assert await first == [b"1", b"2"]
    assert await second == [b"2", b"3"]
    assert await third == [b"1", b"2", b"3", None]
    assert asked.batches == [[1, 2], [3], [13]]


async def test_who_comes_a_little_later_finds_it_there() -> None:
    asked = Asked()
    asked.may.set()
    question = Question(asked, asyncio.Semaphore(1))
    question.subscribers = 2
    for _ in range(3):
        assert await question.answers([1, 13]) == [b"1", None]
    assert asked.batches == [[1, 13]]


async def test_an_answer_that_might_be_another_now_is_forgotten() -> None:
    asked = Asked()
    asked.may.set()
    question = Question(asked, asyncio.Semaphore(1))
    question.subscribers = 2
    await question.answers([1])
    question.forget()
    await question.answers([1])
    assert asked.batches == [[1], [1]]


async def test_who_asks_after_it_was_forgotten_does_not_get_an_answer_that_was_begun_before() -> None:
    asked = Asked()
    question = Question(asked, asyncio.Semaphore(2))
    question.subscribers = 2
    before = asyncio.create_task(question.answers([1]))
    await asyncio.sleep(0)
    question.forget()
    after = asyncio.create_task(question.answers([1]))
    await asyncio.sleep(0)
    asked.may.set()
    assert await before == await after == await question.answers([1]) == [b"1"]
    assert asked.batches == [[1], [1]]


async def test_an_answer_that_comes_after_it_was_forgotten_is_not_kept() -> None:
    asked = Asked()
    question = Question(asked, asyncio.Semaphore(1))
    question.subscribers = 2
    before = asyncio.create_task(question.answers([1]))
    await asyncio.sleep(0)
    question.forget()
    asked.may.set()
    await before
    await question.answers([1])
    assert asked.batches == [[1], [1]]


async def test_only_the_latest_bytes_are_kept_and_none_for_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_module, "KEPT_BYTES", 200)
    asked = Asked()
    asked.may.set()
    question = Question(asked, asyncio.Semaphore(1))
    question.subscribers = 2
    for key in range(1, 9):
        await question.answers([key])
    await question.answers([8])
    await question.answers([1])
    assert asked.batches == [[key] for key in (*range(1, 9), 1)]
    alone = Question(asked, asyncio.Semaphore(1))
    alone.subscribers = 1
    await alone.answers([1])
    await alone.answers([1])
    assert asked.batches[-2:] == [[1], [1]]


async def test_who_leaves_does_not_take_the_answer_from_the_others() -> None:
    asked = Asked()
    question = Question(asked, asyncio.Semaphore(1))
    leaving = asyncio.create_task(question.answers([1]))
    staying = asyncio.create_task(question.answers([1]))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.sleep(0)
    asked.may.set()
    assert await staying == [b"1"]
    assert asked.batches == [[1]]


async def test_an_error_reaches_all_and_is_not_remembered() -> None:
    asked = Asked()
    asked.error = ValueError("no")
    question = Question(asked, asyncio.Semaphore(1))
    question.subscribers = 2
    asked.may.set()
    answers = await asyncio.gather(question.answers([1]), question.answers([1]), return_exceptions=True)
    assert [type(answer) for answer in answers] == [ValueError, ValueError]
    asked.error = None
    assert await question.answers([1]) == [b"1"]


async def test_only_so_many_are_asked_at_once() -> None:
    gate, both = asyncio.Semaphore(1), [Asked(), Asked()]
    answers = [asyncio.create_task(Question(asked, gate).answers([1])) for asked in both]
    await asyncio.sleep(0.01)
    assert [len(asked.batches) for asked in both] == [1, 0]
    both[0].may.set()
    both[1].may.set()
    assert [await answer for answer in answers] == [[b"1"], [b"1"]]
