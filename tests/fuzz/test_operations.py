"""Any operation, read or change, sensible or not, is answered: well, or with a code that says what was wrong."""

import gc
import json
from random import Random
from typing import Any

import pytest

from gqlregistry.schema.schema import public_schema
from gqlregistry.settings import Settings
from tests.fuzz.asking import Asker, asker, make_key
from tests.fuzz.judging import GROWTH, Judge, memory
from tests.plan.operations import Pool, Writer, plain
from tests.plan.test_differential import fill

DOCUMENTS, EACH, BROKEN, CHANGES = 900, 10, 7500, 3600
"""Reads are so many documents, each with so many sets of values; what is broken is another one each time."""

NASTY = [
    "",
    "\0",
    "%",
    "_",
    "\\",
    "'; DROP TABLE run; --",
    "../../etc/passwd",
    "x" * 5000,
    "é\u202e",
    "v0",
    "latest",
    "-",
    ":",
]
NUMBERS = [0, -1, 2**31 - 1, -(2**31), 2**63, 10**40, 1.5]
PIECES = [
    "{",
    "}",
    "(",
    ")",
    "...",
    "@skip(if: true)",
    "$x",
    "!",
    "[",
    "]",
    ":",
    '"""',
    '"',
    "#",
    "\ufeff",
    "query",
    "null",
]
PIECES += [
    "__schema { types { name } }",
    "__typename",
    "on Artifact",
    "first: 101",
    "first: -1",
    "@include(if: 3)",
    "\u0000",
]


class Careless(Writer):
    """Writes small operations, with a value now and then that means nothing, or harm."""

    def __init__(self, pool: Pool, random: Random, carelessness: float) -> None:
        super().__init__(public_schema()._schema, pool, random)
        self.budget = random.randint(0, 4)
        self._carelessness = carelessness
        self._inputs: dict[str, tuple[str, Any]] = {}

    def value(self, name: str, type_: Any) -> str:
        if self.random.random() < 0.2:
            return super().value(name, type_)
        variable = self.variable(str(type_), None)
        self._inputs[variable[1:]] = name, type_
        return variable

    def values(self) -> dict[str, Any]:
        """New values for all variables."""
        made = {key: plain(self.python_value(*asked)) for key, asked in self._inputs.items()}
        return {key: value for key, (_, value) in self.variables.items()} | made

    def scalar(self, name: str, type_name: str) -> object:
        if self.random.random() > self._carelessness:
            return super().scalar(name, type_name)
        return self.random.choice(NUMBERS if type_name in ("Int", "Int64") else NASTY)

    def change(self) -> str:
        """A mutation of one field."""
        mutation = self.schema.mutation_type
        assert mutation is not None
        name = self.random.choice(list(mutation.fields))
        inputs = self.arguments(mutation.fields[name])
        declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in self.variables.items())
        head = f"mutation({declared})" if declared else "mutation"
        return f"{head} {{ {name}{inputs} {{ events {{ kind }} errors {{ code message field }} }} }}"


def broken(text: str, random: Random) -> str:
    """A document with something missing, doubled, moved or put in."""
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.randint(0, 12))
        text = text[:start] + random.choice(["", text[start:end] * 2, random.choice(PIECES)]) + text[end:]
    return text


async def send(asker: Asker, judge: Judge, text: str, variables: object) -> None:
    body = {"query": text, "variables": variables}
    status, answer, seconds = await asker.post("/graphql", json.dumps(body).encode())
    found = judge.answered(body, status, answer, seconds)
    for payload in (found.get("data") or {}).values():
        for error in payload.get("errors", ()) if isinstance(payload, dict) else ():
            if isinstance(error, dict) and "code" in error:
                judge.errors(body, {"errors": [{**error, "extensions": {"code": error["code"]}}]})
                judge.seen["refused change"] += 1


@pytest.mark.filterwarnings("ignore:coroutine 'Executor:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("seldom_collected")
async def test_any_operation_is_answered(settings: Settings) -> None:
    random, judge = Random(7), Judge()
    quiet = settings.model_copy(update={"slow_seconds": 60})
    async with asker(quiet) as asking:
        pool = await fill(asking.services.database, random)
        pool.texts += NASTY
        await make_key(asking.services)
        held = 0
        for number in range(DOCUMENTS):
            writer = Careless(pool, random, 0.05)
            text = writer.operation().text
            for _ in range(EACH):
                await send(asking, judge, text, writer.values())
            if number == DOCUMENTS // 3:
                gc.collect()
                held = memory()
        assert judge.seen["well"] > DOCUMENTS * EACH // 2, judge.seen
        for _ in range(BROKEN):
            writer = Careless(pool, random, 0.2)
            await send(asking, judge, broken(writer.operation().text, random), writer.values())
        for _ in range(CHANGES):
            writer = Careless(pool, random, 0.15)
            await send(asking, judge, writer.change(), writer.values())
        assert judge.seen["refused change"] > CHANGES // 10, judge.seen
        assert judge.seen["UNAUTHENTICATED"] == 0, judge.seen
        gc.collect()
        assert memory() - held < GROWTH
