"""The story of the zoo, told by five wandb scripts of three people, and read by the public schema.

The scripts know nothing of this server: they are what W&B's own page prints, with names filled in. Each is a file that
runs in a process of its own, with its author's key.
"""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.serving import command, process
from tests.wandb.client import Client

KEYS = {name: digit * 40 for name, digit in (("tomas", "1"), ("jonas", "2"), ("maya", "3"), ("priya", "4"))}

SPLIT = """
import wandb

for version in range(5):
    with open("train.csv", "w") as file:
        file.write(f"split {version}")
    with wandb.init(entity="zoo-team", project="zoo", id=f"split{version}", name=f"calm-sunset-{version}") as run:
        artifact = wandb.Artifact(name="split_zoo_dataset", type="dataset")
        artifact.add_file(local_path="train.csv", name="train.csv")
        run.log_artifact(artifact_or_path=artifact)
"""
TRAIN = """
import wandb

with wandb.init(entity="zoo-team", project="zoo", id="ylbchv20", name="rural-feather-20") as run:
    artifact = run.use_artifact(artifact_or_name="split_zoo_dataset:v4")
    with open(artifact.download() + "/train.csv") as file:
        assert file.read() == "split 4"
    with open("model.h5", "w") as file:
        file.write("weights of ylbchv20")
    run.log({"accuracy": 0.81})
    artifact = wandb.Artifact(name="zoo-ylbchv20", type="model")
    artifact.add_file(local_path="model.h5", name="model.h5")
    run.log_artifact(artifact_or_path=artifact)
"""
EVALUATE = """
import wandb

with wandb.init(entity="zoo-team", project="zoo", id="nl21d6we", name="northern-lake-21") as run:
    artifact = run.use_artifact(artifact_or_name="zoo-ylbchv20:latest")
    assert open(artifact.download() + "/model.h5").read() == "weights of ylbchv20"
    artifact = wandb.Artifact(name="zoo_evaluation", type="evaluation")
    artifact.add(wandb.Table(columns=["animal", "accuracy"], data=[["otter", 0.81]]), "table")
    run.log_artifact(artifact_or_path=artifact)
"""
REGISTER = """
import wandb

model = wandb.Api().artifact("zoo-team/zoo/zoo-ylbchv20:v0")
model.link("wandb-registry-model/zoo", aliases=["production"])
"""
PROMOTE = """
import wandb

with wandb.init(entity="zoo-team", project="zoo", id="gh22k7rt", name="golden-haze-22") as run:
    run.use_artifact(artifact_or_name="split_zoo_dataset:latest")
    with open("model.h5", "w") as file:
        file.write("weights of gh22k7rt")
    artifact = wandb.Artifact(name="zoo-gh22k7rt", type="model")
    artifact.add_file(local_path="model.h5", name="model.h5")
    run.log_artifact(artifact_or_path=artifact)
    run.link_artifact(artifact, "wandb-registry-model/zoo", aliases=["production"])
"""

CAST = (("jonas", SPLIT), ("maya", TRAIN), ("priya", EVALUATE), ("maya", REGISTER), ("priya", PROMOTE))

MAP = """query ($name: String!) { artifact(ref: {name: $name}) { lineage(direction: BOTH, depth: 9) {
    nodes { name ... on Run { displayName state createdBy { username } } ... on Artifact { type } }
    edges { source { name } target { name } requestedAs requestedAsInferred }
    truncated omitted { count } frontier { node { name } } } } }"""
HISTORY = """{ collection(ref: {name: "model/zoo"}) {
    actionHistory(first: 100) { nodes { kind actor { username } version alias previousVersion artifact { name } } }
    alias(name: "production") { history { version from until actor { username } } } } }"""
DATA = """{ collection(ref: {name: "zoo-team/zoo/split_zoo_dataset"}) {
    versions { nodes { version aliases { name } artifact { inputs { nodes { name } } } } } } }"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server to which the whole story was told; who asks it is the admin, tomas."""
    folder = tmp_path_factory.mktemp("story")
    data = str(folder / "data")
    for name, key in KEYS.items():
        made = command("key", "create", name, "--key", key, "--data", data, *["--admin"] * (name == "tomas"))
        assert made.returncode == 0, made.stderr
    with process("--data", data, env={**os.environ, "GQLREGISTRY_LOG_LEVEL": "error"}) as server:
        client = Client(server.url, folder, "zoo", KEYS["tomas"])
        found(client)
        for number, (author, script) in enumerate(CAST):
            play(Client(server.url, folder / str(number), "zoo", KEYS[author]), script)
        yield client


def found(client: Client) -> None:
    """The team, the registry and who may do what in them."""

    def do(mutation: str, text: str) -> None:
        answer = client.ask(f"mutation {{ {mutation}(input: {{{text}}}) {{ errors {{ message }} }} }}")
        assert answer[mutation]["errors"] == []

    do("createTeam", 'name: "zoo-team"')
    do("createProject", 'owner: {name: "zoo-team"}, name: "zoo"')
    do("createRegistry", 'name: "model", artifactTypes: ["model"], protectedAliases: ["production"]')
    for name in ("jonas", "maya", "priya"):
        do("setMember", f'scope: {{team: {{name: "zoo-team"}}}}, entity: {{name: "{name}"}}, role: MEMBER')
    for name in ("maya", "priya"):
        do("setMember", f'scope: {{registry: {{name: "model"}}}}, entity: {{name: "{name}"}}, role: ADMIN')


def play(client: Client, script: str) -> None:
    """Run a script from a file in a folder of its own, as its author would."""
    client.folder.mkdir()
    (client.folder / "script.py").write_text(script)
    done = subprocess.run(
        [sys.executable, "script.py"],
        capture_output=True,
        text=True,
        cwd=client.folder,
        env=client.env,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_the_map_is_all_that_the_scripts_did_and_nothing_else(told: Client) -> None:
    map = told.ask(MAP, name="zoo-team/zoo/split_zoo_dataset:v4")["artifact"]["lineage"]
    artifacts = {each["name"]: each["type"] for each in map["nodes"] if "type" in each}
    runs = {
        each["name"]: (each["displayName"], each["state"], each["createdBy"]["username"])
        for each in map["nodes"]
        if "state" in each
    }
    assert artifacts == {
        "zoo-team/zoo/split_zoo_dataset:v4": "dataset",
        "zoo-team/zoo/zoo-ylbchv20:v0": "model",
        "zoo-team/zoo/zoo_evaluation:v0": "evaluation",
        "zoo-team/zoo/zoo-gh22k7rt:v0": "model",
    }
    assert runs == {
        "split4": ("calm-sunset-4", "FINISHED", "jonas"),
        "ylbchv20": ("rural-feather-20", "FINISHED", "maya"),
        "nl21d6we": ("northern-lake-21", "FINISHED", "priya"),
        "gh22k7rt": ("golden-haze-22", "FINISHED", "priya"),
    }
    edges = [
        (each["source"]["name"], each["target"]["name"], each["requestedAs"], each["requestedAsInferred"])
        for each in map["edges"]
    ]
    assert sorted(edges, key=str) == sorted(
        [
            ("split4", "zoo-team/zoo/split_zoo_dataset:v4", None, False),
            ("zoo-team/zoo/split_zoo_dataset:v4", "ylbchv20", "v4", True),
            ("ylbchv20", "zoo-team/zoo/zoo-ylbchv20:v0", None, False),
            ("zoo-team/zoo/zoo-ylbchv20:v0", "nl21d6we", "latest", True),
            ("nl21d6we", "zoo-team/zoo/zoo_evaluation:v0", None, False),
            ("zoo-team/zoo/split_zoo_dataset:v4", "gh22k7rt", "latest", True),
            ("gh22k7rt", "zoo-team/zoo/zoo-gh22k7rt:v0", None, False),
        ],
        key=str,
    )
    assert (map["truncated"], map["omitted"], map["frontier"]) == (False, [], [])


def test_each_version_of_the_data_set_has_the_run_that_made_it(told: Client) -> None:
    nodes = told.ask(DATA)["collection"]["versions"]["nodes"]
    assert [
        (
            each["version"],
            [alias["name"] for alias in each["aliases"]],
            [run["name"] for run in each["artifact"]["inputs"]["nodes"]],
        )
        for each in nodes
    ] == [("v4", ["latest"], ["split4"]), *((f"v{number}", [], [f"split{number}"]) for number in (3, 2, 1, 0))]


def test_the_action_history_says_who_did_what_in_order(told: Client) -> None:
    collection = told.ask(HISTORY)["collection"]
    first, second = "zoo-team/zoo/zoo-ylbchv20:v0", "zoo-team/zoo/zoo-gh22k7rt:v0"
    assert [
        (
            each["actor"]["username"],
            each["kind"],
            each["version"],
            each["alias"],
            each["previousVersion"],
            each["artifact"] and each["artifact"]["name"],
        )
        for each in reversed(collection["actionHistory"]["nodes"])
    ] == [
        ("maya", "COLLECTION_CREATED", None, None, None, None),
        ("maya", "VERSION_ADDED", "v0", None, None, first),
        ("maya", "ALIAS_ADDED", "v0", "latest", None, first),
        ("maya", "ALIAS_ADDED", "v0", "production", None, first),
        ("priya", "VERSION_ADDED", "v1", None, None, second),
        ("priya", "ALIAS_REMOVED", "v0", "latest", None, first),
        ("priya", "ALIAS_ADDED", "v1", "latest", "v0", second),
        ("priya", "ALIAS_REMOVED", "v0", "production", None, first),
        ("priya", "ALIAS_ADDED", "v1", "production", "v0", second),
    ]
    now, before = collection["alias"]["history"]
    assert (now["version"], now["until"], now["actor"]["username"]) == ("v1", None, "priya")
    assert (before["version"], before["until"], before["actor"]["username"]) == ("v0", now["from"], "maya")
