"""The questions of the docs are answered as they say."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from httpx import AsyncClient

from tests.demo.asking import ask

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text()
QUESTION = re.compile(r"^## (\d+)\. [^\n]+\?$\n+```graphql\n(.*?)```\n(.*?)(?=^## |\Z)", re.M | re.S)


def values(answer: Any) -> Iterator[str]:
    """All that an answer says, but the names of its fields."""
    if isinstance(answer, dict | list):
        for item in answer.values() if isinstance(answer, dict) else answer:
            yield from values(item)
    else:
        yield str(answer)


async def test_each_question_is_answered_as_the_page_says(client: AsyncClient) -> None:
    questions = QUESTION.findall(PAGE)
    assert [number for number, *_ in questions] == [str(number) for number in range(1, 11)]
    for number, query, answer in questions:
        told = set(values(await ask(client, query)))
        said = re.findall(r"`([^`]+)`", answer)
        assert said, number
        assert [fact for fact in said if fact not in told] == [], (number, sorted(told))
