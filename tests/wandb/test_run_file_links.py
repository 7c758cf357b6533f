"""The links by which files of runs are put: what they allow, on both databases."""

from typing import Any

import pytest
from httpx import AsyncClient

from gqlregistry.registry import runs
from gqlregistry.services import Services
from tests.conftest import on_sqlite
from tests.registry.conftest import House

pytestmark = on_sqlite

CREATE = """mutation ($run: String!, $files: [String!]!) {
    createRunFiles(input: {entityName: "local", projectName: "zoo", runName: $run, files: $files}) {
        runID uploadHeaders files { name uploadUrl } } }"""
FILES = """query ($names: [String], $pattern: String, $after: String, $first: Int) {
    project(name: "zoo", entityName: "local") { run(name: "it") {
        fileCount files(names: $names, pattern: $pattern, after: $after, first: $first) {
            edges { cursor node { id name sizeBytes directUrl url(upload: true) updatedAt mimetype md5 } }
            pageInfo { endCursor hasNextPage } } } } }"""


async def ask(client: AsyncClient, query: str, **variables: Any) -> Any:
    answer = await client.post("/wandb/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def refusal(client: AsyncClient, query: str, **variables: Any) -> tuple[int, str]:
    answer = await client.post("/wandb/graphql", json={"query": query, "variables": variables})
    return answer.status_code, answer.json()["errors"][0]["message"]


@pytest.fixture
async def house(services: Services) -> House:
    """A server with the run local/zoo/it."""
    house = House(services.database, services.local)
    await house.run("it")
    return house


async def put(client: AsyncClient, *names: str) -> None:
    """Put files whose content is their name."""
    created = (await ask(client, CREATE, run="it", files=list(names)))["createRunFiles"]
    assert [file["name"] for file in created["files"]] == list(names)
    for file in created["files"]:
        assert (await client.put(file["uploadUrl"], content=file["name"].encode())).status_code == 201


async def page(client: AsyncClient, **variables: Any) -> Any:
    return (await ask(client, FILES, **variables))["project"]["run"]


async def test_files_are_put_without_a_key_and_got_again(house: House, client: AsyncClient) -> None:
    await put(client, "b/a ü.txt", "a.json")
    run = await page(client)
    files = [edge["node"] for edge in run["files"]["edges"]]
    assert [(file["name"], file["mimetype"]) for file in files] == [
        ("a.json", "application/json"),
        ("b/a ü.txt", "text/plain"),
    ]
    assert run["fileCount"] == 2
    assert (await client.get(files[1]["directUrl"])).text == "b/a ü.txt"
    assert (await client.put(files[1]["url"], content=b"again")).status_code == 201
    [again] = (await page(client, names=["b/a ü.txt"]))["files"]["edges"]
    assert again["node"]["sizeBytes"] == 5


async def test_files_come_in_pages(house: House, client: AsyncClient) -> None:
    await put(client, *"abcde")
    first = (await page(client, first=2))["files"]
    rest = (await page(client, after=first["pageInfo"]["endCursor"]))["files"]
    assert ["".join(edge["node"]["name"] for edge in each["edges"]) for each in (first, rest)] == ["ab", "cde"]
    assert [each["pageInfo"]["hasNextPage"] for each in (first, rest)] == [True, False]


async def test_a_file_that_is_not_there_is_told_as_empty(house: House, client: AsyncClient) -> None:
    [edge] = (await page(client, names=["nothing"]))["files"]["edges"]
    assert (edge["node"]["sizeBytes"], edge["node"]["updatedAt"]) == (0, None)
    missing = await client.get(edge["node"]["directUrl"])
    assert (missing.status_code, missing.json()["errors"][0]["message"]) == (404, "the run has left no such file")


async def test_a_pattern_is_that_of_sql(house: House, client: AsyncClient) -> None:
    await put(client, "a.json", "b.txt")
    assert [edge["node"]["name"] for edge in (await page(client, pattern="%.json"))["files"]["edges"]] == ["a.json"]


async def test_a_forged_or_foreign_link_is_refused(house: House, client: AsyncClient, services: Services) -> None:
    foreign = services.links.upload_url("", f"sha256:{'0' * 64}").rpartition("/")[2]
    for token in ("x", foreign, services.links.token("manifest", [1, "a"])):
        answer = await client.put(f"/wandb/run-files/{token}/a", content=b"x")
        assert answer.status_code == 403
        assert answer.json()["errors"][0]["message"] == "this link is not valid"


async def test_a_deleted_run_takes_no_files(house: House, client: AsyncClient) -> None:
    created = (await ask(client, CREATE, run="it", files=["a"]))["createRunFiles"]
    await house.do(runs.delete_run, "local/zoo/it")
    assert (await client.put(created["files"][0]["uploadUrl"], content=b"x")).status_code == 404


@pytest.mark.parametrize(
    ("run", "path", "status"), [("nothing", "a", 404), ("it", "../a", 400), ("it", "/a", 400), ("it", "", 400)]
)
async def test_what_can_not_be_put_is_refused_before(
    house: House, client: AsyncClient, run: str, path: str, status: int
) -> None:
    assert (await refusal(client, CREATE, run=run, files=["ok", path]))[0] == status


@pytest.mark.parametrize("id", ["", "x", "UnVuRmlsZTo=", "UnVuRmlsZTp4OmE="])
async def test_a_bad_id_of_a_file_is_refused(house: House, client: AsyncClient, id: str) -> None:
    query = "mutation ($ids: [ID!]!) { deleteFiles(input: {files: $ids}) { success } }"
    assert (await refusal(client, query, ids=[id]))[0] == 400
