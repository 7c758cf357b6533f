"""What a run says while it runs: the lines that it streams, and the files that it leaves."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from gqlregistry.store.tables.base import Table, choice, instant, name_text, reference


class Stream(StrEnum):
    """What the lines of a run are of."""

    HISTORY = "HISTORY"
    EVENTS = "EVENTS"
    CONSOLE = "CONSOLE"


HAS_STEP = text("step IS NOT NULL")


class RunLine(Table, table=True):
    """A line that a run has streamed: the metrics of a step, those of its machine, or what it printed.

    It is kept as the client wrote it, since that may hold what JSON does not know. `step` is the one of a history line.
    """

    run_id: int = reference("run.id", primary_key=True)
    stream: Stream = choice(Stream, primary_key=True)
    number: int = Field(sa_type=BigInteger, primary_key=True)
    step: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    text: str

    __table_args__ = (
        Index(
            None,
            "run_id",
            "stream",
            "step",
            sqlite_where=HAS_STEP,
            postgresql_where=HAS_STEP,
        ),
        {"sqlite_with_rowid": False},
    )


class RunFile(Table, table=True):
    """A file that a run has left, beside its artifacts. Its bytes are in the blob store under `digest`."""

    run_id: int = reference("run.id", primary_key=True)
    path: str = name_text(primary_key=True)
    digest: str
    size: int = Field(sa_type=BigInteger)
    updated_at: datetime = instant()

    __table_args__ = (Index(None, "digest"), {"sqlite_with_rowid": False})
