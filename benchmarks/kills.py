"""kill -9 at length: clients write, the server dies at random moments, and what it acknowledged is looked for."""

import argparse
import asyncio
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.report import headed, say, table
from benchmarks.stores import DATA, in_database, postgresql, recreate_database
from tests.durability.killing import kill_again_and_again
from tests.durability.writers import Acknowledged

ALIVE = (0.1, 3.0)
"""The shortest and the longest that a server lives, in seconds."""


def lines(name: str, kills: int, rounds: int, database: str | None) -> list[list[str]]:
    """A row for each round: all its writes are found, or an error tells which are not."""
    rows = []
    for number in range(rounds):
        began = perf_counter()
        with tempfile.TemporaryDirectory(dir=DATA) as folder:
            if database is not None:
                recreate_database(database, "kills")
            url = None if database is None else in_database(database, "kills")
            found = asyncio.run(kill_again_and_again(_made(Path(folder) / "data"), url, kills, ALIVE, seed=number + 1))
        say(f"{name}, round {number + 1}: {len(found):,} acknowledged, all found, in {perf_counter() - began:.0f} s")
        rows.append([name, str(number + 1), str(kills), f"{len(found):,}", *_parts(found), f"{found.retried:,}"])
    return rows


def _parts(found: Acknowledged) -> list[str]:
    return [f"{len(part):,}" for part in (found.versions, found.aliases, found.links, found.uses)]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Kill servers that write, and look for what they acknowledged.")
    parser.add_argument("--kills", type=int, default=100, help="in a round")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    given = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    headed(f"kill -9 under mutation load, 8 clients, {given.kills} kills a round")
    rows: list[list[str]] = []
    if given.only != "postgresql":
        rows += lines("SQLite", given.kills, given.rounds, None)
    if given.only != "sqlite":
        with postgresql() as server:
            rows += lines("PostgreSQL", given.kills, given.rounds, server)
    say()
    table(["database", "round", "kills", "acknowledged", "versions", "aliases", "links", "uses", "sent again"], rows)


if __name__ == "__main__":
    main()
