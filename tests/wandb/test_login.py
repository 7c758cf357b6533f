"""Who may come in by the client's door, and how soon who may not is told so."""

import base64
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.serving import Process, command, process
from tests.wandb.client import KEY, Client

OTHER = "f" * 40
VIEWER = {"query": "query Viewer { viewer { username entity } }"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A server that has one key, of ada."""
    data = str(tmp_path_factory.mktemp("guarded"))
    made = command("key", "create", "ada", "--key", KEY, "--admin", "--data", data)
    assert made.returncode == 0, made.stderr
    with process("--data", data) as server:
        yield server


def keyed(wandb: Client, key: str) -> Client:
    """The same client with another key."""
    return replace(wandb, key=key)


def wandb_command(wandb: Client, *arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "wandb", *arguments],
        capture_output=True,
        text=True,
        cwd=wandb.folder,
        env={name: value for name, value in (wandb.env | env).items() if value},
        check=False,
        timeout=60,
    )


def test_a_key_is_its_user(guarded: Process, wandb: Client) -> None:
    done = replace(wandb, url=guarded.url).run("""
        assert api.viewer.username == api.default_entity == "ada"
        with wandb.init(project=PROJECT, settings=wandb.Settings(silent=True)) as run: assert run.entity == "ada"
    """)
    assert "Error" not in done.stderr


@pytest.mark.parametrize("script", ["wandb.init(project='p')", "wandb.Api().viewer", "wandb.login(verify=True)"])
def test_a_wrong_key_is_refused_at_once(guarded: Process, wandb: Client, script: str) -> None:
    began = time.monotonic()
    done = keyed(replace(wandb, url=guarded.url), OTHER).run(f"import wandb\n{script}", head=False, check=False)
    assert done.returncode != 0
    assert "user is not logged in" in done.stderr or "API key" in done.stderr, done.stderr
    assert time.monotonic() - began < 5


def test_login_takes_the_host_and_the_key(guarded: Process, wandb: Client) -> None:
    wandb = replace(wandb, url=guarded.url)
    done = wandb_command(
        wandb, "login", "--host", f"{guarded.url}/wandb", "--verify", KEY, WANDB_API_KEY="", WANDB_BASE_URL=""
    )
    assert done.returncode == 0, done.stderr
    kept = wandb.run(
        "import wandb\nprint(wandb.Api().viewer.username)", head=False, WANDB_API_KEY="", WANDB_BASE_URL=""
    )
    assert kept.stdout.strip() == "ada"


@pytest.mark.parametrize(
    "authorization",
    ["", "Basic", "Basic !", f"Basic {base64.b64encode(b'api:').decode()}", f"Bearer {OTHER}", "Basic w6Q="],
)
def test_without_a_good_key_nothing_is_told(guarded: Process, authorization: str) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    for path in ("graphql", "files/ada/p/r/file_stream"):
        answer = httpx.post(f"{guarded.url}/wandb/{path}", json=VIEWER, headers=headers)
        assert answer.status_code == 401
        assert answer.json()["errors"][0]["message"].startswith("user is not logged in")


def test_a_bearer_is_let_in_too(guarded: Process) -> None:
    answer = httpx.post(f"{guarded.url}/wandb/graphql", json=VIEWER, headers={"Authorization": f"Bearer {KEY}"})
    assert answer.json() == {"data": {"viewer": {"username": "ada", "entity": "ada"}}}


def test_what_the_client_sends_to_the_root_comes_to_its_door(guarded: Process) -> None:
    basic = base64.b64encode(f"api:{KEY}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "User-Agent": "W&B Public Client 0.31.0"}
    answer = httpx.post(f"{guarded.url}/graphql", json=VIEWER, headers=headers)
    assert answer.json()["data"]["viewer"]["entity"] == "ada"


def test_without_any_key_made_every_key_is_the_local_user(wandb: Client) -> None:
    for key in (KEY, f"local-{OTHER}", f"wandb_v1_{OTHER}", "k" * 86):
        keyed(wandb, key).run('assert api.viewer.username == "local"')


def test_an_entity_that_is_not_there_is_refused_at_once(wandb: Client) -> None:
    began = time.monotonic()
    done = wandb.run('wandb.init(entity="nobody", project="p")', check=False)
    assert "nobody" in done.stderr
    assert done.returncode != 0
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", ["a/b", "x" * 200, "a?b"])
def test_a_bad_project_is_refused_at_once(wandb: Client, name: str) -> None:
    began = time.monotonic()
    done = wandb.run(f"wandb.init(project={name!r})", check=False)
    assert done.returncode != 0
    assert time.monotonic() - began < 5


def test_a_default_entity_is_where_runs_go(wandb: Client, tmp_path: Path) -> None:
    with process("--data", str(tmp_path / "data")) as server:
        replace(wandb, url=server.url).run("""
            api.create_team("zookeepers")
            choose = "mutation ($e: String) { updateUser(input: {defaultEntity: $e}) { user { entity } } }"
            api._service_api.execute_graphql(choose, {"e": "zookeepers"})
            assert wandb.Api().default_entity == "zookeepers"
            with wandb.init(settings=wandb.Settings(silent=True)) as run: assert run.entity == "zookeepers"
        """)
