"""A client of the public schema: it asks, it changes, and it knows when nothing was changed."""

import hashlib
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy
from httpx import AsyncClient, Response
from sqlmodel import Session, func, select

from gqlregistry.auth import Principal
from gqlregistry.errors import ErrorCode
from gqlregistry.plan.batch import LoaderBatch
from gqlregistry.plan.documents import Documents
from gqlregistry.plan.driver import Course, Driver
from gqlregistry.plan.reader import Request
from gqlregistry.plan.statement import Query, Reading, Row
from gqlregistry.schema.context import Context, Links
from gqlregistry.schema.schema import public_schema
from gqlregistry.services import Services
from gqlregistry.store.tables import Table
from tests.registry.conftest import House

T = TypeVar("T")
CODES = set(ErrorCode)


def sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def file(path: str, data: bytes) -> dict[str, Any]:
    """A `FileInput` of bytes to upload."""
    return {"path": path, "digest": sha256(data), "size": len(data)}


async def up(draft: int, digest: str, size: int) -> str:
    """Where bytes would be put."""
    return f"up:{digest}"


def elsewhere(content: str = "a") -> list[dict[str, Any]]:
    """`FileInput`s of one reference: a version with them is committed at once."""
    return [{"path": "file", "digest": content, "size": 1, "reference": "s3://bucket/key"}]


class CountingDriver:
    """Another driver, and the statements that it was asked to run."""

    def __init__(self, driver: Driver) -> None:
        self.dialect = driver.dialect
        self.statements: list[str] = []
        self._driver = driver

    async def run(self, reading: Reading[T], course: Course | None = None) -> T:
        return await self._driver.run(self._counted(reading))

    def _counted(self, reading: Reading[T]) -> Generator[Query, list[Row], T]:
        try:
            query = next(reading)
            while True:
                self.statements.append(query.text)
                query = reading.send((yield query))
        except StopIteration as stop:
            answer: T = stop.value
            return answer

    async def close(self) -> None:
        await self._driver.close()


@dataclass
class API:
    """The public schema of one server, as its local user sees it over HTTP."""

    client: AsyncClient
    services: Services

    @property
    def house(self) -> House:
        """The same server, by its rules."""
        return House(self.services.database, self.services.local)

    async def post(self, query: str, **variables: Any) -> Response:
        return await self.client.post("/graphql", json={"query": query, "variables": variables})

    async def answer(self, query: str, **variables: Any) -> Any:
        """The whole answer, errors and all."""
        response = await self.post(query, **variables)
        assert response.status_code == 200, response.text
        return response.json()

    async def ask(self, query: str, **variables: Any) -> Any:
        """The data; there must be no errors."""
        answer = await self.answer(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def change(self, mutation: str, selection: str = "", **input: Any) -> Any:
        """The payload of a mutation that must go well."""
        payload = await self._payload(mutation, input, selection)
        assert payload["errors"] == []
        return payload

    async def changed(self, mutation: str, selection: str = "", **input: Any) -> tuple[Any, list[str]]:
        """The payload of a mutation that must go well, and the kinds of the events it wrote."""
        payload = await self.change(mutation, selection, **input)
        return payload, [event["kind"] for event in payload["events"]]

    async def refusal(self, mutation: str, **input: Any) -> tuple[str, list[str]]:
        """The code and the field of a mutation that must be refused, in the payload, and change nothing."""
        before = await self.rows()
        payload = await self._payload(mutation, input, "")
        assert (payload["events"], len(payload["errors"])) == ([], 1), payload
        assert await self.rows() == before
        error = payload["errors"][0]
        assert error["code"] in CODES
        assert error["message"]
        return error["code"], error["field"]

    async def _payload(self, mutation: str, input: dict[str, Any], selection: str) -> Any:
        type_ = f"{mutation[0].upper()}{mutation[1:]}Input"
        type_ = "TagInput" if mutation in ("addTag", "removeTag") else type_
        query = f"""mutation ($input: {type_}!) {{ {mutation}(input: $input) {{
            {selection} events {{ kind alias version }} errors {{ code field message }}
        }} }}"""
        return (await self.ask(query, input=input))[mutation]

    async def error(self, query: str, **variables: Any) -> tuple[str, str]:
        """The code and the message of the only error; nothing may have changed."""
        before = await self.rows()
        answer = await self.answer(query, **variables)
        assert len(answer["errors"]) == 1, answer
        assert await self.rows() == before
        error = answer["errors"][0]
        assert error["extensions"]["code"] in CODES
        assert error["extensions"]["requestId"]
        return error["extensions"]["code"], error["message"]

    async def rows(self) -> Counter[str]:
        """How many rows each table has."""

        def count(session: Session) -> Counter[str]:
            tables = Table.metadata.sorted_tables
            each = [select(func.count()).select_from(table).scalar_subquery() for table in tables]
            found = session.execute(sqlalchemy.select(*each)).one()
            return Counter({table.name: count for table, count in zip(tables, found, strict=True)})

        return await self.house.look(count)

    async def execute(
        self, query: str, planned: bool = True, principal: Principal | None = None, **variables: Any
    ) -> tuple[Any, list[str]]:
        """The data, by a plan or by the ordinary executor alone, and the statements that were run for it."""
        driver = CountingDriver(self.services.driver)
        context = self.context(driver, Documents(compiled=planned), principal)
        result = await public_schema().execute(query, variable_values=variables, context_value=context)
        assert result.errors is None, result.errors
        return result.data, driver.statements

    def context(self, driver: Driver, documents: Documents, principal: Principal | None = None) -> Context:
        """What an operation works with, when it does not come over HTTP."""
        principal = principal or self.services.local
        links = Links(up, lambda digest, name: f"down:{digest}")
        request = Request(driver.dialect, principal, services={"download_url": links.download_url})
        batch = LoaderBatch(driver, request)
        return Context(self.services.database, driver, driver, documents, principal, request, batch, links)

    async def project(self, name: str = "local/zoo") -> str:
        """Make a project; answer its name."""
        owner, _, project = name.partition("/")
        await self.change("createProject", owner={"name": owner}, name=project)
        return name

    async def run(self, project: str = "local/zoo", **more: Any) -> str:
        """Begin a run; answer its id."""
        payload = await self.change("createRun", "run { id }", project={"name": project}, **more)
        found: str = payload["run"]["id"]
        return found

    async def log(self, collection: str = "local/zoo/data", content: str = "a", **more: Any) -> str:
        """Commit a version of one reference; answer its id."""
        input = {"collection": {"name": collection}, "type": "dataset", "files": elsewhere(content), **more}
        payload = await self.change("logArtifact", "artifact { id }", **input)
        found: str = payload["artifact"]["id"]
        return found
