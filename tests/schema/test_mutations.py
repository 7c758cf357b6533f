"""Each mutation: what it answers, the events it writes, and that doing it again changes nothing."""

from typing import Any

import httpx

from tests.schema.api import API, elsewhere, file


async def test_the_life_of_a_run(api: API) -> None:
    fields = "run { displayName state jobType group notes tags config summary path startedAt finishedAt deletedAt }"
    begun = {
        "name": "r1",
        "displayName": "rural-feather-20",
        "jobType": "train",
        "group": "g",
        "notes": "n",
        "tags": ["a", "b"],
        "config": {"lr": 0.1, "deep": [{"x": None}]},
        "startedAt": "2026-01-01T10:00:00+02:00",
    }
    made = (await api.change("createRun", fields, project={"name": "local/zoo"}, **begun))["run"]
    assert made == {
        **{name: value for name, value in begun.items() if name != "name"},
        "state": "RUNNING",
        "summary": {},
        "path": "local/zoo/r1",
        "startedAt": "2026-01-01T08:00:00.000000Z",
        "finishedAt": None,
        "deletedAt": None,
    }
    ref = {"name": "local/zoo/r1"}
    news = {"notes": None, "tags": [], "summary": {"loss": 1}}
    updated = (await api.change("updateRun", fields, run=ref, **news))["run"]
    assert updated == {**made, **news}
    finished = (await api.change("finishRun", fields, run=ref, state="FAILED", summary={"loss": 2}))["run"]
    assert (finished["state"], finished["summary"]) == ("FAILED", {"loss": 2})
    assert finished["finishedAt"]
    deleted, events = await api.changed("deleteRun", fields, run=ref, reason="noise")
    assert deleted["run"]["deletedAt"]
    assert events == ["RUN_DELETED"]


async def test_log_use_and_what_a_lineage_query_answers(api: API) -> None:
    maker, user = await api.run(displayName="maker"), await api.run(displayName="user")
    logged, events = await api.changed(
        "logArtifact",
        "created uploads { url } artifact { id name version state type tags metadata aliases { name } }",
        run={"id": maker},
        collection={"name": "data"},
        type="dataset",
        files=elsewhere(),
        aliases=["best"],
        tags=["t"],
        metadata={"a": [1]},
    )
    assert logged["created"]
    assert logged["uploads"] == []
    artifact = logged["artifact"]
    assert artifact == {
        "id": artifact["id"],
        "name": "local/zoo/data:v0",
        "version": "v0",
        "state": "COMMITTED",
        "type": "dataset",
        "tags": ["t"],
        "metadata": {"a": [1]},
        "aliases": [{"name": "best"}, {"name": "latest"}],
    }
    assert events == ["COLLECTION_CREATED", "VERSION_ADDED", "ALIAS_ADDED", "ALIAS_ADDED", "TAG_ADDED"]

    use = {"run": {"id": user}, "artifact": {"name": "local/zoo/data:best"}}
    used, events = await api.changed("useArtifact", "run { displayName } artifact { id }", **use)
    assert (used["run"], used["artifact"], events) == ({"displayName": "user"}, {"id": artifact["id"]}, [])
    before = await api.rows()
    await api.change("useArtifact", **use)
    assert await api.rows() == before

    found = await api.ask("""{ artifact(ref: {name: "local/zoo/data:v0"}) {
        inputs { nodes { displayName } } outputs { edges { requestedAs node { displayName } } } } }""")
    assert found["artifact"] == {
        "inputs": {"nodes": [{"displayName": "maker"}]},
        "outputs": {"edges": [{"requestedAs": "best", "node": {"displayName": "user"}}]},
    }


async def test_using_several_is_using_all_or_none(api: API) -> None:
    run = {"id": await api.run()}
    names = [{"name": f"local/zoo/data:v{n}"} for n in range(2)]
    ids = [{"id": await api.log(content=str(n))} for n in range(2)]
    assert await api.refusal("useArtifacts", run=run, artifacts=[*names, {"name": "local/zoo/data:v9"}]) == (
        "NOT_FOUND",
        ["artifact"],
    )
    used = await api.change("useArtifacts", "artifacts { id }", run=run, artifacts=names[::-1])
    assert used["artifacts"] == ids[::-1]
    assert await api.refusal("useArtifacts", run=run, artifacts=[]) == ("BAD_USER_INPUT", ["artifacts"])


async def test_the_same_content_again_is_the_same_version(api: API) -> None:
    first, run = await api.log(), await api.run()
    before = await api.rows()
    again = await api.change(
        "logArtifact",
        "created artifact { id inputs { totalCount } }",
        collection={"name": "local/zoo/data"},
        type="dataset",
        files=elsewhere(),
        run={"id": run},
    )
    assert (again["created"], again["events"]) == (False, [])
    assert again["artifact"] == {"id": first, "inputs": {"totalCount": 1}}
    assert await api.rows() - before == {"run_output": 1}


async def test_links_and_aliases(api: API) -> None:
    await api.change("createRegistry", name="model", protectedAliases=["production"])
    ids = [await api.log(content=str(n)) for n in range(2)]
    place = {"collection": {"name": "model/zoo"}}
    selection = "membership { name version aliases { name } removedAt }"
    for n, id in enumerate(ids):
        linked, events = await api.changed("linkArtifact", selection, artifact={"id": id}, aliases=["x"], **place)
        assert linked["membership"]["name"] == f"default/model/zoo:v{n}"
        assert [alias["name"] for alias in linked["membership"]["aliases"]] == ["latest", "x"]
    assert events == ["VERSION_ADDED", "ALIAS_REMOVED", "ALIAS_ADDED", "ALIAS_REMOVED", "ALIAS_ADDED"]
    before = await api.rows()
    assert (await api.changed("linkArtifact", artifact={"id": ids[1]}, aliases=["x"], **place))[1] == []
    assert await api.rows() == before

    set_, events = await api.changed(
        "setAlias", selection, alias="production", version="v0", expectedVersion=None, reason="good", **place
    )
    assert (set_["membership"]["version"], events) == ("v0", ["ALIAS_ADDED"])
    conflict = await api.refusal("setAlias", alias="production", version="v1", expectedVersion="v1", **place)
    assert conflict == ("CONFLICT", ["expectedVersion"])
    moved, events = await api.changed(
        "setAlias", selection, alias="production", version="x", expectedVersion="v0", **place
    )
    assert (moved["membership"]["version"], events) == ("v1", ["ALIAS_REMOVED", "ALIAS_ADDED"])
    assert (await api.changed("setAlias", alias="production", version="v1", **place))[1] == []
    removed, events = await api.changed("removeAlias", selection, alias="production", **place)
    assert (removed["membership"]["version"], events) == ("v1", ["ALIAS_REMOVED"])
    assert (await api.changed("removeAlias", selection, alias="production", **place)) == (
        {"membership": None, "events": [], "errors": []},
        [],
    )
    gone, events = await api.changed("unlinkArtifact", selection, artifact={"id": ids[1]}, **place)
    assert gone["membership"]["removedAt"]
    assert events == ["ALIAS_REMOVED", "ALIAS_REMOVED", "VERSION_REMOVED", "ALIAS_ADDED"]


async def test_edit_tag_and_delete_a_version(api: API) -> None:
    id = await api.log(aliases=["best"])
    selection = "artifact { description metadata tags deletedAt deletedBy { name } state }"
    edit = {"artifact": {"id": id}, "description": "d", "metadata": {"k": 1}}
    edited, events = await api.changed("updateArtifact", selection, **edit)
    assert (edited["artifact"]["description"], edited["artifact"]["metadata"]) == ("d", {"k": 1})
    assert events == ["ARTIFACT_UPDATED"]
    assert (await api.changed("updateArtifact", **edit))[1] == []
    for mutation, tags, kind in (("addTag", ["gold"], "TAG_ADDED"), ("removeTag", [], "TAG_REMOVED")):
        tagged, events = await api.changed(mutation, selection, artifact={"id": id}, tag="gold")
        assert (tagged["artifact"]["tags"], events) == (tags, [kind])
        assert (await api.changed(mutation, artifact={"id": id}, tag="gold"))[1] == []
    tagged, events = await api.changed("addTag", "collection { tags }", collection={"name": "local/zoo/data"}, tag="c")
    assert (tagged["collection"], events) == ({"tags": ["c"]}, ["TAG_ADDED"])
    assert await api.refusal("addTag", tag="both") == ("BAD_USER_INPUT", ["artifact"])
    assert (await api.refusal("deleteArtifact", artifact={"id": id}))[0] == "CONFLICT"
    deleted, events = await api.changed("deleteArtifact", selection, artifact={"id": id}, deleteAliases=True)
    assert (deleted["artifact"]["state"], deleted["artifact"]["deletedBy"]) == ("DELETED", {"name": "local"})
    assert events[-1] == "ARTIFACT_DELETED"


async def test_places(api: API) -> None:
    for kind, place, created in (
        ("Project", {"owner": {"name": "local"}, "visibility": "RESTRICTED"}, {"name": "local/fish"}),
        ("Registry", {"artifactTypes": ["model"], "protectedAliases": ["prod"]}, {"name": "fish"}),
    ):
        noun = kind.lower()
        selection = f"{noun} {{ name description visibility deletedAt }}"
        made, events = await api.changed(f"create{kind}", selection, name="fish", description="d", **place)
        assert made[noun]["name"] == "fish"
        assert events[0] == f"{kind.upper()}_CREATED"
        assert (await api.refusal(f"create{kind}", name="fish", **place))[0] == "CONFLICT"
        ref = {noun: created}
        updated, events = await api.changed(f"update{kind}", selection, description=None, **ref)
        assert updated[noun] == {**made[noun], "description": None}
        assert events == [f"{kind.upper()}_UPDATED"]
        within, events = await api.changed(
            "createCollection", "collection { kind path }", name="c", type="model", **ref
        )
        assert events == ["COLLECTION_CREATED"]
        path = within["collection"]["path"]
        renamed, events = await api.changed(
            "updateCollection", "collection { name description }", collection={"name": path}, name="d", description="x"
        )
        assert (renamed["collection"], events) == ({"name": "d", "description": "x"}, ["COLLECTION_UPDATED"])
        gone, events = await api.changed("deleteCollection", "collection { deletedAt }", collection={"name": path})
        assert gone["collection"]["deletedAt"]
        assert events == ["COLLECTION_DELETED"]
        deleted, events = await api.changed(f"delete{kind}", selection, reason="over", **ref)
        assert deleted[noun]["deletedAt"]
        assert events == [f"{kind.upper()}_DELETED"]
    assert await api.refusal("createCollection", name="c", type="model") == ("BAD_USER_INPUT", ["project"])


async def test_people_and_their_keys(api: API) -> None:
    user = {"name": "ann", "displayName": "Ann", "email": "ann@example.org", "isAdmin": True}
    made, events = await api.changed("createUser", "user { username displayName email isAdmin }", **user)
    assert made["user"] == {"username": "ann", **{name: user[name] for name in ("displayName", "email", "isAdmin")}}
    assert events == ["USER_CREATED", "MEMBER_SET"]
    team, events = await api.changed("createTeam", "team { name members { role entity { name } } }", name="crew")
    assert team["team"]["members"] == [{"role": "ADMIN", "entity": {"name": "local"}}]
    assert events == ["TEAM_CREATED", "MEMBER_SET"]
    organization, events = await api.changed("createOrganization", "organization { name }", name="zoo-inc")
    assert (organization["organization"], events) == ({"name": "zoo-inc"}, ["ORGANIZATION_CREATED"])
    for name in ("ann", "crew", "zoo-inc"):
        assert await api.refusal("createUser", name=name) == ("CONFLICT", ["name"])

    member: dict[str, Any] = {"scope": {"team": {"name": "crew"}}, "entity": {"name": "ann"}}
    set_, events = await api.changed("setMember", "role", **member, role="VIEWER")
    assert (set_["role"], events) == ("VIEWER", ["MEMBER_SET"])
    assert (await api.changed("setMember", **member, role="VIEWER"))[1] == []
    removed, events = await api.changed("removeMember", "role", **member)
    assert (removed["role"], events) == (None, ["MEMBER_REMOVED"])

    key, events = await api.changed(
        "createApiKey", "secret apiKey { id label owner { name } scope isAdmin }", owner={"name": "ann"}, label="laptop"
    )
    assert events == ["API_KEY_CREATED"]
    assert key["apiKey"] == {
        **key["apiKey"],
        "label": "laptop",
        "owner": {"name": "ann"},
        "scope": "ADMIN",
        "isAdmin": True,
    }
    # From the first key on, a key is needed.
    unnamed = await api.post("{ viewer { username } }")
    assert (unnamed.status_code, unnamed.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
    api.client.headers["Authorization"] = f"Bearer {key['secret']}"
    assert await api.ask("{ viewer { username } }") == {"viewer": {"username": "ann"}}
    revoked, events = await api.changed("revokeApiKey", "apiKey { revokedAt }", apiKey=key["apiKey"]["id"])
    assert revoked["apiKey"]["revokedAt"]
    assert events == ["API_KEY_REVOKED"]
    assert (await api.post("{ viewer { username } }")).status_code == 401


async def test_a_deleted_user_stays_on_record(api: API) -> None:
    await api.change("createUser", name="ann")
    deleted, events = await api.changed("deleteUser", "user { name deletedAt }", user={"name": "ann"})
    assert deleted["user"]["deletedAt"]
    assert "USER_DELETED" in events
    assert (await api.refusal("deleteUser", user={"name": "ann"}))[0] == "NOT_FOUND"


async def test_one_request_may_make_several_changes_and_none_is_lost(api: API) -> None:
    answer = await api.ask("""mutation {
        one: createTeam(input: {name: "one"}) { team { name } errors { code } }
        bad: commitArtifact(input: {artifact: "bad"}) { artifact { id } errors { code field } }
        two: createTeam(input: {name: "two"}) { team { name } errors { code } }
    }""")
    assert answer == {
        "one": {"team": {"name": "one"}, "errors": []},
        "bad": {"artifact": None, "errors": [{"code": "BAD_USER_INPUT", "field": ["artifact"]}]},
        "two": {"team": {"name": "two"}, "errors": []},
    }


UPLOADS = "created artifact { id state version } uploads { path digest size url }"


async def put(api: API, upload: dict[str, Any], data: bytes) -> httpx.Response:
    return await api.client.put(upload["url"], content=data)


async def test_bytes_go_up_and_come_down_again(api: API) -> None:
    contents = {"a.bin": b"\0\xff" * 500, "b/c.txt": b"text", "b/same.txt": b"text", "empty": b""}
    log = {
        "collection": {"name": "local/zoo/data"},
        "type": "dataset",
        "files": [file(path, data) for path, data in contents.items()],
        "aliases": ["best"],
    }
    logged, events = await api.changed("logArtifact", UPLOADS, **log)
    assert logged["artifact"] == {"id": logged["artifact"]["id"], "state": "PENDING", "version": None}
    assert [upload["path"] for upload in logged["uploads"]] == ["a.bin", "b/c.txt", "empty"]
    assert events == ["COLLECTION_CREATED"]

    id = logged["artifact"]["id"]
    assert await api.refusal("commitArtifact", artifact=id) == ("CONFLICT", ["artifact"])
    for upload in logged["uploads"][:-1]:
        assert (await put(api, upload, contents[upload["path"]])).status_code == 201
    assert await api.refusal("commitArtifact", artifact=id) == ("CONFLICT", ["artifact"])
    assert await api.ask(
        '{ collection(ref: {name: "local/zoo/data"}) { versions { totalCount } alias(name: "best") { name } } }'
    ) == {"collection": {"versions": {"totalCount": 0}, "alias": None}}
    assert (await put(api, logged["uploads"][-1], b"")).status_code == 201
    committed, events = await api.changed("commitArtifact", "artifact { id version state size fileCount }", artifact=id)
    assert committed["artifact"] == {"id": id, "version": "v0", "state": "COMMITTED", "size": 1008, "fileCount": 4}
    assert events == ["VERSION_ADDED", "ALIAS_ADDED", "ALIAS_ADDED"]
    assert (await api.changed("commitArtifact", artifact=id))[1] == []

    found = await api.ask("query ($id: ID!) { artifact(ref: {id: $id}) { files { nodes { path size url } } } }", id=id)
    files = found["artifact"]["files"]["nodes"]
    assert [each["path"] for each in files] == sorted(contents)
    for each in files:
        response = await api.client.get(each["url"])
        assert (response.status_code, response.content) == (200, contents[each["path"]])
    again = await api.change("logArtifact", UPLOADS, **{**log, "collection": {"name": "local/zoo/other"}})
    assert (again["uploads"], again["artifact"]["version"]) == ([], "v0")


async def test_bytes_that_are_not_what_they_should_be_are_refused(api: API) -> None:
    logged = await api.change(
        "logArtifact",
        UPLOADS,
        collection={"name": "local/zoo/data"},
        type="dataset",
        files=[file("a", b"right"), {"path": "ref", "reference": "https://example.org/x"}],
    )
    [upload] = logged["uploads"]
    before = await api.rows()
    for wrong in (b"wrong", b"", b"right and more", b"righ"):
        response = await put(api, upload, wrong)
        assert response.status_code == 400, response.text
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    forged = {**upload, "url": upload["url"][:-2] + "xx"}
    assert (await put(api, forged, b"right")).json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert await api.rows() == before
    assert (await api.refusal("commitArtifact", artifact=logged["artifact"]["id"]))[0] == "CONFLICT"
    assert (await put(api, upload, b"right")).status_code == 201
    await api.change("commitArtifact", artifact=logged["artifact"]["id"])
