"""GraphQL over HTTP, clause by clause: https://graphql.github.io/graphql-over-http/draft/.

Each example names what the draft says, shortened, and shows that it holds here.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from httpx import AsyncClient, Response

from gqlregistry.schema.over_http import LEGACY_TYPE, RESPONSE_TYPE, Accepted, NotTaken
from tests.conftest import on_sqlite

WHO = "{ viewer { username } }"
MAKE = 'mutation { createTeam(input: {name: "crew"}) { team { name } } }'
PARTIAL = '{ viewer { username } run(ref: {name: "a/b/c"}) { id } }'
COUNT = "query ($n: Int!) { runs(first: $n) { totalCount } }"
TWO = "query One { viewer { username } } query Two { serverInfo { database } }"
FORM = "application/x-www-form-urlencoded"
JSON = {"content-type": LEGACY_TYPE}
NEW, OLD = {**JSON, "accept": RESPONSE_TYPE}, {**JSON, "accept": LEGACY_TYPE}


@dataclass(frozen=True)
class Sent:
    """A request: what is given stands in the body of a POST, in the address of anything else."""

    given: Any
    headers: dict[str, str] = field(default_factory=lambda: JSON)
    method: str = "POST"

    async def to(self, client: AsyncClient) -> Response:
        client.headers.pop("accept", None)
        if self.method != "POST":
            return await client.request(self.method, "/graphql", params=self.given, headers=self.headers)
        content = self.given if isinstance(self.given, bytes) else json.dumps(self.given)
        return await client.post("/graphql", content=content, headers=self.headers)


def get(*given: tuple[str, str], **headers: str) -> Sent:
    return Sent(list(given), headers, "GET")


TAKEN = {
    "a server MUST accept POST requests": Sent({"query": WHO}),
    "a server MAY accept other methods, such as GET": get(("query", WHO)),
    "a server MUST NOT require different URLs for mutations": Sent({"query": MAKE}),
    "null for an optional parameter is as if it were not given": Sent(
        {"query": WHO, "operationName": None, "variables": None, "extensions": None}
    ),
    "variables is a map": Sent({"query": COUNT, "variables": {"n": 1}}),
    "extensions is a map, for implementors": Sent({"query": WHO, "extensions": {"mine": [1]}}),
    "other properties are reserved, and no error": Sent({"query": WHO, "more": 1}),
    "GET: variables and extensions are JSON strings": get(
        ("query", COUNT), ("variables", '{"n": 1}'), ("extensions", "{}")
    ),
    "GET: operationName names the operation": get(("query", TWO), ("operationName", "One")),
    "GET: an empty operationName is as if it were not given": get(("query", WHO), ("operationName", "")),
    "GET: operationName=null is a name": get(("query", "query null " + WHO), ("operationName", "null")),
    "GET: a null of variables is as if they were not given": get(("query", WHO), ("variables", "null")),
    "without an encoding it MUST be taken as UTF-8": Sent({"query": '{ project(ref: {name: "é/ü"}) { id } }'}),
    "an encoding may be named": Sent({"query": WHO}, {"content-type": 'Application/JSON; Charset="UTF-8"'}),
}


@pytest.mark.parametrize("clause", TAKEN)
@on_sqlite
async def test_what_is_taken(client: AsyncClient, clause: str) -> None:
    answer = await TAKEN[clause].to(client)
    assert answer.status_code == 200, answer.text
    assert "data" in answer.json()


NOT_WELL_FORMED = {
    "query is required": Sent({"variables": {}}, NEW),
    "a misspelt parameter is none": Sent({"qeury": WHO}, NEW),
    "query is a string": Sent({"query": {"a": 1}}, NEW),
    "operationName is a string": Sent({"query": WHO, "operationName": 1}, NEW),
    "variables is a map, not a list": Sent({"query": WHO, "variables": [7]}, NEW),
    "variables is a map, not a text": Sent({"query": WHO, "variables": "{}"}, NEW),
    "extensions is a map": Sent({"query": WHO, "extensions": "x"}, NEW),
    "the body is a map": Sent([{"query": WHO}], NEW),
    "JSON parsing failure": Sent(b'{"query":', NEW),
    "a body that is nonsense": Sent(b"NONSENSE", NEW),
    "a POST MUST have a body": Sent(b"", NEW),
    "GET: the parameters MUST be in the address": get(accept=RESPONSE_TYPE),
    "GET: variables MUST be JSON": get(("query", WHO), ("variables", "{"), accept=RESPONSE_TYPE),
    "GET: variables is a map": get(("query", WHO), ("variables", "[7]"), accept=RESPONSE_TYPE),
    "GET: extensions is a map": get(("query", WHO), ("extensions", '"x"'), accept=RESPONSE_TYPE),
    "GET: no telling which of two queries": get(("query", WHO), ("query", "{ nope }"), accept=RESPONSE_TYPE),
    "GET: no telling which variables": get(("query", WHO), *[("variables", "{}")] * 2, accept=RESPONSE_TYPE),
}


@pytest.mark.parametrize("clause", NOT_WELL_FORMED)
@on_sqlite
async def test_what_is_no_request_is_answered_400_with_either_type(client: AsyncClient, clause: str) -> None:
    sent = NOT_WELL_FORMED[clause]
    for kind in (RESPONSE_TYPE, LEGACY_TYPE):
        answer = await Sent(sent.given, {**sent.headers, "accept": kind}, sent.method).to(client)
        assert refused(answer) == (400, "BAD_USER_INPUT")
        assert answer.headers["content-type"] == f"{kind}; charset=utf-8"


WELL_FORMED = {
    "document parsing failure": (Sent({"query": "{"}), "GRAPHQL_PARSE_FAILED"),
    "an empty document": (Sent({"query": ""}), "GRAPHQL_PARSE_FAILED"),
    "document validation failure": (Sent({"query": "{ nope }"}), "GRAPHQL_VALIDATION_FAILED"),
    "the server MAY apply additional rules": (
        Sent(
            {
                "query": "{ runs(first: 100) { nodes { inputs { nodes { outputs { nodes { inputs { nodes { outputs { "
                "nodes { id } } } } } } } } } } }"
            }
        ),
        "QUERY_TOO_COMPLEX",
    ),
    "operation cannot be determined: none is named": (Sent({"query": TWO}), "BAD_USER_INPUT"),
    "operation cannot be determined: no such name": (Sent({"query": WHO, "operationName": "X"}), "BAD_USER_INPUT"),
    "variable coercion failure: null": (Sent({"query": COUNT, "variables": {"n": None}}), "BAD_USER_INPUT"),
    "variable coercion failure: not given": (Sent({"query": COUNT}), "BAD_USER_INPUT"),
    "variable coercion failure: ill-typed": (Sent({"query": COUNT, "variables": {"n": "x"}}), "BAD_USER_INPUT"),
}


@pytest.mark.parametrize("clause", WELL_FORMED)
@on_sqlite
async def test_a_request_error_is_400_without_data_and_200_for_older_clients(client: AsyncClient, clause: str) -> None:
    sent, code = WELL_FORMED[clause]
    for headers, status in ((NEW, 400), (OLD, 200)):
        answer = await Sent(sent.given, headers).to(client)
        assert refused(answer) == (status, code)


@pytest.mark.parametrize("headers", [NEW, OLD], ids=["new", "old"])
@pytest.mark.parametrize(
    ("query", "data"),
    [(WHO, {"viewer": {"username": "local"}}), (PARTIAL, {"viewer": {"username": "local"}, "run": None})],
    ids=["data MUST be answered 200", "data and field errors: 200"],
)
@on_sqlite
async def test_what_was_executed_is_200(client: AsyncClient, query: str, data: Any, headers: dict[str, str]) -> None:
    answer = await Sent({"query": query}, headers).to(client)
    assert (answer.status_code, answer.json()["data"]) == (200, data)
    assert answer.headers["content-type"] == f"{headers['accept']}; charset=utf-8"
    assert "Accept" in answer.headers["vary"]


ACCEPT = {
    "no Accept: as if it were the new type": (None, RESPONSE_TYPE),
    "an empty one is none": ("", RESPONSE_TYPE),
    "anything": ("*/*", LEGACY_TYPE),
    "anything of the kind": ("application/*", LEGACY_TYPE),
    "MUST support application/json": (LEGACY_TYPE, LEGACY_TYPE),
    "MUST support application/graphql-response+json": (RESPONSE_TYPE, RESPONSE_TYPE),
    "case does not matter": ("Application/GraphQL-Response+JSON", RESPONSE_TYPE),
    "the recommended header": (f"{RESPONSE_TYPE}; charset=utf-8, {LEGACY_TYPE}; charset=utf-8", RESPONSE_TYPE),
    "the highest quality": (f"{RESPONSE_TYPE};q=0.5, {LEGACY_TYPE};q=0.9", LEGACY_TYPE),
    "the other way round": (f"{LEGACY_TYPE};q=0.1, {RESPONSE_TYPE};q=0.2", RESPONSE_TYPE),
    "of the same quality the first": (f"{LEGACY_TYPE}, {RESPONSE_TYPE}", LEGACY_TYPE),
    "the named one rather than any": (f"*/*, {RESPONSE_TYPE}", RESPONSE_TYPE),
    "what is said exactly counts, not the wildcard": (f"{LEGACY_TYPE};q=0, */*", RESPONSE_TYPE),
    "another charset is not that": (f"{LEGACY_TYPE};charset=utf-16, {RESPONSE_TYPE};q=0.1", RESPONSE_TYPE),
    "unknown types are passed over": (f"text/html, image/png, {RESPONSE_TYPE};q=0.3", RESPONSE_TYPE),
    "an event stream only for who prefers it": (f"text/event-stream, {RESPONSE_TYPE}", RESPONSE_TYPE),
    "a browser": ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", LEGACY_TYPE),
}


@pytest.mark.parametrize("clause", ACCEPT)
@on_sqlite
async def test_the_answer_has_the_type_that_the_client_prefers(client: AsyncClient, clause: str) -> None:
    accept, expected = ACCEPT[clause]
    headers = JSON if accept is None else {**JSON, "accept": accept}
    for body, executed in (({"query": WHO}, True), ({"query": "{"}, False)):
        answer = await Sent(body, headers).to(client)
        assert answer.headers["content-type"] == f"{expected}; charset=utf-8"
        assert answer.status_code == (200 if executed or expected == LEGACY_TYPE else 400)
        assert ("data" in answer.json()) == executed


@pytest.mark.parametrize(
    "accept",
    ["text/plain", "text/*", f"{LEGACY_TYPE};q=0", "*/*;q=0", f"{RESPONSE_TYPE};charset=utf-16", "*/*;q=nan", ",;,"],
)
def test_who_takes_none_of_the_types_is_told_so(accept: str) -> None:
    with pytest.raises(NotTaken) as caught:
        Accepted([accept]).answer_type()
    assert caught.value.status == 406


def test_the_lines_of_one_header_are_one_list() -> None:
    assert Accepted(["text/html", f"{LEGACY_TYPE};q=0.5", f"{RESPONSE_TYPE};q=0.7"]).answer_type() == RESPONSE_TYPE


REFUSED = {
    "no supported type in Accept: 406 is RECOMMENDED": (Sent({"query": WHO}, {**JSON, "accept": "text/plain"}), 406),
    "no Content-Type SHOULD be refused": (Sent({"query": WHO}, {}), 415),
    "another Content-Type": (Sent(b"query=%7B+viewer+%7B+username+%7D+%7D", {"content-type": FORM}), 415),
    "a Content-Type that a page of any origin may send": (Sent({"query": WHO}, {"content-type": "text/plain"}), 415),
    "the document alone": (Sent(WHO.encode(), {"content-type": "application/graphql"}), 415),
    "another encoding": (Sent({"query": WHO}, {"content-type": "application/json; charset=utf-16"}), 415),
    "a compressed body": (Sent({"query": WHO}, {**JSON, "content-encoding": "gzip"}), 415),
    "GET MUST NOT execute a mutation": (get(("query", MAKE)), 405),
    "GET MUST NOT execute the mutation that is named": (
        get(("query", f"query One {WHO} {MAKE.replace('mutation', 'mutation Two')}"), ("operationName", "Two")),
        405,
    ),
    "PUT is no method of it": (Sent([], {}, "PUT"), 405),
    "nor DELETE": (Sent([], {}, "DELETE"), 405),
    "nor PATCH": (Sent([], {}, "PATCH"), 405),
}


@pytest.mark.parametrize("clause", REFUSED)
@on_sqlite
async def test_refusals_are_json_with_a_code(client: AsyncClient, clause: str) -> None:
    sent, status = REFUSED[clause]
    answer = await sent.to(client)
    assert refused(answer) == (status, "BAD_USER_INPUT")
    assert ("allow" in answer.headers) == (status == 405)


@on_sqlite
async def test_a_refused_get_says_which_methods_would_do(client: AsyncClient) -> None:
    assert (await get(("query", MAKE)).to(client)).headers["allow"] == "POST"
    assert (await Sent([], {}, "PUT").to(client)).headers["allow"] == "GET, HEAD, POST, OPTIONS"


@on_sqlite
async def test_head_is_get_without_a_body(client: AsyncClient) -> None:
    found = await Sent([("query", WHO)], {"accept": RESPONSE_TYPE}, "HEAD").to(client)
    assert (found.status_code, found.headers["content-type"]) == (200, f"{RESPONSE_TYPE}; charset=utf-8")
    assert (await Sent([("query", MAKE)], {}, "HEAD").to(client)).status_code == 405


@on_sqlite
async def test_options_tells_what_is_taken(client: AsyncClient) -> None:
    answer = await Sent([], {}, "OPTIONS").to(client)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert answer.headers["accept-post"] == LEGACY_TYPE


def refused(answer: Response) -> tuple[int, str]:
    """Status and code of a refusal, which is GraphQL-shaped, without `data`, and names the request."""
    assert answer.headers["content-type"].partition(";")[0] in (LEGACY_TYPE, RESPONSE_TYPE)
    body = answer.json()
    assert "data" not in body
    [error] = body["errors"]
    assert error["extensions"]["requestId"] == answer.headers["x-request-id"]
    return answer.status_code, error["extensions"]["code"]
