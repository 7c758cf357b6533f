import pytest

from gqlregistry.errors import BadInput, Conflict, NotFound
from gqlregistry.registry import aliases, artifacts, deletion, lineage, links, runs
from gqlregistry.registry.names import ProjectName
from tests.registry.conftest import House


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("data:v0", "v0"),
        ("data", "latest"),
        ("data:best", "best"),
        ("local/zoo/data:v0", "v0"),
        ("local/zoo/data@best", "best"),
    ],
)
async def test_a_use_remembers_what_was_asked_for(house: House, name: str, asked: str) -> None:
    artifact = await house.log(aliases=["best"])
    run = await house.run()
    use = await house.do(lineage.use_artifact, run.id, name)
    assert use.created
    assert (use.artifact.id, use.edge.requested_as, use.edge.requested_as_inferred) == (artifact.id, asked, False)
    assert use.edge.via_collection_id == artifact.collection_id
    assert house.said == []


async def test_a_use_by_digest_or_by_key(house: House) -> None:
    artifact = await house.log()
    one, two = await house.run("one"), await house.run("two")
    by_digest = await house.do(lineage.use_artifact, one.id, f"data@{artifact.digest}")
    assert by_digest.edge.requested_as == artifact.digest
    by_key = await house.do(lineage.use_artifact, two.id, artifact.id)
    assert (by_key.edge.requested_as, by_key.edge.via_collection_id) == (None, None)


async def test_the_first_use_stays(house: House) -> None:
    await house.log(aliases=["best"])
    run = await house.run()
    await house.do(lineage.use_artifact, run.id, "data:best")
    again = await house.do(lineage.use_artifact, run.id, "data:v0")
    assert (again.created, again.edge.requested_as) == (False, "best")


async def test_a_use_through_a_registry_remembers_the_registrys_collection(house: House) -> None:
    await house.registry()
    artifact = await house.log()
    link = await house.do(links.link_artifact, artifact.id, "model/prod", ["production"])
    run = await house.run()
    use = await house.do(lineage.use_artifact, run.id, "model/prod:production")
    assert (use.artifact.id, use.edge.via_collection_id) == (artifact.id, link.collection.id)


async def test_what_a_door_knows_better_is_kept(house: House) -> None:
    artifact = await house.log()
    run = await house.run()
    told = {"requested_as": "production", "inferred": True, "via_collection": "local/zoo/data"}
    use = await house.do(lineage.use_artifact, run.id, artifact.id, **told)
    assert (use.edge.requested_as, use.edge.requested_as_inferred) == ("production", True)
    assert use.edge.via_collection_id == artifact.collection_id


async def test_a_finished_run_uses_versions_of_other_projects(house: House) -> None:
    artifact = await house.log("local/elsewhere/data")
    run = await house.run()
    await house.do(runs.finish_run, run.id)
    uses = await house.do(lineage.use_artifacts, f"local/zoo/{run.name}", ["local/elsewhere/data:v0"])
    assert [use.artifact.id for use in uses] == [artifact.id]
    within = ProjectName("local", "elsewhere")
    again = await house.do(lineage.use_artifact, run.id, "data:v0", within=within)
    assert not again.created


async def test_a_run_may_use_what_it_logged(house: House) -> None:
    run = await house.run()
    artifact = await house.log(run=run.id)
    assert (await house.do(lineage.use_artifact, run.id, artifact.id)).created


async def test_what_cannot_be_used_says_why(house: House) -> None:
    run = await house.run()
    pending = await house.do(artifacts.log_artifact, run.id, "data", "dataset", digest="sha256:" + "0" * 64)
    for ref in (pending.artifact.id, "data@sha256:" + "0" * 64):
        with pytest.raises(Conflict, match="not committed yet"):
            await house.do(lineage.use_artifact, run.id, ref)
    artifact = await house.log()
    await house.do(deletion.delete_artifact, artifact.id)
    for ref in (artifact.id, "data:v0", f"data@{artifact.digest}"):
        with pytest.raises(NotFound, match="was deleted by local on"):
            await house.do(lineage.use_artifact, run.id, ref)


@pytest.mark.parametrize(
    ("ref", "error", "message"),
    [
        ("data:v7", NotFound, "no version 'data:v7'"),
        ("data:v99999999999999999999", NotFound, "no version"),
        ("data:nothing", NotFound, "no version 'data:nothing'"),
        ("nothing:v0", NotFound, "no collection 'nothing'"),
        ("nobody/zoo/data:v0", NotFound, "no collection 'data'"),
        ("data:", BadInput, "ends before its version"),
        ("a/b/c/d:v0", BadInput, "is not entity/project/collection"),
        ("", BadInput, "is not entity/project/collection"),
        ("data:\0", BadInput, "NUL"),
        ("data:\ud800", BadInput, "half a character"),
        ("x" * 1025, BadInput, "1025 characters"),
        (99, NotFound, "no such artifact"),
    ],
)
async def test_a_name_that_means_nothing_is_named(
    house: House, ref: str | int, error: type[Exception], message: str
) -> None:
    await house.log()
    run = await house.run()
    with pytest.raises(error, match=message) as caught:
        await house.do(lineage.use_artifact, run.id, ref)
    assert getattr(caught.value, "field", None) == ("artifact",)


async def test_an_unlinked_version_is_not_found_by_its_number_there(house: House) -> None:
    await house.registry()
    artifact = await house.log()
    await house.do(links.link_artifact, artifact.id, "model/prod")
    await house.do(links.unlink_artifact, artifact.id, "model/prod")
    run = await house.run()
    with pytest.raises(NotFound, match="model/prod:v0' was removed from its collection"):
        await house.do(lineage.use_artifact, run.id, "model/prod:v0")


async def test_an_alias_comes_before_a_digest_that_looks_like_it(house: House) -> None:
    first, second = await house.log(content="a"), await house.log(content="b")
    bare = first.digest.removeprefix("sha256:")
    run = await house.run()
    assert (await house.do(lineage.use_artifact, run.id, f"data:{bare}")).artifact.id == first.id
    await house.do(aliases.set_alias, "local/zoo/data", "v1", bare)
    assert (await house.do(lineage.use_artifact, run.id, f"data:{bare}")).artifact.id == second.id
