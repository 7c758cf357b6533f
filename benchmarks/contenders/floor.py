"""The floor: the statements that our plan sends, on the bare driver, and the JSON of the finished answer. No more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson

from benchmarks.contenders.recording import RecordingDriver
from benchmarks.stores import Store, database_file
from gqlregistry.plan.driver import _bound
from gqlregistry.plan.statement import Query
from gqlregistry.store.sqlite_connections import reader_connection


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one request sent, by reading, and what it was answered."""

    readings: list[list[tuple[str, list[Any]]]]
    answer: Any

    @property
    def statements(self) -> int:
        """How many statements."""
        return sum(len(reading) for reading in self.readings)


class Floor:
    """Replays what was recorded."""

    name = "floor"

    def __init__(self, store: Store) -> None:
        self._store = store
        self._recorded: dict[tuple[str, str], Recorded] = {}
        self._sqlite = reader_connection(database_file(store.size)) if store.kind == "sqlite" else None
        self._postgresql: Any = None

    async def open(self) -> None:
        """Connect, where that is asynchronous."""
        if self._sqlite is None:
            self._postgresql = await asyncpg.connect(
                self._store.url, server_settings={"jit": "off", "application_name": "gqlregistry"}
            )

    def keep(self, text: str, variables: Mapping[str, Any], recording: RecordingDriver, answer: bytes) -> Recorded:
        """Remember what a request sent and was answered."""
        prepare = self._prepared if self._sqlite is not None else lambda query: (query.text, query.parameters)
        readings = [[prepare(query) for query in reading] for reading in recording.readings]
        found = self._recorded[text, variables["id"]] = Recorded(readings, orjson.loads(answer))
        return found

    def _prepared(self, query: Query) -> tuple[str, list[Any]]:
        return query.text, [_bound(value) for value in query.parameters]

    async def answer(self, text: str, variables: dict[str, Any]) -> bytes:
        """Run the statements; write the answer that is known."""
        recorded = self._recorded[text, variables["id"]]
        for reading in recorded.readings:
            if self._sqlite is not None:
                self._sqlite.execute("BEGIN")
                for statement, parameters in reading:
                    self._sqlite.execute(statement, parameters).fetchall()
                self._sqlite.execute("COMMIT")
            else:
                async with self._postgresql.transaction(isolation="repeatable_read", readonly=True):
                    for statement, parameters in reading:
                        await self._postgresql.fetch(statement, *parameters)
        return orjson.dumps(recorded.answer)

    async def close(self) -> None:
        """Disconnect."""
        if self._sqlite is not None:
            self._sqlite.close()
        else:
            await self._postgresql.close()
