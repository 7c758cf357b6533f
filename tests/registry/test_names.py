import pytest

from gqlregistry.errors import BadInput
from gqlregistry.registry import names
from gqlregistry.registry.names import CollectionName, ProjectName, VersionName

ZOO = ProjectName("team", "zoo")


@pytest.mark.parametrize(
    ("text", "collection", "ref"),
    [
        ("team/zoo/data:v4", CollectionName("team", "zoo", "data"), "v4"),
        ("default/wandb-registry-model/data:best", CollectionName("default", "model", "data"), "best"),
        ("model/data:production", CollectionName(None, "model", "data"), "production"),
        ("wandb-registry-model/data", CollectionName(None, "model", "data"), "latest"),
        ("data:latest", CollectionName("team", "zoo", "data"), "latest"),
        ("data@sha256:0f", CollectionName("team", "zoo", "data"), "sha256:0f"),
        ("data:sha256:0f", CollectionName("team", "zoo", "data"), "sha256:0f"),
        ("data:a@b", CollectionName("team", "zoo", "data"), "a@b"),
    ],
)
def test_a_versions_name_is_read(text: str, collection: CollectionName, ref: str) -> None:
    assert names.parse_version_name(text, ZOO) == VersionName(collection, ref)


@pytest.mark.parametrize("text", ["", ":v1", "data:", "data@", "a/b/c/d", "/data", "zoo//data", "data:a/b"])
def test_what_is_not_a_versions_name_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        names.parse_version_name(text)


def test_a_run_is_named_with_or_within_its_project() -> None:
    assert names.parse_run_name("team/zoo/x1") == (ZOO, "x1")
    assert names.parse_run_name("x1", ZOO) == (ZOO, "x1")
    for text in ("x1", "", "zoo/x1", "team//x1", "a/b/c/d"):
        with pytest.raises(BadInput):
            names.parse_run_name(text)


@pytest.mark.parametrize(
    ("ref", "index"),
    [
        ("v0", 0),
        ("v12", 12),
        ("v2147483647", 2**31 - 1),
        ("v2147483648", None),
        ("v01", None),
        ("V1", None),
        ("1", None),
    ],
)
def test_a_version_is_v_and_a_number(ref: str, index: int | None) -> None:
    assert names.version_index(ref) == index


def test_a_long_text_is_cut_in_messages() -> None:
    assert len(names.quoted("x" * 10_000)) == 82
    assert names.quoted("a\nb") == r"'a\nb'"
