"""Three servers, one PostgreSQL, one bucket, a mixed load, and kills."""

from pathlib import Path

import pytest

from tests.buckets import bucket, bucket_server
from tests.durability.fleet import kill_one_after_another


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_kills_lose_and_double_nothing_of_a_mixed_load(database_url: str, tmp_path: Path) -> None:
    with bucket_server() as server, bucket(server) as blobs:
        found = await kill_one_after_another(tmp_path, database_url, blobs, kills=3, every=1, writers=3)
    # Whether one is met at work is chance: what comes of it is looked at for each.
    assert found.kills == 3
    assert min(found.reads, len(found.followed), len(found.written.versions)) > 10
