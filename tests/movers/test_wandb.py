"""What a team has done with W&B comes here by the wandb client, from a server of this project: it speaks its words."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.movers.seed_wandb import ELSEWHERE
from tests.serving import command, process
from tests.wandb.client import KEY, Client

STORY = """{
  first: run(ref: {name: "zoo-team/zoo/first"}) {
    displayName state group jobType notes tags config summary startedAt finishedAt createdBy { username }
    outputs { nodes {
      name type digest description metadata tags aliases { name } createdAt
      files(first: 5) { nodes { path size digest reference } }
    } }
  }
  second: run(ref: {name: "zoo-team/zoo/second"}) { inputs { nodes { name } } outputs { nodes { name } } }
  third: run(ref: {name: "zoo-team/zoo/third"}) { state }
  collection(ref: {name: "model/Owls"}) { versions { nodes { version aliases { name } artifact { name } createdAt } } }
}"""
REPORT = """{ artifact(ref: {name: "zoo-team/zoo/report:v0"}) { files(first: 5) { nodes { path size reference } } } }"""
GOES_ON = """
import wandb
with wandb.init(entity="zoo-team", project="zoo", settings=wandb.Settings(silent=True)) as run:
    assert open(run.use_artifact("owl-net:v2").download() + "/weights").read() == "weights 2"
    again = wandb.Artifact("owl-net", type="model")
    with again.new_file("weights") as file:
        file.write("weights 2")
    print(run.log_artifact(again).wait().name)
first = wandb.Api().run("zoo-team/zoo/first")
print(*[row["loss"] for row in first.scan_history()])
print(first.file("plot.txt").download(replace=True).read())
"""


def moved(url: str, data: Path, *options: str, **env: str) -> "subprocess.CompletedProcess[str]":
    given = {name: value for name, value in os.environ.items() if not name.startswith("WANDB")}
    return command("move", "wandb", url, "--data", str(data), *options, env={**given, "WANDB_API_KEY": KEY, **env})


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The other server, and what was done on it."""
    folder = tmp_path_factory.mktemp("there")
    data = str(folder / "data")
    command("key", "create", "maya", "--key", KEY, "--admin", "--data", data)
    with process("--data", data, env={**os.environ, "GQLREGISTRY_LOG_LEVEL": "error"}) as server:
        client = Client(server.url, folder, "zoo")
        for mutation, text in (
            ("createTeam", 'name: "zoo-team"'),
            ("createProject", 'owner: {name: "zoo-team"}, name: "zoo"'),
            ("createRegistry", 'name: "model"'),
            ("setMember", 'scope: {team: {name: "zoo-team"}}, entity: {name: "maya"}, role: MEMBER'),
        ):
            client.ask(f"mutation {{ {mutation}(input: {{{text}}}) {{ errors {{ message }} }} }}")
        script = Path(__file__).with_name("seed_wandb.py")
        done = subprocess.run(
            [sys.executable, str(script)], env=client.env, cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        yield client


def told(client: Client) -> Any:
    """What a server tells of it, in an order that has no meaning."""
    found = client.ask(STORY)
    for run in ("first", "second"):
        found[run]["outputs"]["nodes"].sort(key=lambda each: each["name"])
    return found


def test_all_of_it_comes_and_scripts_go_on(there: Client, tmp_path: Path) -> None:
    first = moved(f"{there.url}/wandb", tmp_path / "here", "--of", "zoo-team")
    assert first.returncode == 0, first.stderr + first.stdout
    assert first.stdout.splitlines()[:2] == ["runs: 3 moved, 0 were there", "versions: 4 moved, 0 were there"]
    again = moved(f"{there.url}/wandb", tmp_path / "here", "--of", "zoo-team")
    nothing = {"runs: 0", "versions: 0", "uses: 0", "places: 0", "aliases: 0", "outputs: 0"}
    assert nothing <= {line.partition(" moved")[0] for line in again.stdout.splitlines()}
    assert command("key", "create", "maya", "--key", KEY, "--data", str(tmp_path / "here")).returncode == 0
    with process("--data", str(tmp_path / "here")) as server:
        here = Client(server.url, tmp_path, "zoo")
        expected = told(there)
        # It was deleted there; its number stays free.
        deleted = [each for each in expected["first"]["outputs"]["nodes"] if each["name"].endswith("owl-net:v1")]
        expected["first"]["outputs"]["nodes"].remove(*deleted)
        found = told(here)
        for each in (expected, found):
            # A file is known by its MD5 there, and by its SHA-256 here; a run's end is when it was last heard of.
            each["first"].pop("finishedAt")
            for version in each["first"]["outputs"]["nodes"]:
                for file in version["files"]["nodes"]:
                    file.pop("digest") if file["reference"] is None else None
        assert found == expected
        assert [each["version"] for each in found["collection"]["versions"]["nodes"]] == ["v1"]
        files = found["first"]["outputs"]["nodes"][0]["files"]["nodes"]
        assert [file["reference"] for file in files] == [ELSEWHERE, None]
        (used,) = here.ask(REPORT)["artifact"]["files"]["nodes"]
        assert used == {"path": "used", "size": len("weights 2"), "reference": None}
        went_on = here.run(GOES_ON, head=False).stdout.splitlines()
        assert [line for line in went_on if "wandb:" not in line] == [
            "owl-net:v2",
            "1 0.5 0.3333333333333333 0.25 0.2",
            "1 2 3",
        ]
    assert command("audit", "verify", "--data", str(tmp_path / "here")).returncode == 0


@pytest.mark.parametrize(
    ("url", "options", "env", "said"),
    [
        ("http://127.0.0.1:1/wandb", (), {}, "refused"),
        ("nonsense", (), {}, "nonsense"),
        ("{there}/wandb", (), {"WANDB_API_KEY": "2" * 40}, "not valid"),
        ("{there}/wandb", ("--of", "nobody"), {}, "there is no nobody"),
        ("{there}/wandb", ("--of", "zoo-team", "--entity", "nobody"), {}, "nobody"),
    ],
)
def test_what_can_not_be_read_is_said(
    there: Client, tmp_path: Path, url: str, options: tuple[str, ...], env: dict[str, str], said: str
) -> None:
    done = moved(url.format(there=there.url), tmp_path, *options, **env)
    assert done.returncode != 0
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
