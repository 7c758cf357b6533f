"""In these tests the build is a small one, made for them: they hold whether the pages are built here or not."""

from pathlib import Path

import pytest

from gqlregistry.ui.pages import APP, GRAPHIQL

INDEX = b"<!doctype html><title>the app</title>"
EDITOR = b"<!doctype html><title>GraphiQL</title>"


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a build; the server's pages come from it."""
    folder = tmp_path / "dist"
    folder.mkdir()
    for page, name, content in ((APP, "index.html", INDEX), (GRAPHIQL, "graphiql.html", EDITOR)):
        (folder / name).write_bytes(content)
        monkeypatch.setattr(page, "file", folder / name)
        monkeypatch.setattr(page, "_read", None)
    return folder
