"""The files of a run: to be put by the client when it ends, and to be got."""

from typing import Annotated
from urllib.parse import quote

import strawberry
from sqlmodel import Session, col, func, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gqlregistry import uploads
from gqlregistry.errors import BadInput, NotFound
from gqlregistry.plan.relay import encode_id
from gqlregistry.registry import permissions, run_files
from gqlregistry.registry.change import Change
from gqlregistry.services import services_of
from gqlregistry.store import tables
from gqlregistry.store.tables import Role
from gqlregistry.store.tables import RunFile as StoredFile
from gqlregistry.wandb.answers import answering
from gqlregistry.wandb.artifact_files import File, FileConnection, FileEdge
from gqlregistry.wandb.context import Context
from gqlregistry.wandb.ids import read_text_id, text_id
from gqlregistry.wandb.paging import MAX_FIRST, PageInfo
from gqlregistry.wandb.payloads import Success
from gqlregistry.wandb.scalars import Int64
from gqlregistry.wandb.work import Info, change, read, run_of

PURPOSE = "run-file"
_run_id = encode_id("Run")


@strawberry.input
class RunFilesInput:
    """Files of a run."""

    entity_name: str
    project_name: str
    run_name: str
    files: list[str]


@strawberry.input
class CreateRunFilesInput(RunFilesInput):
    """Files to put."""


@strawberry.input
class MarkRunFilesUploadedInput(RunFilesInput):
    """Files that have been put."""


@strawberry.input
class DeleteFilesInput:
    """Files to forget."""

    files: list[strawberry.ID]
    project_id: int | None = None


@strawberry.type(name="RunFile")
class FileToPut:
    """Where a file is put."""

    name: str
    upload_url: str | None


@strawberry.type
class CreateRunFilesPayload:
    """Where files are put."""

    run_id: strawberry.ID = strawberry.field(name="runID")
    upload_headers: list[str]
    files: list[FileToPut]


@strawberry.type
class RunFileMutation:
    """The part of the mutations that is about files of runs."""

    @strawberry.mutation
    async def create_run_files(self, info: Info, input: CreateRunFilesInput) -> CreateRunFilesPayload | None:
        """Be told where to put files of a run."""
        name = await run_of(info, input.entity_name, input.project_name, input.run_name)
        run = await read(info, lambda session: run_files.expect_files(session, name, input.files))
        files = [FileToPut(name=name, upload_url=_upload_url(info.context, run.id, name)) for name in input.files]
        return CreateRunFilesPayload(run_id=strawberry.ID(_run_id(run.id)), upload_headers=[], files=files)

    @strawberry.mutation
    async def mark_run_files_uploaded(self, info: Info, input: MarkRunFilesUploadedInput) -> Success | None:
        """Say that files have been put. They were seen when they came."""
        name = await run_of(info, input.entity_name, input.project_name, input.run_name)
        await read(info, lambda session: run_files.expect_files(session, name, ()))
        return Success(success=True)

    @strawberry.mutation
    async def delete_files(self, info: Info, input: DeleteFilesInput) -> Success | None:
        """Forget files of runs."""
        await change(info, _delete, [_told(id) for id in input.files])
        return Success(success=True)


@strawberry.type
class RunFiles:
    """The files that a run has left."""

    row: strawberry.Private[tables.Run]

    @strawberry.field
    async def file_count(self, info: Info) -> int | None:
        """How many there are."""
        count = select(func.count()).select_from(StoredFile).where(StoredFile.run_id == self.row.id)
        return await read(info, lambda session: session.exec(count).one())

    @strawberry.field
    async def files(
        self,
        info: Info,
        names: list[str | None] | None = None,
        after: str | None = None,
        first: int | None = None,
        pattern: Annotated[str | None, strawberry.argument(description="As SQL's LIKE has it: `%.json`.")] = None,
    ) -> FileConnection | None:
        """The files by path. One that is asked for by name and is not there is answered as empty, never updated."""
        wanted = [name.removeprefix("./") for name in names or () if name]
        size = MAX_FIRST if first is None else min(max(first, 0), MAX_FIRST)
        where = [col(StoredFile.run_id) == self.row.id]
        if wanted:
            where.append(col(StoredFile.path).in_(wanted))
        if pattern:
            where.append(col(StoredFile.path).like(pattern))
        if after:
            where.append(col(StoredFile.path) > read_text_id("Cursor", after))

        def work(session: Session) -> tuple[list[StoredFile], bool]:
            permissions.require_in_project(session, self.row.project_id, Role.VIEWER, "run")
            found = select(StoredFile).where(*where).order_by(col(StoredFile.path)).limit(size + 1)
            return list(session.exec(found)), permissions.role_in(session, self.row) in (Role.MEMBER, Role.ADMIN)

        rows, may_put = await read(info, work)
        found = [_file(info.context, row, may_put) for row in rows[:size]]
        absent = set(wanted) - {row.path for row in rows} if not after else ()
        found += [_absent(info.context, self.row.id, path, may_put) for path in sorted(absent)]
        edges = [FileEdge(node=file, cursor=text_id("Cursor", file.name)) for file in found]
        end = edges[-1].cursor if edges else None
        page_info = PageInfo(end_cursor=end, has_next_page=len(rows) > size)
        return FileConnection(total_count=len(found), page_info=page_info, edges=edges)


def run_file_routes() -> list[Route]:
    """Where files of runs are put, below `/wandb`."""
    return [
        Route("/run-files/{token}/{filename:path}", put_file, methods=["PUT"]),
        Route("/run-files/{token}/{filename:path}", get_file, methods=["GET"]),
    ]


@answering
async def put_file(request: Request) -> Response:
    """Take the bytes of a run's file."""
    services = services_of(request)
    run, path = services.links.read_token(PURPOSE, request.path_params["token"])
    kept = await uploads.put_run_file(services, run, path, request.stream())
    return JSONResponse({"digest": kept.digest, "size": kept.size}, status_code=201)


@answering
async def get_file(request: Request) -> Response:
    """Say that a file is not there: those that are have other links."""
    raise NotFound("the run has left no such file", "name")


def _upload_url(context: Context, run: int, path: str) -> str:
    token = context.services.links.token(PURPOSE, [run, path])
    return f"{context.base_url}/wandb/run-files/{token}/{quote(path)}"


def _file(context: Context, row: StoredFile, may_put: bool) -> File:
    return File(
        id=text_id("RunFile", f"{row.run_id}:{row.path}"),
        name=row.path,
        direct_url=context.services.links.download_url(context.base_url, row.digest, row.path),
        upload_url=_upload_url(context, row.run_id, row.path) if may_put else None,
        size_bytes=Int64(row.size),
        updated_at=row.updated_at,
    )


def _absent(context: Context, run: int, path: str, may_put: bool) -> File:
    url = _upload_url(context, run, path) if may_put else None
    nowhere = f"{context.base_url}/wandb/run-files/none/{quote(path)}"
    return File(id=text_id("RunFile", f"{run}:{path}"), name=path, direct_url=url or nowhere, upload_url=url)


def _told(id: str) -> tuple[int, str]:
    run, colon, path = read_text_id("RunFile", id).partition(":")
    if not (colon and run.isdecimal()):
        raise BadInput("this is not the id of a file", "files")
    return int(run), path


def _delete(change: Change, files: list[tuple[int, str]]) -> None:
    for run, path in files:
        run_files.delete_files(change, run, [path])
