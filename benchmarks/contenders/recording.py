"""A driver that remembers what it is asked: it counts statements, and keeps them for the floor to replay."""

from typing import Any, TypeVar

from gqlregistry.plan.driver import Course, Driver
from gqlregistry.plan.statement import Query, Reading

T = TypeVar("T")


class RecordingDriver:
    """Runs readings on another driver, and keeps their queries: one list for each reading."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self.dialect = driver.dialect
        self.readings: list[list[Query]] = []

    async def run(self, reading: Reading[T], course: Course | None = None) -> T:
        """The answer of a reading."""
        return await self._driver.run(self._recorded(reading))

    def _recorded(self, reading: Reading[T]) -> Reading[T]:
        kept: list[Query] = []
        self.readings.append(kept)
        rows: Any = None
        try:
            while True:
                query = reading.send(rows)
                kept.append(query)
                rows = yield query
        except StopIteration as stop:
            answer: T = stop.value
            return answer

    async def close(self) -> None:
        """Nothing: the other driver is not ours."""
