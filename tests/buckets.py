"""A server that speaks S3 over HTTP, and buckets in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from uuid import uuid4

import httpx
from moto.server import ThreadedMotoServer


@contextmanager
def bucket_server() -> Iterator[str]:
    """The URL of one, until the end of the block."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def bucket(server: str) -> Iterator[str]:
    """The URL of a new bucket, for programs that are told where it is by their environment."""
    name = f"bucket-{uuid4().hex}"
    httpx.put(f"{server}/{name}").raise_for_status()
    with patch.dict(os.environ, environment(server)):
        yield f"s3://{name}/with/a/prefix"


def environment(server: str) -> dict[str, str]:
    """What tells a program where buckets are."""
    return {
        "AWS_ENDPOINT_URL": server,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
