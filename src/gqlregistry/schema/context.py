"""What an operation of the public schema works with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gqlregistry.allowance import Allowance
from gqlregistry.apart import Apart
from gqlregistry.auth import Principal
from gqlregistry.plan.batch import LoaderBatch
from gqlregistry.plan.documents import Document, Documents
from gqlregistry.plan.driver import Driver
from gqlregistry.plan.patience import Patience
from gqlregistry.plan.reader import Request
from gqlregistry.registry.reach import Reach
from gqlregistry.store.database import Database
from gqlregistry.turns import Turn, Turns


async def _nothing(draft: int) -> None:
    """All bytes came to the server."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses at which bytes can be put and got without a key, for a while."""

    upload_url: Callable[[int, str, int], Awaitable[str]]
    """Of a draft, a digest and a size."""
    download_url: Callable[[str, str], str]
    """Of a digest and a file's name."""
    collect: Callable[[int], Awaitable[None]] = _nothing
    """Takes in what was put for a draft elsewhere than at the server."""


@dataclass(slots=True)
class Context:
    """One operation: who sent it, and how it reads and writes."""

    database: Database
    driver: Driver
    queries: Driver
    """Where a query is read by its plan: of what was written before, nothing is missing there."""
    documents: Documents
    principal: Principal
    request: Request
    batch: LoaderBatch
    links: Links
    allowance: Allowance | None = None
    """How much who sent it may still ask for; without, as much as it likes."""
    base_url: str = ""
    """The server's, as the client sees it."""
    document: Document | None = None
    """What is executed, if it was found valid before."""
    turns: Turns | None = None
    turn: Turn | None = None
    """Its place at work."""
    apart: Apart | None = None
    """Another process, which answers what takes long."""
    reach: Reach = Reach()
    """Where webhooks may go."""
    patience: Patience | None = None
    """How long it may take; without, as long as it takes."""
    operation_name: str | None = None
    """Which operation of the document the client named."""
    kind: str = "unknown"
    """What it is, once that is known: `query`, `mutation` or `subscription`."""
