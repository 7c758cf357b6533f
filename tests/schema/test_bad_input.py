"""Whatever a client gets wrong has a code of the closed set, names what is at fault, and changes nothing."""

import base64
from dataclasses import dataclass
from typing import Any

import pytest_asyncio

from tests.schema.api import API, elsewhere, file

NUL, LONG = "a\0b", "x" * 129
BAD, NONE, CONFLICT = "BAD_USER_INPUT", "NOT_FOUND", "CONFLICT"
DATA = {"name": "local/zoo/data"}


def global_id(type_: str, key: int) -> str:
    return base64.b64encode(f"{type_}:{key}".encode()).decode()


@dataclass
class Zoo:
    """What the bad input is about."""

    api: API
    run: str
    artifact: str
    pending: str
    deleted: str

    async def refused(self, mutation: str, expected: list[tuple[dict[str, Any], str, str]], **common: Any) -> None:
        """Each input, with what is common to all, must be refused with a code and a field."""
        for input, code, field in expected:
            found = await self.api.refusal(mutation, **{**common, **input})
            assert found == (code, [field] if field else []), (input, found)


@pytest_asyncio.fixture
async def zoo(api: API) -> Zoo:
    """A run, and three versions of local/zoo/data: v0, a pending one, a deleted one (v1). model/x is a registry's."""
    run, artifact = await api.run(name="r"), await api.log()
    pending = await api.change(
        "logArtifact", "artifact { id }", collection=DATA, type="dataset", files=[file("a", b"bytes")]
    )
    deleted = await api.log(content="b")
    await api.change("deleteArtifact", artifact={"id": deleted})
    await api.change("createRegistry", name="model")
    await api.change("createCollection", name="x", type="model", registry={"name": "model"})
    return Zoo(api, run, artifact, pending["artifact"]["id"], deleted)


async def test_logging(zoo: Zoo) -> None:
    good = {"collection": DATA, "type": "dataset", "files": elsewhere("new")}
    sha = "sha256:" + "0" * 64
    await zoo.refused(
        "logArtifact",
        [
            ({"collection": {"name": "data"}}, BAD, "collection"),
            ({"collection": {"name": f"local/zoo/{LONG}"}}, BAD, "name"),
            ({"collection": {"name": "local/zoo/" + NUL}}, BAD, "collection"),
            ({"collection": {"name": "a/b/c/d"}}, BAD, "collection"),
            ({"collection": {"name": "nobody/zoo/data"}}, NONE, "collection"),
            ({"collection": {"name": "model/x"}, "type": "model"}, BAD, "collection"),
            ({"collection": {"id": "???"}}, BAD, "collection"),
            ({"collection": {"id": zoo.run}}, BAD, "collection"),
            ({"collection": {"id": global_id("Collection", 10**17)}}, NONE, "collection"),
            ({"type": "model"}, CONFLICT, "type"),
            ({"type": ""}, BAD, "type"),
            ({"type": "a/b"}, BAD, "type"),
            ({"run": {"name": "local/zoo/nobody"}}, NONE, "run"),
            ({"aliases": ["v7"]}, BAD, "aliases"),
            ({"aliases": ["a/b"]}, BAD, "aliases"),
            ({"aliases": ["a:b"]}, BAD, "aliases"),
            ({"aliases": [LONG]}, BAD, "aliases"),
            ({"tags": [NUL]}, BAD, "tags"),
            ({"digest": "md6:0"}, BAD, "digest"),
            ({"metadata": [1]}, BAD, "metadata"),
            ({"metadata": {"n": 2**63}}, BAD, "metadata"),
            ({"metadata": {"s": NUL}}, BAD, "metadata"),
            ({"description": NUL}, BAD, "description"),
            ({"idempotencyKey": LONG * 2}, BAD, "idempotencyKey"),
            ({"files": [{"path": "../etc", "digest": sha}]}, BAD, "files"),
            ({"files": [{"path": "/etc", "digest": sha}]}, BAD, "files"),
            ({"files": [{"path": "a", "digest": "sha256:xyz"}]}, BAD, "files"),
            ({"files": [{"path": "a"}]}, BAD, "files"),
            ({"files": [{"path": "a", "digest": sha, "size": -1}]}, BAD, "files"),
            ({"files": [{"path": "a", "reference": "nowhere"}]}, BAD, "files"),
            ({"files": [{"path": "a", "digest": sha}, {"path": "a", "digest": sha}]}, BAD, "files"),
            ({"files": [{"path": "a", "digest": sha}, {"path": "a/b", "digest": sha}]}, BAD, "files"),
        ],
        **good,
    )


async def test_committing(zoo: Zoo) -> None:
    await zoo.refused(
        "commitArtifact",
        [
            ({"artifact": zoo.pending}, CONFLICT, "artifact"),
            ({"artifact": zoo.deleted}, NONE, "artifact"),
            ({"artifact": global_id("Artifact", 999)}, NONE, "artifact"),
            ({"artifact": "no id"}, BAD, "artifact"),
            ({"artifact": zoo.run}, BAD, "artifact"),
        ],
    )


async def test_using(zoo: Zoo) -> None:
    run, artifact = {"id": zoo.run}, {"id": zoo.artifact}
    await zoo.refused(
        "useArtifact",
        [
            ({"run": run, "artifact": {"id": zoo.pending}}, CONFLICT, "artifact"),
            ({"run": run, "artifact": {"id": zoo.deleted}}, NONE, "artifact"),
            ({"run": run, "artifact": {"name": "local/zoo/data:v1"}}, NONE, "artifact"),
            ({"run": run, "artifact": {"name": "local/zoo/data:nothing"}}, NONE, "artifact"),
            ({"run": run, "artifact": {"name": "local/zoo/data:v999999999999"}}, NONE, "artifact"),
            ({"run": run, "artifact": {"name": "local/zoo/data:"}}, BAD, "artifact"),
            ({"run": run, "artifact": {"name": ""}}, BAD, "artifact"),
            ({"run": run, "artifact": {"name": NUL}}, BAD, "artifact"),
            ({"run": run, "artifact": {"name": "x" * 2000}}, BAD, "artifact"),
            ({"run": run, "artifact": {"id": zoo.run}}, BAD, "artifact"),
            ({"run": {"id": zoo.artifact}, "artifact": artifact}, BAD, "run"),
            ({"run": {"name": "r"}, "artifact": artifact}, BAD, "run"),
            ({"run": {"name": "local/zoo/nobody"}, "artifact": artifact}, NONE, "run"),
        ],
    )
    await zoo.api.change("deleteRun", run=run)
    await zoo.refused("useArtifact", [({"run": run, "artifact": artifact}, NONE, "run")])


async def test_linking(zoo: Zoo) -> None:
    await zoo.api.change("createCollection", name="y", type="dataset", registry={"name": "model"})
    source, target = {"artifact": {"id": zoo.artifact}}, {"collection": {"name": "model/y"}}
    await zoo.refused(
        "linkArtifact",
        [
            ({**source, "collection": {"name": "model/x"}}, CONFLICT, "type"),
            ({**source, "collection": {"name": "nowhere/y"}}, NONE, "collection"),
            ({**source, "collection": DATA}, BAD, "collection"),
            ({**source, "collection": {"name": "y"}}, BAD, "collection"),
            ({**source, "collection": {"name": "model/" + LONG}}, BAD, "name"),
            ({**target, "artifact": {"id": zoo.pending}}, CONFLICT, "artifact"),
            ({**target, "artifact": {"id": zoo.deleted}}, NONE, "artifact"),
            ({**target, **source, "aliases": ["v7"]}, BAD, "aliases"),
            ({**target, **source, "aliases": ["a/b"]}, BAD, "aliases"),
            ({**target, **source, "reason": NUL}, BAD, "reason"),
        ],
    )
    await zoo.refused("unlinkArtifact", [({**target, **source}, NONE, "artifact")])


async def test_aliases(zoo: Zoo) -> None:
    await zoo.refused(
        "setAlias",
        [
            ({"alias": "v7"}, BAD, "alias"),
            ({"alias": "a/b"}, BAD, "alias"),
            ({"alias": "a:b"}, BAD, "alias"),
            ({"alias": LONG}, BAD, "alias"),
            ({"alias": ""}, BAD, "alias"),
            ({"alias": NUL}, BAD, "alias"),
            ({"alias": "latest"}, BAD, "alias"),
            ({"alias": "ok", "version": "v1"}, NONE, "version"),
            ({"alias": "ok", "version": "v9"}, NONE, "version"),
            ({"alias": "ok", "version": ""}, NONE, "version"),
            ({"alias": "ok", "expectedVersion": "v0"}, CONFLICT, "expectedVersion"),
            ({"alias": "ok", "expectedVersion": "best"}, BAD, "expectedVersion"),
            ({"alias": "ok", "collection": {"name": "local/zoo/none"}}, NONE, "collection"),
            ({"alias": "ok", "reason": "x" * 2001}, BAD, "reason"),
        ],
        collection=DATA,
        version="v0",
    )
    await zoo.refused(
        "removeAlias",
        [({"alias": "never"}, NONE, "alias"), ({"alias": "latest"}, BAD, "alias"), ({"alias": "v0"}, BAD, "alias")],
        collection=DATA,
    )


async def test_names_of_new_things(zoo: Zoo) -> None:
    for name in (LONG, "", " ", "a/b", "a:b", NUL, "ä", "-a"):
        for mutation, more in (
            ("createUser", {}),
            ("createTeam", {}),
            ("createOrganization", {}),
            ("createRegistry", {}),
            ("createProject", {"owner": {"name": "local"}}),
            ("createCollection", {"type": "dataset", "project": {"name": "local/zoo"}}),
        ):
            assert await zoo.api.refusal(mutation, name=name, **more) == (BAD, ["name"]), (mutation, name)
    run = {"project": {"name": "local/zoo"}}
    await zoo.refused(
        "createRun",
        [
            ({"name": "a/b"}, BAD, "name"),
            ({"name": LONG}, BAD, "name"),
            ({"name": "r"}, CONFLICT, "name"),
            ({"displayName": NUL}, BAD, "displayName"),
            ({"config": [1]}, BAD, "config"),
            ({"config": {"deep": nested(70)}}, BAD, "config"),
            ({"project": {"name": "zoo"}}, BAD, "project"),
            ({"project": {"name": "nobody/nowhere"}}, NONE, "project"),
        ],
        **run,
    )


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


async def test_people(zoo: Zoo) -> None:
    ann = {"entity": {"name": "ann"}, "role": "VIEWER"}
    await zoo.refused("createUser", [({"name": "ann", "email": "nowhere"}, BAD, "email")])
    await zoo.refused("setMember", [({**ann, "scope": {"team": {"name": "crew"}}}, NONE, "team")])
    await zoo.refused("createApiKey", [({"owner": {"name": "ann"}, "label": "x"}, NONE, "owner")])
    await zoo.refused("revokeApiKey", [({"apiKey": global_id("ApiKey", 7)}, NONE, "apiKey")])
    await zoo.refused("revokeApiKey", [({"apiKey": zoo.run}, BAD, "apiKey")])
    await zoo.refused("deleteUser", [({"user": {"name": "ann"}}, NONE, "user")])


READS = [
    ('artifact(ref: {name: "local/zoo/data:v9"}) { id }', NONE),
    ('artifact(ref: {name: "local/zoo/data:\\u0000"}) { id }', BAD),
    ('artifact(ref: {name: "nope"}) { id }', BAD),
    ('artifact(ref: {id: "nope"}) { id }', BAD),
    ('artifact(ref: {id: "UnVuOjE="}) { id }', BAD),
    ('artifact(ref: {id: "QXJ0aWZhY3Q6OTk5OTk5OTk5"}) { id }', NONE),
    ('artifact(ref: {id: "QXJ0aWZhY3Q6OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk="}) { id }', BAD),
    ('run(ref: {name: "local/zoo/nobody"}) { id }', NONE),
    ('project(ref: {name: "local"}) { id }', BAD),
    ('registry(ref: {name: "nowhere"}) { id }', NONE),
    ('collection(ref: {name: "local/zoo/none"}) { id }', NONE),
    ('node(id: "ä") { id }', BAD),
    ('node(id: "Um9ib3Q6MQ==") { id }', BAD),
    ('node(id: "UnVuOjk5OQ==") { id }', NONE),
    ('nodes(ids: ["!"]) { id }', BAD),
    ("runs(first: 0) { nodes { id } }", BAD),
    ("runs(first: -1) { nodes { id } }", BAD),
    ("runs(first: 101) { nodes { id } }", BAD),
    ("runs(last: 0) { nodes { id } }", BAD),
    ("runs(first: 1, last: 1) { nodes { id } }", BAD),
    ('runs(after: "") { nodes { id } }', BAD),
    ('runs(after: "xxx") { nodes { id } }', BAD),
    ('runs(after: "\\u0000") { nodes { id } }', BAD),
    ('search(text: "") { nodes { name } }', BAD),
    ('search(text: "\\u0000") { nodes { name } }', BAD),
    ('runs(filter: {nameContains: "\\u0000"}) { nodes { id } }', BAD),
    ('runs(filter: {group: "\\u0000"}) { nodes { id } }', BAD),
    ('artifacts(filter: {type: ["\\u0000"]}) { nodes { id } }', BAD),
    ('actionEvents(filter: {version: "latest"}) { nodes { id } }', BAD),
    ('actionEvents(filter: {artifact: "x"}) { nodes { id } }', BAD),
    ('collection(ref: {name: "local/zoo/data"}) { alias(name: "\\u0000") { name } }', BAD),
    ('collection(ref: {name: "local/zoo/data"}) { version(ref: "\\u0000") { name } }', BAD),
    ('collection(ref: {name: "local/zoo/data"}) { alias(name: "latest") { history(first: 0) { version } } }', BAD),
    ('artifact(ref: {name: "local/zoo/data:v0"}) { lineage(depth: -1) { truncated } }', BAD),
    ('artifact(ref: {name: "local/zoo/data:v0"}) { lineage(depth: 101) { truncated } }', BAD),
    ('artifact(ref: {name: "local/zoo/data:v0"}) { lineage(first: 0) { truncated } }', BAD),
    ('artifact(ref: {name: "local/zoo/data:v0"}) { lineage(first: 1000000) { truncated } }', BAD),
    ('artifact(ref: {name: "local/zoo/data:v0"}) { diff(to: {name: "local/zoo/data:v9"}) { identical } }', NONE),
]


async def test_reads(zoo: Zoo) -> None:
    for field, code in READS:
        found, message = await zoo.api.error(f"{{ {field} }}")
        assert found == code, (field, found, message)
        assert "Traceback" not in message


async def test_endless_pages_cost_too_much_or_are_too_long(zoo: Zoo) -> None:
    assert (await zoo.api.error("{ runs(first: 1000000) { nodes { id } } }"))[0] in (BAD, "QUERY_TOO_COMPLEX")
    many = "{ runs(first: $n) { nodes { id } } }"
    assert (await zoo.api.error(f"query ($n: Int) {many}", n=10**6))[0] in (BAD, "QUERY_TOO_COMPLEX")


async def test_cursors_of_another_list_are_refused(zoo: Zoo) -> None:
    for n in range(3):
        await zoo.api.run(name=f"run{n}")
    by_name = "runs(first: 1, orderBy: {field: NAME}) { pageInfo { endCursor } }"
    cursor = (await zoo.api.ask(f"{{ {by_name} }}"))["runs"]["pageInfo"]["endCursor"]
    for field in (
        "runs(after: $c) { nodes { id } }",
        "runs(before: $c) { nodes { id } }",
        "runs(after: $c, orderBy: {field: NAME, direction: DESC}) { nodes { id } }",
        "projects(after: $c) { nodes { id } }",
        "actionEvents(after: $c) { nodes { id } }",
    ):
        assert (await zoo.api.error(f"query ($c: String) {{ {field} }}", c=cursor))[0] == BAD, field


async def test_values_of_the_wrong_kind(zoo: Zoo) -> None:
    upload = 'mutation ($size: Int64!) { logArtifact(input: {collection: {name: "local/zoo/d"}, type: "t", '
    upload += 'files: [{path: "a", reference: "s3://a/b", size: $size}]}) { created } }'
    for size in (2**63, -(2**63), 2**64, 10**30, 1.5, True, "", "many", None, [1], {}):
        assert (await zoo.api.error(upload, size=size))[0] in (BAD, "GRAPHQL_VALIDATION_FAILED"), size
    when = "query ($t: DateTime) { runs(filter: {createdAfter: $t}) { nodes { id } } }"
    for time in ("yesterday", "", 5, "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert (await zoo.api.error(when, t=time))[0] in (BAD, "GRAPHQL_VALIDATION_FAILED"), time
    page = "query ($n: Int) { runs(first: $n) { nodes { id } } }"
    for first in (2**31, 2**63, 10**30, "1", 1.5, True):
        assert (await zoo.api.error(page, n=first))[0] in (BAD, "QUERY_TOO_COMPLEX"), first
    ref = "query ($r: ArtifactRef!) { artifact(ref: $r) { id } }"
    for value in ({}, {"id": None}, {"id": "x", "name": "y"}, {"nope": 1}, None, "x", []):
        assert (await zoo.api.error(ref, r=value))[0] in (BAD, "GRAPHQL_VALIDATION_FAILED"), value


async def test_huge_numbers_in_the_document(zoo: Zoo) -> None:
    run = 'createRun(input: {project: {name: "local/zoo"}, config: {a: NUMBER}}) { run { id } errors { code } }'
    for number in ("9" * 20, "9" * 400, "9" * 5000, "1e999", "-" + "9" * 5000):
        for form in ("{ runs(first: NUMBER) { nodes { id } } }", f"mutation {{ {run} }}"):
            text = form.replace("NUMBER", number)
            before = await zoo.api.rows()
            answer = await zoo.api.answer(text)
            payload = ((answer.get("data") or {}).get("createRun") or {}).get("errors")
            code = payload[0]["code"] if payload else answer["errors"][0]["extensions"]["code"]
            assert code in (BAD, "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "QUERY_TOO_COMPLEX"), (
                text[:90],
                answer,
            )
            assert await zoo.api.rows() == before


async def test_wildcards_are_taken_literally(zoo: Zoo) -> None:
    for name in ("100%", "a_b", "axb", "back!slash"):
        await zoo.api.run(displayName=name, name=name.replace("%", "p"))
    await zoo.api.run(displayName="Größe ß", name="plain")
    for text, expected in (
        ("%", ["100%"]),
        ("_", ["a_b"]),
        ("A_B", ["a_b"]),
        ("\\", []),
        ("'; --", []),
        ("größe", ["Größe ß"]),
    ):
        answer = await zoo.api.ask(
            "query ($t: String!) { runs(filter: {nameContains: $t}) { nodes { displayName } } "
            "search(text: $t) { nodes { name } } }",
            t=text,
        )
        assert [node["displayName"] for node in answer["runs"]["nodes"]] == expected, text
        assert [node["name"] for node in answer["search"]["nodes"]] == (expected if len(text) > 1 else []), text


async def test_half_characters_are_refused(zoo: Zoo) -> None:
    """JSON can write half of a surrogate pair, UTF-8 cannot."""
    body = b'{"query": "query ($t: String!) { search(text: $t) { totalCount } }", "variables": {"t": "a\\ud800b"}}'
    response = await zoo.api.client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (200, 400)
    assert response.json()["errors"][0]["extensions"]["code"] == BAD
    assert (await zoo.api.error('{ search(text: "\\ud800") { totalCount } }'))[0] == "GRAPHQL_PARSE_FAILED"
