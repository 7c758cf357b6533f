"""kill -9 at any moment: what was acknowledged is there, once and whole."""

from pathlib import Path

import pytest

from tests.durability.checking import check
from tests.durability.killing import kill_again_and_again

KILLS = 3


async def test_no_kill_loses_doubles_or_halves_a_write(database_url: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    found = await kill_again_and_again(data, database_url, KILLS, (0.2, 0.8), least=15)
    assert found.retried
    assert all(map(len, (found.versions, found.aliases, found.links, found.uses)))
    alias = next(iter(found.aliases))
    found.aliases[alias[0], "never set"] = found.aliases[alias]
    with pytest.raises(AssertionError):
        await check(database_url, data, found)
