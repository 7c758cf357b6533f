"""What a run has streamed, as the client reads it back: its history, whole or in samples, its log."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import orjson
import strawberry
from sqlmodel import Session

from gqlregistry.errors import BadInput
from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import streams
from gqlregistry.registry.values import MAX_INT
from gqlregistry.store import tables
from gqlregistry.store.tables import RunLine, Stream
from gqlregistry.wandb.lenient import read_object, read_row
from gqlregistry.wandb.paging import PageInfo
from gqlregistry.wandb.scalars import Int64, Json, JSONString
from gqlregistry.wandb.work import Info, read

SAMPLES = 500
MAX_LINES = 10_000
READ_AT_ONCE = 2_000
_cursor = encode_id("LogLine")


@strawberry.type
class ParquetHistory:
    """Where a history was exported to: nowhere; all of it is live."""

    parquet_urls: list[str]
    live_data: list[Json | None] | None


@strawberry.type
class LogLine:
    """A line of the console."""

    number: int
    timestamp: datetime | None
    level: str | None
    label: str | None
    line: str

    @classmethod
    def of(cls, row: RunLine) -> "LogLine":
        """A line by row: an object with the time at which it was printed, or text alone."""
        said = read_row(row.text) if row.text.startswith("{") else {}
        if not isinstance(said.get("content"), str):
            return cls(number=row.number, timestamp=None, level=None, label=None, line=row.text)
        try:
            timestamp = datetime.fromisoformat(f"{said.get('ts')}+00:00")
        except ValueError:
            timestamp = None
        return cls(
            number=row.number,
            timestamp=timestamp,
            level=level if isinstance(level := said.get("level"), str) else None,
            label=label if isinstance(label := said.get("label"), str) else None,
            line=said["content"],
        )


@strawberry.type
class LogLineEdge:
    """A line of the console in a list."""

    node: LogLine
    cursor: str | None = None


@strawberry.type
class LogLineConnection:
    """A page of the console."""

    page_info: PageInfo
    edges: list[LogLineEdge]


@strawberry.type
class RunHistory:
    """What a run has streamed."""

    row: strawberry.Private[tables.Run]

    @strawberry.field
    async def history_line_count(self, info: Info) -> int | None:
        """How many steps it has logged."""
        return await self._count(info, Stream.HISTORY)

    @strawberry.field
    async def events_line_count(self, info: Info) -> int | None:
        """How often it has told of its machine."""
        return await self._count(info, Stream.EVENTS)

    @strawberry.field
    async def log_line_count(self, info: Info) -> int | None:
        """How many lines it has printed."""
        return await self._count(info, Stream.CONSOLE)

    @strawberry.field
    async def history_tail(self, info: Info) -> JSONString | None:
        """The last step, as a list of texts."""
        return await self._tail(info, Stream.HISTORY)

    @strawberry.field
    async def events_tail(self, info: Info) -> JSONString | None:
        """The last of its machine, as a list of texts."""
        return await self._tail(info, Stream.EVENTS)

    @strawberry.field
    async def system_metrics(self, info: Info) -> JSONString | None:
        """The last of its machine."""
        lines = await read(info, lambda session: streams.tail(session, self.row.id, Stream.EVENTS, 1))
        values = read_row(lines[0].text) if lines else {}
        return JSONString(orjson.dumps({key: values[key] for key in values if not key.startswith("_")}).decode())

    @strawberry.field
    async def history_keys(self, info: Info) -> Json | None:
        """Which metrics it has logged, with their last values, as its summary has them; and its last step."""
        last = await read(info, lambda session: streams.last_step(session, self.row.id))
        if last is None:
            return None
        keys = {
            key: {"typeCounts": [{"type": _type(value)}], "previousValue": value}
            for key, value in _flat(self.row.summary)
        }
        return Json({"keys": keys, "sets": [], "lastStep": last})

    @strawberry.field
    async def history(
        self, info: Info, min_step: Int64 | None = None, max_step: Int64 | None = None, samples: int | None = None
    ) -> list[JSONString] | None:
        """The lines of some steps, or samples of all."""
        if min_step is None and max_step is None:
            return await self._sampled(info, Stream.HISTORY, samples)
        first, end = min_step or 0, MAX_INT if max_step is None else max_step
        limit = min(samples or MAX_LINES, MAX_LINES)
        lines = await read(info, lambda session: streams.steps(session, self.row.id, first, end, limit))
        return [JSONString(line.text) for line in lines]

    @strawberry.field
    async def events(self, info: Info, samples: int | None = None) -> list[JSONString] | None:
        """Samples of what it has told of its machine."""
        return await self._sampled(info, Stream.EVENTS, samples)

    @strawberry.field
    async def sampled_history(self, info: Info, specs: list[JSONString]) -> list[Json | None] | None:
        """For each of some `{"keys": [...], "samples": n}`, samples of the steps at which all these were logged.

        With `minStep` and `maxStep`, of those from the one up to and with the other.
        """
        return [Json(await self._having(info, read_object(spec, "a spec", "specs"))) for spec in specs]

    @strawberry.field
    async def parquet_history(self, info: Info, live_keys: list[str]) -> ParquetHistory | None:
        """Where the client finds all steps: from the first on, by asking for them."""
        first = await read(info, lambda session: streams.page(session, self.row.id, Stream.HISTORY, 1))
        return ParquetHistory(parquet_urls=[], live_data=[Json(read_row(line.text)) for line in first])

    @strawberry.field
    async def log_lines(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        use_improved_pagination: bool | None = None,
    ) -> LogLineConnection | None:
        """A page of the console: the next lines behind a cursor, or the last."""
        start = decode_id(after, "LogLine", field="after")[1] if after else -1
        size = min(max(last or first or MAX_LINES, 0), MAX_LINES)

        def work(session: Session) -> list[RunLine]:
            if last is not None:
                return streams.tail(session, self.row.id, Stream.CONSOLE, size)
            return streams.page(session, self.row.id, Stream.CONSOLE, size + 1, start)

        rows = await read(info, work)
        edges = [LogLineEdge(node=LogLine.of(row), cursor=_cursor(row.number)) for row in rows[:size]]
        end = edges[-1].cursor if edges else None
        return LogLineConnection(page_info=PageInfo(end_cursor=end, has_next_page=len(rows) > size), edges=edges)

    async def _count(self, info: Info, stream: Stream) -> int:
        return await read(info, lambda session: streams.count(session, self.row.id, stream))

    async def _tail(self, info: Info, stream: Stream) -> JSONString:
        lines = await read(info, lambda session: streams.tail(session, self.row.id, stream, 1))
        return JSONString(orjson.dumps([line.text for line in lines]).decode())

    async def _sampled(self, info: Info, stream: Stream, samples: int | None) -> list[JSONString]:
        wanted = min(max(SAMPLES if samples is None else samples, 0), MAX_LINES)
        lines = await read(info, lambda session: streams.sampled(session, self.row.id, stream, wanted))
        return [JSONString(line.text) for line in lines]

    async def _having(self, info: Info, spec: dict[str, Any]) -> list[dict[str, Any]]:
        keys, samples = spec.get("keys"), spec.get("samples", SAMPLES)
        first, last = spec.get("minStep", 0), spec.get("maxStep", MAX_INT - 1)
        if not (
            isinstance(keys, list)
            and all(isinstance(key, str) for key in keys)
            and all(isinstance(each, int) for each in (samples, first, last))
        ):
            raise BadInput('a spec is {"keys": [...], "samples": n, "minStep": n, "maxStep": n}', "specs")
        found: list[dict[str, Any]] = []
        after = -1
        while True:
            # Some at a time, so that a long history does not keep the server from all else.
            work = partial(streams.steps, run=self.row.id, first=first, end=last + 1, limit=READ_AT_ONCE, after=after)
            lines = await read(info, work)
            found += _rows(lines, keys)
            if len(lines) < READ_AT_ONCE:
                return [found[number] for number in streams.spread(len(found), min(max(samples, 0), MAX_LINES))]
            first, after = lines[-1].step or 0, lines[-1].number


def _rows(lines: Iterable[RunLine], keys: list[str]) -> list[dict[str, Any]]:
    rows = (read_row(line.text) for line in lines)
    return [{key: row[key] for key in keys} if keys else row for row in rows if all(key in row for key in keys)]


def _flat(values: dict[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Metrics by their path: `{"val": {"loss": 1}}` is one, `val.loss`. What has a type of its own is one value."""
    for key, value in values.items():
        if isinstance(value, dict) and "_type" not in value:
            yield from _flat(value, f"{within}{key}.")
        else:
            yield f"{within}{key}", value


def _type(value: Any) -> str:
    match value:
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "list"
        case {"_type": str(name)}:
            return name
        case dict():
            return "map"
    return "nil"
