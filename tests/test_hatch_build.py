"""How the web pages come into the package."""

import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import hatch_build
from hatch_build import DEFAULTS, INPUTS, OUTPUT, STAMP, environment, explain, fingerprint, is_fresh, is_good
from tests.needs import unavailable

ROOT = Path(hatch_build.__file__).parent
FETCHED = [ROOT / "web" / "package-lock.json", ROOT / "web" / "package.json", ROOT / "pyproject.toml"]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of what the pages are built from."""
    for name in INPUTS:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    return tmp_path


def test_a_changed_a_new_and_a_renamed_source_are_noticed(sources: Path) -> None:
    seen = [fingerprint(sources)]
    (sources / "web/src/main.tsx").write_text("changed")
    seen.append(fingerprint(sources))
    (sources / "web/src/new.ts").touch()
    seen.append(fingerprint(sources))
    (sources / "web/src/new.ts").rename(sources / "web/src/renamed.ts")
    seen.append(fingerprint(sources))
    assert len(set(seen)) == 4


def test_what_is_made_while_building_and_testing_is_no_source(sources: Path) -> None:
    before = fingerprint(sources)
    for name in ("web/node_modules/x/index.js", "web/tests/x.test.ts", f"{OUTPUT}/index.html", "schema.graphql"):
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).touch()
    assert fingerprint(sources) == before


def test_a_build_is_fresh_until_a_source_changes(sources: Path) -> None:
    assert not is_fresh(sources)
    (sources / OUTPUT).mkdir(parents=True)
    (sources / STAMP).write_text(fingerprint(sources))
    assert is_fresh(sources)
    (sources / "web/index.html").write_text("changed")
    assert not is_fresh(sources)


def test_uv_looks_at_the_same_sources() -> None:
    keys = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["cache-keys"]
    wanted = {f"{name}/**/*" if (ROOT / name).is_dir() else name for name in INPUTS}
    assert {key["file"] for key in keys} == wanted | {STAMP, "pyproject.toml", "src/gqlregistry/__init__.py"}


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ("v18.20.4", False),
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.0.0\n", True),
        ("v100.1.0", True),
        ("", False),
        ("what?", False),
    ],
)
def test_which_node_is_good_enough(version: str, good: bool) -> None:
    assert is_good(version) is good


def test_what_the_user_has_set_for_npm_counts() -> None:
    assert environment({}) == DEFAULTS
    given = {"NPM_CONFIG_FETCH_RETRY_MINTIMEOUT": "7", "NODE_USE_SYSTEM_CA": "0", "NODE_ENV": "production", "A": "b"}
    env = environment(given)
    assert env["NPM_CONFIG_FETCH_RETRY_MINTIMEOUT"] == "7"
    assert "npm_config_fetch_retry_mintimeout" not in env
    assert (env["NODE_USE_SYSTEM_CA"], env["A"], "NODE_ENV" in env) == ("0", "b", False)


def test_an_npm_that_reaches_nothing_is_told_of_in_few_words(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hatch_build.system_node():
        unavailable("there is no node of a version that builds the web pages, with npm, on the PATH")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_cache", str(sources / "cache"))
    monkeypatch.setenv("npm_config_fetch_retry_mintimeout", "10")
    with pytest.raises(SystemExit) as failed:
        hatch_build.build(sources, lambda _: None)
    message = str(failed.value)
    assert "npm can't fetch its packages (ECONNREFUSED)" in message
    assert "http://127.0.0.1:9/vite" in message
    assert "GQLREGISTRY_SKIP_UI=1" in message
    assert len(message.splitlines()) < 8


def test_a_build_that_fails_ends_with_what_was_said_last() -> None:
    message = explain("".join(f"line {number}\n" for number in range(100)) + "error: no such file ./x\n")
    assert "error: no such file ./x" in message
    assert "line 80\n" not in message


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of this tree."""
    if not is_fresh(ROOT):
        unavailable("the web pages are not built from these sources: install gqlregistry again")
    folder = tmp_path_factory.mktemp("packed")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def pages_in(wheel: Path) -> list[str]:
    return [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("gqlregistry/ui/dist/")]


def test_the_wheel_has_the_pages(packed: Path) -> None:
    (wheel,) = packed.glob("*.whl")
    pages = pages_in(wheel)
    assert {"gqlregistry/ui/dist/index.html", "gqlregistry/ui/dist/graphiql.html"} <= set(pages)
    assert any(name.endswith(".js.br") for name in pages)


def test_the_sdist_has_all_that_a_wheel_needs_where_there_is_no_node(packed: Path, tmp_path: Path) -> None:
    (sdist,) = packed.glob("*.tar.gz")
    with tarfile.open(fileobj=io.BytesIO(sdist.read_bytes())) as archive:
        assert not [name for name in archive.getnames() if "node_modules" in name]
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=tree, env={"PATH": ""}, check=True, capture_output=True)
    (wheel,), (first,) = tmp_path.glob("*.whl"), packed.glob("*.whl")
    assert pages_in(wheel) == pages_in(first)


def test_no_file_names_where_packages_are_fetched() -> None:
    packages = json.loads(FETCHED[0].read_text())["packages"]
    assert len(packages) > 100
    assert [name for name, package in packages.items() if "resolved" in package] == []
    for path in FETCHED:
        assert not re.search(r"https?://[\w.-]*(?:regist(?:ry|er)\b[\w.-]*|pypi[\w.-]*)", path.read_text()), path
