"""`serve --demo` and `demo URL`, as people run them."""

from pathlib import Path

import httpx

from tests.serving import command, process

CHAIN = """{ artifact(ref: {name: "zoo-team/zoo/zoo-ylbchv20:v0"}) {
  inputs { nodes { displayName inputs { nodes { name } } } } outputs { nodes { displayName } } } }"""


def test_serve_makes_the_demo_once_and_demo_leaves_it(tmp_path: Path) -> None:
    for _ in range(2):
        with process("--demo", "--data", str(tmp_path)) as server:
            told = command("demo", server.url)
            assert (told.returncode, "nothing is changed" in told.stdout) == (0, True)
            answer = httpx.post(f"{server.url}/graphql", json={"query": CHAIN}).json()
            assert [run["displayName"] for run in answer["data"]["artifact"]["inputs"]["nodes"]] == ["rural-feather-20"]
            count = httpx.post(f"{server.url}/graphql", json={"query": "{ runs { totalCount } }"}).json()
            assert count["data"]["runs"]["totalCount"] == 271
    assert command("audit", "verify", "--data", str(tmp_path)).stdout == "The log is whole.\n"


def test_demo_makes_it_on_a_running_server(tmp_path: Path) -> None:
    with process("--data", str(tmp_path)) as server:
        told = command("demo", server.url)
        assert (told.returncode, told.stdout) == (0, "The demo is made.\n")
        answer = httpx.post(f"{server.url}/graphql", json={"query": CHAIN}).json()
        assert [run["displayName"] for run in answer["data"]["artifact"]["outputs"]["nodes"]] == ["northern-lake-21"]


def test_demo_says_when_nobody_is_there() -> None:
    told = command("demo", "http://127.0.0.1:9")
    assert (told.returncode, "can't be reached" in told.stderr) == (5, True)
