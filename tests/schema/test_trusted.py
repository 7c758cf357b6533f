"""Trusted documents: what stands for what, what is executed, and what is found wrong before a server starts."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient, Response

from gqlregistry.app import create_app
from gqlregistry.errors import BadInput
from gqlregistry.schema.trusted import TrustedDocument, TrustedDocuments
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.live.subscribers import introduced
from tests.schema.test_view import refused
from tests.serving import listening, local_server

WHO = "query Who { viewer { username } }\n"
RUNS = "query Runs($first: Int) { runs(first: $first) { totalCount } }"
MAKE = 'mutation Make { createTeam(input: {name: "crew"}) { team { name } errors { code } } }'
FOLLOW = "subscription Follow($after: String) { actionEvents(after: $after) { node { kind } } }"
OTHER = "{ viewer { id } }"
LOCAL = {"data": {"viewer": {"username": "local"}}}


def id_of(text: str) -> str:
    return TrustedDocument("", text).id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "nested").mkdir(parents=True)
    for name, text in {"who": WHO, "nested/runs": RUNS, "make": MAKE, "follow": FOLLOW}.items():
        (folder / f"{name}.graphql").write_text(text)
    return folder


Start = Callable[..., Any]


@pytest.fixture
def start(settings: Settings, folder: Path) -> Start:
    return lambda mode: local_server(settings.model_copy(update={"trusted_documents": mode, "documents": folder}))


async def post(client: AsyncClient, **body: Any) -> Response:
    return await client.post("/graphql", json=body)


def test_an_id_is_the_digest_of_the_file() -> None:
    # printf 'query Who { viewer { username } }\n' | sha256sum
    assert id_of(WHO) == "sha256:c08c8f790bd9f0566b7a0b2626fe23983cc5bb45d620f5f01aadfc8013ddc090"


@on_sqlite
@pytest.mark.parametrize("mode", ["allow", "only"])
async def test_a_document_is_named_by_its_digest_or_its_path(start: Start, mode: str) -> None:
    async with start(mode) as (client, _):
        for name in ("who", id_of(WHO)):
            assert (await post(client, documentId=name)).json().items() >= LOCAL.items()
            assert (await client.get("/graphql", params={"documentId": name})).json().items() >= LOCAL.items()
            assert (await post(client, documentId=name, query=WHO)).status_code == 200
        runs = await post(client, documentId="nested/runs", variables={"first": 3}, operationName="Runs")
        assert runs.json()["data"] == {"runs": {"totalCount": 0}}
        made = await post(client, documentId="make")
        assert made.json()["data"]["createTeam"]["team"] == {"name": "crew"}
        refusal = await client.get("/graphql", params={"documentId": "make"})
        assert (refusal.status_code, refusal.headers["allow"]) == (405, "POST")


@on_sqlite
@pytest.mark.parametrize("mode", ["allow", "only"])
async def test_what_no_id_stands_for_is_refused(start: Start, mode: str) -> None:
    async with start(mode) as (client, _):
        for name in ("whom", "", "sha256:", id_of(OTHER), "../documents/who", "who.graphql"):
            assert "no trusted document" in refused(await post(client, documentId=name), 400)
        assert "a string" in refused(await post(client, documentId=7), 400)
        assert "not both" in refused(await post(client, documentId="who", query=OTHER), 400)


@on_sqlite
async def test_only_trusted_texts_are_executed(start: Start) -> None:
    async with start("only") as (client, _):
        assert (await post(client, query=WHO)).json().items() >= LOCAL.items()
        for text in (OTHER, f"{WHO} ", "{ __schema { types { name } } }", "{", MAKE.replace("crew", "gang")):
            assert "only trusted" in refused(await post(client, query=text), 403, "FORBIDDEN")
        assert "must be given" in refused(await post(client), 400)


@on_sqlite
async def test_any_text_is_executed_otherwise(start: Start) -> None:
    async with start("allow") as (client, _):
        assert (await post(client, query=OTHER)).status_code == 200
    async with start("off") as (client, _):
        assert (await post(client, query=OTHER)).status_code == 200
        assert "takes no `documentId`" in refused(await post(client, documentId="who"), 400)


@on_sqlite
async def test_who_is_unknown_does_not_learn_what_is_trusted(start: Start) -> None:
    async with start("only") as (client, services):
        client.headers["X-Forwarded-For"] = "192.0.2.1"
        answers = [await post(client, documentId=name) for name in ("who", "whom")]
        assert [each.status_code for each in answers] == [401, 401]


@on_sqlite
async def test_over_a_websocket(settings: Settings, folder: Path) -> None:
    only = settings.model_copy(update={"trusted_documents": "only", "documents": folder})
    async with listening(only) as (url, _), introduced(url) as socket:

        async def answer(**payload: Any) -> Any:
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
            async with asyncio.timeout(20):
                found = json.loads(await socket.recv())
                if found["type"] == "next":
                    assert json.loads(await socket.recv())["type"] == "complete"
            return found["payload"]

        assert (await answer(documentId="who")).items() >= LOCAL.items()
        for asked, code in [
            ({"documentId": "follow", "variables": {"after": "no cursor"}}, "BAD_USER_INPUT"),
            ({"query": OTHER}, "FORBIDDEN"),
        ]:
            [error] = await answer(**asked)
            assert error["extensions"]["code"] == code


def test_what_the_pages_send_is_executed_in_every_mode() -> None:
    for mode in ("off", "allow", "only"):
        assert TrustedDocuments(mode, own=[WHO]).text({"query": WHO}) == WHO


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{\n  nothing\n}", "broken.graphql, line 2: Cannot query field 'nothing'"),
        ("{", "broken.graphql, line 1: Syntax Error"),
        ("", "broken.graphql, line 1: Syntax Error"),
        ("# é".encode("latin-1"), "can't be read"),
    ],
)
def test_a_broken_document_keeps_a_server_from_starting(folder: Path, text: str | bytes, reason: str) -> None:
    (folder / "broken.graphql").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadInput, match=reason):
        create_app(Settings(trusted_documents="only", documents=folder))


def test_a_folder_that_is_not_there_keeps_a_server_from_starting(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not there"):
        create_app(Settings(trusted_documents="allow", documents=tmp_path / "none"))


@on_sqlite
async def test_trusted_queries_are_saved_questions(start: Start, folder: Path) -> None:
    query = "query Q($n: Int! = 2, $s: String) { runs(first: $n, filter: {jobType: $s}) { totalCount } }"
    text = f"# Who did it?\n# Since when?\n{query}"
    (folder / "nested" / "asked.graphql").write_text(text)
    wanted = "{ savedQuestions { name documentId description text variables { name type default } } }"
    async with start("allow") as (client, _):
        saved = (await post(client, query=wanted)).json()["data"]["savedQuestions"]
        assert [each["name"] for each in saved] == ["nested/asked", "nested/runs", "who"]
        assert saved[0] == {
            "name": "nested/asked",
            "documentId": id_of(text),
            "description": "Who did it? Since when?",
            "text": text,
            "variables": [
                {"name": "n", "type": "Int!", "default": "2"},
                {"name": "s", "type": "String", "default": None},
            ],
        }
        answer = await post(client, documentId="nested/asked", variables={"s": "x"})
        assert answer.json()["data"] == {"runs": {"totalCount": 0}}
    async with start("off") as (client, _):
        assert (await post(client, query=wanted)).json()["data"] == {"savedQuestions": []}
