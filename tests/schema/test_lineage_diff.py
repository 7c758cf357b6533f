"""How the origins of two versions differ."""

from typing import Any

from gqlregistry.plan.relay import decode_id
from gqlregistry.registry import artifacts, lineage, projects, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import File
from gqlregistry.store.tables import Visibility
from tests.conftest import on_sqlite
from tests.schema.api import API

NODE = "{ __typename name ... on Run { displayName } }"
CHANGES = "{ key before after }"
ASK = f"""query ($a: String!, $b: String!, $most: Int) {{ artifact(ref: {{name: $a}}) {{
    lineageDiff(to: {{name: $b}}, most: $most) {{
        added {NODE} removed {NODE} common truncated
        changed {{ before {NODE} after {NODE} config {CHANGES} summary {CHANGES} code {CHANGES} metadata {CHANGES} }}
        nodes {{ side node {{ ... on Node {{ id }} }} }}
        edges {{ side requestedAs source {{ ... on Node {{ id }} }} target {{ ... on Node {{ id }} }} }}
    }} }} }}"""


def logged(change: Change, run: str | None, name: str, content: str, **more: Any) -> str:
    files = [File("f", content, 1, "s3://bucket/key")]
    done = artifacts.log_artifact(change, run, f"local/zoo/{name}", "data", files=files, commit=True, **more)
    return f"local/zoo/{name}:v{done.artifact.version_index}"


def trained(change: Change, name: str, uses: list[str], **more: Any) -> str:
    """A run of training; its model."""
    run = runs.create_run(change, "local/zoo", name, name, job_type="train", **more)
    for used in uses:
        lineage.use_artifact(change, run.id, used)
    return logged(change, f"local/zoo/{name}", "model", name, metadata={"of": name})


def two_models(change: Change) -> None:
    """Photos are split twice, with another seed; the second model also uses labels, the first one a sketch."""
    photos = logged(change, None, "photos", "p")
    splits = []
    for seed in (1, 2):
        run = f"local/zoo/split{seed}"
        runs.create_run(change, "local/zoo", f"split{seed}", job_type="split", config={"seed": seed, "share": 0.2})
        lineage.use_artifact(change, run, photos)
        splits.append(logged(change, run, "split", f"s{seed}", metadata={"images": 10 * seed}))
    sketch, labels = logged(change, None, "sketch", "x"), logged(change, None, "labels", "l")
    trained(change, "one", [splits[0], sketch], config={"lr": 1, "old": None}, client={"commit": "aa", "host": "h1"})
    trained(change, "two", [splits[1], labels], config={"lr": True}, client={"commit": "bb", "host": "h2"})


async def compare(api: API, a: str, b: str, most: int = 1000) -> Any:
    return (await api.ask(ASK, a=a, b=b, most=most))["artifact"]["lineageDiff"]


async def test_inputs_runs_and_their_configs_differ_at_any_depth(api: API) -> None:
    await api.house.do(two_models)
    found = await compare(api, "local/zoo/model:v0", "local/zoo/model:v1")
    assert [node["name"] for node in found["added"]] == ["local/zoo/labels:v0"]
    assert [node["name"] for node in found["removed"]] == ["local/zoo/sketch:v0"]
    changed = {each["before"]["name"]: each for each in found["changed"]}
    assert {name: each["after"]["name"] for name, each in changed.items()} == {
        "local/zoo/model:v0": "local/zoo/model:v1",
        "one": "two",
        "local/zoo/split:v0": "local/zoo/split:v1",
        "split1": "split2",
    }
    assert changed["split1"]["config"] == [{"key": "seed", "before": 1, "after": 2}]
    # True is not 1, and what was not there is not null.
    assert changed["one"]["config"] == [
        {"key": "lr", "before": 1, "after": True},
        {"key": "old", "before": None, "after": None},
    ]
    assert changed["one"]["code"] == [{"key": "commit", "before": "aa", "after": "bb"}]
    assert changed["local/zoo/split:v0"]["metadata"] == [{"key": "images", "before": 10, "after": 20}]
    assert found["common"] == 1
    sides = {decode_id(each["node"]["id"]): each["side"] for each in found["nodes"]}
    assert sorted(sides.values()) == ["BOTH"] + ["FROM"] * 5 + ["TO"] * 5
    assert all(each["side"] == sides[decode_id(each["target"]["id"])] for each in found["edges"])
    assert len(found["edges"]) == 2 * 5
    # The other way round it is the same with the sides changed.
    back = await compare(api, "local/zoo/model:v1", "local/zoo/model:v0")
    assert (back["added"], back["removed"]) == (found["removed"], found["added"])
    assert {each["after"]["name"]: each["before"]["name"] for each in back["changed"]} == {
        name: each["after"]["name"] for name, each in changed.items()
    }


async def test_equal_unrelated_and_cut_origins(api: API) -> None:
    await api.house.do(two_models)
    same = await compare(api, "local/zoo/model:v0", "local/zoo/model:v0")
    assert (same["added"], same["removed"], same["changed"], same["common"]) == ([], [], [], 6)
    assert {each["side"] for each in same["nodes"]} == {"BOTH"}
    unrelated = await compare(api, "local/zoo/sketch:v0", "local/zoo/labels:v0")
    assert [(each["before"]["name"], each["after"]["name"]) for each in unrelated["changed"]] == [
        ("local/zoo/sketch:v0", "local/zoo/labels:v0")
    ]
    assert (unrelated["added"], unrelated["removed"], unrelated["common"]) == ([], [], 0)
    # One is the other's origin: nothing takes its place.
    within = await compare(api, "local/zoo/split:v0", "local/zoo/model:v0")
    assert (within["removed"], within["changed"], within["common"]) == ([], [], 3)
    assert [node["name"] for node in within["added"]] == ["local/zoo/model:v0", "one", "local/zoo/sketch:v0"]
    cut = await compare(api, "local/zoo/model:v0", "local/zoo/model:v1", 2)
    assert (cut["truncated"], same["truncated"], len(cut["nodes"])) == (True, False, 6)
    for wrong in ({"b": "local/zoo/none:v0"}, {"most": 0}, {"most": 10_001}):
        code, _ = await api.error(ASK, **{"a": "local/zoo/model:v0", "b": "local/zoo/model:v1", "most": 9} | wrong)
        assert code == ("NOT_FOUND" if "b" in wrong else "BAD_USER_INPUT")


@on_sqlite
async def test_what_may_not_be_seen_is_not_compared(api: API) -> None:
    house = api.house
    await house.do(projects.ensure_project, "local", "secret")
    await house.log("local/secret/data")
    for number in range(2):
        run = await house.do(runs.create_run, "local/zoo", f"r{number}", job_type="train")
        if number:
            await house.do(lineage.use_artifact, run.id, "local/secret/data:v0")
        await house.log("model", str(number), run=run.id)
    await house.do(projects.update_project, "local/secret", visibility=Visibility.RESTRICTED)
    guest = (await house.user("guest")).actor
    ask = """{ artifact(ref: {name: "local/zoo/model:v0"}) { lineageDiff(to: {name: "local/zoo/model:v1"}) {
        added { name } nodes { side } } } }"""
    for who, added in ((house.actor, 1), (guest, 0)):
        for planned in (True, False):
            found = (await api.execute(ask, planned, who))[0]["artifact"]["lineageDiff"]
            assert (len(found["added"]), len(found["nodes"])) == (added, 4 + added)
