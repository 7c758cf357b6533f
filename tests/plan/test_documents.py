"""What is remembered of documents is bounded, whatever a client sends."""

from typing import Any

import pytest
from graphql import parse

from gqlregistry.plan import documents as documents_module
from gqlregistry.plan.documents import (
    FORGOTTEN_AT_ONCE,
    IDLE_SECONDS,
    MAX_HEARD,
    MAX_LENGTH,
    MAX_VARIANTS,
    SHORT_LENGTH,
    Document,
    Documents,
    Operation,
)
from gqlregistry.schema.schema import public_schema


def remembered(documents: Documents, text: str) -> bool:
    documents.add(text, Document(public_schema(), parse(text)))
    return documents.find(text) is not None


def operation(text: str) -> Operation:
    found = Document(public_schema(), parse(text)).operation(None)
    assert found is not None
    return found


def test_only_the_documents_that_were_sent_last_are_remembered() -> None:
    documents = Documents(limit=3)
    texts = [f"{{ a{number}: __typename }}" for number in range(5)]
    assert all(remembered(documents, text) for text in texts[:3])
    assert documents.find(texts[0]) is not None
    assert all(remembered(documents, text) for text in texts[3:])
    assert [documents.find(text) is not None for text in texts] == [True, False, False, True, True]


def test_all_that_are_remembered_are_so_long_together() -> None:
    documents = Documents(total=100)
    texts = [f"{{ a{number}: __typename }}".ljust(40) for number in range(3)]
    assert all(remembered(documents, text) for text in [*texts[:2], *texts[:2]])
    assert remembered(documents, texts[2])
    assert [documents.find(text) is not None for text in texts] == [False, True, True]
    assert remembered(documents, "{ __typename }".ljust(100))
    assert not any(documents.find(text) for text in texts)


def test_what_nobody_sends_is_forgotten_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(documents_module, "monotonic", lambda: now[0])
    documents = Documents()
    texts = [f"{{ a{number}: __typename }}" for number in range(7)]
    assert all(remembered(documents, text) for text in texts)
    now[0] = IDLE_SECONDS - 1
    assert documents.find(texts[6]) is not None
    now[0] = IDLE_SECONDS + 1
    assert len(documents._known) == 7
    assert documents.find(texts[6]) is not None
    assert len(documents._known) == 7 - FORGOTTEN_AT_ONCE
    assert documents.find(texts[6]) is not None
    assert [*documents._known] == [*documents._sent_at] == texts[6:]


def test_a_long_document_is_remembered_when_it_comes_again_and_a_very_long_one_never() -> None:
    documents = Documents()
    text = "{ __typename }"
    assert remembered(documents, text.ljust(SHORT_LENGTH))
    for length in (SHORT_LENGTH + 1, MAX_LENGTH):
        assert not remembered(documents, text.ljust(length))
        assert remembered(documents, text.ljust(length))
    assert [remembered(documents, text.ljust(MAX_LENGTH + 1)) for _ in range(3)] == [False] * 3


def test_what_was_heard_once_is_bounded() -> None:
    documents = Documents()
    for number in range(MAX_HEARD + 10):
        remembered(documents, f"{{ a{number}: __typename }}".ljust(SHORT_LENGTH + 1))
    assert (len(documents._heard), len(documents._known)) == (MAX_HEARD, 0)


def test_the_values_of_variables_decide_of_a_bounded_number_of_costs_and_plans() -> None:
    text = """query ($first: Int, $skip: Boolean!, $ids: [ID!]!) {
        runs(first: $first) { nodes { id @skip(if: $skip) } } nodes(ids: $ids) { id } }"""
    asked = operation(text)
    for first in range(10 * MAX_VARIANTS):
        asked.cost({"first": first, "skip": True, "ids": []})
        asked.plan(Coerced(first=first, skip=bool(first % 2), ids=[]))
    assert len(asked._costs) <= MAX_VARIANTS
    assert len(asked._plans) == 2


def test_a_plan_does_not_depend_on_the_values_of_arguments() -> None:
    asked = operation("query ($first: Int) { runs(first: $first) { nodes { id } } }")
    assert asked.plan(Coerced(first=1)) is asked.plan(Coerced(first=2)) is not None


class Coerced:
    """Variables as graphql-core gives them to a plan."""

    def __init__(self, **coerced: Any) -> None:
        self.coerced = coerced
