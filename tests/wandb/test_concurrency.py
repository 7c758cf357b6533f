"""Many clients that log into one collection at once."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from tests.serving import process
from tests.wandb.client import Client

PROCESSES = {"sqlite": 3, "postgresql": 6}
"""SQLite has one writer: six clients would wait for it as three do."""

VERSIONS = 20

LOGGER = """
import wandb
with wandb.init(entity="local", project=%r, settings=wandb.Settings(silent=True)) as run:
    for number in range(%d):
        artifact = wandb.Artifact("data", type="dataset")
        with artifact.new_file("a.txt") as file:
            file.write(f"{run.id} {number}")
        run.log_artifact(artifact)
"""
PAGE = """query ($name: String!, $after: String) { collection(ref: {name: $name}) {
    versions(first: 100, after: $after) {
        nodes { version aliases { name } artifact { digest } }
        pageInfo { hasNextPage endCursor }
    } } }"""


def versions(client: Client, name: str) -> list[dict[str, Any]]:
    """All versions of a collection, page by page."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = client.ask(PAGE, name=name, after=after)["collection"]["versions"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def test_each_of_many_processes_gets_numbers_of_its_own_and_no_version_is_lost(
    wandb: Client, database_url: str, tmp_path: Path
) -> None:
    processes = PROCESSES[make_url(database_url).get_backend_name()]
    total = processes * VERSIONS
    env = {**os.environ, "GQLREGISTRY_LOG_LEVEL": "error"}
    with process("--data", str(tmp_path / "data"), "--database", database_url, env=env) as server:
        client = replace(wandb, url=server.url)
        with ThreadPoolExecutor(processes) as pool:
            list(pool.map(lambda _: client.run(LOGGER % (client.project, VERSIONS), head=False), range(processes)))
        nodes = versions(client, f"local/{client.project}/data")
    assert sorted(int(each["version"][1:]) for each in nodes) == list(range(total))
    assert len({each["artifact"]["digest"] for each in nodes}) == total
    pointed = [(each["version"], alias["name"]) for each in nodes for alias in each["aliases"]]
    assert pointed == [(f"v{total - 1}", "latest")]
