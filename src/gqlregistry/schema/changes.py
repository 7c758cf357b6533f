"""How two JSON objects differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A key whose value is not the same."""

    key: str
    before: Any
    after: Any


def value_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[ValueChange]:
    """The keys whose values differ, by key."""
    return [
        ValueChange(key, old.get(key), new.get(key))
        for key in sorted({*old, *new})
        if _written(old, key) != _written(new, key)
    ]


def _written(values: Mapping[str, Any], key: str) -> bytes | None:
    """A value as JSON, where true is not 1; None if it is not there, which is not null."""
    return orjson.dumps(values[key], option=orjson.OPT_SORT_KEYS) if key in values else None
