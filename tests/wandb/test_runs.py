"""What the unmodified client does with runs: each script tests what the client sees, and the public schema is asked."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.serving import process
from tests.wandb.client import Client

RUN = """
query ($name: String!) { run(ref: {name: $name}) {
    displayName state config summary tags notes group jobType createdBy { name } startedAt finishedAt heartbeatAt
} }
"""


def told(wandb: Client, run: str) -> Any:
    """What the public schema says of a run."""
    return wandb.ask(RUN, name=f"local/{wandb.project}/{run}")["run"]


def begun(wandb: Client, script: str) -> "subprocess.Popen[str]":
    """A script that goes on; it has printed a line."""
    started = subprocess.Popen(
        [sys.executable, "-c", f"import time, wandb\nPROJECT = {wandb.project!r}\n{script}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=wandb.folder,
        env=wandb.env,
        start_new_session=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline(), started.communicate()[1]
    return started


def wait_for(wandb: Client, run: str, *states: str, seconds: float = 30) -> str:
    """The state of a run, once it is one of these."""
    end = time.monotonic() + seconds
    while (state := told(wandb, run)["state"]) not in states:
        assert time.monotonic() < end, state
        time.sleep(0.2)
    return str(state)


def test_a_run_is_told_as_it_was_logged(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it", name="hello", config={"lr": 0.1, "deep": {"a": [1]}}, tags=["x"], notes="n", group="g",
                   job_type="train") as run:
            assert (run.entity, run.project, run.name) == ("local", PROJECT, "hello")
            for step in range(3):
                run.log({"loss": 1 / (step + 1), "odd": float("nan")})
            run.config["late"] = "yes"
            run.summary["best"] = 3
    """)
    run = told(wandb, "it")
    assert run["config"] == {"lr": 0.1, "deep": {"a": [1]}, "late": "yes"}
    summary = run["summary"]
    assert (summary["loss"], summary["odd"], summary["best"], summary["_step"]) == (1 / 3, "NaN", 3, 2)
    said = {"displayName": "hello", "state": "FINISHED", "tags": ["x"], "notes": "n", "group": "g", "jobType": "train"}
    assert {key: run[key] for key in said} == said
    assert run["createdBy"]["name"] == "local"
    assert run["startedAt"] <= run["heartbeatAt"] <= run["finishedAt"]


def test_a_run_without_names_gets_some(wandb: Client) -> None:
    done = wandb.run("""
        with wandb.init(settings=wandb.Settings(silent=True)) as run:
            print(run.entity, run.project, run.id, run.name)
    """)
    entity, project, id, name = done.stdout.split()
    assert (entity, project, len(id)) == ("local", "uncategorized", 8)
    assert name.count("-") == 2


@pytest.mark.parametrize(("end", "state"), [("sys.exit(3)", "FAILED"), ("run.finish(exit_code=1)", "FAILED")])
def test_a_run_that_fails_says_so(wandb: Client, end: str, state: str) -> None:
    wandb.run(f'run = begin(id="it-{state}{len(end)}")\n{end}', check=False)
    assert told(wandb, f"it-{state}{len(end)}")["state"] == state


def test_a_run_is_resumed_by_id_where_it_ended(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it", config={"lr": 1}, tags=["a"]) as run:
            run.log({"loss": 1}); run.log({"loss": 2})
        with begin(id="it", resume="must", config={"more": 2}) as run:
            assert (run.resumed, run.starting_step, run.config["lr"], run.tags) == (True, 2, 1, ("a",))
            assert run.summary["loss"] == 2
            run.log({"loss": 3})
        found = api.run(f"local/{PROJECT}/it")
        assert [row["loss"] for row in found.history(pandas=False)] == [1, 2, 3]
        assert found.config == {"lr": 1, "more": 2}
        try: begin(id="other", resume="must")
        except wandb.errors.UsageError as error: assert "other" in str(error)
        else: raise AssertionError
        with begin(id="new", resume="allow") as run: assert not run.resumed
        try: begin(id="it", resume="never")
        except wandb.errors.UsageError as error: assert "it" in str(error)
        else: raise AssertionError
    """)
    assert told(wandb, "it")["state"] == "FINISHED"


def test_an_offline_run_is_synced(wandb: Client) -> None:
    wandb.run("""
        with wandb.init(project=PROJECT, mode="offline", id="it", config={"a": 1}) as run:
            for step in range(5): run.log({"loss": step})
            run.log_artifact(made(a_txt="a"))
    """)
    [folder] = (wandb.folder / "wandb").glob("offline-run-*")
    done = subprocess.run(
        [sys.executable, "-m", "wandb", "sync", str(folder)],
        capture_output=True,
        text=True,
        cwd=wandb.folder,
        env=wandb.env,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    run = told(wandb, "it")
    assert (run["state"], run["config"], run["summary"]["loss"]) == ("FINISHED", {"a": 1}, 4)
    wandb.run("""
        assert [row["loss"] for row in api.run(f"local/{PROJECT}/it").history(pandas=False)] == [0, 1, 2, 3, 4]
        assert api.artifact(f"local/{PROJECT}/data:v0").logged_by().id == "it"
    """)


def test_a_run_is_edited_by_the_api(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it", config={"lr": 1, "kept": [1]}, tags=["a"], notes="old") as run: run.log({"loss": 1})
        run = api.run(f"local/{PROJECT}/it")
        run.tags.append("b"); run.notes = "new"; run.name = "renamed"; run.config["lr"] = 2; run.group = "g"
        run.summary["extra"] = {"deep": 1}
        run.update()
        found = wandb.Api().run(f"local/{PROJECT}/it")
        assert (found.tags, found.notes, found.name, found.group) == (["a", "b"], "new", "renamed", "g")
        assert found.config == {"lr": 2, "kept": [1]}
        assert (found.summary["loss"], found.summary["extra"]["deep"]) == (1, 1)
        assert (found.state, found.user.username, "_wandb" in found.rawconfig) == ("finished", "local", True)
    """)
    assert told(wandb, "it")["config"] == {"lr": 2, "kept": [1]}


def test_runs_are_filtered_and_sorted(wandb: Client) -> None:
    filters = {
        '{"state": "finished"}': "abc",
        '{"state": "Running"}': "",
        '{"config.lr": 2}': "b",
        '{"config.lr.value": {"$gte": 2}}': "bc",
        '{"config.deep.a": {"$exists": True}}': "abc",
        '{"summary_metrics.val/loss": {"$lt": -1}}': "bc",
        '{"tags": "even"}': "ac",
        '{"tags": {"$in": ["odd", "none"]}}': "b",
        '{"tags": {"$nin": ["odd"]}}': "ac",
        '{"display_name": {"$regex": "^run-[ab]"}}': "ab",
        '{"$or": [{"displayName": "run-a"}, {"jobType": "eval"}]}': "ac",
        '{"$and": [{"group": "g"}, {"username": "local"}, {"name": {"$ne": "c"}}]}': "ab",
        '{"created_at": {"$gt": "2020-01-01"}}': "abc",
    }
    orders = {
        "+created_at": "abc",
        "-created_at": "cba",
        "-config.lr.value": "cba",
        "+summary_metrics.val/loss": "cba",
        "-display_name": "cba",
    }
    wandb.run(f"""
        for number, id in enumerate("abc"):
            with begin(id=id, name=f"run-{{id}}", config={{"lr": number + 1, "deep": {{"a": number}}}}, group="g",
                       tags=["odd" if number % 2 else "even"], job_type="eval" if id == "c" else None) as run:
                run.log({{"val/loss": -number - 1}})
        path = f"local/{{PROJECT}}"
        for filters, ids in {filters}.items():
            found = "".join(run.id for run in api.runs(path, filters=eval(filters)))
            assert found == ids, (filters, found)
        for order, ids in {orders}.items():
            found = "".join(run.id for run in api.runs(path, order=order, per_page=1))
            assert found == ids, (order, found)
        assert (len(api.runs(path)), len(api.runs(path, filters={{"config.lr": 2}}))) == (3, 1)
        assert [run.config["lr"] for run in api.runs(path, lazy=False)] == [1, 2, 3]
        for more in ({{"filters": {{"nothing": 1}}}}, {{"order": "nothing"}}):
            try: list(api.runs(path, **more))
            except Exception as error: assert "nothing" in str(error)
            else: raise AssertionError(more)
    """)


def test_a_run_that_is_asked_to_stop_stops(wandb: Client) -> None:
    # The client interrupts itself; what is started by a job in the background would take no notice of that.
    script = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
with wandb.init(entity="local", project=PROJECT, id="it", settings=wandb.Settings(silent=True)) as run:
    print("begun", flush=True)
    for step in range(1500):
        run.log({"loss": step}); time.sleep(0.1)
"""
    running = begun(wandb, script)
    try:
        wandb.run('api.run(f"local/{PROJECT}/it").stop()')
        assert wait_for(wandb, "it", "KILLED", "FAILED", "FINISHED", seconds=100) == "KILLED"
    finally:
        running.terminate()
        running.communicate(timeout=30)


def test_a_run_is_deleted_and_its_name_stays_taken(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it") as run: run.log_artifact(made(a_txt="a")).wait()
        with begin(id="user") as run: run.use_artifact("data:v0")
        api.run(f"local/{PROJECT}/it").delete(delete_artifacts=True)
        try: wandb.Api().run(f"local/{PROJECT}/it")
        except wandb.errors.CommError as error: assert "it" in str(error)
        else: raise AssertionError
        assert not api.artifact_exists(f"local/{PROJECT}/data:v0")
        try: begin(id="it")
        except wandb.errors.CommError as error: assert "deleted" in str(error)
        else: raise AssertionError
    """)


def test_a_run_is_planned_by_the_api(wandb: Client) -> None:
    wandb.run("""
        from wandb.apis.public import Run
        run = Run.create(api, run_id="it", project=PROJECT, entity="local", state="pending")
        assert wandb.Api().run(f"local/{PROJECT}/it").state == "pending"
        assert run.update_state("failed") and run.update_state("pending")
        with begin(id="it", resume="allow") as run: run.log({"a": 1})
        assert wandb.Api().run(f"local/{PROJECT}/it").state == "finished"
        try: wandb.Api().run(f"local/{PROJECT}/it").update_state("pending")
        except Exception as error: assert "is finished" in str(error)
        else: raise AssertionError
    """)


def test_a_preempted_run_is_told_from_a_failed_one(wandb: Client) -> None:
    wandb.run('run = begin(id="it"); run.mark_preempting(); run.finish(exit_code=1)')
    assert told(wandb, "it")["state"] == "PREEMPTED"


def test_a_killed_client_leaves_a_run_that_has_crashed_once_it_is_silent(wandb: Client, tmp_path: Path) -> None:
    env = os.environ | {"GQLREGISTRY_RUN_SILENCE_SECONDS": "1", "GQLREGISTRY_UPKEEP_SECONDS": "0.2"}
    script = """
import os
run = wandb.init(entity="local", project=PROJECT, id="it", settings=wandb.Settings(silent=True))
print("begun", flush=True); os.killpg(0, 9)
"""
    with process("--data", str(tmp_path / "data"), env=env) as server:
        wandb = replace(wandb, url=server.url)
        begun(wandb, script).communicate(timeout=30)
        assert wait_for(wandb, "it", "CRASHED") == "CRASHED"
        run = told(wandb, "it")
        assert run["finishedAt"] == run["heartbeatAt"]
        wandb.run('with begin(id="it", resume="must") as run: run.log({"a": 1})')
        assert told(wandb, "it")["state"] == "FINISHED"


def test_what_is_printed_and_measured_comes_back(wandb: Client) -> None:
    done = wandb.run("""
        with begin(id="it") as run:
            print("first"); print("second", file=sys.stderr)
            run.log({"a": 1})
        found = api.run(f"local/{PROJECT}/it")
        lines = list(found.console_logs(per_page=1))
        print(__import__("json").dumps([(line.content, line.timestamp is not None) for line in lines]))
        assert [line.content for line in found.console_logs(last=1)] == [lines[-1].content]
        assert found.history(stream="system", pandas=False)
        assert found.system_metrics
    """)
    lines = json.loads(done.stdout.splitlines()[-1])
    assert ["first", True] in lines
    assert ["second", True] in lines


def test_numbers_that_json_does_not_know_are_kept_as_the_client_sends_them(wandb: Client) -> None:
    wandb.run("""
        with begin(id="it", config={"nan": float("nan"), "big": 2**80}) as run:
            run.summary["inf"] = float("inf"); run.summary["big"] = 2**80
    """)
    query = "query ($name: String!) { run(ref: {name: $name}) { config summary } }"
    run = wandb.ask(query, name=f"local/{wandb.project}/it")["run"]
    assert run["config"] == {"nan": None, "big": 2.0**80}
    assert (run["summary"]["inf"], run["summary"]["big"]) == ("Infinity", 2.0**80)


def test_a_run_is_made_by_the_api_and_found_by_its_heartbeat(wandb: Client) -> None:
    wandb.run("""
        assert api.create_run(run_id="made", project=PROJECT, entity="local").state == "running"
        with begin(id="it"): pass
        filters = {"heartbeat_at": {"$gt": "2020-01-01"}}
        assert "it" in [run.id for run in api.runs(f"local/{PROJECT}", filters=filters)]
        filters = {"heartbeat_at": {"$lt": "2020-01-01"}}
        assert [run.id for run in api.runs(f"local/{PROJECT}", filters=filters)] == []
    """)
