"""What is not done here: the unmodified client is told so at once, or is not disturbed."""

import time

import pytest

from tests.wandb.client import Client

BASE = """
with begin(id="base") as run:
    run.alert("title", "text")
    for step in range(4): run.log({"loss": step})
    run.log_artifact(made(a_txt="a")).wait()
"""

AUTOMATION = """[
    __import__("wandb.automations"),
    api.create_automation(
        wandb.automations.OnAddArtifactAlias(
            scope=api.artifact_collection("dataset", f"local/{PROJECT}/data"),
            filter=wandb.automations.ArtifactEvent.alias.eq("production"),
        ) >> wandb.automations.DoNothing(),
        name="n",
    ),
]"""


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ('begin(resume_from="base?_step=1")', "rewindRun"),
        ('wandb.sweep({"method": "random", "parameters": {"x": {"values": [1]}}}, project=PROJECT)', "upsertSweep"),
        ('api.create_user("ada@example.com")', "createUser"),
        ("api.viewer.generate_api_key()", "None"),
        ('list(api.reports(f"local/{PROJECT}"))', "allViews"),
        ('list(api.automations("local"))', "make a webhook with `createWebhook`"),
        (AUTOMATION, "make a webhook with `createWebhook`"),
        ('api.create_run_queue("q", "local-container", entity="local")', "createDefaultResourceConfig"),
        ('api.create_custom_chart("local", "c", "c", "vega2", "private", {})', "createCustomChart"),
        ('api.create_team("served").create_service_account("words")', "None"),
        (
            'begin().link_artifact(api.artifact(f"local/{PROJECT}/data:v0"), f"local/{PROJECT}/portfolio")',
            "is a project: link into a registry",
        ),
        ('begin(config={"x": "y" * 1_100_000})', "at most 1000000 are allowed"),
        ('api.run(f"local/{PROJECT}/base").download_history_exports("exports")', "IncompleteRunHistoryError"),
    ],
)
def test_the_client_is_told_at_once(wandb: Client, call: str, reason: str) -> None:
    wandb.run(BASE)
    began = time.monotonic()
    done = wandb.run(f"print({call})", check=False)
    assert reason in done.stdout + done.stderr
    assert time.monotonic() - began < 10


def test_an_alert_does_not_disturb_a_run(wandb: Client) -> None:
    wandb.run(BASE)
    wandb.run('assert api.run(f"local/{PROJECT}/base").state == "finished"')


def test_a_fork_is_a_run_of_its_own(wandb: Client) -> None:
    wandb.run(BASE)
    wandb.run("""
        with begin(id="fork", fork_from="base?_step=1") as run: run.log({"loss": 9})
        assert [row["loss"] for row in api.run(f"local/{PROJECT}/fork").history(pandas=False)] == [9]
        assert len(api.run(f"local/{PROJECT}/base").history(pandas=False)) == 4
    """)


def test_a_digest_that_is_not_done_here_is_the_usual_one(wandb: Client) -> None:
    wandb.run("""
        artifact = wandb.Artifact("data", type="dataset", digest_algorithm="XXH128")
        with artifact.new_file("a.txt") as file: file.write("a")
        with begin() as run: run.log_artifact(artifact).wait()
        artifact.download(); artifact.verify()
    """)
    query = "query ($name: String!) { artifact(ref: {name: $name}) { files { nodes { digest } } } }"
    [file] = wandb.ask(query, name=f"local/{wandb.project}/data:v0")["artifact"]["files"]["nodes"]
    assert file["digest"] == "md5:0cc175b9c0f1b6a831c399e269772661"
