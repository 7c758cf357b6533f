"""Conditions on what is kept as JSON: on the metadata of a version, on the config of a run."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import strawberry
from sqlalchemy import ColumnElement, Text, bindparam, text

from gqlregistry.errors import BadInput
from gqlregistry.plan.filters import Operand
from gqlregistry.registry.names import quoted
from gqlregistry.registry.values import MAX_INT, check_text
from gqlregistry.schema.scalars import Json

MAX_CONDITIONS = 20
MAX_VALUES = 100
_KEY = re.compile(r'[^".\x00-\x1f\\]+(\.[^".\x00-\x1f\\]+)*')
_KINDS = {bool: "bool", int: "number", float: "number", str: "text", type(None): "null"}

_HOLDS = {
    # Each condition is [keys, wanted, [[operator, kind, value], …], path]: that one of these holds must be as wanted.
    "sqlite": """NOT EXISTS (SELECT 1 FROM json_each(:{name}) AS asked
      WHERE json_extract(asked.value, '$[1]') <> EXISTS (
      SELECT 1 FROM json_each(asked.value, '$[2]') AS one,
        (SELECT json_type({column}, json_extract(asked.value, '$[3]')) AS kind,
          json_extract({column}, json_extract(asked.value, '$[3]')) AS value) AS it
      WHERE CASE json_extract(one.value, '$[0]')
        WHEN 'exists' THEN it.kind IS NOT NULL
        WHEN 'contains' THEN CASE it.kind WHEN 'text' THEN instr(it.value, json_extract(one.value, '$[2]')) > 0
          WHEN 'array' THEN EXISTS (SELECT 1 FROM json_each(it.value) AS item
            WHERE item.type = 'text' AND item.value = json_extract(one.value, '$[2]')) END
        ELSE CASE json_extract(one.value, '$[1]')
          WHEN 'null' THEN coalesce(it.kind, 'null') = 'null'
          WHEN 'bool' THEN it.kind = json_type(one.value, '$[2]')
          WHEN 'text' THEN it.kind = 'text' ELSE it.kind IN ('integer', 'real') END
        AND CASE json_extract(one.value, '$[0]')
          WHEN 'eq' THEN json_extract(one.value, '$[1]') IN ('null', 'bool')
            OR it.value = json_extract(one.value, '$[2]')
          WHEN 'gt' THEN it.value > json_extract(one.value, '$[2]')
          WHEN 'gte' THEN it.value >= json_extract(one.value, '$[2]')
          WHEN 'lt' THEN it.value < json_extract(one.value, '$[2]')
          ELSE it.value <= json_extract(one.value, '$[2]') END END))""",
    "postgresql": """NOT EXISTS (SELECT 1 FROM jsonb_array_elements(CAST(:{name} AS jsonb)) AS asked(value)
      WHERE (asked.value -> 1 = '1') <> EXISTS (
      SELECT 1 FROM jsonb_array_elements(asked.value -> 2) AS one(value),
        LATERAL (SELECT CAST({column} AS jsonb) #>
          ARRAY(SELECT jsonb_array_elements_text(asked.value -> 0)) AS value) AS it
      WHERE CASE one.value ->> 0
        WHEN 'exists' THEN it.value IS NOT NULL
        WHEN 'contains' THEN CASE jsonb_typeof(it.value)
          WHEN 'string' THEN strpos(it.value #>> '{{}}', one.value ->> 2) > 0
          WHEN 'array' THEN it.value @> (one.value -> 2) END
        WHEN 'eq' THEN coalesce(it.value, 'null') = one.value -> 2
        ELSE jsonb_typeof(it.value) = jsonb_typeof(one.value -> 2) AND CASE one.value ->> 1
          WHEN 'text' THEN CASE one.value ->> 0
            WHEN 'gt' THEN it.value #>> '{{}}' COLLATE "C" > one.value ->> 2
            WHEN 'gte' THEN it.value #>> '{{}}' COLLATE "C" >= one.value ->> 2
            WHEN 'lt' THEN it.value #>> '{{}}' COLLATE "C" < one.value ->> 2
            ELSE it.value #>> '{{}}' COLLATE "C" <= one.value ->> 2 END
          ELSE CASE one.value ->> 0
            WHEN 'gt' THEN it.value > one.value -> 2 WHEN 'gte' THEN it.value >= one.value -> 2
            WHEN 'lt' THEN it.value < one.value -> 2 ELSE it.value <= one.value -> 2 END END END))""",
}


@strawberry.input(description="A condition on what a key holds; all operators that are given must hold.")
class JsonFilter:
    """A key and what is asked of it. Numbers compare with numbers, texts with texts, by code point."""

    key: str = strawberry.field(description="Which key; dots lead into objects: `train.loss`.")
    eq: Json | None = strawberry.field(
        default=strawberry.UNSET, description="Is this text, number or boolean; null: is null, or not there."
    )
    ne: Json | None = strawberry.field(default=strawberry.UNSET, description="Is anything else, or not there.")
    gt: Json | None = strawberry.field(default=strawberry.UNSET, description="Is more than this number or text.")
    gte: Json | None = strawberry.field(default=strawberry.UNSET, description="Is this number or text, or more.")
    lt: Json | None = strawberry.field(default=strawberry.UNSET, description="Is less than this number or text.")
    lte: Json | None = strawberry.field(default=strawberry.UNSET, description="Is this number or text, or less.")
    in_: list[Json | None] | None = strawberry.field(
        default=strawberry.UNSET, name="in", description=f"Is one of these, {MAX_VALUES} at most."
    )
    nin: list[Json | None] | None = strawberry.field(
        default=strawberry.UNSET, description="Is none of these, or not there."
    )
    contains: str | None = strawberry.field(
        default=strawberry.UNSET, description="Is a text that has this in it, or a list with this text."
    )
    exists: bool | None = strawberry.field(
        default=strawberry.UNSET, description="True: is there, even if null. False: is not there."
    )


def holds(column: str) -> Callable[[Operand], ColumnElement[bool]]:
    """The condition that a column of JSON, `table.column`, meets all of a parameter that `prepared` has made."""

    def condition(operand: Operand) -> ColumnElement[bool]:
        written = text(_HOLDS[operand.dialect].format(name=operand.name, column=column))
        found: Any = written.bindparams(bindparam(operand.name, type_=Text(), required=False))
        return found  # type: ignore[no-any-return]

    return condition


def prepared(field: str) -> Callable[[list[JsonFilter]], str]:
    """What makes the parameter of a field's conditions. Raises `BadInput`."""

    def prepare(asked: list[JsonFilter]) -> str:
        if len(asked) > MAX_CONDITIONS:
            raise BadInput(f"at most {MAX_CONDITIONS} conditions are allowed, not {len(asked)}", field)
        found = [
            [one.key.split("."), wanted, tests, "$" + "".join(f'."{key}"' for key in one.key.split("."))]
            for one in asked
            for wanted, tests in _tests(one, field)
        ]
        return orjson.dumps(found).decode()

    return prepare


def _tests(asked: JsonFilter, field: str) -> Iterator[tuple[int, list[Any]]]:
    check_text(asked.key, "a key", field, 512)
    if not _KEY.fullmatch(asked.key):
        raise BadInput(f"{quoted(asked.key)} is no key to ask for", field)
    for name in ("eq", "ne", "gt", "gte", "lt", "lte", "in_", "nin", "contains", "exists"):
        value = getattr(asked, name)
        # Only to be equal to null asks for anything.
        if value is strawberry.UNSET or (value is None and name not in ("eq", "ne")):
            continue
        match name:
            case "exists":
                yield int(value), [["exists", "null", None]]
            case "contains":
                yield 1, [_tested("contains", value, field)]
            case "in_" | "nin":
                if len(value) > MAX_VALUES:
                    raise BadInput(f"at most {MAX_VALUES} values are allowed, not {len(value)}", field)
                yield int(name == "in_"), [_tested("eq", each, field) for each in value]
            case "eq" | "ne":
                yield int(name == "eq"), [_tested("eq", value, field)]
            case _:
                if isinstance(value, bool):
                    raise BadInput("only numbers and texts are more or less than others", field)
                yield 1, [_tested(name, value, field)]


def _tested(operator: str, value: Any, field: str) -> list[Any]:
    kind = _KINDS.get(type(value))
    if kind is None:
        raise BadInput("a key is compared with a text, a number, a boolean or null", field)
    if isinstance(value, str):
        check_text(value, "a value", field)
    if isinstance(value, int) and abs(value) > MAX_INT:
        raise BadInput("a number has to fit into 64 bits", field)
    return [operator, kind, value]
