"""A mixed load on several servers, one of which is killed every few seconds: what was done, and whether it is there.

python -m benchmarks.mixed
python -m benchmarks.mixed --kills 50 --every 4
"""

import argparse
import asyncio
import tempfile
from pathlib import Path
from statistics import quantiles

from benchmarks.report import headed, say, table
from benchmarks.stores import DATA, in_database, postgresql, recreate_database
from tests.buckets import bucket, bucket_server
from tests.durability.fleet import Found, kill_one_after_another


def row(found: Found) -> list[str]:
    """What was found, for the table."""
    written, told = found.written, sum(found.told.values())
    median, late = (quantiles(found.latencies, n=100)[at] * 1000 for at in (49, 98))
    return [
        *map(str, (found.kills, round(found.seconds))),
        *(f"{count:,}" for count in (len(written), len(written.versions), written.retried, found.reads)),
        *(f"{count:,}" for count in (found.read_again, len(found.followed), found.connected_again, told)),
        f"{told - len(found.told):,}",
        f"{median:.0f}",
        f"{late:.0f}",
    ]


HEAD = ["kills", "seconds", "writes acknowledged", "versions with files", "sent again", "reads", "read again"]
HEAD += ["events followed", "connected again", "webhook told", "of these again", "read p50 ms", "p99 ms"]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Kill servers under a mixed load, and look for what they did.")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--every", type=float, default=3, help="seconds between the start of one and the next kill")
    parser.add_argument("--servers", type=int, default=3)
    parser.add_argument("--writers", type=int, default=6)
    given = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    headed(f"{given.servers} servers, one PostgreSQL, one S3 server; {given.writers} writers, a reader, a follower")
    with postgresql() as server, bucket_server() as s3, bucket(s3) as blobs, tempfile.TemporaryDirectory() as folder:
        recreate_database(server, "mixed")
        url = in_database(server, "mixed")
        found = asyncio.run(
            kill_one_after_another(
                Path(folder), url, blobs, given.kills, given.every, given.servers, given.writers, seed=7
            )
        )
    say("nothing lost, nothing doubled, nothing refused for good")
    table(HEAD, [row(found)])


if __name__ == "__main__":
    main()
