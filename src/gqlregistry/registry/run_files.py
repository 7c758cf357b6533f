"""The files that a run leaves beside its artifacts: its configuration, its log, its environment, its media."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete

from gqlregistry.registry import blobs, find, permissions, runs
from gqlregistry.registry.change import Change
from gqlregistry.registry.files import check_path
from gqlregistry.registry.find import Ref
from gqlregistry.store.tables import Role, Run, RunFile


def expect_files(session: Session, run: Ref, paths: Sequence[str]) -> Run:
    """The run that is about to leave files. Raises `BadInput` for a path that is none, `Forbidden` as for a change."""
    for path in paths:
        check_path(path)
    found = find.run(session, run)
    permissions.require_in_project(session, found.project_id, Role.MEMBER, "run")
    return found


def record_file(change: Change, run: int, path: str, digest: str, size: int) -> RunFile:
    """Note that a run's file has arrived. It takes the place of an earlier one."""
    session = change.session
    found = find.run(session, run)
    check_path(path)
    blobs.record(change, digest, size)
    blobs.loosen_run_files(change, found.id, [path])
    file = session.get(RunFile, (found.id, path)) or RunFile(
        run_id=found.id, path=path, digest=digest, size=size, updated_at=change.now
    )
    file.digest, file.size, file.updated_at = digest, size, change.now
    session.add(file)
    session.flush()
    return file


def delete_files(change: Change, run: Ref, paths: Sequence[str]) -> None:
    """Forget files of a run; those that it does not have are forgotten already."""
    found = runs.editable(change, run)
    blobs.loosen_run_files(change, found.id, paths)
    change.session.exec(delete(RunFile).where(col(RunFile.run_id) == found.id, col(RunFile.path).in_(paths)))
