"""Registries, as the unmodified client makes them, links to them and searches them."""

from tests.wandb.client import Client

REGISTRY = """
NAME = PROJECT[:20]
REGISTRY = f"wandb-registry-{NAME}"
registry = api.create_registry(NAME, visibility="organization", organization="default")
"""


def test_a_registry_is_made_edited_and_deleted(wandb: Client) -> None:
    wandb.run("""
        registry = api.create_registry("limited", visibility="restricted", organization="default",
                                       artifact_types=["model"], description="words")
        assert (registry.full_name, registry.visibility) == ("wandb-registry-limited", "restricted")
        assert (list(registry.artifact_types), registry.allow_all_artifact_types) == (["model"], False)
        try: api.create_registry("limited", visibility="organization", organization="default")
        except ValueError as error: assert "already exists" in str(error)
        else: raise AssertionError
        registry.artifact_types.append("dataset"); registry.description = "new"; registry.name = "renamed"
        registry.save()
        found = api.registry("renamed", organization="default")
        assert (sorted(found.artifact_types), found.description) == (["dataset", "model"], "new")
        found.delete()
        assert "renamed" not in [each.name for each in api.registries(organization="default")]
        try: found.delete()
        except ValueError: pass
        else: raise AssertionError
    """)


def test_a_link_has_a_number_and_aliases_of_its_own(wandb: Client) -> None:
    wandb.run(
        REGISTRY
        + """
with begin() as run:
    run.log_artifact(made(a_txt="a")).wait()
    second = run.log_artifact(made(a_txt="b"))
    link = run.link_artifact(second, f"{REGISTRY}/zoo", aliases=["production"])
    assert (link.is_link, link.version, sorted(link.aliases)) == (True, "v0", ["latest", "production"])
    assert (link.source_artifact.name, link.source_artifact.is_link) == ("data:v1", False)
    assert [each.qualified_name for each in second.linked_artifacts] == [f"default/{REGISTRY}/zoo:v0"]
    again = second.link(f"{REGISTRY}/zoo", aliases=["staging"])
    assert (again.version, "staging" in again.aliases) == ("v0", True)
    used = run.use_artifact(f"{REGISTRY}/zoo:production")
    assert pathlib.Path(used.download(), "a.txt").read_text() == "b"
link = api.artifact(f"{REGISTRY}/zoo:v0")
link.aliases.append("edited"); link.aliases.remove("staging"); link.save()
assert sorted(api.artifact(f"{REGISTRY}/zoo:v0").aliases) == ["edited", "latest", "production"]
assert api.artifact(f"local/{PROJECT}/data:v1").aliases == ["latest"]
"""
    )
    uses = """query ($name: String!) { artifact(ref: {name: $name}) { outputs { edges {
        requestedAs requestedAsInferred } } } }"""
    edges = wandb.ask(uses, name=f"local/{wandb.project}/data:v1")["artifact"]["outputs"]["edges"]
    assert edges == [{"requestedAs": "production", "requestedAsInferred": True}]


def test_unlinking_leaves_the_version_where_it_was_logged(wandb: Client) -> None:
    wandb.run(
        REGISTRY
        + """
with begin() as run:
    artifact = run.log_artifact(made(a_txt="a")).wait()
    artifact.link(f"{REGISTRY}/zoo")
api.artifact(f"{REGISTRY}/zoo:v0").unlink()
assert not api.artifact_exists(f"{REGISTRY}/zoo:v0")
assert api.artifact_exists(f"local/{PROJECT}/data:v0")
assert artifact.link(f"{REGISTRY}/zoo").version == "v1"
"""
    )


def test_models_are_linked_to_the_registry_of_models(wandb: Client) -> None:
    wandb.run("""
        api.create_registry("model", visibility="organization", organization="default")
        pathlib.Path("weights.bin").write_text("w")
        with begin() as run:
            link = run.link_model(path="weights.bin", registered_model_name="zoo", aliases=["best"])
            assert link.qualified_name == "default/wandb-registry-model/zoo:v0"
            run.use_model("wandb-registry-model/zoo:best")
    """)


def test_registries_are_searched_by_name_alias_tag_and_metadata(wandb: Client) -> None:
    wandb.run(
        REGISTRY
        + """
with begin() as run:
    for n in range(3):
        artifact = made(a_txt=str(n)); artifact.metadata = {"acc": n / 10, "deep": {"n": str(n)}}
        run.log_artifact(artifact, tags=["odd"] if n == 1 else []).wait().link(f"{REGISTRY}/zoo", aliases=[f"n{n}"])
    artifact.link(f"{REGISTRY}/best")
mine = api.registries(organization="default", filter={"name": {"$regex": f"{NAME}$"}})
assert [each.name for each in mine] == [NAME]
assert sorted(each.name for each in mine.collections()) == ["best", "zoo"]
assert [each.name for each in mine.collections(filter={"name": "zoo"})] == ["zoo"]
zoo = mine.collections(filter={"name": "zoo"})
def found(**filter): return sorted(each.version for each in zoo.versions(filter=filter))
assert found() == ["v0", "v1", "v2"]
assert found(alias="n1") == ["v1"]
assert found(tag="odd") == ["v1"]
assert found(tag={"$ne": "odd"}) == ["v0", "v2"]
assert found(**{"metadata.acc": {"$gte": 0.1}}) == ["v1", "v2"]
assert found(**{"metadata.deep.n": "2"}) == ["v2"]
assert found(**{"$or": [{"alias": "n0"}, {"alias": {"$in": ["n2", "none"]}}]}) == ["v0", "v2"]
assert found(version="v0") == ["v0"]
registry = api.registry(NAME, organization="default")
assert (len(list(registry.collections())), len(list(registry.versions()))) == (2, 4)
assert [each.version for each in api.artifacts("dataset", f"default/{REGISTRY}/zoo", per_page=2)] == ["v2", "v1", "v0"]
"""
    )


def test_collections_are_listed_edited_tagged_moved_and_deleted(wandb: Client) -> None:
    wandb.run("""
        with begin() as run:
            for name in ("one", "two"): run.log_artifact(made(name, a_txt="a")).wait()
            run.log_artifact(made("three", type="model", a_txt="a")).wait()
        place = f"local/{PROJECT}"
        assert sorted(each.name for each in api.artifact_types(place)) == ["dataset", "model"]
        assert sorted(each.name for each in api.artifact_collections(place, "dataset")) == ["one", "two"]
        assert [each.name for each in api.artifact_type("model", place).collections()] == ["three"]
        one = api.artifact_collection("dataset", f"{place}/one")
        assert ([each.name for each in one.artifacts()], one.aliases) == (["one:v0"], ["latest"])
        one.name, one.description, one.tags = "uno", "words", ["tag"]; one.save()
        uno = api.artifact_collection("dataset", f"{place}/uno")
        assert (uno.description, list(uno.tags)) == ("words", ["tag"])
        assert api.artifact(f"{place}/one:v0").id == api.artifact(f"{place}/uno:v0").id
        uno.tags = []; uno.save(); uno.change_type("images")
        moved = api.artifact_collection("images", f"{place}/uno")
        assert (list(moved.tags), api.artifact(f"{place}/uno:v0").type) == ([], "images")
        moved.delete()
        assert not api.artifact_exists(f"{place}/uno:v0")
    """)


def test_users_and_teams_get_roles_in_a_registry(wandb: Client) -> None:
    create = 'mutation { createUser(input: {name: "grace", email: "grace@zoo.org"}) { errors { message } } }'
    assert wandb.ask(create)["createUser"]["errors"] == []
    wandb.run(
        REGISTRY
        + """
grace, team = api.user("grace"), api.create_team("keepers")
def roles():
    users = {each.user.username: each.role for each in registry.user_members()}
    return users, {each.team.name: each.role for each in registry.team_members()}
assert roles() == ({"local": "admin"}, {})
registry.add_members(grace, team)
assert roles() == ({"local": "admin", "grace": "member"}, {"keepers": "member"})
registry.update_member(grace, "viewer"); registry.update_member(team, "admin")
assert roles() == ({"local": "admin", "grace": "viewer"}, {"keepers": "admin"})
registry.remove_members(grace, team)
assert roles() == ({"local": "admin"}, {})
try: registry.update_member(grace, "emperor")
except Exception as error: assert "emperor" in str(error)
else: raise AssertionError
"""
    )
