import asyncio
from contextlib import suppress

from sqlmodel import Session, col, select

from gqlregistry.errors import Conflict, NotFound
from gqlregistry.registry import aliases, artifacts, audit, deletion, links, people
from gqlregistry.registry.change import apply
from gqlregistry.registry.files import File
from gqlregistry.store import Database
from gqlregistry.store.tables import Alias, Collection, Entity, Membership
from tests.registry.conftest import House

MANY = 50


async def test_concurrent_loggers_and_linkers_get_distinct_gap_free_versions(house: House) -> None:
    await house.registry()

    async def log_and_link(n: int) -> None:
        files = [File("file", f"content {n}", 1, "s3://bucket/key")]
        logged = await apply(
            house.database,
            house.actor,
            artifacts.log_artifact,
            None,
            "local/zoo/data",
            "dataset",
            files=files,
            aliases=["best"],
            commit=True,
        )
        target, alias = "default/model/prod", "production"
        await apply(house.database, house.actor, links.link_artifact, logged.result.artifact.id, target, [alias])

    await asyncio.gather(*(log_and_link(n) for n in range(MANY)))

    def check(session: Session) -> None:
        for home in session.exec(select(Collection)).all():
            members = session.exec(select(Membership).where(Membership.collection_id == home.id)).all()
            assert sorted(member.version_index for member in members) == list(range(MANY))
            assert home.next_index == MANY
            latest = select(Membership.version_index).join(Alias, col(Alias.membership_id) == Membership.id)
            latest = latest.where(Alias.collection_id == home.id, Alias.name == "latest")
            assert session.exec(latest).all() == [MANY - 1]
        assert audit.verify(session) == []
        assert audit.differences(session) == []

    await house.look(check)


async def test_concurrent_loggers_of_one_digest_make_one_version(house: House) -> None:
    versions = await asyncio.gather(*(House(house.database, house.actor).log(aliases=[f"alias{n}"]) for n in range(20)))
    assert {version.id for version in versions} == {versions[0].id}
    assert await house.look(audit.differences) == []


async def test_of_concurrent_moves_from_one_version_one_wins(house: House) -> None:
    for n in range(3):
        await house.log(content=str(n))
    await house.do(aliases.set_alias, "local/zoo/data", "v0", "production")

    async def move(n: int) -> bool:
        target = "v1" if n % 2 else "v2"
        try:
            await House(house.database, house.actor).do(
                aliases.set_alias, "local/zoo/data", target, "production", expected_version="v0"
            )
        except Conflict:
            return False
        return True

    assert sum(await asyncio.gather(*(move(n) for n in range(20)))) == 1


async def test_changes_that_lock_several_collections_do_not_wait_in_a_circle(house: House) -> None:
    await house.registry()
    versions = [await house.log(content=str(n)) for n in range(10)]
    places = [f"default/model/place{n}" for n in range(3)]

    async def link(n: int) -> None:
        for place in places[n % 3 :] + places[: n % 3]:
            # The version may be deleted before it is linked everywhere.
            with suppress(NotFound):
                await House(house.database, house.actor).do(links.link_artifact, versions[n].id, place)

    async def delete(n: int) -> None:
        await House(house.database, house.actor).do(deletion.delete_artifact, versions[n].id)

    await asyncio.gather(*(link(n) for n in range(10)), *(delete(n) for n in range(0, 10, 2)))
    assert await house.look(audit.verify) == []
    assert await house.look(audit.differences) == []


async def test_defaults_are_made_once_by_processes_that_start_together(database: Database) -> None:
    made = await asyncio.gather(*(database.write(people.ensure_defaults) for _ in range(8)))
    assert {each.local for each in made} == {made[0].local}
    assert len(await database.write(lambda s: s.exec(select(Entity)).all())) == 2
    assert await database.write(audit.verify) == []
    assert await database.write(audit.differences) == []
