"""The unmodified client of a server that sends it to a bucket with its bytes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.buckets import bucket, bucket_server
from tests.serving import process
from tests.wandb.client import Client


@pytest.fixture
def sent_on(tmp_path: Path) -> Iterator[Client]:
    with bucket_server() as s3, bucket(s3) as blobs:
        env = {**os.environ, "GQLREGISTRY_LOG_LEVEL": "error"}
        with process("--data", str(tmp_path / "data"), "--blobs", blobs, env=env) as server:
            yield Client(server.url, tmp_path, "bucket")


def test_what_is_logged_comes_back_by_way_of_the_bucket(sent_on: Client, caplog: pytest.LogCaptureFixture) -> None:
    sent_on.run("""
        with begin() as run: run.log_artifact(made(a_txt="a", b_txt="b" * 100000)).wait()
        with begin() as run: folder = pathlib.Path(run.use_artifact("data:latest").download(root="got"))
        assert (folder / "a.txt").read_text() == "a"
        assert (folder / "b.txt").read_text() == "b" * 100000
    """)
    asked = [record.getMessage() for record in caplog.records if record.name == "werkzeug"]
    assert sum('"PUT ' in line and "X-Amz-Signature" in line for line in asked) >= 2
    assert sum('"GET ' in line and "X-Amz-Signature" in line for line in asked) >= 2
