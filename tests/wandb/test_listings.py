"""Filters, orders and pages of the client's lists, on both databases."""

from typing import Any

import pytest
from sqlmodel import Session

from gqlregistry.errors import BadInput
from gqlregistry.registry import artifacts, collections, links, tags
from gqlregistry.wandb import listings
from gqlregistry.wandb.paging import Listing, count, page
from tests.registry.conftest import House, house

__all__ = ["house"]


async def versions(house: House) -> int:
    """v0 to v3 of local/zoo/data: with n = 0 to 3 in their metadata, v1 tagged and named `odd`; their collection."""
    for number in range(4):
        logged = await house.log(content=str(number), metadata={"n": number, "deep": {"name": f"x{number}"}})
        if number == 1:
            await house.do(tags.tag_artifact, logged.id, "odd")
            await house.do(artifacts.update_artifact, logged.id, description="words")
    return int(logged.collection_id)


async def found(house: House, collection: int, filters: str | None, order: str | None = None) -> list[int]:
    """The numbers of the versions that a filter finds."""

    def work(session: Session) -> list[int]:
        listing = listings.versions(session, filters, collection)
        keys = page(session, listing, None, None, order).keys
        assert count(session, listing) == len(keys)
        return [key - 1 for key in keys]

    return await house.look(work)


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (None, [3, 2, 1, 0]),
        ("{}", [3, 2, 1, 0]),
        ('{"state": "COMMITTED"}', [3, 2, 1, 0]),
        ('{"state": {"$ne": "COMMITTED"}}', []),
        ('{"version": "v2"}', [2]),
        ('{"version_index": {"$lte": 1}}', [1, 0]),
        ('{"alias": "latest"}', [3]),
        ('{"alias": {"$ne": "latest"}}', [2, 1, 0]),
        ('{"tag": {"$in": ["odd", "none"]}}', [1]),
        ('{"tag": {"$nin": ["odd"]}}', [3, 2, 0]),
        ('{"tag": {"$regex": "^o.d$"}}', [1]),
        ('{"tag": {"$contains": "d"}}', [1]),
        ('{"metadata.n": 2}', [2]),
        ('{"metadata.n": {"$gt": 0, "$lt": 3}}', [2, 1]),
        ('{"metadata.deep.name": {"$eq": "x3"}}', [3]),
        ('{"metadata.deep.name": {"$regex": "x[12]"}}', [2, 1]),
        ('{"metadata.none": {"$exists": false}}', [3, 2, 1, 0]),
        ('{"metadata.none": null}', [3, 2, 1, 0]),
        ('{"metadata.n": {"$not": {"$gte": 1}}}', [0]),
        ('{"$or": [{"version": "v0"}, {"tag": "odd"}]}', [1, 0]),
        ('{"$and": [{"tag": "odd"}, {"version": "v0"}]}', []),
        ('{"$nor": [{"version": "v0"}, {"tag": "odd"}]}', [3, 2]),
        ('{"created_at": {"$gt": "2020-01-01T00:00:00Z"}}', [3, 2, 1, 0]),
        ('{"created_at": {"$lt": "2020-01-01"}}', []),
    ],
)
async def test_versions_are_found_by_filter(house: House, filters: str | None, numbers: list[int]) -> None:
    assert await found(house, await versions(house), filters) == numbers


@pytest.mark.parametrize(
    "filters",
    [
        "nonsense",
        "[1]",
        '{"nothing": 1}',
        '{"tag": {"$near": 1}}',
        '{"tag": {"$regex": "("}}',
        '{"created_at": {"$gt": "yesterday"}}',
        '{"$or": []}',
        '{"$or": {}}',
        '{"tag": ["a"]}',
        '{"metadata.a\'b": 1}',
        '{"tag": {"$regex": "(?=a)"}}',
        '{"$and": [' * 21 + "{}" + "]}" * 21,
        '{"tag": {"$in": [' + ",".join(["1"] * 501) + "]}}",
    ],
)
async def test_a_bad_filter_is_refused(house: House, filters: str) -> None:
    with pytest.raises(BadInput):
        await found(house, 1, filters)


@pytest.mark.parametrize(
    ("order", "numbers"),
    [("version_index", [0, 1, 2, 3]), ("+created_at", [0, 1, 2, 3]), ("-updated_at", [3, 2, 1, 0])],
)
async def test_pages_follow_their_order(house: House, order: str, numbers: list[int]) -> None:
    collection = await versions(house)

    def work(session: Session) -> list[int]:
        keys, after = [], None
        while True:
            some = page(session, listings.versions(session, None, collection), 1, after, order)
            keys += some.keys
            if not some.has_next_page:
                return keys
            after = some.end_cursor

    assert [key - 1 for key in await house.look(work)] == numbers


async def test_a_cursor_of_one_list_is_good_for_a_sibling(house: House) -> None:
    registry = await house.registry()
    first, second = [await house.log(content=each) for each in "ab"]
    for artifact in (first, second):
        await house.do(links.link_artifact, artifact.id, "model/zoo")
    target = await house.do(collections.locked, "model/zoo")

    def work(session: Session) -> Any:
        def versions(first: int, after: str | None, listing: Listing) -> Any:
            return page(session, listing, first, after, "created_at")

        one = versions(1, None, listings.versions(session, None, target.id))
        everywhere = listings.registry_versions(session, registry.organization_id, None, None, None)
        return one.keys, versions(5, one.end_cursor, everywhere).keys

    before, after = await house.look(work)
    assert len(before) == len(after) == 1
    assert before != after


async def test_registries_are_found_by_the_name_that_the_client_knows(house: House) -> None:
    registry = await house.registry()
    await house.registry("other")

    def work(session: Session) -> list[int]:
        filters = '{"name": "wandb-registry-model"}'
        return page(session, listings.registries(registry.organization_id, filters), None, None).keys

    assert await house.look(work) == [registry.id]
