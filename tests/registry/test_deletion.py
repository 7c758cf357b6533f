from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from gqlregistry.errors import Conflict, NotFound
from gqlregistry.registry import aliases, artifacts, deletion, find, lineage, links, projects
from gqlregistry.registry.change import Change
from gqlregistry.store.tables import Artifact, ArtifactState, EventKind, Membership, Run, RunInput, RunOutput
from tests.registry.conftest import House


async def test_a_deleted_version_leaves_every_collection_and_stays_in_the_lineage(house: House) -> None:
    await house.registry()
    run = await house.run()
    first = await house.log(content="a", run=run.id)
    second = await house.log(content="b", run=run.id)
    await house.do(lineage.use_artifact, run.id, second.id)
    for artifact in (first, second):
        await house.do(links.link_artifact, artifact.id, "model/prod")
    deleted = await house.do(deletion.delete_artifact, "local/zoo/data:v1", reason="wrong labels")
    assert (deleted.state, deleted.deleted_by_id) == (ArtifactState.DELETED, house.actor.user_id)
    assert house.said == [
        "ALIAS_REMOVED latest v1",
        "VERSION_REMOVED v1",
        "ALIAS_ADDED latest v0",
        "ALIAS_REMOVED latest v1",
        "VERSION_REMOVED v1",
        "ALIAS_ADDED latest v0",
        "ARTIFACT_DELETED v1",
    ]
    assert {event.reason for event in house.events} == {"wrong labels"}

    def edges(session: Session) -> tuple[int, int]:
        return len(session.exec(select(RunInput)).all()), len(session.exec(select(RunOutput)).all())

    assert await house.look(edges) == (1, 2)
    await house.do(deletion.delete_artifact, second.id)
    assert house.said == []
    with pytest.raises(NotFound, match="data:v1' was deleted by local on"):
        await house.do(deletion.delete_artifact, "local/zoo/data:v1")


async def test_the_last_version_takes_latest_along(house: House) -> None:
    artifact = await house.log()
    await house.do(deletion.delete_artifact, artifact.id)
    assert house.said == ["ALIAS_REMOVED latest v0", "VERSION_REMOVED v0", "ARTIFACT_DELETED v0"]


async def test_a_version_with_aliases_is_deleted_only_on_demand(house: House) -> None:
    await house.registry()
    artifact = await house.log()
    await house.do(links.link_artifact, artifact.id, "model/prod", ["production"])
    with pytest.raises(Conflict, match="has the alias production") as caught:
        await house.do(deletion.delete_artifact, artifact.id)
    assert caught.value.field == ("deleteAliases",)
    await house.do(deletion.delete_artifact, artifact.id, delete_aliases=True)
    assert "ALIAS_REMOVED production v0" in house.said


async def test_a_pending_version_is_forgotten(house: House) -> None:
    digest = "sha256:" + "0" * 64
    logged = await house.do(artifacts.log_artifact, None, "local/zoo/data", "dataset", digest=digest, tags=["x"])
    await house.do(deletion.delete_artifact, logged.artifact.id)
    assert house.said == []
    assert await house.look(lambda s: s.get(Artifact, logged.artifact.id)) is None
    with pytest.raises(NotFound):
        await house.do(deletion.delete_artifact, logged.artifact.id)


async def test_a_deleted_source_collection_takes_its_versions_along(house: House) -> None:
    await house.registry()
    first, second = await house.log(content="a"), await house.log(content="b")
    await house.do(links.link_artifact, first.id, "model/prod", ["production"])
    await house.do(deletion.delete_collection, "local/zoo/data")
    assert house.said == [
        "VERSION_REMOVED v0",
        "ALIAS_REMOVED latest v1",
        "VERSION_REMOVED v1",
        "ALIAS_REMOVED latest v0",
        "ALIAS_REMOVED production v0",
        "VERSION_REMOVED v0",
        "ARTIFACT_DELETED v0",
        "ARTIFACT_DELETED v1",
        "COLLECTION_DELETED",
    ]
    with pytest.raises(NotFound, match="no collection 'data'"):
        await house.look(lambda s: find.artifact(s, "local/zoo/data:v0"))
    with pytest.raises(NotFound, match="data:v1 was deleted by local"):
        await house.look(lambda s: find.artifact(s, second.id))


async def test_a_deleted_registry_leaves_the_versions_where_they_were_logged(house: House) -> None:
    await house.registry()
    artifact = await house.log()
    await house.do(links.link_artifact, artifact.id, "model/prod")
    await house.do(deletion.delete_registry, "model")
    assert house.said == [
        "ALIAS_REMOVED latest v0",
        "VERSION_REMOVED v0",
        "COLLECTION_DELETED",
        "REGISTRY_DELETED",
    ]
    assert (await house.look(lambda s: find.artifact(s, "local/zoo/data:v0"))).id == artifact.id
    await house.registry()
    link = await house.do(links.link_artifact, artifact.id, "model/prod")
    assert link.membership.version_index == 1


async def test_a_deleted_project_comes_back_without_its_versions(house: House) -> None:
    run = await house.run("one")
    artifact = await house.log(run=run.id)
    before = await house.project()
    await house.do(deletion.delete_project, "local/zoo")
    assert house.said[-2:] == ["COLLECTION_DELETED", "PROJECT_DELETED"]
    deleted_run = await house.look(lambda s: s.exec(select(Run)).one())
    assert deleted_run.deleted_at is not None
    with pytest.raises(NotFound, match="no project 'local/zoo'"):
        await house.look(lambda s: find.project(s, "local/zoo"))
    again = await house.do(projects.create_project, "local", "zoo", "once more")
    assert (again.id, again.description) == (before.id, "once more")
    assert (await house.log()).version_index == artifact.version_index + 1


async def test_of_many_versions_each_leaves_its_place(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deletion, "BATCH", 2)
    await house.registry()
    for n in range(5):
        artifact = await house.log(content=str(n))
        await house.do(links.link_artifact, artifact.id, "model/prod")
    await house.do(aliases.set_alias, "local/zoo/data", "v2", "best")
    await house.do(deletion.delete_collection, "model/prod")
    assert [said for said in house.said if "latest" in said] == ["ALIAS_REMOVED latest v4"]
    await house.do(deletion.delete_collection, "local/zoo/data")
    assert [said for said in house.said if "latest" in said] == ["ALIAS_REMOVED latest v4"]
    live = select(Membership).where(col(Membership.removed_at).is_(None))
    assert await house.look(lambda s: s.exec(live).all()) == []


async def test_a_version_goes_when_its_time_is_over_unless_it_is_linked(house: House) -> None:
    await house.registry()
    kept, linked, over = [await house.log(content=each, ttl_seconds=60) for each in "abc"]
    await house.do(artifacts.update_artifact, kept.id, ttl_seconds=0)
    await house.do(links.link_artifact, linked.id, "model/prod")

    def later(change: Change) -> int:
        change.now += timedelta(seconds=61)
        return deletion.delete_expired(change)

    assert await house.do(deletion.delete_expired) == 0
    assert await house.do(later) == 1
    assert house.events[-1].reason == "its time to live was over"
    assert (house.events[-1].artifact_id, house.events[-1].kind) == (over.id, EventKind.ARTIFACT_DELETED)
    assert await house.do(later) == 0
