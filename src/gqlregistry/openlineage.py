"""The door for OpenLineage: its clients POST run events here, so that Airflow, Spark and dbt runs are in the lineage.

https://openlineage.io/apidocs/openapi: one event a request; `project=entity/project` in the address says where to.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gqlregistry.errors import BadInput
from gqlregistry.registry.change import apply
from gqlregistry.registry.names import parse_project_name
from gqlregistry.registry.openlineage import Dataset, Event, Stage, record
from gqlregistry.responses import EncodingNotTaken
from gqlregistry.services import services_of
from gqlregistry.turns import SHORT

PATH = "/api/v1/lineage"


class _Run(BaseModel):
    run_id: UUID = Field(alias="runId")
    facets: dict[str, Any] = {}


class _Named(BaseModel):
    namespace: str = Field(min_length=1, max_length=1024)
    name: str = Field(min_length=1, max_length=1024)


class _Dataset(_Named):
    facets: dict[str, Any] | None = None

    def told(self) -> Dataset:
        """As the rules know it."""
        facet = (self.facets or {}).get("version")
        version = facet.get("datasetVersion") if isinstance(facet, dict) else None
        return Dataset(self.namespace, self.name, str(version) if version else None)


class _RunEvent(BaseModel):
    event_type: Stage = Field(alias="eventType", default=Stage.OTHER)
    event_time: AwareDatetime = Field(alias="eventTime")
    run: _Run
    job: _Named
    inputs: list[_Dataset] | None = None
    outputs: list[_Dataset] | None = None

    def told(self) -> Event:
        """As the rules know it."""
        at: datetime = self.event_time
        parent = self.run.facets.get("parent")
        job = parent.get("job") if isinstance(parent, dict) else None
        name = job.get("name") if isinstance(job, dict) else None
        return Event(
            self.event_type,
            at,
            str(self.run.run_id),
            self.job.namespace,
            self.job.name,
            self.run.facets,
            name if isinstance(name, str) and name else None,
            [each.told() for each in self.inputs or []],
            [each.told() for each in self.outputs or []],
        )


def openlineage_routes() -> list[Route]:
    """Where OpenLineage's HTTP transport sends events, unless it is told otherwise."""
    return [Route(PATH, receive, methods=["POST"])]


async def receive(request: Request) -> Response:
    """Take one event. Answers 201 once what it tells is on disk; the same event again changes nothing.

    Events of jobs and data sets alone, which tell of no run, are answered with 200 and not kept.
    """
    services = services_of(request)
    principal = await services.principal(request)
    services.allowances.spend(principal)
    if request.headers.get("content-encoding", "identity") != "identity":
        raise EncodingNotTaken("send events as they are, without compression")
    event = _read(await request.body())
    if event is None:
        return JSONResponse({"recorded": False})
    project = request.query_params.get("project")
    if project is not None:
        parse_project_name(project)
    async with services.turns.of(principal.user_id, SHORT):
        await apply(services.database, principal, record, event.told(), project)
    return JSONResponse({"recorded": True}, 201)


def _read(body: bytes) -> _RunEvent | None:
    try:
        return _RunEvent.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "missing" and first["loc"] == ("run",) and _is_of_no_run(body):
            return None
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise BadInput(f"this is no OpenLineage run event: {where}: {first['msg']}", where) from None


def _is_of_no_run(body: bytes) -> bool:
    """Whether an event is of a data set or a job alone, as of OpenLineage 2."""
    try:
        return bool(_OfNoRun.model_validate_json(body).schema_url)
    except ValidationError:
        return False


class _OfNoRun(BaseModel):
    schema_url: str = Field(alias="schemaURL", pattern=r"/(DatasetEvent|JobEvent)$")
