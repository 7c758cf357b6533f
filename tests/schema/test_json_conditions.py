"""Filters by keys of metadata and config: each operator as the client's own, on both databases."""

from typing import Any

import pytest

from tests.schema.api import API, elsewhere

VERSIONS: list[dict[str, Any]] = [
    {"acc": 0.5, "owner": "ann", "train": {"lr": 1}, "labels": ["cat", "dog"], "final": True},
    {"acc": 0.9, "owner": "Bob", "train": {"lr": 1.0}, "labels": "catalogue", "final": False},
    {"acc": "high", "owner": None, "train": {}, "wei rd-kéy/1": 7},
    {},
]
CASES = [
    ('{key: "acc", gt: 0.5}', [1]),
    ('{key: "acc", gte: 0.5, lt: 0.9}', [0]),
    ('{key: "acc", gt: "a"}', [2]),
    ('{key: "acc", lte: 1}', [0, 1]),
    ('{key: "owner", eq: "ann"}', [0]),
    ('{key: "owner", ne: "ann"}', [1, 2, 3]),
    ('{key: "owner", in: ["ann", "Bob", null]}', [0, 1, 2, 3]),
    ('{key: "owner", in: []}', []),
    ('{key: "owner", nin: ["ann"]}', [1, 2, 3]),
    ('{key: "owner", eq: null}', [2, 3]),
    ('{key: "owner", ne: null}', [0, 1]),
    ('{key: "owner", gt: "Z"}', [0]),
    ('{key: "owner", exists: true}', [0, 1, 2]),
    ('{key: "owner", exists: false}', [3]),
    ('{key: "train.lr", eq: 1}', [0, 1]),
    ('{key: "train.lr", eq: "1"}', []),
    ('{key: "labels", contains: "cat"}', [0, 1]),
    ('{key: "labels", contains: "%"}', []),
    ('{key: "final", eq: true}', [0]),
    ('{key: "final", ne: true}', [1, 2, 3]),
    ('{key: "final", eq: 1}', []),
    ('{key: "acc", contains: "ig"}', [2]),
    ('{key: "wei rd-kéy/1", gte: 7}', [2]),
    ('{key: "acc"}', [0, 1, 2, 3]),
    ('{key: "acc", lt: 1}, {key: "owner", eq: "Bob"}', [1]),
]


async def test_each_operator_on_versions(api: API) -> None:
    for number, metadata in enumerate(VERSIONS):
        collection = {"name": "local/zoo/data"}
        await api.change(
            "logArtifact", collection=collection, type="d", files=elsewhere(str(number)), metadata=metadata
        )
    for condition, expected in CASES:
        data = await api.ask(f"""{{ artifacts(filter: {{metadata: [{condition}]}}) {{ nodes {{ versionIndex }} }}
            collection(ref: {{name: "local/zoo/data"}}) {{
                versions(filter: {{metadata: [{condition}]}}) {{ totalCount nodes {{ versionIndex }} }} }} }}""")
        assert sorted(node["versionIndex"] for node in data["artifacts"]["nodes"]) == expected, condition
        assert sorted(node["versionIndex"] for node in data["collection"]["versions"]["nodes"]) == expected, condition


async def test_runs_by_config_and_summary(api: API) -> None:
    for name, lr, loss in (("a", 0.1, 2), ("b", 0.2, 1)):
        run = await api.run(name=name, config={"lr": lr})
        await api.change("updateRun", run={"id": run}, summary={"loss": loss})
    query = '{ runs(filter: {config: [{key: "lr", gt: 0.05}], summary: [{key: "loss", lt: 2}]}) { nodes { name } } }'
    assert (await api.ask(query))["runs"]["nodes"] == [{"name": "b"}]


@pytest.mark.parametrize(
    "condition",
    [
        '{key: ""}',
        '{key: "a..b"}',
        '{key: "a\\"b"}',
        '{key: "a", eq: [1]}',
        '{key: "a", gt: true}',
        '{key: "a", lt: {}}',
    ]
    + ['{key: "a", eq: 99999999999999999999}', '{key: "a", contains: "\\u0000"}', '{key: "a", in: [[]]}'],
)
async def test_what_can_not_be_compared_is_refused(api: API, condition: str) -> None:
    code, *_ = await api.error(f"{{ artifacts(filter: {{metadata: [{condition}]}}) {{ totalCount }} }}")
    assert code == "BAD_USER_INPUT"
