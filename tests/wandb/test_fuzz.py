"""Whatever is sent to the door is answered at once, by JSON that says what was wrong; nothing is the server's fault."""

import json
import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    get_named_type,
)
from httpx import AsyncClient, Response
from structlog.testing import capture_logs

from gqlregistry.errors import INTERNAL
from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import artifacts, blobs, run_files, streams
from gqlregistry.registry.files import File
from gqlregistry.services import Services
from gqlregistry.store.tables import Stream
from gqlregistry.wandb.schema import client_schema
from tests.registry.conftest import House

SEED = 11
OPERATIONS = 800
SLOW_SECONDS = 2
DEEP = '{"$and": [' * 400 + "{}" + "]}" * 400
TEXTS = [
    *(
        "",
        "zoo",
        "local",
        "data",
        "data:v0",
        "data:latest",
        "run",
        "dataset",
        "default",
        "model",
        "wandb-registry-model",
    ),
    *("../../etc/passwd", "a\0b", "\ud800", "x" * 3000, "%", "%%_%", "a\r\nSet-Cookie: x=y", "-name", "+nothing", "☃"),
    *('{"$or": [{"name": {"$regex": "(a+)+$"}}]}', '{"name": {"$regex": "(?P<x>"}}', '{"id": 1e400}', DEEP),
    *('{"keys": [[1]], "samples": 3}', '{"keys": ["a"], "samples": -1, "minStep": 1e30}', '{"keys": ["loss"]}'),
    '{"keys": [], "samples": 5, "minStep": -99999999999999999999, "maxStep": 99999999999999999999}',
    json.dumps({"name": {"$in": [str(n) for n in range(3000)]}}),
    *('{"metadata.a": {"$gt": 99999999999999999999}}', '{"metadata.a.b": "\\u0000"}', '{"metadata.a": {"$gt": {}}}'),
    *(
        '{"version_index": {"$gt": "x"}}',
        '{"created_at": 5}',
        '{"state": {"$ne": "\\ud800"}}',
        '{"tag": {"$in": [[]]}}',
    ),
    *(
        '{"$nor": [{"alias": "latest"}]}',
        '{"version_index": 99999999999999999999}',
        '{"name": true}',
        "[]",
        "[[]]",
        "null",
    ),
    *("2026-01-01", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1" * 4000, "1e400", "NaN"),
]
DOCUMENTS = ["{}", '{"keys": ["loss"]}', '{"a": {"b": 1}}', *(text for text in TEXTS if text[:1] in "{[")]
NUMBERS = [0, 1, -1, 7, 2**31 - 1, -(2**31), 2**31, 2**63, -(2**63), 10**30, 1.5, float("inf"), float("nan")]


class Sender:
    """Operations made up from the schema, the same for the same seed."""

    def __init__(self, seed: int, ids: list[tuple[str, str]]) -> None:
        self.chance = random.Random(seed)
        self.ids = ids

    def operation(self, deletes: bool) -> dict[str, Any]:
        schema = client_schema()._schema
        kind, root = self.chance.choice([("query", schema.query_type), ("mutation", schema.mutation_type)])
        assert root is not None
        name = self.chance.choice([name for name in root.fields if deletes or not name.startswith("delete")])
        variables: dict[str, Any] = {}
        types: list[str] = []
        body = self.field(root, name, 0, variables, types)
        head = f"({', '.join(types)})" if types else ""
        return {"query": f"{kind} {head} {{ {body} }}", "variables": variables}

    def field(self, owner: Any, name: str, depth: int, variables: dict[str, Any], types: list[str]) -> str:
        field, given = owner.fields[name], []
        for argument, about in field.args.items():
            if isinstance(about.type, GraphQLNonNull) or self.chance.random() < 0.3:
                variable = f"v{len(variables)}"
                variables[variable] = self.value(about.type, argument, owner.name)
                types.append(f"${variable}: {about.type}")
                given.append(f"{argument}: ${variable}")
        arguments = f"({', '.join(given)})" if given else ""
        return f"f{len(variables)}_{name}: {name}{arguments} {self.selection(field.type, depth, variables, types)}"

    def selection(self, of: Any, depth: int, variables: dict[str, Any], types: list[str]) -> str:
        named = get_named_type(of)
        if isinstance(named, GraphQLUnionType | GraphQLInterfaceType):
            named = self.chance.choice(client_schema()._schema.get_possible_types(named))
            return f"{{ __typename ... on {named.name} {self.selection(named, depth, variables, types)} }}"
        if not isinstance(named, GraphQLObjectType):
            return ""
        chosen = ["__typename"]
        for name in named.fields:
            is_leaf = not isinstance(
                get_named_type(named.fields[name].type), GraphQLObjectType | GraphQLUnionType | GraphQLInterfaceType
            )
            if self.chance.random() < (0.6 if is_leaf else 0.5 if depth < 3 else 0):
                chosen.append(self.field(named, name, depth + 1, variables, types))
        return f"{{ {' '.join(chosen)} }}"

    def value(self, of: Any, name: str, within: str) -> Any:
        """What is given for an argument: as a rule something good, since one bad thing hides what others do."""
        if isinstance(of, GraphQLNonNull):
            return self.value(of.of_type, name, within)
        if isinstance(of, GraphQLList):
            return [self.value(of.of_type, name, within) for _ in range(self.chance.choice([0, 1, 1, 2]))]
        if isinstance(of, GraphQLEnumType):
            return self.chance.choice(list(of.values))
        if isinstance(of, GraphQLInputObjectType):
            return {
                key: self.value(field.type, key, of.name)
                for key, field in of.fields.items()
                if isinstance(field.type, GraphQLNonNull) or self.chance.random() < 0.3
            }
        assert isinstance(of, GraphQLScalarType)
        if of.name in ("String", "JSONString", "DateTime", "ID") and self.chance.random() < 0.15:
            return self.chance.choice(TEXTS)
        match of.name:
            case "ID":
                fitting = [id for kind, id in self.ids if kind.lower() in f"{within}{name}".lower()]
                return self.chance.choice(fitting or [id for _, id in self.ids])
            case "Int" | "Float":
                return self.chance.choice(NUMBERS[:6])
            case "Int64":
                return self.chance.choice(NUMBERS if self.chance.random() < 0.3 else NUMBERS[:6])
            case "Boolean":
                return self.chance.random() < 0.5
            case "DateTime":
                return "2026-01-01T00:00:00Z"
            case "JSONString":
                return self.chance.choice(DOCUMENTS)
        return self.named(name.lower())

    def named(self, name: str) -> str | None:
        if "cursor" in name or name in ("after", "before", "order"):
            return self.chance.choice([None, *(id for kind, id in self.ids if kind == "Cursor")])
        for word, fitting in FITTING.items():
            if word in name:
                return self.chance.choice(fitting)
        return self.chance.choice(["data", "run", "zoo", "data:v0", "latest"])


FITTING = {
    "filter": [text for text in TEXTS if text.startswith(("{", "["))],
    "entity": ["local"],
    "organization": ["default"],
    "project": ["zoo", "wandb-registry-model"],
    "run": ["run"],
    "type": ["dataset"],
    "digest": ["qqqqqqqqqqqqqqqqqqqqqg=="],
    "md5": ["qqqqqqqqqqqqqqqqqqqqqg=="],
    "config": TEXTS,
    "pattern": ["%", "%.txt", "%a%a%a%a%a%a%a%a%b"],
}


async def filled(services: Services) -> list[tuple[str, str]]:
    """Something to find; the ids of it, and of nothing."""
    house = House(services.database, services.local)
    run = (await house.run("run")).id
    await house.registry()
    digest = f"md5:{'a' * 32}"
    await house.receive(digest, 1)
    files = [File("a.txt", digest, 1), File("there", "etag", 1, "s3://bucket/key")]
    logged = await house.do(
        artifacts.log_artifact, run, "data", "dataset", files=files, metadata={"a": {"b": 1}}, tags=["t"], commit=True
    )
    await house.do(blobs.expect, digest)
    await house.do(run_files.record_file, run, "log.txt", digest, 1)
    lines = streams.Lines(Stream.HISTORY, 0, [json.dumps({"_step": n, "loss": n}) for n in range(20)])
    odd = streams.Lines(Stream.CONSOLE, 0, ["text", '{"content": "a", "ts": 5, "level": [1], "label": {}}', '{"a'])
    await house.do(streams.take, run, streams.Report(lines=[lines, odd]))
    known = {"Artifact": logged.artifact.id, "Run": run, "ArtifactCollection": logged.collection.id, "Project": 1}
    known |= dict.fromkeys(("Cursor", "User", "LogLine", "ArtifactManifest", "ArtifactCollectionMembership"), 1)
    return [(name, encode_id(name)(key)) for name, number in known.items() for key in (number, number, 10**6)]


def requests(ids: list[tuple[str, str]]) -> Iterator[tuple[str, str, bytes]]:
    """What is sent: how, where to, and the body."""
    sender = Sender(SEED, ids)
    for number in range(OPERATIONS):
        yield "POST", "/wandb/graphql", json.dumps(sender.operation(number > OPERATIONS * 0.9)).encode()
    bodies = [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"[" * 100_000,
        b'{"query": 5}',
        b'{"query": "{ viewer { id } }", "x": 1e999}',
    ]
    bodies += [json.dumps({"query": "{" * depth}).encode() for depth in (1, 3000)]
    bodies += [
        json.dumps({"query": "query Q { " + "viewer { id " * deep + "} " * deep + "}"}).encode() for deep in (50, 400)
    ]
    bodies += [json.dumps({"query": "{ " + " ".join(f"a{n}: viewer {{ id }}" for n in range(2000)) + " }"}).encode()]
    bodies += [json.dumps({"query": "{ viewer { id } }", "variables": {"a": "\ud800"}, "operationName": "x"}).encode()]
    odd: list[Any] = [None, [], {"files": []}, {"files": {"wandb-history.jsonl": {"offset": 2**70, "content": ["{}"]}}}]
    odd += [{"files": {name: {"offset": 0, "content": [text]}}} for name in STREAMED for text in TEXTS]
    odd += [
        {"files": {name: {"offset": offset, "content": ["{}"]}}} for name in STREAMED for offset in (-1, 2**63, 1.5)
    ]
    odd += [{"complete": True, "exitcode": code} for code in CODES]
    for body in bodies:
        yield "POST", "/wandb/graphql", body
        yield "POST", "/wandb/files/local/zoo/run/file_stream", body
    for each in odd:
        yield "POST", "/wandb/files/local/zoo/run/file_stream", json.dumps(each).encode()
    for part in ("..%2f..%2fetc%2fpasswd", "%00", "%ED%A0%80", "x" * 5000, "%0d%0aa:b", "☃"):
        yield "POST", f"/wandb/files/{part}/zoo/{part}/file_stream", b"{}"
        for path in (
            f"manifests/{part}/{part}",
            f"run-files/{part}/{part}",
            f"artifactsV2/a/b/c/d/{part}/{part}/{part}",
        ):
            yield "GET", f"/wandb/{path}", b""
        yield "GET", f"/wandb/artifactsV2/a/b/c/d/{ids[0][1]}/{part}/{part}", b""
        yield "GET", f"/wandb/artifactsV2/a/b/c/d/{ids[0][1]}/{'a' * 32}/{part}", b""
        yield "PUT", f"/wandb/run-files/{part}/{part}", b"x"


CODES: tuple[Any, ...] = (2**70, "x", 1.5, True, [])
STREAMED = ("wandb-history.jsonl", "wandb-events.jsonl", "wandb-summary.json", "output.log")


def told(answer: Response) -> list[str]:
    """What an answer says was wrong."""
    return [error["message"] for error in answer.json().get("errors", [])] if answer.content else []


@pytest.mark.usefixtures("seldom_collected")
async def test_everything_is_answered(client: AsyncClient, services: Services) -> None:
    wrong: list[tuple[float, int, list[str], str, bytes]] = []
    for method, path, body in requests(await filled(services)):
        began = time.process_time()
        # What is logged of a deep error takes longer to draw than the answer.
        with capture_logs():
            answer = await client.request(method, path, content=body, headers={"content-type": "application/json"})
        seconds = time.process_time() - began
        is_json = not answer.content or answer.headers["content-type"].startswith("application/json")
        messages = told(answer) if is_json else ["no JSON"]
        fine = is_json and answer.status_code < 500 and seconds < SLOW_SECONDS and INTERNAL not in messages
        if not fine or (answer.status_code >= 400 and not messages):
            wrong.append((round(seconds, 2), answer.status_code, messages, path[:200], body))
    assert wrong == []
