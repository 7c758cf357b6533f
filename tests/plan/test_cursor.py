"""Cursors: what goes in comes out, and nothing else does."""

import base64
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gqlregistry.errors import BadInput
from gqlregistry.plan.columns import col
from gqlregistry.plan.cursor import decode_cursor, encode_cursor
from gqlregistry.store import tables
from gqlregistry.store.tables import instant_text

BY_NAME = [col(tables.Run.name), col(tables.Run.id)]
BY_TIME = [col(tables.Run.created_at), col(tables.Run.id)]


def cursor(*parts: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.integers(-(2**63) + 1, 2**63 - 1))
def test_what_goes_in_comes_out(name: str, key: int) -> None:
    assert decode_cursor(encode_cursor("NAME", [name, key]), "NAME", BY_NAME, "after") == [name, key]


def test_times_come_out_as_times() -> None:
    now = datetime.now(UTC)
    assert decode_cursor(encode_cursor("TIME", [instant_text(now), 1]), "TIME", BY_TIME, "after") == [now, 1]


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        decode_cursor(text, "NAME", BY_NAME, "after")
    assert caught.value.field == ("after",)


@pytest.mark.parametrize(
    "text",
    [
        cursor(),
        cursor(1),
        cursor(2, "NAME", "a", 1),
        cursor("1", "NAME", "a", 1),
        cursor(1, "NAME", "a"),
        cursor(1, "NAME", "a", 1, 2),
        cursor(1, "NAME", 1, 1),
        cursor(1, "NAME", "a", "1"),
        cursor(1, "NAME", "a", True),
        cursor(1, "NAME", "a", 1.5),
        cursor(1, "NAME", "a", None),
        cursor(1, "NAME", "a\0", 1),
        cursor(1, "NAME", "a", 2**63),
        cursor(1, "NAME", ["a"], 1),
        cursor(1, ["NAME"], "a", 1),
        cursor(1, "OTHER", "a", 1),
        base64.b64encode(b"arrayconnection:9").decode(),
        base64.b64encode(b'{"a": 1}').decode(),
        base64.b64encode(b"1").decode(),
        base64.b64encode(b"[" * 100_000).decode(),
    ],
)
def test_what_was_tampered_with_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        decode_cursor(text, "NAME", BY_NAME, "after")
    with pytest.raises(BadInput):
        decode_cursor(cursor(1, "TIME", "yesterday", 1), "TIME", BY_TIME, "after")
