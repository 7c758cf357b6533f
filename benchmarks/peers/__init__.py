"""Other GraphQL servers on the same rows in PostgreSQL, run by Node: optional, see README.md in this folder."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from benchmarks.contenders.serving import Served, announced
from benchmarks.peers.texts import POSTGRAPHILE, YOGA
from benchmarks.queries import Question
from gqlregistry.plan.relay import decode_id

HERE = Path(__file__).parent
NODE = HERE / "node_modules" / ".bin" / "node"
SHOWN = ("postgraphile", "grafast", "graphql-yoga", "dataloader", "graphql", "pg", "node")
PEERS = (
    ("PostGraphile", POSTGRAPHILE, "postgraphile.mjs"),
    ("PostGraphile split", POSTGRAPHILE, "postgraphile.mjs", "split"),
    ("Yoga", YOGA, "yoga.mjs"),
)
LEFT_OUT = {"pageInfo"}
"""What the peers' lists do not answer, and ours does besides."""


@dataclass(frozen=True, slots=True)
class Peer(Served):
    """A server with a schema of its own: asked for the same objects in its own words, by key instead of global id."""

    texts: Mapping[str, str]
    normalise: Callable[[Any], Any]

    def knows(self, question: Question) -> bool:
        return question.name in self.texts

    def asks(self, question: Question) -> str:
        return self.texts[question.name]

    def variables(self, question: Question) -> list[dict[str, Any]]:
        return [{"id": str(decode_id(given["id"])[1])} for given in question.variables]

    def agrees(self, answer: Any, expected: Any) -> bool:
        return bool(self.normalise(answer) == normalised(expected))


def normalised(value: Any, name: str = "") -> Any:
    """An answer without the forms in which servers differ.

    Pages become lists and join records what they join; ids become keys, versions and sizes numbers, times instants.
    The order of a list stays: all are asked for the same.
    """
    if isinstance(value, list):
        return [normalised(each, name) for each in value]
    if isinstance(value, dict):
        inner = {key: each for key, each in value.items() if key not in LEFT_OUT}
        if inner.keys() in ({"nodes"}, {"node"}):
            return normalised(next(iter(inner.values())), name)
        return {key: normalised(each, key) for key, each in inner.items()}
    if value is None:
        return None
    if name == "id":
        return int(value) if str(value).isdecimal() else decode_id(value)[1]
    if name in ("version", "size"):
        return int(str(value).removeprefix("v"))
    if name.endswith("At"):
        return datetime.fromisoformat(value).astimezone(UTC)
    return value


def versions() -> str:
    """Which versions of the peers are installed. Raises `SystemExit` when none are."""
    if not NODE.exists():
        raise SystemExit("the peers are not installed: run `npm install` in benchmarks/peers first")
    found = [HERE / "node_modules" / name / "package.json" for name in SHOWN]
    return ", ".join(f"{path.parent.name} {json.loads(path.read_text())['version']}" for path in found)


@contextmanager
def started(database: str) -> Iterator[list[Peer]]:
    """All peers, each a process of its own, on this database."""
    url = make_url(database)
    given = {
        "PGHOST": url.query.get("host") or url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    env = {name: str(value) for name, value in given.items() if value}
    env |= {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    with ExitStack() as stack:
        found = []
        for name, texts, script, *options in PEERS:
            server = announced([str(NODE), str(HERE / script), *options], **env)
            found.append(Peer(name, stack.enter_context(server), texts, normalised))
        yield found
