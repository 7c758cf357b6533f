"""How a version came to be: runs in an order in which they can be run again."""

from random import Random
from typing import Any

from gqlregistry.plan.relay import decode_id, encode_id
from gqlregistry.registry import lineage, runs
from gqlregistry.registry.change import Change
from tests.conftest import on_sqlite
from tests.schema.api import API
from tests.schema.test_impact import VERSIONS, edges, some_lineage
from tests.schema.test_lineage_diff import logged, two_models

ASK = """query ($id: ID!) { artifact(ref: {id: $id}) { provenance { artifact { id } cyclic truncated sources { id }
    steps { number run { id } inputs { artifact { id } madeBy requestedAs } outputs { id } } } } }"""


def keys(nodes: list[Any]) -> list[int]:
    return [decode_id(node["id"])[1] for node in nodes]


def upstream(key: int, uses: Any, outputs: Any) -> tuple[set[int], set[int]]:
    """The runs and the versions that lead to a version, by a walk by hand."""
    run_keys: set[int] = set()
    versions, queue = {key}, [key]
    for version in queue:
        for run in {run for run, made in outputs if made == version} - run_keys:
            run_keys.add(run)
            new = {used for user, used, _ in uses if user == run} - versions
            versions |= new
            queue += sorted(new)
    return run_keys, versions


async def test_each_run_comes_behind_those_that_made_its_inputs(api: API) -> None:
    await api.house.do(some_lineage)
    uses, outputs = await api.house.look(edges)
    cyclic = straight = 0
    for key in range(1, VERSIONS + 1):
        found = (await api.ask(ASK, id=encode_id("Artifact")(key)))["artifact"]["provenance"]
        run_keys, versions = upstream(key, uses, outputs)
        number = {keys([step["run"]])[0]: step["number"] for step in found["steps"]}
        assert number.keys() == run_keys
        assert sorted(number.values()) == list(range(1, len(run_keys) + 1))
        assert set(keys(found["sources"])) == versions - {made for _, made in outputs}
        late = False
        for step in found["steps"]:
            (run,) = keys([step["run"]])
            used = {artifact: asked for user, artifact, asked in uses if user == run}
            assert {keys([each["artifact"]])[0]: each["requestedAs"] for each in step["inputs"]} == used
            assert set(keys(step["outputs"])) == {made for maker, made in outputs if maker == run and made in versions}
            for each in step["inputs"]:
                makers = {maker for maker, made in outputs if made == keys([each["artifact"]])[0]}
                assert each["madeBy"] == sorted(number[maker] for maker in makers)
                for maker in makers:
                    if number[maker] >= step["number"]:
                        late = True
                        # Only where each leads to the other: there is no better order.
                        own = {made for by, made in outputs if by == run}
                        assert any(maker in upstream(made, uses, outputs)[0] for made in own)
                        assert run in upstream(keys([each["artifact"]])[0], uses, outputs)[0]
        assert found["cyclic"] == late
        cyclic, straight = cyclic + late, straight + (not late)
    assert min(cyclic, straight) > 0


def cycle(change: Change) -> None:
    """A run uses what it logged, and two use what the other logged."""
    pick = Random(1)
    for name in "ab":
        runs.create_run(change, "local/zoo", name)
        logged(change, f"local/zoo/{name}", f"of-{name}", str(pick.random()))
    for user, used in ("ab", "ba", "aa"):
        lineage.use_artifact(change, f"local/zoo/{user}", f"local/zoo/of-{used}:v0")


@on_sqlite
async def test_a_cycle_is_told_once(api: API) -> None:
    await api.house.do(cycle)
    ask = """{ artifact(ref: {name: "local/zoo/of-a:v0"}) { provenance { cyclic sources { name } markdown
        steps { number run { name } inputs { artifact { name } madeBy } } } } }"""
    found = (await api.ask(ask))["artifact"]["provenance"]
    assert found["cyclic"]
    assert found["sources"] == []
    assert [step["run"]["name"] for step in found["steps"]] == ["b", "a"]
    assert [each["madeBy"] for each in found["steps"][1]["inputs"]] == [[2], [1]]
    assert "There are cycles" in found["markdown"]


async def test_it_is_a_document(api: API) -> None:
    await api.house.do(two_models)
    await api.change(
        "updateRun", run={"name": "local/zoo/two"}, repository="https://git.example/zoo", displayName="a|`b`"
    )
    ask = """{ artifact(ref: {name: "local/zoo/model:v1"}) { provenance(most: %d) { truncated document markdown } } }"""
    found = (await api.ask(ask % 1000))["artifact"]["provenance"]
    document, markdown = found["document"], found["markdown"]
    assert document["artifact"]["name"] == "local/zoo/model:v1"
    assert [step["run"] for step in document["steps"]] == ["local/zoo/split2", "local/zoo/two"]
    split, train = document["steps"]
    assert split["config"] == {"seed": 2, "share": 0.2}
    assert train["code"] == {"repository": "https://git.example/zoo", "commit": "bb", "program": None}
    assert [(each["name"], each["requestedAs"], each["madeBy"]) for each in train["inputs"]] == [
        ("local/zoo/split:v1", "v1", [1]),
        ("local/zoo/labels:v0", "v0", []),
    ]
    assert {each["name"] for each in document["sources"]} == {"local/zoo/photos:v0", "local/zoo/labels:v0"}
    assert all(each["digest"] for step in document["steps"] for each in [*step["inputs"], *step["outputs"]])
    assert markdown.startswith("# How local/zoo/model:v1 came to be\n")
    assert markdown.index("## 1. ") < markdown.index("## 2. a\\|\\`b\\`\n")
    assert '"seed": 2' in markdown
    assert "| commit | bb |" in markdown
    cut = (await api.ask(ask % 1))["artifact"]["provenance"]
    assert (cut["truncated"], len(cut["document"]["steps"])) == (True, 1)
    assert (await api.error(ask % 0))[0] == "BAD_USER_INPUT"
