"""GraphQL over HTTP: what is taken, what is refused, and how each refusal reads."""

import json
from typing import Any
from unittest.mock import patch

import orjson
import pytest
from graphql import get_introspection_query
from httpx import AsyncClient, Response

from gqlregistry.errors import ErrorCode
from gqlregistry.schema.answer import PIECE, long_text
from gqlregistry.schema.over_http import LEGACY_TYPE, RESPONSE_TYPE
from gqlregistry.settings import Settings
from tests.conftest import on_sqlite
from tests.schema.api import API
from tests.serving import local_server

pytestmark = on_sqlite

WHO = "{ viewer { username } }"
LOCAL = {"viewer": {"username": "local"}}
MAKE = 'mutation { createTeam(input: {name: "crew"}) { team { name } errors { code } } }'


def refused(response: Response, status: int, code: str = "BAD_USER_INPUT") -> str:
    """The message of a refusal, which is GraphQL-shaped and has the request's id."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"].split(";")[0] in (LEGACY_TYPE, RESPONSE_TYPE)
    body = response.json()
    assert body.get("data") is None
    [error] = body["errors"]
    assert error["extensions"]["code"] == code
    assert error["extensions"]["requestId"] == response.headers["X-Request-ID"]
    message: str = error["message"]
    assert "Traceback" not in message
    return message


async def raw(client: AsyncClient, body: Any, **headers: str) -> Response:
    content = body if isinstance(body, bytes) else json.dumps(body)
    return await client.post("/graphql", content=content, headers={"content-type": "application/json", **headers})


async def test_get_and_post(client: AsyncClient) -> None:
    assert (await raw(client, {"query": WHO})).json()["data"] == LOCAL
    response = await client.get("/graphql", params={"query": WHO})
    assert (response.status_code, response.json()["data"]) == (200, LOCAL)
    query = "query One($n: Int) { runs(first: $n) { totalCount } } query Two { viewer { username } }"
    for variables, expected in (('{"n": 1}', 200), ("", 200)):
        params = {"query": query, "variables": variables, "operationName": "One", "extensions": "{}"}
        response = await client.get("/graphql", params=params)
        assert (response.status_code, response.json()["data"]) == (expected, {"runs": {"totalCount": 0}})
    refused(await client.get("/graphql", params={"query": WHO, "variables": "{"}), 400)
    refused(await client.get("/graphql", params={"query": WHO, "variables": "[]"}), 400)
    refused(await client.get("/graphql"), 400)
    assert (await client.head("/graphql", params={"query": WHO})).status_code == 200


async def test_the_body_may_name_its_charset_and_hold_nulls(client: AsyncClient) -> None:
    body = {"query": WHO, "variables": None, "operationName": None, "extensions": None}
    assert (await raw(client, body, **{"content-type": "Application/JSON; charset=utf-8"})).json()["data"] == LOCAL


async def test_an_error_in_a_field_is_an_answer_with_either_type(client: AsyncClient) -> None:
    for accept in (LEGACY_TYPE, RESPONSE_TYPE):
        response = await raw(
            client, {"query": '{ viewer { username } run(ref: {name: "a/b/c"}) { id } }'}, accept=accept
        )
        assert (response.status_code, response.json()["data"]) == (200, {**LOCAL, "run": None})
        assert response.json()["errors"][0]["path"] == ["run"]
        assert response.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_bad_variables_are_a_request_error(client: AsyncClient) -> None:
    body = {"query": "query ($n: Int!) { runs(first: $n) { totalCount } }", "variables": {"n": "x"}}
    refused(await raw(client, body, accept=LEGACY_TYPE), 200)
    refused(await raw(client, body, accept=RESPONSE_TYPE), 400)


async def test_what_is_not_taken(client: AsyncClient) -> None:
    refused(await raw(client, {"query": WHO}, accept="text/plain"), 406)
    refused(await raw(client, {"query": WHO}, accept="application/json;q=0"), 406)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/graphql", ""):
        refused(await raw(client, {"query": WHO}, **{"content-type": kind}), 415)
    refused(await raw(client, {"query": WHO}, **{"content-encoding": "gzip"}), 415)
    for method in ("PUT", "DELETE", "PATCH"):
        response = await client.request(method, "/graphql")
        refused(response, 405)
        assert {"GET", "POST"} <= {name.strip() for name in response.headers["allow"].split(",")}
    refused(await raw(client, b'{"query": "' + b"x" * 2**20 + b'"}'), 413)


async def test_a_mutation_needs_a_post(api: API) -> None:
    before = await api.rows()
    response = await api.client.get("/graphql", params={"query": MAKE})
    refused(response, 405)
    assert response.headers["allow"] == "POST"
    assert await api.rows() == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"1",
        b'"query"',
        b"{",
        b"[]",
        b'[{"query": "{ viewer { username } }"}]',
        b"{}",
        b'{"query": null}',
        b'{"query": 1}',
        b'{"query": "\xff"}',
        b'{"query": "{ viewer { username } }", "variables": [1]}',
        b'{"query": "{ viewer { username } }", "variables": "{}"}',
        b'{"query": "{ viewer { username } }", "operationName": 1}',
        b'{"query": "{ viewer { username } }", "extensions": 1}',
        b'{"query": "{ viewer { username } }", "variables": {"n": NaN}}',
        b'{"query": "{ viewer { username } }", "variables": {"n": Infinity}}',
        b'{"query": "{ viewer { username } }", "variables": {"n": ' + b"9" * 5000 + b"}}",
        b'{"query": "{ viewer { username } }", "variables": {"s": "\\ud800"}}',
        b'{"query": "{ viewer { username } }", "variables": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    ],
    ids=lambda body: repr(body[:60]),
)
async def test_bodies_that_are_no_request(client: AsyncClient, body: bytes) -> None:
    refused(await raw(client, body), 400)


async def test_a_key_given_twice_is_no_failure(client: AsyncClient) -> None:
    response = await raw(client, b'{"query": "{ nope }", "query": "{ viewer { username } }"}')
    assert response.json().get("data") == LOCAL


async def test_documents_that_are_no_graphql(client: AsyncClient) -> None:
    for query in ("", "{", "}", "nope", "{ viewer { username }", "\0", "{ a(b: ) }", "#", 'query { a(b: "\\ud800") }'):
        refused(await raw(client, {"query": query}), 200, "GRAPHQL_PARSE_FAILED")
    for query in (
        "{ nope }",
        "{ viewer }",
        "{ viewer { username { x } } }",
        "{ runs(first: $n) { totalCount } }",
        "query ($n: Nope) { viewer { username } }",
        "{ ...missing }",
        "fragment f on User { username }",
        "{ viewer { ...f } } fragment f on User { ...f }",
        "{ viewer { username } viewer: serverInfo { version } }",
        "{ artifact(ref: {}) { id } }",
        '{ artifact(ref: {id: "x", name: "y"}) { id } }',
        "query A { viewer { username } } query A { viewer { username } }",
        "{ viewer @nope { username } }",
    ):
        response = await raw(client, {"query": query})
        codes = {error["extensions"]["code"] for error in response.json()["errors"]}
        assert codes <= {"GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"}, (query, response.text)
        assert response.status_code in (200, 400)
    assert "Did you mean" not in (await raw(client, {"query": "{ viewr { username } }"})).text


async def test_a_subscription_is_not_answered_as_json(client: AsyncClient) -> None:
    message = refused(await raw(client, {"query": "subscription { actionEvents { cursor } }"}), 406)
    assert "text/event-stream" in message
    refused(await raw(client, {"query": "subscription { nope }"}), 200, "GRAPHQL_VALIDATION_FAILED")


async def test_fields_that_are_one_in_the_answer_are_compared_only_so_often(client: AsyncClient) -> None:
    for times, is_taken in ((30, True), (31, False)):
        query = "{ " + "runs(first: 1) { nodes { id } } " * times + "}"
        answer = await raw(client, {"query": query}, accept=RESPONSE_TYPE)
        if is_taken:
            assert answer.json()["data"] == {"runs": {"nodes": []}}
        else:
            refused(answer, 400, "QUERY_TOO_COMPLEX")


async def test_several_operations_need_a_name(api: API) -> None:
    two = "query One { viewer { username } } query Two { serverInfo { database } }"
    for body in ({"query": two}, {"query": two, "operationName": "Three"}, {"query": two, "operationName": ""}):
        response = await raw(api.client, body, accept=RESPONSE_TYPE)
        refused(response, 400)
    assert (await raw(api.client, {"query": two, "operationName": "One"})).json()["data"] == LOCAL
    assert (await raw(api.client, {"query": two, "operationName": "Two"})).json()["data"].keys() == {"serverInfo"}
    before = await api.rows()
    changing = f"query One {WHO} {MAKE.replace('mutation', 'mutation Two')}"
    refused(await raw(api.client, {"query": changing}), 200)
    refused(await api.client.get("/graphql", params={"query": changing, "operationName": "Two"}), 405)
    assert await api.rows() == before
    assert (await raw(api.client, {"query": changing, "operationName": "One"})).json()["data"] == LOCAL


async def test_a_query_in_the_address_is_answered_to_browsers_too(client: AsyncClient) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    answer = await client.get("/graphql", headers=browser, params={"query": WHO})
    assert answer.json()["data"] == LOCAL
    refused(await client.get("/graphql", headers={"accept": "*/*"}), 400)


async def test_introspection(client: AsyncClient) -> None:
    query = get_introspection_query(descriptions=True, input_value_deprecation=True)
    answer = (await raw(client, {"query": query})).json()
    assert "errors" not in answer
    assert {"Run", "Artifact", "LineageMap"} <= {type_["name"] for type_ in answer["data"]["__schema"]["types"]}
    assert (await raw(client, {"query": "{ __typename }"})).json()["data"] == {"__typename": "Query"}
    nested = "{ __schema { types " + "{ fields { type " * 12 + "{ name }" + "} }" * 12 + " } }"
    assert (await raw(client, {"query": nested})).json()["errors"][0]["extensions"]["code"] in (
        "GRAPHQL_VALIDATION_FAILED",
        "QUERY_TOO_COMPLEX",
    )


async def test_a_fault_of_ours_keeps_its_secrets(api: API) -> None:
    secret = "/secret/path SELECT password"
    with patch.object(type(api.services.driver), "run", side_effect=RuntimeError(secret)):
        for accept in (LEGACY_TYPE, RESPONSE_TYPE):
            response = await raw(api.client, {"query": WHO}, accept=accept)
            body = response.json()
            assert body["errors"][0]["extensions"]["code"] == ErrorCode.INTERNAL
            assert body["errors"][0]["extensions"]["requestId"] == response.headers["X-Request-ID"]
            assert "secret" not in response.text
    with patch.object(type(api.services.database), "write", side_effect=RuntimeError(secret)):
        response = await raw(api.client, {"query": MAKE})
        assert response.json()["errors"][0]["extensions"]["code"] == ErrorCode.INTERNAL
        assert "secret" not in response.text
    assert (await raw(api.client, {"query": WHO})).json()["data"] == LOCAL


async def cost_error(client: AsyncClient, query: str, **variables: Any) -> str:
    response = await raw(client, {"query": query, "variables": variables}, accept=RESPONSE_TYPE)
    return refused(response, 400, "QUERY_TOO_COMPLEX")


def nest(field: str, times: int, inner: str) -> str:
    for _ in range(times):
        inner = f"{field} {{ nodes {{ {inner} }} }}"
    return inner


async def test_what_asks_for_too_much_is_refused_before_anything_is_read(client: AsyncClient) -> None:
    deep = nest("inputs(first: 100)", 3, "name")
    assert "500,000" in await cost_error(client, f"{{ runs(first: 100) {{ nodes {{ {deep} }} }} }}")
    pages = "query ($n: Int) { runs(first: $n) { nodes { inputs(first: $n) { nodes { outputs(first: $n) { nodes { "
    pages += "inputs(first: $n) { nodes { name } } } } } } } } }"
    await cost_error(client, pages, n=100)
    assert (await raw(client, {"query": pages, "variables": {"n": 5}})).status_code == 200
    aliases = (
        "{"
        + " ".join(
            f"a{n}: runs(first: 100) {{ nodes {{ inputs(first: 100) {{ nodes {{ id }} }} }} }}" for n in range(60)
        )
        + "}"
    )
    await cost_error(client, aliases)
    ids = {"ids": ["x"] * 100}
    inner = nest("inputs(first: 100)", 2, "name")
    await cost_error(client, f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Run {{ {inner} }} }} }}", **ids)


async def test_fields_may_be_nested_only_so_deep(client: AsyncClient) -> None:
    depth = nest("inputs(first: 1)", 60, "name")
    await cost_error(client, f"{{ runs(first: 1) {{ nodes {{ {depth} }} }} }}")


async def test_the_schema_is_not_told_again_and_again(client: AsyncClient) -> None:
    four = " ".join(f"a{n}: __schema {{ ...types }}" for n in range(4))
    told = " fragment types on __Schema { types { name } }"
    answer = (await raw(client, {"query": f"{{ {four} }}{told}"})).json()
    assert len(answer["data"]) == 4
    await cost_error(client, f"{{ {four} {{0}} }}{told}".replace("{0}", '__type(name: "Run") { name }'))
    await cost_error(client, f"{{ ...both }} fragment both on Query {{ {four} b: __schema {{ ...types }} }}{told}")


async def test_fragments_that_unfold_to_millions_are_priced_at_once(client: AsyncClient) -> None:
    parts = ["fragment F0 on Run { name }"]
    for n in range(1, 31):
        parts.append(
            f"fragment F{n} on Run {{ "
            f"a: outputs(first: 1) {{ nodes {{ inputs(first: 1) {{ nodes {{ ...F{n - 1} }} }} }} }} "
            f"b: outputs(first: 1) {{ nodes {{ inputs(first: 1) {{ nodes {{ ...F{n - 1} }} }} }} }} }}"
        )
    await cost_error(client, " ".join(["{ runs(first: 1) { nodes { ...F30 } } }", *parts]))
    # The same without a level between them: it unfolds to 2^30 spreads of one field.
    parts = ["fragment F0 on User { username }"]
    parts += [f"fragment F{n} on User {{ ...F{n - 1} ...F{n - 1} }}" for n in range(1, 31)]
    response = await raw(client, {"query": " ".join(["{ viewer { ...F30 } }", *parts])})
    assert response.json()["data"] == LOCAL


async def test_a_document_may_be_only_so_long(client: AsyncClient) -> None:
    message = refused(
        await raw(client, {"query": "{" + " ".join("a: viewer { username }" for _ in range(1000)) + "}"}),
        200,
        "GRAPHQL_PARSE_FAILED",
    )
    assert "2000 tokens" in message
    some = "{" + " ".join(f"a{n}: viewer {{ username }}" for n in range(300)) + "}"
    assert len((await raw(client, {"query": some})).json()["data"]) == 300


async def test_a_thousand_aliases_for_few_objects_are_no_trouble(settings: Settings) -> None:
    many = "{" + " ".join(f"a{n}: viewer {{ username }}" for n in range(1000)) + "}"
    async with local_server(settings.model_copy(update={"max_query_tokens": 10_000})) as (client, _):
        answer = (await raw(client, {"query": many})).json()
        assert len(answer["data"]) == 1000
        assert answer["extensions"]["cost"]["requested"] == 1000


async def test_the_price_is_in_the_answer(client: AsyncClient) -> None:
    answer = (await raw(client, {"query": "{ runs(first: 7) { nodes { inputs(first: 3) { nodes { id } } } } }"})).json()
    assert answer["extensions"]["cost"] == {"requested": 7 + 7 * 3, "limit": 500_000, "actual": 0}


async def test_limits_are_settings(settings: Settings) -> None:
    small = {"max_query_tokens": 100, "max_query_cost": 100, "max_page_size": 10}
    async with local_server(settings.model_copy(update=small)) as (client, _):
        await cost_error(client, "{ runs(first: 10) { nodes { inputs(first: 10) { nodes { id } } } } }")
        assert "from 1 to 10" in (await raw(client, {"query": "{ runs(first: 11) { totalCount } }"})).text
        info = (await raw(client, {"query": "{ serverInfo { maxPageSize maxQueryCost } }"})).json()["data"]
        assert info["serverInfo"] == {"maxPageSize": 10, "maxQueryCost": 100}
        refused(await raw(client, {"query": "{" + "a " * 100 + "}"}), 200, "GRAPHQL_PARSE_FAILED")


@pytest.mark.parametrize("count", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1])
def test_a_long_answer_made_in_pieces_is_the_same_text(count: int) -> None:
    nodes = [{"id": str(number), "metadata": orjson.Fragment(b'{"a": [1, 2]}')} for number in range(count)]
    answer = {"data": {"it": {"nodes": nodes, "edges": list(range(count)), "of": None}}, "extensions": {"cost": 1}}
    expected = orjson.dumps(answer)
    assert long_text(answer) == expected
