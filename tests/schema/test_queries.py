"""Each field of the root, and what only some types have."""

from typing import Any

from gqlregistry import __version__
from tests.schema.api import API, elsewhere


async def test_the_server_and_who_asks(api: API) -> None:
    data = await api.ask("""{ serverInfo { version database maxPageSize defaultPageSize maxQueryCost }
        viewer { name username isAdmin displayName email createdAt deletedAt apiKeys { id } } }""")
    assert data["serverInfo"] == {
        "version": __version__,
        "database": api.services.driver.dialect,
        "maxPageSize": 100,
        "defaultPageSize": 50,
        "maxQueryCost": 500_000,
    }
    assert data["viewer"] == {
        "name": "local",
        "username": "local",
        "isAdmin": True,
        "displayName": None,
        "email": None,
        "createdAt": data["viewer"]["createdAt"],
        "deletedAt": None,
        "apiKeys": [],
    }


async def test_every_node_is_found_again_by_its_id(api: API) -> None:
    run = await api.run()
    await api.log(run={"id": run})
    await api.change("createTeam", name="crew")
    await api.change("createRegistry", name="model")
    key = await api.change("createApiKey", "secret", owner={"name": "local"}, label="x", isAdmin=True)
    api.client.headers["Authorization"] = f"Bearer {key['secret']}"
    data = await api.ask("""{ viewer { id apiKeys { id } } projects { nodes { id } } runs { nodes { id } }
        registries { nodes { id organization { id } } } artifacts { nodes { id } }
        collections { nodes { id versions { nodes { id } } } }
        actionEvents(last: 1) { nodes { id } } events: actionEvents(filter: {kinds: [TEAM_CREATED]}) {
        nodes { subject { ... on Node { id } } } } }""")
    ids = {value for key, value in walk(data) if key == "id"}
    types = set()
    for id in ids:
        node = (await api.ask("query ($id: ID!) { node(id: $id) { __typename id } }", id=id))["node"]
        assert node["id"] == id
        types.add(node["__typename"])
    assert types == {
        "ActionEvent",
        "ApiKey",
        "Artifact",
        "Collection",
        "Membership",
        "Organization",
        "Project",
        "Registry",
        "Run",
        "Team",
        "User",
    }
    some = [*sorted(ids), *sorted(ids)[:2]]
    missing = "UnVuOjk5OTk="
    found = await api.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[*some, missing])
    assert found["nodes"] == [*({"id": id} for id in some), None]
    assert (await api.ask("{ nodes(ids: []) { id } }"))["nodes"] == []


def walk(value: Any) -> list[tuple[str, Any]]:
    """All keys and values of nested objects."""
    if isinstance(value, list):
        return [pair for item in value for pair in walk(item)]
    if isinstance(value, dict):
        return [pair for key, item in value.items() for pair in [(key, item), *walk(item)]]
    return []


async def test_references_by_name(api: API) -> None:
    await api.change("createRegistry", name="model")
    await api.run(name="r")
    id = await api.log(aliases=["best"])
    await api.change("linkArtifact", artifact={"id": id}, collection={"name": "model/x"}, aliases=["production"])
    digest = (await api.ask("query ($i: ID!) { artifact(ref: {id: $i}) { digest } }", i=id))["artifact"]["digest"]
    for name in (
        "local/zoo/data:v0",
        "local/zoo/data:best",
        "local/zoo/data",
        "local/zoo/data:latest",
        f"local/zoo/data@{digest}",
        f"local/zoo/data:{digest}",
        f"local/zoo/data:{digest.removeprefix('sha256:')}",
        "model/x:production",
        "default/model/x:v0",
        "wandb-registry-model/x:v0",
    ):
        data = await api.ask("query ($n: String!) { artifact(ref: {name: $n}) { id name } }", n=name)
        assert data["artifact"] == {"id": id, "name": "local/zoo/data:v0"}, name
    data = await api.ask("""{ run(ref: {name: "local/zoo/r"}) { name } project(ref: {name: "local/zoo"}) { path }
        registry(ref: {name: "model"}) { name } other: registry(ref: {name: "default/model"}) { name }
        collection(ref: {name: "local/zoo/data"}) { kind type project { path } registry { name } }
        linked: collection(ref: {name: "model/x"}) { kind path project { path } registry { name } } }""")
    assert data == {
        "run": {"name": "r"},
        "project": {"path": "local/zoo"},
        "registry": {"name": "model"},
        "other": {"name": "model"},
        "collection": {"kind": "SOURCE", "type": "dataset", "project": {"path": "local/zoo"}, "registry": None},
        "linked": {"kind": "REGISTRY", "path": "default/model/x", "project": None, "registry": {"name": "model"}},
    }


async def test_a_collections_former_name_still_leads_to_it(api: API) -> None:
    await api.log()
    await api.change("updateCollection", collection={"name": "local/zoo/data"}, name="animals")
    data = await api.ask(
        '{ collection(ref: {name: "local/zoo/data"}) { name } artifact(ref: {name: "local/zoo/data:v0"}) { name } }'
    )
    assert data == {"collection": {"name": "animals"}, "artifact": {"name": "local/zoo/animals:v0"}}


async def test_versions_of_a_collection(api: API) -> None:
    for number in range(3):
        await api.log(content=str(number), aliases=["best"], tags=["odd"] if number % 2 else [])
    data = await api.ask("""{ collection(ref: {name: "local/zoo/data"}) { tags aliases { name membership { version } }
        by: version(ref: "best") { name version versionIndex artifact { name } aliases { name } }
        number: version(ref: "v1") { version } none: version(ref: "v9") { version }
        odd: versions(filter: {tag: "odd"}) { totalCount nodes { version } }
        best: versions(filter: {alias: "best"}) { nodes { version } }
        future: versions(filter: {addedAfter: "2100-01-01"}) { totalCount } } }""")
    assert data["collection"] == {
        "tags": [],
        "aliases": [{"name": name, "membership": {"version": "v2"}} for name in ("best", "latest")],
        "by": {
            "name": "local/zoo/data:v2",
            "version": "v2",
            "versionIndex": 2,
            "artifact": {"name": "local/zoo/data:v2"},
            "aliases": [{"name": "best"}, {"name": "latest"}],
        },
        "number": {"version": "v1"},
        "none": None,
        "odd": {"totalCount": 1, "nodes": [{"version": "v1"}]},
        "best": {"nodes": [{"version": "v2"}]},
        "future": {"totalCount": 0},
    }


async def test_filters_of_runs_and_artifacts(api: API) -> None:
    for name, job, group in (("one", "train", "a"), ("two", "eval", "a"), ("three", "train", "b")):
        await api.run(name=name, displayName=name.upper(), jobType=job, group=group)
    await api.change("finishRun", run={"name": "local/zoo/one"}, state="CRASHED")
    for filter, expected in (
        ("{}", ["three", "two", "one"]),
        ('{jobType: "train"}', ["three", "one"]),
        ('{jobType: "train", group: "a"}', ["one"]),
        ("{state: [CRASHED, FAILED]}", ["one"]),
        ("{state: []}", []),
        ('{nameContains: "t"}', ["three", "two"]),
        ('{nameContains: "WO"}', ["two"]),
        ('{createdBy: "local"}', ["three", "two", "one"]),
        ('{createdBy: "nobody"}', []),
        ('{createdAfter: "2100-01-01T00:00:00Z"}', []),
        ('{createdBefore: "2100-01-01T00:00:00Z", jobType: null}', ["three", "two", "one"]),
    ):
        data = await api.ask(f"{{ runs(filter: {filter}) {{ totalCount nodes {{ name }} }} }}")
        assert [node["name"] for node in data["runs"]["nodes"]] == expected, filter
        assert data["runs"]["totalCount"] == len(expected)
    await api.log(content="a", tags=["gold"])
    await api.log("local/zoo/model", "b", type="model")
    gone = await api.log(content="c")
    await api.change("deleteArtifact", artifact={"id": gone})
    for filter, names in (
        ("{}", ["data:v1", "model:v0", "data:v0"]),
        ("{state: [COMMITTED]}", ["model:v0", "data:v0"]),
        ('{type: ["model", "none"]}', ["model:v0"]),
        ('{tag: "gold"}', ["data:v0"]),
        ('{digest: "sha256:none"}', []),
        ('{createdBy: "local", state: [DELETED]}', ["data:v1"]),
    ):
        data = await api.ask(f"{{ artifacts(filter: {filter}) {{ nodes {{ name }} }} }}")
        assert [node["name"].removeprefix("local/zoo/") for node in data["artifacts"]["nodes"]] == names, filter


async def test_files_and_differences(api: API) -> None:
    async def log(metadata: dict[str, Any], **files: str) -> None:
        listed = [
            {"path": path.replace("_", "/"), "digest": digest, "size": 3, "reference": f"s3://b/{path}"}
            for path, digest in files.items()
        ]
        await api.change(
            "logArtifact",
            collection={"name": "local/zoo/data"},
            type="dataset",
            files=listed,
            metadata=metadata,
        )

    await log({"kept": 1, "lr": 0.1, "old": None, "on": True}, a="1", dir_b="2", dir_c="3")
    await log({"kept": 1, "lr": 0.2, "new": [1], "on": 1}, a="1", dir_b="9", d="4")
    data = await api.ask("""{ artifact(ref: {name: "local/zoo/data:v0"}) { fileCount size
        dir: files(filter: {pathStartsWith: "dir/"}) { totalCount nodes { path digest size reference url } }
        c: files(filter: {pathContains: "C"}) { nodes { path } }
        diff(to: {name: "local/zoo/data:v1"}) { identical truncated from { version } to { version }
            added { path digestBefore digestAfter } removed { path } changed { path digestBefore digestAfter sizeAfter }
            metadata { key before after } }
        same: diff(to: {name: "local/zoo/data:v0"}) { identical added { path } metadata { key } } } }""")
    artifact = data["artifact"]
    assert (artifact["fileCount"], artifact["size"]) == (3, 9)
    assert artifact["dir"]["totalCount"] == 2
    assert artifact["dir"]["nodes"][0] == {
        "path": "dir/b",
        "digest": "2",
        "size": 3,
        "reference": "s3://b/dir_b",
        "url": "s3://b/dir_b",
    }
    assert artifact["c"] == {"nodes": [{"path": "dir/c"}]}
    assert artifact["same"] == {"identical": True, "added": [], "metadata": []}
    assert artifact["diff"] == {
        "identical": False,
        "truncated": False,
        "from": {"version": "v0"},
        "to": {"version": "v1"},
        "added": [{"path": "d", "digestBefore": None, "digestAfter": "4"}],
        "removed": [{"path": "dir/c"}],
        "changed": [{"path": "dir/b", "digestBefore": "2", "digestAfter": "9", "sizeAfter": 3}],
        "metadata": [
            {"key": "lr", "before": 0.1, "after": 0.2},
            {"key": "new", "before": None, "after": [1]},
            {"key": "old", "before": None, "after": None},
            {"key": "on", "before": True, "after": 1},
        ],
    }


async def test_the_action_history_says_who_did_what(api: API) -> None:
    await api.change("createRegistry", name="model")
    run = await api.run(name="r")
    id = await api.log(run={"id": run})
    place = {"collection": {"name": "model/x"}}
    await api.change("linkArtifact", artifact={"id": id}, run={"id": run}, reason="ready", **place)
    await api.change("setAlias", alias="production", version="v0", **place)
    other = await api.log(content="b")
    await api.change("linkArtifact", artifact={"id": other}, **place)
    await api.change("setAlias", alias="production", version="v1", reason="better", **place)
    event = (
        "kind alias version previousVersion previous { name } reason actor { username } artifact { name } run { name }"
    )
    data = await api.ask(f"""{{ collection(ref: {{name: "model/x"}}) {{
        last: actionHistory(first: 2) {{ nodes {{ {event} }} }}
        linked: actionHistory(kinds: [VERSION_ADDED], version: "v0") {{ nodes {{ {event} }} }}
        about: actionHistory(alias: "production") {{ totalCount }} by: actionHistory(actor: "nobody") {{ totalCount }}
        until: actionHistory(until: "2000-01-01T00:00:00Z") {{ totalCount }}
        from: actionHistory(from: "2000-01-01T00:00:00Z", kinds: []) {{ totalCount }} }}
        registry(ref: {{name: "model"}}) {{
            actionHistory(kinds: [COLLECTION_CREATED]) {{ nodes {{ collection {{ name }} }} }} }}
        actionEvents(first: 1, filter: {{alias: "production", kinds: [ALIAS_REMOVED]}}) {{
            nodes {{ version reason }} }} }}""")
    history = data["collection"]
    common = {"actor": {"username": "local"}, "run": None, "reason": "better", "alias": "production"}
    assert history["last"]["nodes"] == [
        {
            **common,
            "kind": "ALIAS_ADDED",
            "version": "v1",
            "previousVersion": "v0",
            "previous": {"name": "local/zoo/data:v0"},
            "artifact": {"name": "local/zoo/data:v1"},
        },
        {
            **common,
            "kind": "ALIAS_REMOVED",
            "version": "v0",
            "previousVersion": None,
            "previous": None,
            "artifact": {"name": "local/zoo/data:v0"},
        },
    ]
    [linked] = history["linked"]["nodes"]
    assert (linked["reason"], linked["run"], linked["artifact"]) == (
        "ready",
        {"name": "r"},
        {"name": "local/zoo/data:v0"},
    )
    assert [history[name]["totalCount"] for name in ("about", "by", "until", "from")] == [3, 0, 0, 0]
    assert data["registry"]["actionHistory"]["nodes"] == [{"collection": {"name": "x"}}]
    assert data["actionEvents"]["nodes"] == [{"version": "v0", "reason": "better"}]


async def test_search_finds_each_kind_and_no_tombstone(api: API) -> None:
    await api.change("createRegistry", name="wolves", description="packs")
    await api.project("local/wolf-den")
    await api.change(
        "createCollection", name="howls", type="audio", description="of a WOLF", project={"name": "local/wolf-den"}
    )
    await api.run(displayName="lone wolf", name="a")
    await api.run(displayName="dead wolf", name="b")
    await api.change("deleteRun", run={"name": "local/zoo/b"})
    data = await api.ask('{ search(text: "wol") { totalCount nodes { name object { __typename } } } }')
    assert [(hit["name"], hit["object"]["__typename"]) for hit in data["search"]["nodes"]] == [
        ("wolves", "Registry"),
        ("wolf-den", "Project"),
        ("lone wolf", "Run"),
        ("howls", "Collection"),
    ]
    assert data["search"]["totalCount"] == 4
    some = await api.ask('{ search(text: "wol", kinds: [RUN, REGISTRY], first: 1) { totalCount nodes { name } } }')
    assert some["search"] == {"totalCount": 2, "nodes": [{"name": "wolves"}]}
    none = await api.ask('{ search(text: "wol", kinds: []) { totalCount } }')
    assert none["search"]["totalCount"] == 0


async def test_a_pending_version_is_seen_by_whoever_knows_its_id_alone(api: API) -> None:
    digest = "sha256:" + "0" * 64
    logged = await api.change(
        "logArtifact",
        "artifact { id name version }",
        collection={"name": "local/zoo/data"},
        type="dataset",
        files=[{"path": "a", "digest": digest, "size": 1}],
        run={"id": await api.run()},
    )
    assert logged["artifact"]["name"] == "local/zoo/data:pending"
    data = await api.ask("""{ artifacts { totalCount } collection(ref: {name: "local/zoo/data"}) {
        versions { totalCount } latest: version(ref: "latest") { version } }
        runs { nodes { outputs { totalCount } } } }""")
    assert data == {
        "artifacts": {"totalCount": 0},
        "collection": {"versions": {"totalCount": 0}, "latest": None},
        "runs": {"nodes": [{"outputs": {"totalCount": 0}}]},
    }


async def test_a_deleted_version_is_a_tombstone_wherever_it_was(api: API) -> None:
    maker, user = await api.run(name="maker"), await api.run(name="user")
    id = await api.log(run={"id": maker})
    await api.change("useArtifact", run={"id": user}, artifact={"id": id})
    await api.change("deleteArtifact", artifact={"id": id})
    data = await api.ask("""{ maker: run(ref: {name: "local/zoo/maker"}) { outputs { nodes { ...Tomb } } }
        user: run(ref: {name: "local/zoo/user"}) { inputs { edges { requestedAs node { ...Tomb } } } }
        collection(ref: {name: "local/zoo/data"}) { versions { totalCount } version(ref: "v0") { version } } }
        fragment Tomb on Artifact { name state deletedBy { username } deletedAt inputs { totalCount } }""")
    [tomb] = data["maker"]["outputs"]["nodes"]
    assert data["user"]["inputs"]["edges"] == [{"requestedAs": None, "node": tomb}]
    assert tomb["deletedAt"]
    assert (tomb["state"], tomb["deletedBy"], tomb["inputs"]) == ("DELETED", {"username": "local"}, {"totalCount": 1})
    assert data["collection"] == {"versions": {"totalCount": 0}, "version": None}


async def test_numbers_of_more_than_32_bits(api: API) -> None:
    files = [{**elsewhere()[0], "size": str(2**62)}]
    made = await api.change(
        "logArtifact", "artifact { size }", collection={"name": "local/zoo/data"}, type="dataset", files=files
    )
    assert made["artifact"] == {"size": 2**62}
