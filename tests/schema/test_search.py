"""What a search finds, in which order, and that its index says what the tables say."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from gqlregistry.plan.statement import Memory
from gqlregistry.registry import runs
from gqlregistry.schema import search
from gqlregistry.store.tables.search import SEARCH_NAMES, SEARCH_TEXT, definition, fill
from tests.schema.api import API, elsewhere

SEARCH = "query ($t: String!, $k: [SearchKind!]) { search(text: $t, kinds: $k) { totalCount nodes { name } } }"


async def found(api: API, words: str, *kinds: str) -> list[str]:
    answer = await api.ask(SEARCH, t=words, k=list(kinds) or None)
    names = [node["name"] for node in answer["search"]["nodes"]]
    assert answer["search"]["totalCount"] == len(names)
    return names


async def log(api: API, collection: str = "data", **more: Any) -> dict[str, Any]:
    logged = await api.change(
        "logArtifact",
        "artifact { id name }",
        collection={"name": f"local/zoo/{collection}"},
        type="dataset",
        files=elsewhere(str(more)),
        **more,
    )
    artifact: dict[str, Any] = logged["artifact"]
    return artifact


async def test_versions_are_found_by_description_tags_and_metadata(api: API) -> None:
    first = await log(api, description="Hand-labelled owls", metadata={"camera": {"brand": "Zeiss"}, "lux": 0.25})
    await log(api, metadata={"notes": "first line\nsecond owlet"})
    await log(api)
    assert await found(api, "owl") == ["data:v1", "data:v0"]
    assert await found(api, "zeiss BRAND") == ["data:v0"]
    assert await found(api, "0.25") == ["data:v0"]
    assert await found(api, "second") == ["data:v1"]
    assert await found(api, "labelled.owls") == ["data:v0"]
    await api.change("addTag", artifact={"id": first["id"]}, tag="night-shift")
    assert await found(api, "shift", "ARTIFACT") == ["data:v0"]
    assert await found(api, "shift", "RUN") == []
    await api.change("removeTag", artifact={"id": first["id"]}, tag="night-shift")
    assert await found(api, "shift") == []
    await api.change("updateArtifact", artifact={"id": first["id"]}, description="swans")
    assert (await found(api, "labelled"), await found(api, "swan")) == ([], ["data:v0"])
    await api.change("deleteArtifact", artifact={"id": first["id"]})
    assert await found(api, "swan") == []


async def test_names_come_first_and_the_closest_of_them(api: API) -> None:
    await api.run(displayName="zebra", name="r1")
    await api.run(displayName="zebra-finch", name="r2")
    await api.run(displayName="other", name="r3", notes="about a zebra")
    await log(api, "zebra-data", description="zebra")
    assert await found(api, "zebra") == ["zebra", "zebra-data", "zebra-finch", "other", "zebra-data:v0"]
    assert await found(api, "finch zeb") == ["zebra-finch"]


async def test_pages_follow_the_rank(api: API) -> None:
    for number in range(7):
        await api.run(displayName=f"walrus {'x' * (number % 3)}", name=f"r{number}")
    query = """query ($a: String) { search(text: "walrus", first: 3, after: $a) {
        pageInfo { hasNextPage endCursor } nodes { object { id } } } }"""
    seen, after, more = [], None, True
    while more:
        page = (await api.ask(query, a=after))["search"]
        seen += [node["object"]["id"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(seen) == len(set(seen)) == 7


async def index(api: API) -> list[Any]:
    """What the index holds."""
    if api.services.database.__class__.__name__ == "SQLiteDatabase":
        asked = f"SELECT rowid, name, text FROM {SEARCH_TEXT} UNION ALL SELECT rowid, name, NULL FROM {SEARCH_NAMES}"
    else:
        asked = f"SELECT place, words::text, names::text FROM {SEARCH_TEXT}"
    return await api.services.database.read(
        lambda session: sorted(session.connection().execute(text(asked)), key=lambda row: tuple(map(str, row)))
    )


async def test_the_index_is_what_an_index_of_everything_would_be(api: API) -> None:
    """After changes of every kind, triggers have kept what `fill` makes anew."""
    await api.change("createRegistry", name="Models", description="all of them")
    await api.change("updateRegistry", registry={"name": "Models"}, description="some of them")
    artifact = await log(api, description="a", metadata={"b": [1, "c"]})
    await api.change("addTag", artifact={"id": artifact["id"]}, tag="t")
    await api.change("addTag", collection={"name": "local/zoo/data"}, tag="of-all")
    await api.change("updateCollection", collection={"name": "local/zoo/data"}, description="d", name="renamed")
    await api.change("deleteArtifact", artifact={"id": (await log(api, "other", metadata={"e": 1}))["id"]})
    run = await api.run(displayName="x", name="x", config={"lr": 0.1})
    await api.change("updateRun", run={"id": run}, displayName="y", tags=["z"])
    await api.change("deleteRun", run={"id": await api.run(displayName="gone", name="gone")})
    await api.change("deleteCollection", collection={"name": "local/zoo/other"})
    kept = await index(api)
    assert len(kept) >= 5

    def anew(session: Any) -> None:
        connection = session.connection()
        for table in (SEARCH_TEXT, SEARCH_NAMES)[: 2 if connection.dialect.name == "sqlite" else 1]:
            connection.exec_driver_sql(f"DELETE FROM {table}")
        for statement in fill(connection.dialect.name):
            connection.exec_driver_sql(statement)

    await api.services.database.write(anew)
    assert await index(api) == kept


SYNTAX = [
    *(
        '"',
        "a OR b",
        "NOT x",
        "name:x",
        "x*",
        "a AND",
        "(x",
        "NEAR(a b)",
        "^x",
        "'",
        "\\",
        "a & !b",
        "a:*A",
        "<->",
        "-",
    ),
    *("$$", "a " * 100, "—", "\ue000", "x" * 200, "ﬁ ß İ"),
]


async def test_no_syntax_has_a_meaning(api: API) -> None:
    await api.run(displayName="plain", name="plain")
    assert [words for words in SYNTAX if await found(api, words)] == []


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=40))
@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
async def test_no_text_is_an_error(api: API, words: str) -> None:
    await found(api, words)


async def test_what_many_have_is_not_read_to_the_end(api: API, monkeypatch: pytest.MonkeyPatch) -> None:
    """The statement asks the index alone, newest first, for no more than it ranks."""
    monkeypatch.setattr(search, "MAX_FOUND", 5)
    monkeypatch.setattr(search.SEARCH.total, "memory", Memory())

    def many(change: Any) -> None:
        for number in range(8):
            runs.create_run(change, "local/zoo", name=f"r{number}", display_name="common")

    await api.house.do(many)
    answer, statements = await api.execute('{ search(text: "common", first: 1) { totalCount nodes { name } } }', True)
    assert answer["search"] == {"totalCount": 5, "nodes": [{"name": "common"}]}
    assert len(statements) == 2
    assert all(len(re.findall("LIMIT 5", statement)) == 2 for statement in statements)


def test_the_definition_has_a_trigger_for_each_change() -> None:
    for dialect in ("sqlite", "postgresql"):
        triggers = [line for line in definition(dialect) if line.startswith("CREATE TRIGGER")]
        assert len(triggers) == 5 * 3 + 2 * 2
